"""A value of a patient: an amount in any unit of the lexicon, or a class, with its date and its references."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import regex
from pydantic import Field, field_validator, model_validator

from trialparse.decimals import written
from trialparse.lexicon.conversion import canonical, convert
from trialparse.lexicon.measures import measures
from trialparse.lexicon.units import code
from trialparse.models.base import Model, Number

REFERENCES = ("ULN", "LLN", "BASELINE")
_PRINTED = regex.compile(r"(?P<value>[-+]?\d++(?:\.\d++)?)\s*+(?P<unit>\S.*+)?", regex.DOTALL)
_ROMAN = {"0": "0", "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


class Measured(Model):
    """One value of a patient: a number with its unit, or the class of a scale.

    Also read from text ("80 10*9/L", "3.5 ULN", "B") and from a bare number.
    """

    if TYPE_CHECKING:  # what is turned into the fields' types, so that type checkers admit what this does

        def __init__(
            self,
            *,
            value: Decimal | float | str,
            unit: str | None = None,
            date: dt.date | str | None = None,
            uln: Decimal | float | None = None,
            lln: Decimal | float | None = None,
            baseline: Decimal | float | None = None,
        ) -> None: ...

    value: Number | str = Field(description='a number, or a class that is none: "B" of Child-Pugh')
    unit: str | None = Field(
        default=None,
        description="UCUM code or a spelling of the lexicon (`trialparse units`); ULN, LLN or BASELINE for a multiple "
        "of these; none for scores and ratios",
    )
    date: dt.date | None = Field(default=None, description="when it was measured; none: taken as of today")
    uln: Number | None = Field(default=None, description="the laboratory's upper limit of normal, in `unit`")
    lln: Number | None = Field(default=None, description="the laboratory's lower limit of normal, in `unit`")
    baseline: Number | None = Field(default=None, description="the patient's earlier value, in `unit`")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        if isinstance(data, int | float | Decimal) and not isinstance(data, bool):
            return {"value": data}
        if isinstance(data, str):
            found = _PRINTED.fullmatch(data.strip())
            return found.groupdict() if found else {"value": data.strip()}
        return data

    @field_validator("value", mode="before")
    @classmethod
    def _number_first(cls, value: Any) -> Any:
        if isinstance(value, float):
            return Decimal(repr(value))
        if isinstance(value, str):
            text = _ROMAN.get(value.strip().lower(), value.strip())
            return Decimal(text) if _PRINTED.fullmatch(text) else text
        return value

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str | None) -> str | None:
        if unit is None or unit in REFERENCES:
            return unit
        found = code(unit)
        if found is None:
            raise ValueError(f"{unit!r} is no unit that is known; `trialparse units` lists codes and spellings")
        return found

    def reference(self, name: str) -> Decimal | None:
        """The ULN, LLN or baseline, in the value's own unit."""
        found: Decimal | None = getattr(self, name.lower())
        return found

    def __str__(self) -> str:
        value = written(self.value) if isinstance(self.value, Decimal) else self.value
        text = value if self.unit is None else f"{value} {self.unit}"
        return text if self.date is None else f"{text} of {self.date.isoformat()}"


Given = Measured | Decimal | float | str | Mapping[str, Any]
"""What a `Measured` is read from."""


@lru_cache(maxsize=16_384)
def converted(measure: str | None, value: Decimal, have: str, wanted: str) -> Decimal | None:
    """A value of a measure in another UCUM unit; None where they do not convert."""
    row = measures().get(measure or "")
    if row is None:
        return convert(value, have, wanted)
    found = convert(value, have, wanted, row.molar_mass, valence=row.valence)
    return canonical(row, value, have) if found is None and wanted == row.unit else found


@lru_cache(maxsize=16_384)
def own_unit(measure: str | None) -> str | None:
    """The unit that a number has without saying so: that of a score or a ratio, an annotation alone; else None."""
    row = measures().get(measure or "")
    return row.unit if row is not None and row.unit is not None and is_count(row.unit) else None


def is_count(ucum: str) -> bool:
    """Whether a unit only says what is counted: {score}, {INR}."""
    return ucum[0] == "{" and ucum.find("}") == len(ucum) - 1
