#!/usr/bin/env bash
# fhir.resources 8.3.0 (with pydantic 2.14.4): what a FHIR Quantity loses and what it lets through.
#
# Behaviour: a Quantity read from JSON with the value 1.50 is written back as 1.5, although FHIR says that the precision of a
# decimal is significant; and `comparator`, whose value set is a required binding (<, <=, >=, >, ad), takes "=>" without a word.
# Who maps limits of eligibility criteria to FHIR has to keep decimals and check codes outside the library.
#
# Seen on 2026-11-28:
#   {"value":1.5,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"}
#   {"value":3,"comparator":"=>","code":"mg/dL"}
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "fhir.resources==8.3.0" "pydantic==2.14.4"
seen=$("$folder/venv/bin/python" - <<'PY'
from fhir.resources.quantity import Quantity

limit = '{"value": 1.50, "unit": "mg/dL", "system": "http://unitsofmeasure.org", "code": "mg/dL"}'
print(Quantity.model_validate_json(limit).model_dump_json())
print(Quantity.model_validate({"value": 3, "comparator": "=>", "code": "mg/dL"}).model_dump_json())
PY
)
printf '%s\n' "$seen"
[ "$seen" = '{"value":1.5,"unit":"mg/dL","system":"http://unitsofmeasure.org","code":"mg/dL"}
{"value":3,"comparator":"=>","code":"mg/dL"}' ] || { echo "this has changed" >&2; exit 1; }
