"""The printed forms of age fields: one limit, or both in one value. Nothing is cut short or rounded.

Readers are as in `values`; None also says that an age is out of range or in a unit that nobody knows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import regex

from trialparse.layouts.readers import BRACKETS, Found, LineReader, is_filler
from trialparse.lexicon.fields import coded

_AGE = regex.compile(
    r"""
    (?<![\d.,]) (?P<whole>\d{1,12}) (?:[.,](?P<part>\d{1,2}) | \s?(?P<half>½|1/2))? (?![\d,.]*\d)
    \+? [\s-]*+ (?P<unit>[^\W\d_]++\.?)?
    (?: [\s,]*+ (?:and\s)? (?P<more>\d{1,2}) \s*+ (?P<months>m(?:o(?:nth)?)?s?)\b )?   # 18 years 6 months
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_NEGATIVE = regex.compile(r"\s*+[-–−]\s?\d")
"""How databases print that a number is missing: `-1`, `-2147483648 No limit`."""
_NINES = regex.compile(r"9{3,}")
"""The same for an upper limit."""
_OLDEST = {"a": 150, "mo": 1800, "wk": 7800, "d": 55000}
"""No age field of a person says more."""
_RANGED = regex.compile(r"[-–—~/,;(|]|\b(?:to|and|until|or|bis|à|a)\b", regex.IGNORECASE)
"""What stands between two ages."""
_ONLY_AGE = regex.compile(r"\d{1,3} (?:years?|months?|weeks?|days?|hours?|minutes?)", regex.IGNORECASE)
_UPWARD = regex.compile(
    r"\+|older|over|above|(?:and|or) (?:up|more|greater)|from|≥|>|at least|undefined|以上|minim"
    r"|no (?:upper )?limit|(?:-|to) *(?:N/A|-|any|none|no\b)",
    regex.IGNORECASE,
)
_DOWNWARD = regex.compile(
    r"up to|under|below|younger|≤|<|at most|less|maxim|^(?:N/A|any|none|no .{0,20}) (?:-|to)", regex.IGNORECASE
)
_YOUNGER = regex.compile(r"young|below|under|or less|以下|未満", regex.IGNORECASE)
_NO_LIMIT = regex.compile(
    r"(?:any(?: age)?|all(?: ages)?|no (?:(?:upper |lower )?age )?limits?|no (?:max|min)imum|unlimited|child|adult|n/a"
    r"|older adult|[-,; ])*+",
    regex.IGNORECASE,
)


_ZERO = regex.compile(r"0(?: \D*+)?")
"""How some registers export an upper limit that there is none: `0`, `0 N/A (No limit)`."""


class _Age(NamedTuple):
    value: Decimal
    unit: str
    """UCUM."""
    inferred: bool
    """Whether no unit is printed."""

    def found(self, field: str) -> Found:
        return {field: {"value": str(self.value), "unit": self.unit}}


def _ages(text: str) -> list[_Age] | None:
    """The ages in a text, in order; None where one is out of range or has a unit that nobody knows."""
    ages: list[_Age] = []
    for match in _AGE.finditer(text):
        word = (match["unit"] or "").lower().rstrip(".")
        unit = coded("age_unit", word)
        if word and unit is None:
            return None
        part = "5" if match["half"] else match["part"] or "0"
        value = Decimal(f"{int(match['whole'])}.{part}" if int(part) else int(match["whole"]))
        if match["more"] and unit == "a":
            months = int(match["more"])
            value, unit = (value + Decimal("0.5"), "a") if months == 6 else (value * 12 + months, "mo")
        if value > _OLDEST.get(unit or "a", value):
            return None
        ages.append(_Age(value, unit or "a", not unit))
    return ages


def states_none(text: str) -> bool:
    """Whether an age field says that it sets no limit, or nothing: `No limit`, `N/A`, `Adult, Older Adult`."""
    return is_filler(text) or _NO_LIMIT.fullmatch(text) is not None or _NEGATIVE.match(text) is not None


def single_age(field: str) -> LineReader:
    """A reader of `minimum_age` or `maximum_age` printed on its own: `18 Years`, `N/A`."""

    def read(text: str, _label: str) -> Found | None:
        upper = field == "maximum_age"
        if states_none(text) or (upper and (_ZERO.fullmatch(text) or _NINES.match(text))):
            return {}
        ages = _ages(text)
        if not ages or (len(ages) > 1 and not _RANGED.search(text)):
            return None  # never cut short: 1 year 6 months 10 days
        found = ages[0].found(field)
        return found | {"notes": [("unit_inferred", {"unit": "a"})]} if ages[0].inferred else found

    return read


def bare_age(text: str, label: str) -> Found | None:
    """An age standing alone on its line, `18 Years`: the lower limit when it comes first, else the upper one."""
    return single_age("minimum_age")(text, label) if _ONLY_AGE.fullmatch(text) else None


def bare_upper_age(text: str, label: str) -> Found | None:
    """A second age standing alone on its line."""
    return single_age("maximum_age")(text, label) if _ONLY_AGE.fullmatch(text) else None


def age_range(text: str, _label: str) -> Found | None:
    """Both limits in one value: `18 Years and older (Adult, Older Adult)`, `18 to 65 years old`, `12+`."""
    text = BRACKETS.sub("", text)
    if states_none(text):
        return {}
    ages = _ages(text)
    if not ages:
        return None
    first = next(_AGE.finditer(text))
    if len(ages) >= 2:
        low, high = ages[:2]
        low, high = (
            (low._replace(unit=high.unit) if low.inferred else low),
            (high._replace(unit=low.unit) if high.inferred else high),
        )
        found = low.found("minimum_age") | high.found("maximum_age")
    elif _DOWNWARD.search(text, 0, first.start()) or _YOUNGER.search(text, first.end("whole")):
        found = ages[0].found("maximum_age")
    elif _UPWARD.search(text):
        found = ages[0].found("minimum_age")
    else:
        return None
    return found | {"notes": [("unit_inferred", {"unit": "a"})]} if all(age.inferred for age in ages) else found
