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
from trialparse.pipeline.files import replace_file, replace_folder

_LINES = (".jsonl", ".ndjson")
_TABLES = ("", ".parquet")


class Output(Protocol):
    """A kind of output; picklable."""

    streams: ClassVar[tuple[str, ...]]

    def encode(self, trials: Sequence[Trial]) -> dict[str, bytes]:
        """What a chunk of trials adds to each stream."""

    def held(self, out: Path) -> Iterator[str]:
        """The `source.path` of each trial in a finished output."""

    def reopen(self, out: Path) -> Iterator[dict[str, bytes]]:
        """A finished output as what was added to the streams."""

    def finish(self, streams: Path, out: Path) -> None:
        """Make the files in the folder `streams` the output, in one step."""


def output_for(out: Path | None) -> Output:
    """The kind of output that a name asks for: .jsonl or .ndjson (also with .gz or .zst), otherwise a folder of tables.

    Raises:
        ValueError: the name asks for something else, or something else stands there.
        ModuleNotFoundError: an extra is not installed.
    """
    if out is None:
        return Lines("")
    packed = out.suffix.lower() if out.suffix.lower() in compression.SUFFIXES else ""
    suffix = (out.with_suffix("") if packed else out).suffix.lower()
    if suffix in _LINES:
        if out.is_dir():
            raise ValueError(f"{out} is a folder")
        compression.compress(b"", packed)  # can it be done at all?
        return Lines(packed)
    if packed or suffix not in _TABLES:
        raise ValueError(f"{out}: write to NAME.jsonl, .jsonl.gz, .jsonl.zst, or to a folder NAME for Parquet tables")
    if out.is_file() or (out.is_dir() and any(each.suffix != ".parquet" for each in out.iterdir())):
        raise ValueError(f"{out} exists and is not a folder of Parquet tables")
    extra("pyarrow.parquet")
    return Tables()


@dataclass(frozen=True)
class Lines:
    """One trial a line, in one file."""

    packed: str
    """Suffix of the compression, or nothing."""
    streams: ClassVar[tuple[str, ...]] = ("output",)

    def encode(self, trials: Sequence[Trial]) -> dict[str, bytes]:
        """Each chunk is compressed by itself: parts of such files may follow each other."""
        lines = "".join(trial.model_dump_json() + "\n" for trial in trials)
        return {"output": compression.compress(lines.encode(), self.packed) if lines else b""}

    def held(self, out: Path) -> Iterator[str]:
        """The `source.path` of each trial in a finished output."""
        with out.open("rb") as stream:
            for line in compression.expand(stream, self.packed) if self.packed else stream:
                yield json.loads(line)["source"]["path"]

    def reopen(self, out: Path) -> Iterator[dict[str, bytes]]:
        """A finished output as it was added to the streams."""
        with out.open("rb") as stream:
            while block := stream.read(1 << 20):
                yield {"output": block}

    def finish(self, streams: Path, out: Path) -> None:
        """The stream is the output already."""
        replace_file(streams / "output", out)


class Tables:
    """A folder of Parquet files, one a table."""

    streams: ClassVar[tuple[str, ...]] = tuple(TABLES)

    def encode(self, trials: Sequence[Trial]) -> dict[str, bytes]:
        """One Arrow message a table: Parquet itself cannot be appended to."""
        from trialparse.export import arrow

        return {table: arrow.to_bytes(batch) for table, batch in arrow.batches(trials).items() if batch.num_rows}

    def held(self, out: Path) -> Iterator[str]:
        """The `source.path` of each trial in a finished output."""
        from trialparse.export import arrow

        for batch in arrow.read_parquet(out / "trials.parquet"):
            yield from batch.column("path").to_pylist()

    def reopen(self, out: Path) -> Iterator[dict[str, bytes]]:
        """A finished output as it was added to the streams."""
        from trialparse.export import arrow

        for table in self.streams:
            for batch in arrow.read_parquet(out / f"{table}.parquet"):
                yield {table: arrow.to_bytes(batch)}

    def finish(self, streams: Path, out: Path) -> None:
        """Write the tables beside the streams, then put their folder in the place of the old one."""
        from trialparse.export import arrow

        done = streams / "tables"
        shutil.rmtree(done, ignore_errors=True)
        done.mkdir()
        for table in self.streams:
            arrow.write_parquet(done / f"{table}.parquet", table, arrow.from_file(streams / table, table))
        replace_folder(done, out)
