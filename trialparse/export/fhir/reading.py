"""The criteria that an `EvidenceVariable` holds, back as a tree.

The structure, the codes and the quantities are read. Of this project's extensions come the offsets, and what kind of
part a combination stands for where several look alike; without them a condition is an alternative (`not C, or R`), and
a limit with two open ends two limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from trialparse.export.fhir.codes import MEASURES, tables
from trialparse.export.fhir.extensions import kinds, read_of, span_of
from trialparse.export.fhir.parts import LOINC
from trialparse.export.fhir.quantities import limits_of, number, unit_of
from trialparse.export.fhir.times import windows_of
from trialparse.models.comparison import Side
from trialparse.models.eligibility import Age, AgeUnit, Combine, Criterion, Eligibility, Sex
from trialparse.models.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    If,
    Limit,
    Measure,
    Not,
    Requirement,
    Statement,
    Threshold,
)

Element = Mapping[str, Any]

MINIMUM_AGE, MAXIMUM_AGE, SEX = "minimum-age", "maximum-age", "sex"
"""The linkIds of what the record's own fields ask for."""


def read_variable(variable: Element) -> Eligibility:
    """The eligibility that an EvidenceVariable defines.

    Raises:
        ValueError: a code is none of its value set, or a number is none.
    """
    found: dict[str, Any] = {"inclusion": [], "exclusion": []}
    for position, element in enumerate(_list(variable.get("characteristic"))):
        name = element.get("linkId")
        if name in (MINIMUM_AGE, MAXIMUM_AGE):
            found[name.replace("-", "_")] = _age(element)
        elif name == SEX:
            found[SEX] = _sex(element)
        else:
            section = "exclusion" if element.get("exclude") else "inclusion"
            found[section].append(_criterion(element, name or f"{section[0].upper()}{position + 1}"))
    return Eligibility(**found)


# -- criteria ----------------------------------------------------------------------------------------------------------


def _criterion(element: Element, name: str) -> Criterion:
    own, joint, children = _tree(element)
    combine: Combine | None = _COMBINES[joint["code"]] if children else None
    return Criterion(
        id=name,
        text=element.get("description") or "",
        span=span_of(element),
        heading=own is None,
        combine=combine,
        minimum=joint.get("threshold") if combine == "at_least" else None,
        children=tuple(_criterion(child, child["linkId"]) for child in children),
        requirement=None if own is None else requirement(own),
    )


_COMBINES: dict[str, Combine] = {"all-of": "all", "any-of": "any", "at-least": "at_least"}


def _tree(element: Element) -> tuple[Element | None, Element, list[Element]]:
    """What a criterion asks for itself, and how the criteria under it join: those are the items with ids."""
    joint, items = _joined(element)
    children = [item for item in items if "linkId" in item]
    rest = [item for item in items if "linkId" not in item]
    if children and not rest:
        return None, joint, children
    if joint.get("code") == "all-of":
        if len(rest) == 1 and (children or "criterion" in kinds(element)):
            return rest[0], joint, children
        if len(rest) == _OWN_AND_BELOW and not children and (below := _below(rest[1])) is not None:
            return rest[0], *below
    return {**element, "exclude": False}, joint, []


_OWN_AND_BELOW = 2


def _below(element: Element) -> tuple[Element, list[Element]] | None:
    """Criteria that are joined in another way than all; None where the element joins anything else."""
    joint, items = _joined(element)
    return (joint, items) if items and all("linkId" in item for item in items) else None


def _joined(element: Element) -> tuple[Element, list[Element]]:
    """A combination and its items, without those that only say again what others say."""
    joint = element.get("definitionByCombination") or {}
    items = [item for item in _list(joint.get("characteristic")) if "restated" not in kinds(item)]
    inner = "criterion" in kinds(element) and "wrapped" in kinds(element)
    return _joined(items[0]) if inner else (joint, items)


# -- requirements ------------------------------------------------------------------------------------------------------


def requirement(element: Element) -> Requirement | None:
    """What a characteristic asks for; None for a bare text.

    Raises:
        ValueError: a code is none of its value set, or a number is none.
    """
    if unread := sorted(_UNREAD & element.keys()):
        raise ValueError(f"{', '.join(unread)}: not read, so what the characteristic says is not known")
    if len(_DEFINITIONS & element.keys()) > 1:
        raise ValueError("a characteristic has one definition at most")
    if element.get("exclude"):
        inner = requirement({**element, "exclude": False})
        return None if inner is None else Not(item=inner)
    roles = kinds(element)
    if "wrapped" in roles and "criterion" not in roles:
        return requirement(_joined(element)[1][0])
    if roles & {"if", "if-else"}:
        return _if(element, otherwise="if-else" in roles)
    if "definitionByTypeAndValue" in element or "threshold" in roles:
        return _threshold(element)
    if "definitionByCombination" in element:
        return _combination(element)
    return _prose(element)


