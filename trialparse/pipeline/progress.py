"""How far a run is, on stderr, for people who watch."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Show = Callable[[int, int], None]
"""Takes the number of records read, and of those that failed."""

_EVERY = 0.1


@contextmanager
def progress(total: int | None) -> Iterator[Show]:
    """A bar for as long as the run lasts; nothing where stderr is no terminal.

    Args:
        total: number of records, where it is known.
    """
    if not sys.stderr.isatty():
        yield lambda _read, _failed: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[failed]} failed"), TimeElapsedColumn())
    # no thread that refreshes: workers are forked while the bar is there
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=total, failed=0)
        shown = 0.0

        def show(read: int, failed: int) -> None:
            nonlocal shown
            bar.update(task, completed=read, failed=failed)
            if time.monotonic() - shown > _EVERY:
                shown = time.monotonic()
                bar.refresh()

        yield show
