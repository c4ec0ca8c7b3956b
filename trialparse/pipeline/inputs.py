"""The files that a command names, and their records in order."""

from __future__ import annotations

import contextlib
import glob
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from trialparse.pipeline.formats import known, records
from trialparse.pipeline.letters import letters
from trialparse.pipeline.limits import Limits
from trialparse.pipeline.record import TEXT_FIELDS, Record, readable

STDIN = "-"
_NAMED = 5
"""Files that were passed over that are named one by one."""


class Inputs:
    """Records of files, folders (with all folders in them), globs and stdin ("-"), in a settled order.

    Args:
        names: the inputs, read one after another; the files of a folder or glob are read in the order of their names.
        fields: names of the fields of a row that may hold a record's text.
        without: files to pass over in folders and globs, such as the run's own output.
        limits: how much is read.
        retry: a file of dead letters: these are read instead, and the inputs only for letters that hold no whole text.
            Nothing but the inputs is opened, whatever a letter says.
    """

    def __init__(
        self,
        names: Iterable[str],
        fields: Iterable[str] = TEXT_FIELDS,
        without: Iterable[Path] = (),
        limits: Limits | None = None,
        retry: Path | None = None,
    ) -> None:
        self.names = tuple(names)
        self.fields = tuple(fields)
        self.limits = limits or Limits()
        self.retry = retry
        self.remarks: list[str] = []
        """What people should know of these inputs: folders without records, files of folders that were passed over."""
        self.done = 0
        """Bytes of files that were read, as they lie on the disk."""
        self._file_now: _Under | None = None
        self._ignored: list[str] = []
        self._without = {os.path.realpath(path) for path in without}
        self._stdout = _stdout()

    def __iter__(self) -> Iterator[Record]:
        self.done = 0
        self.remarks, self._ignored = [], []
        yield from self._all() if self.retry is None else self._retried(self.retry)
        if self._ignored:
            named = ", ".join(map(readable, self._ignored[:_NAMED]))
            more = ", ..." if len(self._ignored) > _NAMED else ""
            self.remarks.append(f"{len(self._ignored):,} files of no known kind were passed over: {named}{more}")

    @property
    def position(self) -> int:
        """Bytes that were read so far, as they lie on the disk."""
        return self.done + (self._file_now.position if self._file_now is not None else 0)

    def size(self) -> int | None:
        """Bytes of all files, as they lie on the disk; None where that cannot be told, as of stdin."""
        if self.retry is not None or STDIN in self.names:
            return None
        total = 0
        fresh = Inputs(self.names)  # what it remarks is not for people
        fresh._without = self._without
        for found in chain.from_iterable(map(fresh._files, self.names)):
            with contextlib.suppress(OSError, ValueError):  # reading it will say so
                total += 0 if isinstance(found, Record) else os.path.getsize(found)
        return total

    def _all(self) -> Iterator[Record]:
        for name in self.names:
            for found in self._files(name):
                yield from [found] if isinstance(found, Record) else self._file(found, name)

    def _file(self, path: str, name: str) -> Iterator[Record]:
        """The records of a file that is, or lies in, the input `name`."""
        try:
            with _open(path, regular=path != name) as stream:
                reading = self._file_now = _Under(stream)
                kind = "" if path == STDIN else path
                for record in records(kind, stream, self.fields, self.limits):
                    reading.share = record.share
                    yield record._replace(path=kind or "stdin", share=None)
                self.done, self._file_now = self.done + reading.size, None
        except (OSError, ValueError) as error:  # ValueError: a NUL in its name
            yield _unreadable(path, error)

    def _retried(self, file: Path) -> Iterator[Record]:
        """The records that letters are about."""
        files = {found: name for name in self.names for found in self._files(name) if isinstance(found, str)}
        files.pop(STDIN, None)
        for about in letters(file, self.fields):
            record, path = about.record, about.record.path
            if record.text is not None or record.failure is not None:
                yield record
            elif path in files:
                yield from self._again(record, files[path], rest=about.rest)
            else:
                wanted = "its file" if path is None else readable(path)
                error = ValueError(f"the letter does not hold the whole text: name {wanted} as an input, too")
                yield record.failed("read", error)

    def _again(self, about: Record, name: str, *, rest: bool) -> Iterator[Record]:
        """The record that a letter is about, or the records of its file from the place where that broke."""
        for record in self._file(about.path or "", name):
            if not rest:
                if (record.member, record.row) == (about.member, about.row):
                    yield record
                continue
            done = record.member == about.member and about.row is not None and (record.row or 0) <= about.row
            if about.member in (None, record.member) and not done:
                yield record

    def _files(self, name: str) -> Iterator[str | Record]:
        if os.path.isdir(name):
            found = False
            for each in self._folder(name):
                found = True
                yield each
            if not found:
                self.remarks.append(f"{readable(name)}: the folder holds no file of a known kind")
        elif glob.has_magic(name) and not os.path.lexists(name):
            matches = sorted(glob.glob(name, recursive=True))
            if not matches:
                yield _unreadable(name, FileNotFoundError("no file matches"))
            for match in matches:
                if not os.path.isdir(match) and not self._is_own(match):
                    yield match
        else:
            yield name  # if it is not there, opening it will say so

    def _is_own(self, path: str) -> bool:
        """Whether the run itself writes a file, or the folder that it is in."""
        real = os.path.realpath(path)
        if any(real == own or real.startswith(own + os.sep) for own in self._without):
            return True
        try:
            return self._stdout is not None and os.path.samestat(self._stdout, os.stat(path))
        except OSError:
            return False

    def _folder(self, name: str) -> Iterator[str | Record]:
        try:
            entries = sorted(os.scandir(name), key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(name, error)
            return
        for entry in entries:
            if entry.name.startswith(".") or self._is_own(entry.path):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._folder(entry.path)
            elif known(entry.name):
                yield entry.path
            else:
                self._ignored.append(entry.path)


class _Under:
    """A file that is being read: how far that is."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        found = os.fstat(stream.fileno())
        self.size = found.st_size if stat.S_ISREG(found.st_mode) else 0
        self.share: float | None = None

    @property
    def position(self) -> int:
        """Bytes that were read of it; of a pipe none, since it cannot tell."""
        if self.share is not None:
            return int(self.share * self.size)
        try:
            return min(self._stream.tell(), self.size)
        except (OSError, ValueError):  # it was closed
            return 0


def _stdout() -> os.stat_result | None:
    """Stdout, if it is a file: it may lie among the inputs, and would be read for ever."""
    try:
        found = os.fstat(1)
    except OSError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None


def _open(path: str, *, regular: bool) -> BinaryIO:
    """Open a file; a `regular` one must be just that, and is not waited for.

    Raises:
        OSError: it cannot be read.
    """
    if path == STDIN:  # not buffered, so that records come as they are written; not closed, since it is not ours
        return cast("BinaryIO", open(0, "rb", buffering=0, closefd=False))
    return open(path, "rb", opener=_open_regular if regular else None)  # whoever names a pipe wants it read


def _open_regular(path: str, flags: int) -> int:
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("no regular file, but a folder, a pipe or a device: not read")
    return handle


def _unreadable(path: str, error: OSError | ValueError) -> Record:
    failed = Record(None, path).failed("read", error)
    assert failed.failure is not None
    reason = error.strerror if isinstance(error, OSError) else None
    return failed._replace(failure=failed.failure._replace(message=reason or str(error)))
