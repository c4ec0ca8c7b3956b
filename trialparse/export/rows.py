"""A trial's rows in each of the tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from trialparse.lexicon.conversion import convert
from trialparse.models.base import Span
from trialparse.models.eligibility import Age
from trialparse.models.requirement import (
    AllOf,
    AnyOf,
    AtLeast,
    Canonical,
    If,
    Limit,
    Not,
    Requirement,
    Statement,
    Threshold,
    Window,
)
from trialparse.models.subject import is_entry
from trialparse.models.trial import Trial
from trialparse.models.views import FlatThreshold, FlatWindow
from trialparse.models.visit import walk

Row = dict[str, Any]

_AS_THEY_ARE = (
    "registry", "schema_version", "brief_title", "official_title", "acronym", "overall_status", "study_type",
    "allocation", "intervention_model", "primary_purpose", "masking",
)  # fmt: skip
_LISTS = ("secondary_ids", "phases", "conditions", "keywords", "related_trial_ids")
_DATES = ("start_date", "primary_completion_date", "completion_date", "last_update_date")


def rows(trial: Trial) -> dict[str, list[Row]]:
    """Table name -> rows; a row has every column of its table."""
    place = f"{trial.source.path or ''}\0{trial.source.sha256}"
    record = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    key = {"record": record, "trial_id": trial.trial_id}
    thresholds, windows = trial.thresholds(), trial.windows()
    owners = {id(window): number for number, each in enumerate(thresholds) for window in each.threshold.windows}
    return {
        "trials": [key | _trial(trial)],
        "criteria": [key | row for row in _criteria(trial)],
        "thresholds": [key | {"number": number} | _threshold(each) for number, each in enumerate(thresholds)],
        "windows": [
            key | {"number": number, "threshold": owners.get(id(each.window))} | _window(each)
            for number, each in enumerate(windows)
        ],
        "requirements": [key | row for row in _requirements(trial)],
    }


def _trial(trial: Trial) -> Row:
    eligibility, source = trial.eligibility, trial.source
    return {
        **{name: getattr(trial, name) for name in _AS_THEY_ARE},
        **{name: list(getattr(trial, name)) for name in _LISTS},
        **{name: _of(getattr(trial, name), "date") for name in _DATES},
        "layout": source.layout,
        "path": source.path,
        "url": source.url,
        "sha256": source.sha256,
        "enrollment": _of(trial.enrollment, "count"),
        "enrollment_type": _of(trial.enrollment, "type"),
        "interventions": [each.name for each in trial.interventions if each.name],
        "lead_sponsor": _of(trial.lead_sponsor, "name"),
        "lead_sponsor_class": _of(trial.lead_sponsor, "agency_class"),
        "countries": list(dict.fromkeys(each.country for each in trial.locations if each.country)),
        **_age("minimum_age", eligibility.minimum_age),
        **_age("maximum_age", eligibility.maximum_age),
        "sex": eligibility.sex,
        "healthy_volunteers": eligibility.healthy_volunteers,
        "diagnostics": [each.code for each in trial.diagnostics],
    }


def _criteria(trial: Trial) -> Iterator[Row]:
    for section, criterion in trial.eligibility.criteria():
        yield {
            "criterion": criterion.id,
            "parent": criterion.id.rpartition(".")[0] or None,
            "section": section,
            "depth": criterion.id.count("."),
            "marker": criterion.marker,
            "text": criterion.text,
            "heading": criterion.heading,
            "combine": criterion.combine,
            "minimum": criterion.minimum,
            **_span(criterion.span),
        }


def _threshold(found: FlatThreshold) -> Row:
    threshold = found.threshold
    return {
        "criterion": found.criterion.id,
        "section": found.section,
        **_measured(threshold),
        **_bounds(threshold),
        "condition": found.condition and _words(found.condition),
        "negated": found.negated,
        "role": found.role,
        "alternative": found.alternative,
        "group": found.group,
        "text": threshold.text,
        **_span(threshold.span),
    }


def _window(found: FlatWindow) -> Row:
    window = found.window
    return {
        "criterion": found.criterion.id,
        "section": found.section,
        **_bounds(window),
        "lower_days": _days(window.lower),
        "upper_days": _days(window.upper),
        "direction": window.direction,
        "anchor": window.anchor,
        "at_entry": is_entry(window.anchor),
        "subject": found.subject,
        "negated": found.negated,
        "role": found.role,
        "alternative": found.alternative,
        "group": found.group,
        "text": window.text,
        **_span(window.span),
    }


def _requirements(trial: Trial) -> Iterator[Row]:
    """The parts of each criterion's requirement."""
    for section, criterion in trial.eligibility.criteria():
        for order, place in enumerate(walk(criterion.requirement) if criterion.requirement is not None else ()):
            item = place.item
            span: Span | None = getattr(item, "span", None)
            yield {
                "criterion": criterion.id,
                "section": section,
                "node": place.path,
                "parent": place.path.rpartition(".")[0] or None,
                "part": place.part,
                "order": order,
                "kind": item.kind,
                "minimum": item.minimum if isinstance(item, AtLeast) else None,
                "asserts": item.asserts if isinstance(item, Statement) else None,
                **_measured(item if isinstance(item, Threshold) else None),
                **_bounds(item if isinstance(item, Threshold | Window) else None),
                "direction": item.direction if isinstance(item, Window) else None,
                "anchor": item.anchor if isinstance(item, Window) else None,
                "text": getattr(item, "text", None),
                "start": _of(span, "start"),
                "end": _of(span, "end"),
            }


