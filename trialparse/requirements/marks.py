"""Marks that number the members of a list inside the text: `(a) …, (b) …`, `i. …; ii. …`, `1) … 2) …`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from trialparse.requirements.claims import ENDS, Scene
from trialparse.requirements.clauses import Clause
from trialparse.requirements.tokens import Token

_ROMAN = re.compile(r"x{0,2}(?:i{1,3}|i?v|vi{1,3}|i?x)")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_SERIES = ("abcdefgh", _ROMANS, "ABCDEFGH")
_STOPPED = regex.compile(r"(?<![^\W_])(?:b|B|ii)\.\s")
"""The second member of one of them."""
_MARK = 2
"""Letters or digits of an enumerator: (a), ii), 12)."""


def enumerates_bracket(scene: Scene, text: str, i: int) -> bool:
    """`(a)`, `(2)`, `(iii)` before an item of a list inside the text; `(MI)` is a word in short."""
    if i + 3 >= len(scene.tokens) or scene.kind(i + 2) != "RPAR" or i + 1 in scene.limits:
        return False
    before = text[scene.tokens[i].start - 1 : scene.tokens[i].start]
    glued = before.isalnum() or before == "-"  # `drug(s)`, `anti-PD-(L)1`
    if glued or scene.kind(i + 3) in ENDS:  # `criteria (1), (4)`
        return False
    inside = scene.tokens[i + 1]
    mark = text[inside.start : inside.end]
    if inside.type == "LIMIT":
        return len(mark) <= _MARK
    return inside.type in ("WORD", "FILL") and (len(mark) == 1 or _ROMAN.fullmatch(mark) is not None)


def enumerates(clause: Clause) -> bool:
    """Whether a clause that a closing bracket without an opening one ends is an enumerator: `a)`, `2)`."""
    return clause.limit is None and not clause.windows and clause.end - clause.start <= _MARK + 1


def marks_with_stops(text: str, tokens: Sequence[Token]) -> frozenset[int]:
    """Tokens that number the members of a list inside the text: `a. …, b. …`, `i. …; ii. …`.

    The first mark may be the marker of the criterion, and no longer stand in the text.
    """
    if _STOPPED.search(text, tokens[0].start, tokens[-1].end) is None:
        return frozenset()
    for series in _SERIES:
        whole = _in_series(text, tokens, series)
        rest = whole if len(whole) > 1 else _in_series(text, tokens, series[1:])
        if rest:
            return frozenset(rest)
    return frozenset()


def _in_series(text: str, tokens: Sequence[Token], series: Sequence[str]) -> list[int]:
    found: list[int] = []
    for i, token in enumerate(tokens[:-2]):
        wanted = series[len(found)] if len(found) < len(series) else ""
        stopped = tokens[i + 1].type == "STOP" and tokens[i + 1].start == token.end
        begins = bool(found) or series == _ROMANS or _may_begin_list(tokens, i)
        if stopped and begins and text[token.start : token.end] == wanted:
            found.append(i)
    return found


def _may_begin_list(tokens: Sequence[Token], i: int) -> bool:
    if i > 1 and tokens[i - 1].type in ("AND", "OR"):
        i -= 1  # `A; or b. B`
    return i == 0 or tokens[i - 1].type in ("COLON", "SEMI", "STOP", "LPAR")
