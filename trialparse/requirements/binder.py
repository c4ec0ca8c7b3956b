"""Which measure a limit is a limit of, and whether it is a limit on the patient at all (and not a dose or a count)."""

from __future__ import annotations

from collections.abc import Sequence

from trialparse.lexicon.measures import measures
from trialparse.requirements.ages import anothers, by_side, in_weeks_and_days, is_age, is_bare_age, is_old_behind
from trialparse.requirements.fit import (
    EXPOSURES,
    dimension,
    fits,
    fits_closely,
    is_dose,
    is_plain,
    is_roman,
    ranked,
    same_unit,
    spans_scale,
    with_unit,
    within,
)
from trialparse.requirements.lists import list_before, list_behind
from trialparse.requirements.naming import LIMITS, Named, change, counts, name_before, name_behind, opening, spans_time
from trialparse.requirements.neighbours import Finding, explains, is_alternative, near, restates
from trialparse.requirements.pairs import PRESSURES, pressure, unslashed
from trialparse.requirements.quantity import Quantity, merged
from trialparse.requirements.tokens import Token

# tokens that may stand between a measure and its limit without parting them
_FREE = frozenset({"FILL", "OF", "COLON", "SCALE", "LPAR", "RPAR", "WITHIN", "BETWEEN", "TO", "SLASH", "POST"})
_CONDITIONS = frozenset({"IF", "UNLESS", "WITH"})
_COST = {"IF": 2, "UNLESS": 3, "NOT": 2, "SUBJECT": 2, "AMOUNT": 3, "SEMI": 3}
_REACH = 9
_BARE_REACH = 1
_BARE = frozenset({"series", "pair", "classes"})
_BETWEEN_ENDS = frozenset({"AND", "BUT", "TO", "COMMA", "RPAR"})
_FEW = 20
_AGE = frozenset({"age"})
_ON_SCALE = 9
_FARTHEST = 60
_NEAR_DOSE = 8
_NEAR_ALTERNATIVE = 16
_WINDOW_LEADS = frozenset({"FOR", "WITHIN", "PAST", "NEXT", "FIRST", "UNTIL"})
_WINDOW_TAILS = frozenset({"BEFORE", "AFTER", "AGO", "PAST"})


