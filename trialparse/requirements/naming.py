"""Names for what the lexicon does not hold: the words around a limit that say what is limited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from trialparse.lexicon import wording
from trialparse.lexicon.measures import MeasureRow
from trialparse.lexicon.people import whose
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.tokens import Token

LIMITS = frozenset({"LIMIT", "TIME", "LIMIT_TIME"})
"""Token types that are limits."""

_ENDS = LIMITS | frozenset(
    "COMMA SEMI STOP LPAR RPAR AND OR BUT NOT IF UNLESS COLON WITHIN FOR SUBJECT POP BEFORE AFTER".split()
)
_BETWEEN = frozenset({"LPAR", "COLON", "FILL", "OF", "SCALE", "BETWEEN"})
_BEFORE_NAME = frozenset({"FILL", "OF", "WITHIN", "IMPRECISE"})
_LONGEST = 7
_LONGEST_BEHIND = 4
_LONGEST_REMARK = 16
_KIND = "kind"
"""Value of the SCALE token of a word that may tell what kind of thing is counted."""
_STEM = 4
_WORD = regex.compile(r"[^\s,;]++")
_BRACKETS = regex.compile(r"\([^()]{0,40}+\)")


@cache
def _idle() -> frozenset[str]:
    """Words that name nothing by themselves."""
    return frozenset().union(*(wording.words(name) for name in ("behind_values", "before_names", "idle_names")))


class Named(NamedTuple):
    """A measure as it stands in the text; `row` is None where the lexicon does not hold it."""

    row: MeasureRow | None
    start: int
    end: int


def counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether the plain number at `at` counts things: `at least 2 prior regimens`."""
    if at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    if following.type == "RPAR" and is_between_words(tokens, at):
        return True
    if following.value == _KIND and at + 2 < len(tokens) and tokens[at + 2].type == "WORD":
        following = tokens[at + 2]  # one or more clinical episodes
    if following.type == "WORD":
        word = following.value
        verb = word.endswith("ing") and word not in wording.words("nouns_in_ing")
        return word not in wording.words("behind_values") and word[0].isalpha() and not verb
    if following.type == "TO":
        return following.start == tokens[at].end  # a 21-day cycle
    if following.type == "MEASURE" and at + 2 < len(tokens) and tokens[at + 2].type in LIMITS:
        return False  # platelets < 100 or > 500 creatinine > 1.4
    return following.type in ("SUBJECT", "PAST", "FILL", "MEASURE", "TIMES", "DOSE", "IMPRECISE", "OF")


def is_between_words(tokens: Sequence[Token], at: int) -> bool:
    """`complex (≥ 3) abnormalities`, `a brief (5-10 s) test`: a number in brackets amid a name is of what is named."""
    around = [*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3]]
    amid = [token.type for token in around] == ["WORD", "LPAR", "RPAR", "WORD"]
    return amid and around[-1].value not in wording.words("behind_values")


def is_compound(tokens: Sequence[Token], at: int) -> bool:
    """Whether the measure at `at` is only the first part of a word: `seizure-specific`, `glucose-lowering`."""
    parts = tokens[at : at + 3]
    if len(parts) <= 2 or parts[1].type != "TO" or parts[2].type not in ("WORD", "FILL"):
        return False
    return parts[0].end == parts[1].start and parts[1].end == parts[2].start


def change(tokens: Sequence[Token], measure: int, at: int, quantity: Quantity) -> tuple[int, int] | None:
    """Where a limit on a change of the measure names it, if it is none on its level: `weight change > 4 kg`."""
    if tokens[measure].value.name.endswith(("change", "loss")) or any(bound.relative_to for bound in quantity.bounds):
        return None
    if tokens[at - 1].type == "TO":
        return None  # an increase to > 2
    changes, changed = whose().changes, whose().changed
    for i in _outside_brackets(tokens, measure + 1, at):
        if tokens[i].value in changes or (tokens[i].value in changed and tokens[i + 1].value == "by"):
            return tokens[measure].start, tokens[i].end
    i = measure - 1
    while i >= 0 and (tokens[i].type in ("WITHIN", "FILL", "OF") or tokens[i].value in wording.words("blood")):
        i -= 1
    return (tokens[i].start, tokens[measure].end) if i >= 0 and tokens[i].value in changes else None


def _outside_brackets(tokens: Sequence[Token], first: int, stop: int) -> Iterator[int]:
    """The places from `first` up to `stop`, but those within brackets: `PSA (two rises in a row) > 2` is no change."""
    depth = 0
    for i in range(first, stop):
        depth += (tokens[i].type == "LPAR") - (tokens[i].type == "RPAR")
        if not depth:
            yield i


