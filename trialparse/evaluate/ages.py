"""The patient's age against limits on age, in completed years, months, weeks or days as each limit is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal
from functools import cache

from trialparse.decimals import ARITHMETIC
from trialparse.evaluate.outcomes import FALSE, OPEN, TRUE, both
from trialparse.evaluate.times import completed
from trialparse.lexicon.conversion import convert
from trialparse.lexicon.wording import words
from trialparse.models.comparison import Side, sides
from trialparse.models.measured import Measured
from trialparse.models.requirement import If, Limit, Statement, Threshold
from trialparse.models.subject import all_words

Aged = Callable[[str], Decimal | None]
"""The age in a UCUM unit of time; None where it is not known."""
_MONTHS = {"a": 12, "mo": 1}
_YEARS = "a"


def aged(age: Measured | None, birth_date: dt.date | None, today: dt.date) -> Aged:
    """From what is known of an age."""

    def by_birth(unit: str) -> Decimal | None:
        if birth_date is None:
            return None
        if unit in _MONTHS:
            return Decimal(completed(birth_date, today, _MONTHS[unit]))
        return convert(Decimal((today - birth_date).days), "d", unit)

    def by_age(unit: str) -> Decimal | None:
        if age is None or not isinstance(age.value, Decimal):
            return None
        return convert(age.value, age.unit or _YEARS, unit)

    return cache(by_age if birth_date is None else by_birth)


def compare_age(item: Threshold, age: Aged) -> int:
    """Whether an age lies within the limits of a threshold."""
    found = [inside(limit, age, side) for limit, side in sides(item)]
    return both(found) if found else OPEN


def at_event(item: If) -> tuple[Threshold, Statement] | None:
    """A limit on the age at an event (`menopause before 40 years`) and the event; today's age says nothing of it."""
    then, event = item.then, item.condition
    if not (isinstance(then, Threshold) and then.measure.name == "age" and isinstance(event, Statement)):
        return None
    happens = not words("events").isdisjoint(all_words(event.text))
    since = not words("earlier").isdisjoint(all_words(then.text)[:1])
    return (then, event) if happens or since else None


def inside(limit: Limit, age: Aged, side: Side) -> int:
    """Whether an age lies on the right side of one limit.

    Someone is 75 until the next birthday: against a limit of whole years only completed ones count.
    """
    unit = _YEARS if limit.unit is None else limit.unit.ucum
    have = None if unit is None or limit.relative_to is not None else age(unit)
    if have is None:
        return OPEN
    if limit.value == limit.value.to_integral_value():
        have = have.to_integral_value(ROUND_FLOOR, ARITHMETIC)
    if have == limit.value:
        return TRUE if limit.inclusive else FALSE
    return TRUE if (have > limit.value) == (side == "lower") else FALSE
