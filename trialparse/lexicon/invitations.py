"""Headings in which a site says in its own words who may take part and who may not: data/invitations.json."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from trialparse.lexicon.headings import SectionKind
from trialparse.lexicon.tables import load

_WORD = regex.compile(r"\p{L}[\p{L}']*+")
_NO_HEADING = regex.compile(r"[\d<>≤≥=%;]|\.(?!\.)\s*+$")
_DO = regex.compile(r"\bdo(?:es)? not\b")
_MOST_WORDS = 14
_MOST_CALLING = 20


class Invitations(NamedTuple):
    """The words that such headings are made of, and nothing else."""

    words: frozenset[str]
    acts: frozenset[str]
    """Of which each heading has one."""
    denials: frozenset[str]
    """With which it is about those who may not."""
    modals: frozenset[str]
    """Of which one follows a first word in the plural that may be any: "Babies can be included if"."""
    ends: frozenset[str]
    """With which such a heading announces what follows: "you can join if"."""
    with_denial: frozenset[str]
    """With which it is a heading of criteria only if one of these stands beside: reasons to join are none."""
    colon: dict[str, SectionKind]
    """What is a heading if a colon ends it."""
    lines: dict[str, SectionKind]
    """What is one without any of the acts."""
    announcing: tuple[str, ...]
    """With which one ends that needs none of the acts."""
    answers: tuple[str, ...]
    """The same, with which one begins: "No, if any of these is true"."""
    calls: tuple[str, ...]
    """How a site begins to call for people of any kind: "We are looking for women aged 40 to 65 who:"."""
    calls_end: tuple[str, ...]
    """With which such a call ends."""

    def section(self, line: str) -> SectionKind | None:
        """Whom a line is about if it is such a heading."""
        low = _DO.sub("not", line.lower().replace("\u2019", "'"))
        words = _WORD.findall(low)
        if low.startswith(self.calls) and low.endswith(self.calls_end) and len(words) <= _MOST_CALLING:
            return None if self._denies(words) else "inclusion"
        if not 0 < len(words) <= _MOST_WORDS or _NO_HEADING.search(low):
            return None
        phrase = " ".join(words)
        kind = self.lines.get(phrase) or (self.colon.get(phrase) if low.endswith(":") else None)
        if kind:
            return kind
        rest = words[1:] if len(words) > 2 and words[0][-1] == "s" and words[1] in self.modals else words
        acts = not self.acts.isdisjoint(words) or phrase.endswith(self.announcing) or phrase.startswith(self.answers)
        if not self.words.issuperset(rest) or not acts:
            return None
        if self._denies(words):
            return "exclusion"
        return None if words[0] in self.with_denial else "inclusion"

    def _denies(self, words: list[str]) -> bool:
        return any(word in self.denials or word.endswith("n't") for word in words)


@lru_cache(maxsize=1)
def invitations() -> Invitations:
    """The vocabulary, loaded on first use."""
    data = load("invitations")
    colon, lines = (
        {phrase: kind for kind, phrases in data[name].items() for phrase in phrases} for name in ("colon", "lines")
    )
    words, acts, denials, modals, ends, with_denial = (
        frozenset(data[name].split()) for name in ("words", "acts", "denials", "modals", "ends", "with_denial")
    )
    announcing, answers, calls, calls_end = (
        tuple(data[name]) for name in ("announcing", "answers", "calls", "calls_end")
    )
    return Invitations(
        words, acts, denials, modals, ends, with_denial, colon, lines, announcing, answers, calls, calls_end
    )
