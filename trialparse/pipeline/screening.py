"""One patient against many trials: the verdicts, best first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from trialparse.evaluate.patient import Patient
from trialparse.models.trial import Trial
from trialparse.models.verdict import TrialVerdict
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


def screen(patient: Patient, found: Iterable[tuple[Record, Trial | Failure]]) -> Iterator[Screened]:
    """The verdict for each trial, in their order; failures have none.

    Args:
        patient: whom the criteria are put to.
        found: as `trialparse.pipeline.parsed` gives it.
    """
    for _, trial in found:
        if not isinstance(trial, Failure):
            yield Screened(trial.brief_title or trial.official_title, trial.source.path, trial.evaluate(patient))


def best_first(found: Iterable[Screened]) -> list[Screened]:
    """Met, then unknown by how little is missing, then not met by how little failed; within that by the trial's id."""

    def place(item: Screened) -> tuple[int, bool, int, str]:
        verdict = item.verdict
        missing = len(verdict.needs) if verdict.outcome == "unknown" else len(verdict.reasons)
        return RANK[verdict.outcome], not verdict.criteria, missing, verdict.trial_id or ""

    return sorted(found, key=place)
