"""Pairs of words of which the connective between them parts nothing."""

from __future__ import annotations

from collections.abc import Sequence

from trialparse.lexicon.wording import words
from trialparse.requirements.tokens import Token

_ADVERB = "cally"


def is_idiom(tokens: Sequence[Token], i: int) -> bool:
    """The `or` of `histologically or cytologically`, `at or after 6 months`, `treated or untreated`.

    One way or one time, or all there is: it is no connective.
    """
    if not 0 < i < len(tokens) - 1 or tokens[i - 1].type != "WORD":
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    if after.type == "WORD" and are_opposites(before.value, after.value):
        return True
    moment = after.type in ("BEFORE", "AFTER") and before.value in words("moments")
    return moment or (after.type == "WORD" and before.value.endswith(_ADVERB) and after.value.endswith(_ADVERB))


def are_opposites(first: str, second: str) -> bool:
    """`treated`, `untreated`: one is the other behind a syllable that denies it."""
    long, short = (first, second) if len(first) > len(second) else (second, first)
    return long.endswith(short) and long[: -len(short)].rstrip("-") in words("negating_syllables")
