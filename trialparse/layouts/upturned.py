"""Pages that print a value and, below it, its label, as tiles of figures do: put the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from trialparse.layouts.tables import Line

Fits = Callable[[Line, Line], bool | None]
"""Whether a label's value has the form that it should have; None if any text would do."""
_FEWEST = 2
_MARGIN = 40


def upright(text: str, lines: Sequence[Line], is_label: Callable[[Line], bool], fits: Fits) -> list[Line]:
    """`lines`, each label above its value where the page prints it below.

    That a page does so is told by values of a form of their own: two at least must stand above a label that they fit,
    with nothing below it that fits, and more than stand below. The labels of other values are then those next to these,
    and those that make up a paragraph with the line above.
    """
    found = list(lines)
    labels = [is_label(line) for line in lines]
    places = [at for at in range(1, len(lines)) if labels[at] and not labels[at - 1]]
    sure = _surely_above(lines, labels, places, fits)
    if not sure:
        return found
    turned = sure | set(_beside(sure, frozenset(places))) | {at for at in places if _is_tile(text, lines, at)}
    for at in sorted(turned):
        if at - 1 not in turned:
            found[at - 1], found[at] = found[at], found[at - 1]
    return found


def _surely_above(lines: Sequence[Line], labels: Sequence[bool], places: Sequence[int], fits: Fits) -> set[int]:
    """The labels with their value above, if the page prints them so."""
    above = {at for at in places if fits(lines[at], lines[at - 1])}
    if len(above) < _FEWEST:
        return set()
    pairs = (at for at in range(len(lines) - 1) if labels[at] and not labels[at + 1])
    below = {at for at in pairs if fits(lines[at], lines[at + 1])}
    sure = above - below
    return sure if len(sure) >= _FEWEST and len(sure) > len(below - above) else set()


def _beside(sure: set[int], places: frozenset[int]) -> Iterator[int]:
    """The labels two lines from these, and so on."""
    for at in sure:
        for step in (2, -2):
            beside = at + step
            while beside in places and beside not in sure:
                yield beside
                beside += step


def _is_tile(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether a line and the one above are a paragraph of their own."""
    before = text[max(0, lines[at - 1].start - _MARGIN) : lines[at - 1].start]
    after = text[lines[at].end : lines[at].end + _MARGIN]
    between = text[lines[at - 1].end : lines[at].start]
    return _is_gap(before) and _is_gap(after) and not _is_gap(between)


def _is_gap(text: str) -> bool:
    return "\n\n" in text.replace(" ", "").replace("\t", "")
