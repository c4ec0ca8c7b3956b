"""Limits, times and classes of invented criteria as elements of FHIR, one row each, and back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import trialparse
from trialparse.export.exact import dumps, loads
from trialparse.export.fhir import from_fhir, to_fhir
from trialparse.export.fhir.quantities import limits_of
from trialparse.export.fhir.times import windows_of
from trialparse.models.eligibility import Eligibility


def exported(text: str) -> tuple[dict[str, Any], list[str]]:
    """The one characteristic of a criterion, without extensions, and the codes of what is lost."""
    trial = trialparse.parse(f"NCT09900001\n\nInclusion Criteria:\n* {text}\n")
    document, losses = to_fhir(trial)
    (variable,) = document["contained"]
    (found,) = variable["characteristic"]
    return _bare(found), [each.code for each in losses if each.path.startswith("I1")]


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(each) for key, each in value.items() if key not in ("extension", "linkId", "description")}
    return [_bare(each) for each in value] if isinstance(value, list) else value


UCUM = {"system": "http://unitsofmeasure.org"}
VALUES: dict[str, dict[str, Any]] = {
    "Platelets ≥ 75 × 10^9/L": {
        "valueQuantity": {"value": 75, "comparator": ">=", "unit": "× 10^9/L", **UCUM, "code": "10*9/L"}
    },
    "Creatinine < 1.50 mg/dL": {
        "valueQuantity": {"value": Decimal("1.50"), "comparator": "<", "unit": "mg/dL", **UCUM, "code": "mg/dL"}
    },
    "Age 18 to 75 years": {
        "valueRange": {
            "low": {"value": 18, "unit": "years", **UCUM, "code": "a"},
            "high": {"value": 75, "unit": "years", **UCUM, "code": "a"},
        }
    },
    "ECOG 1": {"valueQuantity": {"value": 1}},
    "Child-Pugh A": {"valueCodeableConcept": {"text": "A"}},
    "ALT ≤ ULN": {"valueQuantity": {"value": 0, "comparator": "<="}, "offset": "UNL"},
    "Calcium ≥ LLN": {"valueQuantity": {"value": 0, "comparator": ">="}, "offset": "LNL"},
    "PT ≤ ULN + 4 s": {
        "valueQuantity": {"value": 4, "comparator": "<=", "unit": "s", **UCUM, "code": "s"},
        "offset": "UNL",
    },
    "ALT ≤ 2.5 × ULN": {
        "valueQuantity": {"value": Decimal("2.5"), "comparator": "<=", "unit": "× ULN", **UCUM, "code": "{xULN}"}
    },
}


@pytest.mark.parametrize("text", VALUES)
def test_values(text: str) -> None:
    found, losses = exported(text)
    value = found["definitionByTypeAndValue"]
    assert value.pop("type")["text"] == text.split()[0]
    if "offset" in value:
        value["offset"] = value["offset"]["coding"][0]["code"]
    assert value == VALUES[text]
    assert losses == (["reference_multiple"] if "×" in text and "ULN" in text else [])


def test_a_measure_has_its_loinc_code_its_own_name_and_its_text() -> None:
    found, _ = exported("Platelets ≥ 75 × 10^9/L")
    assert found["definitionByTypeAndValue"]["type"] == {
        "coding": [
            {"system": "http://loinc.org", "code": "26515-7"},
            {"system": "https://trialparse.example/fhir/CodeSystem/measure", "code": "platelets"},
        ],
        "text": "Platelets",
    }


@pytest.mark.parametrize(
    "text", ["Age ≥ 18 and < 75 years", "Platelets within normal limits", "Potassium > 3.5 and < 5.0 mmol/L"]
)
def test_two_ends_that_make_no_range_are_two_quantities(text: str) -> None:
    found, losses = exported(text)
    joint = found["definitionByCombination"]
    assert (joint["code"], len(joint["characteristic"]), losses) == ("all-of", 2, [])
    signs = [each["definitionByTypeAndValue"]["valueQuantity"]["comparator"][0] for each in joint["characteristic"]]
    assert signs == [">", "<"]


def test_classes_are_alternatives() -> None:
    found, _ = exported("Child-Pugh A or B")
    joint = found["definitionByCombination"]
    values = [each["definitionByTypeAndValue"]["valueCodeableConcept"] for each in joint["characteristic"]]
    assert (joint["code"], values) == ("any-of", [{"text": "A"}, {"text": "B"}])


def weeks(value: int) -> dict[str, Any]:
    return {"value": value, "unit": "weeks", **UCUM, "code": "wk"}


TIMES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "surgery within 4 weeks before enrollment": ({"range": {"low": weeks(-4), "high": weeks(0)}}, []),
    "surgery more than 4 weeks before enrollment": ({"quantity": {"comparator": "<", **weeks(-4)}}, []),
    "surgery at least 4 weeks before enrollment": ({"quantity": {"comparator": "<=", **weeks(-4)}}, []),
    "surgery within 4 weeks after enrollment": ({"range": {"low": weeks(0), "high": weeks(4)}}, []),
    "surgery less than 4 weeks before enrollment": (
        {"range": {"low": weeks(-4), "high": weeks(0)}},
        ["window_openness"],
    ),
}


@pytest.mark.parametrize("text", TIMES)
def test_times(text: str) -> None:
    found, losses = exported(text)
    (time,) = found["timeFromEvent"]
    assert time.pop("eventCodeableConcept") == {"text": "enrollment"}
    assert (time, losses) == TIMES[text]
    assert found["definitionCodeableConcept"] == {"text": text}


def test_a_time_that_something_lasts_is_a_duration() -> None:
    found, losses = exported("stable disease for at least 6 weeks")
    assert found["durationQuantity"] == {"comparator": ">=", **weeks(6)}
    assert ("timeFromEvent" in found, losses) == (False, [])


def test_a_time_without_an_event_counts_from_the_start_of_the_study() -> None:
    found, _ = exported("stroke in the past 4 weeks")
    (coding,) = found["timeFromEvent"][0]["eventCodeableConcept"]["coding"]
    assert (coding["code"], coding["system"]) == ("study-start", "http://hl7.org/fhir/evidence-variable-event")


# -- reading documents of others ---------------------------------------------------------------------------------------


def read(characteristic: dict[str, Any]) -> Eligibility:
    return from_fhir(
        dumps({"resourceType": "EvidenceVariable", "status": "active", "characteristic": [characteristic]})
    )


def limited(value: dict[str, Any]) -> dict[str, Any]:
    return {"definitionByTypeAndValue": {"type": {"text": "ALT"}, **value}}


def test_a_document_without_our_extensions_is_read() -> None:
    characteristic = {
        "exclude": True,
        "definitionByCombination": {
            "code": "any-of",
            "characteristic": [
                limited({"valueQuantity": {"value": Decimal("2.50"), "comparator": ">", "unit": "U/L"}}),
                {"exclude": True, "definitionCodeableConcept": {"text": "consent"}},
            ],
        },
    }
    (criterion,) = read(characteristic).exclusion
    assert str(criterion.requirement) == "ALT > 2.5 U/L or not consent"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (limited({"valueQuantity": {"value": 1, "comparator": "=>"}}), "'=>' is no code of"),
        ({"definitionByCombination": {"code": "and", "characteristic": [{"description": "text"}]}}, "'and' is no code"),
        (
            {"definitionByCombination": {"code": "net-effect", "characteristic": [{"description": "text"}]}},
            "'net-effect' joins criteria in no way",
        ),
        (limited({"valueQuantity": {"value": "1", "comparator": "<"}}), "'1' is no exact number"),
        (limited({"valueQuantity": {"value": 1, "comparator": "ad"}}), "'ad' compares in no way"),
        (
            limited({"valueQuantity": {"value": 1, "comparator": "<"}, "offset": {"text": "sea level"}}),
            "neither a limit of normal nor the baseline",
        ),
        ({"timeFromEvent": [{"range": {"low": weeks(-4)}}]}, "one end is not known"),
        ({"timeFromEvent": [{"quantity": {"comparator": "ad", **weeks(-4)}}]}, "'ad' compares in no way"),
        ({"timeFromEvent": [{"eventId": "visit", "quantity": weeks(-4)}]}, "eventId: not read"),
        (limited({"valueRange": {"low": {"value": 18}}}), "a Range with one end"),
        (limited({"valueBoolean": True}), "value that is read: valueBoolean"),
        (limited({"valueQuantity": {"value": 1}, "method": [{"text": "venous"}]}), "value that is read: method"),
        ({"definitionReference": {"reference": "Group/1"}}, "definitionReference: not read"),
        (
            {"definitionCodeableConcept": {"text": "a"}, **limited({"valueQuantity": {"value": 1}})},
            "one definition at most",
        ),
        (
            {"linkId": "sex", **limited({"valueCodeableConcept": {"coding": [{"code": "other"}]}})},
            "not of the form that FHIR gives it: 'other'",
        ),
    ],
)
def test_what_is_not_understood_is_an_error(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read(wrong)


@pytest.mark.parametrize(
    "document", ["[]", "{}", '{"resourceType": "Patient"}', "nothing", '{"resourceType": "Group"}']
)
def test_what_is_no_such_document_is_an_error(document: str) -> None:
    with pytest.raises(ValueError, match=r"neither an EvidenceVariable nor a ResearchStudy|Expecting value"):
        from_fhir(document)


def test_a_document_of_floats_is_refused() -> None:
    with pytest.raises(ValueError, match="no exact number"):
        limits_of({"valueQuantity": {"value": 1.5, "comparator": "<"}})


def test_ids_of_others_are_no_criteria_unless_all_have_one() -> None:
    """Some name a part only to refer to it."""
    parts: list[dict[str, Any]] = [{"definitionCodeableConcept": {"text": text}} for text in "abc"]
    parts[1]["linkId"] = "visit"
    (criterion,) = read({"definitionByCombination": {"code": "any-of", "characteristic": parts}}).inclusion
    assert (str(criterion.requirement), criterion.children) == ("a or b or c", ())


def test_an_event_of_others_is_named_by_its_code() -> None:
    coding = {"system": "http://snomed.info/sct", "code": "387713003", "display": "Surgical procedure"}
    (window,) = windows_of({"timeFromEvent": [{"eventCodeableConcept": {"coding": [coding]}, "quantity": weeks(-4)}]})
    assert window.anchor == "Surgical procedure"


def test_times_of_others() -> None:
    exactly = {"timeFromEvent": [{"quantity": {"value": -3, "code": "mo", **UCUM}}]}
    (window,) = windows_of(loads(dumps(exactly)))
    assert (window.direction, window.lower, str(window.upper)) == ("before", window.upper, "3 mo")


def test_the_time_of_a_lead_in_is_that_of_what_stands_under_it() -> None:
    trial = trialparse.parse(
        "Inclusion Criteria:\n"
        "* Adequate organ function within 2 weeks before enrollment, meaning all of the following:\n"
        "  * Platelets ≥ 75 × 10^9/L\n"
        "  * Surgery within 4 weeks before enrollment\n"
    )
    document, _ = to_fhir(trial)
    (root,) = document["contained"][0]["characteristic"]
    lead, *children = root["definitionByCombination"]["characteristic"]
    assert _bare(root["timeFromEvent"]) == _bare(lead["timeFromEvent"])
    assert root["timeFromEvent"][0]["range"]["low"]["value"] == -2
    assert ["timeFromEvent" in child for child in children] == [False, True]
    assert [str(child.requirement) for child in from_fhir(document).inclusion[0].children] == [
        "platelets ≥ 75 10*9/L",
        "Surgery within 4 weeks before enrollment (within 4 wk before enrollment)",
    ]
