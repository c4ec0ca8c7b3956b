"""What one criterion asks for: limits on measures, time windows, and the logic that joins them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from trialparse.lexicon.measures import measure_key
from trialparse.lexicon.units import code
from trialparse.models.base import CLOSED, Model, Number, Span, Value
from trialparse.models.comparison import Side, compare, compare_side, implied, overlap
from trialparse.models.measured import Measured, converted
from trialparse.models.notation import amount, formula

Reference = Literal["ULN", "LLN", "BASELINE"]
Direction = Literal["before", "after"]


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Unit(Value):
    """A unit as printed and as a UCUM code (case-sensitive); `ucum` is null where the spelling is not in the table."""

    text: str = Field(description='as printed, for example "×10^9/L"')
    ucum: str | None = Field(description='UCUM code, for example "10*9/L"')


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Offset(Value):
    """What is added to a reference limit: the `4 s` of `ULN + 4 s`."""

    value: Number
    unit: Unit | None = None


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Limit(Value):
    """One side of a range."""

    value: Number = Field(description="in `unit`, or the multiple of `relative_to` (then `unit` is null)")
    inclusive: bool = Field(description="whether the value itself is admitted")
    unit: Unit | None = None
    relative_to: Reference | None = Field(
        default=None,
        description="ULN, LLN: upper, lower limit of normal of the laboratory; BASELINE: the patient's earlier value",
    )
    offset: Offset | None = None

    def to(self, unit: str, measure: Measure | str | None = None) -> Limit:
        """The same limit in another unit.

        Args:
            unit: UCUM code, or a spelling that the lexicon has.
            measure: what is limited, or its name; needed between mass and molar units.

        Raises:
            ValueError: there is no such unit, the limit has none that is known, or the two do not convert.
        """
        wanted = code(unit)
        if wanted is None:
            raise ValueError(f"{unit!r} is no unit that is known; `trialparse units` lists codes and spellings")
        have = self.unit.ucum if self.unit is not None else None
        if have is None:
            raise ValueError(f"the limit {self} has no unit to convert from")
        name = _name(measure)
        value = converted(name, self.value, have, wanted)
        if value is None:
            of = "this" if name is None else name
            raise ValueError(f"{have} and {wanted} do not convert for {of}: they measure different things")
        return Limit(value=value, inclusive=self.inclusive, unit=Unit(text=unit, ucum=wanted))

    def admits(
        self, value: Decimal | float, unit: str | None = None, *, side: Side, measure: Measure | str | None = None
    ) -> bool | None:
        """Whether a value lies on the side that the limit admits; otherwise as `Threshold.admits`.

        Args:
            value: the value.
            unit: its unit, as for `Measured`.
            side: "lower" or "upper": which limit this is, which it does not know by itself.
            measure: what is limited, or its name; needed between mass and molar units.
        """
        fact = Measured.model_validate({"value": value, "unit": unit})
        return compare_side(self, side, fact, _name(measure)).admitted

    def __str__(self) -> str:
        return amount(self)


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Measure(Value):
    """What is measured."""

    name: str | None = Field(description='canonical name from the lexicon, for example "platelets"; null if not in it')
    text: str = Field(description="as printed")
    loinc: str | None = Field(default=None, description="LOINC code, only where verified")


def _name(measure: Measure | str | None) -> str | None:
    return measure.name if isinstance(measure, Measure) else measure and measure_key(measure)


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Canonical(Value):
    """The limits in the measure's own unit, so that trials can be compared; inclusiveness is the limits' own."""

    lower: Number | None = None
    upper: Number | None = None
    unit: str = Field(description="UCUM code")


class Expression(Model):
    """What all kinds of requirement share: `str()` gives the formula, `repr()` the kind with it."""

    def __str__(self) -> str:
        return formula(self)  # type: ignore[arg-type]  # every subclass is one of the kinds

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


class Window(Expression):
    """A bound on elapsed time: `within 28 days before enrollment` has upper 28 d, before, enrollment."""

    kind: Literal["window"] = "window"
    lower: Limit | None = None
    upper: Limit | None = None
    direction: Direction | None = Field(default=None, description="on which side of the anchor the time lies")
    anchor: str | None = Field(default=None, description="the event the time is counted from, as printed")
    text: str
    span: Span


class Threshold(Expression):
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

    def admits(
        self,
        value: Decimal | float | str,
        unit: str | None = None,
        *,
        uln: Decimal | float | None = None,
        lln: Decimal | float | None = None,
        baseline: Decimal | float | None = None,
    ) -> bool | None:
        """Whether a value lies within the limits; its time windows are not looked at.

        Args:
            value: a number, or the class of a scale ("B").
            unit: its unit: UCUM code or a spelling of the lexicon; ULN, LLN or BASELINE for a multiple of these.
            uln: upper limit of normal of the laboratory, in `unit`; likewise `lln`, and `baseline`, an earlier value.

        Returns:
            None where that cannot be told (no unit, units of different things, a reference that is not given).

        Raises:
            ValueError: there is no such unit.
        """
        given = {"value": value, "unit": unit, "uln": uln, "lln": lln, "baseline": baseline}
        return compare(self, Measured.model_validate(given)).admitted

    def overlaps(self, other: Threshold) -> bool | None:
        """Whether some value is within both; None where they are not on one measure or scale."""
        return overlap(self, other)

    def implied_by(self, other: Threshold) -> bool | None:
        """Whether whoever meets the other meets this one, too; None where they are not on one measure or scale."""
        return implied(self, other)


class Statement(Expression):
    """Prose that no rule reads further, kept as it stands, with the time windows found in it."""

    kind: Literal["statement"] = "statement"
    text: str
    span: Span
    windows: tuple[Window, ...] = ()
    asserts: bool = Field(default=True, description="false for a permission or an explanation, which binds nobody")


class AllOf(Expression):
    """Every item must hold."""

    kind: Literal["all"] = "all"
    items: tuple[Requirement, ...]


class AnyOf(Expression):
    """At least one item must hold."""

    kind: Literal["any"] = "any"
    items: tuple[Requirement, ...]


class AtLeast(Expression):
    """At least `minimum` of the items must hold."""

    kind: Literal["at_least"] = "at_least"
    minimum: int = Field(ge=1)
    items: tuple[Requirement, ...]


class Not(Expression):
    """The prose denies the item: `must not have hemoglobin < 8 g/dL`."""

    kind: Literal["not"] = "not"
    item: Requirement


class If(Expression):
    """`then` holds for those who meet `condition`; `otherwise`, where stated, for the others."""

    kind: Literal["if"] = "if"
    condition: Requirement
    then: Requirement
    otherwise: Requirement | None = None


Requirement = Annotated[
    Threshold | Window | Statement | AllOf | AnyOf | AtLeast | Not | If,
    Field(discriminator="kind"),
]
"""What a criterion asks for: one of eight kinds, told apart by `kind`. A type checker sees the union: `match` over the
classes is exhaustive. `walk` goes through every part of one, `Visitor` has a method for each kind."""
