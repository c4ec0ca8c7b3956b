"""What earlier runs have read, so that a run that goes on with them sees what has changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from trialparse.pipeline.record import Record

_DIGITS = 16
"""Hexadecimal digits of a text's SHA-256 that are kept."""
_BYTES = _DIGITS // 2
_NAMED = 5


def fingerprint(record: Record) -> str:
    """Of a record's text: how its `source.sha256` begins."""
    text = (record.shown() if isinstance(record.text, str | bytes) else None) or ""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


class Fingerprints:
    """Of the records that a run which was cut off has done, by number; of the trials of a whole run, by place."""

    def __init__(self) -> None:
        self._done = bytearray()
        self._held: dict[str, bytes] = {}
        self._met: set[str] = set()
        self._changed: list[str] = []

    def add(self, digits: str) -> None:
        """The fingerprints of the next records that are done, one after another."""
        self._done += bytes.fromhex(digits)

    def hold(self, trials: Iterable[tuple[str, str]]) -> None:
        """The place and SHA-256 of each trial in an output."""
        self._held.update((place, bytes.fromhex(digest[:_DIGITS])) for place, digest in trials)

    def holds(self, record: Record) -> bool:
        """Whether a record is in the output; notes if its text has changed since."""
        place = record.where
        if record.failure is not None or place is None or place not in self._held:
            return False
        self._met.add(place)
        self._compare(record, self._held[place])
        return True

    def check(self, number: int, record: Record) -> None:
        """Note if the text of a record that is done has changed since."""
        self._compare(record, self._done[number * _BYTES : (number + 1) * _BYTES])

    def _compare(self, record: Record, before: bytes | bytearray) -> None:
        if bytes.fromhex(fingerprint(record)) != before:
            self._changed.append(str(record.where))

    def remarks(self, *, whole: bool) -> list[str]:
        """What people should know. `whole`: all the input was read."""
        found = []
        if self._changed:
            named = ", ".join(self._changed[:_NAMED]) + (", ..." if len(self._changed) > _NAMED else "")
            found.append(
                f"{len(self._changed):,} records changed since they were read; the output has them as they were "
                f"(a run without --resume reads them again): {named}"
            )
        gone = len(self._held) - len(self._met)
        if gone and whole:
            found.append(f"{gone:,} trials of the output are of records that are no longer in the input")
        return found
