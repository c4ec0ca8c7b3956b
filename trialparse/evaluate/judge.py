"""The walk over criteria: what each limit and statement comes to, and what they come to together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from trialparse.decimals import written
from trialparse.evaluate.ages import Aged, at_event, compare_age, inside
from trialparse.evaluate.outcomes import (
    DECIDED,
    FALSE,
    IDLE,
    OPEN,
    TRUE,
    both,
    conditional,
    counted,
    either,
    inverse,
    settled,
)
from trialparse.evaluate.prose import Answer, about, answered, is_defined_below, of_sex, remembered
from trialparse.evaluate.times import happened, lasted
from trialparse.lexicon.measures import measure_key, measures
from trialparse.models.comparison import Side, compare
from trialparse.models.eligibility import Age, Criterion, Eligibility, SectionName
from trialparse.models.measured import Measured
from trialparse.models.notation import formula
from trialparse.models.requirement import If, Limit, Requirement, Statement, Threshold, Unit, Window
from trialparse.models.subject import content, is_entry
from trialparse.models.verdict import CriterionVerdict, Need, Outcome, Reason, Subject, TrialVerdict

_SECTIONS: dict[str, SectionName] = {"I": "inclusion", "E": "exclusion", "O": "other"}
_OUTCOMES: dict[int, Outcome] = {TRUE: "met", FALSE: "not_met"}
_SEXES = {"ALL": ("FEMALE", "MALE"), "FEMALE": ("FEMALE",), "MALE": ("MALE",)}


class Facts(NamedTuple):
    """What is known of a patient, ready to be looked up."""

    values: Mapping[str, Sequence[Measured]]
    """By `measure_key`."""
    age: Aged
    sex: str | None
    history: Mapping[tuple[str, ...], tuple[str, bool | tuple[dt.date, ...]]]
    """By `content`: its name, and false for what never was, true for what is so, or when it happened."""
    today: dt.date
    ask: Callable[[Statement | Window], Answer] | None


class Place(NamedTuple):
    """Where a requirement stands."""

    criterion: str
    """The id of its criterion."""
    times: tuple[Window, ...] = ()
    """Of the lead-ins above it, at which values are to be measured."""


class Leaf(NamedTuple):
    """A limit, time or statement and what it came to."""

    item: Threshold | Window | Statement
    outcome: int
    fact: object = None
    """What it was compared with; written only where a reason asks for it."""
    needs: tuple[Need, ...] = ()
    about: str = ""
    """Name of the fact, where it does not say it itself."""

    def written_fact(self) -> str | None:
        """The fact as people read it."""
        return None if self.fact is None else f"{self.about} {self.fact}".strip()


class Found(NamedTuple):
    """What a part may come to, and the leaves that it rests on."""

    outcome: int
    leaves: tuple[tuple[str, Leaf], ...] = ()
    """Each behind the id of the criterion that it stands in."""


_NOTHING = Found(IDLE)


class Judge:
    """Reads requirements as propositions about one patient."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    # -- whole trees ---------------------------------------------------------------------------------------------

    def eligibility(self, eligibility: Eligibility, trial_id: str | None = None) -> TrialVerdict:
        """All criteria, and the record's own fields for age and sex."""
        roots = (*eligibility.inclusion, *eligibility.exclusion)
        return self._together(eligibility, map(self.criterion, roots), trial_id)

    def every(
        self, eligibility: Eligibility, trial_id: str | None = None
    ) -> tuple[TrialVerdict, dict[str, CriterionVerdict]]:
        """The same, and the verdict on each criterion by its id, where it stands: with the times of its lead-ins."""
        seen: dict[str, Found] = {}
        for root in (*eligibility.inclusion, *eligibility.exclusion, *eligibility.other):
            self._node(root, (), seen)
        verdicts = {each.id: _verdict(each, seen[each.id]) for _, each in eligibility.criteria()}
        roots = (verdicts[root.id] for root in (*eligibility.inclusion, *eligibility.exclusion))
        return self._together(eligibility, roots, trial_id), verdicts

    def criterion(self, criterion: Criterion) -> CriterionVerdict:
        """One criterion with all that stands under it."""
        return _verdict(criterion, self._node(criterion, (), {}))

    def _together(
        self, eligibility: Eligibility, roots: Iterable[CriterionVerdict], trial_id: str | None
    ) -> TrialVerdict:
        """What the criteria of the top level and the record's fields come to."""
        verdicts = [*self._fields(eligibility), *roots]
        wanted: dict[str, Outcome] = {"exclusion": "not_met"}
        failed = [each for each in verdicts if each.outcome not in ("unknown", wanted.get(each.section, "met"))]
        open_ = [each for each in verdicts if each.outcome == "unknown"]
        telling = failed or open_ or verdicts
        needs = tuple(dict.fromkeys(need for each in open_ for need in each.needs)) if not failed else ()
        if not verdicts:
            needs = _need("criteria", trial_id or "the record")
        return TrialVerdict(
            outcome="not_met" if failed else "unknown" if open_ or not verdicts else "met",
            reasons=tuple(reason for each in telling for reason in each.reasons),
            needs=needs,
            trial_id=trial_id,
            criteria=tuple(verdicts),
        )

    def _node(self, node: Criterion, times: tuple[Window, ...], seen: dict[str, Found]) -> Found:
        """What it may come to; `seen` takes that, and of all under it. `times`: of the lead-ins above it."""
        own = _NOTHING if node.requirement is None else self.requirement(node.requirement, Place(node.id, times))
        if node.children:
            times = (*times, *_times_of(node))
            parts = [self._node(child, times, seen) for child in node.children]
            below = _joined(parts, _join(node.combine or "all", parts, node.minimum or 1))
            told_below = node.heading or (own.outcome == OPEN and _is_defined_below(node))
            found = below if told_below else _joined([own, below], both([own.outcome, below.outcome]))
        else:
            # prose of which nothing was read decides nothing
            found = own if node.requirement is not None or node.heading else Found(OPEN)
        seen[node.id] = found
        return found

    def _fields(self, eligibility: Eligibility) -> Iterator[CriterionVerdict]:
        """The record's own limits on age, which include their own value, and on sex."""
        limits: tuple[tuple[str, Age | None, Side], ...] = (
            ("minimum_age", eligibility.minimum_age, "lower"),
            ("maximum_age", eligibility.maximum_age, "upper"),
        )
        for name, age, side in limits:
            if age is not None:
                limit = Limit(value=age.value, inclusive=True, unit=Unit(text=age.unit, ucum=age.unit))
                have = self._facts.age(age.unit)
                stated = f"age {'≥' if side == 'lower' else '≤'} {limit}"
                fact = None if have is None else f"age {written(have)} {age.unit}"
                yield _field(name, stated, inside(limit, self._facts.age, side), fact, "age")
        if eligibility.sex is not None and eligibility.sex != "ALL":
            sex = self._facts.sex
            outcome = OPEN if sex is None else TRUE if sex in _SEXES[eligibility.sex] else FALSE
            yield _field("sex", f"sex {eligibility.sex}", outcome, sex, "sex")

    # -- one requirement -----------------------------------------------------------------------------------------

    def requirement(self, item: Requirement, place: Place) -> Found:
        """What a requirement comes to; values count where they were measured at the times of its place."""
        # by their names: asking a model for its class is slow where it has another
        if item.kind == "threshold":
            return _alone(self._threshold(item, place.times), place)
        if item.kind == "statement":
            return _alone(self._statement(item), place) if item.asserts else _NOTHING
        if item.kind == "window":
            return _alone(self._window(item), place)
        if item.kind == "not":
            inner = self.requirement(item.item, place)
            return Found(inverse(inner.outcome), inner.leaves)
        if item.kind == "if":
            return self._if(item, place)
        parts = [self.requirement(part, place) for part in item.items]
        return _joined(parts, _join(item.kind, parts, item.minimum if item.kind == "at_least" else 1))

    def _if(self, item: If, place: Place) -> Found:
        if (aged := at_event(item)) is not None:
            limit, event = aged
            return _alone(Leaf(limit, OPEN, None, _need("statement", f"{event.text} {limit.text}")), place)
        condition = self.requirement(item.condition, place._replace(times=()))
        then = self.requirement(item.then, place)
        otherwise = _NOTHING if item.otherwise is None else self.requirement(item.otherwise, place)
        outcome = conditional(condition.outcome, then.outcome, otherwise.outcome)
        if condition.outcome in DECIDED:
            branch = {TRUE: then, FALSE: otherwise, IDLE: _NOTHING}[condition.outcome]
            return Found(outcome, condition.leaves + branch.leaves)
        return _joined([condition, then, otherwise] if outcome not in DECIDED else [then, otherwise], outcome)

    # -- leaves --------------------------------------------------------------------------------------------------

    def _threshold(self, item: Threshold, times: Sequence[Window]) -> Leaf:
        name = item.measure.name
        key = name if name is not None else measure_key(item.measure.text)
        if name == "age":
            outcome, years = compare_age(item, self._facts.age), self._facts.age("a")
            return Leaf(item, outcome, years, _needs(outcome, "age", "age"), "age in years")
        values = self._facts.values.get(key)
        if values is None:
            return self._covered(item, times) or Leaf(item, OPEN, None, _need("value", key))
        timely = self._timely((*times, *item.windows), values)
        if timely is None:
            return Leaf(item, OPEN, values[-1], _need("date", key), key)
        admitted, lacks = compare(item, timely)
        outcome = OPEN if admitted is None else TRUE if admitted else FALSE
        return Leaf(item, outcome, timely, _needs(outcome, lacks or "value", key), key)

    def _covered(self, item: Threshold, times: Sequence[Window]) -> Leaf | None:
        """A name for several measures (transaminases), where all of them agree."""
        row = measures().get(item.measure.name or "")
        if row is None or not row.covers:
            return None
        leaves = [
            self._threshold(item.model_copy(update={"measure": replace(item.measure, name=name)}), times)
            for name in row.covers
        ]
        outcomes = {leaf.outcome for leaf in leaves}
        fact = "; ".join(fact for leaf in leaves if (fact := leaf.written_fact())) or None
        if len(outcomes) == 1 and OPEN not in outcomes:
            return Leaf(item, outcomes.pop(), fact)
        needs = tuple(need for leaf in leaves for need in leaf.needs) or _need("value", row.name)
        return Leaf(item, OPEN, fact, needs)

    def _timely(self, times: Sequence[Window], values: Sequence[Measured]) -> Measured | None:
        """The latest value that was measured when the threshold asks for it; one without a date counts as of today."""
        found = None
        for value in values:
            day = value.date
            if day is not None and times and happened(times, day, self._anchored) != TRUE:
                continue
            if found is None or (day or self._facts.today) >= (found.date or self._facts.today):
                found = value
        return found

    def _statement(self, item: Statement) -> Leaf:
        answer = self._facts.ask(item) if self._facts.ask is not None else None
        if answer is not None:
            outcome = answered(item, answer, self._anchored)
            return Leaf(item, outcome, str(answer), _needs(outcome, "date", item.text))
        key = about(item)
        of = of_sex(key, self._facts.sex)
        if of is not None:
            return Leaf(item, of, self._facts.sex, _needs(of, "sex", "sex"))
        if key not in self._facts.history:
            return Leaf(item, OPEN, None, _need("statement", item.text))
        name, known = self._facts.history[key]
        outcome = remembered(item, known, self._anchored)
        said = ("no", "yes")[known] if isinstance(known, bool) else ", ".join(day.isoformat() for day in known)
        return Leaf(item, outcome, f"{name}: {said}", _needs(outcome, "date", item.text))

    def _window(self, item: Window) -> Leaf:
        answer = self._facts.ask(item) if self._facts.ask is not None else None
        if isinstance(answer, dt.timedelta):
            outcome = lasted([item], answer)
        elif isinstance(answer, dt.date):
            outcome = happened([item], answer, self._anchored)
        else:
            outcome = OPEN if answer is None else TRUE if answer else FALSE
        return Leaf(item, outcome, None if answer is None else str(answer), _needs(outcome, "date", item.text))

    def _anchored(self, anchor: str | None) -> dt.date | None:
        """The day of an event: one of the patient's history, or today where the trial begins with it."""
        _, known = self._facts.history.get(content(anchor or ""), ("", False))
        if isinstance(known, tuple) and known:
            return max(known)
        return self._facts.today if is_entry(anchor) else None


