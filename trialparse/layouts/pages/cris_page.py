"""cris.nih.go.kr: rows `label | value` under headings; rows of sites and sponsors with dashes."""

from __future__ import annotations

import regex

from trialparse.layouts.base import Layout
from trialparse.layouts.page import Value
from trialparse.layouts.values import Found

_NAME = regex.compile(r"Organization Name\s*+(?:\||:)?+\s*+")


def _sponsors(value: Value) -> Found | None:
    """The names in rows `Organization Name | …`, of which the first is the sponsor's."""
    rows = [(line, match) for line in value.lines if (match := _NAME.match(value.text(line)))]
    names = [{"name": value.readable.show(line.start + match.end(), line.end)} for line, match in rows]
    value.left = [line for line in value.lines if line not in {row for row, _ in rows}]
    return {"lead_sponsor": names[0]} | ({"collaborators": names[1:]} if names[1:] else {}) if names else None


LAYOUT = Layout(
    description="cris.nih.go.kr: 'CRIS Registration Number', 'Public/Brief Title', 'Subject Eligibility Information'",
    signs={"CRIS Registration Number": 0.7, "MFDS Regulated Study": 0.4, "Public/Brief Title": 0.4,
           "Subject Eligibility": 0.3, "Type of Primary Outcome": 0.2, "Lay Summary": 0.2},
    labels={
        "Background Information": None,
        "CRIS Registration Number": "trial_id",
        "Unique Protocol ID": "secondary_ids",
        "Public/Brief Title": "brief_title",
        "Scientific Title": "official_title",
        "Acronym": "acronym",
        "MFDS Regulated Study": None,
        "IND/IDE Protocol": None,
        "Registered at Other Registry": None,
        "Name of Registry": None,
        "Registry Number": "secondary_ids",
        "Healthcare Benefit Approval Status": None,
        "Institutional Review Board Information": None,
        "Board Approval Status": None,
        "Board Approval Number": None,
        "Approval Date": None,
        "Institutional Review Board": None,
        "Data Monitoring Committee": None,
        "Contact Details": None,
        "Contact Person *": None,
        "Status": None,
        "Study Site": None,
        "Overall Recruitment Status": "overall_status",
        "Date of First Enrollment": "start_date",
        "Target Number of Participant": "enrollment",
        "Primary Completion Date": "primary_completion_date",
        "Study Completion Date": "completion_date",
        "Recruitment Status by Participating Study Site *": None,
        "Name of Study Site": None,
        "Recruitment Status": None,
        "Source of Monetary / Material Support*": None,
        "Source of Monetary/Material Support*": None,
        "Sponsor Organization": "sponsors",
        "Study Summary": None,
        "Lay Summary": "brief_summary",
        "Study Design*": None,
        "Study Type": "study_type",
        "Study Purpose": "primary_purpose",
        "Phase": "phases",
        "Intervention Model": "intervention_model",
        "Blinding/Masking": "masking",
        "Blinded Subject": None,
        "Allocation": "allocation",
        "Intervention Type": None,
        "Intervention Description": None,
        "Number of Arms": None,
        "Arm *": None,
        "Subject Eligibility*": None,
        "Condition(s)/Problem(s)": "conditions",
        "Rare Disease": None,
        "Inclusion": None,
        "Gender": "sex",
        "Age": "ages",
        "Description": "inclusion",
        "Exclusion Criteria": "exclusion",
        "Healthy Volunteers": "healthy_volunteers",
        "Outcome Measure(s) Information": None,
        "Type of Primary Outcome": None,
        "Primary Outcome(s) *": None,
        "Secondary Outcome(s) *": None,
        "Study Results and Publication": None,
        "Study Results and Publication Information": None,
        "Result Registerd": None,
        "Result Registered": None,
        "Sharing of Study Data Information": None,
        "Sharing Statement": None,
    },
    rows=r"(?:(?:Inclusion )?Criteria\s*+[|:]\s*+)(?P<key>Gender)(?P<copy>(?!))?\s*+[|:]\s*+(?P<value>\S.*+)",
    readers={"sponsors": _sponsors},
)  # fmt: skip
