"""The National Cancer Institute's clinical trials API, version 1 and 2: one trial, or a search answer."""

from __future__ import annotations

from trialparse.layouts.structured import Format

_WHO = "eligibility/structured/"

LAYOUT = Format(
    description="NCI Clinical Trials API 1 and 2: {\"nci_id\": …, \"eligibility\": {\"unstructured\": …}}, an answer",
    signs=('"nci_id"', '"eligibility" | "brief_title"'),
    record=("nci_id", "brief_title | official_title | eligibility"),
    values={
        "trial_id": "nct_id | nci_id",
        "overall_status": "current_trial_status",
        "start_date": ("start_date", "start_date_type_code"),
        "primary_completion_date": ("primary_completion_date", "primary_completion_date_type_code"),
        "completion_date": ("completion_date", "completion_date_type_code"),
        "last_update_date": "record_verification_date",
        "study_type": "study_protocol_type",
        "phases": "phase/phase | phase",
        "enrollment": "minimum_target_accrual_number",
        "allocation": "masking/allocation_code | masking/masking_allocation_code",
        "intervention_model": "interventional_model",
        "primary_purpose": "primary_purpose/primary_purpose_code | primary_purpose",
        "masking": "masking/masking",
        "minimum_age": f"{_WHO}min_age",
        "maximum_age": f"{_WHO}max_age",
        "sex": f"{_WHO}sex | {_WHO}gender",
        "healthy_volunteers": f"{_WHO}accepts_healthy_volunteers | accepts_healthy_volunteers_indicator",
    },
    texts={
        "brief_title": "brief_title",
        "official_title": "official_title",
        "acronym": "acronym",
        "brief_summary": "brief_summary",
        "detailed_description": "detail_description",
    },
    lists={
        "conditions": (
            "diseases[inclusion_indicator=TRIAL]/name | diseases[inclusion_indicator=TRIAL]/preferred_name"
            " | diseases/name | diseases/preferred_name | diseases/display_name",),
        "keywords": ("keywords",),
        "secondary_ids": ("nci_id", "protocol_id", "ccr_id", "ctep_id", "dcp_id", "other_ids/value"),
    },
    groups={
        "arm_groups": (
            "arms",
            {"label": ("name | arm_name", None), "type": ("type | arm_type", "arm_type"),
             "description": ("description | arm_description", None)},
        ),
        "interventions": (
            "arms/interventions",
            {"name": ("name | intervention_name", None), "type": ("type | intervention_type", "intervention_type"),
             "description": ("description | intervention_description", None)},
        ),
        "lead_sponsor": ("", {"name": ("lead_org", None)}),
        "collaborators": ("collaborators", {"name": ("name", None)}),
        "locations": (
            "sites",
            {"facility": ("org_name", None), "city": ("org_city", None), "state": ("org_state_or_province", None),
             "country": ("org_country", None)},
        ),
    },
    each={
        "eligibility/unstructured[inclusion_indicator=true]/description": "inclusion",
        "eligibility/unstructured[inclusion_indicator=false]/description": "exclusion",
    },
    codes={
        "maximum_age": {"999 Years": "", "999": ""},
        "minimum_age": {"0 Years": ""},
        "overall_status": {
            "Active": "Recruiting", "Approved": "Not yet recruiting", "In Review": "Not yet recruiting",
            "Closed to Accrual": "Active, not recruiting", "Closed to Accrual and Intervention":
            "Active, not recruiting", "Temporarily Closed to Accrual": "Suspended",
            "Temporarily Closed to Accrual and Intervention": "Suspended", "Administratively Complete": "Terminated",
            "Complete": "Completed",
        },
        "phases": {"I_II": "Phase 1/Phase 2", "II_III": "Phase 2/Phase 3", "O": "Early Phase 1"},
        "study_type": {"Non-Interventional": "Observational"},
    },
)  # fmt: skip
