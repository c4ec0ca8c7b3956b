"""One chunk of a batch: records in; the bytes that they add to the run's streams, and their counts, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import regex

from trialparse.models.trial import Trial
from trialparse.pipeline.fingerprints import fingerprint
from trialparse.pipeline.letters import letter
from trialparse.pipeline.many import AS_PARSE, Numbered, Reading, parse_record
from trialparse.pipeline.outputs import Output
from trialparse.pipeline.record import Failure, Record
from trialparse.pipeline.tally import Tally, errors_of

Mode = Literal["permissive", "drop", "failfast"]
ERRORS = "errors"
"""The stream of dead letters."""

_DIGITS = regex.compile(r"\d++")


class Part(NamedTuple):
    """What came of a chunk."""

    streams: dict[str, bytes]
    tally: Tally
    complaints: list[str]
    """What went wrong, for people: where and why."""
    last: str | None
    """Where the last record was read."""
    seen: str
    """The fingerprints of the records, one after another."""


@dataclass(frozen=True)
class Job:
    """What is to be done with each record. Picklable.

    Args:
        output: how trials are written.
        reading: how each record is read.
        mode: what becomes of a trial that has a diagnostic of severity error. permissive writes it; drop makes a dead
            letter of it; so does failfast, where the first dead letter ends the run.
        select: ids of the trials that are wanted, in capitals; none means all.
    """

    output: Output
    reading: Reading = AS_PARSE
    mode: Mode = "permissive"
    select: frozenset[str] = frozenset()

    def read(self, chunk: Sequence[Numbered]) -> Part:
        """Read a chunk."""
        tally = Tally(read=len(chunk))
        complaints: list[str] = []
        trials: list[tuple[Numbered, Trial]] = []
        failed: list[Numbered] = []
        for index, record in chunk:
            found = self._read_one(record)
            if found is None:
                tally.passed_over += 1
            elif isinstance(found, Record):
                failed.append((index, found))
            else:
                trials.append(((index, record), found))
                tally.selected.update(self.select & _ids(found, record))
        streams = self._encode(trials, failed)
        for (_, record), trial in trials:
            tally.add_trial(trial)
            complaints += [f"{record.where}: {message}" for message in errors_of(trial)]
        for _, record in failed:
            tally.add_failure(record)
            complaints.append(_complaint(record))
        streams[ERRORS] = b"".join(letter(index, record) for index, record in sorted(failed))
        seen = "".join(fingerprint(record) for _, record in chunk)
        return Part(streams, tally, complaints, chunk[-1][1].where, seen)

    def _read_one(self, record: Record) -> Trial | Record | None:
        """The trial; the record, if it failed; None if it is not wanted."""
        if self.select and not self._may_be_wanted(record):
            return None
        found = parse_record(record, self.reading)
        if isinstance(found, Failure):
            return record._replace(failure=found)
        if self.select and not self.select & _ids(found, record):
            return None
        wrong = next((each for each in found.diagnostics if each.severity == "error"), None)
        if wrong is None or self.mode == "permissive":
            return found
        return record._replace(id=record.id or found.trial_id, failure=Failure("parse", wrong.code, wrong.message))

    def _may_be_wanted(self, record: Record) -> bool:
        """Whether the longest number of a wanted id occurs in the text or its row's id, which is quickly seen."""
        text = record.shown()
        return text is None or any(number in text or number in (record.id or "") for number in self._numbers)

    @cached_property
    def _numbers(self) -> tuple[str, ...]:
        return tuple(max(_DIGITS.findall(each), key=len, default="") for each in self.select)

    def _encode(self, trials: list[tuple[Numbered, Trial]], failed: list[Numbered]) -> dict[str, bytes]:
        """The bytes of the trials; those that cannot be written go to `failed` instead."""
        try:
            return self.output.encode([trial for _, trial in trials])
        except Exception:  # one of them cannot be written: find it, so that the others are
            for item in trials.copy():
                (index, record), trial = item
                try:
                    self.output.encode([trial])
                except Exception as error:
                    failed.append((index, record.failed("write", error)))
                    trials.remove(item)
            return self.output.encode([trial for _, trial in trials])


def _ids(trial: Trial, record: Record) -> set[str]:
    """All that a trial is called, in capitals."""
    return {each.upper() for each in (trial.trial_id, *trial.secondary_ids, record.id) if each}


def _complaint(record: Record) -> str:
    assert record.failure is not None
    return f"{record.where}: {record.failure.message}"
