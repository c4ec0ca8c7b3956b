"""Findings and windows -> the plain dicts that `Requirement` validates, with source spans and printed text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trialparse.lexicon.conversion import loinc_code
from trialparse.lexicon.measures import MeasureRow, measures
from trialparse.models.diagnostic import diagnostic
from trialparse.requirements.expression import All, AnyOf, Bounded, Count, Expression, If, Not, Said
from trialparse.requirements.naming import Named
from trialparse.requirements.neighbours import Finding
from trialparse.requirements.pairs import either_of
from trialparse.requirements.plausibility import judged, settled
from trialparse.requirements.quantity import Bound, Quantity
from trialparse.requirements.tokens import UnitMark
from trialparse.requirements.window import Elapsed
from trialparse.text.readable import Readable

Requirement = dict[str, Any]
_ENDS = 2


class Writer:
    """Writes what was found in one readable text, and notes what had to be repaired or inferred."""

    def __init__(self, readable: Readable, notes: list[dict[str, Any]]) -> None:
        self._readable = readable
        self._notes = notes
        self._noted: set[tuple[str, int, int]] = set()

    def place(self, start: int, end: int, left_out: tuple[int, int] | None = None) -> dict[str, Any]:
        """Printed text, without what is left out of it and blanks around it, and source span."""
        inside = self._readable.text[start:end]
        blank = len(inside) - len(inside.lstrip())
        start, end = (start + blank, start + len(inside.rstrip())) if inside.strip() else (start, end)
        first, last = self._readable.span(start, end)
        text = self._readable.show(start, end)
        if left_out is not None:
            text = f"{self._readable.show(start, left_out[0])} {self._readable.show(left_out[1], end)}"
        return {"text": text, "span": {"start": first, "end": last}}

    def write(self, item: Expression) -> Requirement:
        """An expression as input for `Requirement`."""
        match item:
            case Bounded():
                return self._bounded(item)
            case Said(windows=(only,), asserts=True) if only.start == item.start and only.end >= item.end - 1:
                return self.windows(only)[0]  # a text that is one window and nothing else
            case Said():
                return self.statement(item)
            case All() | AnyOf():
                return {"kind": "all" if isinstance(item, All) else "any", "items": [self.write(i) for i in item.items]}
            case Count():
                return {"kind": "at_least", "minimum": item.minimum, "items": [self.write(i) for i in item.items]}
            case Not():
                return {"kind": "not", "item": self.write(item.item)}
            case If():
                otherwise = None if item.otherwise is None else self.write(item.otherwise)
                return {
                    "kind": "if",
                    "condition": self.write(item.condition),
                    "then": self.write(item.then),
                    "otherwise": otherwise,
                }

    def _bounded(self, item: Bounded) -> Requirement:
        windows = [window for elapsed in item.windows for window in self.windows(elapsed)]
        thresholds = [{**each, "windows": list(windows)} for each in self.thresholds(item.finding)]
        if len(thresholds) == 1:
            return thresholds[0]
        paired = item.finding.quantity.second is not None
        either = either_of(item.finding.quantity) if paired else item.any_of
        return {"kind": "any" if either else "all", "items": thresholds}

    def doubt(self, code: str, start: int, end: int, **details: object) -> None:
        """Note what was not read, or read for want of something better, at `start` to `end`."""
        shown = self._readable.show(start, end)
        self._notes.append(diagnostic(code, self._readable.span(start, end), text=shown, **details))

    # -- prose and windows ---------------------------------------------------------------------------------------

    def statement(self, item: Said) -> Requirement:
        """Prose with the times that it happens at."""
        written = [window for elapsed in item.windows for window in self.windows(elapsed)]
        place = self.place(item.start, item.end, item.left_out)
        return {"kind": "statement", **place, "windows": written, "asserts": item.asserts}

    def windows(self, elapsed: Elapsed) -> list[Requirement]:
        """One window, or one for each alternative of `30 days or 5 half-lives`."""
        self._note_hedges((elapsed.lower, elapsed.upper), elapsed.start, elapsed.end)
        anchor = None if elapsed.anchor is None else self._readable.show(*elapsed.anchor)
        sides = [(elapsed.lower, elapsed.upper), *elapsed.alternatives]
        place = self.place(elapsed.start, elapsed.end)
        return [
            {
                "kind": "window",
                "lower": self._limit(low),
                "upper": self._limit(high),
                "direction": elapsed.direction,
                "anchor": anchor,
                **place,
            }
            for low, high in sides
            if low is not None or high is not None
        ]

    # -- thresholds ----------------------------------------------------------------------------------------------

    def thresholds(self, finding: Finding) -> list[Requirement]:
        """One threshold for each measure of the finding."""
        place = self.place(finding.start, finding.end)
        out = []
        for named, quantity in _split(finding):
            values: list[str] = [*_between_classes(named.row, quantity)]
            row, text = named.row, self._readable.show(named.start, named.end)
            limit = self._settled(row, quantity)
            out.append(
                {
                    "kind": "threshold",
                    "measure": {
                        "name": None if row is None else row.name,
                        "text": text,
                        "loinc": None if row is None else loinc_code(row, text, _units(limit)),
                    },
                    "lower": self._limit(limit.lower),
                    "upper": self._limit(limit.upper),
                    "values": values,
                    "canonical": self._canonical(row, limit, finding.start, finding.end),
                    "windows": [],
                    **place,
                }
            )
        self._note_repairs(finding.quantity.bounds)
        self._note_hedges(finding.quantity.bounds, finding.start, finding.end)
        self._note_loans(finding)
        return out

    def _note_loans(self, finding: Finding) -> None:
        """What a limit has from its neighbours or its parent: measure, unit, comparator."""
        start, end = finding.start, finding.end
        if finding.shared:
            measures = ", ".join(self._readable.show(named.start, named.end) for named in finding.measures)
            self.doubt("borrowed_measure", start, end, measure=measures)
        if finding.quantity.lent:
            self.doubt("borrowed_comparator", start, end)
        units = [bound.unit for bound in finding.quantity.bounds if bound.unit is not None]
        if any(unit.end <= start or unit.start >= end for unit in units):
            self.doubt("borrowed_unit", start, end, unit=self._readable.show(units[0].start, units[0].end))

    def _limit(self, bound: Bound | None) -> dict[str, Any] | None:
        if bound is None:
            return None
        offset = bound.offset
        return {
            "value": bound.value,
            "inclusive": bound.inclusive,
            "unit": None if bound.relative_to else self._unit(bound.unit),
            "relative_to": bound.relative_to,
            "offset": None if offset is None else {"value": offset.value, "unit": self._unit(offset.unit)},
        }

    def _unit(self, unit: UnitMark | None) -> dict[str, Any] | None:
        return None if unit is None else {"text": self._readable.show(unit.start, unit.end), "ucum": unit.ucum}

    def _note_repairs(self, bounds: Iterable[Bound]) -> None:
        for bound in bounds:
            amount = bound.amount
            if amount is not None and amount.repaired is not None and amount.unit is not None:
                span = self._readable.span(amount.unit.start, amount.unit.end)
                printed = amount.repaired.replace("^", "")
                self._notes.append(diagnostic("superscript_repaired", span, text=printed, repaired=amount.repaired))

    def _note_hedges(self, bounds: Iterable[Bound | None], start: int, end: int) -> None:
        for bound in bounds:
            if bound is not None and bound.hedged:
                self._note("alternative_number", start, end, read=f"{bound.value.normalize():f}")

    def _settled(self, row: MeasureRow | None, quantity: Quantity) -> Quantity:
        """The limit with its numbers read as its measure allows; a changed one is noted."""
        quantity, changed = settled(row, quantity)
        for bound in changed:
            if bound.place is not None:
                self._note("ambiguous_number", *bound.place, read=f"{bound.value.normalize():f}")
        return quantity

    def _canonical(self, row: MeasureRow | None, quantity: Quantity, start: int, end: int) -> dict[str, Any] | None:
        verdict = judged(row, quantity)
        if row is not None and verdict.implausible:
            self._note("implausible_value", start, end, measure=row.name)
        if row is not None and verdict.inferred is not None:
            self._note("inferred_unit", start, end, unit=verdict.inferred, measure=row.name)
        if verdict.unit is None or verdict.implausible:
            return None
        return {"lower": verdict.lower, "upper": verdict.upper, "unit": verdict.unit}

    def _note(self, code: str, start: int, end: int, **details: object) -> None:
        """As `doubt`, once for a place."""
        if (code, start, end) not in self._noted:
            self._noted.add((code, start, end))
            self.doubt(code, start, end, **details)


def _units(limit: Quantity) -> list[str]:
    """UCUM codes of the units that a limit is given in."""
    marks = [bound.unit for bound in limit.bounds if not bound.relative_to]
    return [mark.ucum for mark in marks if mark is not None and mark.ucum is not None]


def _split(finding: Finding) -> list[tuple[Named, Quantity]]:
    """Measures with their limits; a pair such as 150/90 gives systolic and diastolic pressure a limit each."""
    quantity = finding.quantity
    if quantity.dealt:
        return list(zip(finding.measures, (limit for _, limit in quantity.dealt), strict=True))
    if quantity.second is None:
        return [(named, quantity) for named in finding.measures]
    named = finding.measures[0]
    parts = (("systolic_bp", quantity), ("diastolic_bp", quantity.second))
    return [(Named(measures()[name], named.start, named.end), part) for name, part in parts]


def _between_classes(row: MeasureRow | None, quantity: Quantity) -> tuple[str, ...]:
    """A-C means A, B and C; B or better means A and B where A is the better end."""
    values = quantity.values
    if row is None or row.classes is None or not values or not set(values) <= set(row.classes):
        return values
    first, last = (row.classes.index(value) for value in (values[0], values[-1]))
    if not quantity.reach:
        return row.classes[first : last + 1] if len(values) == _ENDS and first < last else values
    if quantity.reach == "=":
        return values
    at, inclusive = first, quantity.reach.endswith("=")
    return row.classes[at + (not inclusive) :] if quantity.reach[0] == ">" else row.classes[: at + inclusive]
