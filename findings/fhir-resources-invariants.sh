#!/usr/bin/env bash
# fhir.resources 8.3.0 (with pydantic 2.14.4): rules of FHIR that hold between elements are not checked.
#
# Behaviour: the models check the types of elements and refuse unknown ones. What FHIR R5 says beyond that is taken without a
# word: a Range from 5 kg down to 2 mg (rng-2), an end of a Range with a comparator (it is a SimpleQuantity), a characteristic
# defined in three ways at once (evv-1: at most one) and joined by "and" (the value set has all-of), a reference to a
# contained resource that is not there (ref-1), and a ResearchStudy whose status is "recruiting" (a publication status, with
# a required binding). Who validates what they write needs own checks, or HL7's validator, beside these models.
#
# Seen on 2026-11-28:
#   Range from 5 kg to 2 mg: accepted
#   Range with a comparator: accepted
#   three definitions, joined by "and": accepted
#   a status that is none, a reference to nothing: accepted
#   an element that is none: refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "fhir.resources==8.3.0" "pydantic==2.14.4"
seen=$("$folder/venv/bin/python" - <<'PY'
from fhir.resources.evidencevariable import EvidenceVariable
from fhir.resources.range import Range
from fhir.resources.researchstudy import ResearchStudy


def tell(what, model, value):
    try:
        model.model_validate(value)
        print(f"{what}: accepted")
    except ValueError:
        print(f"{what}: refused")


def mass(value, code):
    return {"value": value, "system": "http://unitsofmeasure.org", "code": code}


def variable(characteristic):
    return {"resourceType": "EvidenceVariable", "status": "active", "characteristic": [characteristic]}


joint = {"code": "and", "characteristic": [{"description": "anybody"}]}
many = {"definitionCodeableConcept": {"text": "anybody"}, "definitionId": "other", "definitionByCombination": joint}
study = {"resourceType": "ResearchStudy", "status": "recruiting", "recruitment": {"eligibility": {"reference": "#none"}}}
tell("Range from 5 kg to 2 mg", Range, {"low": mass(5, "kg"), "high": mass(2, "mg")})
tell("Range with a comparator", Range, {"low": {**mass(5, "kg"), "comparator": ">"}})
tell('three definitions, joined by "and"', EvidenceVariable, variable(many))
tell("a status that is none, a reference to nothing", ResearchStudy, study)
tell("an element that is none", EvidenceVariable, variable({"combination": "all-of"}))
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'Range from 5 kg to 2 mg: accepted
Range with a comparator: accepted
three definitions, joined by "and": accepted
a status that is none, a reference to nothing: accepted
an element that is none: refused' ] || { echo "this has changed" >&2; exit 1; }
