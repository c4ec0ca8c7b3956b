"""Grades, stages and classes: whose they are, and what Roman numerals and letters mean beside them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from trialparse.lexicon.measures import MeasureRow, measures
from trialparse.lexicon.people import whose
from trialparse.lexicon.wording import words
from trialparse.requirements.amounts import Doubt
from trialparse.requirements.numbers import ROMANS, roman
from trialparse.requirements.numerals import LOOKBACK, NEAR_SCALE, NumeralReader
from trialparse.requirements.tokens import GRADED, Amount, Token
from trialparse.text.atoms import NUMERAL, WORD

_ROMAN_RANGE = regex.compile(r"\b(?:I{1,3}|IV)\s?[-–]\s?(?:I{2,3}|I?V|VI)\b")
_CLASS_BEFORE = regex.compile(
    r"\b(?:class(?:es)?|(?P<graded>stages?|grades?))\s++(?:[IV]{1,3}(?:\s*+(?:or|and|to|[-–/,])\s*+))?$",
    regex.IGNORECASE,
)
_BEFORE_GRADE = 4
_NAMING = frozenset({"WORD", "OF", "LPAR", "SCALE", "FILL", "COLON", "TO"})
COMPARING = frozenset("> < ≥ ≤ >= <= =".split())
"""Signs that compare."""
_WITHIN_VALUE = COMPARING | frozenset("- – / ,".split())
_BEHIND_GRADE = 10
_BEFORE_NAME = 3
_BEFORE_SCALE = 3
_LONGEST_CLASS = 5
_GRADES = frozenset({"grade", "grades"})
_SCALES = frozenset({"score", "class"})
_STAGES = frozenset({"stage", "stages"})
_RATED = "pain_nrs"
"""The measure of scales that name nothing which is rated on them."""
_GENERIC = frozenset(
    {
        "grade",
        "grades",
        "stage",
        "stages",
        "clinical stage",
        "disease stage",
        "pathological stage",
        "performance status",
    }
)
"""Scales of their own only where no other scale has just been named: Kellgren-Lawrence grade 2."""


class ScaleReader(NumeralReader):
    """Knows the classes of scales."""

    def __init__(self, text: str, start: int, end: int, *, decimal_comma: bool, doubt: Doubt | None = None) -> None:
        super().__init__(text, start, end, decimal_comma=decimal_comma, doubt=doubt)
        self._range_start = start
        self._staged = False
        """Whether stages are those of the trial."""

    def named(self, name: Token, stop: int) -> Token:
        """A measure's name as what it is here, behind which the atom `stop` comes: that measure, another, or none."""
        row: MeasureRow = name.value
        printed = self.text[name.start : name.end].lower()
        generic = printed in _GENERIC
        if (printed in _STAGES and self._is_of_trial(stop)) or self._rates_other(row, printed):
            return name.turned("WORD", printed)
        if generic and self._specified(row, stop):
            return name.turned("SCALE", GRADED)
        if printed in _GRADES and self._is_of_tumor(stop):
            row = measures()["tumor_grade"]
        self.scale = (row, len(self.tokens)) if row.kind in _SCALES else self.scale
        return name.turned(name.type, row)

    def _class_word(self, at: int) -> bool:
        """A Roman numeral or a letter is a class only near the scale it belongs to."""
        _, _, start, end = self.atoms[at]
        word = self.text[start:end]
        if len(word) > _LONGEST_CLASS or self.scale is None or not self._scale_is_near(LOOKBACK):
            return self._roman_range(at) or self._classed(at)
        row = self.scale[0]
        value = roman(word)
        if value is not None and (word.isupper() or value > 1) and not self._letters(row):
            if word[-1].lower() not in "ivl":
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

    def _is_of_trial(self, at: int) -> bool:
        """`Stage 1 dose escalation`, `stage II of the study`: a part of the trial, as others named so beside it are."""
        behind = (key for kind, key, _, _ in self.atoms[at : at + _BEHIND_GRADE] if kind != NUMERAL)
        within = ROMANS | words("to_trial") | _WITHIN_VALUE
        named = next((key for key in behind if key not in within), "")
        self._staged = self._staged or named in words("trial_parts")
        return self._staged

    def _rates_other(self, row: MeasureRow, printed: str) -> bool:
        """`fatigue (NRS > 2)`: whether what is rated on a scale that pain is rated on elsewhere is named before it."""
        if row.name != _RATED or printed.split()[0] not in words("bare_scales"):
            return False
        before = [token.value for token in self.tokens[-_BEFORE_SCALE:] if token.type == "WORD"]
        return not words("symptoms").isdisjoint(before)

    def _is_of_tumor(self, stop: int) -> bool:
        """`grade 3 glioma`, `astrocytoma grade II`: of its cells, not of a toxicity."""
        return not whose().tumors.isdisjoint((*self._words_before(), *self._words_behind(stop)))

    def _words_before(self) -> list[str]:
        """The words before a grade or a stage that belong to it: `retinopathy of prematurity stage 3`."""
        found: list[str] = []
        for token in self.tokens[: -_BEFORE_GRADE - 1 : -1]:
            if token.type in ("DISORDER", "MEASURE"):  # stenosis and its like have limits of their own, too
                found += self.text[token.start : token.end].lower().split()
                if token.type == "MEASURE":
                    break
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
