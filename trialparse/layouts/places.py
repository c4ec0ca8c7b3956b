"""`City, State, Country` to its parts."""

from __future__ import annotations

import regex

from trialparse.lexicon.fields import countries

_COMMA = regex.compile(r"\s*+,\s*+")
_POSTCODE = regex.compile(r"(?=[^,]*\d)[\p{L}\d][\p{L}\d .-]{1,11}")


def place(text: str) -> dict[str, str]:
    """`city`, `state` and `country` from their printed list; a postal code is dropped.

    Some countries are written with a comma: `Korea, Republic of`. Without a known country at the end, the last of two
    names is a state, and the last of three a country.
    """
    parts = [part for part in _COMMA.split(text.strip(" ,")) if part]
    while len(parts) > 1 and _POSTCODE.fullmatch(parts[-1]):
        parts.pop()
    if len(parts) > 1 and (joined := ", ".join(parts[-2:])).lower() in countries():
        parts[-2:] = [joined]
    if not parts:
        return {}
    found: dict[str, str] = {}
    if parts[-1].lower() in countries() or len(parts) > 2:
        found["country"] = parts.pop()
    if parts:
        found = {"city": parts[0], **found}
    if len(parts) > 1:
        found["state"] = ", ".join(parts[1:])
    return found
