"""Cutting, links and events: what the clauses of a criterion are."""

from __future__ import annotations

import pytest

import trialparse
from tests.requirements.logic import links, reading, shown, stages
from trialparse.lexicon.wording import words
from trialparse.models.visit import walk

CUT = {
    "Platelets ≥ 75 × 10^9/L and no bleeding": ["BESIDE - limit platelets", "AND NO(no) ' bleeding'"],
    "No chemotherapy within 3 weeks": ["BESIDE NO(No) ' chemotherapy' time 'within 3 weeks'"],
    "ALT ≤ 3 × ULN (≤ 5 × ULN if liver metastases)": [
        "BESIDE - limit alt",
        "(BESIDE - limit alt",
        "(BESIDE IF(if) ' liver metastases'",
    ],
    "Women of childbearing potential must have a negative test": [
        "BESIDE IF() 'Women of childbearing potential' {people, who}",
        "BESIDE 'must have a negative test' {demands, insists, obliges, then}",
    ],
    "(a) Hemoglobin ≥ 9 g/dL or (b) transfusion": ["BESIDE - limit hemoglobin", "WIDE_OR 'transfusion'"],
    "i) Hemoglobin ≥ 9 g/dL; ii) Platelets ≥ 75 × 10^9/L": ["BESIDE - limit hemoglobin", "SEMI - limit platelets"],
    "Hemoglobin ≥ 9 g/dL (5.6 mmol/L)": ["BESIDE - limit hemoglobin"],
    "At least 12 years of age, and > 40 kg": ["BESIDE - limit age", "AND '> 40 kg'"],  # unread, and not lost
    "Lesions ≥ 2 cm for lymph nodes and ≥ 0.5 cm for other sites": [
        "BESIDE - limit 0",
        "BESIDE IF() 'for lymph nodes'",
        "AND - limit 0",
        "BESIDE IF() -",
    ],
}


@pytest.mark.parametrize("text", CUT)
def test_cut(text: str) -> None:
    assert shown(text) == CUT[text]


@pytest.mark.parametrize("verb", sorted(words("verbs")))
def test_a_clause_is_known_by_its_verb(verb: str) -> None:
    assert "verb" in stages(f"Not frail, {verb} content").clauses[-1].deeds


LINKS = {
    "Stroke within 1 year, seizures within 2 years or syncope within 3 years": ["LIST_OR", "LIST_OR"],
    "Stroke within 1 year, seizures within 2 years, and syncope within 3 years": ["LIST_AND", "LIST_AND"],
    "Stroke within 1 year; seizures within 2 years; or syncope within 3 years": ["SEMI_OR", "SEMI_OR"],
    "Stroke within 1 year; seizures within 2 years": ["SEMI"],
    "Age ≥ 18 years or BMI ≥ 30 kg/m2, and ECOG ≤ 1": ["OR", "WIDE_AND"],
    "Age ≥ 18 years and BMI ≥ 30 kg/m2, or ECOG ≤ 1": ["AND", "WIDE_OR"],
    "HbA1c < 6.5 % and > 10 %": ["EITHER"],
    "Patients with sarcoma; children with glioma": ["SEMI_OR"],
    "Patients with sarcoma must fast; children with glioma must rest": ["BESIDE", "SEMI", "BESIDE"],
}


@pytest.mark.parametrize("text", LINKS)
def test_links(text: str) -> None:
    assert links(list(stages(text).clauses))[1:] == LINKS[text]


def test_one_time_at_the_end_of_a_list_is_everybodys() -> None:
    found = stages("Stroke, seizures, and syncope within 6 months before screening", excludes=True).clauses
    assert [len(clause.windows) for clause in found] == [1, 1, 1]


def test_times_part_events_and_share_their_anchor() -> None:
    found = stages(
        "Chemotherapy within 3 weeks, radiotherapy within 6 weeks or surgery within 2 months before entry"
    ).clauses
    assert [len(clause.windows) for clause in found] == [1, 1, 1]
    assert len({clause.windows[0].anchor for clause in found}) == 1
    assert {clause.windows[0].direction for clause in found} == {"before"}


def test_the_time_before_a_colon_is_that_of_the_list_behind_it() -> None:
    found = stages("Any of these drugs within 30 days: steroids, statins (except topical ones), aspirin", excludes=True)
    assert all(clause.windows for clause in found.clauses)


def test_prose_without_times_stays_whole() -> None:
    assert len(stages("Histologically confirmed, locally advanced or metastatic sarcoma").clauses) == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Steroids within 30 days before screening or 14 days after surgery", "within 14 d after surgery"),
        ("Off anticoagulants 72 hours before surgery", "at least 72 h before surgery"),
        ("Steroids within at least 7 days before dosing", "within 7 d before dosing"),
        ("Chemotherapy within 3 weeks (6 weeks for nitrosoureas)", "if for nitrosoureas"),
    ],
)
def test_times_that_borrow(text: str, wanted: str) -> None:
    assert wanted in reading(text).replace("if nitrosoureas", "if for nitrosoureas")


@pytest.mark.parametrize(
    "text", ["no " * 3000 + "seizures", "(" * 300 + "x < 5" + ")" * 300, "if a, " * 2000 + "ALT < 3"]
)
def test_hostile_texts_are_cut(text: str) -> None:
    assert reading(text)


@pytest.mark.parametrize("text", ["ALT ≤ 5 × ULN if liver metastases", "No stroke", "Cancer except  skin cancer"])
def test_no_span_begins_or_ends_with_a_blank(text: str) -> None:
    requirement = trialparse.parse_criterion(text).requirement
    assert requirement is not None
    spans = [span for place in walk(requirement) if (span := getattr(place.item, "span", None)) is not None]
    assert spans
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() for s in spans)


@pytest.mark.parametrize(
    "text", ["In doubtful cases", "ALT ≤ 3 × ULN in unclear cases", "Hemoglobin ≥ 9 g/dL (for women", "(women"]
)
def test_what_is_broken_off_is_kept(text: str) -> None:
    assert trialparse.parse_criterion(text).text == text
