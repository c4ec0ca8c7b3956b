"""Previews: the beginning of a text, cut with dots, that a page prints beside the whole until a reader wants more."""

from __future__ import annotations

from collections.abc import Iterator

import regex

Stretch = tuple[int, int]

_DOTS = regex.compile(r"(?<!\s)[ ]?(?:\.{3}|…)(?=[ \t\"'”’)\]]*+(?:\n|\Z))")
_WORD = regex.compile(r"\S")
_LINE_START = regex.compile(r"^[ \t]*+(?=\S)", regex.MULTILINE)
_PROBE = 30
"""Characters before the dots that must stand elsewhere too."""
_FEWEST = 60
"""A shorter beginning may be alike by chance."""
_REACH = 20_000
"""Characters between a preview and the whole text, and the longest preview."""


def previews(text: str) -> Iterator[Stretch]:
    """The stretches that repeat a text printed before or behind them, up to their dots: whole lines, in order."""
    done = 0
    for dots in _DOTS.finditer(text):
        end = dots.start()
        if end - done < _FEWEST:
            continue
        size = max((_size(text, done, end, other) for other in _elsewhere(text, end)), default=0)
        first = _LINE_START.search(text, end - size, end)
        if first and end - first.end() >= _FEWEST:
            done = dots.end()
            yield first.end(), done


def _elsewhere(text: str, end: int) -> Iterator[int]:
    """Where the words before `end` end a second time and go on, without dots."""
    probe = text[end - _PROBE : end]
    before = text.rfind(probe, max(0, end - _REACH), end - _PROBE)
    behind = text.find(probe, end, end + _REACH)
    for start in (before, behind):
        if start >= 0 and not _DOTS.match(text, start + _PROBE):
            yield start + _PROBE


def _size(text: str, floor: int, end: int, other: int) -> int:
    """How many characters up to `end` and up to `other` are the same; neither stretch reaches into the other."""
    low, high = _PROBE, min(abs(end - other), other, end - floor, _REACH)
    while low < high:
        size = (low + high + 1) // 2
        if text.endswith(text[other - size : other], end - size, end):
            low = size
        else:
            high = size - 1
    return low
