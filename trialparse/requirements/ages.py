"""Limits on age that do not say so: `≥ 18 years`, `for patients < 60`, `18-year-old`."""

from __future__ import annotations

from collections.abc import Container, Sequence

import regex

from trialparse.lexicon.people import whose
from trialparse.lexicon.wording import words
from trialparse.requirements.naming import LIMITS, Named, counts, name_before
from trialparse.requirements.neighbours import SUBJECTS, near
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.tokens import Token

_ADULT_YEARS = 14
_CLAUSE = 6
_WHOSE = 3
_WITH_WHAT = 3
"""Words more that may stand between a relative and an age, behind `with` or `who`."""
_PASSED = frozenset({"FILL", "OF", "SCALE", "BEFORE", "AFTER"})
_SENTENCE = 60
"""Tokens before an age among which the words that say whose it is are looked for."""
_FOR = len("for")
_OLD = "old"
_AGES = (5, 100)
_PARTED = frozenset({"SEMI", "STOP", "COMMA", "AND", "OR", "IF", "UNLESS", "LIMIT", "TIME", "LIMIT_TIME"})
_LISTED = frozenset({"OR", "COMMA", "SLASH"})
_THINGS = frozenset({"WORD", "DISORDER"})
_NAMES = _THINGS | {"MEASURE", "OF", "FILL"}
_TAILS = frozenset({"", "SUBJECT", "POP", "COMMA", "AND", "OR", "WITH", "RPAR"})
_FARTHEST = 60
"""Tokens between an age and its limit, from which on nothing is said of when it was."""
_FAR_EVENT = 7
_NEAR_EVENT = 7
_AT = frozenset("at by when of".split())
_SINCE = regex.compile(r"(?:before|prior|after|at|by|between|from|since|until|during)\b", regex.IGNORECASE)
_RANGED = frozenset("between from".split())
_SIDES = frozenset({"BEFORE", "AFTER", "UNTIL"})
_BEHIND_NAMES = frozenset({"FILL", "SCALE", "OF", "WITHIN", "BEFORE", "AFTER", "UNTIL", "BETWEEN"})
_UNNAMED = LIMITS | {"SEMI", "STOP", "COMMA", "AND", "OR", "BUT", "LPAR", "RPAR", "COLON"}


