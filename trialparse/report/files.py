"""A report page from the files that a command names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from trialparse.evaluate.patient import Patient
from trialparse.pipeline.inputs import Inputs
from trialparse.pipeline.parsed import trials
from trialparse.pipeline.places import check_places
from trialparse.pipeline.progress import progress
from trialparse.pipeline.record import Failure
from trialparse.pipeline.tally import errors_of
from trialparse.report.page import MARK, Read, Unread, is_report, write_report

Say = Callable[[str, str], None]
"""Tells people of a file what is wrong with it."""


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
        say: called for each input with something wrong.

    Returns:
        How many records are in the page as trials, and with how many something was wrong.

    Raises:
        ValueError: the page would take the place of an input, or of a file that is no report.
        OSError: it cannot be written.
    """
    check_places({"--out": out}, names)
    if not _may_be_replaced(out):
        raise ValueError(f"{out} exists and is no report that trialparse wrote; move it, or name another file")
    inputs = Inputs(names, without=[out])
    wrong = 0

    def found() -> Iterator[Read | Unread]:
        nonlocal wrong
        with progress(inputs, None) as show:
            for number, (record, item) in enumerate(trials(inputs, layout=layout, workers=workers), 1):
                where = record.where or "stdin"
                errors = [item.message] if isinstance(item, Failure) else errors_of(item)
                for error in errors:
                    say(where, error)
                wrong += bool(errors)
                show(number, wrong)
                yield Unread(where, item.message) if isinstance(item, Failure) else Read(item, record.shown())

    read, _ = write_report(out, found(), patient)
    for remark in inputs.remarks:
        say("inputs", remark)
    return read, wrong


def _may_be_replaced(out: Path) -> bool:
    """Whether nothing is there, or a report."""
    if not out.exists():
        return True
    if not out.is_file():
        return False
    with out.open("rb") as file:
        head = file.read(len(MARK))
    return not head or is_report(head)
