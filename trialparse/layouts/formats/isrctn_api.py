"""The ISRCTN registry's API: `<trial><isrctn>…` as XML, or the same turned into JSON."""

from __future__ import annotations

from trialparse.layouts.structured import Format

_T = "trial?/"
_ABOUT, _REFS, _DESIGN, _WHO = _T + "trialDescription/", _T + "externalRefs/", _T + "trialDesign/", _T + "participants/"

LAYOUT = Format(
    description="ISRCTN API: <trial><isrctn>, <participants><inclusion> as XML or JSON",
    signs=("isrctn", "trialdescription", "participants"),
    record=(f"{_T}isrctn", f"{_T}trialDescription"),
    values={
        "trial_id": f"'ISRCTN' + {_T}isrctn",
        "overall_status": f"{_DESIGN}overallStatusOverride | {_WHO}recruitmentStatusOverride",
        "start_date": f"{_WHO}recruitmentStart | {_DESIGN}overallStartDate",
        "completion_date": f"{_DESIGN}overallEndDate",
        "last_update_date": f"{_T}@lastUpdated",
        "study_type": f"{_DESIGN}primaryStudyDesign",
        "design": f"{_DESIGN}studyDesign",
        "allocation": f"{_DESIGN}secondaryStudyDesign",
        "primary_purpose": f"{_DESIGN}trialTypes/trialType",
        "phases": f"{_T}interventions/intervention/phase",
        "enrollment": f"{_WHO}totalFinalEnrolment | {_WHO}targetEnrolment | {_WHO}totalTarget",
        "minimum_age": f"{_WHO}lowerAgeLimit",
        "maximum_age": f"{_WHO}upperAgeLimit",
        "sex": f"{_WHO}gender",
        "healthy_volunteers": f"{_WHO}healthyVolunteersAllowed",
    },
    texts={
        "brief_title": f"{_ABOUT}title",
        "official_title": f"{_ABOUT}scientificTitle",
        "acronym": f"{_ABOUT}acronym | {_ABOUT}@acronym",
        "brief_summary": f"{_ABOUT}plainEnglishSummary",
        "detailed_description": f"{_ABOUT}studyHypothesis",
    },
    lists={
        "conditions": (f"{_T}conditions/condition/description",),
        "secondary_ids": (
            f"{_REFS}eudraCTNumber", f"{_REFS}clinicalTrialsGovNumber", f"{_REFS}irasNumber",
            f"{_REFS}protocolSerialNumber", f"{_REFS}secondaryNumbers/secondaryNumber"),
    },
    groups={
        "interventions": (
            f"{_T}interventions/intervention",
            {"name": ("drugNames", None), "type": ("interventionType", "intervention_type"),
             "description": ("description", None)},
        ),
        "lead_sponsor": ("sponsor | parties/sponsor", {"name": ("organisation | name", None)}),
        "locations": (
            f"{_WHO}trialCentres/trialCentre",
            {"facility": ("name", None), "city": ("city", None), "state": ("state", None),
             "country": ("country", None)},
        ),
    },
    criteria={f"{_WHO}inclusion": "inclusion", f"{_WHO}exclusion": "exclusion"},
    codes={"allocation": {"other": ""}, "phases": {"not specified": ""}},
    edits=((r"^Not provided at (?:time of )?registration\.?$", ""), (r"^(\d{4}-\d\d-\d\d)T.*$", r"\1")),
)  # fmt: skip
