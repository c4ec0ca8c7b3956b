"""Limits on age that do not say so: `≥ 18 years`, `for patients < 60`, `18-year-old`."""

from __future__ import annotations

from collections.abc import Sequence

from trialparse.lexicon.people import whose
from trialparse.requirements.naming import counts
from trialparse.requirements.neighbours import SUBJECTS, near
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.tokens import Token

_ADULT_YEARS = 14
_CLAUSE = 6
_WHOSE = 3
_FOR = len("for")
_OLD = "old"
_AGES = (5, 100)
_PARTED = frozenset({"SEMI", "STOP", "COMMA", "AND", "OR", "LIMIT", "TIME", "LIMIT_TIME"})
_THINGS = frozenset({"WORD", "DISORDER"})
_TAILS = frozenset({"", "SUBJECT", "POP", "COMMA", "AND", "OR", "WITH", "RPAR"})


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
        return True
    alone = all(token.type in ("FILL", "BETWEEN") for token in tokens[:at]) and _is_years(quantity)
    return (previous in SUBJECTS or alone) and following in _TAILS


def _lasts(token: Token) -> bool:
    """`duration of`, `lasting`, `history`; but not `for` alone."""
    if token.type == "FOR":
        return token.end - token.start > _FOR
    return token.type == "WORD" and token.value in whose().lasting


def anothers(tokens: Sequence[Token], at: int) -> Token | None:
    """Whose age it is, if not the candidate's: `mother older than 35 years`, `age of the donor < 60`."""
    others = whose().others
    passed = 0
    token: Token
    for token in reversed(tokens[:at]):
        if token.type in _PARTED or passed == _WHOSE:
            break
        if token.type == "WORD" and token.value.removesuffix("'s") in others:
            return token
        passed += token.type not in ("FILL", "OF", "SCALE")
    return None


def of_a_thing(text: str, tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """`stroke less than 6 months old`: where nobody is spoken of, how long ago the thing beside the limit happened."""
    before = next((token for token in reversed(tokens[:at]) if token.type not in ("FILL", "SCALE")), None)
    if before is None or before.type not in _THINGS or before.value in whose().others:
        return False
    if _OLD not in text[tokens[at].start : tokens[at].end].lower():
        return False  # menarche before age 10
    if quantity.lower is not None and quantity.lower.inclusive:
        return False  # at least 13 years old: of people, who need not be named
    if _is_years(quantity) and max(bound.value for bound in quantity.bounds) >= _ADULT_YEARS:
        return False
    parted = max((i for i in range(at) if tokens[i].type in ("SEMI", "STOP", "LPAR")), default=-1)
    return not any(token.type in SUBJECTS for token in tokens[parted + 1 : at])


def _is_years(quantity: Quantity) -> bool:
    return all(bound.unit is not None and bound.unit.ucum == "a" for bound in quantity.bounds)


def is_old_behind(tokens: Sequence[Token], at: int) -> bool:
    """`18-year-old` and `18 years age`; `18 years or older` has its word inside the limit."""
    if at + 2 < len(tokens) and tokens[at + 1].type == "TO" and tokens[at + 2].type == "OLD":
        return tokens[at + 1].start == tokens[at].end
    return at + 1 < len(tokens) and tokens[at + 1].type == "MEASURE" and tokens[at + 1].value.name == "age"


def by_side(quantity: Quantity, side: str) -> Quantity:
    """`before 10 years of age` bounds an age that has no comparator of its own."""
    if quantity.shape != "series" or quantity.lower is None or side not in ("BEFORE", "AFTER"):
        return quantity
    edge = quantity.lower._replace(inclusive=False)
    lower, upper = (None, edge) if side == "BEFORE" else (edge, None)
    return quantity._replace(lower=lower, upper=upper, shape="bound")


def in_weeks_and_days(quantity: Quantity) -> bool:
    """`pregnant 12+0 to 20+6 weeks`: only the age of a pregnancy is told so."""
    parted = any(bound.amount is not None and bound.amount.parts_of == "gestation" for bound in quantity.bounds)
    return parted and quantity.shape in ("range", "bound")
