"""Files that are there whole or not at all, whatever happens in between."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import BinaryIO


def write_file(path: Path, data: bytes) -> None:
    """Write a small file."""
    fresh = _fresh(path)
    fresh.write_bytes(data)
    replace_file(fresh, path)


def copy_file(source: Path, path: Path) -> None:
    """Copy a file, maybe to another disk."""
    fresh = _fresh(path)
    shutil.copyfile(source, fresh)
    replace_file(fresh, path)


def replace_file(fresh: Path, path: Path) -> None:
    """Bring a file to the disk, then give it its name."""
    sync_file(fresh)
    os.replace(fresh, path)
    sync_folder(path.parent)


def replace_folder(fresh: Path, path: Path) -> None:
    """Give a folder its name; one that has the name already goes aside first, and is then removed."""
    for each in fresh.iterdir():
        sync_file(each)
    sync_folder(fresh)
    aside = _aside(path)
    shutil.rmtree(aside, ignore_errors=True)
    if path.exists():
        path.rename(aside)
    fresh.rename(path)
    sync_folder(path.parent)
    shutil.rmtree(aside, ignore_errors=True)


def bring_back(path: Path) -> None:
    """Give a folder its name again if `replace_folder` was killed while it was aside."""
    if _aside(path).exists() and not path.exists():
        _aside(path).rename(path)


def _aside(path: Path) -> Path:
    return path.with_name(path.name + ".old")


class BusyError(ValueError):
    """Another process is at work on the same output."""


def lock_folder(folder: Path) -> BinaryIO:
    """Make a folder if need be, and keep other processes from locking it until the file is closed or this one ends.

    Raises:
        BusyError: another process has locked it.
    """
    folder.mkdir(exist_ok=True)
    file = (folder / "lock").open("wb")
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # this kind is not inherited by workers
        except (BlockingIOError, PermissionError):
            file.close()
            raise BusyError(f"another run is at work in {folder}") from None
    return file


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


def _fresh(path: Path) -> Path:
    return path.with_name(path.name + ".new")
