"""Codes beside what was read: one that is known says nothing more, one that is not is kept, whatever its words."""

from __future__ import annotations

import json

import pytest

import trialparse
from trialparse.layouts import format_names, load
from trialparse.layouts.leftover import Told, words
from trialparse.layouts.structured import Format
from trialparse.lexicon.fields import value_words
from trialparse.lexicon.tables import load as table

UNKNOWN = ["NEW_TYPE", "OPEN_PHASE", "PATIENTS_ONLY", "DOUBLE_ARM", "PHASE_NEW", "ADULT_WOMEN", "not_open_label_trial"]
"""No values of any field, but words of many."""
KNOWN = ["PHASE_II", "PHASE1_PHASE2", "EARLY_PHASE_1", "OLDER_ADULT", "NOT_APPLICABLE", "open_label"]
VALUES = [code for values in table("fields").values() for code in values if "_" in code]
FORMATS = {name: layout for name in format_names() if isinstance(layout := load(name), Format)}
OWN = [(name, code) for name, each in FORMATS.items() for own in each.codes.values() for code in own if "_" in code]


@pytest.mark.parametrize("code", UNKNOWN)
def test_known_words_make_no_known_code(code: str) -> None:
    assert value_words().issuperset(code.lower().split("_")), "the words alone would be passed over"
    assert Told(["20"]).lacks(f"{code}, 20")
    assert not Told([f"20 {code}"]).lacks(f"{code}, 20")


@pytest.mark.parametrize("code", [*KNOWN, *VALUES])
def test_a_known_code_says_nothing_more(code: str) -> None:
    assert words(f"{code}, 20") == [code.lower()]
    assert not Told([]).lacks(code)


@pytest.mark.parametrize(("name", "code"), OWN)
def test_the_own_codes_of_a_format_are_known_there(name: str, code: str) -> None:
    assert not Told([], (own for each in FORMATS[name].codes.values() for own in each)).lacks(code)


def kept(source: str) -> list[str]:
    return [section.text for section in trialparse.parse(source).sections]


@pytest.mark.parametrize("code", [*UNKNOWN, "new type"])
def test_an_unknown_code_beside_a_value_is_kept(code: str) -> None:
    status = {"startDateStruct": {"date": "2020-01", "type": code}}
    design = {"enrollmentInfo": {"count": 20, "type": code}}
    record = {"identificationModule": {"nctId": "NCT09900001"}, "statusModule": status, "designModule": design}
    assert kept(json.dumps({"protocolSection": record})) == [code, code]


@pytest.mark.parametrize("code", UNKNOWN)
def test_an_unknown_code_behind_a_value_is_kept(code: str) -> None:
    count = f"20 {code}"
    assert kept(json.dumps({"nct_id": "NCT09900001", "title": "A mock", "enrollment": count})) == [count]
    assert kept(f"Trial ID: NCT09900001\nEnrollment: {count}\nInclusion Criteria:\n* age > 18") == [count]