_DEFINITIONS = {"definitionCodeableConcept", "definitionByTypeAndValue", "definitionByCombination"}
_UNREAD = {
    "definitionReference", "definitionCanonical", "definitionExpression", "definitionId", "instancesQuantity",
    "instancesRange",
}  # fmt: skip
_VALUES = {"type", "valueQuantity", "valueRange", "valueCodeableConcept", "offset", "extension", "id"}


def _combination(element: Element) -> Requirement:
    joint, items = _joined(element)
    parts = _requirements(items)
    match joint.get("code"):
        case "all-of":
            return AllOf(items=parts)
        case "any-of":
            return AnyOf(items=parts)
        case "at-least":
            return AtLeast(minimum=joint.get("threshold", 1), items=parts)
        case other:
            raise ValueError(f"{other!r} joins criteria in no way that is known: all-of, any-of and at-least do")


def _if(element: Element, *, otherwise: bool) -> Requirement:
    """`not C, or R` and `C and R`, each also with an `otherwise` beside it."""
    _, items = _joined(element)
    other = None
    if otherwise:
        first, second = items
        other = requirement(_joined(second)[1][0])
        if "definitionByCombination" not in second or other is None:
            raise ValueError("a condition without its otherwise")
        element, items = first, _joined(first)[1]
    condition, then = (_required(item) for item in items)
    if element["definitionByCombination"]["code"] == "any-of":
        condition = _undenied(condition)
    return If(condition=condition, then=then, otherwise=other)


def _undenied(item: Requirement) -> Requirement:
    return item.item if isinstance(item, Not) else Not(item=item)


def _threshold(element: Element) -> Threshold:
    _, items = _joined(element)
    definitions = [
        item["definitionByTypeAndValue"] for item in items or [element] if "definitionByTypeAndValue" in item
    ]
    if not definitions or (unread := sorted(set().union(*definitions) - _VALUES)):
        raise ValueError(f"a limit without a value that is read: {', '.join(unread) if definitions else 'none'}")
    limits: dict[Side, Limit] = {}
    for each in definitions:
        limits |= limits_of(each)
    values = [each["valueCodeableConcept"].get("text") for each in definitions if "valueCodeableConcept" in each]
    text, span = read_of(element)
    return Threshold(
        measure=_measure(definitions[0].get("type") or {}),
        lower=limits.get("lower"),
        upper=limits.get("upper"),
        values=tuple(values),
        windows=windows_of(element),
        text=text,
        span=span,
    )


def _measure(concept: Element) -> Measure:
    codes = {coding.get("system"): coding.get("code") for coding in _list(concept.get("coding"))}
    return Measure(name=codes.get(MEASURES), text=concept.get("text") or "", loinc=codes.get(LOINC))


def _prose(element: Element) -> Requirement | None:
    text, span = read_of(element)
    concept, windows = element.get("definitionCodeableConcept"), windows_of(element)
    if concept is not None:
        return Statement(text=concept.get("text") or text, span=span, windows=windows)
    return windows[0] if windows else None


def _required(element: Element) -> Requirement:
    found = requirement(element)
    if found is None:  # a bare text
        text, span = read_of(element)
        return Statement(text=text, span=span)
    return found


def _requirements(items: Iterable[Element]) -> tuple[Requirement, ...]:
    return tuple(map(_required, items))


# -- the record's own fields -------------------------------------------------------------------------------------------


def _age(element: Element) -> Age:
    found = element["definitionByTypeAndValue"]["valueQuantity"]
    unit = unit_of(found)
    return Age(value=number(found.get("value")), unit=cast("AgeUnit", unit and unit.ucum))


def _sex(element: Element) -> Sex:
    codes = [each.get("code") for each in element["definitionByTypeAndValue"]["valueCodeableConcept"]["coding"]]
    words: dict[str, Sex] = {value: name for name, value in tables()["words"]["sex"].items()}
    return words[codes[0]]


def _list(found: object) -> Sequence[Element]:
    return found if isinstance(found, list) else []
