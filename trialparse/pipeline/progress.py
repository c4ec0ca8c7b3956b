"""How far a run is, on stderr: a bar for people who watch, a line now and then for a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from trialparse.pipeline.inputs import Inputs

Show = Callable[[int, int], None]
"""Takes the number of records read, and of those that failed."""

_EVERY = 0.1
_LINE_EVERY = 10.0
"""Seconds between two lines where stderr is no terminal; a shorter run has none."""
_UNITS = ("bytes", "KB", "MB", "GB", "TB")


@contextmanager
def progress(inputs: Inputs, limit: int | None, done: int = 0) -> Iterator[Show]:
    """Shows how far a run is, for as long as it lasts.

    Args:
        inputs: what is read: it knows how many bytes there are, and where it is.
        limit: number of records, where only so many are read.
        done: number of records of a run that this one goes on with.
    """
    pace = _Pace(inputs, limit, done)
    if not sys.stderr.isatty():
        yield _lines(pace)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.fields[said]}"), TimeElapsedColumn())
    # no thread that refreshes: workers are forked while the bar is there
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=1.0, said="")
        shown = 0.0

        def show(read: int, failed: int) -> None:
            nonlocal shown
            if time.monotonic() - shown > _EVERY:
                shown = time.monotonic()
                share = pace.share(read)
                bar.update(task, completed=share or 0.0, total=None if share is None else 1.0)
                bar.update(task, said=pace.line(read, failed))
                bar.refresh()

        yield show


def _lines(pace: _Pace) -> Show:
    said = time.monotonic()

    def show(read: int, failed: int) -> None:
        nonlocal said
        if time.monotonic() - said > _LINE_EVERY:
            said = time.monotonic()
            print(f"trialparse: {pace.line(read, failed)}", file=sys.stderr, flush=True)

    return show


class _Pace:
    """How much is done of how much, and how fast."""

    def __init__(self, inputs: Inputs, limit: int | None, done: int) -> None:
        self._inputs = inputs
        self._limit = limit
        self._size: int | None = None
        self._asked = False
        self._began = time.monotonic()
        self._before = done
        self._from: tuple[float, float] | None = None if done else (self._began, 0.0)
        """When this run began to do something, and how much was done by then."""

    def share(self, read: int) -> float | None:
        """The part that is done, where the whole is known."""
        if self._limit is not None:
            return min(1.0, read / self._limit)
        if not self._asked:
            self._size, self._asked = self._inputs.size(), True
        return min(1.0, self._inputs.position / self._size) if self._size else None

    def line(self, read: int, failed: int) -> str:
        """All of it in words."""
        spent = time.monotonic() - self._began
        share = self.share(read)
        parts = [f"{read:,} records", *([f"{failed:,} failed"] if failed else [])]
        position = size_of(self._inputs.position)
        if share is None:
            parts.append(position)
        else:
            parts.append(f"{share:.0%} of {size_of(self._size)}" if self._size else f"{position}, {share:.0%}")
        rate = (read - self._before) / spent
        parts.append(f"{rate:,.0f}/s" if rate >= 1 else f"{rate:.1g}/s")
        if share is not None:
            self._from = self._from or (time.monotonic(), share)
            began, before = self._from
            if before < share < 1:  # what has been read may still wait for its worker
                parts.append(f"{_duration((time.monotonic() - began) * (1 - share) / (share - before))} left")
        return ", ".join(parts)


def size_of(count: int) -> str:
    """A number of bytes as people say it: 1.2 GB."""
    size, unit = float(count), 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.0f} {_UNITS[unit]}" if unit < 2 else f"{size:.1f} {_UNITS[unit]}"


def _duration(seconds: float) -> str:
    minutes = round(seconds) // 60
    return f"{round(seconds)} s" if not minutes else f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