def _is_defined_below(node: Criterion) -> bool:
    return node.requirement is not None and node.requirement.kind == "statement" and is_defined_below(node.requirement)


def _times_of(node: Criterion) -> tuple[Window, ...]:
    """The times of a lead-in, at which the values under it are to be measured."""
    lead = node.requirement
    return lead.windows if lead is not None and lead.kind == "statement" and _is_defined_below(node) else ()


def _alone(leaf: Leaf, place: Place) -> Found:
    return Found(leaf.outcome, ((place.criterion, leaf),))


def _join(mode: str, parts: Sequence[Found], minimum: int) -> int:
    outcomes = [part.outcome for part in parts]
    return both(outcomes) if mode == "all" else either(outcomes) if mode == "any" else counted(outcomes, minimum)


def _joined(parts: Sequence[Found], outcome: int) -> Found:
    """The whole with the leaves that it rests on: those that decided, or else those that are open."""
    if outcome in DECIDED:
        telling = [part for part in parts if part.outcome == outcome] or list(parts)
    elif outcome & IDLE:  # whom it does not concern may decide it, and then by what is known
        telling = list(parts)
    else:
        telling = [part for part in parts if part.outcome not in DECIDED]
    return Found(outcome, tuple(leaf for part in telling for leaf in part.leaves))


