"""What a batch writes: JSON lines or a folder of Parquet tables.

Either way a chunk of trials becomes bytes at the end of named streams, so that a run can be cut off and taken up again
between any two chunks; at its end the streams become the output in one step.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from trialparse.export.tables import TABLES
from trialparse.models.trial import Trial
from trialparse.pipeline import compression
from trialparse.pipeline.extras import extra
from trialparse.pipeline.files import bring_back, replace_file, replace_folder

_LINES = (".jsonl", ".ndjson")
_TABLES = ("", ".parquet")
_LONGEST = 1 << 26
"""Bytes in which the first line of an output ends."""
_DONE, _ASIDE = "tables", "aside"

Held = tuple[str, str]
"""`source.path` and `source.sha256` of a trial."""


class Output(Protocol):
    """A kind of output; picklable."""

    streams: ClassVar[tuple[str, ...]]
    extras: ClassVar[tuple[str, ...]]
    """What else it makes in the folder of its streams."""

    def encode(self, trials: Sequence[Trial]) -> dict[str, bytes]:
        """What a chunk of trials adds to each stream."""

    def held(self, out: Path) -> Iterator[Held]:
        """The trials in a finished output."""

    def reopen(self, out: Path) -> Iterator[dict[str, bytes]]:
        """A finished output as what was added to the streams."""

    def finish(self, streams: Path, out: Path) -> None:
        """Make the files in the folder `streams` the output, in one step."""

    def mend(self, streams: Path, out: Path) -> None:
        """Undo what `finish` did of that step if it was killed."""


def output_for(out: Path | None) -> Output:
    """The kind of output that a name asks for: .jsonl or .ndjson (also with .gz or .zst), otherwise a folder of tables.

    Raises:
        ValueError: the name asks for something else, or what stands there is not such an output.
        ModuleNotFoundError: an extra is not installed.
    """
    if out is None:
        return Lines("")
    packed = out.suffix.lower() if out.suffix.lower() in compression.SUFFIXES else ""
    suffix = (out.with_suffix("") if packed else out).suffix.lower()
    if suffix in _LINES:
        compression.compress(b"", packed)  # can it be done at all?
        if out.exists() and not (out.is_file() and _holds_lines(out, packed)):
            raise ValueError(f"{out} exists and holds no trials that trialparse wrote; move it, or name another output")
        return Lines(packed)
    if packed or suffix not in _TABLES:
        raise ValueError(f"{out}: write to NAME.jsonl, .jsonl.gz, .jsonl.zst, or to a folder NAME for Parquet tables")
    extra("pyarrow.parquet")
    if out.exists() and not (out.is_dir() and all(map(_is_table, out.iterdir()))):
        raise ValueError(f"{out} exists and holds more than tables that trialparse wrote; name another output")
    return Tables()


def _holds_lines(out: Path, packed: str) -> bool:
    try:
        with out.open("rb") as file:
            line = (compression.expand(file, packed) if packed else file).readline(_LONGEST)
        return not line or json.loads(line).keys() >= {"schema_version", "source", "eligibility"}
    except (OSError, ValueError, AttributeError, RecursionError):  # not even an object
        return False


def _is_table(path: Path) -> bool:
    from trialparse.export import arrow

    return path.suffix == ".parquet" and path.stem in TABLES and path.is_file() and arrow.is_own(path)


@dataclass(frozen=True)
class Lines:
    """One trial a line, in one file."""

    packed: str
    """Suffix of the compression, or nothing."""
    streams: ClassVar[tuple[str, ...]] = ("output",)
    extras: ClassVar[tuple[str, ...]] = ()

    def encode(self, trials: Sequence[Trial]) -> dict[str, bytes]:
        """Each chunk is compressed by itself: parts of such files may follow each other."""
        lines = "".join(trial.model_dump_json() + "\n" for trial in trials)
        return {"output": compression.compress(lines.encode(), self.packed) if lines else b""}

    def held(self, out: Path) -> Iterator[Held]:
        """The trials in a finished output."""
        with out.open("rb") as stream:
            for line in compression.expand(stream, self.packed) if self.packed else stream:
                source = json.loads(line)["source"]
                yield source["path"], source["sha256"]

    def reopen(self, out: Path) -> Iterator[dict[str, bytes]]:
        """A finished output as it was added to the streams."""
        with out.open("rb") as stream:
            while block := stream.read(1 << 20):
                yield {"output": block}

    def finish(self, streams: Path, out: Path) -> None:
        """The stream is the output already."""
        replace_file(streams / "output", out)

    def mend(self, streams: Path, out: Path) -> None:
        """A file is there or not."""


class Tables:
    """A folder of Parquet files, one a table."""

    streams: ClassVar[tuple[str, ...]] = tuple(TABLES)
    extras: ClassVar[tuple[str, ...]] = (_DONE, _ASIDE)

    def encode(self, trials: Sequence[Trial]) -> dict[str, bytes]:
        """One Arrow message a table: Parquet itself cannot be appended to."""
        from trialparse.export import arrow

        return {table: arrow.to_bytes(batch) for table, batch in arrow.batches(trials).items() if batch.num_rows}

    def held(self, out: Path) -> Iterator[Held]:
        """The trials in a finished output.

        Raises:
            ValueError: it was written by another version, with other tables or columns.
        """
        from trialparse.export import arrow

        other = [table for table in self.streams if not arrow.has_schema(out / f"{table}.parquet", table)]
        if other:
            raise ValueError(
                f"{out} was written by another version of trialparse: {', '.join(other)} is missing or has other "
                "columns; name another output, or leave --resume out to write it anew"
            )
        for batch in arrow.read_parquet(out / "trials.parquet"):
            yield from zip(batch.column("path").to_pylist(), batch.column("sha256").to_pylist(), strict=True)

    def reopen(self, out: Path) -> Iterator[dict[str, bytes]]:
        """A finished output as it was added to the streams."""
        from trialparse.export import arrow

        for table in self.streams:
            for batch in arrow.read_parquet(out / f"{table}.parquet"):
                yield {table: arrow.to_bytes(batch)}

    def finish(self, streams: Path, out: Path) -> None:
        """Write the tables beside the streams, then put their folder in the place of the old one."""
        from trialparse.export import arrow

        done = streams / _DONE
        shutil.rmtree(done, ignore_errors=True)
        done.mkdir()
        for table in self.streams:
            arrow.write_parquet(done / f"{table}.parquet", table, arrow.from_file(streams / table, table))
        replace_folder(done, out, streams / _ASIDE)

    def mend(self, streams: Path, out: Path) -> None:
        """The old folder may be aside."""
        bring_back(out, streams / _ASIDE)
