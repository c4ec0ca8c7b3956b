"""Half a surrogate pair, raw or as an escape, anywhere in any kind of source: a record can always be written."""

from __future__ import annotations

from random import Random

import pytest

import trialparse
from tests.robustness.words import FIXTURES, text_of
from trialparse.models.trial import Trial
from trialparse.report.inspect import stages

HALVES = ("\ud800", "\udfff")
ESCAPES = ("\\ud800", "\\uDFFF", "&#xD800;", "&#57343;")
PLACES = 5
CRITERIA = "Inclusion Criteria:\n* \ud800Age \udfff≥ 18 years\udfff\n\udc00 * ECOG \ud8000-1"
FOUND = {
    "the name of a key": '{"note\udfff": "x", "other": "y"}',
    "an escape in the name of a key": '{"note\\udfff": "x", "other": "y"}',
    "the name of a column": "id,title,x\udfff\nNCT99000001,A study,y\n",
    "a value that means nothing": '{"nct_id": "NCT99000001", "criteria": "Age", "phase": "\\ud800?", "sex": "\udfff?"}',
    "an escape in JSON-LD": '<!doctype html><script type="application/ld+json">{"@type": "MedicalTrial", '
    '"name": "A \\ud800 study", "keywords": ["\\udfff"]}</script><p>Inclusion Criteria:<p>Age over 18',
    "an attribute": '<clinical_study><x a="\udfff">y</x></clinical_study>',
    "halves side by side": "Inclusion Criteria:\n* Age \ud83d\ude00 over 18",
}


def check(source: str, layout: str | None = None) -> None:
    trial = trialparse.parse(source, layout=layout)
    assert Trial.model_validate_json(trial.model_dump_json()) == trial
    assert trial.source.length == len(source)


@pytest.mark.parametrize("case", FOUND)
def test_wherever_it_stood_once(case: str) -> None:
    check(FOUND[case])
    "\n".join(stages(FOUND[case])).encode()


@pytest.mark.parametrize("name", FIXTURES)
def test_wherever_it_stands(name: str) -> None:
    random, source = Random(name), text_of(name)
    for half in (*HALVES, *ESCAPES):
        cuts = sorted(random.randrange(len(source)) for _ in range(PLACES))
        pieces = [source[start:end] for start, end in zip([0, *cuts], [*cuts, len(source)], strict=True)]
        check(half.join(pieces))


def test_in_criteria_alone() -> None:
    eligibility = trialparse.parse_criteria(CRITERIA)
    eligibility.model_dump_json()
    assert next(node.text for _, node in eligibility.criteria()) == "\ufffdAge \ufffd≥ 18 years\ufffd"
    for line in CRITERIA.splitlines():
        trialparse.parse_criterion(line).model_dump_json()
