"""The codes of FHIR R5 that are written and read here: `../data/fhir_r5.json`, which names its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from trialparse.lexicon.tables import load

Element = dict[str, Any]

UCUM = "http://unitsofmeasure.org"
OWN = "https://trialparse.example/fhir/"
"""Begins the names of this project's extensions and of its measures. The name is reserved: it is nobody's address."""
MEASURES = OWN + "CodeSystem/measure"
"""The names of `trialparse measures` as a code system."""


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Any]:
    """What the file holds."""
    loaded: dict[str, Any] = load("fhir_r5", "trialparse.export")
    return loaded


def known(value_set: str, code: object) -> bool:
    """Whether a value set has a code."""
    return code in tables()["value_sets"][value_set]["codes"]


def code(value_set: str, value: str) -> str:
    """The code itself.

    Raises:
        KeyError: the value set has no such code.
    """
    tables()["value_sets"][value_set]["codes"][value]
    return value


def coded(value_set: str, value: str, text: str | None = None) -> Element:
    """A CodeableConcept of a value set's code.

    Raises:
        KeyError: the value set has no such code.
    """
    row = tables()["value_sets"][value_set]
    coding = {"system": row["system"], "code": value, "display": row["codes"][value]}
    return {"coding": [coding], "text": text}


def loinc(name: str, text: str) -> Element:
    """A CodeableConcept of what the record's own fields limit: age, sex."""
    found = tables()["loinc"]
    value, display = found["codes"][name]
    return {"coding": [{"system": found["system"], "code": value, "display": display}], "text": text}


def enumerated(field: str, value: str) -> Element:
    """A CodeableConcept of one of ClinicalTrials.gov's enumerations, as HL7's own examples name them."""
    found = tables()["ctgov"]
    return {"coding": [{"system": found["system"] + found["enumerations"][field], "code": value}], "text": value}


def wrong_codes(document: object) -> list[str]:
    """The codes of a document, with their paths, that the element's value set does not have.

    Checked are the elements whose binding is required, and all codings in the code systems of the tables.

    Args:
        document: a resource as plain data.
    """
    return list(_wrong(document, ""))


_REQUIRED = {
    "comparator": "quantity-comparator",
    "definitionByCombination.code": "characteristic-combination",
    "status": "publication-status",
}


def _wrong(value: object, path: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _wrong(each, f"{path}[{number}]")
    elif isinstance(value, dict):
        yield from _wrong_coding(value, path)
        for key, each in value.items():
            place = f"{path}.{key}" if path else key
            yield from _wrong_code(value, key, place)
            yield from _wrong(each, place)


def _wrong_coding(value: Element, path: str) -> Iterator[str]:
    """A code of a system that is known, which does not have it."""
    for row in tables()["value_sets"].values():
        if value.get("system") == row["system"] and value.get("code") not in row["codes"]:
            yield f"{path}.code: {value.get('code')!r} is no code of {row['system']}"


def _wrong_code(value: Element, key: str, place: str) -> Iterator[str]:
    """An element of an object whose binding is required."""
    bound = next((row for end, row in _REQUIRED.items() if f".{place}".endswith(f".{end}")), None)
    if bound is None or (key == "status" and "resourceType" not in value):  # that of a narrative, say
        return
    if not (isinstance(value[key], str) and known(bound, value[key])):
        yield f"{place}: {value[key]!r} is no code of {tables()['value_sets'][bound]['system']}"
