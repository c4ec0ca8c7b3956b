"""A report page from the files that a command names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from trialparse.evaluate.patient import Patient
from trialparse.pipeline.inputs import Inputs
from trialparse.pipeline.parsed import Say, Watched
from trialparse.pipeline.places import check_places, may_be_replaced
from trialparse.pipeline.record import Failure
from trialparse.report.page import Read, Unread, is_report, write_report


def report_of(
    names: Sequence[str],
    out: Path,
    patient: Patient | None = None,
    *,
    layout: str | None = None,
    workers: int = 1,
    say: Say,
) -> tuple[int, int]:
    """Write the page about all trials of some inputs.

    Args:
        names: files, folders and globs, as of `Inputs`.
        out: file to write.
        patient: whom the criteria are put to.
        layout: as for `parse`.
        workers: number of processes that parse.
        say: as for `Watched`.

    Returns:
        How many records are in the page as trials, and with how many something was wrong.

    Raises:
        ValueError: the page would take the place of an input, or of a file that is no report.
        OSError: it cannot be written.
    """
    check_places({"--out": out}, names)
    if not may_be_replaced(out, is_report):
        raise ValueError(f"{out} exists and is no report that trialparse wrote; move it, or name another file")
    watched = Watched(Inputs(names, without=[out]), say, layout=layout, workers=workers)
    read, _ = write_report(out, _found(watched), patient)
    return read, watched.wrong


def _found(watched: Watched) -> Iterator[Read | Unread]:
    for record, item in watched:
        if isinstance(item, Failure):
            yield Unread(record.where or "stdin", item.message)
        else:
            yield Read(item, record.shown())
