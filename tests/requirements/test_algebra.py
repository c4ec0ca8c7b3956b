"""The algebra keeps meaning: held to truth tables over every world of a few statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialparse.requirements import algebra
from trialparse.requirements.expression import All, AnyOf, Count, Expression, If, Not, Said, depth, parts, walk

ATOMS = [Said(i, i + 1) for i in range(4)]
WORLDS = [dict(zip(ATOMS, values, strict=True)) for values in product((False, True), repeat=len(ATOMS))]
World = Mapping[Said, bool]


def holds(item: Expression, world: World) -> bool:
    """Two-valued, written apart from the project's own evaluation; a condition that is not met asks nothing."""
    match item:
        case Said():
            return world[item]
        case All():
            return all(holds(part, world) for part in item.items)
        case AnyOf():
            return any(holds(part, world) for part in item.items)
        case Count():
            return sum(holds(part, world) for part in item.items) >= item.minimum
        case Not():
            return not holds(item.item, world)
        case If():
            if holds(item.condition, world):
                return holds(item.then, world)
            return item.otherwise is None or holds(item.otherwise, world)
    raise TypeError(type(item).__name__)


def alike(first: Expression, meaning: Callable[[World], bool]) -> bool:
    return all(holds(first, world) == meaning(world) for world in WORLDS)


def expressions() -> st.SearchStrategy[Expression]:
    atoms: st.SearchStrategy[Expression] = st.sampled_from(ATOMS)

    def larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        lists = st.lists(inner, min_size=1, max_size=4).map(tuple)
        return st.one_of(
            lists.map(All),
            lists.map(AnyOf),
            st.builds(Count, st.integers(1, 3), lists),
            inner.map(Not),
            st.builds(If, inner, inner, st.none() | inner),
        )

    return st.recursive(atoms, larger, max_leaves=8)


@given(st.lists(expressions(), min_size=1, max_size=4))
def test_joins(items: list[Expression]) -> None:
    assert alike(algebra.conjunction(items), lambda world: all(holds(item, world) for item in items))
    assert alike(algebra.disjunction(items), lambda world: any(holds(item, world) for item in items))
    assert alike(All(tuple(algebra.conjuncts(items))), lambda world: all(holds(item, world) for item in items))


@given(expressions())
def test_denial(item: Expression) -> None:
    assert alike(algebra.denial(item), lambda world: not holds(item, world))
    assert algebra.denial(algebra.denial(item)) == item or isinstance(item, Not)
    assert not isinstance(algebra.denial(Not(item)), Not) or isinstance(item, Not)


@given(st.integers(1, 5), st.lists(st.sampled_from(ATOMS), min_size=1, max_size=4, unique=True))
def test_counts(minimum: int, items: list[Said]) -> None:
    most = min(minimum, len(items)) if minimum <= len(items) else 1
    assert alike(algebra.counted(minimum, items), lambda world: sum(world[item] for item in items) >= most)


@given(expressions(), expressions())
def test_conditions_and_exceptions(item: Expression, other: Expression) -> None:
    assert alike(algebra.conditional(other, item), lambda world: not holds(other, world) or holds(item, world))
    released = algebra.unless(item, other, binding=True)
    assert alike(released, lambda world: holds(other, world) or holds(item, world))
    undone = algebra.unless(item, other, binding=False)
    assert alike(undone, lambda world: holds(item, world) and not holds(other, world))


@given(expressions())
def test_walking_meets_every_part(item: Expression) -> None:
    def count(each: Expression) -> int:
        return 1 + sum(map(count, parts(each)))

    assert sum(1 for _ in walk(item)) == count(item)
    assert 1 <= depth(item, 3) <= 4


@pytest.mark.parametrize(
    ("items", "flat"),
    [
        ([All((ATOMS[0], ATOMS[1])), ATOMS[0]], All((ATOMS[0], ATOMS[1]))),
        ([ATOMS[2]], ATOMS[2]),
        ([AnyOf((ATOMS[0], ATOMS[1])), ATOMS[2]], All((AnyOf((ATOMS[0], ATOMS[1])), ATOMS[2]))),
    ],
)
def test_a_conjunction_is_flat_and_says_nothing_twice(items: list[Expression], flat: Expression) -> None:
    assert algebra.conjunction(items) == flat
