"""Marks taken out of a text so that the span of what they stood around still covers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from trialparse.text.layer import Edit, Layer


class Stretch(NamedTuple):
    """What is taken out; half-open."""

    start: int
    end: int
    opens: bool = False
    """Whether it belongs to what stands behind it."""


def taken_out(layer: Layer, stretches: Iterable[tuple[int, int] | Stretch]) -> Layer:
    """The text without `stretches` (ascending, not overlapping).

    Each goes with the letter before it, or where it opens something or a word with the letter behind it:
    whoever asks where that letter stood is shown the mark too, and no mark is lost between two criteria.
    """
    return layer.edited(_attached(layer.text, list(_merged(Stretch(*each) for each in stretches))))


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours as one."""
    held: Stretch | None = None
    for each in stretches:
        if held and held.end == each.start:
            held = Stretch(held.start, each.end, held.opens and each.opens)
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


def _attached(text: str, stretches: Sequence[Stretch]) -> Iterator[Edit]:
    edit: Edit = (0, 0, "")
    for index, stretch in enumerate(stretches):
        if edit[2] and edit[1] == stretch.start:
            edit = edit[0], stretch.end, edit[2]  # one letter between two marks has both
            continue
        if edit[1]:
            yield edit
        limit = stretches[index + 1].start if index + 1 < len(stretches) else len(text)
        edit = _with_letter(text, stretch, edit[1], limit)
    if edit[1]:
        yield edit


def _with_letter(text: str, stretch: Stretch, done: int, limit: int) -> Edit:
    """What takes a stretch out, with the letter that it belongs to, from `done` on and before `limit`."""
    start, end, opens = stretch
    before = start > done and not text[start - 1].isspace()
    behind = end < limit and not text[end].isspace()
    if before and not (opens and behind):
        return start - 1, end, text[start - 1]
    return (start, end + 1, text[end]) if behind else (start, end, "")


def around(
    pattern: regex.Pattern[str], text: str, stays: Callable[[regex.Match[str]], bool] = lambda _: False
) -> Iterator[Stretch]:
    """What each match of `pattern` has around its group `text`, unless it `stays`."""
    for match in pattern.finditer(text):
        if not stays(match):
            yield Stretch(match.start(), match.start("text"), opens=True)
            yield Stretch(match.end("text"), match.end())
