"""withpower.com: a rewrite of the record for patients, in several generations of one page."""

from __future__ import annotations

from trialparse.layouts.base import Layout
from trialparse.layouts.page import Value
from trialparse.layouts.values import Found


def _conditions(value: Value) -> Found | None:
    """The bullets below the heading; what follows them is the next part of the page, whatever its heading."""
    names = []
    for raw, line in zip(value.raw, value.lines, strict=True):
        if raw == line:
            value.left.append(line)
        else:
            names.append(value.show(line))
    return {"conditions": names} if names else {}


LAYOUT = Layout(
    description="withpower.com: 'Eligibility Criteria Checklist', 'Must have', 'Select...' between rewritten criteria",
    signs={"Research Sponsored by": 0.5, "Eligibility Criteria Checklist": 0.6, "Waitlist Available": 0.4,
           "Awards & highlights": 0.4, "Time Reimbursement:": 0.5, "Disqualifiers:": 0.4, "Trial Overview": 0.1,
           "What You Need to Know Before You Apply": 0.6, "Are You a Good Fit for This Trial?": 0.6,
           "Who is running the clinical trial?": 0.4, "← Back to Search": 0.3},
    start=("brief_title", "phases", "overall_status"),
    labels={
        "Research Sponsored by": "lead_sponsor",
        "Age": "ages",
        "Sex": "sex",
        "Travel": None,
        "Time Reimbursement": None,
        "Trial Phase": "phases",
        "Sponsor": "lead_sponsor",
        "Must not be taking": None,
        "Disqualifiers": None,
        "Eligibility Criteria Checklist": None,
        "Must have": "inclusion_block",
        "Must not have": "exclusion_block",
        "Timeline": None,
        "Awards & highlights": None,
        "Trial Summary": "brief_summary",
        "Eligible Conditions": "bulleted_conditions",
        "What is the purpose of this trial?": "brief_summary",
        "Will I have to stop taking my current medications?": None,
        "Who is the study for?": None,
        "What is being tested?": None,
        "What are the potential side effects?": None,
        "Research Team": None,
        "Who Is on the Research Team?": None,
        "Are You a Good Fit for This Trial?": None,
        "Eligibility Criteria": None,
        "Inclusion Criteria": "criteria_heading",
        "Exclusion Criteria": "criteria_heading",
        "Treatment Details": None,
        "Timeline for a Trial Participant": None,
        "Trial Overview": None,
        "Participant Groups": None,
        "Find a Clinic Near You": None,
        "Who is running the clinical trial?": None,
    },
    rows=r"(?P<key>Research Sponsored by)(?P<copy>(?!))? (?P<value>\S.*+)",
    readers={"bulleted_conditions": _conditions},
    noise=r"~?\d+ spots? left.*|← Back to Search|Select\.\.\.|show original|See \d+ more"
          r"|You may be eligible .*|Specific guidelines that .*"
          r"|\(.{3,40} Trial\)",
)  # fmt: skip
