"""Where the parts of a run go: to stdout at once, or to a folder beside the output until the run is whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from trialparse.pipeline.batch import ERRORS, Part
from trialparse.pipeline.files import copy_file, fresh_file, lock_folder, remove_own, replace_file
from trialparse.pipeline.fingerprints import Fingerprints
from trialparse.pipeline.journal import JOURNAL, Journal
from trialparse.pipeline.outputs import Output
from trialparse.pipeline.tally import Tally
from trialparse.text.printable import printable_json


def partial(path: Path) -> Path:
    """Where a file or folder is made before it is whole."""
    return path.with_name(path.name + ".partial")


class ResumeError(ValueError):
    """What is there was made from other input or with other options."""


class Sink(Protocol):
    """Takes the parts of a run in order."""

    tally: Tally
    """Of all parts, with those of an earlier run that this one goes on with."""
    last: str | None
    """Where the last record of that earlier run was read."""
    known: Fingerprints
    """The records of that earlier run, and of a whole run that this one adds to."""

    def append(self, part: Part) -> None:
        """Take a part."""

    def suspend(self) -> None:
        """End before the run is whole."""

    def finish(self, *, worthless: bool) -> None:
        """End the whole run; a worthless one leaves an output that stood there before as it was."""


def to_stdout(lines: bytes) -> None:
    """Write JSON lines at once; to a terminal such that they do nothing there."""
    if sys.stdout.isatty():
        lines = printable_json(lines.decode()).encode()
    sys.stdout.buffer.write(lines)
    sys.stdout.buffer.flush()


class ToStdout:
    """JSON lines to stdout as they come, dead letters to a file at the end."""

    def __init__(self, letters: Path | None) -> None:
        self.tally = Tally()
        self.last: str | None = None
        self.known = Fingerprints()
        self._letters = letters
        self._stack = ExitStack()
        self._lines = None if letters is None else self._stack.enter_context(fresh_file(letters))

    def append(self, part: Part) -> None:
        """Take a part."""
        if self._lines is not None:
            self._lines[0].write(part.streams[ERRORS])
        to_stdout(part.streams["output"])
        self.tally.add(part.tally)

    def suspend(self) -> None:
        """End before the run is whole."""
        self.finish(worthless=False)

    def finish(self, *, worthless: bool) -> None:  # noqa: ARG002 - stdout holds nothing from before
        """End the run."""
        with self._stack:
            if self._lines is not None and self._letters is not None:
                file, name = self._lines
                file.close()
                replace_file(name, self._letters)


class ToDisk:
    """A run that ends in a file or folder.

    Args:
        out: the output.
        output: what kind it is.
        letters: file for dead letters.
        asked: what was asked for. A run goes on only where the same was asked for.
        resume: whether to go on with a run that was cut off, or to add to the output of a whole one.

    Raises:
        BusyError: another run writes the same output.
        ResumeError: the run that was cut off was asked for something else.
        ValueError: what stands where the run is made is not ours.
        OSError: the output cannot be written.
    """

    def __init__(self, out: Path, output: Output, letters: Path, asked: Mapping[str, Any], *, resume: bool) -> None:
        self.tally = Tally()
        self.last: str | None = None
        self.known = Fingerprints()
        self.dropped = 0
        """Records that a run had done which was cut off, and which this one does not go on with."""
        self._out, self._output, self._letters = out, output, letters
        self._folder = partial(out)
        self._lock = lock_folder(self._folder)
        output.mend(self._folder, out)
        held = output.held(out) if resume and out.exists() else iter(())
        found = Journal.take_up(self._folder)
        if found is not None and not resume:
            journal, notes = found
            self.dropped = sum(note["tally"]["read"] for note in islice(notes, 1, None))
            journal.close()
            found = None
        if found is None:
            before = list(held)
            base = output.reopen(out) if before else iter(())
            header = {**asked, "extends": len(before)}
            self._journal = Journal.create(self._folder, (*output.streams, ERRORS), header, base)
        else:
            self._journal, notes = found
            before = list(islice(held, self._go_on(dict(asked), notes)))
        self.known.hold(before)

    def _go_on(self, asked: dict[str, Any], notes: Iterator[dict[str, Any]]) -> int:
        """Count what is done; how many trials there were in an output that this run adds to."""
        header = next(notes)
        if {key: header.get(key) for key in asked} != asked:
            self._close()
            raise ResumeError(f"{self._folder} holds a run with other inputs or options")
        for note in notes:
            self.tally.add(Tally.from_json(note["tally"]))
            self.last = note["last"]
            self.known.add(note["seen"])
        return int(header["extends"])

    def append(self, part: Part) -> None:
        """Take a part."""
        self._journal.append(part.streams, {"tally": vars(part.tally), "last": part.last, "seen": part.seen})
        self.tally.add(part.tally)

    def suspend(self) -> None:
        """Keep what is done for a run that goes on with it."""
        try:
            self._journal.sync()
        finally:
            self._close()

    def _close(self) -> None:
        self._journal.close()
        self._lock.close()

    def finish(self, *, worthless: bool) -> None:
        """Put output and dead letters in their places. The output comes last, and in one step."""
        self._journal.sync()
        self._journal.close()
        copy_file(self._folder / ERRORS, self._letters)
        if not worthless:
            self._output.finish(self._folder, self._out)
        remove_own(self._folder, (*self._output.streams, ERRORS, *self._output.extras, JOURNAL))
        self._lock.close()
