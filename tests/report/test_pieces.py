"""Marks, and a text cut into pieces by them: nothing is lost, and each piece is under the marks that cover it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trialparse
from tests.report.pages import HEPATIC, HOSTILE, RENAL
from trialparse.models.eligibility import Criterion
from trialparse.models.marks import Mark, in_own_text, pieces, requirement_marks

TEXTS = st.text(alphabet="ab \n\r<&\u2028\U0001f600\ud800", max_size=40)
ENDS = st.tuples(st.integers(0, 45), st.integers(0, 45))


@given(TEXTS, st.lists(ENDS, max_size=12), ENDS)
def test_pieces_are_the_text_and_stand_under_what_covers_them(
    text: str, ends: list[tuple[int, int]], part: tuple[int, int]
) -> None:
    marks = [Mark(start, end, "event") for start, end in ends]
    start, end = min(part[0], len(text)), part[1]
    found = list(pieces(text, marks, start, end))
    assert "".join(piece.text for piece in found) == text[start:end]
    at = start
    for piece in found:
        assert piece.text
        for place in range(at, at + len(piece.text)):
            assert set(piece.marks) == {i for i, mark in enumerate(marks) if mark.start <= place < mark.end}
        lengths = [marks[number].end - marks[number].start for number in piece.marks]
        assert lengths == sorted(lengths, reverse=True)
        at += len(piece.text)


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and text of each mark of a criterion."""
    criterion = trialparse.parse_criterion(text)
    return [(mark.kind, text[mark.start : mark.end].strip()) for mark in requirement_marks(criterion)]


def test_kinds() -> None:
    assert kinds("Platelets ≥ 75 × 10^9/L (≥ 50 × 10^9/L if the spleen is enlarged)") == [
        ("threshold", "Platelets ≥ 75 × 10^9/L"),
        ("threshold", "≥ 50 × 10^9/L"),
        ("condition", "the spleen is enlarged"),
    ]
    assert kinds("Chemotherapy within 3 weeks before enrollment") == [
        ("event", "Chemotherapy within 3 weeks before enrollment"),
        ("window", "within 3 weeks before enrollment"),
    ]
    assert kinds("Written informed consent") == [], "prose that is the whole criterion was not read further"
    assert ("condition", "platelets < 55 × 10^9/L") in kinds("In patients with platelets < 55 × 10^9/L, INR ≤ 1.5")
    assert ("note", "Transfusion within 2 weeks is permitted") in kinds("Transfusion within 2 weeks is permitted")


def test_two_limits_of_one_place_are_one_mark_that_names_both() -> None:
    (mark,) = requirement_marks(trialparse.parse_criterion("ALT and AST ≤ 3 × ULN"))
    assert (mark.kind, mark.paths) == ("threshold", ("0.0", "0.1"))


@pytest.mark.parametrize("text", [HEPATIC, RENAL, HOSTILE, HEPATIC.replace("^", "\\^").replace(" ≥ ", "   \\>= ")])
def test_marks_in_the_own_text_say_what_they_say_in_the_source(text: str) -> None:
    for _, criterion in trialparse.parse(text).eligibility.criteria():
        own = requirement_marks(criterion, in_own_text(criterion))
        assert {path for mark in own for path in mark.paths} == {
            path for mark in requirement_marks(criterion) for path in mark.paths
        }
        for mark in own:
            shown = criterion.text[mark.start : mark.end]
            assert shown.split()[-1] in text.replace("\\", ""), (mark, shown)


def test_a_part_that_is_not_in_the_own_text_has_no_mark() -> None:
    criterion: Criterion = trialparse.parse_criterion("Platelets ≥ 75 × 10^9/L").model_copy(update={"text": "other"})
    assert requirement_marks(criterion, in_own_text(criterion)) == []


def test_a_very_long_criterion_is_cut_in_time_that_grows_with_it() -> None:
    text = "Platelets ≥ 75 × 10^9/L within 14 days before screening, " * 400
    criterion = trialparse.parse_criterion(text)
    marks = requirement_marks(criterion)
    found = list(pieces(text, marks))
    assert "".join(piece.text for piece in found) == text
    assert len(marks) > 400
    assert sum(len(piece.marks) for piece in found) < 8 * len(found)
