"""trial.medpath.com: label and value lines, plain or all with dashes; then the criteria have lost their headings."""

from __future__ import annotations

from trialparse.layouts.base import Layout

LAYOUT = Layout(
    description="trial.medpath.com: 'Registration Number', 'Recruitment & Eligibility', 'Target Recruitment'",
    signs={"Recruitment & Eligibility": 0.7, "Target Recruitment": 0.6, "MedPath": 0.4, "Study & Design": 0.5,
           "Registration Number": 0.2, "Name Time Method": 0.3},
    start=("brief_title", "phases", "overall_status"),
    labels={
        "Conditions": "conditions",
        "Interventions": "interventions",
        "Registration Number": "trial_id",
        "Lead Sponsor": "lead_sponsor",
        "Brief Summary": "brief_summary",
        "Detailed Description": "detailed_description",
        "Recruitment & Eligibility": None,
        "Status": "overall_status",
        "Sex": "sex",
        "Target Recruitment": "enrollment",
        "Inclusion Criteria": "criteria_heading",
        "Exclusion Criteria": "criteria_heading",
        "Study & Design": None,
        "Study Type": "study_type",
        "Study Design": "design",
        "Primary Outcome Measures": None,
        "Secondary Outcome Measures": None,
        "Trial Locations": None,
    },
    before_criteria=("Target Recruitment",),
    noise=r"MedPath",
)  # fmt: skip
