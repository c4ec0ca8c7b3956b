"""A number and what follows it: powers of ten, restatements, a plus sign, the unit."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import regex

from trialparse.lexicon.index import PhraseIndex
from trialparse.lexicon.units import units
from trialparse.lexicon.vocabulary import folded_unit_index, unit_index, vocabulary
from trialparse.requirements.fit import dimension
from trialparse.requirements.numbers import numeral
from trialparse.requirements.tokens import Amount, Token, UnitMark
from trialparse.text.atoms import NUMERAL, Atom

# x 10^9  ×10(9)  *10E9  10**9; the repaired forms x 109/L and x 10 9/L, which need the multiplier; x 10-6 mm2/s
_POWER = regex.compile(
    r"""\s*+(?:[x×X*·•]|times)?\s*+10\s?(?:\^|\*\*|[eE](?=\d)|\*)\s?\(?([+-]?\d{1,2})\b\)?
      | \s*+(?:[x×X*·•])?\s*+10\((\d{1,2})\)
      | \s*+(?:[x×X*·•]|times)\s*+(10\s?(?:-(?=\d++\s*+/))?(9|12|6|3))(?=\s*+(?:/|\p{L}))
      | \s*+(?:[x×X*·•]|times)\s*+10\s?(-\d{1,2})(?=\s*+\p{L})
    """,
    regex.VERBOSE,
)
_DAYS_OF_WEEK = frozenset("0123456")
_INTERPOSED = frozenset(
    "consecutive successive previous past prior last preceding continuous calendar full complete additional "
    "completed more entire whole terminal elimination plasma drug serum phase pharmacokinetic biological".split()
)
"""Words between a number and its unit of time: 6 consecutive months."""
_MULTIPLE = frozenset("x × times the its their of".split())
"""Likewise before half-lives alone: 5 times its half-life."""
_BETWEEN = _INTERPOSED | _MULTIPLE
_TIMES = (("time", "relative_time"), ("relative_time",))
_MOST_INTERPOSED = 4
# 100.000/mm3: cells are not counted in thousandths
_POINT_THOUSANDS = regex.compile(r"\d{1,3}\.\d{3}")
_LARGEST_POWER = 15
_PER_VOLUME = frozenset({"/mm3", "/uL"})


Doubt = Callable[..., None]
"""Told of what is not read, or read in doubt: the code of a diagnostic, start and end, and the message's details."""


def _untold(code: str, start: int, end: int, **details: object) -> None:
    """Nobody asked."""