def _measured(item: Threshold | None) -> Row:
    measure = _of(item, "measure")
    return {
        "measure": _of(measure, "name"),
        "measure_text": _of(measure, "text"),
        "loinc": _of(measure, "loinc"),
        "values": list(_of(item, "values") or ()),
        **_canonical(_of(item, "canonical")),
    }


def _bounds(item: Threshold | Window | None) -> Row:
    return _limit("lower", _of(item, "lower")) | _limit("upper", _of(item, "upper"))


def _canonical(canonical: Canonical | None) -> Row:
    return {f"canonical_{name}": _of(canonical, name) for name in ("lower", "upper", "unit")}


def _days(limit: Limit | None) -> float | None:
    """A time in days; a month is 30.4375, a year 365.25."""
    if limit is None or limit.unit is None or limit.unit.ucum is None:
        return None
    days = convert(limit.value, limit.unit.ucum, "d")
    return None if days is None else float(days)


def _limit(side: str, limit: Limit | None) -> Row:
    unit, offset = _of(limit, "unit"), _of(limit, "offset")
    return {
        side: _of(limit, "value"),
        f"{side}_inclusive": _of(limit, "inclusive"),
        f"{side}_unit": _of(unit, "ucum"),
        f"{side}_unit_text": _of(unit, "text"),
        f"{side}_relative_to": _of(limit, "relative_to"),
        f"{side}_offset": _of(offset, "value"),
        f"{side}_offset_unit": _of(_of(offset, "unit"), "ucum"),
        f"{side}_offset_unit_text": _of(_of(offset, "unit"), "text"),
    }


def _age(name: str, age: Age | None) -> Row:
    return {name: _of(age, "value"), f"{name}_unit": _of(age, "unit")}


def _span(span: Span) -> Row:
    return {"start": span.start, "end": span.end}


def _of(item: object | None, name: str) -> Any:
    """An attribute of what may be missing; an exact decimal as float64."""
    value = None if item is None else getattr(item, name)
    return float(value) if isinstance(value, Decimal) else value


def _words(expression: Requirement) -> str:
    """A condition in words, its parts as printed."""
    match expression:
        case AllOf() | AnyOf() | AtLeast():
            joint = " and " if isinstance(expression, AllOf) else " or "
            joined = joint.join(map(_words, expression.items))
            return f"at least {expression.minimum} of ({joined})" if isinstance(expression, AtLeast) else joined
        case Not():
            return f"not ({_words(expression.item)})"
        case If():
            return f"{_words(expression.then)} if {_words(expression.condition)}"
        case _:
            return expression.text
