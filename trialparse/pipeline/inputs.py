"""The files that a command names, and their records in order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from trialparse.pipeline.formats import known, records
from trialparse.pipeline.record import TEXT_FIELDS, Record

STDIN = "-"


class Inputs:
    """Records of files, folders (with all folders in them), globs and stdin ("-"), in a settled order.

    Args:
        names: the inputs, read one after another; the files of a folder or glob are read in the order of their names.
        fields: names of the fields of a row that may hold a record's text.
        without: files to pass over, such as the run's own output.
    """

    def __init__(self, names: Iterable[str], fields: Iterable[str] = TEXT_FIELDS, without: Iterable[Path] = ()) -> None:
        self.names = tuple(names)
        self.fields = tuple(fields)
        self.ignored = 0
        """Files of folders that were passed over because their suffix says nothing."""
        self._without = {path.resolve() for path in without}

    def __iter__(self) -> Iterator[Record]:
        self.ignored = 0
        for record in self._all():
            if record.text is None and record.failure is None:  # a dead letter about a file: try that again
                yield from self._rest(record)
            else:
                yield record

    def _all(self) -> Iterator[Record]:
        for name in self.names:
            for found in self._files(name):
                yield from [found] if isinstance(found, Record) else self._file(found)

    def _file(self, path: str) -> Iterator[Record]:
        try:
            with _open(path) as stream:
                name = "" if path == STDIN else path
                for record in records(name, stream, self.fields):
                    yield record if record.path is not None else record._replace(path=name or "stdin")
        except OSError as error:
            yield _unreadable(path, error)

    def _rest(self, letter: Record) -> Iterator[Record]:
        """The records of a file that a letter is about, from the place where it broke."""
        for record in self._file(letter.path or ""):
            if record.member == letter.member and (record.row or 0) <= (letter.row or 0) and letter.row is not None:
                continue
            if letter.member in (None, record.member):
                lost = record.text is None and record.failure is None
                yield record.failed("read", ValueError("a letter about letters")) if lost else record

    def _files(self, name: str) -> Iterator[str | Record]:
        if os.path.isdir(name):
            yield from self._folder(name)
        elif glob.has_magic(name) and not os.path.lexists(name):
            found = sorted(glob.glob(name, recursive=True))
            if not found:
                yield _unreadable(name, FileNotFoundError("no file matches"))
            for each in found:
                if not os.path.isdir(each):
                    yield each
        else:
            yield name  # if it is not there, opening it will say so

    def _folder(self, name: str) -> Iterator[str | Record]:
        try:
            entries = sorted(os.scandir(name), key=lambda entry: entry.name)
        except OSError as error:
            yield _unreadable(name, error)
            return
        for entry in entries:
            if entry.name.startswith(".") or Path(entry.path).resolve() in self._without:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._folder(entry.path)
            elif known(entry.name):
                yield entry.path
            else:
                self.ignored += 1


def _open(path: str) -> BinaryIO:
    if path == STDIN:  # not buffered, so that records come as they are written; not closed, since it is not ours
        return cast("BinaryIO", open(0, "rb", buffering=0, closefd=False))
    return open(path, "rb")


def _unreadable(path: str, error: OSError) -> Record:
    failed = Record(None, path).failed("read", error)
    assert failed.failure is not None
    return failed._replace(failure=failed.failure._replace(message=error.strerror or str(error)))
