"""Criteria as parts that decide: what binds nobody is set aside, and each limit, time and statement is one element."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from trialparse.evaluate.prose import is_defined_below
from trialparse.export.binding import binds
from trialparse.export.fhir.codes import MEASURES, Element, code
from trialparse.export.fhir.extensions import marked, span_extension
from trialparse.export.fhir.quantities import value_of
from trialparse.export.fhir.times import timing
from trialparse.export.losses import Losses
from trialparse.models.eligibility import Criterion
from trialparse.models.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    If,
    Measure,
    Not,
    Requirement,
    Statement,
    Threshold,
    Window,
)

LOINC = "http://loinc.org"

Joint = Literal["leaf", "own", "all", "any", "at_least", "not", "if"]
"""own: a criterion that is nothing but its own requirement."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what a criterion asks for, or a criterion."""

    kind: Joint
    items: tuple[Part, ...] = ()
    """Of `if`: condition, then, and otherwise if there is one."""
    minimum: int = 1
    element: Element | None = None
    """Of a leaf: the characteristic that says it."""
    criterion: Criterion | None = None
    """The criterion that it is as a whole."""
    notes: tuple[str, ...] = ()
    """What stands in that criterion and binds nobody."""
    times: Element = field(default_factory=dict)
    """When what stands under it must hold: the elements of its lead-in's time windows."""

    @property
    def always_binds(self) -> bool:
        """Whether it concerns every patient: a condition that is not met leaves nothing that binds."""
        match self.kind:
            case "leaf":
                return True
            case "not":
                return self.items[0].always_binds
            case "if":
                return len(self.items) == len(_BRANCHES) and all(item.always_binds for item in self.items)
            case _:
                return any(item.always_binds for item in self.items)


_BRANCHES = ("condition", "then", "otherwise")


class Parts:
    """Makes parts of criteria, and says what cannot be made one."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses

    def criterion(self, node: Criterion) -> Part | None:
        """A criterion with all that stands under it; None where it binds nobody."""
        before = len(self._losses.found)
        own = self._own(node)
        notes = [each.text or "" for each in self._losses.found[before:] if each.code == "binds_nobody"]
        made = [(child, self.criterion(child)) for child in node.children]
        notes += [child.text for child, part in made if part is None]
        children = tuple(part for _, part in made if part is not None)
        if not children and own is None:
            if len(self._losses.found) == before:  # a heading over nothing
                self._losses.add("binds_nobody", node.id, node.text, node.span)
            return None
        kind, items, minimum = _joined(own, children, node)
        return Part(kind, items, minimum, criterion=node, notes=tuple(notes), times=_times_below(node))

    def _own(self, node: Criterion) -> Part | None:
        """What a criterion asks for itself; a heading over children asks for what they do."""
        if node.requirement is None:
            return None if node.heading or node.children else Part("leaf", element={})
        if node.heading and node.children:
            self._losses.leaves("binds_nobody", node.requirement, f"{node.id}/0")
            return None
        return self.requirement(node.requirement, f"{node.id}/0")

    def requirement(self, item: Requirement, path: str) -> Part | None:
        """A requirement, which stands at `path`; None where it binds nobody."""
        if not binds(item):
            self._losses.leaves("binds_nobody", item, path)
            return None
        match item:
            case Statement():
                said: Element = {"definitionCodeableConcept": {"text": item.text}}
                return self._leaf(item, said, path)
            case Window():
                return self._leaf(item, {}, path)
            case Threshold():
                return self._leaf(item, self._limits(item, path), path)
            case Not():
                inner = self.requirement(item.item, f"{path}.0")
                return None if inner is None else Part("not", (inner,))
            case If():
                return self._if(item, path)
            case AllOf() | AnyOf() | AtLeast():
                items = self._some(self.requirement(part, f"{path}.{i}") for i, part in enumerate(item.items))
                minimum = item.minimum if isinstance(item, AtLeast) else 1
                return Part(item.kind, items, minimum) if items else None

    def _if(self, item: If, path: str) -> Part | None:
        """A condition that binds; where what follows it does not, `otherwise` is for whom it does not hold."""
        condition, then = self.requirement(item.condition, f"{path}.0"), self.requirement(item.then, f"{path}.1")
        otherwise = None if item.otherwise is None else self.requirement(item.otherwise, f"{path}.2")
        if condition is not None and then is None:
            condition, then, otherwise = Part("not", (condition,)), otherwise, None
        return Part("if", self._some((condition, then, otherwise)))

    def _some(self, parts: Iterable[Part | None]) -> tuple[Part, ...]:
        return tuple(part for part in parts if part is not None)

    def _leaf(self, item: Threshold | Window | Statement, said: Element, path: str) -> Part:
        extension = [span_extension(item.span), *said.pop("extension", ())]
        windows = (
            [(path, item)] if isinstance(item, Window) else [(f"{path}.{i}", w) for i, w in enumerate(item.windows)]
        )
        times = timing(windows, self._losses)
        return Part("leaf", element={"extension": extension, "description": item.text, **said, **times})

    def _limits(self, item: Threshold, path: str) -> Element:
        """What a threshold asks for, as a definition."""
        concept = measured(item.measure)
        values = value_of(item)
        unsaid = "no_limit" if values == [] and not item.values else "limit_form" if values is None else None
        if values and item.values:
            unsaid = "classes_and_limits"
        if unsaid is not None:
            self._losses.add(unsaid, path, item.text, item.span)
            return {"definitionCodeableConcept": {"text": item.text}}
        for reference in dict.fromkeys(multiple for _, multiple in values or () if multiple is not None):
            self._losses.add("reference_multiple", path, item.text, item.span, reference=reference)
        classes = [{"valueCodeableConcept": {"text": each}} for each in item.values]
        pieces = classes or [value for value, _ in values or ()]
        definitions = [{"definitionByTypeAndValue": {"type": concept, **piece}} for piece in pieces]
        if len(definitions) == 1:
            return dict(definitions[0])
        return marked(combination("any-of" if classes else "all-of", definitions), "threshold")


def _joined(own: Part | None, children: tuple[Part, ...], node: Criterion) -> tuple[Joint, tuple[Part, ...], int]:
    """How a criterion's own requirement and its children join: both must hold."""
    combine, minimum = node.combine or "all", node.minimum or 1
    if own is None:
        return combine, children, minimum
    if not children:
        return "own", (own,), 1
    return "all", (own, *children) if combine == "all" else (own, Part(combine, children, minimum)), 1


def _times_below(node: Criterion) -> Element:
    """`Adequate organ function within 14 days before E, meaning:` says when the values under it are measured."""
    lead = node.requirement
    if not node.children or not isinstance(lead, Statement) or not is_defined_below(lead):
        return {}
    return timing([("", window) for window in lead.windows], Losses())


def measured(measure: Measure) -> Element:
    """What is measured: its LOINC code, its name in the lexicon, and as printed."""
    codes = ((LOINC, measure.loinc), (MEASURES, measure.name))
    return {"coding": [{"system": system, "code": value} for system, value in codes if value], "text": measure.text}


def combination(joint: str, items: Sequence[Element], threshold: int | None = None) -> Element:
    """A definitionByCombination."""
    counted = {} if threshold is None else {"threshold": threshold}
    joined = {"code": code("characteristic-combination", joint), **counted, "characteristic": list(items)}
    return {"definitionByCombination": joined}
