"""What sites ask in the stead of a label: data/questions.json."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from trialparse.lexicon.tables import load


class QuestionRow(NamedTuple):
    """One thing that is asked."""

    label: str
    """A label that means the same."""
    pattern: regex.Pattern[str]
    """What a question of that meaning holds."""
    examples: tuple[str, ...]


@lru_cache(maxsize=1)
def questions() -> tuple[QuestionRow, ...]:
    """The rows, in their order: the first that fits counts."""
    return tuple(
        QuestionRow(row["label"], regex.compile(row["pattern"], regex.IGNORECASE), tuple(row["examples"]))
        for row in load("questions")
    )
