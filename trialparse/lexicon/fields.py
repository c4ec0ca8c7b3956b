"""Printed spellings of coded field values -> ClinicalTrials.gov v2 enum values, and the registries' identifier rows."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from trialparse.lexicon.tables import load

_WORD = regex.compile(r"\p{L}{3,}+")


class Registry(NamedTuple):
    """One kind of identifier: how to find it in text and how it is written canonically."""

    key: str
    name: str | None
    """Public name of the registry; None where the number alone registers no trial (UTN, dossier numbers)."""
    literal: str
    """Lower-case text that must occur, checked before the pattern runs."""
    pattern: regex.Pattern[str]
    form: str
    examples: tuple[str, ...]


def spelling(text: str) -> str:
    """The key under which a printed value is looked up: lower case, one space for spaces, underscores and hyphens."""
    if "_" in text or "-" in text:
        text = text.replace("_", " ").replace("-", " ")
    return " ".join(text.split()).strip(" .,:;").lower()


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, str]]:
    raw = load("fields")
    return {
        name: {spelling(printed): value for value, others in values.items() for printed in (value, *others)}
        for name, values in raw.items()
    }


def coded(table: str, text: str) -> str | None:
    """The enum value printed as `text`, or None; `table` is a key of data/fields.json."""
    return _tables()[table].get(spelling(text))


@lru_cache(maxsize=1)
def value_words() -> frozenset[str]:
    """Words that are part of how coded values, dates, ages and counts are printed, and of usual labels, in lower case.

    Not of all labels: "vaccine" may be one, and says something where it is none.
    """
    forms = load("value_words")
    printed = [*forms.values(), *(key for table in _tables().values() for key in table)]
    return frozenset(_WORD.findall(" ".join(printed)))


def is_coded(text: str) -> bool:
    """Whether `text` is printed as a value of any field."""
    key = spelling(text)
    return any(key in values for name, values in _tables().items() if name != "age_unit")


@lru_cache(maxsize=1)
def registries() -> tuple[Registry, ...]:
    """All identifier kinds; `~` in a row's pattern stands for the separators that people put into identifiers."""
    rows = load("registries")
    return tuple(
        Registry(
            row["key"],
            row["registry"],
            row["literal"],
            regex.compile(row["pattern"].replace("~", r"[\s#:_.\-–—/]{0,3}+"), regex.IGNORECASE),
            row["form"],
            tuple(row["examples"]),
        )
        for row in rows
    )


_SPELLINGS = (("organiz", "organis"), ("enrollment", "enrolment"), ("center", "centre"), ("randomiz", "randomis"),
              ("tumor", "tumour"))  # fmt: skip
"""American and British."""


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """Label as any site prints it, in lower case -> what stands under it; data/labels.json."""
    raw = load("labels")
    found = {label: meaning for meaning, spellings in raw.items() for label in spellings}
    for one, other in (*_SPELLINGS, *(each[::-1] for each in _SPELLINGS)):
        found |= {label.replace(one, other): meaning for label, meaning in found.items() if one in label} | found
    return found


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Names of countries as registries print them, in lower case."""
    names = load("countries")
    return frozenset(map(str.lower, names))
