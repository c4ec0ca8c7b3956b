"""Files that are there whole or not at all, whatever happens in between; and nobody else's files touched."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

_LOCK = "lock"
_MARK = b"A run of trialparse that is under way.\n"


def write_file(path: Path, data: bytes) -> None:
    """Write a small file."""
    with whole_file(path) as file:
        file.write(data)


def copy_file(source: Path, path: Path) -> None:
    """Copy a file, maybe to another disk."""
    with whole_file(path) as file, source.open("rb") as old:
        shutil.copyfileobj(old, file)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to be written, which takes its place once that is done, and not at all if it breaks."""
    with fresh_file(path) as (file, name):
        yield file
        file.close()
        replace_file(name, path)


@contextmanager
def fresh_file(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file beside `path`, to be given its name; it is removed if it still has its own at the end."""
    for name in _names_beside(path):
        with suppress(FileExistsError):  # somebody's
            file = name.open("xb")
            break
    try:
        with file:
            yield file, name
    finally:
        name.unlink(missing_ok=True)


def _names_beside(path: Path) -> Iterator[Path]:
    """Names for what is to take the place of `path`, without end."""
    return (path.with_name(f".{path.name}.{os.getpid()}-{number}.new") for number in count())


def replace_file(fresh: Path, path: Path) -> None:
    """Bring a file to the disk, then give it its name."""
    sync_file(fresh)
    os.replace(fresh, path)
    sync_folder(path.parent)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to be filled, which takes its place once that is done, and not at all if it breaks.

    Raises:
        OSError: it cannot be written, or something else has its name by then.
    """
    for name in _names_beside(path):
        with suppress(FileExistsError):  # somebody's
            name.mkdir()
            break
    try:
        yield name
        _sync_all(name)
        name.rename(path)
        sync_folder(path.parent)
    finally:
        shutil.rmtree(name, ignore_errors=True)


def replace_folder(fresh: Path, path: Path, aside: Path) -> None:
    """Give a folder its name; one that has the name already goes aside first, and is then removed."""
    _sync_all(fresh)
    shutil.rmtree(aside, ignore_errors=True)
    if path.exists():
        path.rename(aside)
    fresh.rename(path)
    sync_folder(path.parent)
    shutil.rmtree(aside, ignore_errors=True)


def bring_back(path: Path, aside: Path) -> None:
    """Give a folder its name again if `replace_folder` was killed while it was aside."""
    if aside.exists() and not path.exists():
        aside.rename(path)


class BusyError(ValueError):
    """Another process is at work on the same output."""


def lock_folder(folder: Path) -> BinaryIO:
    """Make a folder if need be, and keep other processes from locking it until the file is closed or this one ends.

    Raises:
        BusyError: another process has locked it.
        ValueError: there is such a folder, and `lock_folder` did not make it.
    """
    if folder.exists() and not _is_own(folder):
        raise ValueError(f"{folder} is in the way, and was not made by trialparse; move it, or name another output")
    folder.mkdir(exist_ok=True)
    file = (folder / _LOCK).open("ab")
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # this kind is not inherited by workers
        except (BlockingIOError, PermissionError):
            file.close()
            raise BusyError(f"another run is at work in {folder}") from None
    if not file.tell():
        file.write(_MARK)
        file.flush()
    return file


def _is_own(folder: Path) -> bool:
    """Whether a folder bears our mark, or was just about to."""
    if not folder.is_dir() or folder.is_symlink():
        return False
    names = {each.name for each in folder.iterdir()}
    if not names:
        return True
    mark = (folder / _LOCK).read_bytes() if _LOCK in names else None
    return mark == _MARK or (mark == b"" and len(names) == 1)


def remove_own(folder: Path, names: Iterable[str]) -> None:
    """Remove a folder that was locked, and what of these is in it; what else lies there stays."""
    for name in (*names, _LOCK):  # the mark comes last
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def _sync_all(folder: Path) -> None:
    """Bring a folder and the files in it to the disk."""
    for each in folder.iterdir():
        sync_file(each)
    sync_folder(folder)


def sync_file(path: Path) -> None:
    """Bring a file's bytes to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Bring a folder's names to the disk, where the system has such a thing."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
