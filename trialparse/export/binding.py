"""What binds a patient at all: permissions and explanations do not, nor do conditions that lead to nothing else."""

from __future__ import annotations

from trialparse.models.eligibility import Criterion
from trialparse.models.requirement import If, Requirement, Statement, Threshold, Window
from trialparse.models.visit import parts


def binds(item: Requirement) -> bool:
    """Whether there can be a patient whom a requirement concerns."""
    match item:
        case Statement():
            return item.asserts
        case If():
            branches = (item.then, item.otherwise)
            return binds(item.condition) and any(branch is not None and binds(branch) for branch in branches)
        case Threshold() | Window():
            return True
        case _:
            return any(binds(each) for each, _ in parts(item))


def criterion_binds(node: Criterion) -> bool:
    """Whether there can be a patient whom a criterion concerns, with what stands under it."""
    if any(map(criterion_binds, node.children)):
        return True
    if node.requirement is None:
        return not node.heading and not node.children  # prose of which nothing was read
    return not (node.heading and node.children) and binds(node.requirement)
