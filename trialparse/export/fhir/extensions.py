"""What stands in extensions of this project: where a part was read in the source, and what kind of part it was.

Nothing that decides about a patient is in them: whoever passes over them reads the same criteria.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from trialparse.export.fhir.codes import OWN, Element
from trialparse.models.base import Span

Kind = Literal["criterion", "threshold", "if", "if-else", "restated", "wrapped"]
"""criterion: its own requirement and its children; threshold: one with several parts; if: `then` holds where the
condition does; if-else: the same with `otherwise`; restated: says again what stands beside it, for the logic's sake;
wrapped: one element, in a combination because it needs a second `exclude` or something is restated beside it."""

_SPAN, _READ, _KIND, _SOURCE = (
    f"{OWN}StructureDefinition/{name}" for name in ("span", "read", "kind", "source-sha256")
)


def span_extension(span: Span) -> Element:
    """Half-open offsets into the source text."""
    ends = [{"url": name, "valueUnsignedInt": getattr(span, name)} for name in ("start", "end")]
    return {"url": _SPAN, "extension": ends}


def read_extension(span: Span, text: str) -> Element:
    """What was read, as printed, where the element has no description of its own or one of a longer text."""
    return {"url": _READ, "extension": [*span_extension(span)["extension"], {"url": "text", "valueString": text}]}


def kind_extension(kind: Kind) -> Element:
    """What kind of part an element stands for, where its structure alone does not say it."""
    return {"url": _KIND, "valueCode": kind}


def source_extension(sha256: str) -> Element:
    """Which text the offsets are of."""
    return {"url": _SOURCE, "valueString": sha256}


def marked(element: Element, kind: Kind) -> Element:
    """The element with its kind."""
    return {**element, "extension": [*element.get("extension", ()), kind_extension(kind)]}


def kinds(element: Mapping[str, Any]) -> set[str]:
    """The kinds of an element."""
    return {each.get("valueCode", "") for each in _extensions(element) if each.get("url") == _KIND}


def span_of(element: Mapping[str, Any]) -> Span:
    """Where an element was read; 0 to 0 where it does not say so."""
    return _place(_parts(element, _SPAN) or {})


def read_of(element: Mapping[str, Any]) -> tuple[str, Span]:
    """What was read, and where: of what it says for itself, else the element's description and span."""
    parts = _parts(element, _READ)
    if parts is None:
        return element.get("description") or "", span_of(element)
    return parts.get("text", {}).get("valueString") or "", _place(parts)


def _place(parts: Mapping[str, Mapping[str, Any]]) -> Span:
    start, end = (parts.get(name, {}).get("valueUnsignedInt") or 0 for name in ("start", "end"))
    return Span(start=start, end=end)


def _parts(element: Mapping[str, Any], url: str) -> dict[str, Mapping[str, Any]] | None:
    """The parts of a complex extension by their names."""
    found = next((each for each in _extensions(element) if each.get("url") == url), None)
    return None if found is None else {part.get("url", ""): part for part in _extensions(found)}


def _extensions(element: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = element.get("extension")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
