"""Pages that print a value and, below it, its label, as tiles of figures do: put the other way round."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trialparse.layouts.tables import Line

Fits = Callable[[Line, Line], bool | None]
"""Whether a label's value has the form that it should have; None if any text would do, or the first is no label."""
_FEWEST = 2
_MARGIN = 40


def upright(text: str, lines: Sequence[Line], is_label: Callable[[Line], bool], fits: Fits) -> list[Line]:
    """`lines`, each label above its value where the page prints it below.

    That a page does so is told by values of a form of their own: two at least must stand above a label that they fit,
    with nothing below it that fits, and more than stand below. The labels of other values are then those next to these.
    """
    labels = [is_label(line) for line in lines]
    above = [at for at in range(1, len(lines)) if labels[at] and not labels[at - 1] and fits(lines[at], lines[at - 1])]
    if len(above) < _FEWEST:
        return list(lines)
    below = {at for at in range(len(lines) - 1) if labels[at] and not labels[at + 1] and fits(lines[at], lines[at + 1])}
    sure = [at for at in above if at not in below]
    if len(sure) < _FEWEST or len(sure) <= len(below - set(above)):
        return list(lines)
    turned = set(sure)
    for step in (2, -2):
        for at in sure:
            beside = at + step
            while 0 < beside < len(lines) and labels[beside] and not labels[beside - 1] and beside not in turned:
                turned.add(beside)
                beside += step
    turned |= {at for at in range(1, len(lines)) if labels[at] and not labels[at - 1] and _is_tile(text, lines, at)}
    found = list(lines)
    for at in sorted(turned):
        if at - 1 not in turned:
            found[at - 1], found[at] = found[at], found[at - 1]
    return found


def _is_tile(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether a line and the one above are a paragraph of their own."""
    before = text[max(0, lines[at - 1].start - _MARGIN) : lines[at - 1].start]
    after = text[lines[at].end : lines[at].end + _MARGIN]
    between = text[lines[at - 1].end : lines[at].start]
    return _is_gap(before) and _is_gap(after) and not _is_gap(between)


def _is_gap(text: str) -> bool:
    breaks = text.replace(" ", "").replace("\t", "")
    return "\n\n" in breaks
