"""What a page says of its trial without labels: in sentences, and in chips: `Phase 3 · Recruiting · Ages 18-75`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise, starmap, takewhile

import regex

from trialparse.layouts.page import Value
from trialparse.layouts.tables import Line
from trialparse.layouts.values import LINE_READERS, Found
from trialparse.lexicon.sentences import sentences

_LONGEST_LINE = 1500
_SHORTEST = len("men 5+")
"""No sentence that states a field is shorter."""
_LONGEST_CHIPS = 160
_BETWEEN = regex.compile(r"(?<=\S)\s++[·•|∙/]\s++|(?<=\S)\s{2,}+")
_CHIP_FIELDS = ("overall_status", "phases", "study_type", "trial_id", "participants", "sex")
_AGES = regex.compile(r"(?:ages?|aged)\b|\d{1,3}(?:\+|\s?(?:-|–|to)\s?\d{1,3}\s(?:year|month)s?)$", regex.IGNORECASE)
_FEWEST_CHIPS = 2
_MOST_WORDS = 8
_COMMA = regex.compile(r",\s++")


def stated(value: Value) -> Iterator[tuple[Line, Found]]:
    """The fields that the lines of a block state, with the line each stands on; the surest first."""
    for line in value.lines:
        text = value.text(line)
        if len(text) <= _LONGEST_CHIPS and (found := chips(text)):
            yield line, found
    for line in value.lines:
        text = value.text(line)
        if len(text) <= _LONGEST_LINE:
            for found in said(text):
                yield line, found


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
        if row.field == "conditions":
            yield {"conditions": _COMMA.split(value)}
        elif row.field == "lead_sponsor":
            yield {"lead_sponsor": {"name": value}}
        elif found := LINE_READERS[row.field](value, ""):
            yield found
