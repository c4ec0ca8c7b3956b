"""Brute force over small worlds: requirements are evaluated in every world that the facts leave open.

Written apart from `trialparse.evaluate`: two-valued in each world, and None for what does not concern the patient.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from hypothesis import strategies as st

from trialparse.models.base import Span
from trialparse.models.eligibility import Combine, Criterion
from trialparse.models.requirement import AllOf, AnyOf, AtLeast, If, Not, Requirement, Statement, Window

NOWHERE = Span(start=0, end=0)
Facts = Mapping[str, bool | None]
World = Mapping[str, bool]


def statement(name: str, *, asserts: bool = True) -> Statement:
    return Statement(text=name, span=NOWHERE, asserts=asserts)


def worlds(facts: Facts) -> Iterator[World]:
    """Every way in which what is not known may be."""
    open_ = [name for name, known in facts.items() if known is None]
    for values in product((False, True), repeat=len(open_)):
        yield {**{k: v for k, v in facts.items() if v is not None}, **dict(zip(open_, values, strict=True))}


def holds(item: Requirement, world: World) -> bool | None:
    """Whether a requirement is true in a world; None where it binds nobody there."""
    if isinstance(item, Statement):
        return world[item.text] if item.asserts else None
    if isinstance(item, Not):
        inner = holds(item.item, world)
        return None if inner is None else not inner
    if isinstance(item, If):
        condition = holds(item.condition, world)
        branch = None if condition is None else item.then if condition else item.otherwise
        return None if branch is None else holds(branch, world)
    assert isinstance(item, AllOf | AnyOf | AtLeast)
    return gathered([holds(part, world) for part in item.items], item.kind, getattr(item, "minimum", 1))


def gathered(values: list[bool | None], kind: str, minimum: int | None) -> bool | None:
    """What concerns the patient, joined; None where nothing does."""
    binding = [value for value in values if value is not None]
    if not binding:
        return None
    return {"all": all(binding), "any": any(binding), "at_least": binding.count(True) >= (minimum or 1)}[kind]


def node_holds(node: Criterion, world: World) -> bool | None:
    own = None if node.requirement is None else holds(node.requirement, world)
    if not node.children:
        return own
    below = gathered([node_holds(child, world) for child in node.children], node.combine or "all", node.minimum)
    return below if node.heading else gathered([own, below], "all", None)


def told(facts: Facts) -> Callable[[Statement | Window], bool | None]:
    """What a patient answers who knows these facts."""

    def ask(item: Statement | Window) -> bool | None:
        return facts[item.text]

    return ask


# -- invented trees ----------------------------------------------------------------------------------------------------

ATOMS = "abcdef"


@st.composite
def trees(draw: st.DrawFn, *, once: bool) -> tuple[Requirement, Facts]:
    """A requirement over a few statements, and what is known of them; `once`: each stands in it once."""
    free = list(ATOMS)
    facts: dict[str, bool | None] = {}

    def leaf() -> Requirement:
        name = (free.pop() if free else None) if once else draw(st.sampled_from(ATOMS[:4]))
        facts[name or "note"] = draw(st.sampled_from((True, False, None)))
        return statement(name or "note", asserts=name is not None and draw(st.integers(0, 9)) > 0)

    def grow(depth: int) -> Requirement:
        kind = draw(st.sampled_from(("leaf", "all", "any", "at_least", "not", "if"))) if depth else "leaf"
        if kind == "leaf":
            return leaf()
        if kind == "not":
            return Not(item=grow(depth - 1))
        if kind == "if":
            condition, then = grow(depth - 1), grow(depth - 1)
            return If(condition=condition, then=then, otherwise=grow(depth - 1) if draw(st.booleans()) else None)
        items = tuple(grow(depth - 1) for _ in range(draw(st.integers(0 if depth > 1 else 1, 3))))
        if kind == "at_least":
            return AtLeast(minimum=draw(st.integers(1, 3)), items=items)
        return AllOf(items=items) if kind == "all" else AnyOf(items=items)

    return grow(3), facts


@st.composite
def nodes(draw: st.DrawFn) -> tuple[Criterion, Facts]:
    """A criterion with children, and what is known."""
    section = draw(st.sampled_from("IE"))
    facts: dict[str, bool | None] = {}

    def grow(name: str, depth: int) -> Criterion:
        children = tuple(grow(f"{name}.{i}", depth - 1) for i in range(1, draw(st.integers(1, 4)) if depth else 1))
        heading = bool(children) and draw(st.booleans())
        combine: Combine | None = draw(st.sampled_from(("all", "any", "at_least"))) if children else None
        requirement: Requirement | None = None
        if not heading:
            fact = f"fact {name}"
            facts[fact] = draw(st.sampled_from((True, False, None)))
            only, then = statement(fact), statement(f"then {name}")
            facts[then.text] = draw(st.sampled_from((True, False, None)))
            requirement = If(condition=only, then=then) if draw(st.booleans()) else only
        return Criterion(
            id=name,
            text=name,
            span=NOWHERE,
            heading=heading,
            combine=combine,
            minimum=draw(st.integers(1, 2)) if combine == "at_least" else None,
            children=children,
            requirement=requirement,
        )

    return grow(f"{section}1", 2), facts
