"""Headings without what dresses them: stars, attributes and link marks of other markups, icons and buttons."""

from __future__ import annotations

import re

import regex

from trialparse.layouts.page import label_key
from trialparse.lexicon.fields import labels
from trialparse.lexicon.furniture import furniture
from trialparse.lexicon.headings import headings
from trialparse.text.layer import Layer

_SHORT_LINE = re.compile(r"^[ \t]*+(?P<body>\S[^\n]{2,120}+)$", re.MULTILINE)
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
_FIRST, _LAST = frozenset(_SIGNS + "[*#"), frozenset(_SIGNS + ")]")
_LAST_WORDS = ("show", "hide", "expand", "collapse", "toggle", "more", "less", "all")
"""Only a line that begins or ends so can be dressed: most are told by a look at their ends."""
_BUTTON_BEFORE = regex.compile(rf"(?:{_SIGN}|\[[+−–-]\])\s*+(?=\p{{L}})")


def undress(layer: Layer) -> Layer:
    """Headings alone on their lines, as bare as the tables know them."""
    if "_" in layer.text and furniture().icons.search(layer.text):
        layer = layer.replaced(furniture().icons, lambda _: "")
    return layer.replaced(_SHORT_LINE, _bare)


def _bare(match: re.Match[str]) -> str:
    line: str = match.group()
    body: str = match["body"]
    if body[0] not in _FIRST and not _may_end_dressed(body):
        return line
    indent = line[: len(line) - len(body)]
    if starred := _STARS.fullmatch(body):
        return "#" * (_ABOVE_ALL - len(starred["stars"])) + " " + starred["text"].strip()
    if body[0] == "#" and "{" in body:
        return indent + _ATTRIBUTES.sub("", body)
    for pattern in (_BUTTON, _BUTTON_BEFORE):
        found = pattern.search(body) if pattern is _BUTTON else pattern.match(body)
        if found and is_heading(rest := body[: found.start()] + body[found.end() :]):
            return indent + rest
    return line


def _may_end_dressed(body: str) -> bool:
    end = body.rstrip()
    return end[-1] in _LAST or end.lower().endswith(_LAST_WORDS)


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
