"""The eligibility criteria as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from trialparse.decimals import written
from trialparse.models.base import Model, Number, Span
from trialparse.models.diagnostic import Diagnostic
from trialparse.models.notation import shortened
from trialparse.models.page import criterion_html, eligibility_html
from trialparse.models.requirement import Requirement
from trialparse.models.verdict import CriterionVerdict, Judge, TrialVerdict

if TYPE_CHECKING:
    from rich.console import RenderableType

Sex = Literal["ALL", "FEMALE", "MALE"]
AgeUnit = Literal["a", "mo", "wk", "d", "h", "min"]
Combine = Literal["all", "any", "at_least"]
SectionName = Literal["inclusion", "exclusion", "other"]


class Age(Model):
    """An age limit of the record's own age field; inclusive by the registries' definition."""

    value: Number
    unit: AgeUnit = Field(description="UCUM: a (years), mo, wk, d, h, min")

    def __str__(self) -> str:
        return f"{written(self.value)} {self.unit}"


class Criterion(Model):
    """One node of the criteria tree."""

    id: str = Field(description='section and path: "I3.2" is the second child of the third inclusion criterion')
    marker: str | None = Field(default=None, description='bullet or number as printed: "*", "1.", "a)"')
    text: str = Field(description="own text: marker off, escapes resolved, white space folded")
    span: Span = Field(description="of the own text, without marker and children")
    heading: bool = Field(default=False, description="a sub-heading or lead-in that asserts nothing by itself")
    combine: Combine | None = Field(default=None, description="how the children join; null without children")
    minimum: int | None = Field(default=None, description="how many children must hold when `combine` is at_least")
    children: tuple[Criterion, ...] = ()
    requirement: Requirement | None = Field(default=None, description="what it asks for; null for a bare heading")

    def evaluate(self, patient: Judge) -> CriterionVerdict:
        """Whether it is true of a patient, with all that stands under it: met, not met or unknown, with reasons.

        An exclusion criterion that is met excludes. Whom a condition does not concern meets an inclusion criterion, and
        does not meet an exclusion criterion; the section is told by the id.

        Args:
            patient: a `trialparse.Patient`, or whoever else can be asked.
        """
        return patient.judge_criterion(self)

    def __repr__(self) -> str:
        return f"<Criterion {self.id} {shortened(self.text)!r}>"

    def __str__(self) -> str:
        return f"{self.id} {self.text}"

    def _repr_html_(self) -> str:
        return criterion_html(self)

    def __rich__(self) -> RenderableType:
        from trialparse.models.tree import criterion_tree

        return criterion_tree(self)


def subtree(root: Criterion) -> Iterator[Criterion]:
    """A criterion and all that stand under it, parents first, in the order of the text."""
    stack = [root]
    while stack:
        criterion = stack.pop()
        yield criterion
        stack.extend(reversed(criterion.children))


class Eligibility(Model):
    """Who may take part. Section headings are not nodes; polarity is the section a criterion stands in."""

    minimum_age: Age | None = None
    maximum_age: Age | None = None
    sex: Sex | None = None
    healthy_volunteers: bool | None = None
    span: Span | None = Field(default=None, description="of the whole criteria block")
    inclusion: tuple[Criterion, ...] = ()
    exclusion: tuple[Criterion, ...] = ()
    other: tuple[Criterion, ...] = Field(default=(), description="boilerplate and text that is neither")
    headings: tuple[Span, ...] = Field(
        default=(), description="the own spans of the section headings, and of rules between items"
    )
    diagnostics: tuple[Diagnostic, ...] = ()

    def evaluate(self, patient: Judge) -> TrialVerdict:
        """Whether a patient meets all inclusion criteria and the fields for age and sex, and no exclusion criterion.

        Args:
            patient: a `trialparse.Patient`, or whoever else can be asked.
        """
        return patient.judge_eligibility(self)

    def __repr__(self) -> str:
        counts = (f"{len(getattr(self, name))} {name}" for name in ("inclusion", "exclusion", "other"))
        return f"<Eligibility {', '.join(counts)}>"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return eligibility_html(self)

    def __rich__(self) -> RenderableType:
        from rich.console import Group

        from trialparse.models.tree import criteria_trees

        return Group(*criteria_trees(self))

    def criteria(self) -> Iterator[tuple[SectionName, Criterion]]:
        """All criteria with their section, parents before children, in the order of the text."""
        sections: tuple[tuple[SectionName, tuple[Criterion, ...]], ...] = (
            ("inclusion", self.inclusion),
            ("exclusion", self.exclusion),
            ("other", self.other),
        )
        for name, roots in sections:
            for root in roots:
                yield from ((name, each) for each in subtree(root))
