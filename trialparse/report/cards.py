"""The criteria of a trial as cards: text, logic, limits in their units, and what they come to for a patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from trialparse.models.comparison import sides
from trialparse.models.eligibility import Criterion, Eligibility, SectionName
from trialparse.models.notation import bounds, formula
from trialparse.models.requirement import Limit, Requirement, Statement, Threshold, Unit, Window
from trialparse.models.verdict import CriterionVerdict, Reason
from trialparse.models.views import Role, thresholds_of, windows_of
from trialparse.models.visit import parts
from trialparse.report.verdicts import asked

Data = dict[str, Any]
_Place = tuple[str, str]
"""Id of a criterion and path in its requirement."""


def cards_of(eligibility: Eligibility, verdicts: Mapping[str, CriterionVerdict]) -> dict[str, Data]:
    """A card for each criterion by its id, in the order of the text.

    Args:
        eligibility: the criteria.
        verdicts: on a patient, by the id of the criterion; empty where there is none.
    """
    roles: dict[_Place, Role] = {(each.criterion.id, each.path): each.role for each in windows_of(eligibility)}
    roles |= {(each.criterion.id, each.path): each.role for each in thresholds_of(eligibility)}
    return {
        criterion.id: _card(section, criterion, roles, verdicts.get(criterion.id))
        for section, criterion in eligibility.criteria()
    }


def _card(
    section: SectionName, criterion: Criterion, roles: dict[_Place, Role], verdict: CriterionVerdict | None
) -> Data:
    reasons = {} if verdict is None else {(each.text, each.requirement): each for each in verdict.reasons}
    logic = _Logic(criterion, roles, reasons)
    drawn = None if criterion.requirement is None else logic.draw(criterion.requirement)
    return {
        "id": criterion.id,
        "section": section,
        "depth": criterion.id.count("."),
        "text": criterion.text,
        "heading": criterion.heading,
        "join": criterion.combine,
        "minimum": criterion.minimum,
        "logic": drawn,
        "measures": list(logic.measures),
        "roles": list(logic.seen),
        "remarks": [],
        "verdict": None if verdict is None else _verdict(verdict),
    }


def _verdict(verdict: CriterionVerdict) -> Data:
    return {
        "outcome": verdict.outcome,
        "reasons": [reason_line(each) for each in verdict.reasons],
        "needs": [asked(each) for each in verdict.needs],
    }


def reason_line(reason: Reason) -> list[str | None]:
    """A reason for the page: whose it is, what was asked, what it came to, and what of the patient it rests on."""
    return [reason.criterion, reason.requirement, reason.outcome, reason.fact]


class _Logic:
    """Draws the requirement of one criterion."""

    def __init__(self, criterion: Criterion, roles: dict[_Place, Role], reasons: dict[tuple[str, str], Reason]) -> None:
        self._id = criterion.id
        self._roles = roles
        self._reasons = reasons
        self.measures: dict[str, None] = {}
        """What is limited, in order."""
        self.seen: dict[Role, None] = {}
        """The roles of limits and times."""

    def draw(self, item: Requirement, path: str = "0") -> Data:
        """A part of the requirement with all that stands in it."""
        inner = [self.draw(each, f"{path}.{i}") for i, (each, _) in enumerate(parts(item))]
        match item:
            case Threshold():
                self.measures[measure_label(item)] = None
                return self._leaf(item, path) | _limits(item) | {"windows": inner}
            case Statement():
                told = {"text": item.text.strip(), "asserts": item.asserts, "windows": inner}
                return self._leaf(item, path) | told
            case Window():
                return self._leaf(item, path) | {"formula": formula(item)}
            case _:
                return {"kind": item.kind, "path": path, "minimum": getattr(item, "minimum", None), "items": inner}

    def _leaf(self, item: Threshold | Statement | Window, path: str) -> Data:
        reason = self._reasons.get((item.text, str(item)))
        told = {} if reason is None else {"outcome": reason.outcome, "fact": reason.fact}
        role = self._roles.get((self._id, path))
        if role is not None:
            self.seen[role] = None
        return {"kind": item.kind, "path": path, "role": role} | told


def _limits(item: Threshold) -> Data:
    """The limits of a threshold as printed and in the measure's own unit."""
    stated, own = bounds(item), bounds(_canonical(item))
    return {
        "formula": stated,
        "canonical": own if own != stated else None,
        "unit": next((limit.unit.text for limit, _ in sides(item) if limit.unit is not None), None),
        "loinc": item.measure.loinc,
    }


def _canonical(item: Threshold) -> Threshold:
    if item.canonical is None:
        return item
    unit = Unit(text=item.canonical.unit, ucum=item.canonical.unit)

    def own(limit: Limit | None, value: Decimal | None) -> Limit | None:
        return limit if limit is None or value is None else replace(limit, value=value, unit=unit)

    lower, upper = own(item.lower, item.canonical.lower), own(item.upper, item.canonical.upper)
    return item.model_copy(update={"lower": lower, "upper": upper})


def measure_label(item: Threshold) -> str:
    """The name of what is limited, for people and for filters."""
    return item.measure.name.replace("_", " ") if item.measure.name else item.measure.text.casefold()
