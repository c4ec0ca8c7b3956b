"""One record on its way through a batch: its text, where it came from, and, if it broke, why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from trialparse.layouts.page import CRITERIA
from trialparse.lexicon.columns import column
from trialparse.text.decode import decode

Stage = Literal["read", "parse", "worker", "write"]

TEXT_FIELDS = ("text", "raw", "html", "markdown", "content", "page", "body", "page_text", "raw_html", "full_text")
"""Fields of a row that may hold a page, of which the first that is a text wins; `layouts.rows` finds criteria."""
_URL_FIELDS = ("url", "source_url", "link")
_ID_FIELDS = ("trial_id", "nct_id", "nctId", "trialid", "TrialID", "id")
_LETTER = {"stage", "error", "message", "raw"}


class Failure(NamedTuple):
    """Why a record gave no trial."""

    stage: Stage
    """Where it broke: reading the input, parsing the text, a worker that died, writing the trial."""
    error: str
    """Class of the exception, or code of the diagnostic."""
    message: str

    @classmethod
    def of(cls, stage: Stage, error: BaseException) -> Failure:
        """The failure that an exception stands for."""
        return cls(stage, type(error).__name__, str(error) or type(error).__name__)


class Record(NamedTuple):
    """What a reader hands on. One that could not be read has a `failure`, and `text` as far as it is known."""

    text: str | bytes | None
    path: str | None = None
    """The file it was read from, or "stdin"."""
    member: str | None = None
    """Its file within an archive."""
    row: int | None = None
    """Its number within a file of many records, from 1; of a file that broke, the last number that was read."""
    url: str | None = None
    id: str | None = None
    failure: Failure | None = None

    @property
    def where(self) -> str | None:
        """Path, member and row as one name: "dump.jsonl.gz:17", "pages.zip/NCT09900001.txt"."""
        if self.path is None:
            return None
        name = self.path if self.member is None else f"{self.path}/{self.member}"
        return name if self.row is None else f"{name}:{self.row}"

    def shown(self) -> str | None:
        """The text as a str."""
        return decode(self.text)[0] if isinstance(self.text, bytes) else self.text

    def failed(self, stage: Stage, error: BaseException) -> Record:
        """The same record, broken at `stage`."""
        return self._replace(failure=Failure.of(stage, error))


def from_row(row: object, whole: str | None = None, fields: Iterable[str] = TEXT_FIELDS) -> Record:
    """The record in one row of a table or one value of a JSON stream.

    Args:
        row: a page's text, or an object: with the text in one of `fields`, a dead letter, or a registry's export.
        whole: the row as it was written, taken as the text where no field holds it; by default the row as JSON.
        fields: names of the fields that may hold the text; a list in one is so many lines. One whose name says that
            it holds criteria is read with the other columns of the row.
    """
    if isinstance(row, str):
        return Record(row)
    if not isinstance(row, Mapping):
        raise ValueError(f"a record is an object or a string, not {type(row).__name__}")
    if row.keys() >= _LETTER:
        return _from_letter(row)
    text = _first(row, (name for name in fields if column(name) not in CRITERIA))
    if text is None:
        text = json.dumps(row, ensure_ascii=False, default=str) if whole is None else whole
    return Record(text, url=_first(row, _URL_FIELDS), id=_first(row, _ID_FIELDS))


def letter(index: int, record: Record) -> bytes:
    """A failed record as one line of the dead-letter file, which `from_row` reads again."""
    assert record.failure is not None
    fields = {"index": index, "id": record.id, **record.failure._asdict(), "raw": record.shown()}
    place = {"path": record.path, "member": record.member, "row": record.row, "url": record.url}
    # ASCII, because a text that broke may hold surrogates that UTF-8 does not
    return json.dumps(fields | place).encode("ascii") + b"\n"


def _from_letter(row: Mapping[str, Any]) -> Record:
    """What a letter was about: the text that did not parse, the row that could not be read, or the file (no text)."""
    place = {key: row.get(key) for key in ("path", "member", "row", "url", "id")}
    raw = row["raw"]
    if row["stage"] == "read" and raw is not None:
        try:
            return from_row(json.loads(raw), raw)._replace(path=place["path"], member=place["member"], row=place["row"])
        except ValueError as error:  # it was not mended: the same letter again
            return Record(raw, **place).failed("read", error)
    return Record(raw, **place)


def _first(row: Mapping[str, Any], names: Iterable[str]) -> str | None:
    return next((text for name in names if (text := _lines(row.get(name))) is not None), None)


def _lines(value: object) -> str | None:
    """A text, or the texts of a list as lines."""
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    return value if isinstance(value, str) else None
