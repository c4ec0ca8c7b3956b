"""clinicaltrialexchange.com: label line, value line; no trial id; in one rendering each value stands twice."""

from __future__ import annotations

from trialparse.layouts.base import Layout

LAYOUT = Layout(
    description="clinicaltrialexchange.com: 'Trial end date:', 'Target enrollment:', 'Participant gender:'",
    signs={"Trial end date:": 0.7, "Target enrollment:": 0.6, "Participant gender:": 0.7},
    start=("brief_title",),
    labels={
        "Status:": "overall_status",
        "Trial end date:": "completion_date",
        "Target enrollment:": None,  # always 0
        "Participant gender:": "sex",
        "Summary": "brief_summary",
        "Phase:": "phases",
        "Accepts Healthy Volunteers?": "healthy_volunteers",
        "Details": None,
        "Lead Sponsor:": "lead_sponsor",
        "Collaborator:": "collaborators",
        "Collaborators:": "collaborators",
        "Treatments:": None,
        "Criteria": "criteria",
    },
    glued=True,
    noise="Overview",
)  # fmt: skip
