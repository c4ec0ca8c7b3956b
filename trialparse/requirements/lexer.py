"""Readable text -> tokens. One pass over the atoms; phrases come from the index, amounts from `amounts`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from trialparse.lexicon.index import Entry
from trialparse.lexicon.measures import MeasureRow, measures
from trialparse.lexicon.people import whose
from trialparse.lexicon.wording import words
from trialparse.requirements.amounts import Doubt
from trialparse.requirements.firsts import BEHIND_VALUES, BY_CONTEXT, NUMBER_KINDS, OPENS_REMARK, First, firsts
from trialparse.requirements.fit import dimension
from trialparse.requirements.numbers import ROMANS, roman
from trialparse.requirements.numerals import LOOKBACK, NEAR_SCALE, SIGNS, NumeralReader
from trialparse.requirements.tokens import GRADED, Amount, Token
from trialparse.text.atoms import NUMERAL, WORD

_VALUES = frozenset({"AMOUNT", "POST", "INCL", "EXCL", "REF", "OLD"})
_PREPOSITIONS = frozenset({"over", "above", "under", "below", "beyond"})
_ROMAN_RANGE = regex.compile(r"\b(?:I{1,3}|IV)\s?[-–]\s?(?:I{2,3}|I?V|VI)\b")
_CLASS_BEFORE = regex.compile(
    r"\b(?:class(?:es)?|(?P<graded>stages?|grades?))\s++(?:[IV]{1,3}(?:\s*+(?:or|and|to|[-–/,])\s*+))?$",
    regex.IGNORECASE,
)
_BEFORE_GRADE = 4
_NAMING = frozenset({"WORD", "OF", "LPAR", "SCALE", "FILL", "COLON", "TO"})
_COMPARING = frozenset("> < ≥ ≤ >= <= =".split())
_WITHIN_VALUE = _COMPARING | frozenset("- – / ,".split())
_BEHIND_GRADE = 10
_BEFORE_NAME = 3
_GRADES = frozenset({"grade", "grades"})
_IN_NAMES = regex.compile(r"-|\d++$|[a-z]++$")
_SCALES = frozenset({"score", "class"})
_GENERIC = frozenset({"grade", "grades", "stage", "stages", "performance status"})
"""Scales of their own only where no other scale has just been named: Kellgren-Lawrence grade 2."""


class Lexer(NumeralReader):
    """Reads one criterion's text into tokens."""

    def __init__(self, text: str, start: int, end: int, *, decimal_comma: bool, doubt: Doubt | None = None) -> None:
        super().__init__(text, start, end, decimal_comma=decimal_comma, doubt=doubt)
        self._range_start = start

    def run(self) -> list[Token]:
        """The tokens, in order; words that no table holds are WORD."""
        atoms, tokens, begins = self.atoms, self.tokens, firsts()
        i = 0
        while i < len(atoms):
            kind, key, start, end = atoms[i]
            first = begins.get(key)
            if kind == NUMERAL:
                i = (first is not None and self._named_by_number(i)) or self._number(i)
            elif (self.scale is not None or (first is not None and first.odd)) and (stop := self._odd(i, kind, key)):
                i = stop
            elif first is not None and first.kind and not self._may_go_on(first, i):
                tokens.append(Token(first.kind, first.value, start, end))
                i += 1
            elif first is not None and (stop := self._known(i)):
                i = stop
            elif key.isalpha() or not self._unglue(i):
                tokens.append(Token("WORD", key, start, end))
                i += 1
        return tokens

    def _odd(self, at: int, kind: int, key: str) -> int:
        """Append what an atom is that may be a sign, a class or the beginning of a remark; the atom behind, or 0."""
        if key == "-" and (stop := self._numbered_name(at)):
            return stop
        if key in SIGNS and self._is_sign(at):
            return self._number(at + 1, negative=key != "+")
        if kind == WORD and (key in ROMANS or self.scale is not None) and self._class_word(at):
            return at + 1
        return self._remark(at) if key in OPENS_REMARK else 0

    def _numbered_name(self, at: int) -> int:
        """Make a name end with the number glued to it: `IL-2 receptor`, `EQ-5D-5L`; the atom behind, or 0.

        What is a measure without that number is another one with it where its own limit comes next: `PHQ-15 ≥ 10`.
        """
        atoms = self.atoms
        name = self.tokens[-1] if self.tokens else None
        if name is None or at + 1 == len(atoms) or atoms[at + 1][0] != NUMERAL or not atoms[at + 1][1].isdigit():
            return 0
        word = self.text[name.start : name.end]
        if not (word.isupper() and word.isalpha() and len(word) > 1):
            return 0
        stop = at
        while stop < len(atoms) and atoms[stop][2] == atoms[stop - 1][3] and _IN_NAMES.match(atoms[stop][1]):
            stop += 1
        limited = stop < len(atoms) and atoms[stop][1] in _COMPARING
        worded = name.type == "WORD" and not self.shouted  # but: AGE-18
        if stop < at + 2 or not (worded or (name.type in ("WORD", "MEASURE") and limited)):
            return 0
        end = atoms[stop - 1][3]
        self.tokens[-1] = Token("WORD", self.text[name.start : end].lower(), name.start, end)
        return stop

    def _may_go_on(self, first: First, at: int) -> bool:
        """Whether a phrase may be longer than an atom: a hyphen is passed over, a word with a number is parted."""
        if not (first.longer or first.joins) or at + 1 == len(self.atoms):
            return False
        kind, key, _, _ = self.atoms[at + 1]
        if key in first.longer or key == "-":
            return True
        return first.joins and (key in self.comparing or (kind == WORD and not key.isalpha()))

    def _remark(self, at: int) -> int:
        """What only explains the name or the number before it; the atom behind, or 0."""
        if self.atoms[at][1] in "([":
            return self._past_explained(at) or self.unit_beside_name(at) or self.sign_in_brackets(at)
        named = bool(self.tokens) and self.tokens[-1].type == "MEASURE"
        return self.unit_beside_name(at) if named else 0

    def _named_by_number(self, at: int) -> int:
        """`6-minute walk`, `25(OH)D`: the number is part of a measure's name."""
        for entries, stop in self.vocabulary.match(self.text, self.atoms, at):
            for entry in entries:
                if entry.kind == "MEASURE" and stop > at + 1 and self._in_context(entry.value, at, stop):
                    return self._phrase(entry, at, stop)
        return 0

    def _known(self, at: int) -> int:
        """Append the phrase that begins here; the atom after it, or 0 where there is none."""
        atoms = self.atoms
        phrases = self.vocabulary.match(self.text, atoms, at)
        if atoms[at][1] in self.comparing and (stop := self.comparison(at, phrases[0][1] if phrases else at)):
            return stop
        for entries, stop in phrases:
            if len(entries) == 1 and entries[0].kind not in BY_CONTEXT:
                self.tokens.append(Token(entries[0].kind, entries[0].value, atoms[at][2], atoms[stop - 1][3]))
                return stop
            entry = self._choose(entries, at, stop)
            if entry is not None:
                return self._phrase(entry, at, stop)
        return 0

    # -- phrases -----------------------------------------------------------------------------------------------

    def _choose(self, entries: Sequence[Entry], at: int, stop: int) -> Entry | None:
        previous = self.tokens[-1].type if self.tokens else ""
        best = None
        for entry in entries:
            if entry.kind == "MEASURE" and not self._in_context(entry.value, at, stop):
                continue
            until = entry.kind == "TO" and any(other.kind == "UNTIL" for other in entries)
            if until and not self._ends_range(stop):
                continue
            if entry.kind in BEHIND_VALUES and previous in _VALUES and not self._opens_limit(stop):
                return entry
            if entry.kind == "POST" or until:
                continue
            if entry.kind == "BETWEEN" and self._counts_from(stop):
                continue
            best = best or entry
        return best

    def _ends_range(self, at: int) -> bool:
        """`18 until 65`, but: for 2 weeks until discharge, from visit 1 until 16 weeks."""
        before = self.tokens[-2].type if len(self.tokens) > 1 else ""
        return before != "IMPRECISE" and self._is_number(at)

    def _counts_from(self, at: int) -> bool:
        """`3 weeks from the first dose`: the event that a time is counted from."""
        before = self.tokens[-1] if self.tokens else None
        if before is None or before.type != "AMOUNT" or before.value.unit is None:
            return False
        behind = self.atoms[at : at + 2]
        timed = dimension(before.value.unit.ucum) == "time"
        return timed and bool(behind) and all(atom[0] != NUMERAL for atom in behind)

    def _opens_limit(self, at: int) -> bool:
        """`18 years or older than 95`, `under 40 or over 60`: the words belong to the next number."""
        if at >= len(self.atoms):
            return False
        last, following = self.atoms[at - 1][1], self.atoms[at]
        return following[1] == "than" or (following[0] == NUMERAL and last in _PREPOSITIONS)

    def _in_context(self, row: MeasureRow, at: int, stop: int) -> bool:
        if not row.context:
            return True
        printed = self.text[self.atoms[at][2] : self.atoms[stop - 1][3]]
        words = row.context.get(printed)
        if words is None:
            return True
        return self._mentions([word.lower() for word in words])

    def _phrase(self, entry: Entry, at: int, stop: int) -> int:
        start, end = self.atoms[at][2], self.atoms[stop - 1][3]
        if entry.kind in NUMBER_KINDS:
            return self._number_word(entry, at, stop)
        if entry.kind == "CMP":
            self._compare(entry.value, start, end)
            return stop
        if entry.kind == "MEASURE":
            generic = self.text[start:end].lower() if self.text[start:end].lower() in _GENERIC else ""
            if generic and self._specified(entry.value, stop):
                self.tokens.append(Token("SCALE", GRADED, start, end))
                return stop
            if generic in _GRADES and self._is_of_tumor(stop):
                entry = entry._replace(value=measures()["tumor_grade"])
            self.scale = (entry.value, len(self.tokens)) if entry.value.kind in _SCALES else self.scale
        self.tokens.append(Token(entry.kind, entry.value, start, end))
        return stop

    def _number_word(self, entry: Entry, at: int, stop: int) -> int:
        start, end = self.atoms[at][2], self.atoms[stop - 1][3]
        if entry.kind == "NUM":
            value, stop = self._spelled(Decimal(entry.value), stop)
            return self.read_amount(value, start, self.atoms[stop - 1][3], stop)
        if entry.kind == "FRACTION":
            over, under = entry.value.split("/")
            value = round(Decimal(over) / Decimal(under), 3)
            self.tokens.append(Token("AMOUNT", Amount(value), start, end))
            return stop
        self.tokens.append(Token("AMOUNT", Amount(Decimal(entry.value)), start, end))
        self.tokens.append(Token("TIMES", "", end, end))
        return stop

    def _class_word(self, at: int) -> bool:
        """A Roman numeral or a letter is a class only near the scale it belongs to."""
        _, _, start, end = self.atoms[at]
        word = self.text[start:end]
        if len(word) > 4 or self.scale is None or not self._scale_is_near(LOOKBACK):
            return self._roman_range(at) or self._classed(at)
        row = self.scale[0]
        value = roman(word)
        if value is not None and (word.isupper() or value > 1) and not self._letters(row):
            if word[-1] in "abcABC":
                self.doubt("letter_left_out", start, end, read=value)
            self.tokens.append(Token("AMOUNT", Amount(Decimal(value), roman=True), start, end))
        elif word in self._letters(row):
            self.tokens.append(Token("CLASS", word, start, end))
        else:
            return False
        self.scale = (row, len(self.tokens))
        return True

    def _roman_range(self, at: int) -> bool:
        """`I-III` can be nothing but classes, even before their scale is named."""
        match = _ROMAN_RANGE.match(self.text, self.atoms[at][2]) or (
            bool(self.tokens) and self.tokens[-1].type == "TO" and _ROMAN_RANGE.match(self.text, self._range_start)
        )
        if not match:
            return False
        _, _, start, end = self.atoms[at]
        value = roman(self.text[start:end])
        if value is None:
            return False
        self._range_start = match.start()
        self.tokens.append(Token("AMOUNT", Amount(Decimal(value), roman=True), start, end))
        return True

    def _classed(self, at: int) -> bool:
        """`class III`, `III or IV` behind it: classes whose scale comes later."""
        _, _, start, end = self.atoms[at]
        value = roman(self.text[start:end])
        if value is None or not self.text[start:end].isupper():
            return False
        before = _CLASS_BEFORE.search(self.text, max(0, start - 24), start)
        if before is None or (before["graded"] and not self._is_graded(before.start("graded"))):
            return False
        self.tokens.append(Token("AMOUNT", Amount(Decimal(value), roman=True), start, end))
        return True

    def _is_graded(self, start: int) -> bool:
        """Whether the word at an offset is one for the grade or the stage of the disease beside it."""
        near = self.tokens[-1 : -_BEFORE_GRADE - 1 : -1]
        return any(token.start == start and token.value == GRADED for token in near)

    def _specified(self, row: MeasureRow, stop: int) -> bool:
        """Whether another scale, or a disease with one of its own, has just been named, or is behind the value."""
        before, behind = self._words_before(), self._words_behind(stop)
        if not whose().tumors.isdisjoint((*before, *behind)):
            return False  # stage III kidney cancer
        if not whose().graded.isdisjoint((*before, *behind)):
            return True
        if self.scale is not None and self.scale[0] is not row and self._scale_is_near(NEAR_SCALE):
            return True
        return self._labels(stop) or self._scale_behind(row, stop)

    def _labels(self, at: int) -> bool:
        """`Stage 4: severe renal impairment`: an item of a list that is named by the stage of a disease spoken of."""
        labels = not self.tokens and at + 1 < len(self.atoms) and self.atoms[at + 1][1] == ":"
        return labels and self._mentions(whose().graded) and not self._mentions(whose().tumors)

    def _scale_behind(self, row: MeasureRow, at: int) -> bool:
        """`grade 3 Kellgren-Lawrence osteoarthritis`: whether another scale is named right behind the value."""
        stop = min(at + _BEHIND_GRADE, len(self.atoms))
        while at < stop and not (self.atoms[at][0] == NUMERAL or self.atoms[at][1] in ROMANS):
            if self.atoms[at][0] == WORD:
                return False
            at += 1
        at += 1
        found = self.vocabulary.match(self.text, self.atoms, at) if at < len(self.atoms) else ()
        rows = [entry.value for entries, _ in found for entry in entries if entry.kind == "MEASURE"]
        generic = bool(found) and self.atoms[at][1] in _GENERIC
        return not generic and any(each.kind == "class" and each is not row for each in rows)

    def _is_of_tumor(self, stop: int) -> bool:
        """`grade 3 glioma`, `astrocytoma grade II`: of its cells, not of a toxicity."""
        return not whose().tumors.isdisjoint((*self._words_before(), *self._words_behind(stop)))

    def _words_before(self) -> list[str]:
        """The words before a grade or a stage that belong to it: `retinopathy of prematurity stage 3`."""
        found: list[str] = []
        for token in self.tokens[: -_BEFORE_GRADE - 1 : -1]:
            if token.type == "DISORDER":
                found += self.text[token.start : token.end].lower().split()
                continue
            if token.type not in _NAMING or token.value in words("obliges", "verbs"):
                break  # `toxicities of the malignancy should resolve to grade 1`
            found += [token.value] if token.type == "WORD" else []
        return found

    def _words_behind(self, at: int) -> list[str]:
        """The words behind the value of a grade or a stage that begins at an atom: `stage 3 or 4 pressure ulcer`."""
        found: list[str] = []
        valued = False
        for kind, key, _, _ in self.atoms[at : at + _BEHIND_GRADE]:
            if kind == NUMERAL or key in ROMANS:
                if found:
                    break
                valued = True
            elif kind == WORD and key not in words("between_grades"):
                if not valued or key in words("ends_grades") or len(found) == _BEFORE_NAME:
                    break
                found.append(key)
            elif found or (kind != WORD and valued and key not in _WITHIN_VALUE):
                break
        return found

    @staticmethod
    def _letters(row: MeasureRow) -> Sequence[str]:
        classes = row.classes or ()
        return classes if any(len(c) == 1 and c.isalpha() and c not in "IV" for c in classes) else ()

    # -- numbers -----------------------------------------------------------------------------------------------


def lex(text: str, start: int, end: int, *, decimal_comma: bool = False, doubt: Doubt | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into `text`; `doubt` is told what is not read, or read in doubt."""
    return Lexer(text, start, end, decimal_comma=decimal_comma, doubt=doubt).run()
