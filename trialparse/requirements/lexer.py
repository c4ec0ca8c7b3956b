"""Readable text -> tokens. One pass over the atoms; phrases come from the index, amounts from `amounts`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import regex

from trialparse.lexicon.index import Entry
from trialparse.lexicon.measures import MeasureRow
from trialparse.lexicon.wording import words
from trialparse.requirements.amounts import Doubt
from trialparse.requirements.firsts import BEHIND_VALUES, BY_CONTEXT, NUMBER_KINDS, OPENS_REMARK, First, firsts
from trialparse.requirements.fit import dimension
from trialparse.requirements.numbers import ROMANS
from trialparse.requirements.numerals import SIGNS
from trialparse.requirements.scales import COMPARING, ScaleReader
from trialparse.requirements.tokens import Amount, Token, new_token
from trialparse.text.atoms import NUMERAL, WORD

_VALUES = frozenset({"AMOUNT", "POST", "INCL", "EXCL", "REF", "OLD"})
_PREPOSITIONS = frozenset({"over", "above", "under", "below", "beyond"})
_IN_NAMES = regex.compile(r"-|\d++$|[a-z]++$")


class Lexer(ScaleReader):
    """Reads one criterion's text into tokens."""

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
                tokens.append(new_token((first.kind, first.value, start, end)))
                i += 1
            elif first is not None and (stop := self._known(i)):
                i = stop
            elif key.isalpha() or not self._unglue(i):
                tokens.append(new_token(("WORD", key, start, end)))
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
        limited = stop < len(atoms) and atoms[stop][1] in COMPARING
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
                self.tokens.append(new_token((entries[0].kind, entries[0].value, atoms[at][2], atoms[stop - 1][3])))
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
        told = Token(entry.kind, entry.value, start, end)
        self.tokens.append(told if entry.kind != "MEASURE" else self.named(told, stop))
        return stop

    def _number_word(self, entry: Entry, at: int, stop: int) -> int:
        start, end = self.atoms[at][2], self.atoms[stop - 1][3]
        if entry.kind == "NUM":
            value, stop = self._spelled(Decimal(entry.value), stop)
            return self.read_amount(value, start, self.atoms[stop - 1][3], stop)
        if entry.kind == "FRACTION":
            over, under = entry.value.split("/")
            value = round(Decimal(over) / Decimal(under), 3)
            whole = stop + (stop < len(self.atoms) and self.atoms[stop][1] in words("articles"))
            if self._time(whole) == "time":  # half a year
                return self.read_amount(value, start, end, whole)
            self.tokens.append(Token("AMOUNT", Amount(value), start, end))
            return stop
        self.tokens.append(Token("AMOUNT", Amount(Decimal(entry.value)), start, end))
        self.tokens.append(Token("TIMES", "", end, end))
        return stop


def lex(text: str, start: int, end: int, *, decimal_comma: bool = False, doubt: Doubt | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, with offsets into `text`; `doubt` is told what is not read, or read in doubt."""
    return Lexer(text, start, end, decimal_comma=decimal_comma, doubt=doubt).run()
