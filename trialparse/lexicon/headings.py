"""Under which headings inclusion and exclusion criteria stand."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

import regex
from regex import Pattern

HeadingKind = Literal["inclusion", "exclusion", "other", "eligibility"]
"""`eligibility` is a heading that does not tell which: "Inclusion/Exclusion Criteria:"."""


_WORD = regex.compile(r"(?<![^\W_])[^\W_]++")


class Headings(NamedTuple):
    """The heading vocabulary; all phrases are in lower case."""

    phrases: dict[str, Pattern[str]]
    """First word -> the phrases such as "exclusion criteria" that begin with it, the longest first."""
    kinds: dict[str, HeadingKind]
    """What each of these phrases stands for, with single spaces."""
    lines: dict[str, HeadingKind]
    """Phrases that are a heading only when they are the whole line, without colon."""
    plain_qualifiers: frozenset[str]
    """Words before the phrase that say nothing of whom it is about: "Key Inclusion Criteria"."""
    boilerplate_ends: tuple[str, ...]
    """How a remark ends that sponsors add to every record: "Other protocol-defined criteria may apply"."""
    boilerplate_parts: tuple[str, ...]
    """What such a remark contains."""

    def find(self, low: str, start: int, end: int) -> tuple[HeadingKind, int, int] | None:
        """The first phrase in `low[start:end]`, a text of lower case: its kind, start and end."""
        for word in _WORD.finditer(low, start, end):
            phrases = self.phrases.get(word.group())
            match = phrases.match(low, word.start(), end) if phrases else None
            if match:
                kind = self.kinds[" ".join(match.group().replace("_", " ").split())]
                return kind, match.start(), match.end()
        return None


@lru_cache(maxsize=1)
def headings() -> Headings:
    """The vocabulary of `data/headings.json`, loaded on first use."""
    data = json.loads(files("trialparse.lexicon").joinpath("data/headings.json").read_text(encoding="utf-8"))
    kinds = {phrase: kind for kind, phrases in data["criteria"].items() for phrase in phrases}
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(kinds, key=len, reverse=True):
        by_first.setdefault(_WORD.findall(phrase)[0], []).append(_loose(phrase))
    return Headings(
        phrases={word: regex.compile(rf"(?:{'|'.join(phrases)})(?!\w)") for word, phrases in by_first.items()},
        kinds=kinds,
        lines={phrase: kind for kind, phrases in data["lines"].items() for phrase in phrases},
        plain_qualifiers=frozenset(data["plain_qualifiers"]),
        boilerplate_ends=tuple(data["boilerplate"]["ends"]),
        boilerplate_parts=tuple(data["boilerplate"]["contains"]),
    )


def _loose(phrase: str) -> str:
    return "[ _]{1,3}+".join(map(regex.escape, phrase.split(" ")))
