"""`City, State, Country` to its parts."""

from __future__ import annotations

import regex

from trialparse.lexicon.fields import countries

_COMMA = regex.compile(r"\s*+,\s*+")
_BETWEEN_COUNTRIES = regex.compile(
    r"((?:(?<!\s)\s++)?+[,/&+•·|]\s*+(?:and\s++)?+(?:the\s++)?+|(?<!\s)\s++and\s++(?:the\s++)?+)", regex.IGNORECASE
)
_ARTICLE = regex.compile(r"the ", regex.IGNORECASE)
_COUNT = regex.compile(r"\s?\(\d{1,4}(?: sites?| centers?| centres?)?\)")
_POSTCODE = regex.compile(r"(?=[^,]*\d)[\p{L}\d][\p{L}\d .-]{1,11}")


_FACILITY = regex.compile(
    r"""\b(?: hospital | h[oô]pital | centre\ hospitalier | infirmary | ospedale
             | (?:poly|poli)?cl[ií]nic | klinik | institut
             | universi\p{L}++(?!\ (?:park|city|heights)) | laborator | foundation\b | (?:llc|inc|ltd|gmbh)\b
             | (?:medical|cancer|health|research|clinical|study)\ (?:cent(?:er|re)|college|group|system|site|unit) )""",
    regex.IGNORECASE | regex.VERBOSE,
)
"""Words of facilities that no city has in its name."""


def country_names(text: str) -> list[str]:
    """The countries of a list such as `Kenya, Uganda and the Netherlands`; [] if it holds anything else."""
    known = countries()
    names: list[str] = []
    for part in _COUNT.sub("", text).split(";"):
        part = part.strip()
        article = _ARTICLE.match(part)
        pieces = _BETWEEN_COUNTRIES.split(part[article.end() :] if article else part)
        while pieces:  # some have a comma or an "and" of their own
            name = next((name for n in (3, 1) if (name := "".join(pieces[:n])).lower() in known), None)
            if name is None:
                return []
            names.append(name)
            del pieces[: 4 if name != pieces[0] else 2]
    return names


def site(text: str) -> dict[str, str]:
    """`Facility, City, State, Country` to its parts; the facility may have commas of its own, or stand alone."""
    parts = [part for part in _COMMA.split(text.strip(" ,")) if part]
    named = max((index for index, part in enumerate(parts[:-1], 1) if _FACILITY.search(part)), default=0)
    where = place(", ".join(parts[named:]))
    if not named and len(parts) > 3 and "state" in where:
        named = len(parts) - 3
        where = place(", ".join(parts[named:]))
    return ({"facility": ", ".join(parts[:named])} if named else {}) | where


def sites(texts: list[str]) -> list[dict[str, str]]:
    """`site` of each line of a list: what begins with the facility in some lines does so in all that are as long."""
    found = [site(text) for text in texts]
    sizes = {text.count(",") for text, where in zip(texts, found, strict=True) if "facility" in where}
    for index, text in enumerate(texts):
        if "facility" not in found[index] and text.count(",") in sizes:
            facility, _, rest = text.partition(",")
            found[index] = {"facility": facility.strip()} | place(rest)
    return found


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
