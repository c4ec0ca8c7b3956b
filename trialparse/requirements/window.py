"""The meaning of `grammars/window.lark`: elapsed time with its direction and the event it is counted from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import regex

from trialparse.lexicon.wording import words
from trialparse.requirements.parser import Island, IslandParser
from trialparse.requirements.quantity import Bound, Quantity, in_days
from trialparse.requirements.tokens import Token, UnitMark

TIME_UNITS = frozenset({"a", "mo", "wk", "d", "h", "min"})
_COUNTED_TIME = TIME_UNITS | {"{half-life}", "{cycle}"}

_PAUSE = regex.compile(r"[\s-]{0,2}+wash[\s-]?+out\b", regex.IGNORECASE)
_PAUSE_OF = regex.compile(r"\bwash[\s-]?+out(?:\s++periods?+)?+(?:\s++of|\s*+:)\s++$", regex.IGNORECASE)
_WASHOUT = regex.compile(r"\bwash[\s-]?+out\b", regex.IGNORECASE)
_ORDINAL = regex.compile(r"(?:st|nd|rd|th)\b")
_BEFORE_PAUSE = 24
_LATER = regex.compile(r"(?:no|not)\s++(?:earlier|later|sooner)\b|at\s++the\s++latest\b", regex.IGNORECASE)

BEGINS = frozenset({"WITHIN", "FOR", "UNTIL", "PAST", "NEXT", "FIRST", "TIME", "LIMIT_TIME"})
"""Token types a window can begin with."""

TIMES = frozenset({"TIME", "LIMIT_TIME", "PERIOD"})
"""Token types without one of which there is no window."""

# an anchor ends where a new thought begins
_ANCHOR_STOPS = frozenset(
    "COMMA SEMI STOP COLON LPAR RPAR AND OR BUT IF UNLESS LIMIT TIME LIMIT_TIME CMP MEASURE NOT WHICHEVER".split()
)
_ANCHOR_WORDS = 9
_CHOICE = frozenset({"OR", "SLASH", "FILL"})
_CHOICE_ENDS = frozenset({"COMMA", "SEMI", "STOP", "RPAR", "AND", "OR"})
_TIMES = frozenset({"TIME", "LIMIT_TIME"})
_LEADS = frozenset({"WITHIN", "FOR"})
_SIDES = frozenset({"BEFORE", "AFTER", "OF", "AGO"})
_NEARLY = Decimal("1.1")
_REMARK_AFTER = 4
_REMARK = 12


class Elapsed(NamedTuple):
    """A time window before it becomes output; `alternatives` are further times joined by "or"."""

    lower: Bound | None
    upper: Bound | None
    direction: str | None
    anchored: bool
    start: int
    end: int
    alternatives: tuple[tuple[Bound | None, Bound | None], ...] = ()
    longest: bool = False
    anchor: tuple[int, int] | None = None
    bare: bool = False
    """Whether neither a comparator nor a preposition says how the time bounds."""
    held: bool = False
    """Whether `for` or `until` leads it."""
    led: str = ""
    """`FOR` or `UNTIL` where that leads it and no comparator says how it bounds."""
    kept: bool = False
    """Whether it is a time for which something is kept up."""
    aside: tuple[int, int] | None = None
    """The tokens of brackets amid it that hold another time for some."""
    of: str = ""
    """What it is the time of, where a word says so: a `state`, which lasts, or an `event`."""


class _Features(NamedTuple):
    prep: str
    adjectives: tuple[str, ...]
    times: tuple[Token, ...]
    side: str
    whichever: str


def is_time(quantity: Quantity) -> bool:
    """Whether every bound is an amount of time."""
    bounds = quantity.bounds
    return bool(bounds) and all(b.unit is not None and b.unit.ucum in _COUNTED_TIME for b in bounds)


class _Meaning:
    def start(self, parts: list[Elapsed | None]) -> Elapsed | None:
        return parts[0]

    def lead(self, parts: list[Token]) -> tuple[Token, ...]:
        return tuple(parts)

    def tail(self, parts: list[Token]) -> tuple[Token, ...]:
        return tuple(parts)

    def whichever(self, parts: list[Token]) -> Token:
        return next(part for part in parts if part.type == "WHICHEVER")

    def restated(self, _: list[Token]) -> None:
        return None

    def times(self, parts: list[Any]) -> tuple[Token, ...]:
        head: tuple[Token, ...] = parts[0] if not isinstance(parts[0], Token) else (parts[0],)
        return head + tuple(p for p in parts[1:] if isinstance(p, Token) and p.type in ("TIME", "LIMIT_TIME", "PERIOD"))

    def window(self, parts: list[tuple[Token, ...]]) -> Elapsed | None:
        lead, times, tail = parts
        prep = next((t.type for t in lead if t.type in ("WITHIN", "FOR", "UNTIL")), "")
        side = next((t.type for t in tail if t.type != "WHICHEVER"), "")
        whichever = next((t.value for t in tail if t.type == "WHICHEVER"), "")
        adjectives = tuple(t.type for t in lead if t.type in ("PAST", "NEXT", "FIRST"))
        tokens = [*lead, *times, *tail]
        return _elapsed(_Features(prep, adjectives, times, side, whichever), tokens[0].start, tokens[-1].end)


def _elapsed(features: _Features, start: int, end: int) -> Elapsed | None:
    sides = [_bounds(time, features) for each in features.times for time in _each(each)]
    lower, upper = sides[0]
    aged = any(bound and bound.amount and bound.amount.parts_of == "gestation" for bound in sides[0])
    if aged or (lower is None and upper is None) or _turns_about(features.times):
        return None
    side, adjectives = features.side, features.adjectives
    direction = None
    if side in ("BEFORE", "AGO", "PAST") or "PAST" in adjectives:
        direction = "before"
    elif side in ("AFTER", "NEXT") or "NEXT" in adjectives:
        direction = "after"
    if side == "OF" and upper is None:
        side = ""  # at least 8 weeks of treatment: what the time is filled with
    anchored = side in ("BEFORE", "AFTER", "OF", "PAST", "NEXT")
    others = tuple(_alike(side, (lower, upper)) for side in sides[1:])
    plain = features.times[0].type == "TIME" and features.times[0].value.shape == "series"
    longest = features.whichever == "longest"
    held = features.prep in ("FOR", "UNTIL")
    bare, led = plain and not features.prep, features.prep if held and plain else ""
    return Elapsed(lower, upper, direction, anchored, start, end, others, longest, bare=bare, held=held, led=led)


def _turns_about(times: Sequence[Token]) -> bool:
    """`less than 6 months or greater than 60 months`: two windows, which bound different sides."""
    said = [time.value for time in times if time.type != "PERIOD" and time.value.shape == "bound"]
    return len({quantity.lower is None for quantity in said}) > 1


Sides = tuple[Bound | None, Bound | None]


def _alike(sides: Sides, first: Sides) -> Sides:
    """`< 30 days or 5 half-lives`: the second time is bounded on the same side, as openly."""
    amount = sides[0] or sides[1]
    if amount is None or None not in first:
        return sides
    low, high = first
    if low is not None:
        return amount._replace(inclusive=low.inclusive), None
    return None, amount._replace(inclusive=high is None or high.inclusive)


def like(first: Elapsed, time: Token) -> Elapsed | None:
    """An amount of time that stands for another one: bounded on the same side unless it says, from the same event."""
    quantity: Quantity = time.value
    sides = (quantity.lower, quantity.upper)
    if quantity.shape == "series":
        sides = _alike((quantity.lower, None), (first.lower, first.upper))
    if sides == (None, None):
        return None
    return first._replace(
        lower=sides[0], upper=sides[1], start=time.start, end=time.end, alternatives=(), longest=False
    )


def paused(text: str, time: Token) -> Elapsed | None:
    """`a 2-week washout`, `wash-out period of 28 days`: so much time must pass at least."""
    quantity: Quantity = time.value
    if quantity.lower is None or quantity.lower != quantity.upper:
        return None
    if not (_PAUSE.match(text, time.end) or _PAUSE_OF.search(text, max(0, time.start - _BEFORE_PAUSE), time.start)):
        return None
    return Elapsed(quantity.lower, None, None, False, time.start, time.end)


def pauses(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text speaks of a washout: the times in it must pass."""
    return _WASHOUT.search(text, start, end) is not None


