"""`parse_many`: records in, results out."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, NamedTuple

from trialparse import layouts
from trialparse.api import MAX_CHARS, parse
from trialparse.layouts.identifiers import trial_id
from trialparse.models.trial import Trial
from trialparse.pipeline.division import divided
from trialparse.pipeline.record import Failure, Record, readable

Numbered = tuple[int, Record]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one record: a trial or a failure."""

    index: int
    """The place of its source in the input, from 0."""
    record: Record
    """The source, with what is known of its origin."""
    trial: Trial | None
    failure: Failure | None
    context: Any = None
    """What the caller passed along with the source."""


def parse_many(
    sources: Iterable[Any],
    *,
    layout: str | None = None,
    workers: int = 1,
    chunksize: int = 16,
    ordered: bool = True,
    as_tuples: bool = False,
    timeout: float | None = None,
    max_chars: int = MAX_CHARS,
) -> Iterator[Result]:
    """Read many records. One that breaks, even one that kills its worker, comes back as a failure.

    Args:
        sources: page texts (str or bytes), or each a `Record`, as `trialparse.pipeline.inputs.Inputs` yields them. They
            are read as needed, and may be endless.
        layout: as for `parse`.
        workers: number of processes; with 1 and no `timeout` the work is done in this one.
        chunksize: how many records go to a worker at a time.
        ordered: whether results come in the order of the sources, or as they are done.
        as_tuples: whether `sources` are pairs of a source and a context, which comes back with the result. A context
            stays in this process.
        timeout: seconds that one record may take; one that takes longer comes back as a failure. None is no limit.
        max_chars: as for `parse`.

    Returns:
        One result for each record, as they are asked for. A source that holds several gives as many.

    Raises:
        TypeError: `sources` is one text, not several.
        ValueError: no layout has that name, or a number is too small.
    """
    if isinstance(sources, str | bytes | bytearray | memoryview):
        raise TypeError(f"parse_many reads several sources, not one {type(sources).__name__}; parse reads one")
    if layout is not None:
        layouts.load(layout)
    if workers < 1 or chunksize < 1:
        raise ValueError("workers and chunksize are at least 1")
    if (timeout is not None and not timeout > 0) or max_chars < 0:
        raise ValueError("timeout is more than 0, and max_chars not less")
    pairs = sources if as_tuples else ((source, None) for source in sources)
    reading = Reading(layout, max_chars, timeout)
    return _results(pairs, reading, workers, chunksize, ordered)


class Reading(NamedTuple):
    """How each record is read: the arguments of `parse`, and the seconds that it may take."""

    layout: str | None = None
    max_chars: int = MAX_CHARS
    timeout: float | None = None
    """Counted only in the main thread, and where the system has such an alarm; `Workers` has one of its own."""


AS_PARSE = Reading()
"""As `parse` reads."""


def parse_record(record: Record, reading: Reading = AS_PARSE) -> Trial | Failure:
    """The trial of one record, its `source` naming where it came from, or why there is none."""
    if record.failure is not None:
        return record.failure
    source: Any = record.text  # what is no text is a TypeError, caught here
    try:
        with _time_limit(reading.timeout):
            trial = parse(source, layout=reading.layout, max_chars=reading.max_chars)
    except Exception as error:  # a bug, or text beyond what memory or recursion allow: it costs one record, no more
        return Failure.of("parse", error)
    useless = next((each for each in trial.diagnostics if each.code == "no_usable_text"), None)
    if useless is not None:
        return Failure("parse", useless.code, useless.message)
    origin = {"path": record.where, "url": record.url and readable(record.url)}
    named = trial_id(record.id) if record.id is not None and trial.trial_id is None else None
    if named is not None:  # the text does not say which trial it is of, but its row does
        origin["registry"] = named["registry"]
    return trial.model_copy(update={**(named or {}), "source": trial.source.model_copy(update=origin)})


@contextmanager
def _time_limit(seconds: float | None) -> Iterator[None]:
    """Raises TimeoutError in what takes longer."""
    alarmed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if seconds is None or not alarmed:
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError(f"took longer than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


_PAGE = """A study of an invented drug

Trial ID: NCT09900001
Recruitment status: Recruiting
Ages: 18 Years and older

Inclusion Criteria:

* Platelets ≥ 75 × 10^9/L within 14 days before enrollment, or age ≥ 18 years
* ALT and AST ≤ 3 × ULN (≤ 5 × ULN if liver metastases)

Exclusion Criteria:

1. No chemotherapy, unless it ended 3 weeks before
2. platelets < 75
"""
"""Its last line is in one case, which is read by another vocabulary."""


def warm_up() -> None:
    """Load what reading needs, so that the time of no record is taken up by it: a page, markup, a document."""
    parse(_PAGE)
    parse(f"<!doctype html><p>{_PAGE}</p>")
    parse(json.dumps({"text": _PAGE}))


def dead_record(item: Numbered, error: BaseException) -> Numbered:
    """A record that killed the process that read it."""
    index, record = item
    return index, record.failed("worker", error)


def _results(
    pairs: Iterable[tuple[Any, Any]], reading: Reading, workers: int, chunksize: int, ordered: bool
) -> Iterator[Result]:
    from trialparse.pipeline.workers import Workers, chunks  # importing trialparse is not to import multiprocessing

    held: dict[int, tuple[int, Record, Any]] = {}

    def items() -> Iterator[Numbered]:
        key = count()
        for index, (source, context) in enumerate(pairs):
            for record in divided(source if isinstance(source, Record) else Record(source)):
                number = next(key)
                held[number] = index, record, context
                yield number, record

    work = partial(_read_chunk, reading=reading)
    crew = Workers(work, dead_record, workers, ordered=ordered, timeout=reading.timeout, begin=warm_up)
    for chunk in crew.map(chunks(items(), chunksize)):
        for number, found in chunk:
            index, record, context = held.pop(number)
            if isinstance(found, Failure):
                yield Result(index, record, None, found, context)
            else:
                yield Result(index, record, found, None, context)


def _read_chunk(chunk: list[Numbered], reading: Reading) -> list[tuple[int, Trial | Failure]]:
    return [(index, parse_record(record, reading)) for index, record in chunk]
