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
from trialparse.models.requirement import If, Limit, Requirement, Statement, Threshold, Unit, Window
from trialparse.models.subject import content, is_entry
from trialparse.models.verdict import CriterionVerdict, Need, Outcome, Reason, Subject, TrialVerdict

_SECTIONS: dict[str, SectionName] = {"I": "inclusion", "E": "exclusion", "O": "other"}
_OUTCOMES: dict[int, Outcome] = {TRUE: "met", FALSE: "not_met"}
_SEXES = {"ALL": ("FEMALE", "MALE"), "FEMALE": ("FEMALE",), "MALE": ("MALE",)}


class Value(NamedTuple):
    """A value of a measure, and how a reason gives it."""

    measured: Measured
    text: str


class Event(NamedTuple):
    """What the history says of something, and how a reason gives it."""

    known: bool | tuple[dt.date, ...]
    """False for what never was, true for what is so, or when it happened."""
    text: str


class Facts(NamedTuple):
    """What is known of a patient, ready to be looked up: put into words once, not for each criterion."""

    values: Mapping[str, Sequence[Value]]
    """By `measure_key`."""
    age: Aged
    years: str | None
    """The age as a reason gives it."""
    sex: str | None
    history: Mapping[tuple[str, ...], Event]
    """By `content`."""
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
    criterion: str
    """The id of the one that it stands in."""
    outcome: int
    fact: str | None = None
    """What it was compared with."""
    needs: tuple[Need, ...] = ()


class Found(NamedTuple):
    """What a part may come to, and the leaves that it rests on."""

    outcome: int
    leaves: tuple[Leaf, ...] = ()


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
            return _alone(self._threshold(item, place))
        if item.kind == "statement":
            return _alone(self._statement(item, place)) if item.asserts else _NOTHING
        if item.kind == "window":
            return _alone(self._window(item, place))
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
            needs = _need("statement", f"{event.text} {limit.text}")
            return _alone(Leaf(limit, place.criterion, OPEN, None, needs))
        condition = self.requirement(item.condition, place._replace(times=()))
        then = self.requirement(item.then, place)
        otherwise = _NOTHING if item.otherwise is None else self.requirement(item.otherwise, place)
        outcome = conditional(condition.outcome, then.outcome, otherwise.outcome)
        if condition.outcome in DECIDED:
            branch = {TRUE: then, FALSE: otherwise, IDLE: _NOTHING}[condition.outcome]
            return Found(outcome, condition.leaves + branch.leaves)
        return _joined([condition, then, otherwise] if outcome not in DECIDED else [then, otherwise], outcome)

    # -- leaves --------------------------------------------------------------------------------------------------

    def _threshold(self, item: Threshold, place: Place) -> Leaf:
        name = item.measure.name
        key = name if name is not None else measure_key(item.measure.text)
        if name == "age":
            outcome = compare_age(item, self._facts.age)
            return Leaf(item, place.criterion, outcome, self._facts.years, _needs(outcome, "age", "age"))
        values = self._facts.values.get(key)
        if not values:
            return self._covered(item, place) or Leaf(item, place.criterion, OPEN, None, _need("value", key))
        timely = self._timely((*place.times, *item.windows), values)
        if timely is None:
            return Leaf(item, place.criterion, OPEN, values[-1].text, _need("date", key))
        found = compare(item, timely.measured)
        if isinstance(found, str):
            return Leaf(item, place.criterion, OPEN, timely.text, _need(found, key))
        return Leaf(item, place.criterion, TRUE if found else FALSE, timely.text)

    def _covered(self, item: Threshold, place: Place) -> Leaf | None:
        """A name for several measures (transaminases), where all of them agree."""
        row = measures().get(item.measure.name or "")
        if row is None or not row.covers:
            return None
        leaves = [
            self._threshold(item.model_copy(update={"measure": replace(item.measure, name=name)}), place)
            for name in row.covers
        ]
        outcomes = {leaf.outcome for leaf in leaves}
        fact = "; ".join(leaf.fact for leaf in leaves if leaf.fact) or None
        if len(outcomes) == 1 and OPEN not in outcomes:
            return Leaf(item, place.criterion, outcomes.pop(), fact)
        needs = tuple(need for leaf in leaves for need in leaf.needs) or _need("value", row.name)
        return Leaf(item, place.criterion, OPEN, fact, needs)

    def _timely(self, times: Sequence[Window], values: Sequence[Value]) -> Value | None:
        """The latest value that was measured when the threshold asks for it; one without a date counts as of today."""
        found, latest = None, dt.date.min
        for value in values:
            day = value.measured.date
            if day is not None and times and happened(times, day, self._anchored) != TRUE:
                continue
            when = day or self._facts.today
            if when >= latest:
                found, latest = value, when
        return found

    def _statement(self, item: Statement, place: Place) -> Leaf:
        answer = self._facts.ask(item) if self._facts.ask is not None else None
        if answer is not None:
            outcome = answered(item, answer, self._anchored)
            return Leaf(item, place.criterion, outcome, str(answer), _needs(outcome, "date", item.text))
        key = about(item)
        of = of_sex(key, self._facts.sex)
        if of is not None:
            return Leaf(item, place.criterion, of, self._facts.sex, _needs(of, "sex", "sex"))
        event = self._facts.history.get(key)
        if event is None:
            return Leaf(item, place.criterion, OPEN, None, _need("statement", item.text))
        outcome = remembered(item, event.known, self._anchored)
        return Leaf(item, place.criterion, outcome, event.text, _needs(outcome, "date", item.text))

    def _window(self, item: Window, place: Place) -> Leaf:
        answer = self._facts.ask(item) if self._facts.ask is not None else None
        if isinstance(answer, dt.timedelta):
            outcome = lasted([item], answer)
        elif isinstance(answer, dt.date):
            outcome = happened([item], answer, self._anchored)
        else:
            outcome = OPEN if answer is None else TRUE if answer else FALSE
        fact = None if answer is None else str(answer)
        return Leaf(item, place.criterion, outcome, fact, _needs(outcome, "date", item.text))

    def _anchored(self, anchor: str | None) -> dt.date | None:
        """The day of an event: one of the patient's history, or today where the trial begins with it."""
        event = self._facts.history.get(content(anchor or ""))
        if event is not None and isinstance(event.known, tuple) and event.known:
            return max(event.known)
        return self._facts.today if is_entry(anchor) else None


def _is_defined_below(node: Criterion) -> bool:
    return node.requirement is not None and node.requirement.kind == "statement" and is_defined_below(node.requirement)


def _times_of(node: Criterion) -> tuple[Window, ...]:
    """The times of a lead-in, at which the values under it are to be measured."""
    lead = node.requirement
    return lead.windows if lead is not None and lead.kind == "statement" and _is_defined_below(node) else ()


def _alone(leaf: Leaf) -> Found:
    return Found(leaf.outcome, (leaf,))


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
    telling = [leaf for leaf in found.leaves if (leaf.outcome in DECIDED) == decided]
    return CriterionVerdict(
        criterion=criterion.id,
        section=section,
        outcome=_OUTCOMES.get(outcome, "unknown"),
        reasons=tuple(map(_reason, telling)),
        needs=() if decided else tuple(dict.fromkeys([need for leaf in telling for need in leaf.needs])),
    )


def _reason(leaf: Leaf) -> Reason:
    item = leaf.item
    return Reason(
        criterion=leaf.criterion,
        requirement=str(item),
        outcome=_OUTCOMES.get(leaf.outcome, "unknown"),
        fact=leaf.fact,
        text=item.text,
        span=item.span,
    )


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
