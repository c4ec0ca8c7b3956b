"""Prose against what is known of a patient: only a statement that says nothing else is decided by it."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import regex

from trialparse.evaluate.outcomes import FALSE, OPEN, TRUE, either
from trialparse.evaluate.times import Anchored, happened, lasted
from trialparse.lexicon.wording import words
from trialparse.models.requirement import Statement

Answer = bool | dt.date | dt.timedelta | None
"""What is said of a statement: true, false, on that day, so long ago or for so long; None: unknown."""
_WORD = regex.compile(r"[^\W_]++(?:[-'’][^\W_]++)*+")
_PLURAL = 4
"""Words of fewer letters keep their s."""


def answered(item: Statement, answer: Answer, anchored: Anchored) -> int:
    """What an answer makes of a statement with its time windows."""
    if answer is None:
        return OPEN
    if isinstance(answer, bool):
        return TRUE if answer else FALSE
    if isinstance(answer, dt.timedelta):
        return lasted(item.windows, answer)
    return happened(item.windows, answer, anchored)


def remembered(item: Statement, known: bool | tuple[dt.date, ...], anchored: Anchored) -> int:
    """What the history makes of it: a thing that never was, that is so, or the days on which it happened."""
    if isinstance(known, bool):
        return FALSE if not known else OPEN if item.windows else TRUE
    return either([happened(item.windows, day, anchored) for day in known])


def of_sex(item: Statement, sex: str | None) -> int | None:
    """Whether it says of the patient's sex what is so; None where it is not about that alone."""
    said = set(subject(item)) - {"and", "or"}
    named = [key for key in ("FEMALE", "MALE") if said & words(key.lower())]
    if not said or said - words("female") - words("male"):
        return None
    if len(named) > 1:
        return TRUE
    return OPEN if sex is None else TRUE if named == [sex] else FALSE


def is_defined_below(item: Statement) -> bool:
    """Whether it is a lead-in that says no more than what stands under it: `Adequate organ function:`."""
    if not item.text.rstrip().endswith(":"):
        return False
    return any(match.group().lower() in words("defined_below") for match in _WORD.finditer(item.text))


def subject(item: Statement) -> tuple[str, ...]:
    """What a statement is about: its words without those that only lead up to it, and without its times."""
    return _subject(item.text, tuple(window.text for window in item.windows))


@lru_cache(maxsize=16_384)
def _subject(text: str, windows: tuple[str, ...]) -> tuple[str, ...]:
    for window in windows:
        text = text.replace(window, " ")
    return content(text)


def content(text: str) -> tuple[str, ...]:
    """The words that carry the sense, in lower case and without a plural s."""
    found = (match.group().lower() for match in _WORD.finditer(text))
    return tuple(_singular(word) for word in found if word not in words("bearing"))


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _PLURAL and word[-1] == "s" and word[-2] != "s" else word


def is_today(anchor: str | None) -> bool:
    """Whether the event that time counts from is one at which the trial begins for the patient."""
    if anchor is None:
        return True
    said = {match.group().lower() for match in _WORD.finditer(anchor)}
    return not said - words("beginnings") - words("bearing") and bool(said & words("beginnings"))
