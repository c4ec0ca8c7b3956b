"""What counts as a marker at the start of a line."""

from __future__ import annotations

import pytest

from trialparse.criteria.markers import read_marker

# line -> length of the marker, family, ordinal
MARKERS = {
    "* Age": (1, "*", 0),
    "- Age": (1, "-", 0),
    "-Age": (1, "-", 0),
    "– Age": (1, "–", 0),
    "•Age": (1, "•", 0),
    "o Age": (1, "o", 0),
    "- • Age": (3, "-•", 0),
    "‚Ä¢ Age": (3, "‚Ä¢", 0),
    "1. Age": (2, "1.", 1),
    "12.Age": (3, "1.", 12),
    "3) Age": (2, "1)", 3),
    "(4) Age": (3, "(1)", 4),
    "[5] Age": (3, "[1]", 5),
    "6 - Age": (3, "1-", 6),
    "a. Age": (2, "a.", 1),
    "B) Age": (2, "A)", 2),
    "(c) Age": (3, "(a)", 3),
    "iv. Age": (3, "i.", 4),
    "② Age": (1, "①", 2),
    "3.12 Age": (4, "1.1", 12),
    "7.": (2, "1.", 7),
    "8.\nAge": (2, "1.", 8),
    "-\nAge": (1, "-", 0),
    "*\nAge": (1, "*", 0),
}
NO_MARKERS = [
    "Age", "A patient", "1.5 x ULN", "18 years", "-5 to 10", "*Note: abstinence counts", "3.5 ng/mL", "2 weeks",
    "(ECOG) 0", "100,000/mm3", "0-2", "> 18", "10-15 Gy", "mm. Hg", "or older",
]  # fmt: skip


@pytest.mark.parametrize("line", MARKERS)
def test_marker(line: str) -> None:
    marker = read_marker(line, 0, len(line))
    assert marker is not None
    assert (marker.end, marker.family, marker.ordinal) == MARKERS[line]


@pytest.mark.parametrize("line", NO_MARKERS)
def test_no_marker(line: str) -> None:
    assert read_marker(line, 0, len(line)) is None