@lru_cache(maxsize=4096)
def _need(kind: Subject, name: str) -> tuple[Need, ...]:
    return (Need(kind, name),)


def _needs(outcome: int, kind: Subject, name: str) -> tuple[Need, ...]:
    return () if outcome in DECIDED else _need(kind, name)


def _verdict(criterion: Criterion, found: Found) -> CriterionVerdict:
    section = _SECTIONS.get(criterion.id[:1], "other")
    outcome = settled(found.outcome, FALSE if section == "exclusion" else TRUE)
    decided = outcome in _OUTCOMES
    telling = [each for each in found.leaves if (each[1].outcome in DECIDED) == decided]
    # validated once, as a whole: a million verdicts are nothing unusual
    return CriterionVerdict.model_validate(
        {
            "criterion": criterion.id,
            "section": section,
            "outcome": _OUTCOMES.get(outcome, "unknown"),
            "reasons": tuple([_reason(place, leaf) for place, leaf in telling]),
            "needs": () if decided else tuple(dict.fromkeys([need for _, leaf in telling for need in leaf.needs])),
        }
    )


def _reason(criterion: str, leaf: Leaf) -> dict[str, object]:
    """A `Reason`."""
    item = leaf.item
    return {
        "criterion": criterion,
        "requirement": formula(item),
        "outcome": _OUTCOMES.get(leaf.outcome, "unknown"),
        "fact": leaf.written_fact(),
        "text": item.text,
        "span": item.span,
    }


def _field(name: str, stated: str, outcome: int, fact: str | None, kind: Subject) -> CriterionVerdict:
    """The verdict on a field of the record."""
    found = _OUTCOMES.get(outcome, "unknown")
    return CriterionVerdict(
        criterion=name,
        section="record",
        outcome=found,
        reasons=(Reason(criterion=name, requirement=stated, outcome=found, fact=fact, text=stated),),
        needs=_needs(outcome, kind, kind),
    )
