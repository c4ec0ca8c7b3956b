"""meddatax.com, with its short labels or without them: then values are known by their form and order alone."""

from __future__ import annotations

from trialparse.layouts.bare_groups import read_bare_groups
from trialparse.layouts.base import Layout
from trialparse.layouts.fields import by_form, distinct, secondary_ids
from trialparse.layouts.page import Value
from trialparse.layouts.tables import Line
from trialparse.layouts.values import Found
from trialparse.lexicon.fields import coded

_BASIC = ("overall_status", "phases", "participants", "study_type", "start_date", "completion_date")
_ARM, _TREATMENT = "Group Type ", "Intervention Type "


def _groups(value: Value) -> Found | None:
    """Arms and interventions: a name, its type where labels are printed, then its description."""
    kinds = [_kind(value.text(line)) for line in value.lines]
    names = [index - 1 for index, kind in enumerate(kinds) if kind and index]
    if not names:
        return read_bare_groups(value.page.get("Study Groups"), value.page.get("Interventions"))
    found: dict[str, list[dict[str, object]]] = {"arm_groups": [], "interventions": []}
    for name, end in zip(names, [*names[1:], len(kinds)], strict=True):
        field, kind = kinds[name + 1] or ("", None)
        key = "label" if field == "arm_groups" else "name"
        group: dict[str, object] = {key: value.show(value.lines[name]), "type": kind}
        if name + 2 < end:
            group["description"] = value.prose(value.lines[name + 2 : end])
        found[field].append(group)
    value.left = list(value.lines[: names[0]])
    if value.label == "Study Groups" and "Interventions" in value.page:
        del found["interventions"]  # listed there in full and in the record's order
    return {field: distinct(groups) for field, groups in found.items() if groups}


def _kind(text: str) -> tuple[str, str | None] | None:
    if text.startswith(_ARM):
        return "arm_groups", coded("arm_type", text[len(_ARM) :])
    if text.startswith(_TREATMENT):
        return "interventions", coded("intervention_type", text[len(_TREATMENT) :])
    return None


def _design(value: Value) -> Found | None:
    """The design of an interventional study; an observational one has other fields with some of the same values."""
    if any(other.text(line) == "OBSERVATIONAL" for other in value.page.values() for line in other.lines):
        value.left = list(value.lines)
        return {}
    return by_form(value, ("allocation", "intervention_model", "primary_purpose", "masking"))


def _other_ids(value: Value) -> Found | None:
    """Numbers, each followed by `Identifier Type:` and `Identifier Source:`."""
    numbers: list[Line] = []
    for line in value.lines:
        (value.left if value.text(line).startswith("Identifier ") else numbers).append(line)
    return secondary_ids(Value(value.readable, value.label, numbers)) if numbers else {}


LAYOUT = Layout(
    description="meddatax.com: a fixed sentence under each heading, values in API spelling, short labels often lost",
    signs={"Get a concise snapshot of the trial, including recruitment status": 0.8,
           "Review the sponsor-provided synopsis": 0.6, "Dive into the extended narrative": 0.6,
           "Check the participation requirements, including inclusion": 0.6,
           "Review each arm or cohort in the study, along with": 0.5,
           "Meet the organizations funding or collaborating on the study": 0.5,
           "See the medical conditions and disease areas": 0.5, "Identifier Source: org_study_id": 0.5,
           "The study team has not published outcome measurements": 0.5},
    start=("brief_title",),
    labels={
        "NCT ID": "trial_id",
        "Last Updated": "last_update_date",
        "Study Results": None,
        "Basic Information": _BASIC,
        "View full resultsBasic Information": _BASIC,
        "Recruitment Status": "overall_status",
        "Clinical Phase": "phases",
        "Total Enrollment": "enrollment",
        "Study Classification": "study_type",
        "Study Start Date": "start_date",
        "Study Completion Date": "completion_date",
        "Brief Summary": "brief_summary",
        "Related Clinical Trials": "related_trials",
        "Detailed Description": "detailed_description",
        "Conditions": "joined_conditions",
        "Keywords": None,
        "Study Design": "bare_design",
        "Allocation Method": "allocation",
        "Intervention Model": "intervention_model",
        "Primary Study Purpose": "primary_purpose",
        "Blinding Strategy": "masking",
        "Study Groups": "groups",
        "Interventions": "groups",
        "Eligibility Criteria": "criteria",
        "Sponsors": "sponsors",
        "Responsible Party": "responsible_party",
        "Locations": "locations",
        "Countries": None,
        "Central Contacts": None,
        "Facility Contacts": None,
        "Other Identifiers": "other_ids",
        "More Related Trials": "related_trials",
    },
    tail=("bare_age", "bare_upper_age", "sex", "healthy_volunteers"),
    noise=r"""(?x:
        Get\ a\ concise | Review\ the\ sponsor | Explore\ (?:similar|important|where) | Dive\ into | See\ the\ medical
        | Understand\ how\ the | Review\ (?:each|the\ countries|additional) | Learn\ about\ the | Check\ the\ part
        | Meet\ the\ org | Identify\ the\ ind | Reach\ out\ to | Find\ local | Additional\ clinical\ trials\ that
        | The\ study\ team | Results\ (?:pending|available)$ | View\ full\ results ).*""",
    readers={"groups": _groups, "bare_design": _design, "other_ids": _other_ids},
)  # fmt: skip
