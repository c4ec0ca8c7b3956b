"""The classic ClinicalTrials.gov XML (`clinical_study`, until 2024), also turned into JSON name by name."""

from __future__ import annotations

import regex

from trialparse.layouts.structured import Format

_SPONSOR = {"name": ("agency", None), "agency_class": ("agency_class", "agency_class")}

LAYOUT = Format(
    description="ClinicalTrials.gov XML until 2024: <clinical_study>; or the same as JSON",
    signs=("nct_id | <clinical_study", "id_info | <clinical_study"),
    record=("id_info | eligibility/criteria/textblock",),
    values={
        "trial_id": "id_info/nct_id",
        "overall_status": "overall_status",
        "start_date": ("start_date", "start_date/@type"),
        "primary_completion_date": ("primary_completion_date", "primary_completion_date/@type"),
        "completion_date": ("completion_date", "completion_date/@type"),
        "last_update_date": ("last_update_posted", "last_update_posted/@type"),
        "study_type": "study_type",
        "phases": "phase",
        "enrollment": ("enrollment", "enrollment/@type"),
        "allocation": "study_design_info/allocation",
        "intervention_model": "study_design_info/intervention_model",
        "primary_purpose": "study_design_info/primary_purpose",
        "masking": "study_design_info/masking",
        "design": "study_design",
        "minimum_age": "eligibility/minimum_age",
        "maximum_age": "eligibility/maximum_age",
        "sex": "eligibility/gender",
        "healthy_volunteers": "eligibility/healthy_volunteers",
    },
    texts={
        "brief_title": "brief_title",
        "official_title": "official_title",
        "acronym": "acronym",
        "brief_summary": "brief_summary/textblock",
        "detailed_description": "detailed_description/textblock",
    },
    lists={
        "conditions": ("condition",),
        "keywords": ("keyword",),
        "secondary_ids": ("id_info/org_study_id", "id_info/secondary_id"),
    },
    groups={
        "arm_groups": (
            "arm_group",
            {"label": ("arm_group_label", None), "type": ("arm_group_type", "arm_type"),
             "description": ("description", None)},
        ),
        "interventions": (
            "intervention",
            {"name": ("intervention_name", None), "type": ("intervention_type", "intervention_type"),
             "description": ("description", None)},
        ),
        "lead_sponsor": ("sponsors/lead_sponsor", _SPONSOR),
        "collaborators": ("sponsors/collaborator", _SPONSOR),
        "responsible_party": (
            "responsible_party",
            {"name": ("investigator_full_name | name_title", None), "title": ("investigator_title", None),
             "affiliation": ("investigator_affiliation | organization", None)},
        ),
        "locations": (
            "location",
            {"facility": ("facility/name", None), "city": ("facility/address/city", None),
             "state": ("facility/address/state", None), "country": ("facility/address/country", None)},
        ),
    },
    criteria={"eligibility/criteria/textblock": None},
    breaks=regex.compile(r"&#xD;\n?+", regex.IGNORECASE),
)  # fmt: skip