class AmountReader:
    """Appends AMOUNT tokens, and knows the spellings of units."""

    def __init__(self, text: str, atoms: list[Atom], doubt: Doubt | None = None) -> None:
        self.text = text
        self.atoms = atoms
        self.tokens: list[Token] = []
        self.doubt: Doubt = doubt or _untold

    def read_amount(self, value: Decimal, start: int, end: int, at: int, power: regex.Match[str] | None = None) -> int:
        """Append AMOUNT (and POST for a plus sign) with the power of ten and the unit that follow the number.

        Args:
            value: of the number that stands at `start` to `end`.
            at: the atom behind it.
            power: the match of a number that is itself a power of ten (10^9/L).

        Returns:
            The atom behind the amount.
        """
        at, end = self._past_restatement(value, at, end)
        power = power or _POWER.match(self.text, end)
        exponent = None
        if power is not None:
            exponent = int(next(group for group in power.groups()[::-1] if group))
            end = power.end()
            at = self._atom_from(at, end)
        plus = self._plus(at, end)
        unit, swallowed, at = self._unit(at + (plus is not None), end if plus is None else plus[3], exponent)
        if unit is not None and power is not None and swallowed:
            unit = unit._replace(start=power.end() - len(power.group().lstrip()))
        if unit is not None and exponent is None and unit.ucum in _PER_VOLUME:
            value *= 1000 if _POINT_THOUSANDS.fullmatch(self.text, start, end) else 1
        if exponent is not None and not swallowed and abs(exponent) <= _LARGEST_POWER:
            value = value.scaleb(exponent)
        if unit is not None and unit.ucum == "wk" and plus is None:
            value, unit, at = self._with_days(value, unit, at)
        repaired = f"10^{exponent}" if power is not None and power.re is _POWER and power[3] else None
        amount = Amount(value, unit, repaired=repaired)
        self.tokens.append(Token("AMOUNT", amount, start, unit.end if unit else end))
        if plus is not None:
            self.tokens.append(Token("POST", ">=", plus[2], plus[3]))
        return at

    def _atom_from(self, at: int, offset: int) -> int:
        """The first atom from `at` on that begins at or behind `offset`."""
        while at < len(self.atoms) and self.atoms[at][2] < offset:
            at += 1
        return at

    def _plus(self, at: int, end: int) -> Atom | None:
        """The plus sign of `18+`, which is none where a number follows."""
        atoms = self.atoms
        if at >= len(atoms) or atoms[at][1] != "+" or atoms[at][2] != end:
            return None
        return None if at + 1 < len(atoms) and atoms[at + 1][0] == NUMERAL else atoms[at]

    def _past_restatement(self, value: Decimal, at: int, end: int) -> tuple[int, int]:
        """`six (6) months`, `12 (twelve) weeks`: the brackets say the number again."""
        atoms = self.atoms
        if at + 2 >= len(atoms) or atoms[at][1] != "(" or atoms[at + 2][1] != ")":
            return at, end
        kind, key = atoms[at + 1][:2]
        again = numeral(key) if kind == NUMERAL else None
        for entries, _ in vocabulary().match(self.text, atoms, at + 1)[:1]:
            again = Decimal(entries[0].value) if entries[0].kind == "NUM" else again
        return (at + 3, atoms[at + 2][3]) if again == value else (at, end)

    def _with_days(self, weeks: Decimal, unit: UnitMark, at: int) -> tuple[Decimal, UnitMark, int]:
        """`36 weeks and 6 days`, `36 weeks + 6 days` as days."""
        i = at + (at < len(self.atoms) and self.atoms[at][1] in ("+", "and", ","))
        if i >= len(self.atoms) or self.atoms[i][0] != NUMERAL or self.atoms[i][1] not in _DAYS_OF_WEEK:
            return weeks, unit, at
        for entries, stop in folded_unit_index().match(self.text, self.atoms, i + 1)[:1]:
            if entries[0].value == "d":
                days = weeks * 7 + Decimal(self.atoms[i][1])
                return days, UnitMark("d", unit.start, self.atoms[stop - 1][3]), stop
        return weeks, unit, at

    def _unit(self, at: int, end: int, exponent: int | None) -> tuple[UnitMark | None, bool, int]:
        """The unit at atom `at`, whether it swallowed the power of ten, and the atom after it."""
        text, atoms = self.text, self.atoms
        if at >= len(atoms) or "\n\n" in text[end : atoms[at][2]]:
            return None, False, at
        first = at
        if atoms[at][1] == "-" and atoms[at][2] == end and at + 1 < len(atoms) and atoms[at + 1][2] == end + 1:
            first = at + 1  # 18-year-old, 14-day
        first = self._past_interposed(first)
        if exponent is not None:
            powered = self._powered_unit(first, end, exponent)
            if powered is not None:
                return powered
        for index in (unit_index(), folded_unit_index()):
            for entries, stop in index.match(text, atoms, first)[:1]:
                ucum, stop = self._per(index, entries[0].value, stop)
                stop = self._restated_unit(index, ucum, stop)
                return UnitMark(ucum, atoms[first][2], atoms[stop - 1][3]), False, stop
        return None, False, at

    def _past_interposed(self, first: int) -> int:
        """The atom of the unit behind such words as stand between a number and a time."""
        at, multiple = first, False
        while at < len(self.atoms) and at - first < _MOST_INTERPOSED and self.atoms[at][1] in _BETWEEN:
            multiple = multiple or self.atoms[at][1] in _MULTIPLE
            at += 1
        return at if at > first and self._time(at) in _TIMES[multiple] else first

    def _time(self, at: int) -> str:
        """The dimension of the unit at an atom."""
        if at >= len(self.atoms):
            return ""
        found = folded_unit_index().match(self.text, self.atoms, at)
        return dimension(found[0][0][0].value) if found else ""

    def _per(self, index: PhraseIndex, ucum: str, at: int) -> tuple[str, int]:
        """`milliliter/minute per 1.73 m2`: spelled-out units with slashes, where the table holds their quotient."""
        atoms = self.atoms
        at_slash = self._restated_unit(index, ucum, at)
        if at_slash < len(atoms) and atoms[at_slash][1] in ("/", "per"):
            for entries, stop in index.match(self.text, atoms, at_slash + 1)[:1]:
                quotient = f"{ucum}/{entries[0].value}"
                if quotient in units():
                    return self._per(index, quotient, stop)
        return ucum, at

    def _restated_unit(self, index: PhraseIndex, ucum: str, at: int) -> int:
        """`kilograms per square meter (kg/m2)`: the brackets say the unit again."""
        atoms = self.atoms
        if at >= len(atoms) or atoms[at][1] not in "([":
            return at
        for entries, stop in index.match(self.text, atoms, at + 1):
            if stop < len(atoms) and atoms[stop][1] in ")]" and entries[0].value == ucum:
                return stop + 1
        return at

    def _powered_unit(self, at: int, end: int, exponent: int) -> tuple[UnitMark, bool, int] | None:
        """10^9/L and the like, where the table knows the power as part of the unit."""
        head: list[Atom] = [(NUMERAL, "10", end, end), (3, "^", end, end), (NUMERAL, str(exponent), end, end)]
        tail = self.atoms[at : at + 8]
        for index in (unit_index(), folded_unit_index()):
            for entries, length in index.match(self.text, [*head, *tail], 0)[:1]:
                if length > len(head):
                    stop = at + length - len(head)
                    return UnitMark(entries[0].value, self.atoms[at][2], self.atoms[stop - 1][3]), True, stop
        return None
