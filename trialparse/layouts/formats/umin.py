"""UMIN-CTR: a page of the registry turned into JSON, its rows as keys below the page's headings."""

from __future__ import annotations

from trialparse.layouts.structured import Format

_S = "sections?/"
_WHO, _RUN, _BASIC = _S + "Eligibility/", _S + "Progress/", _S + "Basic information/"
_DESIGN = _S + "Study design/"

LAYOUT = Format(
    description="UMIN-CTR: its page as JSON, {\"Eligibility\": {\"Key inclusion criteria\": …}}",
    signs=("umin", "key inclusion criteria", "age-lower limit"),
    record=(_WHO + "Key inclusion criteria | " + _WHO + "Age-lower limit",),
    values={
        "trial_id": "meta?/Unique ID issued by UMIN | **/Unique ID issued by UMIN | **/UMIN ID",
        "overall_status": f"{_RUN}Recruitment status",
        "start_date": f"{_RUN}Anticipated trial start date | {_RUN}Date trial start",
        "completion_date": f"{_RUN}Last follow-up date",
        "last_update_date": f"meta?/Last modified on | {_S}Management information/Last modified on",
        "study_type": f"{_S}Base/Study type",
        "intervention_model": f"{_DESIGN}Basic design",
        "allocation": f"{_DESIGN}Randomization",
        "masking": f"{_DESIGN}Blinding",
        "primary_purpose": f"{_S}Intervention/Purpose of intervention",
        "phases": f"{_S}Objectives/Developmental phase",
        "enrollment": f"{_WHO}Target sample size",
        "minimum_age": f"{_WHO}Age-lower limit",
        "maximum_age": f"{_WHO}Age-upper limit",
        "sex": f"{_WHO}Gender",
    },
    texts={
        "brief_title": f"{_BASIC}Public title | {_BASIC}Official scientific title of the study",
        "official_title": f"{_BASIC}Scientific Title | meta?/Scientific Title",
        "acronym": f"{_BASIC}Acronym",
        "brief_summary": f"{_S}Objectives/Narrative objectives1",
    },
    lists={"conditions": (f"{_S}Condition/Condition",)},
    groups={
        "lead_sponsor": (
            f"{_S}Sponsor or person | {_S}Sponsor", {"name": ("Organization | Institute | Name of person", None)}),
    },
    criteria={
        f"{_WHO}Key inclusion criteria": "inclusion",
        f"{_WHO}Key exclusion criteria": "exclusion",
    },
    codes={
        "overall_status": {
            "open public recruiting": "Recruiting", "preinitiation": "Not yet recruiting", "no longer recruiting":
            "Active, not recruiting", "main results already published": "Completed", "enrolling by invitation":
            "Enrolling by invitation",
        },
        "phases": {"not applicable": "NA", "others": ""},
        "masking": {"open -no one is blinded": "NONE", "single blind -participants are blinded": "SINGLE",
                    "single blind -investigator(s) and assessor(s) are blinded": "SINGLE",
                    "double blind -all involved are blinded": "DOUBLE", "open -but assessor(s) are blinded": "SINGLE"},
    },
    edits=(
        (r"^(\d{4}) \| Year \| (\d\d) \| Month \| (\d\d) \| Day$", r"\1-\2-\3"),
        (r"^(\d{4}/\d\d/\d\d) \d\d:.*$", r"\1"),
        (r"^(\d++) \| (\w++)-old(?: \| [<>]=?)?$", r"\1 \2"),
    ),
)  # fmt: skip
