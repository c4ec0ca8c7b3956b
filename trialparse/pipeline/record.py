"""One record on its way through a batch: its text, where it came from, and, if it broke, why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

import regex

from trialparse.layouts.page import CRITERIA
from trialparse.lexicon.columns import column
from trialparse.text.decode import decode

Stage = Literal["read", "parse", "worker", "write"]

TEXT_FIELDS = ("text", "raw", "html", "markdown", "content", "page", "body", "page_text", "raw_html", "full_text")
"""Fields of a row that may hold a page, of which the first that is a text wins; `layouts.rows` finds criteria."""
URL_FIELDS = ("url", "source_url", "link")
ID_FIELDS = ("trial_id", "nct_id", "nctId", "trialid", "TrialID", "id")
SURPLUS = ""
"""Key of the cells of a row that stand under no name."""

_ESCAPED_BYTE = regex.compile("[\udc80-\udcff]")


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
    share: float | None = None
    """How much of its file has been read with it, where the place in the stream of bytes does not tell."""

    @property
    def where(self) -> str | None:
        """Path, member and row as one name: "dump.jsonl.gz:17", "pages.zip/NCT09900001.txt"."""
        if self.path is None:
            return None
        name = self.path if self.member is None else f"{self.path}/{self.member}"
        return readable(name if self.row is None else f"{name}:{self.row}")

    def shown(self) -> str | None:
        """The text as a str."""
        return decode(self.text)[0] if isinstance(self.text, bytes) else self.text

    def failed(self, stage: Stage, error: BaseException) -> Record:
        """The same record, broken at `stage`."""
        return self._replace(failure=Failure.of(stage, error))


def readable(name: str) -> str:
    """A name without the surrogates that stand for bytes of a file name that are not UTF-8."""
    return name.encode("utf-8", "backslashreplace").decode()


def from_row(row: object, whole: str | None = None, fields: Iterable[str] = TEXT_FIELDS) -> Record:
    """The record in one row of a table or one value of a JSON stream.

    A row is data: nothing in it names a file to be opened.

    Args:
        row: a page's text, or an object: with the text in one of `fields`, or a registry's export. Bytes that were not
            UTF-8 stand in it as Python's "surrogateescape" leaves them.
        whole: the row as it was written, taken as the text where no field holds it; by default the row as JSON.
        fields: names of the fields that may hold the text; a list in one is so many lines. One whose name says that
            it holds criteria is read with the other columns of the row.

    Raises:
        ValueError: it is no row.
    """
    if isinstance(row, str):
        return Record(_as_it_was(row))
    if not isinstance(row, Mapping):
        raise ValueError(f"a record is an object or a string, not {type(row).__name__}")
    if isinstance(row.get(SURPLUS), list):
        raise ValueError("the row has more cells than the header")
    text = _first(row, (name for name in fields if column(name) not in CRITERIA))
    if text is None:
        text = json.dumps(row, ensure_ascii=False, default=str) if whole is None else whole
    return Record(_as_it_was(text), url=_first(row, URL_FIELDS), id=_first(row, ID_FIELDS))


def _as_it_was(text: str) -> str | bytes:
    """A text whose bytes are not UTF-8 as these bytes, so that `parse` decodes them, and says how."""
    if not _ESCAPED_BYTE.search(text):
        return text
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # other surrogates: JSON can write them
        return text


def _first(row: Mapping[str, Any], names: Iterable[str]) -> str | None:
    return next((text for name in names if (text := _lines(row.get(name))) is not None), None)


def _lines(value: object) -> str | None:
    """A text, or the texts of a list as lines."""
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    return value if isinstance(value, str) else None
