"""Which lines are headings of sections, and of which."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

import trialparse.lexicon
from tests.criteria.outlines import printed, read
from trialparse.lexicon.headings import headings

INCLUSION = """
Inclusion Criteria:
INCLUSION CRITERIA -
Inclusion criteria :
Key Inclusion Criteria
Main criteria for inclusion
Inclusion_Criteria:
Inclusion:
List of inclusion criteria:
- INCLUSION CRITERIA:
* Inclusion Criteria:
III.1 INCLUSION CRITERIA
Inclusion Criteria (screening)
Inclusion Criteria for Cohort A:
Inclusion criteria - applicable for all subjects:
Inclusion Criteria Stage 1
Part A2: Expansion Inclusion Criteria
Participants Must:
You can join if…
Who can take part
Participants are eligible to be included only if all of the following criteria apply:
In order to be eligible to participate in this study, a person must meet all of the following criteria:
Critères d'inclusion :
Criterios de inclusión
""".strip().splitlines()

EXCLUSION = """
Exclusion Criteria:
EXCLUSION CRITERIA -
Main exclusion criteria
Non-inclusion criteria:
Criteria for non-inclusion
Exclusion criteria：
General Medical Exclusion Criteria:
Exclusion Criteria Related to Medications:
Exclusion criteria for biomarkers substudy (10% of patients in each study arm):
Participants Must Not:
You may not be able to take part if:
Subjects meeting any of the following criteria must not be enrolled in the study:
Patients with any of the following are not eligible for enrollment into the study:
Critères de non-inclusion :
Ausschlusskriterien
""".strip().splitlines()

NO_HEADING = """
Does not meet inclusion criteria
Not meeting all of the inclusion criteria
* See inclusion criteria
* Patient meets the inclusion criteria for trial entry
* General MRI exclusion criteria (pacemaker, cochlear implant)
Measurable disease by RECIST criteria
Blood glucose criteria must be met
Donors must join the register
Period of exclusion for another study
""".strip().splitlines()


@pytest.mark.parametrize("line", INCLUSION)
def test_inclusion_heading(line: str) -> None:
    assert printed(read(f"{line}\n\n* Adults\n* Able to walk")) == "INCLUSION\n  * Adults\n  * Able to walk"


@pytest.mark.parametrize("line", EXCLUSION)
def test_exclusion_heading(line: str) -> None:
    result = read(f"Inclusion Criteria:\n\n* Adults\n\n{line}\n\n* Fever\n* Cough")
    assert printed(result) == "INCLUSION\n  * Adults\nEXCLUSION\n  * Fever\n  * Cough"


@pytest.mark.parametrize("line", NO_HEADING)
def test_mention_is_no_heading(line: str) -> None:
    result = read(f"Exclusion Criteria:\n\n* Fever\n\n{line}\n")
    assert len(result.headings) == 1
    assert len(result.exclusion) == 2


def test_withdrawal_criteria_are_other() -> None:
    result = read("Inclusion Criteria:\n* Adults\nWithdrawal criteria:\n* Relapse")
    assert printed(result) == "INCLUSION\n  * Adults\nOTHER\n  * Relapse"


def test_headings_after_the_end_of_a_sentence() -> None:
    text = "Inclusion Criteria: Adults. Exclusion Criteria: Fever (see Inclusion Criteria for ages)."
    result = read(text)
    assert printed(result) == "INCLUSION\n  Adults.\nEXCLUSION\n  Fever (see Inclusion Criteria for ages)."
    assert [text[start:end] for start, end in result.headings] == ["Inclusion Criteria:", "Exclusion Criteria:"]


def test_a_heading_in_capitals_may_run_into_its_first_criterion() -> None:
    first = "Pregnant women" + " and women who plan to become pregnant" * 4
    result = read(f"INCLUSION CRITERIA:\n\nAdults\n\nEXCLUSION CRITERIA {first}")
    assert printed(result) == f"INCLUSION\n  Adults\nEXCLUSION\n  {first}"


def test_a_bullet_worded_like_the_heading_above_is_a_lead_in() -> None:
    result = read("Inclusion Criteria:\n\n* Diagnosis\n\n  * Participants must:\n\n    * Have asthma\n    * Be adults")
    assert printed(result) == (
        "INCLUSION\n  * Diagnosis <all>\n    * Participants must: # <all>\n      * Have asthma\n      * Be adults"
    )


def test_exclusion_first_and_repeated_pairs() -> None:
    result = read("Exclusion:\n- Fever\nInclusion:\n- Adults\nExclusion:\n- Cough")
    assert printed(result) == "INCLUSION\n  - Adults\nEXCLUSION\n  - Fever\n  - Cough"


def test_the_layout_knows_the_section() -> None:
    result = read("1. Fever\n2. Cough", section="exclusion")
    assert printed(result) == "EXCLUSION\n  1. Fever\n  2. Cough"
    assert result.notes == []


def test_no_phrase_has_two_meanings() -> None:
    path = Path(trialparse.lexicon.__path__[0]) / "data" / "headings.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for table in (data["criteria"], data["lines"]):
        claimed = Counter(chain.from_iterable(table.values()))
        assert [phrase for phrase, times in claimed.items() if times > 1] == []
        assert [phrase for phrase in claimed if phrase != phrase.lower().strip()] == []
    for phrase, kind in headings().kinds.items():
        assert headings().find(phrase, 0, len(phrase)) == (kind, 0, len(phrase))
