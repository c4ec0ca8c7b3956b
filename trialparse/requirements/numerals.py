"""Atoms -> numbers: signs, groups, sums, weeks and days, number words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

import regex

from trialparse.lexicon.measures import MeasureRow
from trialparse.lexicon.vocabulary import vocabulary
from trialparse.lexicon.wording import words
from trialparse.requirements.amounts import Doubt
from trialparse.requirements.comparing import ComparisonReader
from trialparse.requirements.fit import dimension
from trialparse.requirements.footnotes import without_marks
from trialparse.requirements.numbers import magnitudes, mixed, numeral
from trialparse.requirements.powers import LOST_POWER, RAISED
from trialparse.requirements.tokens import Amount, Token, UnitMark
from trialparse.text.atoms import NUMERAL, WORD, atomise

# completed weeks and days: 36+6 weeks, 36 6/7 weeks, 36-6/7, 36(+6), 36(6/7), 36w6d; without the word only where it
# stands elsewhere
_WEEKS_DAYS = regex.compile(
    r"""(\d{1,2})
        (?: (?:\s?\+\s?(?P<n>[0-6])(?:/7)?|[\s-](?P<n>[0-6])/7|\s?\((?:\+(?P<n>[0-6])|(?P<n>[0-6])/7)\))
            (?P<word>\s?(?:weeks?|wks?|w)\b)?(?!\s?[.,]?\d)
          | \s?w(?:ks?|eeks?)?\s?(?P<n>[0-6])\s?d(?:ays?)?\b(?P<word>)
        )""",
    regex.VERBOSE,
)
_WEEKLY = ("week", "gestation", "menstrual")
# the two patterns of a Gleason sum, and a sum that the brackets behind it only explain
_GLEASON = regex.compile(r"([1-5])\s?\+\s?([1-5])(?:\s?=\s?\d{1,2})?(?![.,]?\d)")
_EXPLAINED = regex.compile(r"[(\[](?:\s?=?\s?[1-5]\s?\+\s?[1-5](?:\s?=\s?\d{1,2})?\s?(?:or|and|,|/|;)?)++\s?[)\]]")
_TEN = regex.compile(
    rf"""10(?:\s?(?:{RAISED}|[eE](?=\+?\d)|\*)\s?[({{]?(?P<n>[+-]?\d{{1,2}})\b[)}}]?\^?|\((?P<n>\d{{1,2}})\))
        (?P<lost>)?+(?P<wide>)?+""",
    regex.VERBOSE,
)
_DOTTED_TEN = regex.compile(r"(\d{1,4}(?:[.,]\d{1,2})??)\.10\s?\^\s?\d")
# a titer is told by the last dilution that still reacts: 1:160
_TITER = regex.compile(r"1\s?:(?P<wide>\s)?+(?P<n>\d{1,6}+)(?![.,:]?\d)")
_BEFORE_TITER = frozenset({"CMP", "MEASURE"})
_TITERS = ("titer", "titre", "dilution")
_LOST_POWER = regex.compile(LOST_POWER)
# the number of the next item of a list that was printed in one line: ECOG 0 or 1 5. Adequate renal function
_ITEM = regex.compile(r"\d{1,2}+[.)]\s++\p{Lu}\p{Ll}")
_ENDS = frozenset({"AMOUNT", "POST", "REF", "RPAR", "STOP", "SEMI"})
# the number of a list glued to the first number of its item: 1.18-75 years, 2.18 kg/m2 ≤ BMI
_GLUED_ITEM = regex.compile(
    r"""\d{1,2}\.([1-9]\d)(?![.,]?\d)
        (?=\s*+(?:years?\b|yrs?\b|kg/m\^?2)?+\s*+(?:[-–~≤<]|to\b|years?\b))""",
    regex.VERBOSE | regex.IGNORECASE,
)
_DECIMAL = regex.compile(r"\d\.\d")
# groups of digits that no way of writing numbers makes: 1 50 000, 100 .000
_SCATTERED = regex.compile(r"\d{1,3}(?: \d{2} \d{3}| [.,]\d{3})(?![\d.,]?\d)")
_ODD = re.compile(r"\s?[\d+.,:w^]|['·⋅∙•)/]|(?:-|\s?and\s)\d/|\s?\((?:\+|[0-6]/7)")
"""What stands behind the first digits of all of these, and of groups of thousands; most numbers are not looked at."""
_FAR = 30
_MINUS = frozenset({"-", "–", "—", "minus", "negative"})
_LEADS = frozenset({"CMP", "FOR"})
_COMPARED = frozenset({"CMP", "BETWEEN", "TO"})
SIGNS = _MINUS | {"+"}
"""Atoms that may be the sign of a number."""
NEAR_SCALE = 6
"""Tokens within which a scale is the one that is meant."""
LOOKBACK = 10
"""Tokens within which a scale gives numerals and letters their meaning."""
_HUNDRED = 2
_PARTS_OF_CLASS = frozenset("abc")


class NumeralReader(ComparisonReader):
    """Appends an AMOUNT for each number."""

    def __init__(self, text: str, start: int, end: int, *, decimal_comma: bool, doubt: Doubt | None = None) -> None:
        super().__init__(text, without_marks(atomise(text, start, end)), doubt)
        self.decimal_comma = decimal_comma
        self.lowered = ""
        self.scale: tuple[MeasureRow, int] | None = None
        """The last scale that was named, and how many tokens there were."""
        self._start, self._end = start, end
        criterion = text[start:end]
        self.shouted = criterion.isupper()
        """Whether all is printed in capitals, so that they tell no abbreviation."""
        if self.shouted or criterion.islower():
            self.vocabulary = vocabulary(one_case=True)

    def _is_sign(self, at: int) -> bool:
        """A hyphen or plus glued to a number is a sign where no number stands before it; apart, only in a limit."""
        atoms = self.atoms
        if at + 1 >= len(atoms) or atoms[at + 1][0] != NUMERAL or not self.tokens:
            return False
        previous = self.tokens[-1]
        if atoms[at + 1][2] != atoms[at][3]:
            worded = atoms[at][0] == WORD and previous.type in ("MEASURE", "SCALE", "OF", "AND", "OR", "FILL")
            apart = atoms[at][2] > previous.end  # not the ">- 50" of a slip
            return worded or (apart and atoms[at][1] in _MINUS and (previous.type in _COMPARED or self._closes_range()))
        if previous.type in ("CMP", "TO", "BETWEEN", "LPAR", "OR", "AND"):
            return True
        return (
            atoms[at][1] in _MINUS
            and previous.type in ("MEASURE", "WORD", "COLON", "OF", "SCALE", "FILL", "PERIOD", "IMPRECISE")
            and atoms[at][2] > previous.end
        )

    def _number(self, at: int, *, negative: bool = False) -> int:
        """Append the number at an atom; the atom behind it."""
        _, key, start, end = self.atoms[at]
        start -= negative
        stop = at + 1
        if self.text[start - 1 : start] == ")" and self._is_mark(at):
            self.tokens.append(Token("FILL", "", start, end))
            return stop
        if not key.isdigit() or key == "10" or _ODD.match(self.text, end):
            odd = self._compound(at, start) or self._unusual(at, start, negative=negative) or self._of_list(at, start)
            if odd:
                return odd
            while self._continues_thousands(at, stop):
                key, end, stop = key + self.atoms[stop][1], self.atoms[stop][3], stop + 1
        value = numeral(key, decimal_comma=self.decimal_comma)
        if "," in key and (value is None or self._in_scale(key)):
            return self._list(key, start, at)
        if value is None:
            self.tokens.append(Token("WORD", key, start, end))
            return stop
        if self._has_letter(stop, end):
            stop, end = stop + 1, end + 1
            self.doubt("letter_left_out", start, end, read=key)
        return self.read_amount(-value if negative else value, start, end, stop)

    def _is_mark(self, at: int) -> bool:
        """`(PHQ-9)22 score > 4`: the mark of a footnote behind a name in brackets."""
        behind = self.atoms[at + 1 : at + 2]
        return self.atoms[at][1].isdigit() and bool(behind) and behind[0][1] in words("scales")

    def _unit(self, at: int, end: int, exponent: int | None) -> tuple[UnitMark | None, bool, int]:
        """The unit behind a number; a class has none in the words behind it: `Wagner grade 2 foot ulcer`."""
        found = super()._unit(at, end, exponent)
        classed = self.scale is not None and self.scale[0].kind == "class" and self._scale_is_near(NEAR_SCALE)
        lengthy = found[0] is not None and dimension(found[0].ucum) == "length"
        return (None, False, at) if classed and lengthy else found

    def _has_letter(self, at: int, end: int) -> bool:
        """`stage 3b`: a class with the letter of a part of it."""
        if self.scale is None or self.scale[0].kind != "class" or not self._scale_is_near(NEAR_SCALE):
            return False
        return at < len(self.atoms) and self.atoms[at][1] in _PARTS_OF_CLASS and self.atoms[at][2] == end

    def _compound(self, at: int, start: int) -> int:
        """Append a sum, weeks with days or a titer that begins at an atom; the atom behind it, or 0."""
        if self._is_gleason() and (patterns := _GLEASON.match(self.text, start)):
            return self._whole(Amount(Decimal(patterns[1]) + Decimal(patterns[2])), patterns, at)
        gestation = _WEEKS_DAYS.match(self.text, start)
        if gestation is not None and (gestation["word"] is not None or self._mentions(_WEEKLY)):
            days = Decimal(gestation[1]) * 7 + Decimal(gestation["n"])
            unit = UnitMark("d", gestation.start(), gestation.end())
            return self._whole(Amount(days, unit, parts_of="gestation"), gestation, at)
        titer = _TITER.match(self.text, start) if self.atoms[at][1] == "1" else None
        if titer is not None and (titer["wide"] is None or self._is_of_titer()):
            unit = UnitMark("{titer}", titer.start(), titer.end())
            return self._whole(Amount(Decimal(titer["n"]), unit), titer, at)
        return 0

    def _unusual(self, at: int, start: int, *, negative: bool) -> int:
        """Append a number in a form that is more than digits and marks; the atom behind it, or 0."""
        key = self.atoms[at][1]
        ten = _TEN.match(self.text, start) if key == "10" else None
        if ten is not None:
            return self.read_amount(Decimal(1), start, start, at, power=ten)
        dotted = _DOTTED_TEN.match(self.text, start) if key.endswith(".10") else None
        if dotted is not None:
            whole = numeral(dotted[1]) or Decimal(0)
            return self.read_amount(-whole if negative else whole, start, dotted.end(1), at + 1)
        scattered = _SCATTERED.match(self.text, start)
        if scattered is not None:
            return self.refuse_number(start, self._atom_from(at, scattered.end()))
        odd = mixed(self.text, self.atoms[at][2])
        if odd is not None and not (odd.loose and not self._is_compared()):
            value = -odd.value if negative else odd.value
            return self.read_amount(value, start, odd.end, self._atom_from(at, odd.end))
        return 0

    def _of_list(self, at: int, start: int) -> int:
        """A number that is that of an item, or glued to it; the atom behind it, or 0."""
        _, key, _, end = self.atoms[at]
        glued = _GLUED_ITEM.match(self.text, start) if at == 0 else None
        if glued is not None and not _DECIMAL.search(self.text, glued.end(), min(glued.end() + _FAR, self._end)):
            self.doubt("ambiguous_number", start, end, read=glued[1])
            return self.read_amount(Decimal(glued[1]), start, end, at + 1)
        if _ITEM.match(self.text, start) and self.tokens and self.tokens[-1].type in _ENDS:
            self.tokens.append(Token("WORD", key, start, end))
            return at + 1
        return 0

    def _is_compared(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].type in _LEADS and not self._scale_is_near(NEAR_SCALE)

    def _is_gleason(self) -> bool:
        return self.scale is not None and self.scale[0].name == "gleason" and self._scale_is_near(LOOKBACK)

    def _past_explained(self, at: int) -> int:
        """The atom behind brackets that say of what a Gleason sum is the sum: 7 (3+4); 0 for others."""
        if not self._is_gleason() or self.tokens[-1].type not in ("AMOUNT", "POST"):
            return 0
        match = _EXPLAINED.match(self.text, self.atoms[at][2])
        return self._atom_from(at, match.end()) if match else 0

    def _whole(self, amount: Amount, match: regex.Match[str], at: int) -> int:
        """Append an amount that a pattern read as a whole."""
        self.tokens.append(Token("AMOUNT", amount, match.start(), match.end()))
        while at < len(self.atoms) and self.atoms[at][2] < match.end():
            at += 1
        return at

    def _continues_thousands(self, first: int, at: int) -> bool:
        """100 000/mm3: groups of three after single spaces, the first of at most three digits and not zero."""
        atoms = self.atoms
        if at >= len(atoms) or at < 1:
            return False
        kind, key, start, end = atoms[at]
        before = atoms[at - 1]
        glued = self.text[end : end + 1]
        if kind == NUMERAL and _LOST_POWER.match(self.text, start):
            return False  # 100 109/L
        return (
            kind == NUMERAL
            and len(key) == 3
            and key.isdigit()
            and start - before[3] == 1
            and before[1].isdigit()
            and (at > first + 1 or (len(before[1]) <= 3 and before[1][0] != "0"))
            and not (glued.isalpha() or glued == "-")
        )

    def _in_scale(self, key: str) -> bool:
        parts = key.split(",")
        return self.scale is not None and all(len(part) == 1 and part.isdigit() for part in parts)

    def _list(self, key: str, start: int, at: int) -> int:
        """0,1,2 printed without spaces: numbers and commas of their own."""
        for part in key.split(","):
            value = numeral(part) if part else None
            if value is not None:
                self.tokens.append(Token("AMOUNT", Amount(value), start, start + len(part)))
            start += len(part)
            self.tokens.append(Token("COMMA", "", start, start + 1))
            start += 1
        self.tokens.pop()
        return at + 1

    def _spelled(self, value: Decimal, at: int) -> tuple[Decimal, int]:
        """`one hundred thousand`, `two hundred and fifty`, `one point five`: the value, and the atom behind it."""
        whole = Decimal(0)
        while at < len(self.atoms):
            key = self.atoms[at][1]
            exponent = magnitudes().get(key) if len(key) > 1 else None
            if exponent is not None:
                value = value.scaleb(exponent)
                whole, value = (whole, value) if exponent == _HUNDRED else (whole + value, Decimal(0))
                at += 1
                continue
            more = self._number_at(at + (key in ("and", "point")))
            if more is None or (key != "point" and (whole + value) % 100):
                break
            digits, stop = more
            value += digits.scaleb(-len(str(digits))) if key == "point" else digits
            at = stop
        return whole + value, at

    def _number_at(self, at: int) -> tuple[Decimal, int] | None:
        """A number word and the atom behind it."""
        if at >= len(self.atoms):
            return None
        for entries, stop in self.vocabulary.match(self.text, self.atoms, at):
            if entries[0].kind == "NUM":
                return Decimal(entries[0].value), stop
        return None

    def _is_of_titer(self) -> bool:
        """`ANA > 1: 80`, but not `Cohort 1: 18 years`."""
        return (bool(self.tokens) and self.tokens[-1].type in _BEFORE_TITER) or self._mentions(_TITERS)

    def _mentions(self, words: Iterable[str]) -> bool:
        """Whether one of some lower-case words occurs in the criterion."""
        if not self.lowered:
            self.lowered = self.text[self._start : self._end].lower()
        return any(word in self.lowered for word in words)

    def _scale_is_near(self, reach: int) -> bool:
        return self.scale is not None and len(self.tokens) - self.scale[1] <= reach
