"""Flat views over the criteria tree: one row a threshold or a window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from trialparse.models.eligibility import Criterion, Eligibility, SectionName
from trialparse.models.requirement import AllOf, AnyOf, AtLeast, If, Not, Requirement, Statement, Threshold, Window


class FlatThreshold(NamedTuple):
    """A threshold and where it stands."""

    section: SectionName
    criterion: Criterion
    threshold: Threshold
    condition: Requirement | None
    """The innermost condition under which the limit holds, or None."""
    negated: bool
    """Whether the prose denies it (standing in the exclusion section is not a denial)."""


class FlatWindow(NamedTuple):
    """A time window and where it stands."""

    section: SectionName
    criterion: Criterion
    window: Window
    negated: bool


class _Leaf(NamedTuple):
    item: Threshold | Window | Statement
    condition: Requirement | None
    negated: bool


def _leaves(root: Requirement) -> Iterator[_Leaf]:
    stack = [(root, None, False)]  # type: list[tuple[Requirement, Requirement | None, bool]]
    while stack:
        item, condition, negated = stack.pop()
        match item:
            case AllOf() | AnyOf() | AtLeast():
                stack.extend((part, condition, negated) for part in reversed(item.items))
            case Not():
                stack.append((item.item, condition, not negated))
            case If():
                if item.otherwise is not None:
                    stack.append((item.otherwise, condition, negated))
                stack.append((item.then, item.condition, negated))
                stack.append((item.condition, condition, negated))
            case _:
                yield _Leaf(item, condition, negated)


def thresholds_of(eligibility: Eligibility) -> Iterator[FlatThreshold]:
    """Every threshold of the tree."""
    for section, criterion in eligibility.criteria():
        if criterion.requirement is not None:
            for item, condition, negated in _leaves(criterion.requirement):
                if isinstance(item, Threshold):
                    yield FlatThreshold(section, criterion, item, condition, negated)


def windows_of(eligibility: Eligibility) -> Iterator[FlatWindow]:
    """Every time window of the tree, whether it stands alone or belongs to a threshold or statement."""
    for section, criterion in eligibility.criteria():
        if criterion.requirement is not None:
            for item, _, negated in _leaves(criterion.requirement):
                for window in (item,) if isinstance(item, Window) else item.windows:
                    yield FlatWindow(section, criterion, window, negated)
