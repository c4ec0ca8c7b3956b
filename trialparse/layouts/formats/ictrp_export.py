"""The WHO portal's exports: a trial or a list of trials as XML, CSV or JSON, with the same field names."""

from __future__ import annotations

import regex

from trialparse.layouts.pages.ictrp import LOST_SIGNS
from trialparse.layouts.structured import Format

LAYOUT = Format(
    description="WHO ICTRP export: <TrialID>, <Inclusion_agemin> … as XML, CSV or JSON",
    signs=("trialid", "public_title | scientific_title", "date_registration | source_register"),
    record=("trialid", "public_title | scientific_title"),
    values={
        "trial_id": "trialid",
        "overall_status": "recruitment_status",
        "start_date": "date_enrollement",
        "study_type": "study_type",
        "design": "study_design",
        "phases": "phase",
        "enrollment": "target_size",
        "minimum_age": "inclusion_agemin",
        "maximum_age": "inclusion_agemax",
        "sex": "inclusion_gender",
    },
    texts={"brief_title": "public_title", "official_title": "scientific_title", "acronym": "acronym"},
    lists={"conditions": ("condition",), "secondary_ids": ("secondary_id", "secondary_ids", "secondaryids")},
    groups={
        "lead_sponsor": ("", {"name": ("primary_sponsor", None)}),
        "collaborators": ("", {"name": ("secondary_sponsor", None)}),
    },
    criteria={"inclusion_criteria": "inclusion", "exclusion_criteria": "exclusion"},
    breaks=regex.compile(r"_x000D_\n?|<br\s*+/?\s*+>|\r\n?", regex.IGNORECASE),
    after_criteria=regex.compile(r"^\s*+Are the trial subjects under 18\?", regex.MULTILINE),
    doubts=LOST_SIGNS,
    separator=regex.compile(r"\s*+(?:;|\n)\s*+"),
)
