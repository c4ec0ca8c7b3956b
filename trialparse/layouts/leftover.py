"""What a line says beyond the value that was read from it: `26 zebrafish participants`, `Female (zebrafish only)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import regex

from trialparse.layouts.page import Block, unbulleted, unranked
from trialparse.lexicon.fields import value_words
from trialparse.text.readable import Readable

_RULE = regex.compile(r"[-–—=_*~|+:.•·#!\[\]()\s]*+")
"""Lines drawn between the parts of a page, and what is left of pictures."""

_WORD = regex.compile(r"(?<![\p{L}\d])\p{L}{1,2}+\d[\p{L}\d]*+|\p{L}{3,}+")
"""A word that may say something, or a code: `v2`, `A1b`."""


def words(text: str) -> list[str]:
    """The words of a text that may say something, in lower case."""
    return _WORD.findall(text.lower())


class Told:
    """The texts of values, to compare lines with."""

    def __init__(self, values: Iterable[str]) -> None:
        self._text = "\n".join(values)
        self._words: set[str] | None = None

    def lacks(self, text: str) -> bool:
        """Whether `text` holds words that are neither in the values nor part of the way in which values are printed."""
        if text in self._text:
            return False
        if self._words is None:
            self._words = set(words(self._text))
        return any(word not in self._words and word not in value_words() for word in words(text))


def texts(value: object) -> Iterator[str]:
    """All texts inside a plain value of the record."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            todo.extend(item.values())
        elif isinstance(item, list):
            todo.extend(item)


def section_of(readable: Readable, heading: str | None, start: int, end: int) -> dict[str, Any]:
    """A stretch of readable text as a section."""
    source = readable.span(start, end)
    return {"heading": heading, "text": readable.show_lines(start, end), "span": {"start": source[0], "end": source[1]}}


def sections_of(readable: Readable, block: Block, used: set[int]) -> list[dict[str, Any]]:
    """The lines of a block that filled no field, one section a run of neighbours; `used` are the ends of the others."""
    text, title = readable.text, None
    found: list[dict[str, Any]] = []
    if block.heading is not None:
        heading = unbulleted(text, block.heading)
        title = readable.show(heading.start, heading.end)
    for is_used, run in groupby(block.lines, key=lambda line: line.end in used):
        lines = [line for line in run if not _RULE.fullmatch(text, line.start, line.end)]
        if lines and not is_used:
            found.append(section_of(readable, title, unranked(text, lines[0]).start, lines[-1].end))
    return found
