"""The forms of labels and headings by themselves: numbered, in parts, entries of a menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from trialparse.layouts.labels import is_bulleted
from trialparse.layouts.page import Meaning
from trialparse.layouts.tables import Line
from trialparse.layouts.values import LINE_READERS
from trialparse.layouts.wording import needs_value

_PART = r"(?:\d{1,2}(?:\.\d{1,2}){1,3}+\.?|\p{Lu}(?:\.\d{1,2}){1,3}+\.?|\p{Lu}\d{1,2}[.):])\s++"
"""The number of a row of a form: `1.2`, `B.4`, `A1.`."""
TABLE_ROW = regex.compile(rf"((?:{_PART})?+\p{{Lu}}[^|\s]*+(?:\s[^|\s]++){{0,6}}+)\s\|\s(?=[^|\n]++$)", regex.MULTILINE)
_LETTERED = regex.compile(rf"{_PART}(?=\p{{L}})")
_STEM = regex.compile(r"(?:(?i:section|part)\s)?(\p{Lu}|\d{1,2})[.:)]?\s++\p{Lu}")
"""How the heading of a part begins whose rows are numbered after it: `B. Study` above `B1. Phase`."""
_OF_STEM = regex.compile(r"(\p{Lu}|\d{1,2})(?:\.\d|(?<=\p{Lu})\d)")
_ENTRY = regex.compile(r"\W*+\p{L}++(?: [\p{L}&']++){0,3}\W*+")
_USUAL_ENTRY = regex.compile(
    r"\W*+(?:skip to .*|home|menu|about(?: us)?|contact(?: us)?|sign (?:in|up)|log ?in|search(?: \w++)?|find a .*)\W*+",
    regex.IGNORECASE,
)
_COUNTED = regex.compile(r"\(?(\d{1,2})[.)]\s")
_HASHES = regex.compile(r"(#{1,6})\s")
_REMARKED = regex.compile(r"([^()]+?)\s\(([^()]+)\)")
_SLASH = regex.compile(r"\s?/\s?")
_NO_LABEL = regex.compile(r"[|:;,=]")
_MOST_PARTS = 3
_LONGEST_PARTED = 60
LONGEST_HEADING = 90
BEGIN = 2
"""Characters that tell most lines from those that begin with a label; no label is shorter."""


def unlettered(label: str) -> str:
    """A label without the number of its row: `A1. Phase`."""
    return _LETTERED.sub("", label)


def heads_part(text: str, line: Line, below: Line) -> bool:
    """Whether a line has a number that is the stem of that of the row below it: `B. Study` above `B1. Phase`."""
    stem, row = _STEM.match(text, *line), _OF_STEM.match(text, *below)
    return stem is not None and row is not None and stem[1] == row[1]


def parts_of(label: str) -> tuple[list[str], bool]:
    """What a label says in parts, and whether the second is a remark in brackets; [] for one without or no label."""
    if not label[:1].isupper() or len(label) > _LONGEST_PARTED or _NO_LABEL.search(label):
        return [], False
    match = _REMARKED.fullmatch(label)
    parts = list(match.groups()) if match else [part.strip() for part in _SLASH.split(label)]
    return (parts, match is not None) if 1 < len(parts) <= _MOST_PARTS else ([], False)


def is_entry(text: str, line: Line) -> bool:
    """Whether a line is one of the bulleted entries of a menu."""
    return is_bulleted(text, line) and _ENTRY.fullmatch(text, *line) is not None


def number_of(text: str, line: Line, more: int = 0) -> int | None:
    """The number that a line begins with, and so many more; None without one, where more are asked for 0."""
    match = _COUNTED.match(text, line.start, line.end)
    return int(match[1]) + more if match else None if more else 0


def level_of(text: str, line: Line) -> int:
    """How many `#` a heading of Markdown has; 0 for other lines."""
    match = _HASHES.match(text, line.start, line.end)
    return len(match[1]) if match else 0


def menu_size(text: str, lines: Sequence[Line]) -> int:
    """How many lines a page begins with that are its menu: several entries of few words, some of which any site has."""
    size = next((i for i, line in enumerate(lines) if not _ENTRY.fullmatch(text, line.start, line.end)), len(lines))
    return size if any(_USUAL_ENTRY.fullmatch(text, line.start, line.end) for line in lines[:size]) else 0


def row_pattern(meanings: Mapping[str, Meaning]) -> tuple[regex.Pattern[str], frozenset[str]]:
    """Labels at the start of a line whose values can be told by their form, and how they begin."""
    strict = [key for key, meaning in meanings.items() if isinstance(meaning, str) and meaning in LINE_READERS]
    pattern = regex.compile(r"(\L<labels>)\s*+(?=\S)", regex.IGNORECASE, labels=strict)
    return pattern, frozenset(key[:BEGIN].lower() for key in strict)


def glue_pattern(meanings: Mapping[str, Meaning]) -> regex.Pattern[str]:
    """Labels of free text at the start of a line, with a capital right behind their last small letter."""
    free = [
        key
        for key, meaning in meanings.items()
        if isinstance(meaning, str) and meaning not in LINE_READERS and not needs_value(key)
    ]
    return regex.compile(r"((?i:\L<labels>))(?<=\p{Ll})(?=\p{Lu})", labels=free)