def change_behind(tokens: Sequence[Token], at: int, measure: int) -> tuple[int, int] | None:
    """`≥ 30 % reduction in eGFR`, `a drop of 20 mmHg in systolic BP`: the change beside a limit, its measure behind."""
    i = at - 1
    while i > 0 and tokens[i].type in ("OF", "FILL"):
        i -= 1
    if i >= 0 and tokens[i].value in whose().changes:
        return tokens[i].start, tokens[measure].end
    change = next((token for token in tokens[at + 1 : measure] if token.value in whose().changes), None)
    return None if change is None else (change.start, tokens[measure].end)


def specimen(tokens: Sequence[Token], measure: int, at: int) -> tuple[int, int] | None:
    """Where a measure of the blood is told from something else, which its row does not name: `urine creatinine`."""
    row: MeasureRow = tokens[measure].value
    if measure + 1 < at and tokens[measure + 1].value in wording.words("ratios") and row.kind != "ratio":
        return tokens[measure].start, tokens[measure + 1].end  # aPTT ratio > 1.5
    before = tokens[measure - 1] if measure else None
    if before is not None and _is_foreign(before, row):
        return before.start, tokens[measure].end
    if measure + 2 < at and tokens[measure + 1].type == "WITHIN" and _is_foreign(tokens[measure + 2], row):
        return tokens[measure].start, tokens[measure + 2].end
    return None


def _is_foreign(token: Token, row: MeasureRow) -> bool:
    if token.type != "WORD" or token.value not in wording.words("specimens"):
        return False
    stem = token.value[:_STEM]
    return not any(stem in name.lower() for name in (row.name, *row.synonyms))


def name_before(tokens: Sequence[Token], at: int) -> Named | None:
    """The words before the limit at `at`, as far as they belong together."""
    i = at - 1
    while i >= 0 and tokens[i].type in _BETWEEN:
        i -= 1
    stop = last = i + 1
    while last and (tokens[last - 1].type == "SCALE" or tokens[last - 1].value in wording.words("behind_values")):
        last -= 1
    while i >= 0 and last - i <= _LONGEST:
        first = opening(tokens, i) if tokens[i].type == "RPAR" else i
        if first == i and tokens[i].type in _ENDS:
            break
        i = first - 1
    first = i + 1
    while first < stop and _leads_up(tokens, first):
        first += 1
    words = tokens[first:stop]
    while words and _trails_off(words):
        words = words[:-1]
    if not _is_name(words) or any(t.value in wording.words("no_measures") for t in words[-2:]):
        return None
    return Named(None, words[0].start, words[-1].end)


def past_manner(text: str, tokens: Sequence[Token], at: int, name: Named) -> Named | None:
    """The name before a limit, which is none of the words that say how, when or by whom it was measured.

    `The ABOS score rated by nurses at enrollment is over 8`; None where such words are all that there is.
    """
    for i in range(at - 2, max(-1, at - _LONGEST_REMARK), -1):
        if tokens[i].type in _ENDS - {"WITHIN"}:
            break
        scale, behind = (text[token.start : token.end].lower() for token in tokens[i : i + 2])
        if tokens[i].end <= name.start and scale in wording.words("scales") and behind in wording.words("manner"):
            scored = name_before(tokens, i)
            return name._replace(start=tokens[i].start) if scored is None else scored._replace(end=tokens[i].end)
    first = text[name.start : name.end].split()[0].lower()
    return None if first in wording.words("adverbial") else name


