#!/usr/bin/env bash
# usdm 0.66.0 (with pydantic 2.14.4): a valid observational study design is read as an interventional one.
#
# Behaviour: the models' common constructor sets `instanceType`, by which USDM tells its classes apart, to the name of
# whichever class is being tried, before it is compared. So the union of the two kinds of study design always takes the
# first that has the fields it needs: an ObservationalStudyDesign becomes an InterventionalStudyDesign, and its
# `timePerspective` is dropped. For the same reason an `instanceType` that USDM does not have is taken and replaced; and names
# that a class does not have (plannedAges) are passed over. Who validates USDM files by these models has to compare what
# came out with what went in.
#
# Seen on 2026-11-28:
#   ObservationalStudyDesign -> InterventionalStudyDesign, timePerspective kept: False
#   Banana -> EligibilityCriterionItem
#   plannedAges kept: False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q "usdm==0.66.0" "pydantic==2.14.4"
seen=$("$folder/venv/bin/python" - <<'PY'
from usdm_model.eligibility_criterion import EligibilityCriterionItem
from usdm_model.population_definition import StudyDesignPopulation
from usdm_model.study_design import ObservationalStudyDesign
from usdm_model.study_version import StudyVersion

code = {"id": "Code_1", "code": "C15273", "codeSystem": "http://www.cdisc.org", "codeSystemVersion": "2025-09-26",
        "decode": "Longitudinal Study", "instanceType": "Code"}
population = {"id": "StudyDesignPopulation_1", "name": "people", "includesHealthySubjects": False,
              "instanceType": "StudyDesignPopulation"}
design = {"id": "ObservationalStudyDesign_1", "name": "design", "arms": [], "studyCells": [], "epochs": [], "rationale": "",
          "population": population, "model": code, "timePerspective": code, "instanceType": "ObservationalStudyDesign"}
ObservationalStudyDesign.model_validate(design)  # valid as what it is
version = {"id": "StudyVersion_1", "versionIdentifier": "1", "rationale": "", "studyIdentifiers": [], "titles": [],
           "studyDesigns": [design], "instanceType": "StudyVersion"}
(found,) = StudyVersion.model_validate(version).studyDesigns
print(f"{design['instanceType']} -> {found.instanceType}, timePerspective kept: {hasattr(found, 'timePerspective')}")
item = {"id": "EligibilityCriterionItem_1", "name": "I1", "text": "Adults", "instanceType": "Banana"}
print(f"{item['instanceType']} -> {EligibilityCriterionItem.model_validate(item).instanceType}")
misspelt = StudyDesignPopulation.model_validate({**population, "plannedAges": {}})
print(f"plannedAges kept: {'plannedAges' in misspelt.model_dump()}")
PY
)
printf '%s\n' "$seen"
[ "$seen" = 'ObservationalStudyDesign -> InterventionalStudyDesign, timePerspective kept: False
Banana -> EligibilityCriterionItem
plannedAges kept: False' ] || { echo "this has changed" >&2; exit 1; }
