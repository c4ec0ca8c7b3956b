"""What a page says of its trial without labels: in sentences, and in chips: `Phase 3 · Recruiting · Ages 18-75`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations, pairwise, starmap, takewhile

import regex

from trialparse.layouts.page import Value, unbulleted
from trialparse.layouts.places import country_names
from trialparse.layouts.tables import Line
from trialparse.layouts.values import LINE_READERS, Found
from trialparse.lexicon.sentences import sentences

_LONGEST_LINE = 1500
_SHORTEST = len("men 5+")
"""No sentence that states a field is shorter."""
_LONGEST_CHIPS = 160
_BREAK = regex.compile(r"(?<!\s)\s++")
_BETWEEN = regex.compile(r"(?<=\S)\s++[·•|∙/]\s++|(?<=\S)\s{2,}+")
_CHIP_FIELDS = ("overall_status", "phases", "study_type", "trial_id", "participants", "sex")
_AGES = regex.compile(r"(?:ages?|aged)\b|\d{1,3}(?:\+|\s?(?:-|–|to)\s?\d{1,3}\s(?:year|month)s?)$", regex.IGNORECASE)
_FEWEST_CHIPS = 2
_MOST_WORDS = 8
_COMMA = regex.compile(r",\s++")
_AND = regex.compile(r"\s(?:and|or)\s")
_WITH = regex.compile(r"\s(?:and|plus|with|versus|vs\.?|or|against|to)\s")
_NAME = regex.compile(r"(?=.*\p{L}{6})\D{8,}")
"""A condition that stands for itself."""
_LONGEST_NAME = 4
_FULL = 40
"""Characters of a line that may be wrapped."""
_ENDS = (".", ":", "!", "?", ";")


def stated(value: Value) -> Iterator[tuple[Line, Found]]:
    """The fields that the lines of a block state, with the line each stands on; the surest first."""
    for line in value.lines:
        text = value.text(line)
        if len(text) <= _LONGEST_CHIPS and (found := chips(text)):
            yield line, found
    for line in (*value.lines, *_paragraphs(value)):
        text = value.text(line)
        if len(text) <= _LONGEST_LINE:
            for found in said(_BREAK.sub(" ", text)):
                yield line, found


def _paragraphs(value: Value) -> Iterator[Line]:
    """Lines that are wrapped, together."""
    text, first = value.readable.text, 0
    for at, (line, below) in enumerate(pairwise([*value.lines, None])):
        goes_on = below is not None and line is not None and _goes_on(text, line, below)
        if not goes_on and line is not None:
            if at > first:
                yield Line(value.lines[first].start, line.end)
            first = at + 1


def _goes_on(text: str, line: Line, below: Line) -> bool:
    full = line.end - line.start >= _FULL and text[line.end - 1] not in _ENDS
    return full and text.count("\n", line.end, below.start) == 1 and unbulleted(text, below) == below


def chips(text: str) -> Found:
    """The values of a line of several without labels; {} unless it is nothing else or has signs between them."""
    parts = [part for part in _BETWEEN.split(text) if part]
    if len(parts) < _FEWEST_CHIPS:
        return _in_a_row(text.split())
    readings = [_chip(part) for part in parts]
    if sum(map(bool, readings)) < _FEWEST_CHIPS:
        return {}
    found: Found = {}
    for reading in readings:
        found = reading | found
    return found


def _chip(text: str) -> Found:
    names = (*_CHIP_FIELDS, "ages") if _AGES.match(text) else _CHIP_FIELDS
    return next((found for name in names if (found := LINE_READERS[name](text, ""))), {})


def _in_a_row(words: list[str]) -> Found:
    """`Recruiting Phase 3 Interventional`: the whole line, cut into as few values as can be."""
    if not _FEWEST_CHIPS <= len(words) <= _MOST_WORDS:
        return {}
    chip = cache(lambda first, stop: _chip(" ".join(words[first:stop])))
    for size in range(_FEWEST_CHIPS, min(4, len(words)) + 1):
        for cuts in combinations(range(1, len(words)), size - 1):
            bounds = (0, *cuts, len(words))
            readings = list(takewhile(bool, starmap(chip, pairwise(bounds))))  # most lines fail at their first words
            names = {name for reading in readings for name in reading}
            if len(readings) == size and len(names) >= size:
                return {name: value for reading in readings for name, value in reading.items()}
    return {}


def said(text: str) -> Iterator[Found]:
    """What a sentence states; a word alone is none."""
    if len(text) < _SHORTEST or text.isalpha():
        return
    for row in sentences():
        match = row.pattern.search(text)
        if match is None:
            continue
        value = row.says or match["value"]
        if found := _VALUES.get(row.field, _single)(row.field, value):
            yield found


def _single(field: str, value: str) -> Found | None:
    return LINE_READERS[field](value, "")


def _conditions(_: str, value: str) -> Found:
    """Those parted by commas; by "and" only if no part could be a piece of a name: "type 1 and type 2 diabetes"."""
    parts = _AND.split(value)
    whole = len(parts) > 1 and not all(_NAME.fullmatch(part) for part in parts)
    return {"conditions": _COMMA.split(value) if whole else [one for part in parts for one in _COMMA.split(part)]}


def _interventions(_: str, value: str) -> Found:
    parts = _WITH.split(value)
    short = all(len(part.split()) <= _LONGEST_NAME for part in parts)
    return {"interventions": [{"name": part} for part in parts]} if short else {}


def _sponsor(_: str, value: str) -> Found:
    return {"lead_sponsor": {"name": value}}


def _countries(_: str, value: str) -> Found:
    names = country_names(value)
    return {"locations": [{"country": name} for name in names]} if names else {}


_VALUES: dict[str, Callable[[str, str], Found | None]] = {
    "conditions": _conditions,
    "interventions": _interventions,
    "lead_sponsor": _sponsor,
    "countries": _countries,
}
"""How the values of fields are read that no single line of a form has."""
