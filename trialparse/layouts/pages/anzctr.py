"""anzctr.org.au: label and value lines, values ending in internal codes; also a shell around imported records."""

from __future__ import annotations

from itertools import pairwise

import regex

from trialparse.layouts.base import Layout
from trialparse.layouts.page import Value
from trialparse.layouts.values import LINE_READERS, Found

_KINDS = ("actual", "anticipated")
_CODES = regex.compile(r"(?: \d{1,8}){1,12}+$")


def _conditions(value: Value) -> Found | None:
    """Conditions, each followed by the register's own codes."""
    names = [_CODES.sub("", value.show(line)) for line in value.lines]
    return {"conditions": [name for name in names if name]}


def _second_ids(value: Value) -> Found | None:
    """The number below `Secondary ID [1] 297372 0`; an empty row is followed by the next label."""
    number = value.show(value.lines[0])
    value.left = list(value.lines[1:])
    return {"secondary_ids": [number]} if " " not in number else {}


def _first_enrolment(value: Value) -> Found | None:
    """The actual date, or else the anticipated one, each below its own word: an empty one is followed by the next."""
    words = [value.text(line) for line in value.lines]
    below = {word.lower(): after for word, after in pairwise(words) if word.lower() in _KINDS}
    for kind in _KINDS:
        if found := LINE_READERS["start_date"](below.get(kind, ""), kind):
            return found
    value.left = list(value.lines)
    return {}


LAYOUT = Layout(
    description="anzctr.org.au: 'Trial registered on ANZCTR', 'Titles & IDs', 'Key inclusion criteria'",
    signs={"Trial registered on ANZCTR": 0.8, "Trial details imported from ClinicalTrials.gov": 0.5,
           "Titles & IDs": 0.5, "Ethics application status": 0.4, "Universal Trial Number (UTN)": 0.3},
    labels={
        "Registration number": "trial_id",
        "Trial ID": "trial_id",
        "Ethics application status": None,
        "Date submitted": None,
        "Date registered": None,
        "Date last updated": "last_update_date",
        "Date data sharing statement initially provided": None,
        "Date results information initially provided": None,
        "Date results provided": None,
        "Type of registration": None,
        "Titles & IDs": None,
        "Public title": "brief_title",
        "Scientific title": "official_title",
        "Secondary ID *": "second_ids",
        "Universal Trial Number (UTN)": "secondary_ids",
        "Trial acronym": "acronym",
        "Linked study record": None,
        "Health condition": None,
        "Health condition(s) or problem(s) studied:": "conditions",
        "Condition category": None,
        "Condition code": None,
        "Intervention/exposure": None,
        "Study type": "study_type",
        "Patient registry": None,
        "Description of intervention(s) / exposure": None,
        "Intervention code *": None,
        "Comparator / control treatment": None,
        "Control group": None,
        "Outcomes": None,
        "Primary outcome *": None,
        "Timepoint *": None,
        "Secondary outcome *": None,
        "Eligibility": None,
        "Key inclusion criteria": "inclusion",
        "Minimum age": "minimum_age",
        "Maximum age": "maximum_age",
        "Sex": "sex",
        "Gender": "sex",
        "Can healthy volunteers participate?": "healthy_volunteers",
        "Key exclusion criteria": "exclusion",
        "Study design": None,
        "Purpose of the study": "primary_purpose",
        "Purpose": "primary_purpose",
        "Allocation to intervention": "allocation",
        "Procedure for enrolling a subject*": None,
        "Methods used to generate the sequence*": None,
        "Masking / blinding": "masking",
        "Who is / are masked / blinded?": None,
        "Intervention assignment": "intervention_model",
        "Other design features": None,
        "Phase": "phases",
        "Type of endpoint/s": None,
        "Type of endpoint(s)": None,
        "Statistical methods / analysis": None,
        "Recruitment": None,
        "Recruitment status": "overall_status",
        "Date of first participant enrolment": "first_enrolment",
        "Date of last participant enrolment": None,
        "Date of last data collection": None,
        "Sample size": None,
        "Target": "enrollment",
        "Accrual to date": None,
        "Final": None,
        "Recruitment in Australia": None,
        "Recruitment outside Australia": None,
        "Funding & Sponsors": None,
        "Funding source category *": None,
        "Primary sponsor type": None,
        "Name": "lead_sponsor",
        "Address": None,
        "Country": None,
        "Secondary sponsor category *": None,
        "Ethics approval": None,
        "Summary": None,
        "Brief summary": "brief_summary",
        "Trial website": None,
        "Contacts": None,
    },
    noise=r"\(site notice\)|Query!|The safety and scientific validity .*",
    readers={"conditions": _conditions, "second_ids": _second_ids, "first_enrolment": _first_enrolment},
)  # fmt: skip