def lasting(time: Elapsed) -> Elapsed:
    """`off anticoagulants 72 hours before surgery`: a bare time is the least that must have passed."""
    if not time.bare or time.direction != "before" or time.lower is not None:
        return time
    return time._replace(lower=time.upper, upper=None)


def ended(time: Elapsed, *, happens: bool, done: bool) -> Elapsed:
    """`planning to conceive until 30 days after the last dose`: by then it `happens`, and does not last till then.

    With `done`, `steroids taken for 14 days before dosing` were taken within these days.
    """
    until = time.led == "UNTIL" and time.direction == "after" and happens
    within = time.led == "FOR" and time.direction is not None and done
    if not (time.anchored and (until or within)) or time.lower is None:
        return time
    return time._replace(lower=None, upper=time.lower, held=False)


def absent(time: Elapsed, *, always: bool) -> Elapsed:
    """`no transfusion for at least 4 weeks`: none within these weeks; `not stable for 4 weeks`: stable for less.

    With `always`, what is denied is an event unless a word says that it is a state; else the other way round.
    """
    if time.of == "state" or not (time.held or time.anchored) or time.lower is None or time.upper is not None:
        return time
    if not time.lower.inclusive or not (always or time.of):
        return time  # no steroids for more than 2 weeks: for 2 weeks they may be
    others = tuple((None, low and low._replace(inclusive=False)) for low, _ in time.alternatives)
    return time._replace(lower=None, upper=time.lower._replace(inclusive=False), alternatives=others)


