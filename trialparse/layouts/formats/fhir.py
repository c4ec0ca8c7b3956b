"""HL7 FHIR R4 to R6: a `ResearchStudy`, alone or in a bundle, and the `Group` that says who may take part."""

from __future__ import annotations

from trialparse.layouts.structured import Format

_REFERENCES = ("recruitment/eligibility/reference", "enrollment/reference")
_STATE = "progressStatus[actual!=true,false]/state"
"""Where the study stands: the others are its stages, each with whether it has come."""
_HEALTHY = "Accepts healthy volunteers"
_SPONSOR = "associatedParty[role/coding/code=lead-sponsor]"


def _group(path: str) -> str:
    """A path in the group of those who may take part."""
    return " | ".join(f"{each} => .[resourceType=Group,EvidenceVariable]/{path}" for each in _REFERENCES)


def _traits(names: str, *values: str, tests: str = "") -> str:
    """Paths of the values of a group's characteristic, which has one of these names or codes."""
    chosen = [
        f"characteristic[{code}={names}]{tests}/" for code in ("code/text", "code/coding/display", "code/coding/code")
    ]
    return " | ".join(_group(each + value) for each in chosen for value in values)


def _own_field(name: str, path: str) -> str:
    """A path in the characteristic that `trialparse convert` writes for a field of the record."""
    return _group(f"characteristic[linkId={name}]/definitionByTypeAndValue/{path}")


def _concept(path: str) -> str:
    """What a coded concept says, in words if it has any."""
    return f"{path}/text | {path}/coding/display | {path}/coding/code"


_CONCEPT = ("valueCodeableConcept/text", "valueCodeableConcept/coding/display", "valueCodeableConcept/coding/code")
_AGE = "age,30525-0"
_LOWEST, _HIGHEST = "minimum age,min age", "maximum age,max age"
_SEX = "sex,gender,gender identity,sex assigned at birth,76691-5,76689-9,46098-0"
_FREE = "freetext,free text,inclusion criteria,exclusion criteria,eligibility criteria"

LAYOUT = Format(
    description="FHIR ResearchStudy (R4 to R6) with its Group: alone, with contained resources, or in a Bundle",
    signs=('"resourceType"', '"ResearchStudy"'),
    record=(".[resourceType=ResearchStudy]",),
    values={
        "trial_id": "identifier/value",
        "overall_status": f"{_concept(_STATE)} | status",
        "start_date": "progressStatus[state/coding/code=recruiting,pending]/period/start | period/start",
        "completion_date": "period/end",
        "last_update_date": "date",
        "study_type":
            f"{_concept('category')} | studyDesign[coding/code=SEVCO:01001,SEVCO:01002]/text"
            " | studyDesign/coding[code=INTERVENTIONAL,OBSERVATIONAL,EXPANDED_ACCESS]/code",
        "design": _concept("studyDesign"),
        "primary_purpose": _concept("primaryPurposeType"),
        "phases": _concept("phase"),
        "enrollment": "recruitment/targetNumber | recruitment/actualNumber",
        "minimum_age":
            _traits(_AGE, "valueRange/low/value") + " | " + _traits(_LOWEST, "valueQuantity/value")
            + " | " + _own_field("minimum-age", "valueQuantity/value")
            + " + " + _traits(_AGE, "valueRange/low/unit") + " | " + _traits(_LOWEST, "valueQuantity/unit")
            + " | " + _own_field("minimum-age", "valueQuantity/unit"),
        "maximum_age":
            _traits(_AGE, "valueRange/high/value") + " | " + _traits(_HIGHEST, "valueQuantity/value")
            + " | " + _own_field("maximum-age", "valueQuantity/value")
            + " + " + _traits(_AGE, "valueRange/high/unit") + " | " + _traits(_HIGHEST, "valueQuantity/unit")
            + " | " + _own_field("maximum-age", "valueQuantity/unit"),
        "sex": _traits(_SEX, *_CONCEPT) + " | " + _own_field("sex", "valueCodeableConcept/coding/code"),
        "healthy_volunteers":
            _traits("healthy,healthy volunteers,accepts healthy volunteers", "valueBoolean", *_CONCEPT)
            + f" | classifier[text={_HEALTHY}: yes,{_HEALTHY}: no]/text",
    },
    texts={
        "brief_title": "title",
        "official_title": "label[type/coding/code=official]/value | label[type/text=Official title]/value",
        "acronym": "label[type/coding/code=acronym]/value",
        "brief_summary": "descriptionSummary",
        "detailed_description": "description",
    },
    lists={
        "conditions": (_concept("condition"), _concept("focus")),
        "keywords": (_concept("keyword"),),
        "secondary_ids": ("identifier/value",),
    },
    groups={
        "arm_groups": (
            "arm | comparisonGroup",
            {"label": ("name", None), "type": (_concept("type"), "arm_type"), "description": ("description", None)},
        ),
        "interventions": ("focus/concept", {"name": ("text", None)}),
        "lead_sponsor": (
            f"{_SPONSOR}/party/reference => .[resourceType=Organization]/name"
            f" | {_SPONSOR}/name | sponsor/reference => .[resourceType=Organization]/name | sponsor/display"
            f" | {_SPONSOR}/party/display",
            {"name": ("", None)},
        ),
        "locations": ("location", {"country": ("text", None)}),
    },
    criteria={
        _group("description"): None,
        _traits(_FREE, *_CONCEPT, tests="[exclude=false]"): "inclusion",
        _traits(_FREE, *_CONCEPT, tests="[exclude=true]"): "exclusion",
    },
    each={
        _group("characteristic[exclude!=true]/description"): "inclusion",
        _group("characteristic[exclude=true]/description"): "exclusion",
    },
    refers=(*_REFERENCES, "associatedParty/party/reference", "sponsor/reference", "site/reference"),
    codes={
        "overall_status": {
            "active": "", "draft": "", "in-review": "", "approved": "", "administratively-completed": "Terminated",
            "closed-to-accrual": "Active, not recruiting", "temporarily-closed-to-accrual": "Suspended",
            "closed-to-accrual-and-intervention": "Active, not recruiting", "retired": "", "disapproved": "",
            "temporarily-closed-to-accrual-and-intervention": "Suspended",
            "active-but-not-recruiting": "Active, not recruiting", "overall-study": "",
        },
    },
    edits=((r"^Study Type:\s*+", ""), (rf"^{_HEALTHY}:\s*+", ""), (r"^Interventional research$", "Interventional"),
           (r"^Observational research$", "Observational"), (r"^a$", "years"), (r"^mo$", "months")),
)  # fmt: skip
