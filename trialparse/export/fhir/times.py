"""Time windows as `timeFromEvent` and `duration[x]`, and back.

Time before an event is negative, as in HL7's own examples: "in the past 6 months" is the range from -6 to 0 months. A
range includes its ends; a quantity has a comparator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from trialparse.export.fhir.codes import Element, coded
from trialparse.export.fhir.extensions import read_extension, read_of, span_extension
from trialparse.export.fhir.quantities import number, quantity, side_of, unit_of
from trialparse.export.losses import Losses
from trialparse.models.requirement import Direction, Limit, Unit, Window

_DURATIONS = ("durationQuantity", "durationRange")


def timing(windows: Iterable[tuple[str, Window]], losses: Losses) -> Element:
    """The elements of a characteristic that say when, for its time windows and the paths at which they stand."""
    found: Element = {}
    for path, window in windows:
        lasting = _duration(window) if not found.keys() & set(_DURATIONS) else None
        if lasting is not None:
            found |= lasting
            continue
        time = _from_event(window)
        found.setdefault("timeFromEvent", []).append(time)
        code = _lost(window, _window(time))
        if code is not None:
            losses.add(code, path, window.text, window.span)
    return found


def windows_of(element: Mapping[str, Any]) -> tuple[Window, ...]:
    """The time windows of a characteristic.

    Raises:
        ValueError: a comparator or a number is none.
    """
    found = [_window(each) for each in element.get("timeFromEvent", ())]
    found += [_lasting(element[name]) for name in _DURATIONS if name in element]
    return tuple(sorted(found, key=lambda window: (window.span.start, window.span.end)))


def _duration(window: Window) -> Element | None:
    """A time that something lasts: it has a lower end, and counts from nothing."""
    lower, upper = window.lower, window.upper
    if window.direction is not None or window.anchor is not None or lower is None or not _plain(window):
        return None
    extension = [read_extension(window.span, window.text)]
    if upper is None:
        sign = ">=" if lower.inclusive else ">"
        return {"durationQuantity": {"extension": extension, **quantity(lower.value, lower.unit, sign)}}
    if lower.inclusive and upper.inclusive and lower.unit == upper.unit and lower.value < upper.value:
        return {"durationRange": {"extension": extension, **_range(lower.value, upper.value, lower.unit)}}
    return None


def _from_event(window: Window) -> Element:
    event = coded("evidence-variable-event", "study-start") if window.anchor is None else {"text": window.anchor}
    return {
        "extension": [span_extension(window.span)],
        "description": window.text,
        "eventCodeableConcept": event,
        **(_elapsed(window) if _plain(window) else {}),
    }


def _elapsed(window: Window) -> Element:
    """The time itself; nothing where FHIR has no form for it."""
    lower, upper, way = window.lower, window.upper, window.direction
    if way is None:  # on either side of the event
        both_sides = upper is not None and lower is None and window.anchor is not None
        return {"range": _range(_before(upper.value), upper.value, upper.unit)} if both_sides and upper else {}
    if upper is None:
        return {} if lower is None else {"quantity": _beyond(lower, way)}
    if lower is not None and lower.unit != upper.unit:
        return {}
    near, far = Decimal(0) if lower is None else lower.value, upper.value
    low, high = sorted((_before(near), _before(far)) if way == "before" else (near, far))
    return {"range": _range(low, high, upper.unit)}


def _beyond(limit: Limit, way: Direction) -> Element:
    value, comparator = (_before(limit.value), "<") if way == "before" else (limit.value, ">")
    return quantity(value, limit.unit, comparator + "=" if limit.inclusive else comparator)


def _before(value: Decimal) -> Decimal:
    return value.copy_negate() if value else value


def _range(low: Decimal, high: Decimal, unit: Unit | None) -> Element:
    return {"low": quantity(low, unit), "high": quantity(high, unit)}


def _plain(window: Window) -> bool:
    limits = [limit for limit in (window.lower, window.upper) if limit is not None]
    return all(limit.relative_to is None and limit.offset is None and limit.value >= 0 for limit in limits)


def _lost(window: Window, back: Window) -> str | None:
    """The code of what reading it back does not give."""
    if back == window:
        return None
    closed = window.model_copy(
        update={
            name: replace(limit, inclusive=True)
            for name in ("lower", "upper")
            if (limit := getattr(window, name)) is not None
        }
    )
    return "window_openness" if back == closed else "window_form"


# -- back --------------------------------------------------------------------------------------------------------------


def _window(time: Mapping[str, Any]) -> Window:
    text, span = read_of(time)
    if unread := sorted(_UNREAD & time.keys()):
        raise ValueError(f"{', '.join(unread)}: not read, so the event that time counts from is not known")
    anchor = _event(time.get("eventCodeableConcept") or {})
    direction: Direction | None = None
    lower = upper = None
    if (found := time.get("quantity")) is not None:
        side, inclusive = side_of(found)
        value = number(found.get("value"))
        direction = "before" if side == "upper" or value < 0 else "after" if side == "lower" or value else None
        lower = _limit(found, inclusive=inclusive)
        upper = lower if side is None else None
    elif (found := time.get("range")) is not None:
        direction, lower, upper = _sides(found)
    return Window(lower=lower, upper=upper, direction=direction, anchor=anchor, text=text, span=span)


_UNREAD = {"eventDateTime", "eventReference", "eventId"}


def _event(concept: Mapping[str, Any]) -> str | None:
    """The event in words; None for the start of the study, from which time counts where no event is named."""
    if (text := concept.get("text")) is not None:
        return str(text)
    start = coded("evidence-variable-event", "study-start")["coding"][0]
    for coding in concept.get("coding", ()):
        if (coding.get("system"), coding.get("code")) != (start["system"], start["code"]):
            return str(coding.get("display") or coding.get("code"))
    return None


def _sides(found: Mapping[str, Any]) -> tuple[Direction | None, Limit | None, Limit | None]:
    low, high = found.get("low"), found.get("high")
    if low is None or high is None:
        raise ValueError("a range of time of which one end is not known")
    first, last = number(low.get("value")), number(high.get("value"))
    if first == _before(last):
        return None, None, _limit(high, inclusive=True)
    if first < 0 < last:
        raise ValueError(f"a range of time from {first} to {last}, more on one side of the event than on the other")
    near, far = (high, low) if first < 0 else (low, high)
    lower = _limit(near, inclusive=True)
    return "before" if first < 0 else "after", lower if lower.value else None, _limit(far, inclusive=True)


def _lasting(found: Mapping[str, Any]) -> Window:
    lower: Limit | None
    upper: Limit | None
    if "low" in found and "high" in found:
        lower, upper = (_limit(found[name], inclusive=True) for name in ("low", "high"))
    else:
        side, inclusive = side_of(found)
        limit = _limit(found, inclusive=inclusive)
        lower, upper = (None if side == "upper" else limit), (None if side == "lower" else limit)
    text, span = read_of(found)
    return Window(lower=lower, upper=upper, text=text, span=span)


def _limit(found: Mapping[str, Any], *, inclusive: bool) -> Limit:
    return Limit(value=number(found.get("value")).copy_abs(), inclusive=inclusive, unit=unit_of(found))
