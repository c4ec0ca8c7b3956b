"""CDISC's Unified Study Definitions Model, version 3 and 4: a study as JSON, its criteria as XHTML with terms."""

from __future__ import annotations

from collections.abc import Mapping

import regex

from trialparse.layouts.paths import Document, find
from trialparse.layouts.structured import Format
from trialparse.layouts.tree import Element

_DESIGN = "versions/studyDesigns/"
_PEOPLE = _DESIGN + "population/"
_AGE = _PEOPLE + "plannedAge/"
_TITLE = "versions/titles[type/decode="
_REFERENCE = regex.compile(r'<usdm:ref\b[^>]*?\bid="([^"]++)"[^>]*?\battribute="([^"]++)"')
_UNIT = "unit/standardCode/decode | unit/decode | unit"


def _meanings(study: Element) -> Mapping[str, str]:
    """What each term of a study's dictionaries stands for: a text, an amount or a range elsewhere in the study."""
    by_id = Document(study).by_id
    found: dict[str, str] = {}
    for entry in find(study, "**/parameterMaps"):
        tag, text = (next((each.text for each in find(entry, name)), "") for name in ("tag", "reference"))
        match = _REFERENCE.search(text)
        if match is None:
            found.setdefault(tag, text)
        elif match[1] in by_id:
            found.setdefault(tag, " ".join(_said(each) for each in find(by_id[match[1]], match[2])))
    return found


def _said(element: Element) -> str:
    """An amount with its unit, a range, or a text."""
    if element.pieces:
        return element.text.removesuffix(".0")
    ends = [_said(each) for name in ("minValue", "maxValue") for each in find(element, name)]
    if ends:
        return " to ".join(ends)
    amount = [each.text.removesuffix(".0") for path in ("value", _UNIT) for each in find(element, path)]
    return " ".join(amount)


def _criteria(code: str) -> str:
    chosen = f"{_DESIGN}eligibilityCriteria[category/code={code}]"
    older = f"{_PEOPLE}criteria[category/code={code}]/text"
    return f"{chosen}/criterionItemId => text | {chosen}/text | {older}"


def _title(kind: str) -> str:
    return f"{_TITLE}{kind}]/text"


LAYOUT = Format(
    description="CDISC USDM: a study as JSON, {\"study\": {\"versions\": [{\"studyDesigns\": …}]}}",
    signs=('"versions"', '"studyDesigns"'),
    record=("versions/studyDesigns",),
    values={
        "trial_id": "versions/studyIdentifiers/text | versions/studyIdentifiers/studyIdentifier",
        "study_type": f"{_DESIGN}studyType/decode | versions/studyType/decode | {_DESIGN}instanceType",
        "phases": f"{_DESIGN}studyPhase/standardCode/decode | versions/studyPhase/standardCode/decode",
        "enrollment": f"{_PEOPLE}plannedEnrollmentNumber/value | {_PEOPLE}plannedEnrollmentNumber/maxValue/value",
        "intervention_model": f"{_DESIGN}model/decode | {_DESIGN}interventionModel/decode",
        "masking": f"{_DESIGN}blindingSchema/standardCode/decode",
        "minimum_age": f"{_AGE}minValue/value | {_AGE}minValue + {_AGE}minValue/unit/standardCode/decode"
                       f" | {_AGE}unit/decode",
        "maximum_age": f"{_AGE}maxValue/value | {_AGE}maxValue + {_AGE}maxValue/unit/standardCode/decode"
                       f" | {_AGE}unit/decode",
        "sex": f"{_PEOPLE}plannedSex/decode",
        "healthy_volunteers": f"{_PEOPLE}includesHealthySubjects",
    },
    texts={
        "brief_title": f"{_title('Brief Study Title')} | {_title('Public Study Title')}",
        "official_title": f"{_title('Official Study Title')} | {_title('Scientific Study Title')}",
        "acronym": _title("Study Acronym"),
        "brief_summary": "versions/rationale",
    },
    lists={
        "conditions": (f"{_DESIGN}indications[description]/description | {_DESIGN}indications/label",),
        "secondary_ids": ("versions/studyIdentifiers/text | versions/studyIdentifiers/studyIdentifier",),
    },
    groups={
        "arm_groups": (f"{_DESIGN}arms", {"label": ("label | name", None), "description": ("description", None)}),
        "interventions": (
            "versions/studyInterventions", {"name": ("label | name", None), "description": ("description", None)}),
        "lead_sponsor": (
            "versions/organizations[type/code=C70793,C54149]"
            " | versions/organizations[type/decode=Clinical Study Sponsor]",
            {"name": ("label | name", None)},
        ),
    },
    each={_criteria("C25532"): "inclusion", _criteria("C25370"): "exclusion"},
    codes={
        "study_type": {"InterventionalStudyDesign": "Interventional", "ObservationalStudyDesign": "Observational"},
        "intervention_model": {"Parallel Study": "Parallel", "Single Group Study": "Single Group", "Crossover Study":
                               "Crossover", "Factorial Study": "Factorial", "Group Sequential Design": "Sequential"},
    },
    edits=((r" Study$", ""), (r"^TBD$", "")),
    term=regex.compile(r'<usdm:tag\b[^>]*?\bname="([^"]++)"[^>]*+>(?:</usdm:tag>)?'),
    meanings=_meanings,
)  # fmt: skip
