"""takedaclinicaltrials.com: label and value lines; long texts are printed a second time as a preview."""

from __future__ import annotations

from trialparse.layouts.base import Layout

LAYOUT = Layout(
    description="takedaclinicaltrials.com: 'Trial Summary', 'Takeda Trial ID', 'Trial arms/groups or cohorts'",
    signs={"Takeda Trial ID": 0.7, "Takeda Clinical Trials": 0.5, "Trial arms/groups or cohorts": 0.4,
           "Enrollment/number of participants": 0.4, "Other Trial IDs": 0.1},
    labels={
        "Trial Summary": None,
        "Official Title": "official_title",
        "Takeda Trial ID": "secondary_ids",
        "Trial Phase": "phases",
        "Condition": "conditions",
        "Compound": None,
        "Recruitment Status": "overall_status",
        "Trial Description": None,
        "Results": None,
        "NCT Number": "trial_id",
        "Other Trial IDs": "secondary_ids_by_comma",
        "Brief Summary": "brief_summary",
        "Detailed Description": "detailed_description",
        "Trial Design": "design",
        "Trial Type": "study_type",
        "Primary outcome measures": None,
        "Secondary outcome measures": None,
        "Trial arms/groups or cohorts": None,
        "Recruitment Information": None,
        "Gender": "sex",
        "Ages": "ages",
        "Enrollment/number of participants": "enrollment",
        "Accepts healthy volunteers": "healthy_volunteers",
        "Locations": None,
        "Search by Location": None,
        "Responsible party": None,
        "Trial sponsor": "lead_sponsor",
        "Collaborators": "collaborators",
        "Start date": "start_date",
        "Completion date": "completion_date",
        "Eligibility criteria": "criteria",
        "Trial Description Results": None,
        "Download the clinical trial summary": None,
        "More Clinical Trial Websites": None,
    },
    noise=r"Trial Description(?: Results)?|Recruitment Information|Results",
)  # fmt: skip
