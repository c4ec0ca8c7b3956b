"""The same record has the same criteria, whatever printed it."""

from __future__ import annotations

from textwrap import dedent

import pytest

import trialparse
from tests.layouts.renderings import RENDERINGS
from trialparse.models.eligibility import Criterion, Eligibility

RECORDS = {
    "nested lists": r"""
        Inclusion Criteria:

        * Age 18 to 75 years
        * Adequate organ function:

          1. Creatinine \<= 1.5 x ULN
          2. Platelets \>= 100 x 10\^9/L
        * One of the following:

          * Exampleitis of grade 2

            * with fever
            * with a cough
          * Exampleitis of grade 3
        * Written consent

        Exclusion Criteria:

        * Pregnancy
        * no
        """,
    "numbers, paragraphs and titles": """
        Inclusion Criteria:

        1. Confirmed exampleitis

           A biopsy of the last year counts.
        2. Contraception in men

           Female participants:
        3. Not pregnant
        4. Any of these:

           1. Fever
           2. Cough

        Exclusion Criteria:

        1. Hemoglobin < 8 g/dL
        2. Age under 18 years
        """,
    "headings between criteria that are spelled like labels": """
        Inclusion Criteria:

        Participants are eligible only if all of the following criteria apply:

        Age

        1. Participants must be 18 to 75 years of age when they sign the consent form.

        Sex

        2. Female participants must not be pregnant and must use contraception all the time.

        Exclusion Criteria:

        Medical Conditions

        1. Has a history of exampleitis that did not respond to any treatment at all

        Healthy participants

        * Age under 18 years
        """,
    "cohorts with headings of their own": """
        Inclusion Criteria:

        Cohort A:

        * Age 18-65 years
        * Exampleitis

        Cohort B:

        * Age over 65 years

        Exclusion Criteria:

        Cohort A:

        * Asthma

        Cohort B:

        * Gout
        """,
    "no heading of inclusion": """
        Major Eligibility Criteria:

        * Age 4 to 12 years
        * Visual acuity of 20/40 or better
        * Written consent
        """,
}

Shape = tuple[object, ...]


def shape(criterion: Criterion) -> Shape:
    return criterion.text, criterion.heading, criterion.combine, tuple(map(shape, criterion.children))


def shapes(eligibility: Eligibility) -> dict[str, tuple[Shape, ...]]:
    return {name: tuple(map(shape, getattr(eligibility, name))) for name in ("inclusion", "exclusion", "other")}


@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("record", RECORDS)
def test_criteria_are_the_same(record: str, rendering: str) -> None:
    criteria = dedent(RECORDS[record]).strip("\n")
    trial = trialparse.parse(RENDERINGS[rendering](criteria))
    assert trial.trial_id == "NCT09900001"
    assert trial.source.layout == (rendering if rendering in trialparse.layouts.names() else "generic")
    assert shapes(trial.eligibility) == shapes(trialparse.parse_criteria(criteria))
