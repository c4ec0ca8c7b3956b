"""The Australian New Zealand registry's XML: `<ANZCTR_Trial><actrnumber>…<eligibility><inclusivecriteria>`."""

from __future__ import annotations

from trialparse.layouts.structured import Format

_IDS, _WHO, _DESIGN = "trial_identification?/", "eligibility?/", "trial_design?/"

LAYOUT = Format(
    description="ANZCTR XML: <ANZCTR_Trial>, <actrnumber>, <inclusivecriteria>",
    signs=("actrnumber", "inclusivecriteria"),
    record=("actrnumber | " + _IDS + "actrnumber", _WHO + "inclusivecriteria"),
    values={
        "trial_id": f"actrnumber | {_IDS}actrnumber",
        "overall_status": f"{_DESIGN}currentstatus | recruitment?/recruitmentstatus | recruitmentstatus",
        "start_date": (f"{_DESIGN}actualstartdate | {_DESIGN}anticipatedstartdate | recruitment?/actualstartdate"
                       " | recruitment?/anticipatedstartdate"),
        "completion_date": f"{_DESIGN}actualenddate | {_DESIGN}anticipatedenddate",
        "study_type": f"{_DESIGN}studytype | studytype",
        "phases": f"{_DESIGN}phase",
        "enrollment": f"{_DESIGN}actualsamplesize | {_DESIGN}samplesize | recruitment?/samplesize",
        "allocation": f"{_DESIGN}allocation",
        "intervention_model": f"{_DESIGN}assignment",
        "primary_purpose": f"{_DESIGN}purpose",
        "masking": f"{_DESIGN}masking",
        "minimum_age": f"{_WHO}inclusiveminage + {_WHO}inclusiveminagetype",
        "maximum_age": f"{_WHO}inclusivemaxage + {_WHO}inclusivemaxagetype",
        "sex": f"{_WHO}inclusivegender",
        "healthy_volunteers": f"{_WHO}healthyvolunteer",
    },
    texts={
        "brief_title": f"{_IDS}studytitle",
        "official_title": f"{_IDS}scientifictitle",
        "acronym": f"{_IDS}trialacronym",
        "brief_summary": "**/briefsummary",
    },
    lists={
        "conditions": ("conditions?/healthcondition",),
        "secondary_ids": (f"{_IDS}utrn", f"{_IDS}secondaryid"),
    },
    groups={
        "lead_sponsor": (
            "**/primarysponsor[primarysponsorname] | sponsorship?", {"name": ("primarysponsorname", None)}),
    },
    criteria={f"{_WHO}inclusivecriteria": "inclusion", f"{_WHO}exclusivecriteria": "exclusion"},
    codes={
        "minimum_age": {"0 no limit": "", "no limit": ""},
        "maximum_age": {"0 no limit": "", "no limit": ""},
        "sex": {"both males and females": "All"},
    },
)  # fmt: skip
