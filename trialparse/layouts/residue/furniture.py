"""Lines of a page that are not the record's: buttons, what a browser prints around each page, disclaimers; and what the
page says twice, in other words or shorter.

They are taken out before a page is read, so that a criterion that they cut in two is whole again, and come back as
sections of the trial.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

import regex

from trialparse.layouts.residue.languages import other_languages
from trialparse.layouts.residue.previews import previews
from trialparse.lexicon.furniture import furniture
from trialparse.text.layer import Edit, Layer

_LINE = regex.compile(r"\S(?:[^\n]*\S)?+")
_PRINTED = regex.compile(
    r"""
      (?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s\d{1,2}:\d{2}(?:\s?[AP]M)?)  # 11/27/26, 9:12 PM
      (?:\s++(?P<title>\S.*+))?
    | https?://\S++\s++\d{1,3}\s?/\s?\d{1,3}                                  # https://… 2/3
    """,
    regex.VERBOSE,
)
_PAGE = regex.compile(
    r"https?://\S++|\d{1,3}\s?/\s?\d{1,3}|(?:page|seite)\s\d{1,3}(?:\s(?:of|von|/)\s?\d{1,3})?", regex.I
)
"""What belongs to the margin of a printed page, on paper that shows it is printed."""
_NUMBERED_PAGE = regex.compile(
    r"(?P<alone>page\s\d{1,3}\s(?:of|/)\s?\d{1,3})|\S(?:[^\n]{0,120}\S)?\s++page\s\d{1,3}(?:\s(?:of|/)\s?\d{1,3})?",
    regex.IGNORECASE,
)
"""Page 31 of 74; Example Protocol (a)     Page 31"""
_DIGITS = regex.compile(r"\d++")
_RUNNING = 4
"""Lines around a page's number that may be its running head and foot."""
_TARGET = regex.compile(
    r"\[[^\[\]\n]{1,40}+\]:\s++(?:https?:|file:|mailto:|[/#])\S*+(?:\s++\"[^\"\n]*+\")?|\d{1,3}\.\s(?:https?|file|mailto):\S++"
)
"""The target of a link, listed below the text."""
_LINK = regex.compile(r"\[(?P<text>[^\[\]\n]{1,60}+)\]\([^()\n]{0,300}+\)")
_LONGEST_CONTROL = 40
_LONGEST_DISCLAIMER = 1000
_BLANK = regex.compile(r"\s*\n|\s*+\Z")
_BLANK_BEFORE = regex.compile(r"(?<!\s)\s++$")
_ROOM = 200
"""No more white space than this is looked at before a margin."""

_RANK = regex.compile(r"\A#{1,6}\s++")
"""The signs of a heading."""
Line = tuple[int, int]
Furniture = tuple[str, Line]
"""Text and offsets in the caller's string."""


def drop_furniture(layer: Layer) -> tuple[Layer, list[Furniture]]:
    """The text without those lines, and the lines."""
    layer, again = _without_repeats(layer)
    text = layer.text
    lines = [match.span() for match in _LINE.finditer(text)]
    margins = set(_margins(text, lines))
    words = {line for line in lines if line not in margins and _is_own(text[slice(*line)])}
    edits = [*_cuts(text, sorted(margins)), *((start, end, "") for start, end in words)]
    gone = [(_RANK.sub("", text[slice(*line)]), layer.to_source(*line)) for line in sorted(margins | words)]
    return layer.edited(sorted(edits)), again + gone


def _without_repeats(layer: Layer) -> tuple[Layer, list[Furniture]]:
    """The text without what it says a second time, and that."""
    gone: list[Furniture] = []
    for find in (other_languages, previews):
        stretches = list(find(layer.text))
        gone += [(layer.text[slice(*stretch)], layer.to_source(*stretch)) for stretch in stretches]
        layer = layer.edited((start, end, "") for start, end in stretches)
    return layer, gone


def _is_own(line: str) -> bool:
    """Whether a line is a button, the target of a link or what a site says about itself."""
    table = furniture()
    link = _LINK.fullmatch(line)
    words = link["text"] if link else line
    if len(words) <= _LONGEST_CONTROL and table.is_control(words):
        return True
    low = line.lower() if len(line) <= _LONGEST_DISCLAIMER and line.lstrip("* ")[:1].isupper() else ""
    return any(words in low for words in table.disclaimers) or _TARGET.fullmatch(line) is not None


def _margins(text: str, lines: list[Line]) -> Iterator[Line]:
    """Head and foot of printed pages: date, title, address and page number."""
    bodies = [text[start:end] for start, end in lines]
    printed = [_PRINTED.fullmatch(body) for body in bodies]
    if not any(printed):
        yield from (lines[at] for at in _numbered_margins(bodies))
        return
    times = Counter(bodies)
    dated = False  # a date alone on the line above, below which the title is printed
    for line, body, match in zip(lines, bodies, printed, strict=True):
        if match or _PAGE.fullmatch(body) or (dated and times[body] > 1):
            yield line
        dated = match is not None and match["date"] is not None and match["title"] is None


def _numbered_margins(bodies: list[str]) -> Iterator[int]:
    """Lines with the number of a page, and the running heads and feet around most of them."""
    pages = [(at, match) for at, body in enumerate(bodies) if (match := _NUMBERED_PAGE.fullmatch(body))]
    ends = Counter(_shape(bodies[at]) for at, _ in pages)
    numbers = [at for at, match in pages if match["alone"] or ends[_shape(bodies[at])] > 1]
    yield from numbers
    for step in (-1, 1):
        near = [[(at, _shape(bodies[at])) for at in way] for way in _ways(numbers, step, len(bodies))]
        often = Counter(shape for found in near for shape in {shape for _, shape in found})
        for found in near:
            running = (often[shape] > max(1, len(numbers) // 2) for _, shape in found)
            yield from (at for (at, _), runs in zip(found, takewhile(bool, running), strict=False) if runs)


def _ways(numbers: list[int], step: int, count: int) -> Iterator[range]:
    """The few lines above or below each number of a page, no further than half the way to the next number."""
    bounds = [-count, *numbers, 2 * count]  # nothing is near to the first and last but the ends of the text
    for before, at, after in zip(bounds, numbers, bounds[2:], strict=False):
        size = min(_RUNNING, abs((after if step > 0 else before) - at) // 2)
        yield range(at + 1, min(count, at + size + 1)) if step > 0 else range(at - 1, max(-1, at - size - 1), -1)


def _shape(line: str) -> str:
    """A line with any number and any gap alike."""
    return " ".join(_DIGITS.sub("#", line).split())


def _cuts(text: str, margins: list[Line]) -> Iterator[Edit]:
    """The margins with the blank lines around them, foot and head of the next page together."""
    at = 0
    while at < len(margins):
        start, end = margins[at]
        at += 1
        while at < len(margins) and not text[end : margins[at][0]].strip():
            end = margins[at][1]
            at += 1
        before, after = _BLANK_BEFORE.search(text, max(0, start - _ROOM), start), _BLANK.match(text, end)
        first, last = before.start() if before else start, after.end() if after else end
        yield first, last, "\n\n" if _indent(text, last) < _indent(text, text.rfind("\n", 0, first) + 1) else "\n"


def _indent(text: str, start: int) -> int:
    """How far the line that begins at `start` is indented."""
    line = text[start : start + _ROOM]
    return len(line) - len(line.lstrip(" "))
