"""Pages of no known layout: columns, badges and chips, and what a site says around its lists."""

from __future__ import annotations

import pytest

import trialparse
from tests.layouts.test_unknown_pages import CRITERIA, TITLE, parsed

ROWS = """Registry number      NCT09900001
Full title           Examplumab against placebo in adults with
                     exampleitis of grade 2 or 3
Sponsor              Example Pharma
                     and its partners
Mascot               A heron that
                     stands on one leg
Number of participants 40
"""


def test_a_value_goes_on_below_its_column() -> None:
    trial = parsed(ROWS)
    assert trial.official_title == "Examplumab against placebo in adults with exampleitis of grade 2 or 3"
    assert trial.lead_sponsor is not None
    assert trial.lead_sponsor.name == "Example Pharma and its partners"
    (section,) = trial.sections
    assert (section.heading, section.text) == ("Mascot", "A heron that stands on one leg")
    assert ROWS[section.span.start : section.span.end].split() == section.text.split()


ASIDES = (
    "Both men and women can join. The trial started in October 2024 and is expected to end in April 2027.",
    "To find out more, call 555-0188.",
    "Last refreshed on 11 May 2024",
)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_a_site_says_below_its_list_is_no_criterion(count: int) -> None:
    trial = parsed(TITLE, "Inclusion criteria", CRITERIA, *ASIDES[-count:])
    assert [item.text for item in trial.eligibility.inclusion] == ["Platelets ≥ 100 x 10^9/L", "Written consent"]
    said = " ".join(section.text for section in trial.sections)
    assert all(aside in said for aside in ASIDES[-count:])
    assert (trial.start_date is not None) == (count == 3)


@pytest.mark.parametrize(
    "last", ["Patients must be 18 years or older.", "Only women can join.", "Written consent again"]
)
def test_a_paragraph_below_a_list_may_be_a_criterion(last: str) -> None:
    trial = parsed(TITLE, "Inclusion criteria", CRITERIA, last)
    assert trial.eligibility.inclusion[-1].text == last


@pytest.mark.parametrize(
    ("lead", "section"),
    [
        ("To take part, you must:", "inclusion"),
        ("In order to join this study, participants will need to:", "inclusion"),
        ("To be eligible for the trial you must be:", "inclusion"),
        ("To take part, you must not:", "exclusion"),
        ("You may be able to join this trial if all of the following apply. You:", "inclusion"),
        ("You cannot join this trial if any of these apply. You:", "exclusion"),
    ],
)
def test_lay_sentences_that_head_criteria(lead: str, section: str) -> None:
    trial = parsed(TITLE, lead, CRITERIA)
    assert len(getattr(trial.eligibility, section)) == 2


def test_chips_that_touch_are_parted() -> None:
    chips = "".join(
        f"<span class='chip'>{each}</span>" for each in ("Recruiting now", "Phase 2", "18-65 years", "Any sex")
    )
    trial = trialparse.parse(f"<!doctype html><div>{chips}</div><h1>{TITLE}</h1><p>10<span>9</span></p>")
    assert (trial.brief_title, trial.overall_status, trial.phases) == (TITLE, "RECRUITING", ("PHASE2",))
    assert trial.eligibility.sex == "ALL"
    assert trial.eligibility.maximum_age is not None
    assert any("109" in section.text for section in trial.sections)


def test_arms_by_their_names() -> None:
    trial = parsed(
        TITLE, "Sponsor: Example Pharma", "Study arms", "* Low dose: examplumab 10 mg\n* High dose: examplumab 30 mg"
    )
    assert [(arm.label, arm.description) for arm in trial.arm_groups] == [
        ("Low dose", "examplumab 10 mg"),
        ("High dose", "examplumab 30 mg"),
    ]


def test_a_type_and_its_design_on_one_line() -> None:
    trial = parsed(TITLE, "Kind of trial: Interventional, randomised, open label", "Sponsor: Example Pharma")
    assert (trial.study_type, trial.allocation, trial.masking) == ("INTERVENTIONAL", "RANDOMIZED", "NONE")


def test_where_a_trial_is_in_one_long_line() -> None:
    trial = parsed(TITLE, "Where is it happening?", "Example Institute of Neurology, Exampleton, Oregon, United States")
    (where,) = trial.locations
    assert (where.facility, where.city, where.country) == (
        "Example Institute of Neurology",
        "Exampleton",
        "United States",
    )


@pytest.mark.parametrize("question", ["Where can I find contact details?", "Where can I read about the risks?"])
def test_where_something_is_told_is_no_site(question: str) -> None:
    told = "Exemplar Doe, 555-0188, Example Hospital, Exampleton, United States"
    trial = parsed(TITLE, "Phase: 2", question, told, "Inclusion criteria", CRITERIA)
    assert trial.locations == ()
    assert [section.text for section in trial.sections] == [told]


def test_numbered_questions() -> None:
    trial = parsed(
        f"{TITLE}\nNCT09900001",
        "1. What phase is the trial?\nPhase 2",
        "2. Is the trial recruiting?\nRecruiting",
        "3. Who can take part?\na) Age 35 to 75 years\nb) Written consent",
        "4. Who cannot take part?\na) Pregnancy\nb) Shift work",
        "5. Who is running the trial?\nExample Pharma",
        "6. When will the trial start?\nSeptember 2026",
    )
    assert (trial.phases, trial.overall_status) == (("PHASE2",), "RECRUITING")
    assert (trial.lead_sponsor and trial.lead_sponsor.name) == "Example Pharma"
    assert trial.start_date is not None
    assert [item.text for item in trial.eligibility.inclusion] == ["Age 35 to 75 years", "Written consent"]
    assert [item.text for item in trial.eligibility.exclusion] == ["Pregnancy", "Shift work"]
