"""Which parts of a text the criteria point at, and the text cut into pieces by them, for pages that highlight it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from trialparse.models.visit import Place, walk

if TYPE_CHECKING:
    from trialparse.models.eligibility import Criterion
    from trialparse.models.requirement import Statement, Threshold, Window

Kind = Literal[
    "criterion", "heading", "condition", "event", "note", "threshold", "window", "numeral", "remark"
]  # fmt: skip
Range = tuple[int, int]


class Mark(NamedTuple):
    """A part of a text that something was read from; half-open."""

    start: int
    end: int
    kind: Kind
    criterion: str | None = None
    """Id of the criterion; None for the heading of a section."""
    paths: tuple[str, ...] = ()
    """Where in its requirement that stands which was read here, as `walk` counts; empty for the criterion itself."""


class Piece(NamedTuple):
    """A part of a text under the same marks from end to end."""

    text: str
    marks: tuple[int, ...]
    """Places in the list of marks, the longest first: what encloses stands before what is enclosed."""


Locate = Callable[["Threshold | Window | Statement"], Range | None]
"""Where in the text a part of the requirement stands; None: not in it."""


def in_source(leaf: Threshold | Window | Statement) -> Range:
    """Where it stands in the text that was parsed."""
    return leaf.span.start, leaf.span.end


def in_own_text(criterion: Criterion) -> Locate:
    """Where parts of its requirement stand in the criterion's own text, which has no escapes and folded blanks."""
    text, begin = criterion.text, criterion.span.start

    def locate(leaf: Threshold | Window | Statement) -> Range | None:
        wanted = leaf.text.strip()
        # what was taken out makes the text shorter, never longer: its end is where it was printed, or before that
        at = text.rfind(wanted, 0, max(0, leaf.span.end - begin))
        return None if at < 0 or not wanted else (at, at + len(wanted))

    return locate


def requirement_marks(criterion: Criterion, locate: Locate = in_source) -> list[Mark]:
    """The marks of a criterion's requirement, one for each place and kind, in the order of the text."""
    places = [] if criterion.requirement is None else list(walk(criterion.requirement))
    conditions: dict[str, list[Range]] = {place.path: [] for place in places if place.part == "condition"}
    found: dict[tuple[Range, Kind], list[str]] = {}
    for leaf, place, where in _located(places, locate):
        for above in _upwards(place.path):
            conditions.get(above, []).append(where)
        kind = _kind(leaf, whole=place.part is None)
        if kind is not None and (kind != "event" or place.path not in conditions):
            found.setdefault((where, kind), []).append(place.path)
    for path, ranges in conditions.items():
        if ranges:
            extent = min(start for start, _ in ranges), max(end for _, end in ranges)
            found.setdefault((extent, "condition"), []).append(path)
    marks = [Mark(*where, kind, criterion.id, tuple(paths)) for (where, kind), paths in found.items()]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _located(places: Iterable[Place], locate: Locate) -> Iterator[tuple[Threshold | Window | Statement, Place, Range]]:
    """The parts that stand in the text, each with where."""
    for place in places:
        item = place.item
        if item.kind == "threshold" or item.kind == "window" or item.kind == "statement":
            where = locate(item)
            if where is not None and where[0] < where[1]:
                yield item, place, where


def _upwards(path: str) -> Iterator[str]:
    """A path and those of all that it stands in."""
    while path:
        yield path
        path = path.rpartition(".")[0]


def _kind(item: Threshold | Window | Statement, *, whole: bool) -> Kind | None:
    """What a part is to who reads; prose that is all there is of a criterion was not read further, and has no mark."""
    if item.kind != "statement":
        return item.kind
    if not item.asserts:
        return "note"
    return None if whole and not item.windows else "event"


def pieces(text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> Iterator[Piece]:
    """The text from `start` to `end`, cut wherever a mark begins or ends; joined they are that text again."""
    end = len(text) if end is None else min(end, len(text))
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for number, mark in enumerate(marks):
        first, last = max(mark.start, start), min(mark.end, end)
        if first < last:
            opening.setdefault(first, []).append(number)
            closing.setdefault(last, []).append(number)
    active: dict[int, None] = {}
    at = start
    for cut in sorted({*opening, *closing, end}):
        if cut > at:
            yield Piece(text[at:cut], _nested(active, marks))
            at = cut
        for number in closing.get(cut, ()):
            del active[number]
        active.update(dict.fromkeys(opening.get(cut, ())))


def _nested(active: Iterable[int], marks: Sequence[Mark]) -> tuple[int, ...]:
    return tuple(sorted(active, key=lambda number: (marks[number].start - marks[number].end, number)))
