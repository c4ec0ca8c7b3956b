"""Words that count the members of a list inside the text: `at least two of the following: …`, `any of these: …`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import regex

from trialparse.lexicon.vocabulary import whole_numbers

_MAY_COUNT = re.compile(r"following|these|of\s*+:")
_EVERY = regex.compile(r"(?!any\b|of\b)", regex.IGNORECASE)


class Count(NamedTuple):
    """So many of what follows."""

    start: int
    end: int
    minimum: int
    plain: bool
    """It is `of the following`, and says of a list that stands elsewhere whose it is."""


def tells_count(text: str, start: int, end: int) -> bool:
    """Whether the words of a count stand anywhere in `text[start:end]`."""
    printed = text[start:end].lower()
    return ":" in printed and _MAY_COUNT.search(printed) is not None and _count().search(text, start, end) is not None


def count_at(text: str, start: int, end: int) -> Count | None:
    """The count whose words begin at `start` and end before `end`."""
    match = _count().match(text, start, end)
    if match is None or (match["n"] is None and _EVERY.match(match.group())):
        return None
    number = (match["n"] or "one").lower()
    spelled = whole_numbers()
    minimum = spelled[number] if number in spelled else int(number)
    plain = match["n"] is None and match[0][0].lower() == "o"
    return Count(match.start(), match.end(), minimum, plain) if minimum else None


@lru_cache(maxsize=1)
def _count() -> regex.Pattern[str]:
    """`at least two of the following:`, `any of these criteria:`."""
    return regex.compile(
        rf"""(?:at\s++least\s++|a\s++minimum\s++of\s++|any\s++|[>≥]=?\s*+)?
            (?:(?P<n>\d|{"|".join(whole_numbers())})\s++(?:\(\d\)\s*+)?(?:or\s++more\s++)?(?:additional\s++)?)?+
            (?:of\s++(?:(?:the\s++)?followings?+|these)|(?:of\s++)?the\s++following|of(?=\s*+:))
            (?:\s++[^\W\d]++){{0,4}}+\s*+:""",
        regex.VERBOSE | regex.IGNORECASE,
    )
