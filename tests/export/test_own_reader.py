"""Our own reader reads what the exporters write: the criteria as printed, the same limits, ages and sex."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pytest

import trialparse
from tests.export.samples import fixtures
from trialparse.export.exact import dumps
from trialparse.models.eligibility import SectionName
from trialparse.models.requirement import Limit
from trialparse.models.trial import Trial
from trialparse.models.views import Role
from trialparse.pipeline.converting import TARGETS, Target


class Said(NamedTuple):
    """What a trial says of its people."""

    criteria: list[tuple[SectionName, str]]
    limits: list[tuple[SectionName, str | None, Limit | None, Limit | None, bool, Role]]


def said(trial: Trial) -> Said:
    criteria: list[tuple[SectionName, str]] = [
        (section, node.text) for section, node in trial.eligibility.criteria() if section != "other"
    ]
    limits: list[tuple[SectionName, str | None, Limit | None, Limit | None, bool, Role]] = [
        (each.section, each.threshold.measure.name, each.threshold.lower, each.threshold.upper, each.negated, each.role)
        for each in trial.thresholds()
        if each.section != "other"
    ]
    return Said(criteria, limits)


@cache
def there_and_back(target: Target) -> list[tuple[Trial, Trial]]:
    return [(trial, trialparse.parse(dumps(TARGETS[target](trial)[0]))) for trial in fixtures()]


@pytest.mark.parametrize(("target", "layout"), [("fhir-r5", "fhir"), ("usdm-v4", "usdm")])
def test_criteria_and_limits(target: Target, layout: str) -> None:
    limits = 0
    for before, after in there_and_back(target):
        assert after.source.layout == layout
        assert said(after) == said(before)
        assert before.trial_id in (after.trial_id, None)
        assert (before.brief_title or before.official_title) in (after.brief_title, after.official_title)
        limits += len(said(before).limits)
    assert limits > 100


@pytest.mark.parametrize("target", TARGETS)
def test_ages_and_sex(target: Target) -> None:
    for before, after in there_and_back(target):
        was, is_ = before.eligibility, after.eligibility
        if target == "fhir-r5":
            assert (is_.minimum_age, is_.maximum_age) == (was.minimum_age, was.maximum_age)
            assert is_.sex == (None if was.sex == "ALL" else was.sex)
        else:
            both = was.minimum_age is not None and was.maximum_age is not None
            assert is_.minimum_age == (was.minimum_age if both else None)
            assert is_.sex == was.sex


def test_what_the_study_is_comes_back_from_fhir() -> None:
    compared = 0
    for before, after in there_and_back("fhir-r5"):
        assert after.study_type == before.study_type
        assert after.eligibility.healthy_volunteers == before.eligibility.healthy_volunteers
        if before.overall_status != "UNKNOWN":  # FHIR has no code for it
            assert after.overall_status == before.overall_status
            compared += before.overall_status is not None
    assert compared > 10


@pytest.mark.parametrize("sign", ["\N{GREEK SMALL LETTER MU}", "\N{MICRO SIGN}", "\N{SUPERSCRIPT TWO}", "\N{EN DASH}"])
def test_what_text_and_list_both_say_is_read_once_whatever_its_signs(sign: str) -> None:
    before = trialparse.parse(f"NCT99000706\n\nInclusion Criteria:\n* Platelets ≥ 50,000/{sign}L\n* Able to walk\n")
    after = trialparse.parse(dumps(TARGETS["fhir-r5"](before)[0]))
    assert said(after) == said(before)
