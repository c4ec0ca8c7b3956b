"""The phrases of lead-ins: rows are whole and used, each example holds its own, and each pattern does what it says."""

from __future__ import annotations

import inspect

import pytest
import regex

from trialparse.lexicon import leadins as module
from trialparse.lexicon.leadins import leadins
from trialparse.lexicon.tables import load

ROWS = load("leadins")
SOURCE = inspect.getsource(module)


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_whole(name: str) -> None:
    phrases = ROWS[name]["phrases"]
    assert phrases == sorted(set(phrases))
    assert all(phrase == phrase.lower() for phrase in phrases)
    assert ROWS[name]["says"]


@pytest.mark.parametrize("name", ROWS)
def test_each_example_holds_a_phrase_of_its_row(name: str) -> None:
    words = "|".join(phrase.replace("*", r"\w*") for phrase in ROWS[name]["phrases"])
    for example in ROWS[name]["examples"]:
        assert regex.search(rf"\b(?:{words})(?:\b|not\b)", example.lower()), example


@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_asked_for(name: str) -> None:
    assert f"row['{name}']" in SOURCE


# pattern, what it takes, what it leaves
TAKEN = [
    ("group", "Cohort B only:", "Platelets:"),
    ("whole", "Patients must meet all of these\ncriteria", "Platelets of these criteria"),
    ("announcing", "Adequate organ function", "Function of the liver is normal"),
    ("members", "Current smokers", "Current smog"),
    ("asserting", "Histologically confirmed", "The severe form"),
    ("fresh", "The patient agrees", "Stroke, patient known"),
    ("any_of", "one or more of the following", "one or more strokes"),
    ("all_of", "all of the criteria", "all strokes"),
    ("any_word", "At least one risk factor, including:", "At least two risk factors, including:"),
    ("any_word", "Stimulants such as", "Stimulants as such, always"),
    ("denies", "Patients cannot have", "Patients can have"),
    ("denies", "Cancer other than the following:", "Cancer other than carcinoma of the skin or cervix:"),
    ("kinds", "Types of tumor:", "Type 2"),
    ("compared", "≥ 30", "obese"),
    ("whom", "12 for women", "12 forms"),
    ("limit", "at least 3 months", "at least one of"),
    ("part", "For the dose expansion cohort", "For a dose of the expansion drug cohort"),
    ("named_part", "Cohorts A, B and C (gout):", "Group A streptococci:"),
    ("named_part", "For part 2,", "Part 2,"),
    ("all_of", "both of the following", "one or both of the following"),
    ("asserts", "Documented infection", "Infection, documented"),
    ("excepting", "Any cancer, unless", "The following exceptions"),
    ("assembles", "Patients must meet these criteria", "Stroke with these criteria"),
    ("beside", "Patients with asthma who meet these criteria", "Patients meeting these criteria"),
    ("beside", "Asthma confirmed by all of the following", "Asthma by all of the following"),
    ("mere", "All subjects", "All asthmatics"),
    ("counted_over", "with more than", "with at least"),
    ("counted_below", "no more than", "with"),
]
STARTS = {"group", "whole", "asserting", "fresh", "compared", "part", "named_part", "excepting", "assembles", "beside"}


@pytest.mark.parametrize(("name", "taken", "left"), TAKEN)
def test_a_pattern_takes_what_it_says(name: str, taken: str, left: str) -> None:
    pattern = getattr(leadins(), name)
    found = pattern.fullmatch if name == "mere" else pattern.match if name in STARTS else pattern.search
    assert found(taken)
    assert not found(left)


def test_every_pattern_is_tried() -> None:
    assert {name for name, _, _ in TAKEN} == set(leadins()._fields)


@pytest.mark.parametrize(
    ("text", "below"), [("at least 30", True), ("> 30", True), ("less than 20", False), ("≤ 20", False)]
)
def test_a_comparator_says_on_which_side(text: str, below: bool) -> None:
    match = leadins().compared.match(text)
    assert match is not None
    assert (match["more"] is not None) is below
