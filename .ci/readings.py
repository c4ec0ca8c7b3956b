"""Prints as JSON how the benchmarks' texts and pages are read, which is the same in every form of trialparse."""

from __future__ import annotations

import sys

import trialparse
from benchmarks.material import criteria_texts, pages

for text in criteria_texts()[1]:
    print(trialparse.parse_criteria(text).model_dump_json())
for page in pages()[1]:
    print(trialparse.parse(page).model_dump_json())
print(f"{trialparse.__file__}: compiled is {trialparse.compiled}", file=sys.stderr)
