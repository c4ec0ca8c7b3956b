"""How much of the criteria was read: their characters by what became of them, and the numerals of no limit or time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from trialparse.models.eligibility import Criterion
from trialparse.models.marks import Mark, Piece, Range
from trialparse.pipeline.tally import NUMERAL

_DIGITS = regex.compile(r"\d++(?:[.,]\d++)*+")
_LIMITS = frozenset({"threshold", "window"})
SHARES = ("limits", "logic", "headings", "words", "prose")
"""What becomes of text: limits and times; events, conditions and notes, told apart; headings; the other words of
criteria of which something was read; criteria that stay prose as a whole."""


class Numerals(NamedTuple):
    """How many numerals there are, and those of no limit and no time."""

    total: int
    unread: int
    marks: tuple[Mark, ...]
    """Of those unread, as far as they can be found in the text."""


def shares(pieces: Iterable[Piece], marks: Sequence[Mark]) -> dict[str, int]:
    """Characters that are no blanks by their share, of what stands in criteria and headings; see `SHARES`."""
    read = {mark.criterion for mark in marks if mark.paths}
    counts = dict.fromkeys(SHARES, 0)
    for piece in pieces:
        share = _share([marks[number] for number in piece.marks], read)
        if share is not None:
            counts[share] += sum(not sign.isspace() for sign in piece.text)
    return counts


def _share(marks: Sequence[Mark], read: set[str | None]) -> str | None:
    kinds = {mark.kind for mark in marks}
    if kinds & _LIMITS:
        return "limits"
    if kinds & {"event", "condition", "note"}:
        return "logic"
    if "heading" in kinds:
        return "headings"
    owner = next((mark.criterion for mark in marks if mark.kind == "criterion"), None)
    return None if owner is None else "words" if owner in read else "prose"


def numerals(criteria: Iterable[tuple[Criterion, Range]], text: str, marks: Iterable[Mark]) -> Numerals:
    """The numerals of criteria, and which of them are in no limit or time.

    Args:
        criteria: each with its place in `text`.
        text: what the marks are offsets into.
        marks: what was read.
    """
    within = _Ranges((mark.start, mark.end) for mark in marks if mark.kind in _LIMITS)
    count, unread, lost = 0, [], 0
    for criterion, (start, end) in criteria:
        for place in _places(criterion.text, text[start:end]):
            count += 1
            if place is None:  # it is written in another way there, such as an escape
                lost += not within.touch(start, end)
            elif not within.hold(start + place[0], start + place[1]):
                unread.append(Mark(start + place[0], start + place[1], "numeral", criterion.id))
    return Numerals(count, len(unread) + lost, tuple(unread))


def _places(shown: str, printed: str) -> Iterator[Range | None]:
    """Where each numeral of a text stands in the text as it was printed, which has escapes and more blanks."""
    if len(shown) == len(printed):  # what was taken out would have made it shorter
        yield from (found.span() for found in NUMERAL.finditer(shown))
        return
    likely, possible = (_starts(pattern, printed) for pattern in (NUMERAL, _DIGITS))
    at = 0
    for found in NUMERAL.finditer(shown):
        numeral = found.group()
        start = _next(likely.get(numeral, ()), at)
        if start is None:  # an escape is glued to it, such as \n
            start = _next(possible.get(numeral, ()), at)
        if start is None:
            yield None
        else:
            at = start + len(numeral)
            yield start, at


def _starts(pattern: regex.Pattern[str], text: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for found in pattern.finditer(text):
        places.setdefault(found.group(), []).append(found.start())
    return places


def _next(starts: Sequence[int], at: int) -> int | None:
    number = bisect_left(starts, at)
    return starts[number] if number < len(starts) else None


class _Ranges:
    """Ranges that can be asked what lies in them."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(ranges):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them encloses it."""
        place = bisect_right(self._starts, start) - 1
        return place >= 0 and end <= self._ends[place]

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them begins in it."""
        place = bisect_right(self._starts, start) - 1
        return (place >= 0 and start < self._ends[place]) or (
            place + 1 < len(self._starts) and self._starts[place + 1] < end
        )
