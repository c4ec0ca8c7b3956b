"""Records of every layout and format with one value that is very long, in every way that a value can go on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

GOES_ON = {
    "words": "aa bb ",
    "names": "Zzz, ",
    "sentences": "One two three. ",
    "without spaces": "ab1",
    "items": "\n* an item",
    "lines": "\nAb cd",
    "parts": "x; ",
    "labels": "Aa: b ",
    "limits": "ALT ≤ 3 × ULN, ",
    "dates": "2020-01-02 ",
    "numbers": "12 ",
    "bars": "a | b ",
    "brackets": "(a) ",
    "open brackets": "(a ",
    "phases": "Phase 2 ",
    "answers": "Yes ",
    "ages": "18 Years ",
    "bold": "<b>a</b> ",
}
"""What a value goes on with -> what is repeated."""

_JSON = re.compile(r'"(?:[^"\\]|\\.)*(?="(?=\s*[,}\]]))')
_XML = re.compile(r">[^<>]*[^<>\s](?=<)")
_LINES = re.compile(r"[^\n]+")


def _forms(text: str) -> tuple[re.Pattern[str], Callable[[str], str]]:
    """Where the values of a record end, and how a text is written there."""
    match text.lstrip()[:1]:
        case "{" | "[":
            return _JSON, lambda added: json.dumps(added, ensure_ascii=False)[1:-1]
        case "<":
            return _XML, lambda added: added
        case _:
            return _LINES, lambda added: added


def places(text: str) -> list[int]:
    """Where the values of a record end."""
    pattern, _ = _forms(text)
    return [match.end() for match in pattern.finditer(text)]


def lengthened(text: str, at: int, piece: str, size: int) -> str:
    """The record with the value that ends at `at` longer by so many characters."""
    _, written = _forms(text)
    return text[:at] + written(" " + piece * (size // len(piece))) + text[at:]


def spread(text: str, most: int) -> Iterator[tuple[int, str]]:
    """Some places of a record, each with another way to go on."""
    found = places(text)
    ways = list(GOES_ON)
    for count, at in enumerate(found[:: len(found) // most + 1]):
        yield at, ways[(count + len(text)) % len(ways)]
