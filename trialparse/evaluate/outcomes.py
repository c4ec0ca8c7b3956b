"""Kleene's three-valued logic, exactly, where a condition may also not concern the patient.

What is known of an outcome is the set of what it may still turn out to be: true, false, or idle (it binds nobody here:
a condition that is not met, a permission). Idle is neutral in every connective. Sets of bits, so that joining is fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_

TRUE, FALSE, IDLE = 1, 2, 4
OPEN = TRUE | FALSE
"""True or false, nobody knows."""
DECIDED = frozenset((TRUE, FALSE, IDLE))


def both(parts: Sequence[int]) -> int:
    """What `all` of them may be."""
    if len(parts) == 1:  # the most common case
        return parts[0]
    return inverse(either([inverse(part) for part in parts]))


def either(parts: Sequence[int]) -> int:
    """What `any` of them may be."""
    return counted(parts, 1)


def counted(parts: Sequence[int], minimum: int) -> int:
    """What `at least minimum` of them may be."""
    found = reduce(and_, parts, IDLE)
    if sum([part & TRUE for part in parts]) >= minimum:
        found |= TRUE
    certain = parts.count(TRUE)
    # too few: those that need not be true are not, and at least one of them binds
    if certain < minimum and (certain or _binds_in_vain(parts, minimum)):
        found |= FALSE
    return found


def _binds_in_vain(parts: Sequence[int], minimum: int) -> bool:
    seen = reduce(or_, parts, 0)
    return bool(seen & FALSE or (minimum > 1 and seen & TRUE))


def inverse(part: int) -> int:
    """What the denial may be."""
    return part & IDLE | (FALSE if part & TRUE else 0) | (TRUE if part & FALSE else 0)


def conditional(condition: int, then: int, otherwise: int) -> int:
    """What `if` may be; a condition that binds nobody leaves nothing."""
    return (
        (then if condition & TRUE else 0) | (otherwise if condition & FALSE else 0) | (IDLE if condition & IDLE else 0)
    )


def settled(part: int, idle: int) -> int:
    """With a value for what does not concern the patient."""
    return part & OPEN | idle if part & IDLE else part
