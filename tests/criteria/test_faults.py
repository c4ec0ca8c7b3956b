"""Sections and items of texts of the classes of the shared faults: `faults.txt`, a text and its nodes a line.

`⏎` stands for a line break; nodes are parted by `¦`: letter of the section, `>` a level, marker, text, and `#`
for a heading. The texts were written from the descriptions of the classes alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import trialparse
from trialparse.models.eligibility import Criterion

ROWS = (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8").splitlines()
CASES = [row.split(" ⇒ ") for row in ROWS if row and not row.startswith("# ")]


def nodes(text: str) -> str:
    """The nodes of a text in one line."""
    eligibility = trialparse.parse_criteria(text)
    found: list[str] = []

    def add(letter: str, criterion: Criterion, depth: int) -> None:
        parts = (letter + ">" * depth, criterion.marker, criterion.text, "#" if criterion.heading else "")
        found.append(" ".join(filter(None, parts)))
        for child in criterion.children:
            add(letter, child, depth + 1)

    for letter, section in (("I", eligibility.inclusion), ("E", eligibility.exclusion), ("O", eligibility.other)):
        for criterion in section:
            add(letter, criterion, 0)
    return " ¦ ".join(found)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sections_and_items(text: str, expected: str) -> None:
    assert nodes(text.replace("⏎", "\n")) == expected
