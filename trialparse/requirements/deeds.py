"""What single words do in a clause: oblige, permit, shut out; they are rows of `lexicon/data/wording.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

import regex

from trialparse.lexicon.wording import words
from trialparse.requirements.neighbours import SUBJECTS
from trialparse.requirements.tokens import Token

_DEEDS = (
    "obliges",
    "demands",
    "insists",
    "waives",
    "regards",
    "staff",
    "permits",
    "bars",
    "joins",
    "admits",
    "allows",
    "stops",
    "unconditional",
)
_DEMANDS = frozenset({"obliges", "demands", "insists"})
_FORBIDS = regex.compile(r"(?:(?:must|should|shall|may|can)\s++|can)not\b", regex.IGNORECASE)
"""A limit that says what a value must not do: `cannot exceed`, `should not be above`."""
_OPPOSITE = {"permits": "bars", "bars": "permits"}
_PHRASES = frozenset({"SCALE", "NOT", "CMP", "LIMIT", "LIMIT_TIME"})
"""Tokens whose first word may be one that obliges: `must be`, `should not exceed`."""
_ENDS = frozenset({"STOP", "SEMI", "COMMA", "RPAR", "LPAR", "IF", "UNLESS", "FOR", "WITHIN", "BUT"})
_IDLE = frozenset({"SCALE", "FILL", "FOR"})
_DENIED_NEAR = 2
_AHEAD = 6
_LET_NEAR = 3
_RIGHT_BEFORE = 2
_OF_THING = 12
"""Tokens between what something is said of and `may`."""
_SUBJECT = 4
"""Tokens of a subject and the full stop before it."""


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
    return [*text[token.start : token.end].lower().split(None, 1), ""][0] if token.type in _PHRASES else ""


def deeds_at(text: str, tokens: Sequence[Token], i: int) -> Sequence[str]:
    """What the token at `i` does where it stands.

    A denied permission shuts out, and the other way round.
    """
    token = tokens[i]
    deeds = _table().get(first_word(text, token)) if token.type == "WORD" or token.type in _PHRASES else None
    return [done for deed in deeds if (done := _done(deed, text, tokens, i))] if deeds else ()


def demands_of(text: str, tokens: Sequence[Token]) -> Set[str]:
    """Which of `obliges`, `demands` and `insists` the tokens of a limit do."""
    done: set[str] = set()
    for token in tokens:
        word = first_word(text, token)
        forbids = token.type == "LIMIT" and _FORBIDS.match(text, token.start, token.end)
        done.update(_DEMANDS if forbids else _DEMANDS.intersection(_table().get(word, ())))
    return done


def _predicates(tokens: Sequence[Token], i: int) -> bool:
    """`is allowed`, `transfusion allowed)`, but not `a vaccine authorized by`."""
    before, after = tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.type in _ENDS or after.value == "gloss":
        return True
    if before is None or (before.type == "NOT" and before.value == "list"):
        return False  # `no acceptable contraception`
    return before.type in ("SCALE", "NOT", "COLON") or before.value in words("copulas")


def _of_the_trial(text: str, tokens: Sequence[Token], i: int) -> bool:
    """`eligible`, `eligible for the study`, but not `eligible for transplant`, `enrolled in another trial`."""
    behind = [text[token.start : token.end].lower() for token in tokens[i + 1 : i + 1 + _AHEAD]]
    if not behind or behind[0] not in words("purposes"):
        return True
    return not words("trial").isdisjoint(behind) and words("others").isdisjoint(behind)


def _lets(text: str, tokens: Sequence[Token], i: int) -> bool:
    """`may be`, `will not be`, `are not to be` before the word at `i`."""
    return any(
        token.value in words("lets") or first_word(text, token) in words("lets")
        for token in tokens[max(0, i - _LET_NEAR) : i]
    )


def _tells_more(text: str, tokens: Sequence[Token], i: int) -> bool:
    """`a disease that may affect ...`, `which in my opinion may affect ...`: said of a thing, it lets nothing be."""
    before = [text[token.start : token.end].lower() for token in tokens[max(0, i - _OF_THING) : i]]
    if before and before[-1] in words("relatives"):
        return True
    behind = text[tokens[i + 1].start : tokens[i + 1].end].lower() if i + 1 < len(tokens) else ""
    if words("relatives").isdisjoint(before):
        return False
    return behind not in words("let_do") or not words("sweeping").isdisjoint(before)


def _waived(tokens: Sequence[Token], i: int) -> bool:
    """`is not required`: nothing is asked."""
    return tokens[i].value in words("waives") and _is_not(tokens, i)


def _is_not(tokens: Sequence[Token], i: int) -> bool:
    """`is not` before the word at `i`."""
    if i < _DENIED_NEAR or tokens[i - 1].type != "NOT":
        return False
    return tokens[i - 2].type == "SCALE" or tokens[i - 2].value in words("copulas")


def shut_out(text: str, tokens: Sequence[Token], i: int) -> int:
    """The token behind `not eligible`, `not be enrolled`, where the denial at `i` is that of a permission; else 0."""
    for j in range(i + 1, min(i + 1 + _LET_NEAR, len(tokens))):
        deeds = deeds_at(text, tokens, j)
        if "bars" in deeds:
            return j + 1
        if tokens[j].type != "SCALE" and tokens[j].value not in words("copulas", "lets"):
            return 0
    return 0


def lets_in(text: str, tokens: Sequence[Token], i: int) -> bool:
    """`will not be excluded`: whether what the denial at `i` denies is shutting out."""
    for token in tokens[i + 1 : i + 1 + _AHEAD]:
        if first_word(text, token) in words("bars"):
            return True
        if token.type not in _IDLE and token.value not in words("copulas", "lets", "grounds"):
            return False
    return False


def _is_no_ground(tokens: Sequence[Token], i: int) -> bool:
    """`is not an exclusion criterion`, `is no reason for exclusion`: the word at `i` names what is denied."""
    at = i - 1
    while at > 0 and (tokens[at].type in _IDLE or tokens[at].value in words("grounds", "copulas")):
        at -= 1
    return at > 0 and _is_not(tokens, at + 1)


def _is_past(text: str, tokens: Sequence[Token], i: int) -> bool:
    """`who have required oxygen`: what people needed, and nothing that is asked of them."""
    if i == 0 or tokens[i].value not in words("waives"):
        return False
    return text[tokens[i - 1].start : tokens[i - 1].end].lower() in words("owns")


def _is_shutting_out(text: str, tokens: Sequence[Token], i: int) -> bool:
    """`need to be excluded`, `should be excluded`: what the trial does, and no people."""
    return any(first_word(text, token) in words("bars") for token in tokens[i + 1 : i + 1 + _LET_NEAR])


def _is_related(tokens: Sequence[Token], i: int) -> bool:
    """`a disease which, in my opinion, must be treated`, `who must`: but people `who have surgery must recover`."""
    things = words("relatives") - words("relates")
    for near, token in enumerate(reversed(tokens[max(0, i - _OF_THING) : i])):
        if token.type in ("STOP", "SEMI"):
            return False
        if token.value in (words("relatives") if near < _RIGHT_BEFORE else things):
            return True
    return False


def _is_ruled_out(tokens: Sequence[Token], i: int) -> bool:
    """`where other causes have been excluded by biopsy`: a disease that somebody looked for, and no people."""
    by = i + 1 < len(tokens) and tokens[i + 1].value in words("ruled_by")
    before = tokens[max(0, i - _OF_THING) : i]
    return by and tokens[i].value in words("ruled_out") and not any(token.type in SUBJECTS for token in before)


def _takes_people(tokens: Sequence[Token], i: int) -> bool:
    """`exclude the patient`, `preclude participation`, but not `exclude hepatitis`."""
    behind = tokens[i + 1 : i + 1 + _LET_NEAR]
    return not behind or any(t.type in SUBJECTS or t.type == "STOP" or t.value in words("trial") for t in behind)


def _is_subject(tokens: Sequence[Token], i: int) -> bool:
    """`The principal investigator will` at the beginning of a sentence."""
    before = [token.type for token in tokens[max(0, i - _SUBJECT) : i]]
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    head = before[len(before) - before[::-1].index("STOP") :] if "STOP" in before else before
    if behind is None or len(head) == _SUBJECT or not {"FILL", "WORD"}.issuperset(head):
        return False
    return behind.type == "SCALE" or behind.value in words("copulas", "lets")


def _done(deed: str, text: str, tokens: Sequence[Token], i: int) -> str:
    denied = any(token.type == "NOT" for token in tokens[max(0, i - _DENIED_NEAR) : i])
    match deed:
        case "waives" | "obliges" if (deed == "waives") is not _waived(tokens, i):
            return ""
        case "obliges" | "demands" | "insists" if _is_past(text, tokens, i) or _is_shutting_out(text, tokens, i):
            return ""
        case "insists" if _is_related(tokens, i):
            return ""
        case "regards" if not _is_not(tokens, i) or tokens[max(0, i - 3)].value in words("relatives"):
            return ""
        case "staff" if not _is_subject(tokens, i):
            return ""
        case "bars" if tokens[i].value in words("bar_names"):
            return "permits" if _is_no_ground(tokens, i) else ""
        case "bars" if tokens[i].value in words("keeps_out"):
            return "permits" if denied and _takes_people(tokens, i) else ""
        case "permits" | "bars" if not _predicates(tokens, i) or _is_ruled_out(tokens, i):
            return ""
        case "permits" | "bars" | "admits" if tokens[i].value in words("selects") and not _of_the_trial(
            text, tokens, i
        ):
            return ""
        case "permits" | "bars" if denied:
            return _OPPOSITE[deed]
        case "joins":
            if not _lets(text, tokens, i):
                return ""
            if _of_the_trial(text, tokens, i):
                return "bars" if denied else deed
            return "permits" if tokens[i - 1].value == "may" else ""  # `may enroll in other trials`
        case "allows" if (i + 1 < len(tokens) and tokens[i + 1].type == "NOT") or _tells_more(text, tokens, i):
            return ""
    return deed
