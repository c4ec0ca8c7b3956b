"""A number and what follows it: powers of ten, restatements, a plus sign, days of weeks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import regex

from trialparse.lexicon.vocabulary import folded_unit_index, unit_index, vocabulary
from trialparse.lexicon.wording import words
from trialparse.requirements import powers
from trialparse.requirements.fit import dimension
from trialparse.requirements.numbers import magnitudes, numeral, other_reading
from trialparse.requirements.tokens import Amount, Token, UnitMark
from trialparse.requirements.unit_forms import UnitReader
from trialparse.text.atoms import NUMERAL, Atom

# 17 (or 18) years, 11 (12) years: two numbers for one end
_ANOTHER = regex.compile(r"\s?\((?P<or>or|and|/)?+\s?(?P<n>\d{1,3}(?:\.\d{1,2})?)\)", regex.IGNORECASE)
_NEAR_BY = 2
# the mark of a footnote behind a number: 0-1[4]
_CITED = regex.compile(r"\[\d{1,2}(?:[,–-]\s?\d{1,2})*+\]")
_CONCENTRATIONS = frozenset("number_concentration activity_concentration arbitrary_number_concentration".split())
_SMALLER = {"wk": ("d", 7), "a": ("mo", 12)}
"""Unit of time -> the one that its parts are told in, and how many of them are one."""
# 100.000/mm3: cells and copies are not counted in thousandths
_POINT_THOUSANDS = regex.compile(r"\d{1,3}\.\d{3}")
_LARGEST_POWER = 15
_BEHIND_PLUS = frozenset(". , ; ) year years".split())
_RANGE_OPENS = 4
_REFERENCES = frozenset("uln unl lln".split())
_COUNTED = frozenset({"/mm3", "/uL", "{copies}/mL", "{copies}/uL"})
_PARTS = frozenset({"AMOUNT", "AND", "OR", "COMMA", "SEMI", "STOP"})
"""Token types behind which a number has a measure of its own."""


Doubt = Callable[..., None]
"""Told of what is not read, or read in doubt: the code of a diagnostic, start and end, and the message's details."""


def untold(code: str, start: int, end: int, **details: object) -> None:
    """Nobody asked."""


