"""The quick part of `python -m tests.robustness.words`: nothing printed on a page or in a document is lost."""

from __future__ import annotations

import pytest

import trialparse
from tests.robustness.words import lost, names

QUICK = 12


@pytest.mark.parametrize("name", names())
def test_a_made_up_word_is_found_again(name: str) -> None:
    assert not list(lost(name, range(QUICK)))


BESIDE = [
    "Enrollment: 26 xylofant participants",
    "Ages: 18 Years to xylofant 85 Years",
    "Ages Eligible for Study: 18 Years and older (unless xylofant)",
    "Masking: None (xylofant Label)",
    "Sex: Female (xylofant only)",
    "Start Date: 2020-01-01 (xylofant)",
    "Phase: Phase 2 (xylofant)",
    "Status: Recruiting xylofant",
    "Study design: Allocation: Randomized. Primary purpose: xylofant Treatment.",
    "Healthy volunteers: No (xylofant)",
    "Study type: Interventional, xylofant",
    "Trial ID: x1ylofant NCT09900001",
    "Masking: None (x1ylofant)",
    "Title of the study: A\nTitle of the study: xylofant",
]


@pytest.mark.parametrize("line", BESIDE)
def test_what_stands_beside_a_value_is_kept(line: str) -> None:
    word = "x1ylofant" if "x1ylofant" in line else "xylofant"
    assert word in trialparse.parse(f"NCT09900001\n{line}\nInclusion Criteria:\n* age > 18").model_dump_json()


CODES = {
    "armsInterventionsModule": [
        '{"armGroups": [{"label": "A", "type": "NEW_TYPE"}]}',
        '{"interventions": [{"name": "A", "type": "NEW_TYPE"}]}',
    ],
    "statusModule": [
        '{"startDateStruct": {"date": "2020-01", "type": "NEW_TYPE"}}',
        '{"completionDateStruct": {"date": "2020-01", "type": "NEW_TYPE"}}',
        '{"overallStatus": "NEW_TYPE"}',
    ],
    "designModule": [
        '{"enrollmentInfo": {"count": 20, "type": "NEW_TYPE"}}',
        '{"phases": ["PHASE2", "NEW_TYPE"]}',
        '{"designInfo": {"allocation": "NEW_TYPE", "maskingInfo": {"masking": "NEW_TYPE"}}}',
    ],
    "sponsorCollaboratorsModule": [
        '{"leadSponsor": {"name": "A", "class": "NEW_TYPE"}}',
        '{"collaborators": [{"name": "A", "class": "NEW_TYPE"}]}',
        '{"responsibleParty": {"type": "NEW_TYPE"}}',
    ],
    "eligibilityModule": ['{"sex": "NEW_TYPE"}', '{"stdAges": ["NEW_TYPE"]}', '{"minimumAge": "NEW_TYPE"}'],
}
"""Modules of a record with codes that are not known yet."""


@pytest.mark.parametrize(("module", "content"), [(module, each) for module, all_ in CODES.items() for each in all_])
def test_unknown_codes_are_kept(module: str, content: str) -> None:
    source = f'{{"protocolSection": {{"identificationModule": {{"nctId": "NCT09900001"}}, "{module}": {content}}}}}'
    trial = trialparse.parse(source)
    texts = [section.text for section in trial.sections] + [remark.message for remark in trial.diagnostics]
    assert any("NEW_TYPE" in text for text in texts)


def test_a_page_of_signs_alone_is_kept() -> None:
    trial = trialparse.parse("<!doctype html><p>&lt;&lt;&lt;&lt; %%%% ==== </p>")
    assert [section.text for section in trial.sections] == ["<<<< %%%% ===="]
