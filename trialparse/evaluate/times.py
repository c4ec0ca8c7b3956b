"""Time windows against dates: months and years by the calendar, hours as exactly as dates allow."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache

from trialparse.evaluate.outcomes import FALSE, OPEN, TRUE, both
from trialparse.lexicon.conversion import convert
from trialparse.models.requirement import Limit, Window

_DAY = dt.timedelta(days=1)
_MONTHS = {"mo": 1, "a": 12}
Anchored = Callable[[str | None], dt.date | None]
"""The date of the event that a window counts from; None where it is not known."""


def lasted(windows: Sequence[Window], time: dt.timedelta) -> int:
    """Whether so much time, to or from the anchor or of lasting, is within all the windows."""
    return _all_of(windows, [_within(window, time, time) for window in windows])


def happened(windows: Sequence[Window], day: dt.date, anchored: Anchored) -> int:
    """Whether something that happened on a day did so within all the windows."""
    return _all_of(windows, [_on(window, day, anchored(window.anchor)) for window in windows])


def _all_of(windows: Sequence[Window], found: Sequence[int]) -> int:
    """Several windows; those of one phrase (30 days or 5 half-lives) have to agree: which counts is not known."""
    by_phrase: dict[tuple[int, int], set[int]] = {}
    for window, outcome in zip(windows, found, strict=True):
        by_phrase.setdefault((window.span.start, window.span.end), set()).add(outcome)
    return both([each.pop() if len(each) == 1 else OPEN for each in by_phrase.values()]) if windows else TRUE


def _on(window: Window, day: dt.date, anchor: dt.date | None) -> int:
    if anchor is None:
        return OPEN
    past = anchor - day
    if window.direction == "after":
        past = -past
    elif window.direction is None and window.anchor is not None:
        past = abs(past)  # within 7 days of surgery: on either side
    if past < dt.timedelta(0):
        return FALSE
    way = 1 if day > anchor else -1
    by_months = [_by_months(limit, day, anchor, way) for limit in (window.lower, window.upper)]
    if any(found is not None for found in by_months):
        return both([_side(window, i, past, found) for i, found in enumerate(by_months)])
    # between two dates lie up to a day more or less than their difference
    hours = any(limit and limit.unit and limit.unit.ucum in ("h", "min", "s") for limit in (window.lower, window.upper))
    return _within(window, past - _DAY, past + _DAY) if hours else _within(window, past, past)


def _side(window: Window, side: int, past: dt.timedelta, by_months: int | None) -> int:
    """One side of a window: -1, 0, 1 as the time is shorter than, as long as or longer than its months."""
    limit = (window.lower, window.upper)[side]
    if limit is None:
        return TRUE
    if by_months is None:
        return _bounded(limit, side, past, past)
    if by_months == 0:
        return TRUE if limit.inclusive else FALSE
    return TRUE if (by_months > 0) == (side == 0) else FALSE


def _by_months(limit: Limit | None, day: dt.date, anchor: dt.date, way: int) -> int | None:
    """The time from the anchor against whole months or years; None where the limit is not in such."""
    if limit is None or limit.unit is None or limit.relative_to is not None:
        return None
    months = _MONTHS.get(limit.unit.ucum or "", 0) * limit.value
    if months <= 0 or months != months.to_integral_value():
        return None
    bound = shifted(anchor, int(months) * way)
    return ((day > bound) - (day < bound)) * way


def shifted(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.max if months > 0 else dt.date.min
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def _within(window: Window, least: dt.timedelta, most: dt.timedelta) -> int:
    """Whether a time that is known to lie between two is within a window."""
    sides = [_bounded(limit, side, least, most) for side, limit in enumerate((window.lower, window.upper)) if limit]
    return both(sides) if sides else OPEN


def _bounded(limit: Limit, side: int, least: dt.timedelta, most: dt.timedelta) -> int:
    bound = length(limit)
    if bound is None:
        return OPEN

    def inside(time: dt.timedelta) -> bool:
        return limit.inclusive if time == bound else (time > bound) == (side == 0)

    found = {inside(least), inside(most)}
    return OPEN if len(found) > 1 else TRUE if found == {True} else FALSE


def length(limit: Limit) -> dt.timedelta | None:
    """The time that a limit says; None for half-lives, cycles and the like."""
    if limit.unit is None or limit.unit.ucum is None or limit.relative_to is not None or limit.offset is not None:
        return None
    return _length(limit.value, limit.unit.ucum)


@lru_cache(maxsize=1024)
def _length(value: Decimal, ucum: str) -> dt.timedelta | None:
    seconds = convert(value, ucum, "s")
    try:
        return None if seconds is None else dt.timedelta(seconds=float(seconds))
    except OverflowError:
        return None


def completed(birth: dt.date, today: dt.date, months: int) -> int:
    """Whole spans of so many months that someone born on a day has completed."""
    passed = (today.year - birth.year) * 12 + today.month - birth.month
    return (passed - (today < shifted(birth, passed))) // months
