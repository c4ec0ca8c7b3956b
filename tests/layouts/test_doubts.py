"""What the WHO portal's exports do to criteria: `=` for ≥ and ≤, and the EU register's form behind them."""

from __future__ import annotations

import pytest

import trialparse

EXPORT = (
    '{{"trialid": "NCT09900001", "source_register": "ClinicalTrials.gov", "public_title": "Examplumab",'
    ' "inclusion_criteria": "{criterion}", "exclusion_criteria": "Pregnancy"}}'
)


@pytest.mark.parametrize("criterion", ["Age = 18 years", "ECOG =2", "Hemoglobin = 9 g/dL"])
def test_a_bare_equals_sign_is_named(criterion: str) -> None:
    source = EXPORT.format(criterion=criterion)
    trial = trialparse.parse(source)
    (note,) = [note for note in trial.diagnostics if note.code == "ambiguous_equals"]
    assert note.span is not None
    assert source[note.span.start : note.span.end] == "="
    (found,) = trial.thresholds()
    assert found.threshold.lower == found.threshold.upper
    assert not [note for note in trial.diagnostics if note.code == "age_conflict"]


@pytest.mark.parametrize("criterion", ["Age >= 18 years", "ECOG <= 2", "Age ≥ 18 years"])
def test_a_sign_that_survived_is_not(criterion: str) -> None:
    trial = trialparse.parse(EXPORT.format(criterion=criterion))
    assert not [note for note in trial.diagnostics if note.code == "ambiguous_equals"]


def test_other_sources_are_believed() -> None:
    trial = trialparse.parse("NCT ID: NCT09900001\nInclusion Criteria:\n\n* ECOG = 2\n")
    assert not [note for note in trial.diagnostics if note.code == "ambiguous_equals"]


def test_the_eu_registers_form_behind_the_criteria_is_none() -> None:
    form = "Are the trial subjects under 18? no<br>F.1.2 Adults (18-64 years) yes<br>"
    trial = trialparse.parse(EXPORT.format(criterion=f"1. Adults<br>2. Written consent<br>{form}"))
    assert [item.text for item in trial.eligibility.inclusion] == ["Adults", "Written consent"]
    assert any("F.1.2 Adults" in section.text for section in trial.sections)
