"""The measure of a limit: to its left, to its right, or from the parent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trialparse.lexicon.measures import measures
from trialparse.lexicon.people import whose
from trialparse.lexicon.wording import words
from trialparse.requirements.fit import (
    beyond,
    dimension,
    fits,
    fits_closely,
    is_plain,
    is_roman,
    ranked,
    same_unit,
    spans_scale,
    with_unit,
)
from trialparse.requirements.lists import list_before, list_behind, sum_behind
from trialparse.requirements.naming import (
    LIMITS,
    Named,
    change,
    change_behind,
    counts,
    is_compound,
    opening,
    rate_behind,
    specimen,
)
from trialparse.requirements.neighbours import Finding, is_graded, near
from trialparse.requirements.pairs import PRESSURES
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.tokens import Token, UnitMark
from trialparse.requirements.unnamed import BARE

_FREE = frozenset({"FILL", "OF", "COLON", "SCALE", "LPAR", "RPAR", "WITHIN", "BETWEEN", "TO", "SLASH", "POST"})
"""Tokens that may stand between a measure and its limit without parting them."""
_LIMITED = LIMITS | {"CMP", "COLON", "SCALE"}
"""What stands behind a measure that has a limit of its own there."""
_CONDITIONS = frozenset({"IF", "UNLESS", "WITH"})
_COST = {"IF": 2, "UNLESS": 3, "NOT": 2, "SUBJECT": 2, "AMOUNT": 3, "SEMI": 3}
_OTHER_NAME = 2
_REACH = 9
_BARE_REACH = 1
_FEW = 20
_NEAR = 4
_CLASSED = frozenset({"class", "score"})
_EPISODE = "{episode}"
_ON_SCALE = 9
_FARTHEST = 60
_REMARK = 6
"""Longer brackets are a remark only behind a name."""


class _Ahead(NamedTuple):
    """How far ahead of a limit its measure may stand."""

    reach: int
    words: int
    """So many words at most may stand between."""
    over: frozenset[str]
    """Types of the tokens that may."""


_AHEAD = _Ahead(7, 2, _FREE | {"WORD", "NEXT", "FOR"})
_AHEAD_OF_MULTIPLE = _Ahead(12, 6, _AHEAD.over | {"MEASURE"})
"""`> 3 x ULN in any of the liver function tests: ALT, AST`."""


class _Way:
    """From a limit towards the start of its clause: how far a search may go, how far it came, and over what."""

    __slots__ = ("_counted", "_timed", "_tokens", "beyond", "cost", "crossed", "farthest", "graded", "reach", "words")

    def __init__(self, tokens: Sequence[Token], at: int, quantity: Quantity) -> None:
        self._tokens = tokens
        self._timed = tokens[at].type != "LIMIT"  # a time is that of the words beside it
        self._counted = is_plain(quantity) and counts(tokens, at)
        self.graded = is_graded(tokens, at)
        self.farthest = max(0, at - _FARTHEST)
        self.reach = _BARE_REACH if quantity.shape in BARE else _REACH
        self.cost = self.words = 0
        self.crossed = False
        """Whether another limit, or a semicolon, stands between."""
        self.beyond = False
        """Whether a `with` does."""

    @property
    def may_name(self) -> bool:
        """Whether a measure may still name what is limited; a number of things is none of a measure farther away."""
        return not (self._counted and (self.cost or self.crossed))

    def over(self, i: int) -> None:
        """Pass over `tokens[i]`."""
        kind = self._tokens[i].type
        if kind in _FREE:
            return
        if kind == "STOP" or (kind == "SEMI" and self.words):
            self.end()
        self.cost += _COST.get(kind, 1)
        self.beyond = self.beyond or kind == "WITH"
        self.crossed = self.crossed or kind == "SEMI"
        if kind in _CONDITIONS and not self._timed:
            self.words = 0
        else:
            people = kind == "SUBJECT" and self._tokens[i + 1].type != "WITH"
            self.words += kind == "WORD" or people or (self._timed and kind == "PAST")

    def end(self) -> None:
        """Go no farther."""
        self.cost = self.reach + 1


class MeasureSeeker:
    """Looks around one limit of a criterion for what it is a limit of."""

    def __init__(self, text: str, tokens: Sequence[Token], inherited: tuple[Named, ...] = ()) -> None:
        self.text = text
        self.tokens = tokens
        self.inherited = inherited
        self.findings: dict[int, Finding] = {}
        """Finding by the index of its limit token."""
        self._behind: set[int] = set()
        """Measures that stand behind the limit they belong to, and so are none of the next one's."""

    # -- the measure to the left --------------------------------------------------------------------------------

    def _left(self, at: int, quantity: Quantity) -> Finding | None:
        """Towards the start of the clause, as far as parting words allow; past other limits only to share with them."""
        way = _Way(self.tokens, at, quantity)
        i = at - 1
        while i >= way.farthest and way.cost <= way.reach:
            kind = self.tokens[i].type
            found = None
            if kind in LIMITS:
                found = self._past_limit(i, at, quantity, way)
            elif kind == "DISORDER" or (kind == "MEASURE" and i not in self._behind):
                found = self._at_name(i, at, quantity, way)
            elif kind == "RPAR":
                i = self._before_remark(i, quantity)
            else:
                way.over(i)
            if found is not None:
                return found
            i -= 1
        return None

    def _at_name(self, i: int, at: int, quantity: Quantity, way: _Way) -> Finding | None:
        """The finding if the limit is on what `tokens[i]` names; a disorder has one only right beside it."""
        token = self.tokens[i]
        if token.type == "DISORDER":
            if way.cost or way.words or not fits(token.value, quantity):
                way.over(i)
                return None
            return Finding((Named(token.value, token.start, token.end),), quantity, token.start, self.tokens[at].end)
        if (way.graded and token.value.kind not in _CLASSED) or is_compound(self.tokens, i):
            way.cost += _OTHER_NAME
            return None
        if spans_scale(token.value, quantity) or (way.beyond and self._is_named_behind(at, quantity)):
            way.end()
        elif (fits_closely if way.crossed else fits)(token.value, quantity) and way.may_name:
            return self._bound(i, at, quantity, way.crossed)
        way.cost += _OTHER_NAME
        return None

    def _is_named_behind(self, at: int, quantity: Quantity) -> bool:
        """`CD19-positive leukemia with ≥ 25 % blasts`: what the limit is on stands right behind it."""
        behind = self.tokens[at + 1 : at + 3]
        if not behind or behind[0].type != "MEASURE" or not fits(behind[0].value, quantity):
            return False
        return behind[-1].type not in _LIMITED

    def _past_limit(self, i: int, at: int, quantity: Quantity, way: _Way) -> Finding | None:
        """The finding if the limit shares the measure of the one at `i`; words between them part the two."""
        shared = None if way.words or way.graded or self._is_scored(at) else self._share(i, at, quantity)
        if way.words:
            way.end()
        way.crossed = True
        return shared

    def _is_scored(self, at: int) -> bool:
        """`chorea score of > 10`: whether a word for a scale ends a name of its own right before a limit."""
        before = self.tokens[max(0, at - 2) : at]
        if [token.type for token in before] != ["WORD", "SCALE"]:
            return False
        return self.text[before[1].start : before[1].end].split()[0].lower() in words("scales")

    def _before_remark(self, last: int, quantity: Quantity) -> int:
        """The bracket that opens what `tokens[last]` closes, where it is a remark, which parts nothing; else `last`."""
        first = opening(self.tokens, last, past_numbers=True)
        short = last - first <= _REMARK or self.tokens[first - 1].type in ("MEASURE", "SCALE")
        return first if first != last and short and self._is_remark(first, last, quantity) else last

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
        listed = list_before(self.tokens, last, quantity)
        quotient = listed[-1].row is not self.tokens[last].value
        named = self._narrowed(listed, at)
        named = [each._replace(row=ranked(each.row, quantity)) for each in named]
        other = change(self.tokens, last, at, quantity) or specimen(self.tokens, last, at)
        if other and not quotient:
            named = [Named(None, *other)]
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
        if is_plain(quantity) and not is_roman(quantity) and counts(self.tokens, at):
            return None
        alike = same_unit(before.quantity, quantity)
        kept = tuple(
            n
            for n in before.measures
            if n.row is None
            or (fits if alike else fits_closely)(n.row, quantity)
            or (beyond(n.row, before.quantity) and beyond(n.row, quantity))
        )
        if kept and is_plain(before.quantity) and before.quantity.shape == "bound" and self._joined(earlier, at):
            self.findings[earlier] = before._replace(quantity=with_unit(before.quantity, quantity))  # < 18 or > 35 kg
        if not kept:
            return None
        if is_plain(quantity) and kept[0].row is not None and kept[0].row.kind == "duration":
            quantity = with_unit(quantity, before.quantity)  # 20-75 years (18-75 in Europe)
        token = self.tokens[at]
        return Finding(tuple(self._narrowed(list(kept), at)), quantity, token.start, token.end, True)

    def _joined(self, first: int, last: int) -> bool:
        return all(token.type in ("AND", "OR", "COMMA") for token in self.tokens[first + 1 : last])

    # -- the measure to the right, or from the parent ----------------------------------------------------------

    def _right(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        if quantity.shape in ("pair", "classes"):
            return None
        if is_plain(quantity) and quantity.shape in ("bound", "range") and (rate := rate_behind(self.tokens, at)):
            return self._rate(token, quantity, *rate)
        if quantity.shape == "series" or quantity.scaled or is_roman(quantity) or is_graded(self.tokens, at):
            return self._on_scale(at, token, quantity)
        if quantity.shape == "bound" and is_plain(quantity) and near(self.tokens, at, 1) == "OF":
            return None  # at least two of the following
        if is_plain(quantity) and at + 1 < len(self.tokens) and self.tokens[at + 1].value in words("portions"):
            return None  # > 1,000 units vitamin D
        if _is_share(self.tokens, at, quantity):
            return None
        relative = any(bound.relative_to for bound in quantity.bounds)
        i = self._ahead(at, quantity, _AHEAD_OF_MULTIPLE if relative else _AHEAD)
        if i is None:
            return None
        if not relative and (changed := change_behind(self.tokens, at, i)):
            return Finding((Named(None, *changed),), quantity, token.start, changed[1])
        measure = self.tokens[i]
        if summed := sum_behind(self.tokens, i):
            return Finding((summed,), quantity, token.start, summed.end)
        near_by = [Named(measure.value, measure.start, measure.end)]
        named = list_behind(self.tokens, i, quantity) if relative else near_by
        return Finding(tuple(named), quantity, token.start, named[-1].end)

    def _ahead(self, at: int, quantity: Quantity, ahead: _Ahead) -> int | None:
        """The measure behind the limit at `at` that it fits, as far as such a limit looks ahead."""
        words = 0
        for i in range(at + 1, min(at + ahead.reach, len(self.tokens))):
            other = self.tokens[i]
            if other.type == "MEASURE":
                if spans_scale(other.value, quantity) or _is_few(quantity, other):
                    return None
                if fits(other.value, quantity) and not is_compound(self.tokens, i):
                    return i
            words += other.type == "WORD"
            if other.type not in ahead.over or words > ahead.words:
                return None
        return None

    def _rate(self, token: Token, quantity: Quantity, first: int, stop: int) -> Finding | None:
        """`at least 4 bowel movements per day`: how often something happens."""
        things, period = self.tokens[first:stop], self.tokens[stop + 1]
        rows = [thing.value for thing in things if thing.type == "MEASURE"]
        counted = rows[-1].unit.partition("/")[0] if rows else _EPISODE
        if not counted.startswith("{"):
            return None  # what is measured is not counted: blood glucose controls
        unit = UnitMark(f"{counted}/{period.value}", things[0].start, period.end)
        low, high = (bound and bound._replace(unit=unit) for bound in (quantity.lower, quantity.upper))
        quantity = quantity._replace(lower=low, upper=high)
        row = rows[-1] if rows and fits(rows[-1], quantity) else None
        return Finding((Named(row, things[0].start, things[-1].end),), quantity, token.start, period.end)

    def _on_scale(self, at: int, token: Token, quantity: Quantity) -> Finding | None:
        """`3 or 4 on the IGA scale`, `I-III of the ASA classification`, `class III or IV heart failure (NYHA)`.

        Behind `stage` or `grade` the disease itself may be what names the scale: `stage 2 hypertension`.
        """
        behind = [t for t in self.tokens[at + 1 : at + _ON_SCALE] if t.type != "FILL"]
        classed = quantity.scaled or near(self.tokens, at, -1) == "SCALE"
        if not behind or not (classed or behind[0].value == "on" or behind[0].type == "OF"):
            return None
        found: Token | None = None
        for other in map(_staged, behind) if is_graded(self.tokens, at) else behind:
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


def _is_share(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """`CD33 on > 95 % of blasts`, `reduction rates of < 50 % in attacks`: a share of what is behind, or its change."""
    unit = quantity.bounds[0].unit if quantity.bounds else None
    if unit is None or unit.ucum != "%":
        return False
    on = near(tokens, at, 1) == "OF" and (tokens[at - 1].type == "WITHIN" or tokens[at - 1].value in words("bears"))
    rates = any(t.value in whose().changes and tokens[i + 1].value in words("rates") for i, t in _before(tokens, at))
    return on or rates


def _before(tokens: Sequence[Token], at: int) -> Iterator[tuple[int, Token]]:
    """The few tokens before the limit at `at`, each with its place."""
    return ((i, tokens[i]) for i in range(max(0, at - _NEAR), at))


def _staged(token: Token) -> Token:
    """A disease whose stage is a measure, as the name of that measure."""
    row = measures().get(f"{token.value}_stage") if token.type == "WORD" else None
    return token if row is None else token._replace(type="MEASURE", value=row)


def _is_few(quantity: Quantity, measure: Token) -> bool:
    """`at least 3 viral loads` counts measurements."""
    if not is_plain(quantity) or measure.value.kind != "quantity" or dimension(measure.value.unit) == "count":
        return False
    return quantity.bounds[0].value <= _FEW
