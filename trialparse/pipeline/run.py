"""A batch from its inputs to its output, and what a command says about it."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from pathlib import Path

from trialparse._version import __version__
from trialparse.api import MAX_CHARS
from trialparse.pipeline import sinks
from trialparse.pipeline.batch import Job, Mode
from trialparse.pipeline.files import write_file
from trialparse.pipeline.inputs import Inputs
from trialparse.pipeline.limits import MAX_EXPANSION, Limits
from trialparse.pipeline.many import Numbered, Reading, dead_record, warm_up
from trialparse.pipeline.outputs import output_for
from trialparse.pipeline.places import check_places
from trialparse.pipeline.progress import progress
from trialparse.pipeline.record import TEXT_FIELDS, Record
from trialparse.pipeline.tally import Tally
from trialparse.pipeline.workers import Workers, WorkersFailError, chunks
from trialparse.text.printable import printable

_CHUNK = 32
"""Records that are read, written and journalled together."""
_TOLD = 20
"""Failures that are told one by one; the dead letters and the report have all."""
_ASKED = ("inputs", "retry", "layout", "mode", "select", "fields", "limit", "max_chars", "max_expansion")
"""The options that must be the same for a run to go on."""


class Exit(IntEnum):
    """How a run ended: the exit codes of the command."""

    GOOD = 0
    SOME_FAILED = 1
    USAGE = 2
    NOTHING_READABLE = 3
    CANNOT_WRITE = 4
    NO_WORKERS = 5
    INTERRUPTED = 130
    BROKEN_PIPE = 141

    @classmethod
    def after(cls, done: int, wrong: int) -> Exit:
        """How a command ended that made something of so many records, and found something wrong with so many."""
        return cls.NOTHING_READABLE if not done else cls.SOME_FAILED if wrong else cls.GOOD


@dataclass(frozen=True)
class Options:
    """What a run is to do.

    Args:
        inputs: files, folders, globs; "-" is stdin.
        out: file or folder to write; None is JSON lines to stdout.
        errors: file for dead letters; where none is named it is beside `out`.
        report: file for the closing report.
        layout: as for `parse`.
        mode: as for `Job`.
        select: as for `Job`.
        fields: names of the fields of a row that may hold a record's text.
        workers: number of processes.
        limit: how many records to read; None is all.
        resume: go on with a run into `out` that was cut off, or add to what a whole one wrote.
        retry: file of dead letters that is read instead; see `Inputs`.
        record_timeout: seconds that one record may take; None is no limit.
        max_chars: as for `Limits`.
        max_expansion: as for `Limits`.
    """

    inputs: tuple[str, ...]
    out: Path | None = None
    errors: Path | None = None
    report: Path | None = None
    layout: str | None = None
    mode: Mode = "permissive"
    select: tuple[str, ...] = ()
    fields: tuple[str, ...] = TEXT_FIELDS
    workers: int = 1
    limit: int | None = None
    resume: bool = False
    retry: Path | None = None
    record_timeout: float | None = None
    max_chars: int = MAX_CHARS
    max_expansion: int = MAX_EXPANSION

    @property
    def written(self) -> dict[str, Path]:
        """What the run writes, by the option that names it."""
        named = {"--out": self.out, "--errors": self.letters, "--report": self.report}
        under_way = {} if self.out is None else {"the folder of the run": sinks.partial(self.out)}
        return {option: path for option, path in named.items() if path is not None} | under_way

    @property
    def letters(self) -> Path | None:
        """The file for dead letters."""
        if self.errors is None and self.out is not None:
            return self.out.with_name(self.out.name + ".errors.jsonl")
        return self.errors


def run(options: Options) -> Exit:
    """Run a batch. Trials go to `out` or stdout, whatever is said to stderr."""
    try:
        return _run(options)
    except KeyboardInterrupt:  # before it began, or while it ended
        return say(Exit.INTERRUPTED, "interrupted")


def _run(options: Options) -> Exit:
    started = time.monotonic()
    replaced = [*_replaced(options)]
    try:
        sink, job = _prepare(options)
    except (ValueError, ImportError) as error:
        return say(Exit.USAGE, str(error))
    except OSError as error:
        return say(Exit.CANNOT_WRITE, f"cannot write: {error}")
    passed, complaints = Tally(), list[str]()
    limits = Limits(options.max_chars, options.max_expansion)
    inputs = Inputs(options.inputs, options.fields, options.written.values(), limits, options.retry)
    crew = Workers(job.read, dead_record, options.workers, timeout=options.record_timeout, begin=warm_up)
    try:
        with progress(inputs, options.limit, sink.tally.read) as show:
            # a pipe gets each trial as soon as it is read
            size = 1 if options.out is None and options.workers == 1 else _CHUNK
            todo = chunks(_todo(islice(inputs, options.limit), sink, passed), size)
            for part in crew.map(todo):
                if options.mode == "failfast" and part.tally.failed:
                    raise _FailFastError(part.complaints[0])
                sink.append(part)
                complaints += part.complaints[: _TOLD + 1 - len(complaints)]
                show(sink.tally.read, sink.tally.failed.total())
        sink.tally.add(passed)
        whole = options.limit is None
        remarks = [*replaced, *inputs.remarks, *sink.known.remarks(whole=whole), *_not_found(options, sink.tally)]
        return _close(options, sink, complaints, remarks, time.monotonic() - started)
    except sinks.ResumeError as error:
        return _suspend(options, sink, Exit.USAGE, str(error))
    except _FailFastError as stop:
        return _suspend(options, sink, Exit.SOME_FAILED, f"stopped at the first failure: {stop}")
    except KeyboardInterrupt:
        return _suspend(options, sink, Exit.INTERRUPTED, "interrupted")
    except WorkersFailError as error:
        return _suspend(options, sink, Exit.NO_WORKERS, str(error))
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            sink.suspend()
        # what Python still holds for stdout goes nowhere, and without a word
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.BROKEN_PIPE
    except OSError as error:
        return _suspend(options, sink, Exit.CANNOT_WRITE, f"cannot write: {error}")


def _replaced(options: Options) -> Iterator[str]:
    """What a run that does not go on with an earlier one throws away of it."""
    if options.out is None or options.resume:
        return
    if sinks.partial(options.out).exists():
        yield f"{options.out}: an earlier run that was cut off was begun anew (--resume goes on with one)"
    elif options.out.exists():
        yield f"{options.out}: what an earlier run wrote was replaced (--resume adds to it)"


class _FailFastError(Exception):
    """A record failed in the mode failfast."""


def _prepare(options: Options) -> tuple[sinks.Sink, Job]:
    """Where the parts go and what is done with records.

    Raises:
        ValueError: the options do not go together, or not with what stands in the output's place.
        ModuleNotFoundError: an extra is not installed.
    """
    if options.retry is not None and not options.retry.is_file():
        raise ValueError(f"there is no file {options.retry} of dead letters")
    check_places(options.written, options.inputs if options.retry is None else (*options.inputs, str(options.retry)))
    output = output_for(options.out)
    reading = Reading(options.layout, options.max_chars, options.record_timeout)
    job = Job(output, reading, options.mode, frozenset(each.upper() for each in options.select))
    if options.out is None:
        if options.resume:
            raise ValueError("there is nothing to resume on stdout; name an output")
        return sinks.ToStdout(options.letters), job
    letters = options.letters
    assert letters is not None
    asked = {"version": __version__, "chunk": _CHUNK, **{name: getattr(options, name) for name in _ASKED}}
    plain = json.loads(json.dumps(asked, default=str))
    sink = sinks.ToDisk(options.out, output, letters, plain, resume=options.resume)
    if sink.dropped:
        say(
            Exit.GOOD,
            f"{sink.dropped:,} records that a run had done which was cut off are read again (with --resume not)",
        )
    return sink, job


def _todo(records: Iterable[Record], sink: sinks.Sink, passed: Tally) -> Iterator[Numbered]:
    """The records that are not done yet, numbered."""
    done = sink.tally.read
    number = 0
    for record in records:
        if sink.known.holds(record):
            passed.read += 1
            passed.passed_over += 1
            continue
        if number >= done:
            yield number, record
        else:
            sink.known.check(number, record)
        number += 1
        if number == done and record.where != sink.last:
            raise sinks.ResumeError(f"record {number} is {record.where}, where it was {sink.last}: the input changed")
    if number < done:
        raise sinks.ResumeError(f"there were {done} records before, and now there are {number}: the input changed")


def _close(options: Options, sink: sinks.Sink, complaints: list[str], remarks: list[str], seconds: float) -> Exit:
    """Finish the output, write the report, say how it went."""
    tally = sink.tally
    unread = not tally.written and not tally.passed_over and tally.failed.keys() <= {"read"}
    sink.finish(worthless=unread)
    if options.report is not None:
        report = json.dumps(tally.report(), indent=2, ensure_ascii=False)
        write_file(options.report, report.encode("utf-8", "replace") + b"\n")
    for complaint in complaints[:_TOLD]:
        say(Exit.SOME_FAILED, complaint)
    if len(complaints) > _TOLD:
        say(Exit.SOME_FAILED, f"and more: see {options.letters or 'the report'}")
    for remark in remarks:
        say(Exit.GOOD, remark)
    bad = tally.failed.total() or tally.with_errors or (_not_found(options, tally) and not options.resume)
    code = Exit.NOTHING_READABLE if unread else Exit.SOME_FAILED if bad else Exit.GOOD
    if options.out is None and code == Exit.GOOD:
        return code
    return say(code, f"{tally.summary()}; {seconds:.1f} s")


def _not_found(options: Options, tally: Tally) -> list[str]:
    where = " among what is new" if options.resume else ""
    missing = [each for each in options.select if each.upper() not in tally.selected]
    return [f"no trial with the id {each} was found{where}" for each in missing]


def _suspend(options: Options, sink: sinks.Sink, code: Exit, reason: str) -> Exit:
    """End before the run is whole, keeping what is done."""
    with contextlib.suppress(OSError):  # such as a full disk, which `reason` tells of; what was synced is there
        sink.suspend()
    if options.out is not None:
        reason += f"; {sink.tally.read} records are done in {sinks.partial(options.out)}, --resume goes on with them"
    return say(code, reason)


def say(code: Exit, what: str) -> Exit:
    """Tell people on stderr, as far as it can be done."""
    with contextlib.suppress(OSError):  # stderr may be full or gone; the exit code still says it
        print(f"trialparse: {printable(what)}", file=sys.stderr, flush=True)
    return code
