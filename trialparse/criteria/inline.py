"""A list printed in one paragraph: "1. Age over 18 2. Able to consent"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

_NUMBER = regex.compile(
    r"(?:(?<=[\s;.,:)])|^)(?P<open>\(?)(?P<n>[0-9]{1,2})"
    r"(?:(?P<close>[.)]\)?)(?:(?=\s*+[^\s\d,;.)%/])|(?P<glued>(?=\d)(?!\d{1,2}[.)]\D))))"
)
_BULLET = regex.compile(
    r"(?:(?<=[\s:])|^)(?!(?<=\d\s)[-–—]\s++\d)(?P<mark>[-–—*•·●▪∙])(?=\s++[^\s,;.)])|(?P<glued>[•●▪])"
)
"""A dash between two numbers is a range."""
_FEWEST = 2


def split_points(text: str, start: int, end: int) -> list[int]:
    """Where the items of an inline list begin, or nothing if `text[start:end]` is no list.

    Numbers must count up from one; bullets must all be the same and stand first in the text or after a colon.
    """
    for found in (_numbered(text, start, end), _bulleted(text, start, end)):
        points = list(found)
        if len(points) >= _FEWEST and (points[0] == start or text[start : points[0]].rstrip().endswith(":")):
            return points
    return []


def _numbered(text: str, start: int, end: int) -> list[int]:
    expected, frame = 1, None
    points: list[int] = []
    glued = 0
    for match in _NUMBER.finditer(text, start, end):
        if int(match["n"]) == expected and frame in (None, (match["open"], match["close"])):
            frame = match["open"], match["close"]
            expected += 1
            glued += match["glued"] is not None
            points.append(match.start())
    parted = glued == 1 and len(points) == _FEWEST and text[start : points[1]].rstrip().endswith(";")
    return points if parted or 2 * glued < len(points) else []


def _bulleted(text: str, start: int, end: int) -> Iterator[int]:
    mark = None
    for match in _BULLET.finditer(text, start, end):
        if mark in (None, match.group()):
            mark = match.group()
            yield match.start()
