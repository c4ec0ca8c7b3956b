"""One patient against many trials: the verdicts, best first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pydantic import ValidationError

from trialparse.evaluate.patient import Patient
from trialparse.models.trial import Trial
from trialparse.models.verdict import TrialVerdict
from trialparse.pipeline.division import PARSED
from trialparse.pipeline.many import parse_many
from trialparse.pipeline.record import Failure, Record

RANK = {"met": 0, "unknown": 1, "not_met": 2}
"""Outcome -> its place, best first."""


class Screened(NamedTuple):
    """A trial and its verdict."""

    title: str | None
    path: str | None
    verdict: TrialVerdict

    def as_json(self) -> str:
        """One line: the verdict, with the trial's title and the place where it was read."""
        found = {"title": self.title, "path": self.path, **self.verdict.model_dump(mode="json")}
        return json.dumps(found, ensure_ascii=False)


def screen(
    patient: Patient, records: Iterable[Record], *, workers: int = 1
) -> Iterator[Screened | tuple[Record, Failure]]:
    """The verdict for each trial of the records, in their order; what cannot be read comes back as a failure.

    Args:
        patient: whom the criteria are put to.
        records: pages and registry records, as `trialparse.pipeline.inputs.Inputs` yields them, or lines that
            `trialparse parse` wrote, which are not parsed again.
        workers: number of processes that parse.
    """
    for record, found in trials(records, workers=workers):
        if isinstance(found, Failure):
            yield record, found
        else:
            yield Screened(found.brief_title or found.official_title, found.source.path, found.evaluate(patient))


def trials(
    records: Iterable[Record], *, layout: str | None = None, workers: int = 1
) -> Iterator[tuple[Record, Trial | Failure]]:
    """Each trial of the records with what it was read from, in their order; what cannot be read is a failure.

    Args:
        records: pages and registry records, or lines that `trialparse parse` wrote, which are not parsed again: the
            record of such a trial has no text.
        layout: as for `parse`.
        workers: number of processes that parse.
    """
    for result in parse_many(_sources(records), layout=layout, workers=workers, as_tuples=True):
        found = result.context or result.trial or result.failure
        if found is not None:
            yield (result.record._replace(text=None) if result.context else result.record), found


def best_first(found: Iterable[Screened]) -> list[Screened]:
    """Met, then unknown by how little is missing, then not met by how little failed; within that by the trial's id."""

    def place(item: Screened) -> tuple[int, bool, int, str]:
        verdict = item.verdict
        missing = len(verdict.needs) if verdict.outcome == "unknown" else len(verdict.reasons)
        return RANK[verdict.outcome], not verdict.criteria, missing, verdict.trial_id or ""

    return sorted(found, key=place)


def _sources(records: Iterable[Record]) -> Iterator[tuple[Record, Trial | None]]:
    """What is to be parsed of each, which is nothing of a trial that is one already."""
    for record in records:
        known = _parsed(record.text)
        yield record if known is None else record._replace(text=""), known


def _parsed(text: str | bytes | None) -> Trial | None:
    """The trial that a line holds which `trialparse parse` wrote."""
    if not isinstance(text, str) or not text.startswith(PARSED):
        return None
    try:
        return Trial.model_validate_json(text)
    except ValidationError:
        return None
