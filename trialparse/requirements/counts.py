"""Counts of what must hold: `at least two of the following:`."""

from __future__ import annotations

import re
from functools import lru_cache

import regex

from trialparse.lexicon.vocabulary import whole_numbers

_MAY_COUNT = re.compile(r"following|these|of\s*+:")


def tells_count(text: str, start: int, end: int) -> bool:
    """Whether the words of a count stand anywhere in `text[start:end]`."""
    printed = text[start:end].lower()
    return ":" in printed and _MAY_COUNT.search(printed) is not None and counts().search(text, start, end) is not None


@lru_cache(maxsize=1)
def counts() -> regex.Pattern[str]:
    """`at least two of the following:`, `any of these criteria:`."""
    return regex.compile(
        rf"""(?:at\s++least\s++|a\s++minimum\s++of\s++|any\s++|[>≥]=?\s*+)?
            (?:(?P<n>\d|{"|".join(whole_numbers())})\s++(?:\(\d\)\s*+)?(?:or\s++more\s++)?(?:additional\s++)?)?+
            (?:of\s++(?:(?:the\s++)?followings?+|these)|(?:of\s++)?the\s++following|of(?=\s*+:))
            (?:\s++[^\W\d]++){{0,4}}+\s*+:""",
        regex.VERBOSE | regex.IGNORECASE,
    )
