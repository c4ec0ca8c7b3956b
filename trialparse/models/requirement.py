"""What one criterion asks for: limits on measures, time windows, and the logic that joins them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from trialparse.models.base import CLOSED, Model, Number, Span

Reference = Literal["ULN", "LLN", "BASELINE"]
Direction = Literal["before", "after"]


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as printed and as a UCUM code (case-sensitive); `ucum` is null where the spelling is not in the table."""

    text: str = Field(description='as printed, for example "×10^9/L"')
    ucum: str | None = Field(description='UCUM code, for example "10*9/L"')


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Offset:
    """What is added to a reference limit: the `4 s` of `ULN + 4 s`."""

    value: Number
    unit: Unit | None = None


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Limit:
    """One side of a range."""

    value: Number = Field(description="in `unit`, or the multiple of `relative_to` (then `unit` is null)")
    inclusive: bool = Field(description="whether the value itself is admitted")
    unit: Unit | None = None
    relative_to: Reference | None = Field(
        default=None,
        description="ULN, LLN: upper, lower limit of normal of the laboratory; BASELINE: the patient's earlier value",
    )
    offset: Offset | None = None


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Measure:
    """What is measured."""

    name: str | None = Field(description='canonical name from the lexicon, for example "platelets"; null if not in it')
    text: str = Field(description="as printed")
    loinc: str | None = Field(default=None, description="LOINC code, only where verified")


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Canonical:
    """The limits in the measure's own unit, so that trials can be compared; inclusiveness is the limits' own."""

    lower: Number | None = None
    upper: Number | None = None
    unit: str = Field(description="UCUM code")


class Window(Model):
    """A bound on elapsed time: `within 28 days before enrollment` has upper 28 d, before, enrollment."""

    kind: Literal["window"] = "window"
    lower: Limit | None = None
    upper: Limit | None = None
    direction: Direction | None = Field(default=None, description="on which side of the anchor the time lies")
    anchor: str | None = Field(default=None, description="the event the time is counted from, as printed")
    text: str
    span: Span


class Threshold(Model):
    """A limit on a measured property of the patient. The exclusion section does not flip it."""

    kind: Literal["threshold"] = "threshold"
    measure: Measure
    lower: Limit | None = None
    upper: Limit | None = None
    values: tuple[str, ...] = Field(default=(), description='classes that are not numbers: Child-Pugh ("A", "B")')
    canonical: Canonical | None = None
    windows: tuple[Window, ...] = ()
    text: str
    span: Span


class Statement(Model):
    """Prose that no rule reads further, kept as it stands, with the time windows found in it."""

    kind: Literal["statement"] = "statement"
    text: str
    span: Span
    windows: tuple[Window, ...] = ()
    asserts: bool = Field(default=True, description="false for a permission or an explanation, which binds nobody")


class AllOf(Model):
    """Every item must hold."""

    kind: Literal["all"] = "all"
    items: tuple[Requirement, ...]


class AnyOf(Model):
    """At least one item must hold."""

    kind: Literal["any"] = "any"
    items: tuple[Requirement, ...]


class AtLeast(Model):
    """At least `minimum` of the items must hold."""

    kind: Literal["at_least"] = "at_least"
    minimum: int = Field(ge=1)
    items: tuple[Requirement, ...]


class Not(Model):
    """The prose denies the item: `must not have hemoglobin < 8 g/dL`."""

    kind: Literal["not"] = "not"
    item: Requirement


class If(Model):
    """`then` holds for those who meet `condition`; `otherwise`, where stated, for the others."""

    kind: Literal["if"] = "if"
    condition: Requirement
    then: Requirement
    otherwise: Requirement | None = None


Requirement = Annotated[
    Threshold | Window | Statement | AllOf | AnyOf | AtLeast | Not | If,
    Field(discriminator="kind"),
]
