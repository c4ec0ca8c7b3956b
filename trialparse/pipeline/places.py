"""Whether a run may write where it is told to: before anything is opened."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from pathlib import Path

from trialparse.pipeline.inputs import STDIN
from trialparse.pipeline.letters import is_letter
from trialparse.pipeline.tally import Tally

_LONGEST = 1 << 24
"""Bytes in which a dead letter or a report ends."""


def check_places(written: Mapping[str, Path], inputs: Iterable[str]) -> None:
    """See that what is written is in nobody's place.

    Args:
        written: what the run writes, by the option that names it.
        inputs: what it reads.

    Raises:
        ValueError: one of them cannot be written, is an input or another of them, or is no file that trialparse wrote.
    """
    for path in written.values():
        if not path.parent.is_dir():
            raise ValueError(f"there is no folder {path.parent} to write {path.name} in")
    for (option, path), (other, another) in combinations(written.items(), 2):
        if _same(path, another) or _within(path, another) or _within(another, path):
            raise ValueError(f"{option} and {other} name the same place: {another}")
    for name in inputs:
        for option, path in written.items():
            if name == STDIN and _is_stdin(path):
                raise ValueError(f"{option} names the file that is read from stdin: {path}")
            if name != STDIN and (_same(Path(name), path) or _within(Path(name), path)):
                raise ValueError(f"{option} would replace an input: {name}")
    for option, is_ours in (("--errors", is_letter), ("--report", _is_report)):
        if option in written and not may_be_replaced(written[option], is_ours):
            raise ValueError(f"{written[option]} exists and was not written by {option}; move it, or name another file")


def _same(one: Path, other: Path) -> bool:
    """Whether two names are of one file, be it by links."""
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def _within(path: Path, folder: Path) -> bool:
    return os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep)


def _is_stdin(path: Path) -> bool:
    try:
        stdin = os.fstat(0)
        return stat.S_ISREG(stdin.st_mode) and os.path.samestat(stdin, path.stat())
    except OSError:
        return False


def may_be_replaced(path: Path, is_ours: Callable[[bytes], bool]) -> bool:
    """Whether there is nothing yet, or a file that was written by an earlier run, as its beginning shows."""
    if not path.exists():
        return True
    if not path.is_file():
        return False
    with path.open("rb") as file:
        head = file.readline(_LONGEST) if is_ours is is_letter else file.read(_LONGEST)
    return not head or is_ours(head)


def _is_report(data: bytes) -> bool:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.keys() >= Tally().report().keys()
