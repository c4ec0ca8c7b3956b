"""The exchange format of the WHO's registries: `<trial><main>… <criteria>…`, as XML or JSON.

ChiCTR (`<Triall>`), IRCT, ReBEC, REPEC, TCTR and others write it, and the WHO portal's older dumps, which have other
names for a few of its fields.
"""

from __future__ import annotations

import regex

from trialparse.layouts.pages.ictrp import LOST_SIGNS
from trialparse.layouts.structured import Format

_WHO = "criteria | eligibility_criteria"
_CRITERIA, _OLD = "criteria/", "eligibility_criteria/"

LAYOUT = Format(
    description="WHO registries' exchange format: <main><trial_id>, <criteria><inclusion_criteria> as XML or JSON",
    signs=("trial_id", "main", "public_title | scientific_title"),
    record=("main/trial_id", "main/public_title | main/scientific_title"),
    values={
        "trial_id": "main/trial_id",
        "overall_status": "main/recruitment_status",
        "start_date": ("main/date_enrolment | main/date_enrolement | main/date_enrollment", "main/type_enrolment"),
        "last_update_date": "main/last_updated",
        "study_type": "main/study_type",
        "design": "main/study_design",
        "phases": "main/phase",
        "enrollment": "main/target_size",
        "minimum_age": f"{_CRITERIA}agemin + {_CRITERIA}agemin/@unit | {_OLD}inclusion_agemin",
        "maximum_age": f"{_CRITERIA}agemax + {_CRITERIA}agemax/@unit | {_OLD}inclusion_agemax",
        "sex": f"{_CRITERIA}gender | {_OLD}inclusion_sex | {_OLD}inclusion_gender",
    },
    texts={
        "brief_title": "main/public_title[@lang=en] | main/public_title",
        "official_title": "main/scientific_title[@lang=en] | main/scientific_title",
        "acronym": "main/acronym",
    },
    lists={
        "conditions": ("main/hc_freetext[@lang=en] | main/hc_freetext | health_condition/condition_freetext",),
        "secondary_ids": (
            "main/utrn", "secondary_ids/secondary_id/sec_id", "secondary_ids/secondaryid", "secondary_id/sec_id"),
    },
    groups={
        "lead_sponsor": ("main", {"name": ("primary_sponsor", None)}),
        "collaborators": (
            "secondary_sponsor | secondary_sponsors", {"name": ("sponsor_name | secondary_sponsor", None)}),
    },
    criteria={
        f"{_CRITERIA}inclusion_criteria[@lang=en] | {_CRITERIA}inclusion_criteria | {_OLD}inclusion_criteria":
            "inclusion",
        f"{_CRITERIA}exclusion_criteria[@lang=en] | {_CRITERIA}exclusion_criteria | {_OLD}exclusion_criteria":
            "exclusion",
    },
    codes={
        "minimum_age": {"0 no limit": "", "0 no limit|no limit": "", "no limit": "", "0": "", "-": ""},
        "maximum_age": {"0 no limit": "", "0 no limit|no limit": "", "no limit": "", "0": "", "-": ""},
        "start_date": {"01/01/1900": "", "1900-01-01": ""},
        "phases": {"retrospective study": "", "other": "", "others": ""},
    },
    edits=(
        (r"[\s,;.]++$", ""),
        (r"^Condition \d++:\s*+", ""),  # IRCT
        (r"^-(?=[A-Z]\d{2,3}\b)", ""),  # REPEC
        (r"\bno-limit\b|\bnull\b", "no limit"),
        (r"^(\d++)Y$", r"\1 Years"),
    ),
    breaks=regex.compile(r"_x000D_\n?|<br\s*+/?\s*+>|\r\n?", regex.IGNORECASE),
    separator=regex.compile(r"\s*+(?:;|\n)\s*+|\.\s++(?=Condition \d)"),
    doubts=LOST_SIGNS,
)  # fmt: skip
