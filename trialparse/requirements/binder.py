"""Which measure a limit is a limit of, and whether it is a limit on the patient at all (and not a dose or a count)."""

from __future__ import annotations

from collections.abc import Sequence

from trialparse.lexicon.measures import measures
from trialparse.requirements.ages import (
    anothers,
    by_side,
    in_weeks_and_days,
    is_age,
    is_age_word_before,
    is_bare_age,
    is_old_behind,
    of_a_thing,
    of_event,
)
from trialparse.requirements.alternatives import alternative, elsewhere
from trialparse.requirements.fit import fits, is_plain, same_unit, with_unit, within
from trialparse.requirements.naming import LIMITS, Named, name_before, name_behind, opening, span_before, spans_time
from trialparse.requirements.neighbours import (
    FOR_WHOM,
    SUBJECTS,
    Finding,
    explains,
    is_alternative,
    near,
    off_mean,
    restates,
    tells_gap,
    tells_norm,
    tells_scale,
    tells_whom,
    treated_then,
)
from trialparse.requirements.pairs import pressure, unslashed
from trialparse.requirements.quantity import Quantity, merged
from trialparse.requirements.seeking import MeasureSeeker
from trialparse.requirements.tokens import Token
from trialparse.requirements.unnamed import unnamed

_BETWEEN_ENDS = frozenset({"AND", "BUT", "TO", "COMMA", "RPAR"})
_JOINS = frozenset({"AND", "OR", "BUT", "COMMA", "SEMI"})
_AGE = frozenset({"age"})
_FARTHEST = 60
_PEOPLE = frozenset(
    {"SUBJECT", "POP", "WORD", "FILL", "OF", "WITH", "IF", "FOR", "WITHIN", "DISORDER", "IMPRECISE", *LIMITS}
)
_LEADS_TO_PEOPLE = SUBJECTS | {"WITHIN", "FOR", "IF"}
_FEW = 4
_MANNER = frozenset({"WORD", "FILL", "SLASH", "OR", "PAST", "IMPRECISE", "WITHIN"})
"""How a value is obtained: `by echocardiography or MUGA`."""
_NEAR_ALTERNATIVE = 16
_LEADS_TO_AGE = frozenset({"BEFORE", "AFTER", "UNTIL", "SCALE"})
_TO_LIST = 3
_WINDOW_LEADS = frozenset({"FOR", "WITHIN", "PAST", "NEXT", "FIRST", "UNTIL"})
_WINDOW_TAILS = frozenset({"BEFORE", "AFTER", "AGO", "PAST"})


