"""Pages whose lines were lost: all on one line, or block glued to block. Lines come back where headings and labels are.

Where nothing but capitals tells the criteria of such a page apart, they are cut before a capital that follows a number,
a unit or, in capitals, the name of a scale before its value; what is not told apart so stays together.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialparse.criteria.inline import split_points
from trialparse.layouts.page import label_key
from trialparse.lexicon.fields import labels
from trialparse.text.layer import Edit, Layer

_LINE = regex.compile(r"[^\n]++")
_LONGEST_LABEL = 60
_MOST_LINES = 3
"""A page of more lines has lost none, unless one of them holds two headings."""
_HEADING = regex.compile(
    r"(?:(?<![\p{L}\d,;])(?P<before>[\p{L}\d,;]++)\s)?(?P<head>(?:(?:Key|Main|Major)\s)?"
    r"(?:(?:In|Ex)clusion\s[Cc]riteria|(?:IN|EX)CLUSION\sCRITERIA)(?![\p{Ll}])(?:\s?:)?)"
)
_STATING = frozenset(
    "a all and any both each for from in its meet meeting meets no not of one or other per see the their these this to"
    " under with".split()
)
"""Words before "Inclusion Criteria" in the middle of a sentence."""
_COLON = regex.compile(r"(?P<words>[\p{L}/.()]++(?:\s[\p{L}/.()]++){0,4}+)\s?:(?=\s)")
_CAPITAL = regex.compile(r"(?<=\S\s)\p{Lu}\p{Ll}")
_WORD = regex.compile(r"\p{L}{2}")
_WORDS = regex.compile(r"\p{L}++(?:\s\p{L}++){0,2}+")
_BELOW = frozenset({"locations", "sites", "sponsors", "collaborators", "ignored"})
"""What stands under the labels that sites print below the criteria."""
_TOLD_APART = regex.compile(r"[;•]|\.\s|(?<!\S)(?:\d{1,2}[.)]|[*-])\s")
_ITEM = regex.compile(
    r"""
      (?<=[\d%)]|/d?L|/m[Ll]|/mm3)\s(?=\p{Lu}\p{Ll})(?!(?:Years?|Months?|Weeks?|Days?|Hours?)\b)  # 9 g/dL | Pregnancy
    | (?<=\p{Ll}\p{Ll})\s(?=\p{Lu}{3,6}\s[<>≤≥=\d])                # 18 years or older | ECOG 0
    | (?<=\p{Ll}\p{Ll}|[\d%)]|/d?L|/m[Ll])(?=\p{Lu}\p{Ll}\p{Ll})   # g/dL|Pregnancy
    | (?<=/d?L|/m[Ll]|mm3)(?=\p{Lu}\p{Lu})                         # 10^9/L|ECOG
    """,
    regex.VERBOSE,
)
_GLUED_ROW = regex.compile(
    r"(?m)^(?P<head>(?:\p{L}++\s){0,3}(?:in|ex)clusion\scriteria)(?=\d{1,2}[.)]|\p{Lu}\p{Ll})", regex.IGNORECASE
)


def put_lines(layer: Layer) -> Layer:
    """The text with its lines, if it has lost them."""
    if "clusion" not in layer.text.lower():
        return layer
    layer = layer.edited((match.end(), match.end(), "\n") for match in _GLUED_ROW.finditer(layer.text))
    text = layer.text
    lines = [match.span() for match in _LINE.finditer(text) if not match.group().isspace()]
    few = len(lines) <= _MOST_LINES
    if few and lines:
        lines = [(lines[0][0], lines[-1][1])]
    places: set[int] = set()
    for start, end in lines:
        heads = list(_headings(text, start, end))
        bounds = [start, *(at for head in heads for at in head), end]
        words = [_WORD.search(text, *pair) for pair in zip(bounds[2::2], bounds[3::2], strict=True)]
        if not all(words[:-1]):
            continue  # headings side by side
        if len(heads) > 1 or (few and any(words)):
            places.update(_places(text, start, end, heads))
    return layer.edited(_broken(text, sorted(places)))


def _headings(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _HEADING.finditer(text, start, end):
        if (match["before"] or "").lower() not in _STATING:
            yield match.span("head")


def _places(text: str, start: int, end: int, heads: list[tuple[int, int]]) -> Iterator[int]:
    """Where in a line others begin."""
    first, last = heads[0][0], heads[-1][1]
    for head in heads:
        yield from head
    for match in _COLON.finditer(text, start, end):
        if not first <= match.start() < last and (at := _label_start(text, match)) is not None:
            yield at
    if above := next((at for at in _tails(text, start, first) if label_key(text[at:first]) in labels()), None):
        yield above  # "Eligibility" above "Inclusion criteria"
    below = next((at for at in _capitals(text, last, end) if _heads_section(text, at, end)), end)
    yield below
    for (_, begin), (stop, _) in zip(heads, [*heads[1:], (below, end)], strict=True):
        yield from _items(text, begin, stop)


def _items(text: str, start: int, end: int) -> Iterator[int]:
    """Where the items of a section begin: at the markers of its list, or if nothing parts it at capitals."""
    first = end - len(text[start:end].lstrip())
    points = split_points(text, first, end)
    if points and points[0] == first:
        yield from points
    elif not _TOLD_APART.search(text, start, end):
        yield from (match.end() for match in _ITEM.finditer(text, start, end))


def _capitals(text: str, start: int, end: int) -> Iterator[int]:
    return (match.start() for match in _CAPITAL.finditer(text, start, end))


def _heads_section(text: str, at: int, end: int) -> bool:
    """Whether a label stands here under which no criteria follow: in one, two or three words."""
    match = _WORDS.match(text, at, end)
    words = match.group().lower().split() if match else []
    return any(labels().get(" ".join(words[:count])) in _BELOW for count in range(1, len(words) + 1))


def _label_start(text: str, match: regex.Match[str]) -> int | None:
    """Where the longest known label before a colon begins; it may be glued to the word before it."""
    end = match.end("words")
    return next((at for at in _tails(text, match.start(), end) if label_key(text[at:end]) in labels()), None)


def _tails(text: str, start: int, end: int) -> list[int]:
    """Where the last words of a stretch may begin: at capitals behind a space, a small letter or a digit."""
    first = max(start, end - _LONGEST_LABEL)
    return [
        at
        for at in range(first, end)
        if text[at].isupper()
        and (at == start or text[at - 1].isspace() or text[at - 1].islower() or text[at - 1].isdigit())
    ]


def _broken(text: str, places: list[int]) -> Iterator[Edit]:
    """Line ends at these places, in the stead of a space where there is one."""
    for at in places:
        if 0 < at < len(text) and text[at - 1] != "\n" and text[at] != "\n":
            before, after = text[at - 1] == " ", text[at] == " "
            yield (at - 1, at, "\n") if before else (at, at + int(after), "\n")
