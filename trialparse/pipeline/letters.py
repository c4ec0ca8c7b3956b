"""Dead letters: the records that failed, as lines of JSON, and the way back from them by `--retry`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from trialparse.pipeline.record import TEXT_FIELDS, Record, from_row

_PIECE = 1 << 20
"""Characters of a record's text that a letter holds: more than any record has."""
_NEEDED = frozenset({"stage", "error", "message", "raw", "path"})
_TYPES: dict[str, type] = {"raw": str, "path": str, "member": str, "row": int, "url": str, "id": str, "raw_length": int}


class Letter(NamedTuple):
    """What a letter is about."""

    record: Record
    """What failed: with its text, if the letter holds the whole of it; with a failure, if it is of no use."""
    rest: bool = False
    """Whether it is about a file that could not be read from some place on, and not about one record of it."""


def letter(index: int, record: Record) -> bytes:
    """A failed record as one line of the file of dead letters."""
    assert record.failure is not None
    raw = record.shown()
    fields = {"index": index, "id": record.id, **record.failure._asdict(), "raw": None if raw is None else raw[:_PIECE]}
    place = {"path": record.path, "member": record.member, "row": record.row, "url": record.url}
    # ASCII, because a text that broke may hold surrogates that UTF-8 does not
    cut = raw is not None and len(raw) > _PIECE
    line = fields | ({"raw_length": len(raw or "")} if cut else {}) | place
    return json.dumps(line).encode("ascii") + b"\n"


def letters(file: Path, fields: Iterable[str] = TEXT_FIELDS) -> Iterator[Letter]:
    """The letters of a file; a line that is none is a failure of its own.

    Args:
        file: its path.
        fields: names of the fields of a row that may hold the text.

    Raises:
        OSError: the file cannot be read.
    """
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield _read(json.loads(line), fields)
                except (ValueError, RecursionError) as error:
                    text = line.decode(errors="surrogateescape")
                    yield Letter(Record(text, str(file), row=number).failed("read", error))


def is_letter(line: bytes) -> bool:
    """Whether a line was written by `letter`."""
    try:
        _read(json.loads(line), ())
    except (ValueError, RecursionError):
        return False
    return True


def _read(row: Any, fields: Iterable[str]) -> Letter:
    if not isinstance(row, dict) or not row.keys() >= _NEEDED:
        raise ValueError("this line is no dead letter")
    for name, wanted in _TYPES.items():
        value = row.get(name)
        if value is not None and (not isinstance(value, wanted) or isinstance(value, bool)):
            raise ValueError(f"this line is no dead letter: its {name} is not of type {wanted.__name__}")
    raw = row["raw"]
    place = {key: row.get(key) for key in ("path", "member", "row", "url", "id")}
    whole = raw is not None and row.get("raw_length") is None
    if not whole or row["stage"] != "read":
        return Letter(Record(raw if whole else None, **place), rest=raw is None)
    try:
        found = from_row(json.loads(raw), raw, fields)
    except (ValueError, RecursionError) as error:  # it was not mended: the same letter again
        return Letter(Record(raw, **place).failed("read", error))
    return Letter(found._replace(path=place["path"], member=place["member"], row=place["row"]))
