"""What a page says of the trial to machines, in JSON-LD of schema.org: it fills the fields that the page has not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import regex

from trialparse.layouts.base import Record
from trialparse.layouts.values import LINE_READERS, Found
from trialparse.models.diagnostic import diagnostic
from trialparse.text.decode import well_formed

_SCRIPT = regex.compile(r"<script\b[^<>]{0,300}?application/ld\+json[^<>]{0,300}+>", regex.IGNORECASE)
_END = regex.compile(r"</script", regex.IGNORECASE)
_LONGEST = 1_000_000
_MOST_OBJECTS = 2000
_TYPES = frozenset({"MedicalTrial", "MedicalStudy", "MedicalObservationalStudy"})
_CAPITAL = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
_NAMING = ("name", "value", "@id")
_TEXTS = {"name": "brief_title", "headline": "brief_title", "description": "brief_summary"}
"""Property -> field of free text."""
_LISTS = {"healthCondition": "conditions", "keywords": "keywords"}
_VALUES = {
    "identifier": "trial_id",
    "status": "overall_status",
    "phase": "phases",
    "startDate": "start_date",
    "endDate": "completion_date",
    "trialDesign": "design",
}
"""Property -> what its value is read as."""


def add_linked_data(source: str, record: Record) -> None:
    """Fill the empty fields of `record` from the JSON-LD in a page's markup, with a diagnostic that names them."""
    for script in _SCRIPT.finditer(source):
        close = _END.search(source, script.end(), script.end() + _LONGEST)
        for trial in _trials(source[script.end() : close.start()]) if close else ():
            held = record.fields
            found = {name: value for name, value in _read(trial).items() if name not in held}
            if found:
                span = script.end(), close.start() if close else script.end()
                record.add(found, span)
                record.notes.append(diagnostic("linked_data", span, fields=", ".join(found)))


def _trials(text: str) -> Iterator[Mapping[str, Any]]:
    """The objects that describe a trial, wherever they stand."""
    try:
        todo = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_OBJECTS):
        if not todo:
            return
        item = todo.pop(0)
        if isinstance(item, list):
            todo += item
        elif isinstance(item, dict):
            if _TYPES.intersection(_listed(item.get("@type"))):
                yield item
            todo += [item[key] for key in ("@graph", "mainEntity", "about") if key in item]


def _read(trial: Mapping[str, Any]) -> Found:
    found: Found = {}
    for name, field in _TEXTS.items():
        if texts := _texts(trial.get(name)):
            found.setdefault(field, texts[0])
    for name, field in _LISTS.items():
        if texts := _texts(trial.get(name)):
            found[field] = texts
    for name, meaning in _VALUES.items():
        for text in _texts(trial.get(name)):
            found = (LINE_READERS[meaning](text, "") or {}) | found
    sponsor = _texts(trial.get("sponsor"))
    return found | ({"lead_sponsor": {"name": sponsor[0]}} if sponsor else {})


def _texts(value: Any) -> list[str]:
    """Texts from texts, objects with a name or value, terms such as `https://schema.org/Recruiting`, and lists."""
    texts: list[str] = []
    for item in _listed(value):
        text = (
            next((item[key] for key in ("name", "value", "@id") if key in item), "") if isinstance(item, dict) else item
        )
        if isinstance(text, str | int) and (shown := " ".join(well_formed(str(text)).split())):
            term = shown.startswith("http") and "schema.org/" in shown
            texts.append(_CAPITAL.sub(" ", shown.rpartition("/")[2]) if term else shown)
    return texts


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