def same_side(second: Elapsed, earlier: Sequence[Elapsed]) -> Elapsed:
    """`within 30 days before A or 14 days after B`: a bare time is bounded as the one that it is joined to."""
    first = earlier[-1] if earlier else None
    if first is None or not second.bare or (second.lower is None) == (first.lower is None):
        return second
    return second._replace(lower=second.upper, upper=second.lower)


def _each(time: Token) -> Sequence[Token]:
    """`14 or 21 days` are two times."""
    quantity = time.value
    if time.type != "TIME" or quantity.shape != "series" or quantity.lower == quantity.upper:
        return (time,)
    ends = (quantity.lower, quantity.upper)
    return [time.turned(time.type, quantity._replace(lower=end, upper=end)) for end in ends]


def _bounds(time: Token, features: _Features) -> tuple[Bound | None, Bound | None]:
    """Which side of the elapsed time the words bound; (None, None) for a time that bounds nothing."""
    if time.type == "PERIOD":
        if not features.prep or not (features.adjectives or features.side in ("BEFORE", "AGO", "PAST")):
            return None, None
        one = Bound(Decimal(1), UnitMark(time.value, time.start, time.end))
        return (one, None) if features.prep == "FOR" else (None, one)
    quantity: Quantity = time.value
    if quantity.shape != "series":
        if features.prep == "WITHIN" and quantity.shape == "bound" and quantity.upper is None:
            return None, quantity.lower  # within at least 7 days before: within those days
        return quantity.lower, quantity.upper
    amount = quantity.lower
    if features.prep in ("FOR", "UNTIL"):
        return amount, None
    if features.prep == "WITHIN" or features.adjectives or features.side in ("BEFORE", "AGO", "PAST"):
        return None, amount
    return (amount, None) if features.side in ("AFTER", "NEXT") else (None, None)


@lru_cache(maxsize=1)
def _parser() -> IslandParser:
    return IslandParser("window", "start", _Meaning(), skip="FILL")


def window_at(text: str, tokens: Sequence[Token], first: int) -> Island | None:
    """The window that begins at `tokens[first]` with the anchor behind it; the island's value is an `Elapsed`."""
    if tokens[first].type == "TIME" and first and _printed(text, tokens[first - 1]) == "than":
        return None  # a comparator that nothing understood: which side it bounds is not known
    island = _over_remark(tokens, first) or _parser().longest(tokens, first)
    if island is None or not island.value.anchored:
        return island
    elapsed: Elapsed = in_time_order(text, island.value)
    if elapsed.direction == "after" and first and tokens[first - 1].type == "BETWEEN":
        elapsed = elapsed._replace(bare=False)  # `from 14 days after dosing`: from then on
    island = island._replace(value=elapsed)
    stop = _anchor_stop(text, tokens, island.stop)
    if stop == island.stop:
        return island
    span = (tokens[island.stop].start, tokens[stop - 1].end)
    direction = elapsed.direction
    if direction is None and not words("ahead").isdisjoint(text[span[0] : span[1]].lower().split()):
        direction = "before"
    return Island(elapsed._replace(anchor=span, direction=direction, end=span[1]), first, stop)


