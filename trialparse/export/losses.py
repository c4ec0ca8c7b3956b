"""What a format cannot hold: named with its place and the reason, never dropped in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from trialparse.models.base import Span
from trialparse.models.requirement import Requirement, Statement, Threshold, Window
from trialparse.models.trial import Trial
from trialparse.models.visit import walk

Kept = Literal["nothing", "text", "note", "convention"]
"""What of it is in the document: nothing; its text, as prose; a note, which decides nothing; all of it, but in a way
that only who knows the convention can read."""

LOSSES: dict[str, tuple[Kept, str]] = {
    "age_open": ("nothing", "an age range needs both ends, and the record states one"),
    "binds_nobody": ("note", "a permission or an explanation decides nothing, so it is no criterion"),
    "characters": ("text", "control characters and surrogates are no text; U+FFFD stands for each"),
    "classes_and_limits": ("text", "a threshold of classes and of numbers at once"),
    "field": ("nothing", "the format has no element for it"),
    "field_code": ("text", "the format's own codes have none for it"),
    "field_convention": ("convention", "the format has no element for it; it is a text among the study's classifiers"),
    "id_without_scope": ("nothing", "an id needs the organization that gave it, which the record does not say"),
    "limit_form": ("text", "a multiple of a reference with something added to it, or an addition to no reference"),
    "logic": ("text", "the format keeps criteria as text: how its parts join is not said apart"),
    "long_id": ("convention", "an id of more than 64 characters; a shorter one stands for it"),
    "no_limit": ("text", "a threshold of which no limit was read"),
    "not_written": ("nothing", "the format may have a place for it, but this export does not write it"),
    "other_section": ("note", "it stands in neither section, so it is no criterion"),
    "reference_multiple": (
        "convention",
        "no element for a multiple of {reference}; it is an amount in {{x{reference}}}, which UCUM takes for 1",
    ),
    "required": ("convention", "the record does not state it, and the format asks for it: {written} stands for that"),
    "threshold": ("text", "the format keeps criteria as text: the limit is not said apart"),
    "window": ("text", "the format keeps criteria as text: the time is not said apart"),
    "window_form": ("text", "no element for a time of this form: its side of the event is open, or its units differ"),
    "window_openness": ("nothing", "a range of time includes its ends, and this one does not"),
}
"""Code -> what is kept, and the reason."""


class Loss(NamedTuple):
    """One thing that the document holds not at all, or not as the trial does."""

    code: str
    """One of the keys of `LOSSES`."""
    path: str
    """Where it stands: a field of the trial, the id of a criterion, or a part of its requirement ("I3/0.1")."""
    reason: str
    kept: Kept
    text: str | None = None
    """As printed; of a field, its value."""
    span: Span | None = None

    def as_row(self) -> dict[str, Any]:
        """As plain data, for a file."""
        return {**self._asdict(), "span": None if self.span is None else self.span.model_dump()}


class Losses:
    """Collects them."""

    def __init__(self) -> None:
        self.found: list[Loss] = []

    def add(self, code: str, path: str, text: str | None = None, span: Span | None = None, **details: object) -> None:
        """One more; `details` fill the reason."""
        kept, reason = LOSSES[code]
        self.found.append(Loss(code, path, reason.format(**details), kept, text, span))

    def fields(self, code: str, trial: Trial, names: Iterable[str]) -> None:
        """The fields of these names that the trial has."""
        for name in names:
            if (value := getattr(trial, name)) not in (None, ()):
                self.add(code, name, _shown(value))

    def leaves(self, code: str, item: Requirement, path: str) -> None:
        """Every limit, time and statement of a requirement, which stands at `path`."""
        for place in walk(item):
            if isinstance(place.item, Threshold | Window | Statement):
                self.add(code, path + place.path[1:], place.item.text, place.item.span)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"{len(value):,} of them"
    return str(getattr(value, "date", None) or getattr(value, "name", None) or value)


def summary(counts: Counter[str]) -> str:
    """Losses by their codes, the most frequent first, for people: "3 window_openness (nothing kept)"."""
    return ", ".join(f"{count:,} {code} ({LOSSES[code][0]} kept)" for code, count in counts.most_common())
