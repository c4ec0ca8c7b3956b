r"""Criteria that come out of a field, a cell or a dump with the line breaks and tags of where they were kept.

`Inclusion Criteria:<br>- Age > 18`, `_x000D_`, a literal `\n`, the tilde of AACT's flat files. Whole pages do not pass
here: their layouts know what their markup means.
"""

from __future__ import annotations

import re
from re import Match

from trialparse.text.layer import Layer
from trialparse.text.steps import Step

_TILDE = re.compile(r"(?<!\\)~")
_FIGURE = re.compile(r"[ ~]{0,20}(?P<number>\d{1,2}[.)]\s?\D)?(?P<figure>\d)?")
_FEWEST_TILDES = 2
# white space and backslashes of JSON in JSON: \n, \\n, \r\n
_LITERAL = re.compile(r"\\{1,4}(?:r\\{1,4})?n(?![a-z]{2,}[\\/])|\\{1,4}r(?=\s|\\|$)|\\{1,4}t(?=[\s*•\d(A-Z-])")
_ANY_CASE = re.compile(r"\\{1,4}n")
# how spreadsheets write characters that XML does not hold
_OFFICE = re.compile(r"_x([0-9A-Fa-f]{4})_")
BLOCKS = "blockquote|br|caption|center|dd|div|dl|dt|h[1-6]|hr|li|ol|p|pre|table|tbody|td|tfoot|th|thead|tr|ul"
"""Names of HTML's blocks that no record has for its fields, as a pattern."""
INLINE = r"a|abbr|b|big|cite|em|font|i|img|ins|mark|nobr|q|small|span|strong|tt|u|wbr|(?:o|st\d):\w+"
"""The same of what stands in a line, with what Word adds; superscripts and what is struck mean something."""
MEANT = "sub|sup|del|s|strike"
"""The same of tags that are no mere dress."""
_BLOCK = f"{BLOCKS}|address|article|section"
_VALUE = r"""(?:"[^"<>]{0,200}"|'[^'<>]{0,200}'|[^\s<>"']{1,200})"""
_TAG = re.compile(
    rf"</?(?:(?P<block>{_BLOCK})|{INLINE})(?:\s{{1,8}}[a-z:-]{{1,40}}\s?=\s?{_VALUE}){{0,12}}\s{{0,8}}/?\s{{0,8}}>",
    re.IGNORECASE,
)


def resolve_literal_breaks(layer: Layer) -> Layer:
    r"""A backslash and an n where a line break was meant: in a text without line breaks, or before a bullet."""
    text = layer.text
    if "\\" not in text or not _ANY_CASE.search(text):
        return layer
    alone = "\n" not in text.strip()

    def broken(match: Match[str]) -> str:
        after = text[match.end() : match.end() + 1]
        if "n" not in match.group():
            return "\n" if "r" in match.group() else " "
        return "\n" if alone or not after.isalpha() or after.isupper() else match.group()

    return layer.replaced(_LITERAL, broken)


def resolve_office(layer: Layer) -> Layer:
    """`_x000D_` is a carriage return, `_x0009_` a tab."""
    return layer.replaced(_OFFICE, _office) if "_x" in layer.text else layer


def _office(match: Match[str]) -> str:
    code = int(match[1], 16)
    return {0x0A: "\n", 0x0D: "", 0x09: " "}.get(code, chr(code) if 0x20 <= code < 0xD800 else " ")


def resolve_tildes(layer: Layer) -> Layer:
    """The tilde that stands for a line break: in a text without line breaks, most of whose tildes say nothing else."""
    text = layer.text
    if "~" not in text or "\n" in text.strip():
        return layer
    found = [match.start() for match in _TILDE.finditer(text)]
    breaks = [at for at in found if _is_break(text, at)]
    if len(breaks) < _FEWEST_TILDES or 2 * len(breaks) <= len(found):
        return layer
    return layer.edited((at, at + 1, "\n") for at in breaks)


def _is_break(text: str, at: int) -> bool:
    """Whether a tilde stands between lines; before a figure it says "about", between figures "to"."""
    match = _FIGURE.match(text, at + 1)
    return match is None or not match["figure"] or (at > 0 and text[at - 1] in ".;:~")


def resolve_tags(layer: Layer) -> Layer:
    """The tags of HTML: those of blocks break the line, those of the bullet are one, the others go."""
    return layer.replaced(_TAG, _untagged) if "<" in layer.text else layer


def _untagged(match: Match[str]) -> str:
    name = match["block"]
    if name is None:
        return ""
    if name.lower() == "li" and match.group()[1] != "/":
        return "\n* "
    return " " if name.lower() in ("td", "th") else "\n"


BEFORE: tuple[Step, ...] = (resolve_literal_breaks, resolve_office, resolve_tildes)
"""Before escapes are resolved: a backslash is part of what they look for."""
AFTER: tuple[Step, ...] = (resolve_tags,)
"""After that: tags are often escaped."""
