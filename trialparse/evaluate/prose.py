"""Prose against what is known of a patient: only a statement that says nothing else is decided by it."""

from __future__ import annotations

import datetime as dt
from functools import cache

from trialparse.evaluate.outcomes import FALSE, OPEN, TRUE, either
from trialparse.evaluate.times import Anchored, happened, lasted
from trialparse.lexicon.wording import words
from trialparse.models.requirement import Statement
from trialparse.models.subject import all_words, content

Answer = bool | dt.date | dt.timedelta | None
"""What is said of a statement: true, false, on that day, so long ago or for so long; None: unknown."""


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


def of_sex(subject: tuple[str, ...], sex: str | None) -> int | None:
    """Whether what a statement is `about` is so of the patient's sex; None where it is not about that alone."""
    if not _of_the_sexes().issuperset(subject):
        return None
    named = [key for key in ("FEMALE", "MALE") if not words(key.lower()).isdisjoint(subject)]
    if not named:
        return None
    if len(named) > 1:
        return TRUE
    return OPEN if sex is None else TRUE if named == [sex] else FALSE


@cache
def _of_the_sexes() -> frozenset[str]:
    return words("female", "male") | {"and", "or"}


def is_defined_below(item: Statement) -> bool:
    """Whether it is a lead-in that says no more than what stands under it: `Adequate organ function:`."""
    return item.text.rstrip().endswith(":") and not words("defined_below").isdisjoint(all_words(item.text))


def about(item: Statement) -> tuple[str, ...]:
    """What a statement is about, as `content` of a name in the history."""
    return content(item.text, tuple(window.text for window in item.windows))