class Binder:
    """Walks the limits of one criterion from left to right."""

    def __init__(self, text: str, tokens: Sequence[Token], inherited: tuple[Named, ...] = ()) -> None:
        self.text = text
        self.tokens = tokens
        self.inherited = inherited
        self.findings: dict[int, Finding] = {}
        """Finding by the index of its limit token."""
        self._behind: set[int] = set()
        """Measures that stand behind the limit they belong to, and so are none of the next one's."""

    def run(self) -> dict[int, Finding]:
        """The findings; a limit that is none (a dose, a count, a window) is left out."""
        for i, token in enumerate(self.tokens):
            if token.type in LIMITS:
                finding = self._find(i, token)
                if finding is not None and finding.names == _AGE and (other := anothers(self.tokens, i)):
                    age = finding.measures[0]
                    name = Named(None, min(other.start, age.start), max(other.end, min(age.end, token.start)))
                    finding = finding._replace(measures=(name,), start=min(finding.start, other.start))
                if finding is not None and not self._completes(i, finding):
                    self.findings[i] = finding
                    self._lend_back(i, finding)
                    self._lend_unit(i, finding)
        return self.findings

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
        if quantity.framed is not None:
            if not fits(quantity.framed.value, quantity):
                return None  # superior to grade 8: of a school
            named = Named(quantity.framed.value, quantity.framed.start, quantity.framed.end)
            return Finding((named,), quantity, token.start, token.end)
        if token.type != "LIMIT":
            return self._time(at, token, quantity)
        quantity = unslashed(quantity)
        if any(bound.relative_to for bound in quantity.bounds):
            quantity = within(quantity, near(self.tokens, at, -1))
        if quantity.implied == "age" or is_bare_age(self.tokens, at, quantity):
            return self._age(at, token, quantity)
        if restates(self.tokens, at) or explains(self.tokens, at, quantity):
            return None
        if near(self.tokens, at, -1) == "IMPRECISE" and not any(bound.unit for bound in quantity.bounds):
            return None  # version ≥ 6, but: at the visit < 7 %
        quantity = self._compared(at, quantity)
        return (
            pressure(self.tokens, at, quantity)
            or self._mirrored(at, token, quantity)
            or self._left(at, quantity)
            or self._right(at, token, quantity)
            or self._adopted(at, token, quantity)
            or self._unnamed(at, token, quantity)
        )

    def _earlier(self, at: int, reach: int) -> int | None:
        """The nearest limit before `at` that has a measure."""
        return next((i for i in range(at - 1, max(-1, at - reach), -1) if i in self.findings), None)

    def _mirrored(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        """`≥ 140 mmHg systolic and/or ≥ 90 mmHg diastolic`: where one limit precedes its measure, so does the next."""
        earlier = self._earlier(at, _NEAR_ALTERNATIVE)
        if earlier is None or at + 1 == len(self.tokens) or self.tokens[at + 1].type != "MEASURE":
            return None
        behind = self.findings[earlier].measures[-1].start >= self.tokens[earlier].end
        return self._right(at, token, quantity) if behind else None

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
            return self._age(at, token, quantity)
        if restates(tokens, at):
            return None
        left = self._left(at, quantity)
        if left is None and in_weeks_and_days(quantity):
            return Finding(
                (Named(measures()["gestational_age"], token.start, token.end),), quantity, token.start, token.end
            )
        previous, following = near(tokens, at, -1), near(tokens, at, 1)
        if left is not None and not left.shared:
            return None if previous == "FOR" and self._words_between(left, token) else left
        if following in _WINDOW_TAILS:
            return None
        quantity = within(quantity, previous)
        if quantity.shape != "series" and previous != "FOR":
            for named in (name_before(tokens, at), name_behind(tokens, at)):
                if named is not None and spans_time(self.text, named, ranged=quantity.shape == "range"):
                    return Finding((named,), quantity, min(named.start, token.start), max(named.end, token.end))
        if previous in _WINDOW_LEADS or quantity.shape == "series":
            return None
        found = left or self._right(at, token, quantity) or self._adopted(at, token, quantity)
        if found is None and is_age(tokens, at, quantity):
            return self._age(at, token, quantity)
        return found

    def _words_between(self, left: Finding, token: Token) -> bool:
        """`duration of symptoms and signs for 1 month`: the time is of the words in between."""
        start = left.measures[-1].end
        return any(t.type == "WORD" for t in self.tokens if start <= t.start < token.start)

    def _age(self, at: int, token: Token, quantity: Quantity) -> Finding:
        """The limit is on age: its words (aged, old, years of age) are the measure's text."""
        quantity = by_side(quantity, near(self.tokens, at, -1))
        left = self._left(at, quantity)
        row = None if left is None or left.shared else left.measures[0].row
        if left is not None and row is not None and row.name.endswith("age"):
            return left
        return Finding((Named(measures()["age"], token.start, token.end),), quantity, token.start, token.end)

    # -- the measure to the left --------------------------------------------------------------------------------

    def _left(self, at: int, quantity: Quantity) -> Finding | None:
        """Towards the start of the clause, as far as parting words allow; past other limits only to share with them."""
        tokens = self.tokens
        reach = _BARE_REACH if quantity.shape in _BARE else _REACH
        counted = is_plain(quantity) and counts(tokens, at)
        cost = words = 0
        crossed = False
        i = at - 1
        while i >= max(0, at - _FARTHEST) and cost <= reach:
            token = tokens[i]
            kind = token.type
            if kind == "DISORDER" and not words and not cost and fits(token.value, quantity):
                return Finding((Named(token.value, token.start, token.end),), quantity, token.start, tokens[at].end)
            if kind == "MEASURE" and i not in self._behind:
                if spans_scale(token.value, quantity):
                    return None
                if (fits_closely if crossed else fits)(token.value, quantity) and not (counted and (cost or crossed)):
                    return self._bound(i, at, quantity, crossed)
                cost += 2
            elif kind in LIMITS:
                shared = None if words else self._share(i, at, quantity)
                if shared is not None or words:
                    return shared
                crossed = True
            elif (
                kind == "RPAR"
                and (first := opening(tokens, i, past_numbers=True)) != i
                and self._is_remark(first, i, quantity)
            ):
                i = first  # a remark in brackets parts nothing
            elif kind == "STOP" or (kind == "SEMI" and words):
                return None
            elif kind not in _FREE:
                cost += _COST.get(kind, 1)
                people = kind == "SUBJECT" and tokens[i + 1].type != "WITH"
                words = 0 if kind in _CONDITIONS else words + (kind == "WORD" or people)
                crossed = crossed or kind == "SEMI"
            i -= 1
        return None

    def _is_remark(self, first: int, stop: int, quantity: Quantity) -> bool:
        """Whether brackets name no measure of what follows: `DLCO (adjusted for hemoglobin)`, but `count (WBC) > 3`."""
        if first == stop:
            return False
        named = [i for i in range(first, stop) if self.tokens[i].type == "MEASURE" and i not in self._behind]
        inside = [self.tokens[i] for i in named if fits(self.tokens[i].value, quantity)]
        outside = self.tokens[first - 1] if first else None
        timed = any(token.type in LIMITS for token in self.tokens[first:stop])
        if not inside or (timed and outside is not None and any(t.value is outside.value for t in inside)):
            return True  # Hemoglobin (Hb; 2 weeks without transfusion)
        return outside is not None and outside.type == "MEASURE" and all(t.value is not outside.value for t in inside)

    def _bound(self, last: int, at: int, quantity: Quantity, crossed: bool) -> Finding:
        limit = self.tokens[at]
        named = self._narrowed(list_before(self.tokens, last, quantity), at)
        named = [each._replace(row=ranked(each.row, quantity)) for each in named]
        if changed := change(self.tokens, last, at, quantity):
            named = [Named(None, *changed)]
        if crossed:
            return Finding(tuple(named), quantity, limit.start, limit.end, True)
        return Finding(tuple(named), quantity, named[0].start, max(limit.end, named[-1].end))

    def _narrowed(self, named: list[Named], at: int) -> list[Named]:
        """`blood pressure > 140 mmHg (systolic)`: the word behind the limit says which."""
        row = named[-1].row
        if row is None or row.name not in PRESSURES:
            return named
        i = at + 1
        while i < len(self.tokens) and self.tokens[i].type in ("LPAR", "FOR", "FILL", "WITHIN"):
            i += 1
        if i == len(self.tokens) or self.tokens[i].type != "MEASURE" or self.tokens[i].value.name not in PRESSURES:
            return named
        self._behind.add(i)
        return [*named[:-1], Named(self.tokens[i].value, named[-1].start, named[-1].end)]

    def _share(self, earlier: int, at: int, quantity: Quantity) -> Finding | None:
        """A second limit on the measure of the one before: `> 1.2 mg/dL in women or > 1.5 in men`."""
        before = self.findings.get(earlier)
        if before is None or quantity.shape in ("series", "pair"):
            return None
        if is_plain(quantity) and counts(self.tokens, at):
            return None
        if is_plain(before.quantity) and before.quantity.shape == "bound" and self._joined(earlier, at):
            self.findings[earlier] = before._replace(quantity=with_unit(before.quantity, quantity))  # < 18 or > 35 kg
        alike = same_unit(before.quantity, quantity)
        kept = tuple(n for n in before.measures if n.row is None or (fits if alike else fits_closely)(n.row, quantity))
        token = self.tokens[at]
        return Finding(tuple(self._narrowed(list(kept), at)), quantity, token.start, token.end, True) if kept else None

    def _joined(self, first: int, last: int) -> bool:
        return all(token.type in ("AND", "OR", "COMMA") for token in self.tokens[first + 1 : last])

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

    # -- the measure to the right, or from the parent ----------------------------------------------------------

    def _right(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        if quantity.shape in ("pair", "classes"):
            return None
        if quantity.shape == "series" or is_roman(quantity):
            return self._on_scale(at, token, quantity)
        if quantity.shape == "bound" and is_plain(quantity) and near(self.tokens, at, 1) == "OF":
            return None  # at least two of the following
        relative = any(bound.relative_to for bound in quantity.bounds)
        reach, words = (12, 6) if relative else (7, 2)
        for i in range(at + 1, min(at + reach, len(self.tokens))):
            other = self.tokens[i]
            if other.type == "MEASURE":
                if spans_scale(other.value, quantity) or _is_few(quantity, other):
                    return None
                if fits(other.value, quantity):
                    near_by = [Named(other.value, other.start, other.end)]
                    named = list_behind(self.tokens, i, quantity) if relative else near_by
                    return Finding(tuple(named), quantity, token.start, named[-1].end)
            if other.type not in _FREE | {"WORD", "NEXT", "FOR"} and not (relative and other.type == "MEASURE"):
                return None
            words -= other.type == "WORD"
            if words < 0:
                return None
        return None

    def _on_scale(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        """`3 or 4 on the IGA scale`, `I-III of the ASA classification`, `class III or IV heart failure (NYHA)`."""
        behind = [t for t in self.tokens[at + 1 : at + _ON_SCALE] if t.type != "FILL"]
        classed = near(self.tokens, at, -1) == "SCALE"
        if not behind or not (classed or behind[0].value == "on" or behind[0].type == "OF"):
            return None
        found: Token | None = None
        for other in behind:
            if other.type in ("MEASURE", "DISORDER") and other.value.kind in ("score", "class"):
                found = other if fits(other.value, quantity) else found
                if other.type == "MEASURE":
                    break
            elif other.type not in ("WORD", "OF", "LPAR", "SCALE"):
                break
        if found is None:
            return None
        return Finding((Named(found.value, found.start, found.end),), quantity, token.start, found.end)

    def _adopted(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        """A child bullet that opens with its limit takes the measure of its parent."""
        if any(t.type in ("WORD", "MEASURE") for t in self.tokens[max(0, at - 4) : at]):
            return None
        kept = tuple(n for n in self.inherited if n.row is None or fits(n.row, quantity))
        return Finding(kept, quantity, token.start, token.end, True) if kept else None

    # -- a measure the lexicon does not hold ---------------------------------------------------------------------

    def _unnamed(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        tokens = self.tokens
        before = near(tokens, at, -1)
        scored = quantity.shape == "series" and before == "SCALE" and quantity.lower != quantity.upper
        if (quantity.shape in (*_BARE, "equal") and not scored) or not quantity.bounds:
            return None
        if is_plain(quantity) and ((quantity.shape == "range" and before != "SCALE") or counts(tokens, at)):
            return None
        unit = quantity.bounds[0].unit
        kind = dimension(unit.ucum) if unit is not None else ""
        if (unit is not None and is_dose(unit.ucum)) or (kind in EXPOSURES and _is_dosed(tokens, at)):
            return None
        if kind == "volume" and counts(tokens, at):
            return None
        name = name_before(tokens, at) or name_behind(tokens, at)
        if name is None and unit is not None and kind in EXPOSURES:
            name = Named(None, unit.start, unit.end)
        if name is None:
            return None
        return Finding((name,), quantity, min(name.start, token.start), max(name.end, token.end))


def _before_brackets(tokens: Sequence[Token], at: int) -> int:
    """The token before the brackets that close at `at`, be they a remark or a restated limit."""
    if at >= 2 and tokens[at - 2].type == "LPAR":
        return at - 3
    return opening(tokens, at) - 1


def _is_dosed(tokens: Sequence[Token], at: int) -> bool:
    return any(t.type == "DOSE" for t in tokens[max(0, at - _NEAR_DOSE) : at])


def _is_few(quantity: Quantity, measure: Token) -> bool:
    """`at least 3 viral loads` counts measurements."""
    if not is_plain(quantity) or measure.value.kind != "quantity" or dimension(measure.value.unit) == "count":
        return False
    return quantity.bounds[0].value <= _FEW
