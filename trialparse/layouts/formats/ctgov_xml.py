"""The classic ClinicalTrials.gov XML (`clinical_study`, until 2024)."""

from __future__ import annotations

from typing import Any

from trialparse.layouts.structured import Format
from trialparse.layouts.tree import Element, xml_tree
from trialparse.models.diagnostic import diagnostic


def _parse(source: str) -> tuple[Element, list[dict[str, Any]]]:
    root, refused = xml_tree(source)
    return root, [diagnostic("entities_refused")] if refused else []


_SPONSOR = {"name": ("agency", None), "agency_class": ("agency_class", "agency_class")}

LAYOUT = Format(
    description="ClinicalTrials.gov XML until 2024: <clinical_study>",
    signs=("<clinical_study",),
    parse=_parse,
    records=("clinical_study", "search_results/clinical_study", "clinical_studies/clinical_study"),
    values={
        "trial_id": ("id_info/nct_id", ""),
        "overall_status": ("overall_status", ""),
        "start_date": ("start_date", "start_date/@type"),
        "primary_completion_date": ("primary_completion_date", "primary_completion_date/@type"),
        "completion_date": ("completion_date", "completion_date/@type"),
        "last_update_date": ("last_update_posted", "last_update_posted/@type"),
        "study_type": ("study_type", ""),
        "phases": ("phase", ""),
        "enrollment": ("enrollment", "enrollment/@type"),
        "allocation": ("study_design_info/allocation", ""),
        "intervention_model": ("study_design_info/intervention_model", ""),
        "primary_purpose": ("study_design_info/primary_purpose", ""),
        "masking": ("study_design_info/masking", ""),
        "design": ("study_design", ""),
        "minimum_age": ("eligibility/minimum_age", ""),
        "maximum_age": ("eligibility/maximum_age", ""),
        "sex": ("eligibility/gender", ""),
        "healthy_volunteers": ("eligibility/healthy_volunteers", ""),
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
            {"name": ("investigator_full_name|name_title", None), "title": ("investigator_title", None),
             "affiliation": ("investigator_affiliation|organization", None)},
        ),
        "locations": (
            "location",
            {"facility": ("facility/name", None), "city": ("facility/address/city", None),
             "state": ("facility/address/state", None), "country": ("facility/address/country", None)},
        ),
    },
    criteria={"eligibility/criteria/textblock": None},
)  # fmt: skip
