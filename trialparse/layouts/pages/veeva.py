"""ctv.veeva.com: label, blank line, value; the site's own status words; arms as small blocks at the end."""

from __future__ import annotations

from trialparse.layouts.base import Layout
from trialparse.layouts.page import Value, opens_paragraph
from trialparse.layouts.values import Found
from trialparse.lexicon.fields import coded


def _arms(value: Value) -> Found | None:
    """Name, `Experimental group`, `Description:` with text, `Treatment:` with the names of interventions."""
    types = [coded("arm_type", text) if (text := value.text(line)).endswith(" group") else None for line in value.lines]
    names = [at - 1 for at, kind in enumerate(types) if at and kind]
    names = [at for at in names if opens_paragraph(value.readable.text, value.lines[at])] or names
    arms = []
    for name, end in zip(names, [*names[1:], len(types)], strict=False):
        arm: dict[str, object] = {"label": value.show(value.lines[name]), "type": types[name + 1]}
        body = value.lines[name + 2 : end]
        if body and value.text(body[0]) == "Description:":
            stop = next((at for at, line in enumerate(body) if value.text(line).startswith("Treatment")), len(body))
            if stop > 1:
                arm["description"] = value.prose(body[1:stop])
        arms.append(arm)
    value.left = list(value.lines[: names[0]]) if names else list(value.lines)
    return {"arm_groups": arms} if arms else {}


LAYOUT = Layout(
    description="ctv.veeva.com: label, blank line, value; 'Status and phase', '18+ years old', '424 patients'",
    signs={"ClinicalTrials.Veeva": 0.9, "Status and phase": 0.6, "Details and patient eligibility": 0.7,
           "Data sourced from clinicaltrials.gov": 0.4, "Funder types": 0.4},
    start=("brief_title", "lead_sponsor"),
    labels={
        "Status and phase": ("overall_status", "phases"),
        "Conditions": "conditions",
        "Treatments": "interventions",
        "Study type": "study_type",
        "Funder types": "sponsor_class",
        "Identifiers": "identifiers",
        "Details and patient eligibility": None,
        "About": "brief_summary",
        "Full description": "detailed_description",
        "Enrollment": "enrollment",
        "Sex": "sex",
        "Ages": "ages",
        "Volunteers": "healthy_volunteers",
        "Inclusion criteria": "criteria_heading",
        "Exclusion criteria": "criteria_heading",
        "Trial design": None,
        "Primary purpose": "primary_purpose",
        "Allocation": "allocation",
        "Interventional model": "intervention_model",
        "Masking": "masking",
        "0 participants in 0 patient group*": "arms",
        "Trial contacts and locations": None,
        "Trial documents": None,
        "Central trial contact": None,
        "Data sourced from clinicaltrials.gov": None,
    },
    before_criteria=("Sex", "Ages", "Volunteers"),
    noise=r"ClinicalTrials\.Veeva|Menu|.* logo|Loading\.\.\.",
    readers={"arms": _arms},
)  # fmt: skip
