"""What each atom of a text may begin: a token by itself, a longer phrase, a comparison, or none of them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from trialparse.lexicon.comparators import comparing
from trialparse.lexicon.vocabulary import vocabulary
from trialparse.requirements.comparing import never_alone
from trialparse.requirements.numbers import ROMANS
from trialparse.requirements.numerals import SIGNS

BEHIND_VALUES = frozenset({"POST", "INCL", "EXCL", "TO"})
NUMBER_KINDS = frozenset({"NUM", "FRACTION", "TWICE"})
BY_CONTEXT = frozenset({"MEASURE", "CMP", "POST"}) | BEHIND_VALUES | NUMBER_KINDS
"""Kinds of phrases that what stands around them may turn into others."""
OPENS_REMARK = frozenset({"(", "[", ",", "in"})


class First(NamedTuple):
    """What an atom is unless a longer phrase begins with it."""

    longer: Container[str]
    """The atoms with which a longer phrase goes on; empty where there is none."""
    kind: str
    """Of its token; "" where its neighbours decide."""
    value: Any
    joins: bool = False
    """Whether it compares together with the next word, if that compares, too."""
    odd: bool = False
    """Whether it may be a sign, a class or the beginning of a remark."""


@lru_cache(maxsize=1)
def firsts() -> Mapping[str, First]:
    """Atoms that a phrase or a comparison may begin with."""
    found: dict[str, First] = {}
    for key, longer, entries, exact in vocabulary().firsts():
        kind: str = "WORD"
        value: Any = key
        if entries:
            kind, value = entries[0].kind, entries[0].value
            kind = "" if exact or len(entries) > 1 or kind in BY_CONTEXT else kind
        found[key] = First(longer, kind, value)
    for word in comparing():
        first = found.get(word, First((), "WORD", word))
        found[word] = first._replace(joins=True) if word in never_alone() else First((), "", None)
    for key in (*SIGNS, *ROMANS, *OPENS_REMARK):
        first = found.get(key, First((), "WORD", key))
        found[key] = first._replace(odd=True)
    return found
