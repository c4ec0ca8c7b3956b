"""A run under way, on disk: streams that grow, and a journal that says how far each of them counts.

Whatever ends the run, and wherever: the folder holds every chunk up to the journal's last whole line.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

_EVERY = 1.0
"""Seconds after which what was appended is brought to the disk."""
JOURNAL = "journal"
"""The name of its own file."""


class Journal:
    """Streams in a folder, appended to chunk by chunk. `create` begins one, `take_up` goes on with one.

    Args:
        folder: where the streams are.
        sizes: how many bytes of each stream count; what lies behind is cut off.
        end: the same for the journal itself.
    """

    def __init__(self, folder: Path, sizes: Mapping[str, int], end: int) -> None:
        self._sizes = dict(sizes)
        self._journal = _open_at(folder / JOURNAL, end)
        self._streams = {name: _open_at(folder / name, size) for name, size in sizes.items()}
        self._pending: list[dict[str, Any]] = []
        self._synced = time.monotonic()

    @classmethod
    def create(
        cls, folder: Path, streams: Iterable[str], header: Mapping[str, Any], base: Iterable[Mapping[str, bytes]] = ()
    ) -> Journal:
        """A new run; one that was in the folder is gone.

        Args:
            folder: where its streams will be; it exists.
            streams: their names.
            header: what it is a run of; the journal's first line.
            base: what the streams begin with.
        """
        journal = cls(folder, dict.fromkeys(streams, 0), 0)
        for added in base:
            journal._write(added)
        journal.append({}, header)
        journal.sync()
        return journal

    @classmethod
    def take_up(cls, folder: Path) -> tuple[Journal, Iterator[dict[str, Any]]] | None:
        """The run in a folder with its header and the notes of its chunks, or None if there is none to take up."""
        there = {path.name: path.stat().st_size for path in folder.glob("*") if path.is_file()}
        mark = None
        for line, end in _whole_lines(folder / JOURNAL):
            if any(size > there.get(name, -1) for name, size in line["sizes"].items()):
                break  # bytes that never reached the disk
            mark = line["sizes"], end
        if mark is None:
            return None
        sizes, end = mark
        return cls(folder, sizes, end), (line for line, _ in _whole_lines(folder / JOURNAL))

    def append(self, added: Mapping[str, bytes], note: Mapping[str, Any]) -> None:
        """Add a chunk: bytes to each stream, and a note for whoever takes the run up."""
        self._write(added)
        self._pending.append({**note, "sizes": dict(self._sizes)})
        if time.monotonic() - self._synced > _EVERY:
            self.sync()

    def _write(self, added: Mapping[str, bytes]) -> None:
        for name, data in added.items():
            self._streams[name].write(data)
            self._sizes[name] += len(data)

    def sync(self) -> None:
        """Bring everything to the disk: first the streams, then the journal that vouches for them."""
        if self._journal.closed:
            return
        for stream in self._streams.values():
            _sync(stream)
        lines = b"".join(json.dumps(line).encode() + b"\n" for line in self._pending)
        self._pending.clear()  # first, so that no note is written twice if Ctrl-C comes in between
        self._journal.write(lines)
        _sync(self._journal)
        self._synced = time.monotonic()

    def close(self) -> None:
        """Let the files go. What was not synced does not count."""
        for file in (self._journal, *self._streams.values()):
            with contextlib.suppress(OSError):  # a full disk has been reported already
                file.close()


def _open_at(path: Path, size: int) -> BinaryIO:
    path.touch()
    file = path.open("rb+")
    file.truncate(size)
    file.seek(size)
    return file


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _whole_lines(path: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """The journal's lines up to the first that is broken, each with the offset of its end."""
    end = 0
    with contextlib.suppress(FileNotFoundError, ValueError), path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            end += len(line)
            yield json.loads(line), end
