"""The unit behind a number, or beside the name of what is measured, in the many forms it is printed in."""

from __future__ import annotations

import regex

from trialparse.lexicon.conversion import is_measured_in
from trialparse.lexicon.index import PhraseIndex
from trialparse.lexicon.units import units
from trialparse.lexicon.vocabulary import folded_unit_index, unit_index
from trialparse.lexicon.wording import words
from trialparse.requirements import powers
from trialparse.requirements.fit import dimension
from trialparse.requirements.inverse import slashed, stands_in
from trialparse.requirements.tokens import Token, UnitMark
from trialparse.text.atoms import NUMERAL, WORD, Atom, atomise

# the mark of a footnote behind a unit: g/dL^1, g/dL[1]
_MARK_BEHIND = regex.compile(r"(?:\^|\[)\d\]?(?![\d.])")
_MARKED = regex.compile(r"(.*\p{L})[\da-e]")
_TIMES = (("time", "relative_time"), ("relative_time",))
_MOST_INTERPOSED = 4
_MARKED_WITHIN = 4
_STARRED_WITHIN = 6
_SHORT = 2
"""A unit in brackets is no single letter."""
_BESIDE_WITHIN = 12
_OTHER_LIMITS = frozenset({"MEASURE", "SEMI", "STOP"})
_OPENS_LIMIT = frozenset(": = < > <= >= ≤ ≥ between from of".split())
_RATED, _RATED_BY = frozenset({"mass", "substance", "volume"}), frozenset({"time", "mass", "volume"})
"""Dimensions whose quotients are read where the table does not hold them: nothing converts into them."""


