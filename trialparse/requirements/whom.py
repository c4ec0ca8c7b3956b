"""Whom the list under a lead-in is about: men, those with something, those in one part of the trial."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialparse.lexicon.leadins import leadins
from trialparse.lexicon.wording import words
from trialparse.requirements.expression import Expression, If, Not, Said
from trialparse.requirements.neighbours import SUBJECTS
from trialparse.requirements.tokens import Token

POINTS = regex.compile(r"\b(?:following|these|those|below|listed)\b", regex.IGNORECASE)
"""Words that stand for the list which follows."""
POINTER = 6
"""Words between a condition's comma and the one that points to the list."""
_NEAR_PEOPLE = 4


def part_of_trial(text: str, tokens: Sequence[Token]) -> Expression | None:
    """`Cohort B:`, `For parts 1 and 2:`, as a whole; None for any other lead-in."""
    named = leadins().named_part.fullmatch(text, tokens[0].start, tokens[-1].end)
    return None if named is None else Said(tokens[0].start, tokens[-2].end)


def _names_some(tokens: Sequence[Token]) -> bool:
    """Whether people are named, and not all: `healthy subjects`, `subjects on insulin`, but not `all subjects`."""
    people = next((i for i, token in enumerate(tokens[:_NEAR_PEOPLE]) if token.type in SUBJECTS), None)
    if people is None:
        return False
    return tokens[people].type == "POP" or _tells_which(tokens[:people]) or _tells_which(tokens[people + 1 :])


def _tells_which(tokens: Sequence[Token]) -> bool:
    """Whether words beside people say which of them are meant: neither mere frame nor what they must do."""
    does = words("lets", "joins", "permits", "purposes")
    told = [token.value for token in tokens if token.type == "WORD" and token.value not in words("frame")]
    return bool(told) and does.isdisjoint(told)


def _says_which_sex(rest: Sequence[Token]) -> bool:
    """`Women of childbearing potential:`, but not `women and men:`, `women who have:`, `women must use:`."""
    ends = rest[-1].type == "WORD" and rest[-1].value not in words("frame", "meanings")
    both = any(token.type == "POP" for token in rest)
    return ends and not both and _tells_which(rest) and not any(t.value in words("obliges", "defines") for t in rest)


def list_condition(text: str, expression: Expression) -> Expression | None:
    """`Treated metastases are allowed if all of these apply:`, whose list it is."""
    if not isinstance(expression, If) or not isinstance(expression.then, Said) or isinstance(expression.condition, Not):
        return None
    return expression.condition if POINTS.search(text, expression.then.start, expression.then.end) else None


def _without_pointer(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens before the words that only point to the list: `one of the following must be met`."""
    at = next((i for i, token in enumerate(tokens) if POINTS.match(text, token.start, token.end)), None)
    if at is None:
        return tokens
    comma = next((i for i in range(at - 1, max(-1, at - POINTER), -1) if tokens[i].type == "COMMA"), at)
    while comma and tokens[comma - 1].type == "FILL":
        comma -= 1
    return tokens[:comma] or tokens


def condition_of(text: str, tokens: Sequence[Token]) -> Expression | None:
    """`For men:`, `If liver metastases are present:`, `Patients with X:`, `Except for patients with X:`."""
    if any(token.type == "NEXT" for token in tokens) and tokens[0].type not in ("IF", "FOR"):
        return None  # patients with any of the following: says nothing of its own
    colons = sum(token.type == "COLON" for token in tokens)
    closed = colons == 1 and tokens[-1].type == "COLON"
    rest = _without_pointer(text, tokens[1:-1] if closed else tokens[1:])
    return _people(tokens[0], rest, closed=closed) or _opened(tokens[0], rest)


def _people(first: Token, rest: Sequence[Token], *, closed: bool) -> Expression | None:
    """The people whom a lead-in names and nothing more; `closed` by the one colon that it holds."""
    if first.type == "POP" and not rest:
        return Said(first.start, first.end)
    if not (closed and rest):
        return None
    match first.type:
        case "SUBJECT" if rest[0].type == "WITH" and any(token.type == "WORD" for token in rest):
            defined = any(token.value in words("adequate") for token in rest)  # by the children
            return None if defined else Said(rest[0].start, rest[-1].end)
        case "POP" if _says_which_sex(rest):
            return Said(first.start, rest[-1].end)
        case "FOR" if _names_some(rest):
            return Said(first.start, rest[-1].end)
    return None


def _opened(first: Token, rest: Sequence[Token]) -> Expression | None:
    """What a word opens that conditions or excepts: `if liver metastases are present`."""
    if first.type not in ("IF", "UNLESS") or not rest:
        return None
    people = first.value == ""  # whose words are part of the condition: `for patients with X`
    said = Said(first.start if people and first.type == "IF" else rest[0].start, rest[-1].end)
    return Not(said) if first.type == "UNLESS" else said
