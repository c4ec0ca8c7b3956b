"""What every model shares: frozen, closed, exact decimals, half-open spans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, TypeAdapter, WithJsonSchema
from pydantic.dataclasses import dataclass

from trialparse.decimals import TRAPS, plain

MAX_DIGITS = 15
"""As many significant digits survive JSON, whose numbers are read as binary ones; no clinical number has more."""
_SHORTENING = Context(prec=MAX_DIGITS, rounding=ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999, traps=TRAPS)


def _shortened(value: Decimal) -> Decimal:
    """The value with no more digits than survive JSON, and never shown as 1E+1."""
    text = str(value)
    if len(text) > MAX_DIGITS:
        value = _SHORTENING.plus(value)
        text = str(value)
    return plain(value) if "E" in text and value.is_finite() and value.adjusted() < MAX_DIGITS else value


def _as_number(value: Decimal) -> int | float:
    """A JSON number that reads back as the same decimal."""
    integral = value.to_integral_value()
    return int(integral) if value == integral else float(value)


Number = Annotated[
    Decimal,
    AfterValidator(_shortened),
    PlainSerializer(_as_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
"""An exact decimal of at most `MAX_DIGITS` significant digits in Python, a plain number in JSON."""


CLOSED = ConfigDict(extra="forbid")


class Model(BaseModel):
    """Base of all output models: immutable, and a field that is not declared is an error.

    The small values of which a trial has thousands are Pydantic dataclasses with slots and the same rules: they take a
    ninth of a model's memory and a tenth of its time. `Value` gives them the methods of models.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


_ADAPTERS = cache(TypeAdapter)


def _adapter(kind: Any) -> TypeAdapter[Any]:
    return _ADAPTERS(kind)


class Value:
    """Gives a Pydantic dataclass what users know of models; options are those of the methods of `BaseModel`."""

    __slots__ = ()

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """Its fields; `mode="json"` for what JSON can hold."""
        found: dict[str, Any] = _adapter(type(self)).dump_python(self, **options)
        return found

    def model_dump_json(self, **options: Any) -> str:
        """As JSON."""
        return _adapter(type(self)).dump_json(self, **options).decode()

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """The same with other values; these are validated where those of the class are."""
        return replace(self, **(update or {}))  # type: ignore[type-var]  # every subclass is a dataclass

    @classmethod
    def model_validate(cls, value: Any, **options: Any) -> Self:
        """From a dict of the fields."""
        found: Self = _adapter(cls).validate_python(value, **options)
        return found

    @classmethod
    def model_validate_json(cls, text: str | bytes, **options: Any) -> Self:
        """From JSON."""
        found: Self = _adapter(cls).validate_json(text, **options)
        return found

    @classmethod
    def model_json_schema(cls, **options: Any) -> dict[str, Any]:
        """Its JSON Schema."""
        return _adapter(cls).json_schema(**options)


@dataclass(config=CLOSED, frozen=True, slots=True, kw_only=True)
class Span(Value):
    """Half-open pair of Python string offsets into the text the caller passed: `source[start:end]` is what was read."""

    start: int = Field(ge=0, description="offset of the first character")
    end: int = Field(ge=0, description="offset after the last character")
