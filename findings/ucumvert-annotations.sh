#!/usr/bin/env bash
# ucumvert 0.3.2 (with pint 0.25.3): a glomerular filtration rate per 1.73 m² and one that is not are the same unit.
#
# Behaviour: UCUM's annotations in braces have no meaning of their own, so `mL/min/{1.73_m2}`, the code that laboratories use
# for an eGFR normalised to body surface, becomes plain mL/min and converts to it with the factor 1. Who compares limits by
# units alone takes an eGFR for a creatinine clearance of the same number.
#
# Seen on 2026-11-28:
#   mL/min/{1.73_m2} -> 1.0 milliliter / minute
#   60 mL/min/{1.73_m2} = 60.0 milliliter / minute
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "ucumvert==0.3.2" "pint==0.25.3"
seen=$("$folder/venv/bin/python" - <<'PY'
from ucumvert import PintUcumRegistry

units = PintUcumRegistry()
normalised, absolute = units.from_ucum("mL/min/{1.73_m2}"), units.from_ucum("mL/min")
print(f"mL/min/{{1.73_m2}} -> {normalised}")
print(f"60 mL/min/{{1.73_m2}} = {(60 * normalised).to(absolute.units)}")
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'mL/min/{1.73_m2} -> 1.0 milliliter / minute
60 mL/min/{1.73_m2} = 60.0 milliliter / minute' ] || { echo "this has changed" >&2; exit 1; }
