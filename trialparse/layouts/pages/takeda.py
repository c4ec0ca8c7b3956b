"""takedaclinicaltrials.com: label and value lines; long texts are printed a second time as a preview."""

from __future__ import annotations

from trialparse.layouts.base import Layout
from trialparse.layouts.fields import distinct
from trialparse.layouts.page import Value
from trialparse.layouts.values import Found
from trialparse.lexicon.fields import coded


def _arms(value: Value) -> Found | None:
    """`Experimental: name`, and below it a description and `Intervention: drug: name`."""
    arms: list[dict[str, object]] = []
    treatments: list[dict[str, object]] = []
    for line in value.lines:
        shown = value.show(line)
        kind, _, name = (part.strip() for part in shown.partition(":"))
        if kind == "Intervention":
            kind, _, name = (part.strip() for part in name.partition(":"))
            treatments.append({"name": name, "type": coded("intervention_type", kind)})
        elif name and (arm := coded("arm_type", kind) or coded("arm_type", f"{kind} comparator")):
            arms.append({"label": name, "type": arm})
        elif arms and "description" not in arms[-1]:
            arms[-1]["description"] = shown
        else:
            value.left.append(line)
    return {"arm_groups": arms, "interventions": distinct(treatments)}


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
        "Trial arms/groups or cohorts": "arms",
        "Recruitment Information": None,
        "Gender": "sex",
        "Ages": "ages",
        "Enrollment/number of participants": "enrollment",
        "Accepts healthy volunteers": "healthy_volunteers",
        "Locations": None,
        "Search by Location": None,
        "Responsible party": "responsible_party",
        "Trial sponsor": "lead_sponsor",
        "Collaborators": "collaborators",
        "Start date": "start_date",
        "Completion date": "completion_date",
        "Eligibility criteria": "criteria",
        "Trial Description Results": None,
        "Download the clinical trial summary": None,
        "More Clinical Trial Websites": None,
    },
    readers={"arms": _arms},
    noise=r"Trial Description(?: Results)?|Recruitment Information|Results",
)  # fmt: skip
