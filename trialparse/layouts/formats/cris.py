"""Korea's Clinical Research Information Service: a trial as JSON, its labels as keys."""

from __future__ import annotations

import regex

from trialparse.layouts.structured import Format

LAYOUT = Format(
    description="CRiS: a trial as JSON, {\"cris_registration_number\": …, \"inclusion_criteria\": …}",
    signs=("cris_registration_number",),
    record=("cris_registration_number",),
    values={
        "trial_id": "cris_registration_number",
        "overall_status": "overall_recruitment_status",
        "start_date": "date_of_first_enrollment",
        "primary_completion_date": "primary_completion_date",
        "completion_date": "study_completion_date",
        "study_type": "study_type",
        "phases": "phase",
        "enrollment": "target_number_of_participants",
        "allocation": "allocation",
        "intervention_model": "intervention_model",
        "primary_purpose": "study_purpose | primary_purpose",
        "masking": "blinding_or_masking",
        "ages": "inclusion_criteria/age",
        "sex": "inclusion_criteria/gender",
        "healthy_volunteers": "healthy_volunteers",
    },
    texts={
        "brief_title": "public_or_brief_title",
        "official_title": "scientific_title",
        "acronym": "acronym",
        "brief_summary": "lay_summary",
    },
    lists={
        "conditions": ("conditions_problems",),
        "secondary_ids": ("unique_protocol_id", "registry_number"),
    },
    groups={
        "arm_groups": (
            "arm",
            {"label": ("arm_label", None), "type": ("arm_type", "arm_type"), "description": ("arm_description", None)},
        ),
        "lead_sponsor": ("sponsor_organisation | sponsor_organization", {"name": ("organization_name", None)}),
        "locations": ("sites", {"facility": ("name_of_study_site", None)}),
    },
    criteria={
        "inclusion_criteria/description | inclusion_criteria": "inclusion",
        "exclusion_criteria/description | exclusion_criteria": "exclusion",
    },
    edits=((r"\\[nt]|\s++", " "), (r" {2,}", " "), (r"^\* ", ""), (r"[\s,]++$", ""),
           (r"^(\d{4}-\d\d-\d\d) *,? *(Actual|Anticipated|Estimated)$", r"\1 (\2)"), (r"^Phase(\d)$", r"Phase \1"),
           (r" ~ ", " to ")),
    breaks=regex.compile(r"\\n(?:\\t)*+"),
)  # fmt: skip
