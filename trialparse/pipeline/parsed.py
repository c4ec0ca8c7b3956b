"""Records that are trials already, since `trialparse parse` wrote them, among those that are still to be parsed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pydantic import ValidationError

from trialparse.models.trial import Trial
from trialparse.pipeline.division import PARSED
from trialparse.pipeline.many import parse_many
from trialparse.pipeline.record import Failure, Record


class Unread(NamedTuple):
    """A record that gave no trial."""

    record: Record
    failure: Failure


def trials(records: Iterable[Record], *, workers: int = 1) -> Iterator[Trial | Unread]:
    """The trial of each record, in their order.

    Args:
        records: pages and registry records, as `trialparse.pipeline.inputs.Inputs` yields them, or lines that
            `trialparse parse` wrote, which are not parsed again.
        workers: number of processes that parse.
    """
    for result in parse_many(_sources(records), workers=workers, as_tuples=True):
        record, known = result.context
        trial = known or result.trial
        if trial is not None:
            yield trial
        elif result.failure is not None:
            yield Unread(record, result.failure)


def _sources(records: Iterable[Record]) -> Iterator[tuple[Record, tuple[Record, Trial | None]]]:
    """What is to be parsed of each, which is nothing of a trial that is one already."""
    for record in records:
        known = _parsed(record.text)
        yield record if known is None else record._replace(text=""), (record, known)


def _parsed(text: str | bytes | None) -> Trial | None:
    """The trial that a line holds which `trialparse parse` wrote."""
    if not isinstance(text, str) or not text.startswith(PARSED):
        return None
    try:
        return Trial.model_validate_json(text)
    except ValidationError:
        return None
