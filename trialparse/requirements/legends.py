"""What the numbers of a scale stand for, which is no limit: `0 = no pain, 10 = worst pain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trialparse.requirements.tokens import Token

_SEVERAL = 2
"""One number with a meaning may be a limit that is told in words."""
_FIRST = frozenset({0, 1})
"""Where the scales of questionnaires begin."""
_WORDS = 8
"""More tokens than these are no meaning of a number."""
_PARTS = frozenset({"COMMA", "SEMI", "AND", "OR", "TO", "UNTIL", "SLASH"})
_ENDS = frozenset({"STOP", "RPAR", "LPAR", "COLON"}) | _PARTS
_MEANS = frozenset({"CMP", "LPAR"})
"""What stands between a number and its meaning."""
_NUMBERS = frozenset({"AMOUNT", "TIMES", "REF", "NORMAL", "CMP", "CLASS"})


def without_legends(tokens: list[Token]) -> list[Token]:
    """The tokens with each legend as one word."""
    kinds = [token.type for token in tokens]
    if kinds.count("AMOUNT") < _SEVERAL or _MEANS.isdisjoint(kinds):
        return tokens
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        stop = _legend(tokens, i) if tokens[i].type == "AMOUNT" else i
        if stop > i:
            out.append(Token("WORD", "legend", tokens[i].start, tokens[stop - 1].end))
        else:
            out.append(tokens[i])
        i = max(stop, i + 1)
    return out


def _legend(tokens: Sequence[Token], at: int) -> int:
    """The token behind the legend that begins at an amount; `at` where none does."""
    ends = list(_entries(tokens, at))
    return ends[-1] if len(ends) >= _SEVERAL else at


def _entries(tokens: Sequence[Token], at: int) -> Iterator[int]:
    """Where the entries of a legend end, one behind the other."""
    bracketed = _type(tokens, at + 1) == "LPAR" and tokens[at].value.value in _FIRST
    while _type(tokens, at) == "AMOUNT":
        stop = _in_brackets(tokens, at + 1) if bracketed else _behind_sign(tokens, at + 1)
        if stop == at:
            return
        yield stop
        at = stop
        while _type(tokens, at) in _PARTS:
            at += 1


def _in_brackets(tokens: Sequence[Token], at: int) -> int:
    """The token behind `(no pain)`, which stands at `at`; the one before where something else does."""
    stop = _meaning(tokens, at + 1) if _type(tokens, at) == "LPAR" else at
    return stop + 1 if stop > at + 1 and _type(tokens, stop) == "RPAR" else at - 1


def _behind_sign(tokens: Sequence[Token], at: int) -> int:
    """The token behind `= no pain`, likewise."""
    sign = tokens[at] if _type(tokens, at) == "CMP" else None
    if sign is None or sign.value != "=" or sign.end - sign.start > 1:
        return at - 1
    stop = _meaning(tokens, at + 1)
    return stop if stop > at + 1 else at - 1


def _meaning(tokens: Sequence[Token], at: int) -> int:
    """The token behind the words from `at` on; `at` where a number stands among them."""
    for i in range(at, min(at + _WORDS, len(tokens))):
        if tokens[i].type in _ENDS:
            return i
        if tokens[i].type in _NUMBERS:
            return at
    return len(tokens) if len(tokens) - at < _WORDS else at


def _type(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].type if i < len(tokens) else ""
