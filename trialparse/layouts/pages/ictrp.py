"""The WHO portal's page: `Label: value` rows, criteria wrapped at 85 columns; old exports print ≥ and ≤ as `=`."""

from __future__ import annotations

from trialparse.layouts.base import Layout

LOST_SIGNS = {"ambiguous_equals": r"(?<![<>=!:/])=(?=\s?\d)"}
"""The portal's exports print `=` for ≥ and ≤. The limit stays an equality: which it was, nobody can tell."""

LAYOUT = Layout(
    description="trialsearch.who.int: 'Main ID:', 'Public title:', 'Date of first enrolment:'",
    signs={"World Health Organization site": 0.5, "WHO Trial Registration Data Set": 0.7, "Main ID:": 0.5,
           "Date of first enrolment:": 0.5, "Key inclusion & exclusion criteria": 0.5, "Last refreshed on:": 0.5},
    labels={
        "Main": None,
        "Note": None,
        "Register": None,
        "Last refreshed on": None,
        "Main ID": "trial_id",
        "Date of registration": None,
        "Prospective Registration": None,
        "Primary sponsor": "lead_sponsor",
        "Public title": "brief_title",
        "Scientific title": "official_title",
        "Date of first enrolment": "start_date",
        "Target sample size": "enrollment",
        "Recruitment status": "overall_status",
        "URL": None,
        "Study type": "study_type",
        "Study design": "design",
        "Phase": "phases",
        "Countries of recruitment": None,
        "Contacts": None,
        "Name": None,
        "Address": None,
        "Telephone": None,
        "Email": None,
        "Affiliation": None,
        "Key inclusion & exclusion criteria": "criteria",
        "Age minimum": "minimum_age",
        "Age maximum": "maximum_age",
        "Gender": "sex",
        "Health Condition(s) or Problem(s) studied": "conditions",
        "Intervention(s)": "interventions",
        "Primary Outcome(s)": None,
        "Secondary Outcome(s)": None,
        "Secondary ID(s)": "secondary_ids",
        "Source(s) of Monetary Support": None,
        "Secondary Sponsor(s)": "collaborators",
        "Ethics review": None,
        "Results": None,
        "Results available": None,
    },
    doubts=LOST_SIGNS,
)  # fmt: skip
