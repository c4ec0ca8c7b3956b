"""What stands around a limit: the next telling token, and whether the limit only says an earlier one again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from trialparse.lexicon.wording import words
from trialparse.requirements.fit import dimension, same_side
from trialparse.requirements.naming import LIMITS, Named
from trialparse.requirements.quantity import Quantity, same_scale
from trialparse.requirements.tokens import GRADED, Token

WALLS = frozenset({"SEMI", "STOP"})
"""Token types that end a clause."""
SUBJECTS = frozenset({"SUBJECT", "POP"})
"""Token types for people."""
FOR_WHOM = frozenset({"IF", "UNLESS", "FOR", "WITH", "WITHIN", "SUBJECT", "POP"})
"""Token types behind a limit that may say whom it is for."""
_FOR_WHAT = frozenset({"FOR", "IF", "WITH", "NOT"})
_TIMED = frozenset({"TIME", "LIMIT_TIME", "PAST", "NEXT"})
_BETWEEN_POPULATIONS = frozenset({"POP", "AND", "OR", "COMMA", "SEMI", "SLASH", "LPAR", "RPAR"})
_NEAR = 12
_IN_VOLUME = re.compile(r"/[dmun]?L$")
"""Units of concentrations, in which a limit behind `or` says the one before it again if it is in another one."""
_SCALE_STARTS = frozenset({0, 1})
_SCALES = frozenset({"MEASURE", "SCALE"})
_NAMES_SCALE = _SCALES | {"FILL", "OF", "BETWEEN", "COLON", "LPAR", "COMMA"}
"""What may stand between `on` and the numbers that a scale goes from and to."""
_TO_MEAN = 2
_NORMS = frozenset({"NORMAL", "REF", "WNL"})
_BEFORE_NORM = frozenset({"COLON", "FILL", "OF", "SCALE"})
_NEAR_NAME = 3
_TO_PAST = 5


class Finding(NamedTuple):
    """A limit with what it is a limit of."""

    measures: tuple[Named, ...]
    quantity: Quantity
    start: int
    end: int
    shared: bool = False
    """Whether the measure comes from an earlier limit or from the parent criterion."""
    event: Named | None = None
    """When the patient was, is or will be of that age, if not now: at onset, at diagnosis."""

    @property
    def names(self) -> frozenset[str]:
        """What is limited; by its place if the lexicon does not hold it."""
        return frozenset(named.row.name if named.row is not None else f"{named.start}" for named in self.measures)


def near(tokens: Sequence[Token], at: int, step: int) -> str:
    """Type of the next token in the direction `step` that is no filler; "" at the edge of the clause or a bracket."""
    for i in range(at + step, at + step * _NEAR, step):
        if not 0 <= i < len(tokens):
            break
        kind = tokens[i].type
        if kind != "FILL":
            return "" if kind in WALLS or kind == "LPAR" else kind
    return ""


def restates(tokens: Sequence[Token], at: int) -> bool:
    """Whether the limit at `at`, alone in brackets behind another one, says the same in other units."""
    if at < 2 or tokens[at - 1].type not in ("LPAR", "OR", "SLASH") or tokens[at - 2].type not in LIMITS:
        return False
    bracketed = tokens[at - 1].type == "LPAR"
    if bracketed and not _stands_alone(tokens, at):
        return False
    first: Quantity = tokens[at - 2].value
    second: Quantity = tokens[at].value
    if not first.bounds or not second.bounds:
        return False
    a, b = first.bounds[0], second.bounds[0]
    if a.unit is None and a.relative_to is None and b.unit is None:
        return False
    if same_scale(a, b):
        return a.value == b.value and (bracketed or not _faces(first, second))
    if not bracketed:
        if tokens[at - 1].type == "SLASH":
            return second.shape == "series"
        measured = all(bound.unit is not None and _IN_VOLUME.search(bound.unit.ucum or "") for bound in (a, b))
        return measured and (second.shape == "series" or same_side(first, second))  # `≤ 300 mg/dL or 7.75 mmol/L`
    return second.shape in ("series", "pair") or same_side(first, second)


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing else is in the brackets; a time there is no other limit again: `Karnofsky ≥ 60 (≥ 16 years)`."""
    alike = (tokens[at].type == "LIMIT_TIME") == (tokens[at - 2].type == "LIMIT_TIME")
    return alike and at + 1 < len(tokens) and tokens[at + 1].type == "RPAR"


