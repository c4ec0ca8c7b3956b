"""The old ClinicalTrials.gov study page (until 2024), as a Markdown table or as plain text."""

from __future__ import annotations

import regex

from trialparse.layouts.base import Layout
from trialparse.layouts.fields import pairs, single_condition, typed_groups
from trialparse.layouts.page import Value
from trialparse.layouts.places import place
from trialparse.layouts.values import Found, phases
from trialparse.lexicon.fields import coded, countries

_PHASE = regex.compile(r"(?:Not Applicable|(?:Early )?Phase \d(?:[ /]+Phase \d)?)\s*+$")
_TYPED = regex.compile(r"(?:^|(?<=\s))(\p{Lu}[\p{L}/ ]{2,20}): (?=\S)")


def _row(value: Value) -> Found | None:
    """Conditions, interventions and phase in one row, with or without borders between them."""
    text = value.show(value.lines[-1])
    value.left = list(value.lines[:-1])
    found: Found = {}
    if phase := _PHASE.search(text):
        found |= phases(phase[0], "") or {}
        text = text[: phase.start()]
    text = text.strip(" |")
    starts = [
        (match.start(1) + at, match.end(), kind)
        for match in _TYPED.finditer(text)
        for at, kind in [_last_words(match[1])]
        if kind
    ]
    conditions = text[: starts[0][0]].strip(" |") if starts else text
    if single_condition(value, conditions):
        found["conditions"] = [conditions]
    else:
        found["notes"] = [("joined_list", {"field": "conditions"})]
        value.left = list(value.lines)
    if starts:
        ends = [start for start, _, _ in starts[1:]] + [len(text)]
        found["interventions"] = [
            {"name": text[begin:end].strip(" |"), "type": kind}
            for (_, begin, kind), end in zip(starts, ends, strict=True)
        ]
    return found


def _cells(value: Value) -> Found | None:
    """The same row, one cell a line; there may be several conditions and interventions."""
    found: Found = {}
    for line in value.lines:
        shown = value.show(line)
        kind, _, name = shown.partition(": ")
        if coded("intervention_type", kind) and name:
            group = {"name": name, "type": coded("intervention_type", kind)}
            found.setdefault("interventions", []).append(group)
        elif phase := phases(shown, ""):
            found |= phase
        else:
            found.setdefault("conditions", []).append(shown)
    return found


def _last_words(text: str) -> tuple[int, str | None]:
    """Where in `text` the intervention type that ends it begins, and the type."""
    at = 0
    while at >= 0:
        if kind := coded("intervention_type", text[at:]):
            return at, kind
        at = text.find(" ", at) + 1 or -1
    return 0, None


def _arms(value: Value) -> Found | None:
    """The table of arms; the outcomes that follow it without a heading are left."""
    stop = next((at for at, line in enumerate(value.lines) if "[ Time Frame: " in value.text(line)), len(value.lines))
    table = Value(value.readable, value.label, value.raw[:stop], value.page)
    found = typed_groups(table)
    value.left = [*table.left, *value.lines[stop:]]
    return found or None


def _responsible(value: Value) -> Found | None:
    """`Name, affiliation`: parted where the affiliation is the sponsor, whose name is known."""
    shown = value.show(value.lines[0])
    sponsors = value.page.get("Sponsors and Collaborators")
    sponsor = sponsors.show(sponsors.lines[0]) if sponsors and sponsors.lines else None
    value.left = list(value.lines[1:])
    if sponsor and shown.endswith(f", {sponsor}"):
        return {"responsible_party": {"name": shown[: -len(sponsor) - 2], "affiliation": sponsor}}
    value.left = list(value.lines)
    return {}


def _sites(value: Value) -> Found | None:
    """`Country, State` once or before each site; then pairs of facility and `City, State, Country, postal code`."""
    known = countries()
    lines = [
        line
        for line in value.lines
        if (text := value.text(line).lower()) not in known and text.split(", ")[0] not in known
    ]
    sites = [
        {"facility": value.show(facility), **(place(value.show(where)) if where else {})}
        for facility, where in pairs(lines)
    ]
    return {"locations": sites} if sites else {}


