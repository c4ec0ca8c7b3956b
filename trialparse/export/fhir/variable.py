"""The eligibility as an `EvidenceVariable`: each criterion a characteristic, all of which must hold."""

from __future__ import annotations

from collections.abc import Iterator

from trialparse.export.fhir.codes import Element, code, coded, loinc, tables
from trialparse.export.fhir.extensions import source_extension
from trialparse.export.fhir.logic import Writer
from trialparse.export.fhir.parts import Parts
from trialparse.export.fhir.quantities import quantity
from trialparse.export.fhir.reading import MAXIMUM_AGE, MINIMUM_AGE, SEX
from trialparse.export.losses import Losses
from trialparse.models.eligibility import Age, Criterion, Eligibility, subtree
from trialparse.models.requirement import Unit

_HEADINGS = {"inclusion": "Inclusion Criteria:", "exclusion": "Exclusion Criteria:"}


def variable(eligibility: Eligibility, sha256: str | None, losses: Losses) -> Element:
    """The EvidenceVariable of a trial's eligibility.

    Args:
        eligibility: the criteria, and the record's own fields for age and sex.
        sha256: of the text that the offsets refer to.
        losses: is told what the document does not hold.
    """
    parts, writer = Parts(losses), Writer(losses)
    characteristics = list(_fields(eligibility, losses))
    notes: list[Element] = []
    for roots, excludes in ((eligibility.inclusion, False), (eligibility.exclusion, True)):
        for root in roots:
            part = parts.criterion(root)
            if part is None:
                notes.append({"text": f"{root.id}: {_whole(root)}"})
            else:
                characteristics.append(writer.root(part, excludes=excludes))
    for root in eligibility.other:
        _set_aside(root, losses)
        notes.append({"text": f"{root.id}: {_whole(root)}"})
    return {
        "resourceType": "EvidenceVariable",
        "extension": [source_extension(sha256)] if sha256 is not None else [],
        "status": code("publication-status", "active"),
        "description": "\n\n".join(_sections(eligibility)),
        "note": notes,
        "actual": False,
        "characteristic": characteristics,
    }


def _fields(eligibility: Eligibility, losses: Losses) -> Iterator[Element]:
    """What the record's own fields ask for. The ages include their own value."""
    for name, age, sign in (
        (MINIMUM_AGE, eligibility.minimum_age, ">="),
        (MAXIMUM_AGE, eligibility.maximum_age, "<="),
    ):
        if age is not None:
            value = {"valueQuantity": quantity(age.value, _unit(age), sign)}
            yield _field(name, {"type": loinc("age", "Age"), **value})
    sex = eligibility.sex
    if sex == "ALL":
        losses.add("field", "eligibility.sex", sex)
    elif sex is not None:
        concept = coded("administrative-gender", tables()["words"]["sex"][sex])
        yield _field(SEX, {"type": loinc("sex", "Sex"), "valueCodeableConcept": concept})


def _field(name: str, definition: Element) -> Element:
    return {"linkId": name, "exclude": False, "definitionByTypeAndValue": definition}


def _unit(age: Age) -> Unit:
    return Unit(text=tables()["words"]["age_unit"][age.unit], ucum=age.unit)


def _set_aside(root: Criterion, losses: Losses) -> None:
    """A criterion of neither section, with all that it holds."""
    losses.add("other_section", root.id, root.text, root.span)
    for node in subtree(root):
        if node.requirement is not None:
            losses.leaves("other_section", node.requirement, f"{node.id}/0")


def _sections(eligibility: Eligibility) -> Iterator[str]:
    """The criteria as text, for people: each section a list under its heading."""
    for section, heading in _HEADINGS.items():
        roots = getattr(eligibility, section)
        if roots:
            yield "\n".join([heading, "", *map(_listed, roots)])


def _listed(root: Criterion) -> str:
    return "\n".join(f"{'  ' * (node.id.count('.'))}* {node.text}" for node in subtree(root))


def _whole(root: Criterion) -> str:
    return "\n".join(node.text for node in subtree(root))
