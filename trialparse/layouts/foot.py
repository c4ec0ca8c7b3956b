"""Where the criteria of an unknown page end and what the site prints below them begins."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialparse.criteria.markers import read_marker
from trialparse.layouts.page import opens_paragraph, unbulleted
from trialparse.layouts.stated import said
from trialparse.layouts.tables import Line
from trialparse.lexicon.furniture import furniture

_FEWEST = 2
_LONGEST = 400
_CONTACT = regex.compile(r"https?://|\bwww\.|\S@\S+\.\p{L}{2}|©|\+\d{1,3}[ \d]{8}|\(?\d{3}\)?[ -]\d{3}[ -]\d{3}")
_BUTTON = regex.compile(r"\[[^\[\]\n]{1,30}\](?:\s|$)|[^.;:]{1,60}\s[›»>]$|[-–—*_=~]{2,}+$")
"""`[Quote] [Report]`, `Check your answers >`, and a line drawn below the list."""
_LISTED = regex.compile(r"\(?(?:1[.)][^\n]{3,400}?[;,.]\s\(?2|a[.)][^\n]{3,400}?[;,.]\s\(?b)[.)]\s")
"""A list on one line."""
_CRITERION = regex.compile(
    r"\b(?:patients?|participants?|subjects?|volunteers?|must|should|eligible|history|criteri\w+|exclu\w+|inclu\w+)\b",
    regex.IGNORECASE,
)
_DEMOGRAPHIC = frozenset({"minimum_age", "maximum_age", "sex", "healthy_volunteers", "notes"})


def foot(text: str, lines: Sequence[Line], fielded: bool) -> int:
    """Index of the first line that is no criterion any more; `len(lines)` where none tells itself.

    That is a paragraph below the last item of a list, on a page with fields (`fielded`); elsewhere, if one of the lines
    from there on is plainly the page's own: it has an address or a button, speaks to the reader or dates the page, or
    states a field of the trial. What reads like a criterion stays one.
    """
    marked = [at for at, line in enumerate(lines) if _is_item(text, line)]
    if len(marked) < _FEWEST and not (marked and _LISTED.match(text, *lines[marked[-1]])):
        return len(lines)
    tail = range(marked[-1] + 1, len(lines))
    first = next((at for at in tail if _is_apart(text, lines[at])), len(lines))
    own = fielded or any(_is_own(text[lines[at].start : lines[at].end]) for at in range(first, len(lines)))
    return first if own else len(lines)


def _is_item(text: str, line: Line) -> bool:
    if text[line.start] in "#_" or _BUTTON.match(text, *line):
        return False
    return read_marker(text, *line) is not None or unbulleted(text, line) != line


def _is_apart(text: str, line: Line) -> bool:
    """Whether a paragraph begins that does not read like a criterion."""
    return opens_paragraph(text, line) and not _CRITERION.search(text, *line)


def _is_own(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    if _CONTACT.search(line) or _BUTTON.match(line) or furniture().feet.search(line):
        return True
    return any(found.keys() - _DEMOGRAPHIC for found in said(line))
