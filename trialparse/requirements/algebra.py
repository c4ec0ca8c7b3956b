"""The algebra of expressions: joining, denying, conditions, and one limit in another's stead.

Every function keeps the meaning that its name says, as truth tables in the tests check.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialparse.lexicon.measures import measures
from trialparse.requirements.expression import All, AnyOf, Bounded, Count, Expression, If, Not, Said, walk
from trialparse.requirements.fit import same_side


def conjunction(items: Iterable[Expression]) -> Expression:
    """All of the items: nested alls are one, what is said twice is said once, a single item stands alone."""
    flat = _flat(items, All)
    return flat[0] if len(flat) == 1 else All(flat)


def disjunction(items: Iterable[Expression]) -> Expression:
    """Any of the items, made flat likewise."""
    flat = _flat(items, AnyOf)
    return flat[0] if len(flat) == 1 else AnyOf(flat)


def _flat(items: Iterable[Expression], kind: type[All] | type[AnyOf]) -> tuple[Expression, ...]:
    out: dict[Expression, None] = {}
    for item in items:
        out.update(dict.fromkeys(item.items if isinstance(item, kind) else (item,)))
    return tuple(out)


def denial(item: Expression) -> Expression:
    """A double denial is none."""
    return item.item if isinstance(item, Not) else Not(item)


def counted(minimum: int, items: Sequence[Expression]) -> Expression:
    """At least so many of the items: one is any, all is all."""
    if minimum <= 1 or len(items) < minimum:
        return disjunction(items)
    return conjunction(items) if minimum == len(items) else Count(minimum, tuple(items))


def conditional(condition: Expression, then: Expression) -> Expression:
    """`then` under a condition."""
    return If(condition, then)


def unless(item: Expression, exception: Expression, *, binding: bool) -> Expression:
    """`A except B`: what is asked of people (`binding`) B releases from, and what is found in them B undoes."""
    if binding:
        return If(denial(exception), item)
    return conjunction([item, denial(exception)])


def limited(item: Expression) -> frozenset[str]:
    """The measures that an expression limits, those of conditions left out; groups are taken for their members."""
    names: set[str] = set()
    stack = [item]
    while stack:
        each = stack.pop()
        match each:
            case Bounded():
                names.update(*(_members(name) for name in each.finding.names))
            case If():
                stack.append(each.then)
                stack.extend([] if each.otherwise is None else [each.otherwise])
            case All() | AnyOf() | Count():
                stack.extend(each.items)
            case Not():
                stack.append(each.item)
    return frozenset(names)


def _members(name: str) -> frozenset[str]:
    row = measures().get(name)
    return frozenset(row.covers) if row is not None and row.covers else frozenset({name})


def is_note(item: Expression) -> bool:
    """Whether an expression binds nobody: a note, with the limits it names."""
    said = item.condition if isinstance(item, If) else item
    return isinstance(said, Said) and not said.asserts


def conjuncts(items: Sequence[Expression]) -> list[Expression]:
    """The items, those that are alls taken apart."""
    return [part for item in items for part in (item.items if isinstance(item, All) else (item,))]


def replaced(items: Sequence[Expression]) -> list[Expression]:
    """Limits that a later one replaces for some people hold for the others.

    `A ≤ 3 (A ≤ 5 if X)` is: if X then A ≤ 5, otherwise A ≤ 3. A bracket behind several limits may name each again.
    """
    out: list[Expression] = []
    for item in items:
        if isinstance(item, If) and item.otherwise is None and limited(item.then) and not is_note(item):
            rest = [part for part in _conjuncts(item) if not _replace(out, part)]
            out.extend(rest if len(rest) > 1 or rest != [item] else [item])
        else:
            out.append(item)
    return out


def facing(items: Sequence[Expression]) -> list[Expression]:
    """`≤ 1.5 or, with X, > 1.5`: of several that may hold, what lies beyond a limit is let in with X alone."""
    out: list[Expression] = []
    for item in items:
        parts = item.items if isinstance(item, All) else (item,)
        out.append(conjunction(_with_condition(part) if _lies_beyond(part, out) else part for part in parts))
    return out


def _with_condition(item: Expression) -> Expression:
    return conjunction([item.condition, item.then]) if isinstance(item, If) else item


def _lies_beyond(item: Expression, others: Sequence[Expression]) -> bool:
    """Whether a condition's limit is on the side of a measure that an earlier limit leaves out."""
    then = item.then if isinstance(item, If) and item.otherwise is None and not is_note(item) else None
    return isinstance(then, Bounded) and any(
        isinstance(other, Bounded)
        and other.finding.names == then.finding.names
        and not same_side(other.finding.quantity, then.finding.quantity)
        for other in others
    )


def _conjuncts(item: If) -> list[If]:
    """`if X: A and B` as `if X: A` and `if X: B`."""
    then = item.then.items if isinstance(item.then, All) else (item.then,)
    return [If(item.condition, part) for part in then] if all(map(limited, then)) else [item]


def _replace(before: list[Expression], item: If) -> bool:
    """Put the earlier limits on the same measures into `otherwise`; whether there were any."""
    if any(isinstance(part, Bounded) and part.finding.event is not None for part in walk(item.then)):
        return False  # an age at some event is no other limit on the patient's own age
    names = limited(item.then)
    found = [i for i, other in enumerate(before) if limited(other) and limited(other) <= names and _is_plain(other)]
    if not found or frozenset().union(*(limited(before[i]) for i in found)) != names:
        return False
    earlier = conjunction(before[i] for i in found)
    before[found[0]] = If(item.condition, item.then, earlier)
    for i in reversed(found[1:]):
        del before[i]
    return True


def _is_plain(item: Expression) -> bool:
    """Whether an expression says its limits of everybody."""
    return not any(isinstance(part, If) for part in walk(item))
