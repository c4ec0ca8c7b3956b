"""Age and sex of a page that states them nowhere but in a criterion of their own: `You are 40 years or older`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from trialparse.criteria.lines import read_lines
from trialparse.criteria.markers import read_marker
from trialparse.criteria.passage import Passage
from trialparse.criteria.sections import split_runs
from trialparse.layouts.tables import Line
from trialparse.layouts.values import LINE_READERS, Found
from trialparse.lexicon.age_items import age_items

_LONGEST = 120
_AGE = regex.compile(
    r"\bage[sd]?\b[^.;\n]{0,20}\d|\d\+?\s?(?:years?|yrs?|months?)(?:[\s-]old|\sof\sage|\s(?:and|or)\s(?:older|over|above|up))"
    r"|\d years?[.,;)]?$",
    regex.IGNORECASE,
)
"""What a line holds that may speak of age."""


def stated_in_criteria(passages: Sequence[Passage]) -> tuple[Passage, Line, Found] | None:
    """The inclusion criterion that is nothing but an age, and its fields; None where no or several speak of age."""
    found = [(passage, line) for passage in passages for line in _of_age(passage)]
    if len(found) != 1:
        return None
    passage, line = found[0]
    fields = read_item(_bare(passage.readable.text, line)) if line.end - line.start <= _LONGEST else {}
    return (passage, line, fields) if fields else None


def _of_age(passage: Passage) -> Iterator[Line]:
    """The lines of inclusion criteria that speak of age."""
    text = passage.readable.text
    asked = ("inclusion", None)  # criteria under no heading are of inclusion
    for run in split_runs(text, read_lines(text, passage.start, passage.end), None, passage.section):
        for each in run.lines if run.section in asked else ():
            if _AGE.search(text, each.start, each.end):
                yield Line(each.start, each.end)


def _bare(text: str, line: Line) -> str:
    marker = read_marker(text, *line)
    return text[marker.end if marker else line.start : line.end].strip(" |.,;")


def read_item(item: str) -> Found:
    """Age and sex of a criterion that says nothing else; {} of any other."""
    words = age_items()
    ages = LINE_READERS["ages"](item, "") if words.says_age(item) else None
    if not ages or not ages.keys() & {"minimum_age", "maximum_age"}:
        return {}
    sex = words.sex(item)
    return ages | ({"sex": sex} if sex else {})
