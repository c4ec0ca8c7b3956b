"""What a line says beyond the value that was read from it: `26 zebrafish participants`, `Female (zebrafish only)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from trialparse.lexicon.fields import value_words

_WORD = regex.compile(r"\p{L}{3,}+")


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