def _leads_up(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word only leads up to a name; behind an article `total` is part of it, and no verb."""
    kind = tokens[i].type
    if kind == "SCALE" and i and tokens[i - 1].type == "FILL":
        return False
    return kind in ("FILL", "OF", "SCALE", "CMP", "PAST", "WITH") or tokens[i].value in wording.words("before_names")


def _trails_off(words: Sequence[Token]) -> bool:
    """Whether the last word belongs to the limit behind it: `the score must have been`."""
    last = words[-1] if words[-1].type != "SCALE" else words[-2] if len(words) > 1 else None
    return last is not None and last.type == "WORD" and last.value in wording.words("behind_values")


def name_behind(tokens: Sequence[Token], at: int) -> Named | None:
    """The words behind the limit at `at`: `> 50 % stenosis`, `2 or greater on the speech question`."""
    i = at + 1
    while i < len(tokens) and (tokens[i].type in _BEFORE_NAME or _is_rate(tokens, i)):
        i += 1
    first = i
    while i < len(tokens) and i - first < _LONGEST_BEHIND and tokens[i].type in ("WORD", "SCALE"):
        i += 1
    while i > first and tokens[i - 1].value in wording.words("adverbial"):
        i -= 1  # > 80 % compliance at baseline
    words = tokens[first:i]
    cut = i < len(tokens) and tokens[i].type == "DOSE"  # of prescribed doses
    if cut or not _is_name(words) or words[-1].value in wording.words("no_measures"):
        return None
    return Named(None, words[0].start, words[-1].end)


def rate_behind(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Of `4 bowel movements per day`: the tokens of what is counted (half-open), before the word for each period."""
    i = first = at + 1
    while i < len(tokens) and i - first < _LONGEST_BEHIND and tokens[i].type in ("WORD", "MEASURE"):
        if tokens[i].value in wording.words("each"):
            break
        i += 1
    if i == first or i + 1 >= len(tokens) or tokens[i + 1].type != "PERIOD":
        return None
    each = tokens[i].type == "SLASH" or tokens[i].value in wording.words("each")
    return (first, i) if each else None


def _is_rate(tokens: Sequence[Token], at: int) -> bool:
    """The `on` of `2 or more on the X`, the `per day` of `100 ml per day of X`."""
    value, before = tokens[at].value, tokens[at - 1].value
    return value in ("on", "per") or (tokens[at].type == "PERIOD" and before == "per")


def _is_name(words: Sequence[Token]) -> bool:
    return any(t.type == "MEASURE" or (t.type == "WORD" and t.value not in _idle()) for t in words)


def spans_time(text: str, named: Named | None, *, ranged: bool) -> bool:
    """Whether a name is that of a span of time, which an amount of time may limit: drive time, cycle length.

    A cycle takes a range (`cycles of 21-35 days`); another limit on it is about how long something lasts.
    """
    if named is None:
        return False
    name = _BRACKETS.sub("", text[named.start : named.end].lower()).split() or [""]
    if name[0] in wording.words("adverbial"):
        return False  # longer than 1 year at start time
    if name[-1] in wording.words("time_names") or not wording.words("journeys").isdisjoint(name):
        return True
    return ranged and name[-1] == "cycle"


def span_before(text: str, tokens: Sequence[Token], at: int) -> Named | None:
    """The span of time that the limit at `at` is a value of: `anticipated duration > 3 months`, `dosing interval`.

    How long something lasted already (`duration of diabetes > 5 years`) is elapsed time, and its limit a window, unless
    a verb makes the duration what is said something of: `the duration of the stay must have been at least 3 days`.
    """
    named = name_before(tokens, at)
    if named is None or _is_for(tokens, at, named):
        return None
    parts = [*_WORD.finditer(text, named.start, named.end)]
    name = [part.group().lower() for part in parts]
    head = next((i for i, word in enumerate(name) if i and word == "of"), len(name)) - 1
    first = max((i for i in range(head) if name[i] in wording.words("before_intervals")), default=-1) + 1
    if name[head] in wording.words("intervals"):
        known = first < head
    else:
        said = {*name[first:head], *text[named.end : tokens[at].start].lower().split()}
        telling = wording.words("planned", "copulas")
        known = name[head] in wording.words("durations") and not said.isdisjoint(telling)
    return Named(None, parts[first].start(), named.end) if known else None


def _is_for(tokens: Sequence[Token], at: int, named: Named) -> bool:
    """`for the entire duration > 2 weeks`: whether a name before the limit at `at` tells how long something is done."""
    i = at - 1
    while i >= 0 and (tokens[i].start >= named.start or tokens[i].type == "FILL"):
        i -= 1
    return i >= 0 and tokens[i].type == "FOR"


def opening(tokens: Sequence[Token], at: int, *, past_numbers: bool = False) -> int:
    """The bracket that the one at `at` closes, if it is near and holds no limit; else `at` itself.

    With `past_numbers`, numbers without a comparator are none: Hb (2 weeks without transfusion), vitamin D (25-OH).
    """
    for i in range(at - 1, max(at - (_LONGEST_REMARK if past_numbers else _LONGEST), -1), -1):
        if tokens[i].type == "LPAR":
            return i
        if tokens[i].type in LIMITS and not (past_numbers and _is_bare(tokens[i].value)):
            break
    return at


def _is_bare(quantity: Quantity) -> bool:
    return quantity.shape == "series" and not quantity.bounds[0].relative_to
