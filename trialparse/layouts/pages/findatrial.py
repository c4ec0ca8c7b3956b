"""findatrial.com: two titles, a byline, "Quick facts" with labels glued to values, criteria as Markdown."""

from __future__ import annotations

import regex

from trialparse.layouts.base import Layout
from trialparse.layouts.fields import comma_list
from trialparse.layouts.identifiers import trial_id
from trialparse.layouts.page import Value
from trialparse.layouts.places import place
from trialparse.layouts.values import Found, phases

_SITES = regex.compile(r"1 site \((.+)\)")


def _head(value: Value) -> Found | None:
    """Brief title, official title, then `PHASE2 · sponsor · NCT…`; what the site adds below is left."""
    found: Found = {}
    titles = []
    for line in value.lines:
        parts = value.show(line).split(" · ")
        number = trial_id(parts[-1]) if len(parts) > 1 else None
        if number:
            found |= number | (phases(parts[0], "") or {})
            break
        titles.append(value.show(line))
    found |= dict(zip(("brief_title", "official_title"), titles, strict=False))
    value.left = list(value.lines[len(titles[:2]) + ("trial_id" in found) :])
    return found


def _places(value: Value) -> Found | None:
    """`City, State` or, outside the large federations, `City, Country`, one a line."""
    if value.label == "Locations":  # the row names one place only: used where the list is missing
        match = _SITES.fullmatch(value.text(value.lines[0]))
        if match is None or "Where this trial is running" in value.page:
            value.left = list(value.lines)
            return {}
        return {"locations": [place(match[1])]}
    sites = [place(value.show(line)) for line in value.lines]
    for site in sites:
        if site.get("country") == "Georgia":  # a state too: the page does not say which
            del site["country"]
    return {"locations": sites}


def _treatments(value: Value) -> Found | None:
    names = (comma_list("interventions")(value) or {}).get("interventions", [])
    return {"interventions": [{"name": name} for name in names]}


LAYOUT = Layout(
    description="findatrial.com: Quick facts with labels glued to their values, criteria with * bullets and escapes",
    signs={"Find a Trial editorial team": 0.9, "Quick facts": 0.5, "Show full inclusion / exclusion criteria": 0.6,
           "Who should consider this trial": 0.4, "Drugs / interventions": 0.4},
    glued=True,
    start="head",
    labels={
        "Quick facts": None,
        "Phase": "phases",
        "Study type": "study_type",
        "Enrollment": "enrollment",
        "Ages": "ages",
        "Sex": "sex",
        "Sponsor": "lead_sponsor",
        "Drugs / interventions": "treatments",
        "Locations": "places",
        "Trial ID": "trial_id",
        "What this trial studies": "brief_summary",
        "Who should consider this trial": None,
        "Good fit": None,
        "Not a fit": None,
        "Why it matters": None,
        "Potential benefit": None,
        "How similar studies have performed": None,
        "Eligibility criteria": "criteria",
        "Where this trial is running": "places",
        "Study contacts": None,
        "How to participate": None,
        "View on ClinicalTrials.gov →": None,
        "Conditions": "conditions_by_comma",
    },
    noise=r"Show full inclusion / exclusion criteria|Last reviewed .*",
    readers={"head": _head, "places": _places, "treatments": _treatments},
)  # fmt: skip
