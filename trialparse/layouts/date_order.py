"""Dates such as 02/03/2025 on a page that elsewhere prints 01/15/2025: its month comes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import regex

from trialparse.layouts.base import Record
from trialparse.layouts.page import Value

_NUMBERS = regex.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2\d{4}(?![\d/-])")
_MONTHS = 12
_CODE = "ambiguous_date"
_FIELDS = ("start_date", "primary_completion_date", "completion_date", "last_update_date")


def settle_dates(record: Record, values: Iterable[Value]) -> None:
    """Swap day and month of the dates that could be read either way, where every other date has its month first."""
    notes = [note for note in record.notes if note["code"] == _CODE]
    if not notes or not _month_first(values):
        return
    for name in _FIELDS:
        held, place = record.fields.get(name), record.places.get(name)
        note = next((note for note in notes if held and _is_of(note, held["date"], place)), None)
        if held and note:
            year, month, day = held["date"].split("-")
            swapped = f"{year}-{day}-{month}"
            note["message"] = note["message"].replace(held["date"], swapped)
            held["date"] = swapped


def _is_of(note: dict[str, Any], date: str, place: tuple[int, int] | None) -> bool:
    """Whether a remark is on that date of those that stand at its place."""
    return (note["span"]["start"], note["span"]["end"]) == place and f" {date}:" in note["message"]


def _month_first(values: Iterable[Value]) -> bool:
    """Whether the dates that can be read in one way only have their month first."""
    orders = set()
    for value in values:
        for line in value.lines:
            for one, _, other in _NUMBERS.findall(value.text(line)):
                if (int(one) > _MONTHS) != (int(other) > _MONTHS):
                    orders.add(int(other) > _MONTHS)
    return orders == {True}
