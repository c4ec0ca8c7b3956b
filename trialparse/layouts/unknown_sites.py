"""Where a trial is held, in the ways in which sites print it: tables, lists, pairs of lines, countries."""

from __future__ import annotations

from itertools import takewhile

import regex

from trialparse.layouts.fields import Group
from trialparse.layouts.page import Value
from trialparse.layouts.places import country_names, place, site, sites
from trialparse.layouts.tables import records
from trialparse.layouts.values import Found
from trialparse.lexicon.fields import countries

SEMICOLON = regex.compile(r"(?<!\s)\s*+;\s*+|(?<!\s)\s++[|•]\s++")
_IN_BRACKETS = regex.compile(r"\[[^\[\]]*+\]")
_QUOTES = regex.compile(r"(?:^|(?<=,\s?))[\"']|[\"'](?=\s?(?:,|$))")
_DISTANCE = regex.compile(r"(?<!\s)\s++[·|(–-]?\s?[\d.,]++\s(?:mi|km|miles|kilomet(?:er|re)s)(?:\saway)?\)?$")
"""How far away a site is."""
_COLUMNS = {
    "facility": "facility", "site": "facility", "hospital": "facility", "centre": "facility", "center": "facility",
    "institution": "facility", "city": "city", "town": "city", "state": "state", "region": "state", "province": "state",
    "country": "country", "status": "status", "zip": "zip", "postal code": "zip",
    "name": "name", "intervention": "name", "treatment": "name", "drug": "name", "type": "type",
    "intervention type": "type", "kind": "type", "description": "description", "details": "description",
}  # fmt: skip
"""Names of the columns of tables of sites and interventions -> the part they hold."""
_WHERE = regex.compile(r"([^,()]{2,120}?)\s(?:[–—-]\s(\p{Lu}[^()]*+)|\((\p{Lu}[^()]*+)\))")
"""A facility and, in brackets or behind a dash, where it is."""
_SITE = ("facility", "city", "state", "country")
_BETWEEN_NAMES = regex.compile(r"\s?[,;/|·•]\s|\sand\s")
_PROPER = regex.compile(r"\p{Lu}[\p{L}'.-]++(?: (?:and|of|the|\p{Lu}[\p{L}'.-]++)){0,3}")
_LONGEST_SITE = 10


def unquoted(text: str) -> str:
    """The items of a list, or a text, without the brackets and quotes in which configurations write them."""
    text = text[1:-1] if _IN_BRACKETS.fullmatch(text) else text
    return _QUOTES.sub("", text)


def table_rows(value: Value) -> list[dict[str, str]]:
    """The rows of a table of sites or interventions, by the names of its columns."""
    rows = records(value.readable.text, value.lines, _COLUMNS)
    return [{name: value.show(cell) for name, cell in row.items()} for row in rows]


def read_sites(value: Value) -> Found | None:
    """A table, a list of `Facility, City, Country` or `Facility (City, Country)`, or two lines for each."""
    if rows := table_rows(value):
        return {"locations": [{name: row[name] for name in _SITE if name in row} for row in rows]}
    named = _countries(value)
    if named and not value.left:
        return named
    value.left = []
    return _listed_sites(value) or _paired_sites(value)


def _countries(value: Value) -> Found | None:
    """The countries, where nothing but their names stands in the first lines."""
    names = list(takewhile(bool, (country_names(unquoted(value.show(line))) for line in value.lines)))
    value.left = list(value.lines[len(names) :])
    return {"locations": [{"country": name} for each in names for name in each]} if names else None


def labelled_countries(value: Value) -> Found | None:
    """Countries below a label that says so: a name that no table has is one if it stands among those of others."""
    if (found := _countries(value)) and not value.left:
        return found
    names = [name for line in value.lines for name in _BETWEEN_NAMES.split(value.show(line)) if name]
    known = sum(bool(country_names(name)) for name in names)
    if found or not known or not all(_PROPER.fullmatch(name) for name in names):
        return found
    value.left = []
    return {"locations": [{"country": name} for name in names]}


def _listed_sites(value: Value) -> Found:
    """Sites with an item each; {} where some do not read as one."""
    bulleted = [line for raw, line in zip(value.raw, value.lines, strict=True) if raw != line]
    listed = bulleted or value.lines
    shown = (_DISTANCE.sub("", value.show(line)) for line in listed)
    found = _site_items([part for text in shown for part in SEMICOLON.split(text)])
    if found and bulleted:
        value.left = [line for raw, line in zip(value.raw, value.lines, strict=True) if raw == line]
    return {"locations": found} if found else {}


def _site_items(texts: list[str]) -> list[dict[str, str]]:
    """`Facility, City, Country`, or all as `Facility (City, Country)`; [] where some are neither."""
    split = [match for text in texts if (match := _WHERE.fullmatch(text))]
    if len(split) == len(texts):
        return [{"facility": each[1]} | place(each[2] or each[3]) for each in split]
    return sites(texts) if all("," in text and len(text.split()) <= _LONGEST_SITE for text in texts) else []


def sites_below(value: Value) -> list[Group]:
    """The sites below the name of their country: the facility, and perhaps its city on the line below."""
    country = value.label.strip("# :")
    found: list[Group] = []
    for line in value.lines:
        shown = value.show(line)
        if found and "city" not in found[-1] and "," in shown and len(shown.split()) <= _LONGEST_SITE:
            found[-1] |= place(shown)
        elif len(shown.split()) <= _LONGEST_SITE:
            found.append({"facility": shown})
    return [site | {"country": country} for site in found or [{}]]


def _paired_sites(value: Value) -> Found:
    """`City, State, Country` with the facility on the line above."""
    found: list[Group] = []
    known = countries()
    above = None
    for line in value.lines:
        shown = _DISTANCE.sub("", value.show(line))
        where = place(shown) if above else site(shown)
        if "," in shown and where.get("country", "").lower() in known:
            found.append(({"facility": value.show(above)} if above else {}) | where)
            above = None
        else:
            if above is not None:
                value.left.append(above)
            above = line
    if above is not None:
        value.left.append(above)
    return {"locations": found} if found else {}
