"""What a page is cut into: lines, and blocks of a label with the lines of its value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import regex

from trialparse.layouts.tables import Line
from trialparse.lexicon.fields import labels
from trialparse.models.eligibility import SectionName
from trialparse.text.readable import Readable

Meaning = str | tuple[str, ...] | None
"""What stands under a label: a field; fields told apart by the form of their values; or nothing that fills a field."""

_LINE = regex.compile(r"[^\n]++")
_EDGES = " \t|"
_LEFT_EDGES = _EDGES + ":"
_SYMBOL = r"[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]"
"""Arrows, ticks and pictures before a label or an item."""
_BULLET = regex.compile(rf"(?:(?:[-*•·‣⁃∙◦●▪–]|{_SYMBOL}++)[\s•*-]*+|#{{1,6}}\s)\s*+(?:{_SYMBOL}++\s*+)?+")
_PICTURES = regex.compile(rf"(?:{_SYMBOL}|\s)++")
_PICTURE = regex.compile(rf"(?P<sign>{_SYMBOL}(?:\u200d{_SYMBOL}|\ufe0f)*+)\ufe0f?\s++(?=\S)")
_RANK = regex.compile(r"(?:\(?\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}+\.?)\s++(?=\p{L})")
_PROSE_BULLET = regex.compile(r"^([ \t]*+)(?:[•●▪]\s++|- {2,3}+)(?=\S)", regex.MULTILINE)
_KEY_NOISE = regex.compile(
    r"[(\[]\s*+(?:actual|estimated|anticipated|est\.?|\d{1,4})\s*+[)\]]|^(?:actual|estimated|anticipated) "
    r"|(?<![*_`:?|.])[*_`:?|.]++\s*+$"
)
_PLAIN = re.compile(r"(?!(?i:actual|estimated|anticipated) )[A-Za-z]+(?: [A-Za-z]+)*")
"""A label from which nothing is taken away to compare it."""
_SPACES = regex.compile(r"\s++")
_NUMBER = regex.compile(r"(?<![\w.])\d++(?![\w.])")
_MARGIN = 200
_MOST_WRAPS = 4
_NARROWEST = 30
"""No line of fewer columns is full."""
_LONGEST_KEY = 60
_OPEN_END = regex.compile(
    r"(?:[,–—-]|(?<=\s)(?:an?|and|as|at|before|between|by|for|from|in|of|on|or|than|the|to|versus|vs\.?|with|without))$",
    regex.IGNORECASE,
)
"""How no title ends."""


CRITERIA: dict[str, SectionName | None] = {
    "criteria": None,
    "criteria_heading": None,
    "inclusion": "inclusion",
    "exclusion": "exclusion",
}
"""Meanings that hold criteria -> their section, where the label settles it; a `criteria_heading` is criteria itself."""
FALLBACK = {"criteria_block": "criteria", "inclusion_block": "inclusion", "exclusion_block": "exclusion"}
"""Meanings that hold criteria only where the page has no `criteria_heading`."""
PROSE = frozenset({"brief_summary", "detailed_description", "overview", *CRITERIA, *FALLBACK})
"""Meanings whose text may hold lines that look like labels."""


class Block(NamedTuple):
    """A label, what it means, and the lines below it."""

    meaning: Meaning
    heading: Line | None
    lines: tuple[Line, ...]
    repeated: bool = False
    """Whether the same label stands elsewhere on the page in a place that fits better."""


class Values(dict[str, "Value"]):
    """All values of a page by their label."""

    @cached_property
    def meanings(self) -> frozenset[str]:
        """What the labels of the page mean, those in other words left out."""
        return frozenset(labels().get(label_key(label), "") for label in self)

    @cached_property
    def answers(self) -> dict[str, set[str]]:
        """What the last lines of values say, in lower case, by the code that their label begins with."""
        said: dict[str, set[str]] = {}
        for label, value in self.items():
            code = label[:_MARGIN].replace("|", " ").split()[:1]
            if code and value.lines:
                said.setdefault(code[0], set()).add(value.text(value.lines[-1])[:_MARGIN].lower())
        return said


class Value:
    """The lines of a block as the field readers see them."""

    __slots__ = ("label", "left", "lines", "page", "raw", "readable")

    def __init__(self, readable: Readable, label: str, lines: Sequence[Line], page: Values | None = None) -> None:
        self.readable = readable
        self.label = label
        self.page = Values() if page is None else page
        """All values of the page by label, for the few fields that need a second one."""
        self.raw = tuple(lines)
        """The lines with their bullets."""
        self.lines = tuple(unbulleted(readable.text, line) for line in lines)
        self.left: list[Line] = []
        """Lines that the reader had no use for; they go to the sections."""

    def text(self, line: Line) -> str:
        """Folded text of a line, for matching."""
        return self.readable.text[line.start : line.end]

    def show(self, line: Line) -> str:
        """A line as the page shows it, for output."""
        return self.readable.show(line.start, line.end)

    def prose(self, lines: Sequence[Line] | None = None) -> str:
        """All lines, or these neighbouring ones, with their line breaks; dots and wide dashes as bullets become `*`."""
        lines = self.raw if lines is None else lines
        shown = self.readable.show_lines(lines[0].start, lines[-1].end) if lines else ""
        return _PROSE_BULLET.sub(r"\1* ", shown)


def lines_of(text: str) -> list[Line]:
    """The non-blank lines of `text`, without white space and table borders at their ends."""
    found = []
    for match in _LINE.finditer(text):
        raw = match.group()
        body = raw.rstrip(_EDGES).lstrip(_LEFT_EDGES)
        if body:
            start = match.start() + len(raw) - len(raw.lstrip(_LEFT_EDGES))
            found.append(Line(start, start + len(body)))
    return found


def opens_paragraph(text: str, line: Line) -> bool:
    """Whether a blank line stands above."""
    return text[max(0, line.start - _MARGIN) : line.start].replace(" ", "").endswith("\n\n")


def wrapped(text: str, lines: Sequence[Line]) -> int:
    """Over how many lines the first of these is wrapped, by hand or for a printed page: a title in two lines."""
    size = 1
    while size < min(len(lines), _MOST_WRAPS):
        above, line = lines[size - 1], lines[size]
        alone = opens_paragraph(text, line) or above.end - text.rfind("\n", 0, above.end) < _NARROWEST
        first = text[line.start : line.start + _LONGEST_KEY].partition(" ")[0]
        goes_on = _OPEN_END.search(text, above.start, above.end) or (first[0].islower() and ":" not in first)
        if alone or not goes_on:
            break
        size += 1
    return size


def unbulleted(text: str, line: Line) -> Line:
    """The line without a bullet at its start."""
    if text[line.start].isalnum():  # most lines
        return line
    match = _BULLET.match(text, line.start, line.end)
    return Line(match.end(), line.end) if match and match.end() < line.end else line


def pictured(text: str, line: Line) -> tuple[str, Line] | None:
    """The picture that a line begins with, and what stands behind it."""
    match = None if text[line.start].isascii() else _PICTURE.match(text, *line)
    return (match["sign"].rstrip("\ufe0f"), Line(match.end(), line.end)) if match else None


def is_pictures(text: str, line: Line) -> bool:
    """Whether a line is nothing but pictures: icons beside what they stand for."""
    return not text[line.start].isascii() and _PICTURES.fullmatch(text, *line) is not None


def unranked(text: str, line: Line) -> Line:
    """The line without the signs of a heading of Markdown."""
    return unbulleted(text, line) if text[line.start] == "#" else line


def unnumbered(text: str) -> str:
    """The text without the number of a part at its start: `2.1 Phase`."""
    match = None if text[:1].isalpha() else _RANK.match(text)
    return text[match.end() :] if match else text


def undecorated(text: str) -> str:
    """The text without pictures and stars at its start."""
    match = None if text[:1].isalnum() else _BULLET.match(text)
    return text[match.end() :] if match and match.end() < len(text) and not text.startswith("#") else text


def label_key(text: str) -> str:
    """The form in which labels are compared.

    Lower case, without bullet or number, lines drawn around it, final colon and "actual" or "estimated"; any number
    standing alone is the same.
    """
    if _PLAIN.fullmatch(text):
        return text.lower()
    match = _BULLET.match(text) or _RANK.match(text)
    text = _SPACES.sub(" ", (text[match.end() :] if match else text).lower()).strip(" =~")
    for _ in range(2):  # a bracketed type may stand before the colon
        text = _KEY_NOISE.sub("", text).strip()
    return _NUMBER.sub("#", text.replace("_", " "))
