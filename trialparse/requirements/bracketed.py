"""Times in brackets behind what they are said of, and times for some that brackets might hold, as tokens.

A vaccine (≤ 16 weeks) or an inhibitor (≤ 9 months) before cycle 1    what stands behind the brackets is the event
Before day 0: retinoids (2 weeks), PUVA (6 weeks)                     so is what the words before the colon name
Within 4 weeks, except nitrosoureas, in which case it is 6 weeks      as if it were (if nitrosoureas 6 weeks)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialparse.lexicon.wording import words
from trialparse.requirements.tokens import Token
from trialparse.requirements.window import Elapsed, pauses

_TIMES = frozenset({"TIME", "LIMIT_TIME"})
_NOT_BEFORE = _TIMES | {"LIMIT", "CMP", "PERIOD"}
"""What brackets with a time of their own do not stand behind."""
_SENTENCE = 200
"""Tokens on either side within which the words of a sentence say what a time in brackets is."""
_SIDES = frozenset({"BEFORE", "AFTER"})
_ENDS = frozenset({"COMMA", "SEMI", "STOP", "LPAR", "RPAR", "BUT", "LIMIT", "MEASURE", "COLON", "UNLESS"})
_JOINTS = frozenset({"COMMA", "OR"})
_ANCHOR = 8
_WHOM = 10
"""Tokens that say for whom another time is, at most."""
_LEAD = 8
"""Tokens between them and that time: `, in which case the interval is`."""


def times_in_brackets(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens with times in brackets as bounds, and with times for some in brackets."""
    times = [i for i, token in enumerate(tokens) if token.type in _TIMES]
    if not times:
        return tokens
    if any(_is_alone(tokens, i) for i in times):
        tokens = _bounded(text, tokens)
    return _in_brackets(text, tokens) if len(times) > 1 else tokens


def _is_alone(tokens: Sequence[Token], i: int) -> bool:
    """Whether brackets hold the time at `i` and nothing else, and stand behind no other time or limit."""
    if not 1 < i < len(tokens) - 1 or tokens[i - 1].type != "LPAR" or tokens[i + 1].type != "RPAR":
        return False
    return tokens[i - 2].type not in _NOT_BEFORE


def _bounded(text: str, tokens: Sequence[Token]) -> list[Token]:
    """The tokens with bare times in brackets as the bounds that the words around them make of them."""
    out: list[Token] = []
    for i, token in enumerate(tokens):
        if token.type in _TIMES and _is_alone(tokens, i):
            paused = pauses(text, _sentence_start(tokens, i), token.start)
            if paused or _events(tokens, i):
                token = _bound(token, least=paused)
        out.append(token)
    return _opened(out)


def _opened(tokens: Sequence[Token]) -> list[Token]:
    """`(≤ 9 months) before cycle 1`: the brackets part no time from its event."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        if (
            i + 3 < len(tokens)
            and tokens[i + 3].type in _SIDES
            and tokens[i].type == "LPAR"
            and _is_alone(tokens, i + 1)
        ):
            inside = tokens[i + 1]
            out.append(Token(inside.type, inside.value, tokens[i].start, tokens[i + 2].end))
            i += 3
        else:
            out.append(tokens[i])
            i += 1
    return out


def _sentence_start(tokens: Sequence[Token], i: int) -> int:
    """Offset at which the sentence of the token at `i` begins."""
    first = max(0, i - _SENTENCE)
    return next((tokens[k].end for k in range(i, first - 1, -1) if tokens[k].type == "STOP"), tokens[first].start)


def _events(tokens: Sequence[Token], i: int) -> bool:
    """Whether the event of a time in brackets stands behind the brackets of its list, or in what leads to the list."""
    if _head(tokens, i) is not None:
        return True
    last = min(i + _SENTENCE, len(tokens))
    stop = next((k for k in range(i, last) if tokens[k].type == "STOP"), last)
    return any(tokens[k].type in _SIDES and k > 1 and _is_alone(tokens, k - 2) for k in range(i + 2, stop))


def _head(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Where the event is named in `before day 0: retinoids (2 weeks)`: half-open offsets."""
    colon = next((k for k in range(i, max(0, i - _SENTENCE), -1) if tokens[k].type in ("COLON", "STOP")), 0)
    if not colon or tokens[colon].type != "COLON":
        return None
    for k in range(colon - 1, max(-1, colon - _ANCHOR), -1):
        if tokens[k].type == "BEFORE" and k + 1 < colon and not (k and tokens[k - 1].type in _TIMES):
            return tokens[k + 1].start, tokens[colon - 1].end
        if tokens[k].type in _ENDS | _TIMES and tokens[k].type != "LIMIT":
            break
    return None


