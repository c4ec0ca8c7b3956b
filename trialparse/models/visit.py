"""Ways through a requirement: every part of it with its place, or a visitor with a method for each kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Literal, NamedTuple, TypeVar

from trialparse.models.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    If,
    Not,
    Requirement,
    Statement,
    Threshold,
    Window,
)

T = TypeVar("T")
Part = Literal["item", "condition", "then", "otherwise", "window"]


class Place(NamedTuple):
    """A part of a requirement and where it stands."""

    item: Requirement
    path: str
    """Positions from the root, which is "0", down: "0.1.0"."""
    part: Part | None
    """As what it stands in what is above it; None for the root."""


def walk(root: Requirement) -> Iterator[Place]:
    """Every part of a requirement, parents first and in order, also the time windows of limits and statements.

    Example:
        >>> from trialparse import parse_criterion
        >>> requirement = parse_criterion("Hemoglobin > 9 g/dL or transfusion within 2 weeks").requirement
        >>> [(place.path, place.item.kind) for place in walk(requirement)]
        [('0', 'any'), ('0.0', 'threshold'), ('0.1', 'statement'), ('0.1.0', 'window')]
    """
    stack = [Place(root, "0", None)]
    while stack:
        place = stack.pop()
        yield place
        inner = [Place(item, f"{place.path}.{i}", part) for i, (item, part) in enumerate(parts(place.item))]
        stack.extend(reversed(inner))


def parts(item: Requirement) -> list[tuple[Requirement, Part]]:
    """What stands directly in it."""
    match item:
        case AllOf() | AnyOf() | AtLeast():
            return [(each, "item") for each in item.items]
        case Not():
            return [(item.item, "item")]
        case If():
            found: list[tuple[Requirement | None, Part]] = [
                (item.condition, "condition"),
                (item.then, "then"),
                (item.otherwise, "otherwise"),
            ]
            return [(each, part) for each, part in found if each is not None]
        case Threshold() | Statement():
            return [(window, "window") for window in item.windows]
        case Window():
            return []


class Visitor(Generic[T]):
    """Subclass it with a method for each kind of requirement; `visit` calls the right one.

    The methods of joining kinds call `visit` on the parts they want to see.
    """

    def visit(self, item: Requirement) -> T:
        """What the method for the item's kind returns."""
        match item:
            case Threshold():
                return self.threshold(item)
            case Window():
                return self.window(item)
            case Statement():
                return self.statement(item)
            case AllOf():
                return self.all_of(item)
            case AnyOf():
                return self.any_of(item)
            case AtLeast():
                return self.at_least(item)
            case Not():
                return self.negation(item)
            case If():
                return self.conditional(item)

    def threshold(self, item: Threshold) -> T:
        """A limit on a measure."""
        raise NotImplementedError

    def window(self, item: Window) -> T:
        """A time that stands alone."""
        raise NotImplementedError

    def statement(self, item: Statement) -> T:
        """Prose."""
        raise NotImplementedError

    def all_of(self, item: AllOf) -> T:
        """Every item must hold."""
        raise NotImplementedError

    def any_of(self, item: AnyOf) -> T:
        """One item must hold."""
        raise NotImplementedError

    def at_least(self, item: AtLeast) -> T:
        """So many items must hold."""
        raise NotImplementedError

    def negation(self, item: Not) -> T:
        """The item must not hold."""
        raise NotImplementedError

    def conditional(self, item: If) -> T:
        """`then` for whom the condition holds, `otherwise` for the others."""
        raise NotImplementedError
