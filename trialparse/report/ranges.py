"""The limits of all trials by measure and scale, for a picture of ranges."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from trialparse.models.comparison import sides
from trialparse.models.eligibility import Eligibility
from trialparse.models.notation import bounds
from trialparse.models.requirement import Limit, Threshold
from trialparse.models.views import FlatThreshold, thresholds_of
from trialparse.report.cards import measure_label

Data = dict[str, Any]


class Ranges:
    """Collects limits, trial by trial."""

    def __init__(self) -> None:
        self._bars: dict[tuple[str, str], list[Data]] = {}

    def add(self, trial: int, eligibility: Eligibility) -> None:
        """Take the limits of the trial with this number."""
        for each in thresholds_of(eligibility):
            placed = _placed(each.threshold)
            if placed is not None:
                scale, ends = placed
                bar = {"trial": trial, "ends": ends, **_about(each)}
                self._bars.setdefault((measure_label(each.threshold), scale), []).append(bar)

    def data(self) -> list[Data]:
        """One picture for each measure and scale, those of most limits first; the bars by their ends."""
        pictures = sorted(self._bars.items(), key=lambda item: (-len(item[1]), item[0]))
        return [
            {"measure": measure, "scale": scale, "bars": sorted(bars, key=_order)}
            for (measure, scale), bars in pictures
        ]


def _about(each: FlatThreshold) -> Data:
    return {
        "criterion": each.criterion.id,
        "path": each.path,
        "section": each.section,
        "role": each.role,
        "negated": each.negated,
        "formula": bounds(each.threshold),
    }


def _placed(item: Threshold) -> tuple[str, list[Data | None]] | None:
    """The scale of a threshold and its two ends; None where it has none or they are on two."""
    own = item.canonical
    limits = sides(item)
    if not limits:
        return None
    if own is not None and all(getattr(own, side) is not None for _, side in limits):
        return own.unit, _ends(item, own.lower, own.upper)
    scales = {_scale(limit) for limit, _ in limits}
    scale = scales.pop()
    if scales or scale is None:
        return None
    return scale, _ends(item, *(None if each is None else each.value for each in (item.lower, item.upper)))


def _scale(limit: Limit) -> str | None:
    if limit.offset is not None:
        return None
    if limit.relative_to is not None:
        return f"× {limit.relative_to}"
    return "" if limit.unit is None else limit.unit.ucum or limit.unit.text


def _ends(item: Threshold, lower: Decimal | None, upper: Decimal | None) -> list[Data | None]:
    pairs = ((lower, item.lower), (upper, item.upper))
    return [
        None if value is None or limit is None else {"at": float(value), "closed": limit.inclusive}
        for value, limit in pairs
    ]


def _order(bar: Data) -> tuple[float, float, int]:
    lower, upper = bar["ends"]
    least = float("-inf") if lower is None else lower["at"]
    return least, float("inf") if upper is None else upper["at"], bar["trial"]
