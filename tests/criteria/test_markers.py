"""What counts as a marker at the start of a line."""

from __future__ import annotations

import pytest

import trialparse
from tests.criteria.outlines import read
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
    "- [x] Age": (5, "-[x]", 0),
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
    "3b) Age": (3, "3a)", 2),
    "[1a] Age": (4, "[1a]", 1),
    "② Age": (1, "①", 2),
    "3.12 Age": (4, "1.1", 12),
    "7.": (2, "1.", 7),
    "8.\nAge": (2, "1.", 8),
    "-\nAge": (1, "-", 0),
    "*\nAge": (1, "*", 0),
}
NO_MARKERS = [
    "Age", "A patient", "1.5 x ULN", "18 years", "-5 to 10", "*Note: abstinence counts", "3.5 ng/mL", "2 weeks",
    "(ECOG) 0", "100,000/mm3", "0-2", "> 18", "10-15 Gy", "mm. Hg", "or older", "1b or 2a", "2A. Age",
]  # fmt: skip


@pytest.mark.parametrize("line", MARKERS)
def test_marker(line: str) -> None:
    marker = read_marker(line, 0, len(line))
    assert marker is not None
    assert (marker.end, marker.family, marker.ordinal) == MARKERS[line]


@pytest.mark.parametrize("line", NO_MARKERS)
def test_no_marker(line: str) -> None:
    assert read_marker(line, 0, len(line)) is None


LISTS = {
    "a dash before figures": ("-3 teeth missing\n-18 to 65 years old\n-Able to chew", "---"),
    "a dash before figures, beside dashes": ("- Able to chew\n-2 weeks of pain", "--"),
    "numbers glued to figures": ("1.Able to chew\n2.18 teeth or more\n3.20 to 40 years old", "1. 2. 3."),
    "all numbers glued to figures": ("1.18-75 years old\n2.20 teeth", "1. 2."),
    "brackets glued to figures": ("1)18-75 years old\n2)20 teeth\n3)Able to chew", "1) 2) 3)"),
    "two brackets glued to figures": ("(1)18-75 years old\n(2)20 teeth", "(1) (2)"),
    "an enumeration comma behind a Chinese number": ("一、18 to 75 years old\n二、Able to chew", "一、 二、"),
    "an enumeration comma": ("1、18 to 75 years old\n2、Able to chew\n3、20 teeth", "1、 2、 3、"),
    "a comma": ("1, Adults\n2, Able to chew", "1, 2,"),
    "a colon": ("1: Adults\n2: Able to chew", "1: 2:"),
    "nothing": ("1 Adults\n2 Able to chew\n3 Teeth of their own", "1 2 3"),
    "a hyphen": ("1-Adults\n2-Able to chew", "1- 2-"),
    "letters and numbers": ("IC1: Adults\nIC2: Able to chew", "IC1: IC2:"),
    "letters and numbers in brackets": ("(IC01) Adults\n(IC02) Able to chew", "(IC01) (IC02)"),
    "a short word and a number": ("Inc01 Adults\nInc02 Able to chew", "Inc01 Inc02"),
    "a letter and a number": ("E1. Adults\nE2. Able to chew", "E1. E2."),
    "a word and a number": ("Criterion 1: Adults\nCriterion 2: Able to chew", "Criterion 1: Criterion 2:"),
    "a hash": ("#1 Adults\n#2 Able to chew", "#1 #2"),
    "letters with a colon": ("A: Adults\nB: Able to chew", "A: B:"),
    "boxes": ("☐ Adults\n☐ Able to chew", "☐ ☐"),
    "ticked boxes behind dashes": ("- [ ] Adults\n- [x] Able to chew", "- [ ] - [x]"),
    "ticked boxes": ("[ ] Adults\n[x] Able to chew", "[ ] [x]"),
    "a dot of the middle": ("・Adults\n・Able to chew", "・ ・"),
    "arrows": ("➔ Adults\n➔ Able to chew", "➔ ➔"),
}


@pytest.mark.parametrize("case", LISTS)
def test_rare_markers_in_a_list(case: str) -> None:
    text, markers = LISTS[case]
    result = read(f"Inclusion Criteria:\n\n{text}\n")
    found = [node.marker or "" for node in result.inclusion]
    assert "".join(found).replace(" ", "") == markers.replace(" ", "")
    assert not any(node.children for node in result.inclusion)


@pytest.mark.parametrize(
    "text",
    [
        "1. AST less than\n2.5 x ULN\n2. ALT normal",
        "1. AST at most\n1.5 x ULN\n2. ALT normal",
        "-2.5 < T-score < -1",
        "-6.00 D to +3.00 D\n-3.00 D of cylinder",
        "CD4: above 200\nCD8: above 100",
        "HIV-1 antigen\nHIV-2 antigen",
        "2 Weeks of pain\n5 Days of fever",
        "10: 1 dilution",
        "A: one of two letters",
        "18,000 platelets\n19,000 platelets",
    ],
)
def test_what_counts_on_with_nothing_is_no_marker(text: str) -> None:
    markers = [node.marker for node in read(f"Exclusion Criteria:\n\n{text}\n").exclusion]
    assert set(markers) <= {None, "1.", "2."}
    texts = [node.readable.show(node.start, node.end) for node in read(f"Exclusion Criteria:\n\n{text}\n").exclusion]
    for figure in ("2.5 x", "1.5 x", "-2.5", "-6.00", "2 Weeks", "18,000", "CD4"):
        if figure in text:
            assert any(figure in each for each in texts)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1.18 to 75 years old; 2.Able to chew; 3.Teeth", 3),
        ("1、adults 2、chewers 3、teeth", 3),
        ("1.18 mg; 2.25 mg", 1),
        ("1.1. Adults 1.2. Chewers", 1),
        ("(1)18 years; (2)Able to chew; (3)Teeth", 3),
    ],
)
def test_numbers_inside_a_line(text: str, count: int) -> None:
    assert len(read(f"Inclusion Criteria: {text}").inclusion) == count


def test_the_signs_of_a_heading_of_markdown_are_its_marker() -> None:
    found = trialparse.parse_criteria("Inclusion Criteria:\n* Gout\n## Known allergy to corvaline\n#Asthma\n## ")
    markers = [(criterion.marker, criterion.text) for _, criterion in found.criteria()]
    assert markers == [("*", "Gout"), ("##", "Known allergy to corvaline"), (None, "#Asthma"), (None, "##")]


@pytest.mark.parametrize(
    "text",
    [
        "<h2>Inclusion Criteria</h2><ul><li>Gout</li></ul><h3>Known allergy to corvaline</h3>",
        "Inclusion Criteria:  * Gout\n                     * Known allergy to corvaline\nKnown allergy to corvaline",
    ],
)
def test_signs_that_nobody_printed_are_no_marker(text: str) -> None:
    criteria = [criterion for _, criterion in trialparse.parse_criteria(text).criteria()]
    assert criteria[-1].text == "Known allergy to corvaline"
    assert criteria[-1].marker is None