def is_bare_age(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """`for patients < 60`, `adults (> 18)`: a number without unit said of people."""
    bounds = quantity.bounds
    if quantity.shape not in ("bound", "range") or not bounds or any(b.unit or b.relative_to for b in bounds):
        return False
    i = at - 1
    bracketed = i > 0 and tokens[i].type == "LPAR" and at + 1 < len(tokens) and tokens[at + 1].type == "RPAR"
    before = tokens[i - bracketed] if i >= 0 else None
    people = before is not None and (before.type in SUBJECTS or (before.type == "IF" and not bracketed))
    return people and all(_AGES[0] <= b.value <= _AGES[1] for b in bounds) and not counts(tokens, at)


def is_age(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """Whether an amount of time that no measure and no window claims is an age."""
    previous, following = near(tokens, at, -1), near(tokens, at, 1)
    if following == "OF" or (following not in _TAILS and not _is_years(quantity)):
        return False
    if previous == "MEASURE":
        return False  # history of smoking between 10 and 20 years
    if any(_lasts(token) for token in tokens[max(0, at - _CLAUSE) : at]):
        return False  # duration of diabetes between 3 and 15 years
    if _is_years(quantity) and max(bound.value for bound in quantity.bounds) >= _ADULT_YEARS:
        return not _is_course(tokens, at, quantity)
    alone = _is_years(quantity) and all(tokens[i].type in ("FILL", "BETWEEN") for i in range(at))
    if previous in SUBJECTS:
        return following in _TAILS or following == "COLON"  # `children under 12 years: ...`
    return alone and following in _TAILS


def _is_course(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """`asthma between 2 and 20 years`: where nobody is spoken of, how long what stands before the range has lasted."""
    if quantity.shape != "range" or min(bound.value for bound in quantity.bounds) >= _ADULT_YEARS:
        return False
    sentence = tokens[max(0, at - _SENTENCE) : at]
    before = next((token for token in reversed(sentence) if token.type not in ("FILL", "BETWEEN")), None)
    people = any(token.type in SUBJECTS or token.value in whose().others for token in sentence)
    return before is not None and before.type in _THINGS and not people


def _lasts(token: Token) -> bool:
    """`duration of`, `lasting`, `history`; but not `for` alone."""
    if token.type == "FOR":
        return token.end - token.start > _FOR
    return token.type == "WORD" and token.value in whose().lasting


def anothers(text: str, tokens: Sequence[Token], at: int) -> Token | None:
    """Whose age it is, if not the candidate's: `mother older than 35 years`, `age of the donor < 60`."""
    if child := _ones_child(text, tokens, at):
        return child
    others, idle = whose().others, whose().lasting  # family history of stroke before age 50
    between = 0
    linked = False  # a relative with cancer of the colon diagnosed before the age of 50
    for i in range(at - 1, max(-1, at - _SENTENCE), -1):
        token = tokens[i]
        if token.type in SUBJECTS or token.type in _PARTED:
            break  # caregiver of a child at least 6 months old
        if _is_anothers(token, others):
            return _with_others(tokens, i, others) if linked or between < _WHOSE else None
        if token.type == "WITH" or token.value in words("relates"):
            between, linked = 0, True
            continue
        between += token.type not in _PASSED and token.value not in idle
        if between >= _WHOSE + _WITH_WHAT * (not linked):
            break
    return None


def _is_anothers(token: Token, others: Container[str]) -> bool:
    return token.type == "WORD" and token.value.removesuffix("'s") in others


def _with_others(tokens: Sequence[Token], at: int, others: Container[str]) -> Token:
    """The word for a relative at `at` with those listed before it: `sister or mother`."""
    first = at
    while first > 1 and tokens[first - 1].type in _LISTED:
        i = first - 1
        while i > 0 and tokens[i].type in _LISTED:
            i -= 1
        if not _is_anothers(tokens[i], others):
            break
        first = i
    return tokens[at]._replace(start=tokens[first].start)


def _ones_child(text: str, tokens: Sequence[Token], at: int) -> Token | None:
    """`women with children under 5 years`, `having a child younger than 2 years`."""
    around = [token for token in tokens[max(0, at - _SENTENCE) : at] if token.type != "FILL"][-_WHOSE:]
    if len(around) < _WHOSE - 1 or text[around[-1].start : around[-1].end].lower() not in whose().children:
        return None
    has = around[-2]
    if has.type == "SCALE":
        return around[-1] if text[has.start : has.end].lower() in words("owns") else None
    people = len(around) == _WHOSE and (around[0].type in SUBJECTS or around[0].value in whose().others)
    return around[-1] if has.type == "WITH" and people else None


def of_a_thing(text: str, tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """`stroke less than 6 months old`: where nobody is spoken of, how long ago the thing beside the limit happened."""
    sentence = tokens[max(0, at - _SENTENCE) : at]
    before = next((token for token in reversed(sentence) if token.type not in ("FILL", "SCALE")), None)
    if before is None or before.type not in _THINGS or before.value in whose().others:
        return False
    if _OLD not in text[tokens[at].start : tokens[at].end].lower():
        return False  # menarche before age 10
    if quantity.lower is not None and quantity.lower.inclusive:
        return False  # at least 13 years old: of people, who need not be named
    if _is_years(quantity) and max(bound.value for bound in quantity.bounds) >= _ADULT_YEARS:
        return False
    parted = max((i for i, token in enumerate(sentence) if token.type in ("SEMI", "STOP", "LPAR")), default=-1)
    return not any(token.type in SUBJECTS for token in sentence[parted + 1 :])


def of_event(text: str, tokens: Sequence[Token], at: int, age: Named) -> Named | None:
    """What happened at that age, if it is not the age that the candidate has now.

    `age at onset 10-40 years`, `onset of symptoms before age 18`, `menopause before 40 years of age`, `≥ 18 years at
    diagnosis`; but `18 years at screening`, `newly diagnosed patients aged 18 to 70`.
    """
    limit = tokens[at]
    if at > _FARTHEST and tokens[at - _FARTHEST].start >= age.start:
        return None
    if age.end <= limit.start and (name := _aged_at(text, tokens, at, age)):
        return name
    return _at_event(tokens, at) or _before_age(text, tokens, at, age) or _since_event(tokens, at)


def _aged_at(text: str, tokens: Sequence[Token], at: int, age: Named) -> Named | None:
    """`age at first diagnosis of X`, `onset age`: an event beside the word."""
    first = at
    while first and tokens[first - 1].start >= age.start:
        first -= 1
    i = first - 1
    while i >= 0 and (tokens[i].type in ("FILL", "OF") or tokens[i].value in _AT):
        i -= 1
    if i >= 0 and _happens(tokens[i]):
        return Named(None, tokens[i].start, age.end)
    inside = [token for token in tokens[first + 1 : at] if token.start >= age.end]
    if not inside or not (inside[0].value in _AT or inside[0].type in ("OF", "IF")):
        return None
    last = next((k for k, token in enumerate(inside) if token.type in ("COLON", "COMMA", "SEMI", "STOP")), len(inside))
    while last and (inside[last - 1].type in _BEHIND_NAMES or inside[last - 1].value in _AT):
        last -= 1
    if last and (_is_first(inside[:last]) or any(_happens(t) or _conditions_on_event(text, t) for t in inside[:last])):
        return Named(None, age.start, inside[last - 1].end)
    return None


def _at_event(tokens: Sequence[Token], at: int) -> Named | None:
    """`18 years or older at the time of diagnosis`."""
    i = at + 1
    while i < len(tokens) and tokens[i].type in ("FILL", "OLD", "RPAR"):
        i += 1
    if i == len(tokens) or not (tokens[i].value in ("at", "when") or tokens[i].type in ("IF", "AFTER")):
        return None
    for token in tokens[i : i + _NEAR_EVENT]:
        if token.type in _UNNAMED or token.type in ("WITH", "SUBJECT"):
            return None
        if _happens(token):
            return Named(None, tokens[i].start, token.end)
    return None


def _before_age(text: str, tokens: Sequence[Token], at: int, age: Named) -> Named | None:
    """`menopause before 40 years of age`, `diagnosed after the age of 40`, `onset between 10 and 20 years of age`."""
    first = at
    while first and tokens[first].start > age.start:
        first -= 1
    side = _SINCE.match(text, tokens[first].start)
    if side is None:
        first -= 1
        side = _SINCE.match(text, tokens[first].start) if first >= 0 else None
    name = name_before(tokens, first) if side is not None else None
    if side is None or name is None or _is_of_people(tokens, first):
        return None
    far = max(0, first - _FAR_EVENT)
    clause = max((i + 1 for i in range(far, first) if _parts(tokens, i)), default=far)
    said = tokens[clause:first]
    told = [token for token in (said[-1:] if side.group().lower() in _RANGED else said) if _happens(token)]
    if not told and side.group().lower() not in words("earlier"):
        return None
    return name._replace(start=min(name.start, *(token.start for token in told))) if told else name


def _parts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name ends before `tokens[at]`; the number of `type 1 diabetes` is within it."""
    numbers = tokens[at].type in LIMITS and at > 0 and tokens[at - 1].type == "IMPRECISE"
    return tokens[at].type in _UNNAMED and not numbers


def _since_event(tokens: Sequence[Token], at: int) -> Named | None:
    """`the diagnosis is older than 12 months`; but `newly diagnosed ≥ 18 years`."""
    i = at - 1
    while i >= 0 and tokens[i].type in ("FILL", "SCALE"):
        i -= 1
    event = i >= 0 and _happens(tokens[i]) and not tokens[i].value.endswith("ed")
    return Named(None, tokens[i].start, tokens[i].end) if event else None


def _is_of_people(tokens: Sequence[Token], at: int) -> bool:
    """`patients after the age of 18`, `must be after the age of 18`."""
    before = near(tokens, at, -1)
    return before in SUBJECTS or before in ("SCALE", "NOT") or (before == "MEASURE" and _is_age_word(tokens[at - 1]))


def _is_age_word(token: Token) -> bool:
    return token.type == "MEASURE" and token.value.name == "age"


def _happens(token: Token) -> bool:
    return token.type == "WORD" and token.value in words("events")


def _is_first(named: Sequence[Token]) -> bool:
    """`at first seizure`; but `at first dose`, which is the trial's."""
    first = next((i for i, token in enumerate(named) if token.type == "FIRST"), len(named))
    told = named[first + 1 :]
    return bool(told) and all(t.type in _NAMES and t.value not in words("ahead") for t in told)


def _conditions_on_event(text: str, token: Token) -> bool:
    """`at onset of`, which opens conditions elsewhere."""
    return token.type == "IF" and not words("events").isdisjoint(text[token.start : token.end].lower().split())


def _is_years(quantity: Quantity) -> bool:
    return all(bound.unit is not None and bound.unit.ucum == "a" for bound in quantity.bounds)


def is_age_word_before(tokens: Sequence[Token], at: int) -> bool:
    """The `age` of `age until 14 years`."""
    i = at - 1
    while i >= 0 and tokens[i].type in _BEHIND_NAMES:
        i -= 1
    return i >= 0 and _is_age_word(tokens[i])


def is_old_behind(tokens: Sequence[Token], at: int) -> bool:
    """`18-year-old` and `18 years age`; `18 years or older` has its word inside the limit."""
    if at + 2 < len(tokens) and tokens[at + 1].type == "TO" and tokens[at + 2].type == "OLD":
        return tokens[at + 1].start == tokens[at].end
    return at + 1 < len(tokens) and tokens[at + 1].type == "MEASURE" and tokens[at + 1].value.name == "age"


def by_side(quantity: Quantity, side: str) -> Quantity:
    """`before 10 years of age`, `until 14 years of age` bound an age that has no comparator of its own."""
    if quantity.shape != "series" or quantity.lower is None or side not in _SIDES:
        return quantity
    edge = quantity.lower._replace(inclusive=side == "UNTIL")
    lower, upper = (edge, None) if side == "AFTER" else (None, edge)
    return quantity._replace(lower=lower, upper=upper, shape="bound")


def in_weeks_and_days(quantity: Quantity) -> bool:
    """`pregnant 12+0 to 20+6 weeks`: only the age of a pregnancy is told so."""
    parted = any(bound.amount is not None and bound.amount.parts_of == "gestation" for bound in quantity.bounds)
    return parted and quantity.shape in ("range", "bound")
