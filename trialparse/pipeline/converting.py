"""Trials as documents of other standards: what `trialparse convert` writes, and what it says of the losses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Literal

import regex

from trialparse.export.exact import dumps
from trialparse.export.fhir import bundle, to_fhir
from trialparse.export.losses import Loss, summary
from trialparse.export.usdm import to_usdm
from trialparse.models.trial import Trial
from trialparse.pipeline.files import whole_file, whole_folder, write_file
from trialparse.pipeline.inputs import Inputs
from trialparse.pipeline.parsed import Watched
from trialparse.pipeline.places import check_places
from trialparse.pipeline.record import Failure
from trialparse.pipeline.run import Exit, say
from trialparse.pipeline.sinks import to_stdout

Target = Literal["fhir-r5", "usdm-v4"]
Document = dict[str, Any]
Add = Callable[[Trial, Document], object]
"""Takes the next document."""

TARGETS: dict[Target, Callable[[Trial], tuple[Document, tuple[Loss, ...]]]] = {"fhir-r5": to_fhir, "usdm-v4": to_usdm}
"""Name -> what makes a document of a trial, and says what that does not hold."""

_LINES = (".jsonl", ".ndjson")
_NAME = regex.compile(r"[A-Za-z0-9-]++")
"""An id that may name a file: nothing in it leads anywhere else."""


@dataclass(frozen=True)
class Conversion:
    """What is to be converted, and to what.

    Args:
        inputs: as for `Inputs`.
        target: the standard.
        out: NAME.jsonl, NAME.json or a folder; None is JSON lines to stdout.
        losses: file for what the documents do not hold, one line of JSON each.
        workers: number of processes that parse.
    """

    inputs: tuple[str, ...]
    target: Target
    out: Path | None = None
    losses: Path | None = None
    workers: int = 1

    @property
    def written(self) -> dict[str, Path]:
        """What is written, by the option that names it."""
        named = {"--out": self.out, "--losses": self.losses}
        return {option: path for option, path in named.items() if path is not None}


def convert(asked: Conversion) -> Exit:
    """Convert. Documents go to `out` or stdout, whatever is said to stderr; nothing that exists is replaced."""
    try:
        check_places(asked.written, asked.inputs)
        for option, path in asked.written.items():
            if path.exists():
                raise ValueError(f"{option}: {path} exists; move it, or name another")
        return _convert(asked)
    except ValueError as error:
        return say(Exit.USAGE, str(error))
    except BrokenPipeError:
        raise  # whoever read has enough
    except OSError as error:
        return say(Exit.CANNOT_WRITE, f"cannot write: {error}")


def _convert(asked: Conversion) -> Exit:
    made = TARGETS[asked.target]
    lost: Counter[str] = Counter()
    done = 0
    watched = Watched(Inputs(asked.inputs, without=asked.written.values()), _wrong, workers=asked.workers)
    rows = nullcontext(None) if asked.losses is None else whole_file(asked.losses)
    with rows as note, _output(asked) as add:
        for _, found in watched:
            if isinstance(found, Failure) or _is_none(found):
                continue
            document, losses = made(found)
            add(found, document)
            done += 1
            lost.update(each.code for each in losses)
            if note is not None:
                note.write(_rows(found, losses))
    if lost:
        where = "" if asked.losses is None else f"; each is named in {asked.losses}"
        say(Exit.GOOD, f"not held, or not as the trials do: {summary(lost)}{where}")
    return Exit.after(done, watched.wrong)


def _wrong(where: str, what: str) -> None:
    say(Exit.SOME_FAILED, f"{where}: {what}")


def _is_none(trial: Trial) -> bool:
    """Whether a page was no trial: a document of it would say that everybody qualifies for something without a name."""
    eligibility = trial.eligibility
    return trial.trial_id is None and not (eligibility.inclusion or eligibility.exclusion or eligibility.other)


def _rows(trial: Trial, losses: Iterable[Loss]) -> bytes:
    about = {"trial_id": trial.trial_id, "source": trial.source.path}
    return "".join(dumps({**about, **loss.as_row()}) + "\n" for loss in losses).encode("utf-8", "replace")


# -- the outputs -------------------------------------------------------------------------------------------------------


def _output(asked: Conversion) -> AbstractContextManager[Add]:
    """Where the documents go."""
    out = asked.out
    if out is None:
        return nullcontext(_to_stdout)
    if out.suffix.lower() in _LINES:
        return _to_lines(out)
    return _to_one(out, asked.target) if out.suffix.lower() == ".json" else _to_folder(out)


def _to_stdout(_: Trial, document: Document) -> None:
    to_stdout(_line(document))


@contextmanager
def _to_lines(out: Path) -> Iterator[Add]:
    """A document in each line."""
    with whole_file(out) as file:
        yield lambda _, document: file.write(_line(document))


@contextmanager
def _to_one(out: Path, target: Target) -> Iterator[Add]:
    """All in one document: a Bundle of FHIR; USDM has none, so it must be one trial."""
    documents: list[Document] = []
    yield lambda _, document: documents.append(document)
    if target == "usdm-v4" and len(documents) > 1:
        raise ValueError(f"{out}: a USDM file holds one study, not {len(documents):,}; name a .jsonl file or a folder")
    if documents:
        whole = documents[0] if target == "usdm-v4" else bundle(documents)
        write_file(out, dumps(whole, indent=1).encode() + b"\n")


@contextmanager
def _to_folder(out: Path) -> Iterator[Add]:
    """A file for each trial, named by its id, or by its place where that is no name for a file or there already."""
    places = count(1)
    with whole_folder(out) as folder:

        def add(trial: Trial, document: Document) -> None:
            place = next(places)
            path = folder / f"{trial.trial_id}.json"
            if trial.trial_id is None or not _NAME.fullmatch(trial.trial_id) or path.exists():
                path = folder / f"trial-{place:06}.json"
            path.write_bytes(dumps(document, indent=1).encode() + b"\n")

        yield add


def _line(document: Document) -> bytes:
    return dumps(document).encode() + b"\n"