def in_time_order(text: str, elapsed: Elapsed) -> Elapsed:
    """`no later than 28 days before`: what is later is nearer to the event that comes."""
    if elapsed.direction != "before" or not _LATER.match(text, elapsed.start):
        return elapsed
    return elapsed._replace(lower=elapsed.upper, upper=elapsed.lower)


def _over_remark(tokens: Sequence[Token], first: int) -> Island | None:
    """`4 weeks (6 weeks for nitrosoureas) before X`: the window goes on behind the brackets."""
    before_brackets = range(first, min(first + _REMARK_AFTER, len(tokens) - 1))
    at = next((i for i in before_brackets if tokens[i].type in _TIMES and tokens[i + 1].type == "LPAR"), None)
    if at is None:
        return None
    inside = range(at + 2, min(at + _REMARK, len(tokens) - 1))
    close = next((i for i in inside if tokens[i].type == "RPAR"), None)
    if close is None or tokens[close + 1].type not in _SIDES:
        return None
    tail = tokens[close + 1 : close + 8]
    island = _parser().longest([*tokens[first : at + 1], *tail], 0)
    if island is None or island.stop <= at + 1 - first:
        return None
    elapsed: Elapsed = island.value
    if tokens[at + 2].type in _TIMES and tokens[at + 3].type in ("IF", "FOR"):
        elapsed = elapsed._replace(aside=(at + 1, close + 1))
    elif tokens[at + 2].type == "TIME" and not (close == at + 3 and _says_again(tokens[at], tokens[at + 2])):
        inner = _parser().longest([*tokens[first:at], tokens[at + 2], *tail], 0)
        if inner is not None and inner.stop == island.stop:
            others = (*elapsed.alternatives, (inner.value.lower, inner.value.upper))
            elapsed = elapsed._replace(alternatives=others)
    return Island(elapsed, first, first + island.stop + close - at)


def _says_again(first: Token, second: Token) -> bool:
    """`within 16 weeks (112 days) before`: the same time in other units, as near as months and days can be."""
    days = [in_days(bound) for time in (first, second) if time.type != "PERIOD" for bound in time.value.bounds]
    known = [each for each in days if each is not None]
    return len(known) == len(days) > 1 and max(known) <= min(known) * _NEARLY


def _anchor_stop(text: str, tokens: Sequence[Token], first: int) -> int:
    stop = first
    while stop < len(tokens) and stop - first < _ANCHOR_WORDS and _in_anchor(text, tokens, stop):
        stop += 1
    if stop > first:
        stop = _over_choice(text, tokens, stop)
    while stop > first and text[tokens[stop - 1].start : tokens[stop - 1].end].lower() in words("leads_anchors"):
        stop -= 1
    return stop


def _over_choice(text: str, tokens: Sequence[Token], stop: int) -> int:
    """`before screening or randomization`, `prior to sham injection and/or cell injection`: either is the event."""
    joint = stop
    while joint < len(tokens) and tokens[joint].type in _CHOICE:
        joint += 1
    if joint == stop or tokens[stop].type not in ("OR", "SLASH"):
        return stop
    end = joint
    while end < len(tokens) and end - joint < _ANCHOR_WORDS and _in_anchor(text, tokens, end):
        end += 1
    behind = [_printed(text, token) for token in tokens[joint:end] if token.type not in ("FILL", "OF")]
    ends = end == len(tokens) or tokens[end].type in _CHOICE_ENDS
    if not behind or not ends or not words("verbs").isdisjoint(behind):
        return stop
    same = behind[-1] == _printed(text, tokens[stop - 1]) or set(behind) <= words("beginnings", "frame")
    return end if same else stop


def _printed(text: str, token: Token) -> str:
    return text[token.start : token.end].lower()


def _in_anchor(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Words of the event, and the number of a visit or day."""
    token = tokens[at]
    if token.type == "LIMIT":
        numbers = tokens[at - 1].type in ("IMPRECISE", "PERIOD") or _ORDINAL.match(text, token.end) is not None
        return numbers and token.value.shape == "series"
    if token.type in _LEADS and at + 1 < len(tokens) and tokens[at + 1].type in _TIMES:
        return False
    word = [*_printed(text, token).split(None, 1), ""][0]  # a token may be empty: the TIMES of "twice"
    return token.type not in _ANCHOR_STOPS and token.value != "adverb" and word not in words("ends_anchors")
