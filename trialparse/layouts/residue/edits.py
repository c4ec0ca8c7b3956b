"""Marks taken out of a text so that the span of what they stood around still covers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import regex

from trialparse.text.layer import Edit, Layer

Stretch = tuple[int, int]


def taken_out(layer: Layer, stretches: Iterable[Stretch]) -> Layer:
    """The text without `stretches` (ascending, not overlapping).

    Each goes with the letter before it, or at the start of a word with the letter behind it: whoever asks where that
    letter stood is shown the mark too, and no mark is lost between two criteria.
    """
    return layer.edited(_attached(layer.text, list(_merged(stretches))))


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Neighbours as one."""
    held: Stretch | None = None
    for start, end in stretches:
        if held and held[1] == start:
            held = held[0], end
            continue
        if held:
            yield held
        held = start, end
    if held:
        yield held


def _attached(text: str, stretches: list[Stretch]) -> Iterator[Edit]:
    done = 0
    for index, (start, end) in enumerate(stretches):
        limit = stretches[index + 1][0] if index + 1 < len(stretches) else len(text)
        if start > done and not text[start - 1].isspace():
            yield start - 1, end, text[start - 1]
            done = end
        elif end < limit and not text[end].isspace():
            yield start, end + 1, text[end]
            done = end + 1
        else:
            yield start, end, ""
            done = end


def around(
    pattern: regex.Pattern[str], text: str, stays: Callable[[regex.Match[str]], bool] = lambda _: False
) -> Iterator[Stretch]:
    """What each match of `pattern` has around its group `text`, unless it `stays`."""
    for match in pattern.finditer(text):
        if not stays(match):
            yield match.start(), match.start("text")
            yield match.end("text"), match.end()