class AmountReader(UnitReader):
    """Appends AMOUNT tokens."""

    def __init__(self, text: str, atoms: list[Atom], doubt: Doubt | None = None) -> None:
        super().__init__(text, atoms)
        self.doubt: Doubt = doubt or untold

    def read_amount(self, value: Decimal, start: int, end: int, at: int, power: regex.Match[str] | None = None) -> int:
        """Append AMOUNT (and POST for a plus sign) with the power of ten and the unit that follow the number.

        Args:
            value: of the number that stands at `start` to `end`.
            at: the atom behind it.
            power: the match of a number that is itself a power of ten (10^9/L).

        Returns:
            The atom behind the amount.
        """
        at = self._past_cited(at, end)
        at, end = self._past_restatement(value, at, end)
        value, at, end = self._wider(value, start, at, end)
        printed = start, end
        value, at, end = self._magnified(value, at, end)
        if power is None and powers.OPENS_POWER.match(self.text, end):
            power = self._power(at, end)
            if power is None and (unread := powers.UNREAD_POWER.match(self.text, end)):
                return self.refuse_number(start, self._atom_from(at, unread.end()))
        exponent = None
        if power is not None:
            exponent, end = int(power["n"]), power.end()
            at = self._atom_from(at, end)
            if abs(exponent) > _LARGEST_POWER:
                return self.refuse_number(start, at)
        plus = self._plus(at, end)
        behind = at
        unit, swallowed, at = self._unit(at + (plus is not None), end if plus is None else plus[3], exponent)
        if power is not None:
            at = self._past_closing(power, at)
            amount = _powered(value, power, unit, swallowed=swallowed)
        else:
            amount, at = self._plain_amount(value, printed, unit or self._kept_unit(at), at, whole=plus is not None)
        unit, counted = amount.unit, self._counted(amount.unit, behind)
        self.tokens.append(Token("AMOUNT", amount, start, unit.end if unit and unit.end > end and not counted else end))
        self.tokens += counted
        if plus is None and unit is not None and (plus := self._plus(at, unit.end)):  # 60 yrs+
            at += 1
        if plus is not None:
            self.tokens.append(Token("POST", ">=", plus[2], plus[3]))
        return self._past_dot(at) if unit is None else at

    def _plain_amount(
        self, value: Decimal, printed: tuple[int, int], unit: UnitMark | None, at: int, *, whole: bool
    ) -> tuple[Amount, int]:
        """The amount of a number without a power, and the atom behind it; `whole` if no days follow its weeks."""
        start, end = printed
        if unit is not None and unit.ucum in _COUNTED and _POINT_THOUSANDS.fullmatch(self.text, start, end):
            value *= 1000
        parts_of = None
        if unit is not None and unit.ucum in _SMALLER and not whole:
            larger = unit.ucum
            value, unit, at = self._with_parts(value, unit, at)
            parts_of = larger if unit.ucum != larger else None
        other = other_reading(self.text[start:end], value)
        return Amount(value, unit, parts_of=parts_of, other=other), at

    def _power(self, at: int, end: int) -> regex.Match[str] | None:
        """The power of ten behind a number; one that may be a plain number only where a concentration follows."""
        mark = powers.MARK.match(self.text, end)
        power = powers.POWER.match(self.text, mark.end() if mark else end)
        wide = power is not None and power["wide"] and not self._is_concentration(at, power.end())
        return None if wide else power

    def _counted(self, unit: UnitMark | None, at: int) -> list[Token]:
        """The measure that a unit behind `at` names, if the number has no other: `> 50,000 platelets/µL`."""
        if unit is None or unit.ucum not in _COUNTED:
            return []
        found = vocabulary().match(self.text, self.atoms, self._atom_from(at, unit.start))[:1]
        row = next((entry.value for entries, _ in found for entry in entries if entry.kind == "MEASURE"), None)
        for token in reversed(self.tokens if row is not None else ()):
            if token.type == "MEASURE":
                return []
            if token.type in _PARTS:
                break
        return [] if row is None else [Token("MEASURE", row, unit.start, unit.end)]

    def _past_closing(self, power: regex.Match[str], at: int) -> int:
        """The atom behind the brackets around a power and its unit: `100 x (10^3/mm3)`."""
        opened = power.groupdict().get("open") is not None
        return at + (opened and at < len(self.atoms) and self.atoms[at][1] in ")]")

    def _past_dot(self, at: int) -> int:
        """`3 . ULN`: the dot is a sign of multiplication; the atom behind it."""
        atoms = self.atoms
        if at + 1 >= len(atoms) or atoms[at][1] != "." or atoms[at + 1][1] not in _REFERENCES:
            return at
        self.tokens.append(Token("TIMES", "", atoms[at][2], atoms[at][3]))
        return at + 1

    def _wider(self, value: Decimal, start: int, at: int, end: int) -> tuple[Decimal, int, int]:
        """`10 to 17 (or 18) years`: of two numbers for one end the one that takes in more people."""
        before = self.tokens[-1] if self.tokens else None
        if before is None or not (before.type in ("TO", "CMP") or self._closes_range()):
            return value, at, end
        match = _ANOTHER.match(self.text, end)
        if match is None:
            return value, at, end
        if not match["or"] and abs(Decimal(match["n"]) - value) > _NEAR_BY:
            return value, at, end
        choose = min if before.type == "CMP" and before.value.startswith(">") else max
        chosen = choose(value, Decimal(match["n"]))
        self.doubt("alternative_number", start, match.end(), read=f"{chosen:f}")
        return chosen, self._atom_from(at, match.end()), match.end()

    def _closes_range(self) -> bool:
        """Whether the other end of a range comes: `between 10 and`."""
        if not self.tokens or self.tokens[-1].type != "AND":
            return False
        return self._opens_range()

    def _opens_range(self) -> bool:
        return "BETWEEN" in [token.type for token in self.tokens[-_RANGE_OPENS:]]

    def refuse_number(self, start: int, at: int) -> int:
        """Let the number from `start` up to atom `at` be a word: it is none that any reading makes sense of."""
        end = self.atoms[at - 1][3]
        self.tokens.append(Token("WORD", self.text[start:end].lower(), start, end))
        self.doubt("unclear_number", start, end)
        return at

    def _magnified(self, value: Decimal, at: int, end: int) -> tuple[Decimal, int, int]:
        """`1.5 million`, `100 thousand`, `75K`, where no unit begins so."""
        atoms = self.atoms
        while at < len(atoms) and (exponent := magnitudes().get(atoms[at][1])) is not None:
            glued = atoms[at][2] == end
            if (len(atoms[at][1]) == 1 and not glued) or unit_index().match(self.text, atoms, at):
                break
            value, end, at = value.scaleb(exponent), atoms[at][3], at + 1
        return value, at, end

    def _is_concentration(self, at: int, offset: int) -> bool:
        """Whether the unit of a concentration of cells, copies or activity follows."""
        at = self._atom_from(at, offset)
        for index in (unit_index(), folded_unit_index()):
            for entries, _ in index.match(self.text, self.atoms, at)[:1]:
                return dimension(entries[0].value) in _CONCENTRATIONS
        return False

    def _plus(self, at: int, end: int) -> Atom | None:
        """The plus of `18+`, `60 yrs+` and `80 plus`, which is none where a number follows."""
        atoms = self.atoms
        if at < len(atoms) and atoms[at][1] == "plus" and (at + 1 == len(atoms) or atoms[at + 1][1] in _BEHIND_PLUS):
            return atoms[at]
        if at >= len(atoms) or atoms[at][1] != "+" or atoms[at][2] != end:
            return None
        return None if at + 1 < len(atoms) and atoms[at + 1][0] == NUMERAL else atoms[at]

    def _past_cited(self, at: int, end: int) -> int:
        """The atom behind the mark of a footnote that is glued to a number."""
        if self.text[end : end + 1] != "[" or (match := _CITED.match(self.text, end)) is None:
            return at
        return self._atom_from(at, match.end())

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

    def _leads_to_event(self, at: int) -> bool:
        """Whether an atom begins what a time is before or after."""
        found = vocabulary().match(self.text, self.atoms, at)[:1] if at < len(self.atoms) else ()
        return any(entry.kind in ("BEFORE", "AFTER", "OF") for entries, _ in found for entry in entries)

    def _with_parts(self, whole: Decimal, unit: UnitMark, at: int) -> tuple[Decimal, UnitMark, int]:
        """`36 weeks and 6 days`, `36 weeks + 6 days` as days, `17 years 11 months` as months."""
        smaller, number = _SMALLER[unit.ucum or ""]
        joined = at < len(self.atoms) and self.atoms[at][1] in ("+", "and", ",")
        if joined and smaller == "mo" and (self.atoms[at][1] != "and" or self._opens_range()):
            return whole, unit, at
        i = at + joined
        if i >= len(self.atoms) or self.atoms[i][0] != NUMERAL or not self.atoms[i][1].isdigit():
            return whole, unit, at
        rest = Decimal(self.atoms[i][1])
        for entries, stop in folded_unit_index().match(self.text, self.atoms, i + 1)[:1]:
            apart = joined and smaller == "mo" and self._leads_to_event(stop)  # `18 years and 6 months after surgery`
            if entries[0].value == smaller and rest < number and not apart:
                return whole * number + rest, UnitMark(smaller, unit.start, self.atoms[stop - 1][3]), stop
        return whole, unit, at