class Binder(MeasureSeeker):
    """Walks the limits of one criterion from left to right."""

    def run(self) -> dict[int, Finding]:
        """The findings; a limit that is none (a dose, a count, a window) is left out."""
        for i, token in enumerate(self.tokens):
            if token.type in LIMITS:
                finding = self._find(i, token)
                if finding is not None and finding.names == _AGE:
                    finding = self._whose_age(i, finding)
                if finding is not None and treated_then(self.tokens, finding):
                    continue
                if finding is not None and not self._completes(i, finding):
                    self.findings[i] = finding
                    self._lend_back(i, finding)
                    self._lend_unit(i, finding)
        return self.findings

    def _whose_age(self, at: int, finding: Finding) -> Finding:
        """An age that is somebody else's keeps its limit as theirs; one at an event is under that condition."""
        age = finding.measures[0]
        if other := anothers(self.text, self.tokens, at):
            last = at
            while self.tokens[last - 1].type in _LEADS_TO_AGE:  # `sister with cancer before 45 years`, `donor is 18`
                last -= 1
            within = min(age.end, self.tokens[last - 1].end)
            name = Named(None, min(other.start, age.start), max(other.end, within))
            return finding._replace(measures=(name,), start=min(finding.start, name.start))
        return finding._replace(event=of_event(self.text, self.tokens, at, age))

    def _lend_unit(self, at: int, finding: Finding) -> None:
        """`systolic ≥ 160 and/or diastolic ≥ 100 mmHg`: one unit for limits in the same unit."""
        earlier = self._earlier(at, _FARTHEST)
        if earlier is None or is_plain(finding.quantity) or finding.quantity.bounds[0].unit is None:
            return
        before = self.findings[earlier]
        first, second = before.measures[-1].row, finding.measures[-1].row
        if first is None or second is None or not before.quantity.bounds or not is_plain(before.quantity):
            return
        between = self.tokens[earlier + 1 : at]
        joined = all(t.type in ("AND", "OR", "COMMA", "MEASURE", "FILL", "SCALE", "OF") for t in between)
        if joined and first is not second and first.unit == second.unit:
            self.findings[earlier] = before._replace(quantity=with_unit(before.quantity, finding.quantity))

    def _completes(self, at: int, finding: Finding) -> bool:
        """`≥ 7 % (53 mmol/mol) and ≤ 10 %`: the other end of the range before it."""
        i = at - 1
        while i >= max(0, at - _FARTHEST) and self.tokens[i].type in _BETWEEN_ENDS:
            i = _before_brackets(self.tokens, i) if self.tokens[i].type == "RPAR" else i - 1
        before = self.findings.get(i)
        if before is None or i == at - 1 or before.quantity.shape != "bound" or finding.quantity.shape != "bound":
            return False
        if [n.row for n in before.measures] != [n.row for n in finding.measures] or before.measures[0].row is None:
            return False
        whole = merged(before.quantity, finding.quantity)
        if whole is None:
            return False
        self.findings[i] = before._replace(quantity=whole, end=max(before.end, finding.end))
        return True

    def _find(self, at: int, token: Token) -> Finding | None:
        quantity: Quantity = token.value
        if quantity.dealt:
            named = tuple(Named(name.value, name.start, name.end) for name, _ in quantity.dealt)
            return Finding(named, quantity, min(named[0].start, token.start), max(named[-1].end, token.end))
        if quantity.framed is not None:
            if not fits(quantity.framed.value, quantity):
                return None  # superior to grade 8: of a school
            frame = Named(quantity.framed.value, quantity.framed.start, quantity.framed.end)
            return Finding((frame,), quantity, token.start, token.end)
        if token.type != "LIMIT":
            return self._time(at, token, quantity)
        quantity = unslashed(quantity)
        if any(bound.relative_to for bound in quantity.bounds):
            quantity = within(quantity, near(self.tokens, at, -1))
        if quantity.implied == "age" or is_bare_age(self.tokens, at, quantity):
            return self._age(at, token, quantity)
        if restates(self.tokens, at) or explains(self.tokens, at, quantity) or tells_norm(self.tokens, at, quantity):
            return None
        if tells_scale(self.tokens, at, quantity) or tells_gap(self.tokens, at, quantity):
            return None
        if is_plain(quantity) and _counts_listed(self.tokens, at):
            return None
        if near(self.tokens, at, -1) == "IMPRECISE" and not any(bound.unit for bound in quantity.bounds):
            return None  # version ≥ 6, but: at the visit < 7 %
        quantity = off_mean(self.tokens, at, self._compared(at, quantity))
        return (
            pressure(self.tokens, at, quantity)
            or self._mirrored(at, token, quantity)
            or self._bracketed(at, quantity)
            or self._matched(at, quantity)
            or self._otherwise(at, quantity)
            or self._left(at, quantity)
            or self._right(at, token, quantity)
            or self._adopted(at, token, quantity)
            or self._elsewhere(at, quantity)
            or unnamed(self.text, self.tokens, self.findings, at, quantity)
        )

    def _earlier(self, at: int, reach: int) -> int | None:
        """The nearest limit before `at` that has a measure."""
        return next((i for i in range(at - 1, max(-1, at - reach), -1) if i in self.findings), None)

    def _mirrored(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        """`≥ 140 mmHg systolic and/or ≥ 90 mmHg diastolic`: where one limit precedes its measure, so does the next."""
        earlier = self._earlier(at, _NEAR_ALTERNATIVE)
        near_by = self.tokens[at + 1 : at + 1 + _NEAR_ALTERNATIVE]
        behind = next((t for t in near_by if t.type not in ("FILL", "OF") and t.value != "on"), None)
        if earlier is None or behind is None or behind.type != "MEASURE":
            return None
        precedes = self.findings[earlier].measures[-1].start >= self.tokens[earlier].end
        return self._right(at, token, quantity) if precedes else None

    def _matched(self, at: int, quantity: Quantity) -> Finding | None:
        """`≥ 2 cm for lymph nodes and ≥ 0.5 cm for other sites`: behind each limit stands what it is for."""
        joint = at - 1 - (self.tokens[at - 1].value == "as")
        earlier = self._earlier(at, _FARTHEST) if self.tokens[joint].type in _JOINS else None
        if earlier is None or not any(all(map(tells, (earlier, at))) for tells in (self._tells_whom, self._tells_how)):
            return None
        parted = any(token.type == "STOP" for token in self.tokens[earlier:at])
        return None if parted else self._share(earlier, at, quantity)

    def _tells_whom(self, at: int) -> bool:
        return tells_whom(self.tokens, at)

    def _tells_how(self, at: int) -> bool:
        """`≥ 20 mm by X-ray or ≥ 10 mm by CT`: how a value is obtained."""
        return at + 1 < len(self.tokens) and self.tokens[at + 1].value == "by"

    def _bracketed(self, at: int, quantity: Quantity) -> Finding | None:
        """`≥ 54 % on ECHO (≥ 48 % for those with gout)`: what was just limited has another limit for some."""
        first = self._opened(at)
        earlier = self._earlier(first, _NEAR_ALTERNATIVE) if first else None
        if earlier is None:
            return None
        if first < at - 1:
            plain = earlier == first - 1
        else:
            plain = self._is_for_some(at) and all(t.type in _MANNER for t in self.tokens[earlier + 1 : first])
        return self._share(earlier, at, quantity) if plain else None

    def _is_for_some(self, at: int) -> bool:
        """Whether behind a limit stands for whom it is: `≥ 44 % in recipients`, but not `in the last week`."""
        behind = near(self.tokens, at, 1)
        if behind != "WITHIN":
            return behind in FOR_WHOM
        named = [token.type for token in self.tokens[at + 1 : at + _FEW] if token.type not in ("WITHIN", "FILL")]
        return named[:1] in (["WORD"], ["DISORDER"])

    def _opened(self, at: int) -> int:
        """The bracket right before a limit, or before the people or the word and colon that are; or 0.

        `(≥ 48 %`, `(in men over 65 ≥ 48 %`, `(COPD: ≥ 48 %`.
        """
        last = first = at - (self.tokens[at - 1].type == "COLON")
        while first > max(0, at - _FARTHEST) and self.tokens[first - 1].type in _PEOPLE:
            first -= 1
        if first == 0 or self.tokens[first - 1].type != "LPAR":
            return 0
        told = self.tokens[first:last]
        people = not SUBJECTS.isdisjoint(token.type for token in told) and told[0].type in _LEADS_TO_PEOPLE
        labelled = last < at and len(told) <= _FEW
        return first - 1 if not told or people or labelled else 0

    def _otherwise(self, at: int, quantity: Quantity) -> Finding | None:
        """`≥ 4, or 3 with D-dimer > 2 × ULN`: a bare number is another limit on the measure before it, for some."""
        found = alternative(self.tokens, self.findings, at, quantity)
        return None if found is None else self._share(found[0], at, found[1])

    def _elsewhere(self, at: int, quantity: Quantity) -> Finding | None:
        """`ALT ≤ 3 x ULN, and in liver metastases ≤ 5 x ULN`: another limit on the measure before, in a disease."""
        earlier = self._earlier(at, _NEAR_ALTERNATIVE) if elsewhere(self.tokens, at, quantity) else None
        alike = earlier is not None and same_unit(self.findings[earlier].quantity, quantity)
        return self._share(earlier, at, quantity) if earlier is not None and alike else None

    def _compared(self, at: int, quantity: Quantity) -> Quantity:
        """A bare amount that is an earlier limit's alternative, with the comparator of that limit."""
        earlier = self._earlier(at, _NEAR_ALTERNATIVE)
        if earlier is None or quantity.shape != "series" or quantity.lower != quantity.upper or is_plain(quantity):
            return quantity
        before = self.findings[earlier].quantity
        edge = quantity.lower
        if edge is None or before.shape != "bound" or not is_alternative(self.tokens, earlier, at):
            return quantity
        edge = edge._replace(inclusive=before.bounds[0].inclusive)
        sides = (edge, None) if before.lower is not None else (None, edge)
        return quantity._replace(lower=sides[0], upper=sides[1], shape="bound", lent=True)

    def _time(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        """Age, life expectancy and the like; other amounts of time are left to the windows."""
        tokens = self.tokens
        if quantity.implied == "age" or is_old_behind(tokens, at):
            thing = quantity.implied == "age" and of_a_thing(self.text, tokens, at, quantity)
            return None if thing else self._age(at, token, quantity)
        if restates(tokens, at):
            return None
        if other := self._otherwise(at, quantity):
            return other
        if born := self._gestation(at, token, quantity):
            return born
        if near(tokens, at, -1) == "UNTIL" and is_age_word_before(tokens, at):
            return self._age(at, token, quantity)
        left = self._left(at, quantity)
        if left is not None and self._dates_people(left, at):
            left = None
        if left is None and in_weeks_and_days(quantity):
            return _pregnancy(token, quantity)
        if left is not None and not left.shared:
            lasting = near(tokens, at, -1) == "FOR" and self._words_between(left, at)
            return None if lasting else left
        return self._farther_time(at, token, quantity, left)

    def _dates_people(self, left: Finding, at: int) -> bool:
        """`women of fertile age and women < 24 weeks from menopause`: the time is that of the people beside it."""
        between = [token for token in self.tokens[:at] if token.start >= left.measures[-1].end]
        people = any(token.type in SUBJECTS for token in between)
        return left.names == _AGE and people and near(self.tokens, at, 1) in _WINDOW_TAILS

    def _farther_time(self, at: int, token: Token, quantity: Quantity, left: Finding | None) -> Finding | None:
        """A time whose measure does not stand right before it, unless the words beside it make it a window."""
        previous = near(self.tokens, at, -1)
        quantity = within(quantity, previous)
        if quantity.shape == "series":
            return None
        if near(self.tokens, at, 1) in _WINDOW_TAILS:
            return self._value_of_span(at, token, quantity) if previous == "SCALE" else None
        if previous != "FOR" and (span := self._span(at, token, quantity)):
            return span
        if previous in _WINDOW_LEADS:
            return None
        found = left or self._right(at, token, quantity) or self._adopted(at, token, quantity)
        if found is None and is_age(self.tokens, at, quantity):
            return self._age(at, token, quantity)
        return found

    def _span(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        """`anticipated duration > 3 months`, `drive time < 1 hour`: a span of time that has a name."""
        if span := self._value_of_span(at, token, quantity):
            return span
        for named in (name_before(self.tokens, at), name_behind(self.tokens, at)):
            if named is not None and spans_time(self.text, named, ranged=quantity.shape == "range"):
                return Finding((named,), quantity, min(named.start, token.start), max(named.end, token.end))
        return None

    def _value_of_span(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        span = span_before(self.text, self.tokens, at)
        return Finding((span,), quantity, span.start, max(span.end, token.end)) if span else None

    def _gestation(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        """`born before 32 weeks of gestation`, `delivery after 37+0 weeks`: the age that a pregnancy has then."""
        tokens = self.tokens
        side = near(tokens, at, -1)
        quantity = by_side(quantity, side)
        if side not in ("BEFORE", "AFTER") or quantity.shape != "bound" or near(tokens, at - 1, -1) in LIMITS:
            return None
        i = at + 1
        while i < len(tokens) and tokens[i].type in ("OF", "FILL"):
            i += 1
        row = measures()["gestational_age"]
        if i < len(tokens) and tokens[i].value is row:
            return Finding((Named(row, tokens[i].start, tokens[i].end),), quantity, token.start, tokens[i].end)
        return _pregnancy(token, quantity) if in_weeks_and_days(quantity) else None

    def _words_between(self, left: Finding, at: int) -> bool:
        """`duration of symptoms and signs for 1 month`: the time is of the words in between."""
        start = left.measures[-1].end
        i = at - 1
        while i >= 0 and self.tokens[i].start >= start and self.tokens[i].type != "WORD":
            i -= 1
        return i >= 0 and self.tokens[i].start >= start

    def _age(self, at: int, token: Token, quantity: Quantity) -> Finding:
        """The limit is on age: its words (aged, old, years of age) are the measure's text."""
        quantity = by_side(quantity, near(self.tokens, at, -1))
        left = self._left(at, quantity)
        row = None if left is None or left.shared else left.measures[0].row
        if left is not None and row is not None and row.name.endswith("age"):
            return left
        return Finding((Named(measures()["age"], token.start, token.end),), quantity, token.start, token.end)

    def _lend_back(self, at: int, finding: Finding) -> None:
        """`< 30 or > 69 years old`: a limit without a measure takes that of the one after it."""
        i = at - 1
        while i >= max(0, at - _FARTHEST) and self.tokens[i].type in ("OR", "AND", "COMMA"):
            i -= 1
        if i < 0 or i == at - 1 or self.tokens[i].type != "LIMIT" or i in self.findings:
            return
        token = self.tokens[i]
        quantity: Quantity = token.value
        if quantity.shape == "bound" and not quantity.bounds[0].unit and finding.start > token.start:
            lent = with_unit(quantity, finding.quantity)
            self.findings[i] = Finding(finding.measures, lent, token.start, token.end, True)


def _counts_listed(tokens: Sequence[Token], at: int) -> bool:
    """`adjusted for age in at least 1 of the following`: a number of what is listed below."""
    behind = tokens[at + 1 : at + 1 + _TO_LIST]
    return bool(behind) and behind[0].type == "OF" and any(token.type == "NEXT" for token in behind)


def _pregnancy(token: Token, quantity: Quantity) -> Finding:
    """A limit in weeks and days, `12+0 weeks`, is one on the age of a pregnancy."""
    row = measures()["gestational_age"]
    return Finding((Named(row, token.start, token.end),), quantity, token.start, token.end)


def _before_brackets(tokens: Sequence[Token], at: int) -> int:
    """The token before the brackets that close at `at`, be they a remark or a restated limit."""
    if at >= 2 and tokens[at - 2].type == "LPAR":
        return at - 3
    return opening(tokens, at) - 1
