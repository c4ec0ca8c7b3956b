"""Flat views over the criteria tree: one row a threshold or a window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from trialparse.models.eligibility import Criterion, Eligibility, SectionName
from trialparse.models.requirement import AllOf, AnyOf, AtLeast, If, Not, Requirement, Statement, Threshold, Window

Role = Literal["requirement", "condition", "exception", "note"]


class FlatThreshold(NamedTuple):
    """A threshold and where it stands."""

    section: SectionName
    criterion: Criterion
    threshold: Threshold
    condition: Requirement | None
    """The innermost condition under which the limit holds, or None."""
    negated: bool
    """Whether the prose denies it (standing in the exclusion section is not a denial)."""
    role: Role = "requirement"
    """Only a `requirement` is a limit on the patient; a condition, an exception and a note are none."""
    alternative: str | None = None
    """The innermost `any` that the limit is in a branch of, as its path in the criterion's requirement, or None."""


class FlatWindow(NamedTuple):
    """A time window and where it stands."""

    section: SectionName
    criterion: Criterion
    window: Window
    negated: bool
    role: Role = "requirement"
    alternative: str | None = None


class _Leaf(NamedTuple):
    item: Requirement
    path: str = "0"
    """Positions from the root down, which is 0."""
    condition: Requirement | None = None
    negated: bool = False
    role: Role = "requirement"
    alternative: str | None = None

    def inner(self, item: Requirement, position: int, *, role: Role | None = None) -> _Leaf:
        """A part of it; once no requirement, always none."""
        kept = self.role if role is None or self.role != "requirement" else role
        return self._replace(item=item, path=f"{self.path}.{position}", role=kept)


def _leaves(root: Requirement) -> Iterator[_Leaf]:
    stack = [_Leaf(root)]
    while stack:
        leaf = stack.pop()
        inner = list(_parts(leaf))
        if not inner and not isinstance(leaf.item, AllOf | AnyOf | AtLeast):
            yield leaf
        stack.extend(reversed(inner))


def _parts(leaf: _Leaf) -> Iterator[_Leaf]:
    match leaf.item:
        case AnyOf() | AtLeast():
            within = leaf._replace(alternative=leaf.path)
            yield from (within.inner(part, i) for i, part in enumerate(leaf.item.items))
        case AllOf():
            for i, part in enumerate(leaf.item.items):
                excepted = isinstance(part, Not) and len(leaf.item.items) > 1
                yield leaf.inner(part, i, role="exception" if excepted else None)
        case Not():
            yield leaf._replace(negated=not leaf.negated).inner(leaf.item.item, 0)
        case If():
            note = isinstance(leaf.item.condition, Statement) and not leaf.item.condition.asserts
            yield leaf.inner(leaf.item.condition, 0, role="note" if note else "condition")
            then = leaf._replace(condition=leaf.item.condition)
            yield then.inner(leaf.item.then, 1, role="note" if note else None)
            if leaf.item.otherwise is not None:
                yield leaf.inner(leaf.item.otherwise, 2)


def thresholds_of(eligibility: Eligibility) -> Iterator[FlatThreshold]:
    """Every threshold of the tree."""
    for section, criterion in eligibility.criteria():
        for leaf in _leaves(criterion.requirement) if criterion.requirement is not None else ():
            if isinstance(leaf.item, Threshold):
                yield FlatThreshold(
                    section, criterion, leaf.item, leaf.condition, leaf.negated, leaf.role, leaf.alternative
                )


def windows_of(eligibility: Eligibility) -> Iterator[FlatWindow]:
    """Every time window of the tree, whether it stands alone or belongs to a threshold or statement."""
    for section, criterion in eligibility.criteria():
        for leaf in _leaves(criterion.requirement) if criterion.requirement is not None else ():
            item = leaf.item
            role: Role = "note" if isinstance(item, Statement) and not item.asserts else leaf.role
            windows = (
                (item,) if isinstance(item, Window) else item.windows if isinstance(item, Threshold | Statement) else ()
            )
            for window in windows:
                yield FlatWindow(section, criterion, window, leaf.negated, role, leaf.alternative)