def _powered(value: Decimal, power: regex.Match[str], unit: UnitMark | None, *, swallowed: bool) -> Amount:
    """The amount of a number with a power of ten, which the unit may have swallowed: 75 x 10^9/L."""
    exponent = int(power["n"])
    if unit is not None and swallowed:
        unit = unit._replace(start=power.end() - len(power.group().lstrip()))
    lost = power["lost"] or power["wide"]
    value = value if swallowed else value.scaleb(exponent)
    return Amount(value, unit, repaired=f"10^{exponent}" if lost else None)


def with_units_behind(tokens: list[Token]) -> list[Token]:
    """The tokens, `6 or more weeks` as `6 weeks or more` is: a time behind the comparator is the unit of the number."""
    out: list[Token] = []
    for i, token in enumerate(tokens):
        rate = i + 1 < len(tokens) and tokens[i + 1].value in words("each")  # `6 or fewer hours per day`
        if token.type == "PERIOD" and not rate and _lacks_unit(out):
            amount, post = out[-2:]
            unit = UnitMark(token.value, token.start, token.end)
            out[-2:] = [
                amount.turned("AMOUNT", amount.value._replace(unit=unit)),
                Token("POST", post.value, post.start, token.end),
            ]
        else:
            out.append(token)
    return out


def _lacks_unit(before: Sequence[Token]) -> bool:
    """Whether a number without a unit and a comparator behind it end here."""
    kinds = [token.type for token in before[-2:]]
    return kinds == ["AMOUNT", "POST"] and before[-2].value.unit is None
