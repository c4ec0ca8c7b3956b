"""What single words do in a clause: oblige, permit, shut out; they are rows of `lexicon/data/wording.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from trialparse.lexicon.wording import words
from trialparse.requirements.tokens import Token

_DEEDS = ("obliges", "permits", "bars", "joins", "admits", "allows", "stops", "unconditional")
_OPPOSITE = {"permits": "bars", "bars": "permits"}
_PHRASES = frozenset({"SCALE", "NOT", "CMP", "LIMIT", "LIMIT_TIME"})
"""Tokens whose first word may be one that obliges: `must be`, `should not exceed`."""
_ENDS = frozenset({"STOP", "SEMI", "COMMA", "RPAR", "LPAR", "IF", "UNLESS", "FOR", "WITHIN", "BUT"})
_DENIED_NEAR = 2
_LET_NEAR = 3


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[str, ...]]:
    """Word -> what it may do."""
    table: dict[str, tuple[str, ...]] = {}
    for deed in _DEEDS:
        for word in words(deed):
            table[word] = (*table.get(word, ()), deed)
    return table


def deed_words() -> Set[str]:
    """The words that may do something."""
    return _table().keys()


def first_word(text: str, token: Token) -> str:
    """The word that a token is, or that its phrase begins with, in lower case."""
    if token.type == "WORD":
        value: str = token.value
        return value
    return text[token.start : token.end].partition(" ")[0].lower() if token.type in _PHRASES else ""


def deeds_at(text: str, tokens: Sequence[Token], i: int) -> Sequence[str]:
    """What the token at `i` does where it stands.

    A denied permission shuts out, and the other way round.
    """
    deeds = _table().get(first_word(text, tokens[i]))
    return [done for deed in deeds if (done := _done(deed, tokens, i))] if deeds else ()


def obliges(text: str, tokens: Sequence[Token]) -> bool:
    """Whether one of the tokens obliges."""
    return any("obliges" in _table().get(first_word(text, token), ()) for token in tokens)


def _predicates(tokens: Sequence[Token], i: int) -> bool:
    """`is allowed`, `transfusion allowed)`, but not `a vaccine authorized by`."""
    before, after = tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.type in _ENDS:
        return True
    return before is not None and (before.type in ("SCALE", "NOT", "COLON") or before.value in words("copulas"))


def _done(deed: str, tokens: Sequence[Token], i: int) -> str:
    if deed == "permits" and not _predicates(tokens, i):
        return ""
    if deed in _OPPOSITE:
        denied = any(token.type == "NOT" for token in tokens[max(0, i - _DENIED_NEAR) : i])
        return _OPPOSITE[deed] if denied else deed
    if deed == "joins":
        nearby = tokens[max(0, i - _LET_NEAR) : i]
        let = any(t.value in ("may", "can", "will") for t in nearby)
        return deed if let and not any(t.type == "NOT" for t in nearby) else ""
    if deed == "allows" and i + 1 < len(tokens) and tokens[i + 1].type == "NOT":
        return ""
    return deed
