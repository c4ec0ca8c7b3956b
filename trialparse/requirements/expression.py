"""What a criterion asserts, as typed objects, until `output` writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from trialparse.requirements.neighbours import Finding
from trialparse.requirements.window import Elapsed


@dataclass(frozen=True, slots=True)
class Bounded:
    """A limit on one or several measures, all or any of which must meet it."""

    finding: Finding
    windows: tuple[Elapsed, ...] = ()
    any_of: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Prose, with the times it happens at; without `asserts` it binds nobody."""

    start: int
    end: int
    windows: tuple[Elapsed, ...] = ()
    asserts: bool = True
    left_out: tuple[int, int] | None = None
    """What stands between start and end and is no part of it: the denial of what is denied."""


@dataclass(frozen=True, slots=True)
class All:
    """Every item holds."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one item holds."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """At least `minimum` items hold."""

    minimum: int
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The item does not hold."""

    item: Expression


@dataclass(frozen=True, slots=True)
class If:
    """`then` for those who meet the condition; `otherwise`, if anything, for the others."""

    condition: Expression
    then: Expression
    otherwise: Expression | None = None


Expression: TypeAlias = Bounded | Said | All | AnyOf | Count | Not | If


def parts(item: Expression) -> tuple[Expression, ...]:
    """What an expression is made of."""
    match item:
        case All() | AnyOf() | Count():
            return item.items
        case Not():
            return (item.item,)
        case If(otherwise=None):
            return (item.condition, item.then)
        case If():
            return (item.condition, item.then, item.otherwise)  # type: ignore[return-value]
    return ()


def walk(root: Expression) -> Iterator[Expression]:
    """An expression and all that it is made of, without recursion."""
    stack = [root]
    while stack:
        item = stack.pop()
        yield item
        stack.extend(parts(item))


def depth(root: Expression, most: int) -> int:
    """How many levels there are; counted no further than `most`."""
    levels, level = 0, [root]
    while level and levels <= most:
        levels += 1
        level = [part for item in level for part in parts(item)]
    return levels