class UnitReader:
    """Knows the spellings of units."""

    def __init__(self, text: str, atoms: list[Atom]) -> None:
        self.text = text
        self.atoms = atoms
        self.tokens: list[Token] = []
        self._inverse = bool(atoms) and stands_in(text, atoms[0][2], atoms[-1][3])
        self._beside: tuple[UnitMark, int] | None = None

    def _atom_from(self, at: int, offset: int) -> int:
        """The first atom from `at` on that begins at or behind `offset`."""
        while at < len(self.atoms) and self.atoms[at][2] < offset:
            at += 1
        return at

    def _unit(self, at: int, end: int, exponent: int | None) -> tuple[UnitMark | None, bool, int]:
        """The unit at atom `at`, whether it swallowed the power of ten, and the atom after it."""
        text, atoms = self.text, self.atoms
        if at >= len(atoms) or "\n\n" in text[end : atoms[at][2]]:
            return None, False, at
        first = at
        if atoms[at][1] == "-" and atoms[at][2] == end and at + 1 < len(atoms) and self._is_joined(at + 1, end):
            first = at + 1  # 18-year-old, 14-day
        first = self._past_interposed(first)
        if exponent is not None:
            powered = self._powered_unit(first, end, exponent)
            if powered is not None:
                return powered
        found = self._plain_unit(first)
        if found and found[1] < len(atoms) and atoms[found[1]][1] == "*":
            found = self._starred_unit(first) or found
        if found and not (self._is_split(found[1]) and self._marked_unit(first, [])):
            return found[0], False, self._past_mark(found[1])
        if own := self._own_unit(first):
            return own, False, first + 1
        if bracketed := self._bracketed_unit(first):
            return bracketed[0], False, bracketed[1]
        marked = self._starred_unit(first) or self._marked_unit(first, [])
        return (marked[0], False, marked[1]) if marked else (None, False, at)

    def _is_joined(self, at: int, end: int) -> bool:
        """Whether a hyphen joins the number that ends at `end` to an atom; over a blank, to a word: `5- half lives`."""
        kind, key, start, _ = self.atoms[at]
        return start == end + 1 or (start == end + _SHORT and kind == WORD and len(key) > _SHORT)

    def _plain_unit(self, first: int) -> tuple[UnitMark, int] | None:
        """The unit that begins at an atom and the atom behind it; a spelling in other capitals only if it is longer."""
        atoms = self.atoms
        if found := self._inverse_unit(first, ""):
            return found
        best = None
        for index in (unit_index(), folded_unit_index()):
            for entries, stop in index.match(self.text, atoms, first):
                if self._is_cut(stop):
                    continue
                if best is None or (stop > best[2] and atoms[stop - 1][1] != "."):
                    best = index, entries[0].value, stop
                break
        if best is None:
            return None
        index, ucum, stop = best
        if atoms[stop - 1][1] == "." and stop < len(atoms) and self.text[atoms[stop][2]].isupper():
            stop -= 1  # the point ends a sentence: for 6 mo. Patients must
        ucum, stop = self._per(index, ucum, stop)
        stop = self._restated_unit(index, ucum, stop)
        return UnitMark(ucum, atoms[first][2], atoms[stop - 1][3]), stop

    def _inverse_unit(self, first: int, power: str) -> tuple[UnitMark, int] | None:
        """`mmol·L-1`, `10^9 L⁻¹`: a unit with negative powers, where the table knows it with slashes."""
        if not self._inverse or first >= len(self.atoms):
            return None
        start = self.atoms[first][2]
        if (found := slashed(self.text, start, power)) is None:
            return None
        told, end = found
        atoms = atomise(told)
        unit = UnitReader(told, atoms)._plain_unit(0)
        if unit is None or unit[1] < len(atoms):
            return None
        return unit[0]._replace(start=start, end=end), self._atom_from(first, end)

    def _is_cut(self, stop: int) -> bool:
        """Whether a spelling that ends in a slash, such as `mmol/`, goes on in words that it does not know."""
        atoms = self.atoms
        if atoms[stop - 1][1] != "/" or stop >= len(atoms):
            return False
        return atoms[stop][0] in (WORD, NUMERAL) and atoms[stop][2] - atoms[stop - 1][3] <= 1

    def _is_split(self, stop: int) -> bool:
        """Whether a unit ends before a slash that is glued between it and more letters: the g of g/dLb."""
        atoms = self.atoms
        if stop + 1 >= len(atoms) or atoms[stop][1] != "/" or atoms[stop + 1][0] != WORD:
            return False
        return atoms[stop - 1][3] == atoms[stop][2] and atoms[stop][3] == atoms[stop + 1][2]

    def _own_unit(self, at: int) -> UnitMark | None:
        """`temperature > 100.4 F`: a unit only because of the measure before it."""
        measure = next((token.value for token in self.tokens[:-_BESIDE_WITHIN:-1] if token.type == "MEASURE"), None)
        if measure is None or not measure.own_units:
            return None
        _, _, start, end = self.atoms[at]
        ucum = measure.own_units.get(self.text[start:end])
        return None if ucum is None else UnitMark(ucum, start, end)

    def _bracketed_unit(self, at: int) -> tuple[UnitMark, int] | None:
        """`9 (g/dL)`: the unit in brackets, perhaps with a multiplier before its power, and the atom behind them."""
        atoms = self.atoms
        if at + 2 >= len(atoms) or atoms[at][1] not in "([":
            return None
        power = powers.POWER.match(self.text, atoms[at][3])
        if power is not None:
            found = self._powered_unit(self._atom_from(at, power.end()), power.end(), int(power["n"]))
            unit = None if found is None else (found[0]._replace(start=atoms[at + 1][2]), found[2])
        else:
            unit = self._plain_unit(at + 1 + (atoms[at + 1][1] == "in"))
        if unit is None or unit[1] >= len(atoms) or atoms[unit[1]][1] not in ")]":
            return None
        printed = self.text[unit[0].start : unit[0].end]
        return (unit[0], unit[1] + 1) if len(printed) >= _SHORT or not printed.isalnum() else None

    def unit_beside_name(self, at: int) -> int:
        """`Hemoglobin (g/dL) ≥ 9`: keep the unit in brackets behind a measure for its limit; the atom behind, or 0."""
        if not self.tokens or self.tokens[-1].type not in ("MEASURE", "SCALE"):
            return 0
        row = next((token.value for token in self.tokens[:-_BESIDE_WITHIN:-1] if token.type == "MEASURE"), None)
        found = None
        if row is not None:
            found = self._bracketed_unit(at) if self.atoms[at][1] in "([" else self._told_unit(at + 1)
        code = found[0].ucum if found is not None else None
        if row is None or found is None or code is None:
            return 0
        if not is_measured_in(row, code):
            return 0  # heart rate [HR]
        start, end = self.atoms[at][2], self.atoms[found[1] - 1][3]
        self.tokens.append(Token("FILL", "", start, end))
        self._beside = found[0], len(self.tokens)
        return found[1]

    def _told_unit(self, at: int) -> tuple[UnitMark, int] | None:
        """`age in years: 18-70`, `glucose, mg/dL: < 126`: a unit that opens its limit, and the atom behind it."""
        found = self._plain_unit(at) if at < len(self.atoms) else None
        if found is None or found[1] >= len(self.atoms) or found[0].end - found[0].start < _SHORT:
            return None
        behind = self.atoms[found[1]]
        return found if behind[0] == NUMERAL or behind[1] in _OPENS_LIMIT else None

    def _kept_unit(self, at: int) -> UnitMark | None:
        """The unit beside the name, where the number belongs to that name still."""
        if self._beside is None:
            return None
        unit, first = self._beside
        behind = self.tokens[first : first + _BESIDE_WITHIN + 1]
        if at < len(self.atoms) and self.atoms[at][1] in words("multiple"):
            return None  # 175 x (creatinine)^-1.154
        if len(behind) > _BESIDE_WITHIN or any(token.type in _OTHER_LIMITS for token in behind):
            self._beside = None
            return None
        return unit

    def _past_mark(self, at: int) -> int:
        """The atom behind a footnote's mark at a unit: g/dL^1, g/dL[1]."""
        if at >= len(self.atoms) or self.atoms[at][1] not in "^[" or self.atoms[at][2] != self.atoms[at - 1][3]:
            return at
        match = _MARK_BEHIND.match(self.text, self.atoms[at][2])
        return self._atom_from(at, match.end()) if match else at

    def _marked_unit(self, first: int, head: list[Atom]) -> tuple[UnitMark, int] | None:
        """`/L2`, `g/dLa`: a unit whose last word has the mark of a footnote glued to it."""
        atoms = self.atoms
        for i in range(first, min(first + _MARKED_WITHIN, len(atoms))):
            if i > first and atoms[i][2] != atoms[i - 1][3]:
                break
            mark = _MARKED.fullmatch(atoms[i][1]) if atoms[i][0] == WORD and i > first else None
            if mark is None:
                continue
            _, _, start, end = atoms[i]
            last: Atom = (WORD, mark[1], start, end - 1)
            known = [*head, *atoms[first:i], last]
            for index in (unit_index(), folded_unit_index()):
                for entries, length in index.match(self.text, known, 0)[:1]:
                    if length == len(known):
                        return UnitMark(entries[0].value, atoms[first][2], end - 1), i + 1
        return None

    def _starred_unit(self, first: int) -> tuple[UnitMark, int] | None:
        """`units*/week`: a unit with the star of a footnote before its slash."""
        atoms = self.atoms[first : first + _STARRED_WITHIN]
        at = next((i for i in range(1, len(atoms) - 1) if (atoms[i][1], atoms[i + 1][1]) == ("*", "/")), 0)
        if not at or atoms[0][2] + sum(end - start for _, _, start, end in atoms[: at + 2]) != atoms[at + 1][3]:
            return None  # none is near, or blanks stand between
        for entries, length in folded_unit_index().match(self.text, [*atoms[:at], *atoms[at + 1 :]], 0)[:1]:
            if length > at:
                return UnitMark(entries[0].value, atoms[0][2], atoms[length][3]), first + length + 1
        return None

    def _past_interposed(self, first: int) -> int:
        """The atom of the unit behind such words as stand between a number and a time."""
        at, multiple = first, False
        interposed, multiples = words("interposed"), words("multiple")
        while at < len(self.atoms) and at - first < _MOST_INTERPOSED:
            if self.atoms[at][1] in multiples:
                multiple = True
            elif self.atoms[at][1] not in interposed:
                break
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
        return self._rate(index, ucum, at)

    def _rate(self, index: PhraseIndex, ucum: str, at: int) -> tuple[str, int]:
        """`mmol/day`, `mmol/24 h`: an amount per time or mass, glued together, that is no row of the table."""
        atoms = self.atoms
        if dimension(ucum) not in _RATED or at >= len(atoms) or atoms[at][1] != "/" or atoms[at][2] != atoms[at - 1][3]:
            return ucum, at
        for entries, stop in index.match(self.text, atoms, at)[:1]:  # /24 h
            if entries[0].value[0] == "/" and dimension(entries[0].value) == "event_rate":
                return ucum + entries[0].value, stop
        for entries, stop in index.match(self.text, atoms, at + 1)[:1]:
            if dimension(entries[0].value) in _RATED_BY:
                return f"{ucum}/{entries[0].value}", stop
        return ucum, at

    def _restated_unit(self, index: PhraseIndex, ucum: str, at: int) -> int:
        """`kilograms per square meter (kg/m2)`: the brackets say the unit again, in the same or in another spelling."""
        atoms = self.atoms
        if at >= len(atoms) or atoms[at][1] not in "([":
            return at
        for entries, stop in index.match(self.text, atoms, at + 1):
            code, stop = self._per(index, entries[0].value, stop)
            if stop < len(atoms) and atoms[stop][1] in ")]" and _is_same(code, ucum):
                return stop + 1
        return at

    def _powered_unit(self, at: int, end: int, exponent: int) -> tuple[UnitMark, bool, int] | None:
        """10^9/L and the like, where the table knows the power as part of the unit."""
        head: list[Atom] = [(NUMERAL, "10", end, end), (3, "^", end, end), (NUMERAL, str(exponent), end, end)]
        tail = self.atoms[at : at + 8]
        if inverse := self._inverse_unit(at, f"10^{exponent}"):
            return inverse[0], True, inverse[1]
        for index in (unit_index(), folded_unit_index()):
            for entries, length in index.match(self.text, [*head, *tail], 0)[:1]:
                if length > len(head):
                    stop = self._restated_unit(index, entries[0].value, at + length - len(head))
                    return UnitMark(entries[0].value, self.atoms[at][2], self.atoms[stop - 1][3]), True, stop
            if found := self._powered_quotient(index, at, exponent):
                return found[0], True, found[1]
        marked = self._marked_unit(at, head)
        return (marked[0], True, marked[1]) if marked else None

    def _powered_quotient(self, index: PhraseIndex, at: int, exponent: int) -> tuple[UnitMark, int] | None:
        """`10^3 cells per microL`: a power per volume in words, where the table holds their quotient."""
        atoms = self.atoms
        slash = at + (at < len(atoms) and atoms[at][1] in words("counted"))
        if slash + 1 >= len(atoms) or atoms[slash][1] not in ("/", "per"):
            return None
        for entries, stop in index.match(self.text, atoms, slash + 1)[:1]:
            code = f"10*{exponent}/{entries[0].value.removeprefix('/')}"
            if code in units():
                return UnitMark(code, atoms[at][2], atoms[stop - 1][3]), stop
        return None


def _is_same(first: str, second: str) -> bool:
    """Whether two codes are of one unit: /mm3 is /uL."""
    a, b = units().get(first), units().get(second)
    return first == second or (a is not None and b is not None and (a.base, a.factor) == (b.base, b.factor))
