"""What a line says beyond the value that was read from it: `26 zebrafish participants`, `Female (zebrafish only)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import regex

from trialparse.layouts.ages import states_none
from trialparse.layouts.page import Block, unbulleted, unranked
from trialparse.layouts.values import phases
from trialparse.lexicon.fields import is_coded, spelling, value_words
from trialparse.text.readable import Readable

_RULE = regex.compile(r"[-–—=_*~|+:.•·#!\[\]()\s]*+")
"""Lines drawn between the parts of a page, and what is left of pictures."""

_WORD = regex.compile(
    r"""
      (?<![\p{L}\d]) [\p{L}\d]++ (?:_[\p{L}\d]++)++     # NOT_YET_RECRUITING
    | (?<![\p{L}\d]) \p{L}{1,2}+ \d [\p{L}\d]*+         # v2  A1b
    | \p{L}{3,}+
    """,
    regex.VERBOSE,
)
"""A word that may say something, or a code: to know the words of a code is not to know the code."""


def words(text: str) -> list[str]:
    """The words and codes of a text that may say something, in lower case."""
    return _WORD.findall(text.lower())


def _is_known(word: str) -> bool:
    """Whether a word is part of how values are printed, or a code is one of a field."""
    if "_" not in word:
        return word in value_words()
    return is_coded(word) or phases(word, "") is not None or states_none(spelling(word))


class Told:
    """The texts of values, to compare lines with; `own` are codes of the format, which were understood."""

    def __init__(self, values: Iterable[str], own: Iterable[str] = ()) -> None:
        self._text = "\n".join(values)
        self._own = own
        self._words: set[str] | None = None

    def lacks(self, text: str) -> bool:
        """Whether `text` holds words that are neither in the values nor part of the way in which values are printed."""
        if text in self._text:
            return False
        if self._words is None:
            own = words("\n".join(self._own))
            self._words = {*words(self._text), *(code for code in own if "_" in code)}
        return any(word not in self._words and not _is_known(word) for word in words(text))


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