LAYOUT = Layout(
    description="clinicaltrials.gov until 2024: 'Recruitment Status :', 'Ages Eligible for Study:', pipes or plain",
    signs={"ClinicalTrials.gov Identifier: NCT": 0.3, "Recruitment Status :": 0.4, "Last Update Posted :": 0.4,
           "Condition or disease": 0.3, "Ages Eligible for Study:": 0.3, "ClinicalTrials.gov Menu": 0.4,
           "Information provided by (Responsible Party):": 0.4, "Study Type :": 0.4, "Go to Brief Summary": 0.4},
    start=("brief_title",),
    labels={
        "ClinicalTrials.gov Identifier:": "trial_id",
        "Recruitment Status :": "overall_status",
        "First Posted :": None,
        "Results First Posted :": None,
        "Last Update Posted :": "last_update_date",
        "Sponsor:": "lead_sponsor",
        "Collaborator(s):": "collaborators",
        "Collaborators:": "collaborators",
        "Collaborator:": "collaborators",
        "Information provided by (Responsible Party):": "responsible",
        "Brief Summary:": "brief_summary",
        "Condition or disease Intervention/treatment*": "row",
        "Condition or disease | Intervention/treatment*": "row",
        "Condition or disease": None,  # the same table, cell below cell
        "Intervention/treatment": None,
        "Phase": "cells",
        "Detailed Description:": "detailed_description",
        "Study Design": None,
        "Study Type :": "study_type",
        "Enrollment :": "enrollment",
        "Allocation:": "allocation",
        "Intervention Model:": "intervention_model",
        "Intervention Model Description:": None,
        "Observational Model:": None,
        "Time Perspective:": None,
        "Masking:": "masking",
        "Masking Description:": None,
        "Primary Purpose:": "primary_purpose",
        "Official Title:": "official_title",
        "Study Start Date :": "start_date",
        "Primary Completion Date :": "primary_completion_date",
        "Study Completion Date :": "completion_date",
        "Arm Intervention/treatment": "arms",
        "Arm | Intervention/treatment": "arms",
        "Group/Cohort Intervention/treatment": "arms",
        "Group/Cohort | Intervention/treatment": "arms",
        "Primary Outcome Measures :": None,
        "Secondary Outcome Measures :": None,
        "Other Outcome Measures:": None,
        "Information from the National Library of Medicine": None,
        "Ages Eligible for Study:": "ages",
        "Sexes Eligible for Study:": "sex",
        "Genders Eligible for Study:": "sex",
        "Accepts Healthy Volunteers:": "healthy_volunteers",
        "Sampling Method:": None,
        "Study Population": None,
        "Criteria": "criteria",
        "Inclusion Criteria:": "criteria_heading",
        "Exclusion Criteria:": "criteria_heading",
        "Contacts and Locations": None,
        "Locations": "sites",
        "Sponsors and Collaborators": "sponsors",
        "Investigators": None,
        "More Information": None,
        "Responsible Party:": "responsible",
        "Other Study ID Numbers:": "secondary_ids",
        "Last Verified:": None,
        "Keywords provided by*": "keywords",
        "Additional relevant MeSH terms:": None,
    },
    before_criteria=("Ages Eligible for Study:", "Sexes Eligible for Study:", "Accepts Healthy Volunteers:"),
    noise=r"This is the classic website.*|Working…|ClinicalTrials\.gov(?: Menu)?|!\[\]\(\)|The safety and scientific .*"
          r"|- (?:Study Details|Tabular View|(?:No )?(?:Study )?Results(?: Posted)?|Disclaimer|How to Read .*)"
          r"|[-|]{3,}",
    readers={"row": _row, "cells": _cells, "arms": _arms, "responsible": _responsible, "sites": _sites},
)  # fmt: skip
