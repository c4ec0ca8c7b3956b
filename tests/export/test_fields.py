"""No field of a trial is dropped in silence, whichever the target: its text is in the document or among the losses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.export.samples import fixtures
from trialparse.export.exact import dumps
from trialparse.models.trial import Trial
from trialparse.pipeline.converting import TARGETS, Target

_DERIVED = ("schema_version", "source", "registry", "eligibility", "sections", "diagnostics")
"""Not the record's own; `sections` and `diagnostics` are losses as a whole."""
_WORDS = ("overall_status", "phases", "study_type", "allocation", "intervention_model", "primary_purpose", "masking")


def full() -> Trial:
    """A trial that states every field."""
    date = {"date": "2025-08-01", "type": "ESTIMATED"}
    sponsor = {"name": "Lake Hospital", "agency_class": "INDUSTRY"}
    fields: dict[str, Any] = {
        "source": {"layout": "generic", "sha256": "0", "length": 1},
        "trial_id": "NCT09900152",
        "registry": "ClinicalTrials.gov",
        "secondary_ids": ["LAKE-152"],
        "brief_title": "a brief title",
        "official_title": "an official title",
        "acronym": "LAKE",
        "overall_status": "RECRUITING",
        "phases": ["PHASE1", "PHASE3"],
        "study_type": "INTERVENTIONAL",
        "enrollment": {"count": 152, "type": "ACTUAL"},
        **dict.fromkeys(("start_date", "primary_completion_date", "completion_date", "last_update_date"), date),
        "allocation": "RANDOMIZED",
        "intervention_model": "PARALLEL",
        "primary_purpose": "ECT",
        "masking": "DOUBLE",
        "conditions": ["exampleosis"],
        "keywords": ["a keyword"],
        "arm_groups": [
            {"label": "arm A", "type": "EXPERIMENTAL", "description": "what is done"},
            {"type": "OTHER", "description": "an arm without a name"},
        ],
        "interventions": [{"name": "marivolast", "type": "DRUG", "description": "one tablet"}],
        "lead_sponsor": sponsor,
        "collaborators": [{"name": "Hill Trust", "agency_class": "OTHER"}],
        "responsible_party": {"name": "A. Writer", "title": "Professor", "affiliation": "Lake University"},
        "locations": [{"facility": "Site 1", "city": "Lund", "state": "Skåne", "country": "Sweden"}],
        "brief_summary": "a brief summary",
        "detailed_description": "a detailed description",
        "related_trial_ids": ["NCT09900153"],
        "eligibility": {"minimum_age": {"value": "18.50", "unit": "a"}, "sex": "ALL", "healthy_volunteers": True},
    }
    return Trial.model_validate(fields)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ("type", "agency_class"):
                yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("target", TARGETS)
def test_every_field_is_written_or_named(target: Target) -> None:
    trial = full()
    assert set(Trial.model_fields) - trial.model_fields_set <= {"schema_version", "sections", "diagnostics"}
    document, losses = TARGETS[target](trial)
    written = dumps(document)
    lost = {each.path.split(".")[0] for each in losses}
    for name, value in trial.model_dump(mode="json").items():
        if name in _DERIVED or name in lost:
            continue
        if name in _WORDS:
            assert value not in (None, []), name
        for text in [] if name in _WORDS else texts(value):
            assert text in written, (name, text)


@pytest.mark.parametrize(
    ("target", "paths"),
    [
        (
            "fhir-r5",
            "arm_groups.1 eligibility.healthy_volunteers eligibility.sex interventions.0.description phases "
            "primary_completion_date primary_purpose related_trial_ids",
        ),
        (
            "usdm-v4",
            "allocation arm_groups collaborators completion_date conditions detailed_description "
            "eligibility.minimum_age interventions keywords last_update_date lead_sponsor locations masking "
            "overall_status primary_completion_date primary_purpose related_trial_ids responsible_party "
            "secondary_ids.0 start_date",
        ),
    ],
)
def test_the_losses_of_the_record(target: Target, paths: str) -> None:
    _, losses = TARGETS[target](full())
    assert sorted(each.path for each in losses) == paths.split()
    assert all(each.reason and "{" not in each.reason for each in losses)


@pytest.mark.parametrize("target", TARGETS)
def test_a_page_that_says_nothing_becomes_a_document_that_says_nothing(target: Target) -> None:
    trial = Trial.model_validate({"source": {"layout": "generic", "sha256": "0", "length": 0}})
    document, _ = TARGETS[target](trial)
    if target == "fhir-r5":
        assert "eligibility" not in dumps(document)
        return
    (version,) = document["study"]["versions"]
    (design,) = version["studyDesigns"]
    found = (version["eligibilityCriterionItems"], design["eligibilityCriteria"], design["population"]["criterionIds"])
    assert found == ([], [], [])
    assert not design["population"].keys() & {"plannedAge", "plannedEnrollmentNumber"}


@pytest.mark.parametrize("target", TARGETS)
def test_every_loss_of_a_criterion_has_its_place_in_the_source(target: Target) -> None:
    for trial in fixtures():
        ids = {criterion.id for _, criterion in trial.eligibility.criteria()}
        for each in TARGETS[target](trial)[1]:
            if each.path.split("/")[0] in ids:
                assert each.text
                assert each.span is not None
                assert each.span.end <= trial.source.length
