"""Headings without what dresses them: stars, attributes and link marks of other markups, icons and buttons."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialparse.layouts.page import label_key
from trialparse.lexicon.fields import labels
from trialparse.lexicon.furniture import furniture
from trialparse.lexicon.headings import headings
from trialparse.text.layer import Edit, Layer

_SHORTEST, _LONGEST = 3, 121
"""Characters of a line that may be a heading."""
_STARS = regex.compile(r"(?P<stars>\*{2,6}+)\s(?P<text>[^*\n]{1,300}+)(?<=\s)(?P=stars)\s*+")
"""A heading as html2text for Debian prints it; the more stars, the higher."""
_ABOVE_ALL = 7
_ATTRIBUTES = regex.compile(r"(?<=[^\s{])\s*+\{[#.][^{}\n]{1,200}+\}\s*+$")
_SIGNS = "+−–▼▲▾▴▸▹►▶▽△∨∧⌄⌃›»❯⏷⏵¶🔗"
_SIGN = f"[{_SIGNS}]"
_BUTTON = regex.compile(
    rf"""(?<!\s)\s*+(?: {_SIGN} | \[[+−–-]\]
        | [(\[]?\b (?:show|hide|expand|collapse|toggle|click\ to\ expand) (?:\s(?:more|less|all))? [)\]]? )\s*+$""",
    regex.IGNORECASE | regex.VERBOSE,
)
_FIRST, _LAST = ("**", "#", "[", *_SIGNS), (*_SIGNS, ")", "]")
_LAST_WORDS = ("show", "hide", "expand", "collapse", "toggle", "more", "less", "all")
"""Only a line that begins or ends so can be dressed."""
_FIRST_SIGNS = frozenset(first[0] for first in _FIRST)
_ROOM = max(map(len, _LAST_WORDS))
_BUTTON_BEFORE = regex.compile(rf"(?:{_SIGN}|\[[+−–-]\])\s*+(?=\p{{L}})")


def undress(layer: Layer) -> Layer:
    """Headings alone on their lines, as bare as the tables know them."""
    if "_" in layer.text and furniture().icons.search(layer.text):
        layer = layer.replaced(furniture().icons, lambda _: "")
    return layer.edited(_edits(layer.text))


def _edits(text: str) -> Iterator[Edit]:
    start = 0
    for line in text.split("\n"):
        body = line.lstrip(" \t")
        if _SHORTEST <= len(body) <= _LONGEST and (_may_begin_dressed(body) or _may_end_dressed(body)):
            bare = _bare(line[: len(line) - len(body)], body)
            if bare != line:
                yield start, start + len(line), bare
        start += len(line) + 1


def _bare(indent: str, body: str) -> str:
    if starred := _STARS.fullmatch(body):
        return "#" * (_ABOVE_ALL - len(starred["stars"])) + " " + starred["text"].strip()
    if body[0] == "#" and "{" in body:
        return indent + _ATTRIBUTES.sub("", body)
    for found in (_BUTTON.search(body) if _may_end_dressed(body) else None, _BUTTON_BEFORE.match(body)):
        if found and is_heading(rest := body[: found.start()] + body[found.end() :]):
            return indent + rest
    return indent + body


def _may_begin_dressed(body: str) -> bool:
    return body[0] in _FIRST_SIGNS and body.startswith(_FIRST)


def _may_end_dressed(body: str) -> bool:
    end = body.rstrip()[-_ROOM:]
    return end.endswith(_LAST) or end.lower().endswith(_LAST_WORDS)


def is_heading(text: str) -> bool:
    """Whether a text is a label that sites print or a heading of criteria, and nothing else."""
    key = label_key(text)
    if key in labels():
        return True
    return criteria_heading(key)


def criteria_heading(text: str) -> bool:
    """Whether a text is a heading of inclusion or exclusion criteria: "Key exclusion criteria"."""
    table = headings()
    low = text.lower().strip(" :*_#|?")
    if low in table.lines:
        return True
    found = table.find(low, 0, len(low))
    if found is None or low[found[2] :].strip(" :.s()"):
        return False
    return all(word in table.plain_qualifiers for word in low[: found[1]].split())
