"""Criteria that a page prints in two languages: the English ones are read, the others set aside."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from trialparse.layouts.page import label_key
from trialparse.layouts.residue.dress import criteria_heading, is_heading
from trialparse.lexicon.headings import headings

Stretch = tuple[int, int]

_OTHER_SCRIPT = regex.compile(r"[\p{Han}\p{Hangul}\p{Hiragana}\p{Katakana}\p{Cyrillic}\p{Arabic}\p{Thai}]")
_LINE = regex.compile(r"^[ \t|]*+(?P<cell>[^\n|:：]{1,60}+)(?=[|:：\n]|\Z)[^\n]*+", regex.MULTILINE)
"""A line and its first cell."""


class _Head(NamedTuple):
    """A line that begins with a label or a heading of criteria."""

    start: int
    kind: str | None
    """The section that it heads."""
    other: bool
    """Whether it is written in other letters."""


def other_languages(text: str) -> Iterator[Stretch]:
    """The stretches with criteria in other letters, heading included, for which the page has the English ones too."""
    if not _OTHER_SCRIPT.search(text):
        return
    heads = list(_heads(text))
    english = {head.kind for head in heads if head.kind and not head.other}
    for head, after in pairwise([*heads, _Head(len(text), None, False)]):
        if head.other and head.kind in english:
            translated = after.kind == head.kind and not after.other
            yield head.start, after.start if translated else _last(text, head.start, after.start)


def _heads(text: str) -> Iterator[_Head]:
    for line in _LINE.finditer(text):
        cell = line["cell"].strip()
        other = _OTHER_SCRIPT.search(cell) is not None
        kind: str | None = headings().kinds.get(label_key(cell))
        if kind or (not other and is_heading(cell)):
            kind = kind or (_section(cell) if criteria_heading(cell) else None)
            yield _Head(line.start(), kind, other)


def _section(cell: str) -> str | None:
    low = cell.lower()
    found = headings().find(low, 0, len(low))
    return found[0] if found else headings().lines.get(label_key(cell))


def _last(text: str, start: int, end: int) -> int:
    """The end of the last line in other letters."""
    last = start
    for match in _OTHER_SCRIPT.finditer(text, start, end):
        last = match.end()
    stop = text.find("\n", last, end)
    return end if stop < 0 else stop
