"""Where the parts of a run go: to stdout at once, or to a folder beside the output until the run is whole."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from trialparse.pipeline.batch import ERRORS, Part
from trialparse.pipeline.files import bring_back, copy_file, lock_folder, replace_file
from trialparse.pipeline.journal import Journal
from trialparse.pipeline.outputs import Output
from trialparse.pipeline.tally import Tally


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
    held: set[str]
    """The records of a whole run that this one adds to."""

    def append(self, part: Part) -> None:
        """Take a part."""

    def suspend(self) -> None:
        """End before the run is whole."""

    def finish(self, *, worthless: bool) -> None:
        """End the whole run; a worthless one leaves an output that stood there before as it was."""


class ToStdout:
    """JSON lines to stdout as they come, dead letters to a file at the end."""

    def __init__(self, letters: Path | None) -> None:
        self.tally = Tally()
        self.last: str | None = None
        self.held: set[str] = set()
        self._letters = letters
        self._lines = None if letters is None else partial(letters).open("wb")

    def append(self, part: Part) -> None:
        """Take a part."""
        if self._lines is not None:
            self._lines.write(part.streams[ERRORS])
        sys.stdout.buffer.write(part.streams["output"])
        sys.stdout.buffer.flush()
        self.tally.add(part.tally)

    def suspend(self) -> None:
        """End before the run is whole."""
        self.finish(worthless=False)

    def finish(self, *, worthless: bool) -> None:  # noqa: ARG002 - stdout holds nothing from before
        """End the run."""
        if self._lines is not None and self._letters is not None:
            self._lines.close()
            replace_file(Path(self._lines.name), self._letters)


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
        OSError: the output cannot be written.
    """

    def __init__(self, out: Path, output: Output, letters: Path, asked: Mapping[str, Any], *, resume: bool) -> None:
        self.tally = Tally()
        self.last: str | None = None
        self.held: set[str] = set()
        self._out, self._output, self._letters = out, output, letters
        self._folder = partial(out)
        self._lock = lock_folder(self._folder)
        bring_back(out)
        held = output.held(out) if resume and out.exists() else iter(())
        found = Journal.take_up(self._folder) if resume else None
        if found is None:
            before = list(held)
            base = output.reopen(out) if before else iter(())
            header = {**asked, "extends": len(before)}
            self._journal = Journal.create(self._folder, (*output.streams, ERRORS), header, base)
        else:
            self._journal, notes = found
            before = list(islice(held, self._go_on(dict(asked), notes)))
        self.held.update(before)

    def _go_on(self, asked: dict[str, Any], notes: Iterator[dict[str, Any]]) -> int:
        """Count what is done; how many trials there were in an output that this run adds to."""
        header = next(notes)
        if {key: header.get(key) for key in asked} != asked:
            self._close()
            raise ResumeError(f"{self._folder} holds a run with other inputs or options")
        for note in notes:
            self.tally.add(Tally.from_json(note["tally"]))
            self.last = note["last"]
        return int(header["extends"])

    def append(self, part: Part) -> None:
        """Take a part."""
        self._journal.append(part.streams, {"tally": vars(part.tally), "last": part.last})
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
        shutil.rmtree(self._folder)
        self._lock.close()
