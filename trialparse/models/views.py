"""Flat views over the criteria tree: one row a threshold or a window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from trialparse.models.eligibility import Criterion, Eligibility, SectionName
from trialparse.models.requirement import AllOf, AnyOf, AtLeast, If, Not, Requirement, Statement, Threshold, Window
from trialparse.models.subject import subject

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
    group: str | None = None
    """None where the limit decides alone: who misses it in the inclusion section, or meets it in the exclusion section,
    is out. Else the outermost part of the tree in which it is joined with others: a criterion ("E4") or a part of its
    requirement ("I3/0.1")."""
    path: str = "0"
    """Its place in the criterion's requirement, as `walk` counts."""


class FlatWindow(NamedTuple):
    """A time window and where it stands."""

    section: SectionName
    criterion: Criterion
    window: Window
    negated: bool
    role: Role = "requirement"
    alternative: str | None = None
    group: str | None = None
    """As of a threshold; of the statement or threshold that the window belongs to."""
    subject: str | None = None
    """What happens at that time: the prose head of the statement or the measure's name; None where it stands alone."""
    path: str = "0"
    """Place in the criterion's requirement, as `walk` counts, of the window or of what it belongs to."""


class _Leaf(NamedTuple):
    item: Requirement
    criterion: str
    decisive: bool | None
    """The value of this part that decides the whole."""
    group: str | None
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

    def joined(self, deciding: bool | None) -> _Leaf:
        """As part of a joint that only the value `deciding` of a part decides."""
        if self.group is not None or deciding is self.decisive:
            return self
        return self._replace(group=f"{self.criterion}/{self.path}")


def _leaves(eligibility: Eligibility) -> Iterator[tuple[SectionName, Criterion, _Leaf]]:
    for section, criterion, decisive, group in _nodes(eligibility):
        stack = [] if criterion.requirement is None else [_Leaf(criterion.requirement, criterion.id, decisive, group)]
        while stack:
            leaf = stack.pop()
            inner = list(_parts(leaf))
            if not inner and not isinstance(leaf.item, AllOf | AnyOf | AtLeast):
                yield section, criterion, leaf
            stack.extend(reversed(inner))


def _nodes(eligibility: Eligibility) -> Iterator[tuple[SectionName, Criterion, bool | None, str | None]]:
    """Each criterion with the value of its requirement that decides the whole, or else the joint that it is part of."""
    joints: dict[str, str | None] = {}
    for section, criterion in eligibility.criteria():
        decisive = {"inclusion": False, "exclusion": True, "other": None}[section]
        group = joints.get(criterion.id)
        lead = criterion.requirement is not None and not criterion.heading
        # a parent and its children must both hold
        if group is None and lead and criterion.children and decisive is not False:
            group = criterion.id
        below = group
        if below is None and len(criterion.children) > 1 and _deciding(criterion) is not decisive:
            below = criterion.id
        joints.update((child.id, below) for child in criterion.children)
        passed_over = criterion.heading and criterion.children
        yield section, criterion, decisive, criterion.id if group is None and passed_over else group


def _deciding(joint: Criterion | AtLeast) -> bool | None:
    """The value of a part that decides a joint: false in `all`, true in `any`."""
    parts: Sequence[object] = joint.children if isinstance(joint, Criterion) else joint.items
    mode = (joint.combine or "all") if isinstance(joint, Criterion) else "at_least"
    if mode == "at_least":
        return True if joint.minimum == 1 else False if joint.minimum == len(parts) else None
    return mode == "any"


def _parts(leaf: _Leaf) -> Iterator[_Leaf]:
    match leaf.item:
        case AnyOf() | AtLeast():
            deciding = _deciding(leaf.item) if isinstance(leaf.item, AtLeast) else True
            within = leaf if _binding(leaf.item.items) < 2 else leaf.joined(deciding)
            within = within._replace(alternative=leaf.path)
            yield from (within.inner(part, i) for i, part in enumerate(leaf.item.items))
        case AllOf():
            within = leaf if _binding(leaf.item.items) < 2 else leaf.joined(False)
            for i, part in enumerate(leaf.item.items):
                excepted = isinstance(part, Not) and len(leaf.item.items) > 1
                yield within.inner(part, i, role="exception" if excepted else None)
        case Not():
            decisive = None if leaf.decisive is None else not leaf.decisive
            yield leaf._replace(negated=not leaf.negated, decisive=decisive).inner(leaf.item.item, 0)
        case If():
            note = isinstance(leaf.item.condition, Statement) and not leaf.item.condition.asserts
            within = leaf._replace(group=leaf.group or f"{leaf.criterion}/{leaf.path}")
            yield within.inner(leaf.item.condition, 0, role="note" if note else "condition")
            then = within._replace(condition=leaf.item.condition)
            yield then.inner(leaf.item.then, 1, role="note" if note else None)
            if leaf.item.otherwise is not None:
                yield within.inner(leaf.item.otherwise, 2)


def _binding(items: Sequence[Requirement]) -> int:
    """How many parts of a joint bind anybody."""
    return sum(not isinstance(item, Statement) or item.asserts for item in items)


def thresholds_of(eligibility: Eligibility) -> Iterator[FlatThreshold]:
    """Every threshold of the tree."""
    for section, criterion, leaf in _leaves(eligibility):
        if isinstance(leaf.item, Threshold):
            role, alternative, group = leaf.role, leaf.alternative, leaf.group
            yield FlatThreshold(
                section, criterion, leaf.item, leaf.condition, leaf.negated, role, alternative, group, leaf.path
            )


def windows_of(eligibility: Eligibility) -> Iterator[FlatWindow]:
    """Every time window of the tree, whether it stands alone or belongs to a threshold or statement."""
    for section, criterion, leaf in _leaves(eligibility):
        item = leaf.item
        role: Role = "note" if isinstance(item, Statement) and not item.asserts else leaf.role
        windows: tuple[Window, ...] = ()
        head = None
        if isinstance(item, Window):
            windows = (item,)
        elif isinstance(item, Threshold):
            windows, head = item.windows, item.measure.name or item.measure.text
        elif isinstance(item, Statement):
            windows = item.windows
            head = subject(item.text, [window.text for window in windows]) if windows else None
        # of several times all must be right
        group = leaf.group if len(windows) < 2 else leaf.joined(False).group
        for window in windows:
            yield FlatWindow(section, criterion, window, leaf.negated, role, leaf.alternative, group, head, leaf.path)