def _faces(first: Quantity, second: Quantity) -> bool:
    """`≤ 1.5 × ULN or > 1.5 × ULN with Gilbert's disease`: two sides of one number."""
    return first.shape == second.shape == "bound" and not same_side(first, second)


def explains(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """Whether the numbers are no limit at all: `(n=20)`, `1 cmH2O = 0.098 kPa`, the `(3)` that numbers what follows."""
    before = tokens[at - 1].type if at else ""
    if quantity.shape == "equal" and at + 1 < len(tokens) and tokens[at + 1].type == "TIMES":
        return True  # eGFR = 175 x creatinine^-1.154
    if quantity.shape == "equal":
        return before == "NORMAL" or before in LIMITS
    if quantity.shape != "series" or any(b.unit or b.relative_to for b in quantity.bounds) or at + 2 >= len(tokens):
        return False
    return before == "LPAR" and tokens[at + 1].type == "RPAR" and tokens[at + 2].type == "WORD"


def is_graded(tokens: Sequence[Token], at: int) -> bool:
    """Whether the limit at `at` is the grade or the stage of the disease beside it."""
    return at > 0 and tokens[at - 1].type == "SCALE" and tokens[at - 1].value == GRADED


def treated_then(tokens: Sequence[Token], finding: Finding) -> bool:
    """`no more than 1 prior regimen for stage IV disease`: a stage that says what an earlier treatment was for."""
    row = finding.measures[0].row
    if row is None or row.kind != "class":
        return False
    i = bisect_left(tokens, finding.start, key=lambda token: token.start) - 1
    while i >= 0 and tokens[i].type == "FILL":
        i -= 1
    if i < 0 or tokens[i].type != "FOR":
        return False
    before = [token.type for token in tokens[max(0, i - _TO_PAST) : i]]
    return before[-1:] == ["WORD"] and "PAST" in before


def tells_norm(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """Whether a limit in brackets only says what is normal: `PSA > 10 ng/mL (normal: < 5)`, `TSH (ULN 4.0) > 10`."""
    i = at - 1
    while i > 0 and tokens[i].type in _BEFORE_NORM:
        i -= 1
    if i < 1 or not (tokens[i].type in _NORMS or tokens[i].value in words("norms")):
        return False
    while i > 0 and (tokens[i].type in _NORMS | {"FILL"} or tokens[i].value in words("norms")):
        i -= 1
    if tokens[i].type != "LPAR" or i == 0 or any(bound.relative_to for bound in quantity.bounds):
        return False
    behind = [token.type for token in tokens[at + 1 : at + 3]]
    return tokens[i - 1].type in LIMITS or (behind[:1] == ["RPAR"] and behind[-1] in LIMITS)


def tells_scale(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """`≥ 2 on a visual analogue scale from 0 to 3`: where the scale goes from, behind the limit on it."""
    low = quantity.lower
    if quantity.shape != "range" or low is None or low.unit is not None or low.value not in _SCALE_STARTS:
        return False
    before = tokens[max(0, at - _NEAR) : at]
    on = next((i for i in range(len(before) - 1, 0, -1) if before[i].value == "on"), 0)
    kinds = {token.type for token in before[on + 1 :]}
    return on > 0 and before[on - 1].type == "LIMIT" and kinds <= _NAMES_SCALE and not kinds.isdisjoint(_SCALES)


def tells_gap(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """`1 point below the cut-off`: how far something is off what no reference limit is."""
    behind = tokens[at + 1 : at + 1 + _TO_MEAN]
    unit = quantity.bounds[0].unit if quantity.bounds else None
    if unit is None or dimension(unit.ucum) == "relative_sd" or [token.type for token in behind[:1]] != ["CMP"]:
        return False
    return quantity.shape == "series" or behind[-1].value in words("yardsticks")


def off_mean(tokens: Sequence[Token], at: int, quantity: Quantity) -> Quantity:
    """`> 2 SD below the mean` is less than -2, `within 2 SD of the mean` between -2 and 2."""
    bound = quantity.bounds[0] if quantity.bounds else None
    if bound is None or quantity.shape == "range" or bound.unit is None or dimension(bound.unit.ucum) != "relative_sd":
        return quantity
    behind = [token for token in tokens[at + 1 : at + _NEAR] if token.type != "FILL"]
    if len(behind) < _TO_MEAN or behind[1].value not in words("middles"):
        return quantity
    turned = bound._replace(value=-bound.value)
    if behind[0].value == "<":
        return quantity._replace(lower=quantity.upper and turned, upper=quantity.lower and turned)
    if near(tokens, at, -1) == "WITHIN" and quantity.shape in ("series", "bound"):
        return quantity._replace(lower=turned, upper=bound, shape="range")
    return quantity


def tells_whom(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands behind the limit at `at` says for whom or for what it holds: `≥ 2 cm for lymph nodes`."""
    behind = tokens[at + 2 : at + 2 + _NEAR_NAME]
    if not behind or any(token.type == "MEASURE" for token in behind):
        return False
    if behind[0].type in _TIMED and tokens[at + 1].type != "IF":  # `for 3 weeks`
        return False
    return tokens[at + 1].type in _FOR_WHAT or tokens[at + 1].value in words("meanwhile")


def is_alternative(tokens: Sequence[Token], earlier: int, at: int) -> bool:
    """Whether the bare amount at `at` is the earlier limit's for other people, and so has its comparator.

    `≤ 2.5 × ULN (5 × ULN if liver metastases are present)`, `> 1.5 mg/dL in men and 1.4 mg/dL in women`,
    `≤ 3 × ULN unless liver metastases are present, then 5 × ULN`.
    """
    if tokens[at - 1].type == "THEN":
        return True
    behind = near(tokens, at, 1) or ("POP" if _is_population(tokens, at + 1) else "")
    between = [token.type for token in tokens[earlier + 1 : at] if token.type != "FILL"]
    if between == ["LPAR"]:
        return behind in FOR_WHOM
    return behind == "POP" and "POP" in between and set(between) <= _BETWEEN_POPULATIONS


def _is_population(tokens: Sequence[Token], at: int) -> bool:
    """`(men)` behind a limit."""
    return at + 1 < len(tokens) and tokens[at].type == "LPAR" and tokens[at + 1].type == "POP"


def by_first_token(tokens: Sequence[Token], findings: Mapping[int, Finding]) -> dict[int, tuple[Finding, int]]:
    """Finding and the token after it, by the first token that it covers; of two that overlap the first wins."""
    out: dict[int, tuple[Finding, int]] = {}
    taken = -1
    for at in sorted(findings):
        finding = findings[at]
        first, last = at, at
        while first > 0 and tokens[first - 1].start >= finding.start:
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].end <= finding.end:
            last += 1
        out[max(first, taken + 1)] = (finding, last + 1)
        taken = max(taken, last)
    return out


def outside_brackets(tokens: Sequence[Token]) -> list[Token]:
    """The tokens that stand in no closed brackets: what a remark denies is not the limit around it."""
    out: list[Token] = []
    opened: list[int] = []
    for token in tokens:
        if token.type == "LPAR":
            opened.append(len(out))
        out.append(token)
        if token.type == "RPAR" and opened:
            del out[opened.pop() :]
    return out