def _bound(token: Token, *, least: bool) -> Token:
    """A bare time as the most or least that has passed."""
    quantity = token.value
    if quantity.shape != "series" or quantity.lower != quantity.upper:
        return token
    sides = (quantity.lower, None) if least else (None, quantity.lower)
    return token.turned("LIMIT_TIME", quantity._replace(lower=sides[0], upper=sides[1], shape="bound"))


def dated(tokens: Sequence[Token], windows: Mapping[int, tuple[Elapsed, int]]) -> dict[int, tuple[Elapsed, int]]:
    """The times with the event that the words before the colon name, for those in brackets that have none."""
    out = dict(windows)
    for i, (elapsed, after) in windows.items():
        alone = elapsed.direction is None and elapsed.anchor is None and _is_alone(tokens, i)
        anchor = _head(tokens, i) if alone else None
        if anchor is not None:
            out[i] = elapsed._replace(direction="before", anchored=True, anchor=anchor), after
    return out


def _in_brackets(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens with another time for some in brackets behind the first one."""
    out: list[Token] = []
    i, timed = 0, False
    while i < len(tokens):
        token = tokens[i]
        found = (_excepted(text, tokens, i) or _alternative(tokens, i)) if timed else None
        if found is None:
            timed = token.type in _TIMES or (timed and token.type not in ("STOP", "SEMI", "LIMIT", "COLON"))
            out.append(token)
            i += 1
            continue
        opened = tokens[i - 1].type == "LPAR"
        inside, i = found
        start, end = inside[0].start, inside[-1].end
        brackets = ([], []) if opened else ([Token("LPAR", "LPAR", start, start)], [Token("RPAR", "RPAR", end, end)])
        out += [*brackets[0], *inside, *brackets[1]]
    return out


def _excepted(text: str, tokens: Sequence[Token], i: int) -> tuple[list[Token], int] | None:
    """`, except nitrosoureas, in which case it is 6 weeks`: what brackets would hold, and the token behind."""
    at = i + (tokens[i].type == "COMMA")
    if at + 2 >= len(tokens) or tokens[at].type != "UNLESS" or tokens[at].value != "except":
        return None
    stop = next((k for k in range(at + 1, min(at + _WHOM, len(tokens))) if _turns(text, tokens, k)), 0)
    if stop < at + 2 or any(token.type in _TIMES | _ENDS for token in tokens[at + 1 : stop]):
        return None
    time = next((k for k in range(stop, min(stop + _LEAD, len(tokens))) if tokens[k].type in _TIMES), 0)
    lead = words("frame", "articles", "intervals", "runs", "stops")
    if not time or any(
        token.type in _ENDS - {"COMMA"} or (token.type == "WORD" and token.value not in lead)
        for token in tokens[stop + 1 : time]
    ):
        return None
    whom = tokens[at].turned("IF", "if")
    return [whom, *tokens[at + 1 : stop], tokens[time]], time + 1


def _turns(text: str, tokens: Sequence[Token], k: int) -> bool:
    """Whether `, in which case`, `, for which`, `, where` begins at a token."""
    if tokens[k].type == "THEN":
        return True
    behind = [text[token.start : token.end].lower() for token in tokens[k + 1 : k + 3]]
    return tokens[k].type == "COMMA" and not words("relatives", "whenever").isdisjoint(behind)


def _alternative(tokens: Sequence[Token], i: int) -> tuple[list[Token], int] | None:
    """`, or 6 weeks if nitrosoureas`: likewise."""
    at = i
    while at < len(tokens) and tokens[at].type in _JOINTS:
        at += 1
    if (
        at == i
        or at + 2 >= len(tokens)
        or tokens[i - 1].type == "LPAR"
        or tokens[at].type != "TIME"
        or tokens[at].value.shape != "series"
    ):
        return None
    lead = tokens[at + 1]
    if not (lead.type == "IF" or (lead.type == "FOR" and tokens[at - 1].type == "OR")) or tokens[at + 2].type in _TIMES:
        return None
    whom = range(at + 2, min(at + 2 + _WHOM, len(tokens)))
    stop = next((k for k in whom if tokens[k].type in _ENDS | _TIMES | _SIDES), min(at + 2 + _WHOM, len(tokens)))
    if stop == at + 2 or (stop < len(tokens) and tokens[stop].type in _TIMES | {"LIMIT"}):
        return None
    return [*tokens[at:stop]], stop
