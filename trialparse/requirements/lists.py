"""Measures that share a limit: `ALT, AST and ALP ≤ 3 x ULN`, `1.5 x ULN in any of: ALT, AST`."""

from __future__ import annotations

from collections.abc import Sequence

from trialparse.lexicon.measures import measures
from trialparse.lexicon.wording import words
from trialparse.requirements.fit import fits
from trialparse.requirements.naming import LIMITS, Named
from trialparse.requirements.neighbours import WALLS
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.tokens import Token

_CONNECTORS = frozenset({"AND", "OR", "COMMA", "BUT", "SLASH"})
_INSIDE = _CONNECTORS | {"LPAR", "RPAR", "FILL", "SCALE"}
_OVER = frozenset({"SLASH", "COLON", "TO", "TIMES"})
_PLUS = "plus"
_PAIR = 2
_APART = 3
_TO_COLON = 6
_LONGEST = 80


class _Names:
    """The measures of a list, read from its end."""

    def __init__(self) -> None:
        self.found: list[Named] = []
        self._gap = 0
        """Tokens since the last name."""

    def add(self, token: Token) -> bool:
        """Whether a measure is one more of the list, or says one of it again."""
        row = token.value
        seen = any(named.row is not None and named.row.name == row.name for named in self.found)
        if seen and self._gap > _APART:
            return False
        if seen:
            self.found = [Named(n.row, token.start, n.end) if n.row is row else n for n in self.found]
        elif self.found and not self._gap:
            self.found[-1] = self.found[-1]._replace(start=token.start)  # prothrombin time INR: one name
        else:
            self.found.append(Named(row, token.start, token.end))
        self._gap = 0
        return True

    def forget(self, start: int, stop: int) -> None:
        """Leave out the names in the brackets from `start` to `stop`."""
        self.found = [named for named in self.found if not start < named.start < stop]

    def part(self) -> None:
        """Pass over what parts two names."""
        self._gap += 1


def list_before(tokens: Sequence[Token], last: int, quantity: Quantity) -> list[Named]:
    """The list that ends with the measure at `last`; a synonym in brackets is the same measure."""
    if (ratio := _ratio(tokens, last)) is not None:
        return [ratio]
    names = _Names()
    depth = 0  # of the brackets that the name stands in: AST (serum oxaloacetic transaminase [SGOT])
    while last + 1 + depth < len(tokens) and tokens[last + 1 + depth].type == "RPAR":
        depth += 1
    closed = 0
    for i in range(last, max(-1, last - _LONGEST), -1):
        token = tokens[i]
        if token.type == "LPAR" and i and tokens[i - 1].type in LIMITS:
            names.forget(token.start, closed)  # eGFR ≥ 50 mL/min (CKD-EPI) and UACR > 300 mg/g
            break
        closed = token.start if token.type == "RPAR" else closed
        depth += (token.type == "RPAR") - (token.type == "LPAR")
        if token.type == "MEASURE" and fits(token.value, quantity):
            if not names.add(token):
                break
        elif (token.type in _INSIDE or token.value in words("qualifiers")) and depth >= 0:
            names.part()
        else:
            break
    return _quotient(names.found[::-1], tokens[max(0, last - _LONGEST) : last])


def _ratio(tokens: Sequence[Token], last: int) -> Named | None:
    """`calcium/phosphate ratio`, `ratio of A to B`, `A plus B`: two measures that the lexicon holds apart only."""
    first = last - 1
    while first > 0 and tokens[first].type in _OVER | {"AND"}:
        first -= 1
    if first < 0 or first == last - 1 or tokens[first].type != "MEASURE":
        return None
    between = tokens[first + 1 : last]
    if any(token.value == _PLUS for token in between):
        return Named(None, tokens[first].start, tokens[last].end)
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    kinds = words("sums" if any(token.type == "AND" for token in between) else "ratios")
    if behind is not None and behind.value in kinds:
        return Named(None, tokens[first].start, behind.end)
    before = [token for token in tokens[max(0, first - 3) : first] if token.type not in ("OF", "FILL")]
    return Named(None, before[-1].start, tokens[last].end) if before and before[-1].value in kinds else None


def sum_behind(tokens: Sequence[Token], first: int) -> Named | None:
    """`≥ 30 % blasts plus promyelocytes`: what the measure at `first` is added to, where something stands there."""
    behind = tokens[first + 1 : first + 3]
    if len(behind) < _PAIR or behind[0].value != _PLUS or behind[1].type not in ("WORD", "MEASURE"):
        return None
    return Named(None, tokens[first].start, behind[1].end)


def _quotient(found: list[Named], around: Sequence[Token]) -> list[Named]:
    """Two measures with a slash whose quotient is a measure: `FEV1 (forced expiratory volume) / FVC`."""
    if len(found) != _PAIR or found[0].row is None or found[1].row is None:
        return found
    row = measures().get(f"{found[0].row.name}_{found[1].row.name}")
    if row is None or not any(t.type == "SLASH" and found[0].end <= t.start < found[1].start for t in around):
        return found
    return [Named(row, found[0].start, found[1].end)]


def list_behind(tokens: Sequence[Token], first: int, quantity: Quantity) -> list[Named]:
    """The list that begins with the measure at `first`, or with the one behind a colon soon after it."""
    found: list[Named] = []
    start = _after_colon(tokens, first)
    for token in tokens[start : start + _LONGEST]:
        if token.type == "MEASURE" and fits(token.value, quantity):
            if all(named.row is not token.value for named in found):
                found.append(Named(token.value, token.start, token.end))
        elif token.type not in _INSIDE:
            break
    return found


def _after_colon(tokens: Sequence[Token], at: int) -> int:
    """`any liver function test: ALT, AST`: the measures behind the colon are the ones that count."""
    for i in range(at + 1, min(at + _TO_COLON, len(tokens) - 1)):
        if tokens[i].type == "COLON" and tokens[i + 1].type == "MEASURE":
            return i + 1
        if tokens[i].type in WALLS:
            break
    return at
