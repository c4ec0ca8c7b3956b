"""What a reader of values is, and what all of them share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

from trialparse.lexicon.fields import coded

Found = dict[str, Any]
"""Field -> plain value; the key "notes" holds (code, details) pairs for diagnostics."""
LineReader = Callable[[str, str], Found | None]

BRACKETS = regex.compile(r"[(\[][^()\[\]]*+[)\]]\s*+$")
"""A remark in brackets at the end."""


def is_filler(text: str) -> bool:
    """Whether `text` is a site's way to print that a value is missing."""
    return not text.strip().strip("-–—.") or coded("filler", text) is not None


def joined(first: Found, then: Found) -> Found:
    """What both fill, a field of both as the first has it; and what is to be noted of either."""
    notes = [*first.get("notes", ()), *then.get("notes", ())]
    return then | first | ({"notes": notes} if notes else {})
