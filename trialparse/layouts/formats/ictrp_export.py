"""The WHO portal's exports: a trial or a list of trials as XML, CSV or JSON, with the same field names."""

from __future__ import annotations

from typing import Any

import regex

from trialparse.layouts.pages.ictrp import LOST_SIGNS
from trialparse.layouts.structured import Format
from trialparse.layouts.tree import Element, csv_tree, json_tree, xml_tree
from trialparse.models.diagnostic import diagnostic


def _parse(source: str) -> tuple[Element, list[dict[str, Any]]]:
    refused = False
    match source.lstrip()[:1]:
        case "<":
            root, refused = xml_tree(source)
        case "{" | "[":
            root = json_tree(source)
        case _:
            root = csv_tree(source)
    todo = [root]
    while todo:
        element = todo.pop()
        element.name = element.name.lower()
        todo.extend(element.children)
    return root, [diagnostic("entities_refused")] if refused else []


LAYOUT = Format(
    description="WHO ICTRP export: <TrialID>, <Inclusion_agemin> … as XML, CSV or JSON",
    signs=(r"\btrialid\b", r"\b(?:source_register|date_registration)\b", r"\b(?:public|scientific)_title\b"),
    parse=_parse,
    records=("trials_downloaded_from_ictrp/trial", "trials/trial", "trial", "row", "item", ""),
    values={
        "trial_id": ("trialid", ""),
        "overall_status": ("recruitment_status", ""),
        "start_date": ("date_enrollement", ""),
        "study_type": ("study_type", ""),
        "design": ("study_design", ""),
        "phases": ("phase", ""),
        "enrollment": ("target_size", ""),
        "minimum_age": ("inclusion_agemin", ""),
        "maximum_age": ("inclusion_agemax", ""),
        "sex": ("inclusion_gender", ""),
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
