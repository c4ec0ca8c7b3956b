"""`parse_many`: records in, results out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

from trialparse import layouts
from trialparse.api import parse
from trialparse.layouts.identifiers import trial_id
from trialparse.models.trial import Trial
from trialparse.pipeline.division import divided
from trialparse.pipeline.record import Failure, Record

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
) -> Iterator[Result]:
    """Read many records. One that breaks, even one that kills its worker, comes back as a failure.

    Args:
        sources: page texts (str or bytes), or `Record`s such as `trialparse.pipeline.inputs.Inputs` yields. They are
            read as needed, and may be endless.
        layout: as for `parse`.
        workers: number of processes; with 1 the work is done in this one.
        chunksize: how many records go to a worker at a time.
        ordered: whether results come in the order of the sources, or as they are done.
        as_tuples: whether `sources` are pairs of a source and a context, which comes back with the result. A context
            stays in this process.

    Returns:
        One result for each record, as they are asked for: a source that holds several gives as many.

    Raises:
        TypeError: `sources` is one text, not several.
        ValueError: no layout has that name, or a number is below 1.
    """
    if isinstance(sources, str | bytes | bytearray | memoryview):
        raise TypeError(f"parse_many reads several sources, not one {type(sources).__name__}; parse reads one")
    if layout is not None:
        layouts.load(layout)
    if workers < 1 or chunksize < 1:
        raise ValueError("workers and chunksize are at least 1")
    pairs = sources if as_tuples else ((source, None) for source in sources)
    return _results(pairs, layout, workers, chunksize, ordered)


def parse_record(record: Record, layout: str | None = None) -> Trial | Failure:
    """The trial of one record, its `source` naming where it came from, or why there is none."""
    if record.failure is not None:
        return record.failure
    try:
        trial = parse(record.text, layout=layout)  # type: ignore[arg-type] # anything else is a TypeError, caught here
    except Exception as error:  # a bug, or text beyond what memory or recursion allow: it costs one record, no more
        return Failure.of("parse", error)
    useless = next((each for each in trial.diagnostics if each.code == "no_usable_text"), None)
    if useless is not None:
        return Failure("parse", useless.code, useless.message)
    origin = {"path": _readable(record.where), "url": _readable(record.url)}
    named = trial_id(record.id) if record.id is not None and trial.trial_id is None else None
    if named is not None:  # the text does not say which trial it is of, but its row does
        origin["registry"] = named["registry"]
    return trial.model_copy(update={**(named or {}), "source": trial.source.model_copy(update=origin)})


def _readable(name: str | None) -> str | None:
    """A name without the surrogates that stand for bytes of a file name that are not UTF-8."""
    return name and name.encode("utf-8", "backslashreplace").decode()


def dead_record(item: Numbered, error: BaseException) -> Numbered:
    """A record that killed the process that read it."""
    index, record = item
    return index, record.failed("worker", error)


def _results(
    pairs: Iterable[tuple[Any, Any]], layout: str | None, workers: int, chunksize: int, ordered: bool
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

    work = partial(_read_chunk, layout=layout)
    for chunk in Workers(work, dead_record, workers, ordered=ordered).map(chunks(items(), chunksize)):
        for number, found in chunk:
            index, record, context = held.pop(number)
            if isinstance(found, Failure):
                yield Result(index, record, None, found, context)
            else:
                yield Result(index, record, found, None, context)


def _read_chunk(chunk: list[Numbered], layout: str | None) -> list[tuple[int, Trial | Failure]]:
    return [(index, parse_record(record, layout)) for index, record in chunk]
