"""What prose is about: its words without those that only lead up to it, and without its times."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import regex

from trialparse.lexicon.wording import words

_WORD = regex.compile(r"[^\W_]++(?:[-'’][^\W_]++)*+")
_PLURAL = 4
"""Words of fewer letters keep their s."""


def subject(text: str, windows: Iterable[str] = ()) -> str | None:
    """The prose head of an event: `chemotherapy` of "Received prior chemotherapy within 3 weeks"; None: only times.

    Args:
        text: the statement as printed.
        windows: the texts of its time windows.
    """
    for window in windows:
        text = text.replace(window, " ")
    found = list(_WORD.finditer(text))
    bearing = words("bearing")
    while found and found[0].group().lower() in bearing:
        del found[0]
    while found and found[-1].group().lower() in bearing:
        del found[-1]
    return " ".join(text[found[0].start() : found[-1].end()].lower().split()) if found else None


def all_words(text: str) -> list[str]:
    """Its words in lower case."""
    return [match.group().lower() for match in _WORD.finditer(text)]


@lru_cache(maxsize=16_384)
def content(text: str, windows: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The words that carry the sense, in lower case and without a plural s, so that prose can be compared."""
    for window in windows:
        text = text.replace(window, " ")
    return tuple(filter(None, map(_sense, _WORD.findall(text))))


@lru_cache(maxsize=16_384)
def _sense(word: str) -> str:
    """In lower case and without a plural s; nothing of a word that bears none."""
    word = word.lower()
    if word in words("bearing"):
        return ""
    return word[:-1] if len(word) >= _PLURAL and word[-1] == "s" and word[-2] != "s" else word


def is_entry(anchor: str | None) -> bool:
    """Whether the event that time counts from is one at which the trial begins for the patient; so is no event."""
    if anchor is None:
        return True
    said = set(all_words(anchor))
    return not said - words("beginnings") - words("bearing") and bool(said & words("beginnings"))
