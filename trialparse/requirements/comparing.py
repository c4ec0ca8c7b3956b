"""Atoms -> comparators: the words that compare, where they stand, and the scales on which `better` has a side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from trialparse.lexicon import wording
from trialparse.lexicon.comparators import comparing
from trialparse.lexicon.index import Entry
from trialparse.lexicon.measures import MeasureRow
from trialparse.lexicon.vocabulary import vocabulary
from trialparse.requirements.amounts import AmountReader, Doubt
from trialparse.requirements.comparators import Comparison, comparison
from trialparse.requirements.tokens import GRADED, Token, UnitMark
from trialparse.text.atoms import NUMERAL, WORD, Atom

_VALUES = frozenset({"AMOUNT", "POST", "INCL", "EXCL", "REF", "OLD"})
_VALUED = _VALUES | {"CLASS"}
_JOINERS = frozenset({"OR", "COMMA"})
_JOINING = frozenset({"AND", "OR", "SLASH"})
_DIRECT = frozenset({"MORE", "LESS", "GE", "LE", "EQUAL"})
"""Kinds that compare with the number right behind them, whatever stands before: `under 40 or over 60`."""
_COMPARES = _DIRECT | {"HIGHER", "LOWER", "BETTER", "WORSE", "LEAST", "MOST", "ATLEAST", "ATMOST", "MIN", "MAX"}
_ENDS = frozenset({"min", "max"})
"""Words that may have the measure between them and their number, as longer words for the same have."""
_BEFORE_END = frozenset({"COMMA", "AND", "OR", "FILL", "COLON"})
_MAY_NAME = frozenset({"LOWER", "MOST", "LEAST"})
"""Kinds that begin longer names, too: less than the lower limit of normal."""
_ALWAYS_TRAILING = frozenset({"than", "to"})
_SCALED = frozenset({"better", "worse"})
"""Which side these are depends on the scale."""
_SIDES = {("better", "high"): ">", ("better", "low"): "<", ("worse", "high"): "<", ("worse", "low"): ">"}
_LONGEST = 14
_BEHIND_COMMA = frozenset({"OR", "EQUAL"})
_GLUED = frozenset({"BETWEEN", "CMP", "FOR", "NEXT", "OF", "PAST", "WITHIN"})
# a word with a number glued to it, and perhaps the unit: within14, within30days, than100,000
_GLUED_NUMBER = regex.compile(r"(\p{L}{2,})(\d++(?:[.,]\d++)*+)(\p{L}*+)(?!\w)")
_DISEASES = frozenset({"WORD", "DISORDER", "MEASURE"})
_LONGEST_DISEASE = 4
_SERIES = frozenset({"AMOUNT", "COMMA", "OR", "TO", "SLASH", "OLD", "TIMES", "REF"})


@lru_cache(maxsize=1)
def never_alone() -> frozenset[str]:
    """Words and signs of the table that compare nothing unless the next one is of the table, too: `or`, `is`, `at`."""
    told = {row.kind: word for word, row in comparing().items() if not row.slip}
    idle = {kind for kind, word in told.items() if kind not in _COMPARES and comparison((word,)) is None} | _JOINERS
    return frozenset(word for word, row in comparing().items() if row.kind in idle)


class ComparisonReader(AmountReader):
    """Appends CMP and POST tokens; a number whose comparator is not understood is no number, and said so."""

    def __init__(self, text: str, atoms: list[Atom], doubt: Doubt | None = None) -> None:
        super().__init__(text, atoms, doubt)
        self.vocabulary = vocabulary()
        self.comparing = comparing()

    def comparison(self, at: int, phrase_stop: int) -> int:
        """Append the comparator that begins at an atom; the atom after it, or 0 where there is none.

        Args:
            at: an atom of the comparator table.
            phrase_stop: the atom behind the longest phrase of the vocabulary here, which wins if it is longer.
        """
        behind = self.comparing[self.atoms[at][1]].kind in _JOINERS
        if behind and (not self.tokens or self.tokens[-1].type not in _VALUED):
            return self._behind_disease(at)
        words = self._run(at)
        if behind and len(words) == 1:
            return 0
        found = comparison(tuple(words))
        if found is not None and found.behind:
            return self._behind(at, words, found) if phrase_stop <= at + found.core else 0
        if behind:
            return 0
        stop = at + len(words)
        if found is None and (phrase_stop > at or self.comparing[words[0]].kind not in _COMPARES):
            return 0  # the `is` of `is greater than`
        if self._leaves_some(words, found) and self._is_number(stop):
            return self._refuse(at, stop)
        if found is None or phrase_stop > at + found.words:
            return 0
        return self._before(at, words, found)

    def sign_in_brackets(self, at: int) -> int:
        """`less than (<) 30` says the comparator again, `ANC (≥) 1.5` says it; the atom behind, or 0."""
        words = self._run(at + 1)
        stop = at + 1 + len(words)
        if not words or stop >= len(self.atoms) or self.atoms[stop][1] not in ")]":
            return 0
        found = comparison(tuple(words))
        if found is None or found.behind or found.words != len(words) or found.bare:
            return 0
        before = self.tokens[-1] if self.tokens else None
        if before is None or before.type != "CMP":
            if not self._is_number(stop + 1):
                return 0
            self._append("CMP", found.operator, at, stop + 1)
        elif before.value[0] != found.side:
            return self._refuse(at, stop + 1) if self._is_number(stop + 1) else 0
        elif before.value.removesuffix("age") != found.operator:
            self.tokens[-1] = before.turned(before.type, found.operator + "age" * before.value.endswith("age"))
            self.doubt("ambiguous_comparator", before.start, self.atoms[stop][3], read=found.operator)
        return stop + 1

    # -- before and behind the number ----------------------------------------------------------------------------

    def _before(self, at: int, words: Sequence[str], found: Comparison) -> int:
        stop = at + found.words
        numbered = self._is_number(stop)
        if (found.bare and not self._has_number(at, stop, numbered=numbered)) or self._is_aside(words[0]):
            return 0
        if "," in words and self._is_number(stop + 1) and self.atoms[stop][1] == ",":
            stop += 1  # lower than, or equal to, 5
            numbered = True
        if not numbered and words[found.words - 1] not in _ALWAYS_TRAILING:
            stop = at + found.core
        if found.words == 1 and (self._leads_window(at) or self.comparing[words[0]].kind == "SAME"):
            return 0
        if numbered and found.side == "=" and self._is_rest(at):
            return self._refuse(at, stop)
        by_scale = numbered and found.side in _SCALED  # the scale may have a unit
        operator = self._sided(found, self._unit(stop + 1, self.atoms[stop][3], None)[0] if by_scale else None)
        if operator is None:
            return self._refuse(at, stop) if numbered else 0
        if found.doubtful:
            self.doubt("ambiguous_comparator", self.atoms[at][2], self.atoms[stop - 1][3], read=operator)
        self._compare(operator, self.atoms[at][2], self.atoms[stop - 1][3])
        return stop

    def _compare(self, operator: str, start: int, end: int) -> None:
        """Append a comparator; with one before `or` it is one, where either is equality: `equal to or in excess of`."""
        before = self.tokens[-2] if len(self.tokens) > 1 and self.tokens[-1].type == "OR" else None
        if before is not None and before.type == "CMP" and (before.value == "=") != (operator == "="):
            sided = before.value if operator == "=" else operator
            operator, start = f"{sided[0]}={sided[1:].removeprefix('=')}", before.start
            del self.tokens[-2:]
        self.tokens.append(Token("CMP", operator, start, end))

    def _is_rest(self, at: int) -> bool:
        """Whether `equal to` ends a comparison whose beginning is not known: `nicer than or equal to 5`."""
        if self.atoms[at][1] == "=" or not at or self.atoms[at - 1][1] not in self.comparing:
            return False
        i = len(self.tokens) - 1
        while i >= 0 and self.tokens[i].type in _JOINING:
            i -= 1
        before = self.tokens[i] if i >= 0 else None
        return before is not None and i < len(self.tokens) - 1 and before.type == "WORD"

    def _stays_behind(self, at: int, words: Sequence[str], found: Comparison) -> bool:
        """Whether a comparison that may stand behind its number does not open the next one."""
        stop, last = at + found.core, words[found.core - 1]
        if not all(word.isalpha() or word in "&,/" for word in words[: found.core]):
            return False  # or > 5
        trailing = words[found.core : found.words]
        if not _ALWAYS_TRAILING.isdisjoint(trailing) or (trailing and self._is_number(at + found.words)):
            return False  # 18 years or older than 95
        # under 40 or over 60, and over the age of 50, or above the ULN
        return not (self.comparing[last].kind in _DIRECT and (self._opens_value(stop) or self._goes_on(stop - 1)))

    def _behind(self, at: int, words: Sequence[str], found: Comparison) -> int:
        if not self._stays_behind(at, words, found):
            return 0
        stop = at + found.core
        amount = next((token.value for token in self.tokens[:-_LONGEST:-1] if token.type == "AMOUNT"), None)
        operator = self._sided(found, amount and amount.unit)
        if operator is None:
            self._retract(self.atoms[at][2], self.atoms[stop - 1][3])
            return 0
        self._append("POST", operator, at, stop)
        return stop

    def _behind_disease(self, at: int) -> int:
        """As `comparison`, of a grade or a stage whose disease stands in between: `grade 2 neuropathy or higher`."""
        if at + 1 == len(self.atoms) or self.atoms[at + 1][1] not in self.comparing:
            return 0
        place = self._behind_grade()
        words = self._run(at) if place else []
        found = comparison(tuple(words)) if words else None
        if found is None or not found.behind or not self._stays_behind(at, words, found):
            return 0
        operator = self._sided(found, None)
        if operator is None:
            return 0
        end = self.tokens[place - 1].end
        self.tokens.insert(place, Token("POST", operator, end, end))
        self._append("FILL", "", at, at + found.core)
        return at + found.core

    def _behind_grade(self) -> int:
        """The place behind the value of a grade, a stage or a class before the last few words, or 0."""
        place = end = len(self.tokens)
        while place and end - place <= _LONGEST_DISEASE and self.tokens[place - 1].type in _DISEASES:
            place -= 1
        if not 0 < place < end or self.tokens[place - 1].type != "AMOUNT":
            return 0
        first = place - 1
        while first and self.tokens[first - 1].type in _SERIES:
            first -= 1
        scale = self.tokens[first - 1] if first else None
        classed = scale is not None and (
            scale.value == GRADED or (scale.type == "MEASURE" and scale.value.kind == "class")
        )
        return place if classed else 0

    def _sided(self, found: Comparison, unit: UnitMark | None) -> str | None:
        """The operator; None for `better` and `worse` where no scale has just been named whose better end is known."""
        if found.side not in _SCALED:
            return found.operator
        row: MeasureRow | None = next(
            (token.value for token in self.tokens[:-_LONGEST:-1] if token.type == "MEASURE"), None
        )
        better = row and (row.better.get(unit.ucum or "" if unit else "") or row.better.get("*"))
        side = _SIDES.get((found.side, better or ""))
        return None if side is None else side + "=" * found.inclusive

    # -- what is not understood ----------------------------------------------------------------------------------

    def _leaves_some(self, words: Sequence[str], found: Comparison | None) -> bool:
        """Whether some words of the run compare, and the grammar made nothing of them."""
        rest = words[found.words :] if found is not None else words
        return any(self.comparing[word].kind in _COMPARES for word in rest)

    def _refuse(self, at: int, stop: int) -> int:
        """Let words and the number behind them be words."""
        first = self.atoms[at][2]
        while stop < len(self.atoms) and self.atoms[stop][0] == NUMERAL:
            stop += 1
        for _, key, start, end in self.atoms[at:stop]:
            self.tokens.append(Token("WORD", key, start, end))
        self.doubt("unclear_comparator", first, self.atoms[stop - 1][3])
        return stop

    def _retract(self, start: int, end: int) -> None:
        """The numbers before a comparator that is not understood become words."""
        i = len(self.tokens) - 1
        while i >= 0 and self.tokens[i].type in _SERIES:
            token = self.tokens[i]
            if token.type == "AMOUNT":
                self.tokens[i] = Token("WORD", self.text[token.start : token.end].lower(), token.start, token.end)
            start, i = min(start, token.start), i - 1
        self.doubt("unclear_comparator", start, end)

    # -- atoms ---------------------------------------------------------------------------------------------------

    def _unglue(self, at: int) -> bool:
        """`within14 days`, `over18`, `ECOG0-1`: part a word that opens a limit from the number that is glued to it."""
        _, key, start, _ = self.atoms[at]
        parts = _GLUED_NUMBER.match(self.text, start)
        if parts is None:
            return False
        word = parts[1].lower()
        phrases = self.vocabulary.match(word, [(WORD, word, 0, len(word))], 0)
        if len(key) == len(word) + 1 and any(entry.kind == "REF" for entries, _ in phrases for entry in entries):
            self.atoms[at] = (WORD, word, start, start + len(word))  # the mark of a footnote: ULN2
            return True
        ranged = at + 1 < len(self.atoms) and self.atoms[at + 1][1] in "-–"
        opens = (_opens(entry, ranged=ranged) for entries, _ in phrases for entry in entries)
        if word not in self.comparing and not any(opens):
            return False
        behind = next((i for i in range(at, len(self.atoms)) if self.atoms[i][2] >= parts.end()), len(self.atoms))
        whole = [(WORD, word, start, parts.end(1)), (NUMERAL, parts[2], parts.start(2), parts.end(2))]
        unit = [(WORD, parts[3].lower(), parts.start(3), parts.end())] if parts[3] else []
        self.atoms[at:behind] = [*whole, *unit]
        return True

    def _run(self, at: int) -> list[str]:
        """The words from an atom on that the table of comparators holds."""
        words: list[str] = []
        for i in range(at, at + _LONGEST):
            if i >= len(self.atoms):
                break
            if i > at:
                self._clear(i)
            key = self.atoms[i][1]
            found = self.comparing.get(key)
            if found is None or (i > at and self._parts(found.kind, i)):
                break
            words.append(key)
        return words

    def _clear(self, at: int) -> None:
        """Part a word from the number glued to it, and take the article of `the same` together with it."""
        key = self.atoms[at][1]
        if not key.isalpha():
            self._unglue(at)
        elif key == "the" and at + 1 < len(self.atoms):
            behind = self.atoms[at + 1]
            row = self.comparing.get(behind[1])
            if row is not None and row.kind == "SAME":
                self.atoms[at : at + 2] = [(WORD, behind[1], self.atoms[at][2], behind[3])]

    def _parts(self, kind: str, at: int) -> bool:
        """Whether an atom begins something new: a name (less than the lower limit of normal) or the next limit."""
        if kind != "COMMA":
            return kind in _MAY_NAME and self._goes_on(at)
        behind = self.atoms[at + 1 : at + 2]
        return (
            not behind or behind[0][1] not in self.comparing or self.comparing[behind[0][1]].kind not in _BEHIND_COMMA
        )

    def _append(self, kind: str, operator: str, at: int, stop: int) -> None:
        self.tokens.append(Token(kind, operator, self.atoms[at][2], self.atoms[stop - 1][3]))

    def _is_number(self, at: int) -> bool:
        """Whether a number, in digits or spelled out, begins at an atom."""
        if at >= len(self.atoms):
            return False
        if self.atoms[at][0] == NUMERAL:
            return True
        if self.atoms[at][1] in "+-":
            return at + 1 < len(self.atoms) and self.atoms[at + 1][0] == NUMERAL
        found = self.vocabulary.match(self.text, self.atoms, at)
        return any(entry.kind == "NUM" for entries, _ in found for entry in entries)

    def _opens_value(self, at: int) -> bool:
        """Whether a number or a reference limit begins at an atom, or behind its article."""
        if at < len(self.atoms) and self.atoms[at][1] == "the":
            at += 1
        found = self.vocabulary.match(self.text, self.atoms, at) if at < len(self.atoms) else []
        return self._is_number(at) or any(entry.kind == "REF" for entries, _ in found for entry in entries)

    def _is_part(self, at: int) -> bool:
        """`lower 1/3` of something."""
        behind = self.atoms[at + 1 : at + 3]
        return len(behind) == 2 and behind[0][1] == "/" and behind[1][0] == NUMERAL

    def _has_number(self, at: int, stop: int, *, numbered: bool) -> bool:
        """Whether the number is there that alone makes a comparison of the words from `at` up to `stop`."""
        if self._is_part(stop) or self._divides(at):
            return False
        return numbered or (self.atoms[at][1] in _ENDS and self._is_named_number(stop))

    def _is_aside(self, word: str) -> bool:
        """The `max 3 mg/dL` of `(unless Gilbert, max 3 mg/dL)`, which is not on what stands before the comma."""
        if word not in _ENDS:
            return False
        i = len(self.tokens) - 1
        while i >= 0 and self.tokens[i].type in _BEFORE_END:
            i -= 1
        words = i >= 0 and self.tokens[i].type == "WORD"
        return words and any(token.type == "COMMA" for token in self.tokens[i + 1 :])

    def _is_named_number(self, at: int) -> bool:
        """The `age 75` of `max age 75`."""
        found = self.vocabulary.match(self.text, self.atoms, at) if at < len(self.atoms) else []
        return any(e.kind == "MEASURE" and self._is_number(stop) for entries, stop in found for e in entries)

    def _divides(self, at: int) -> bool:
        """The `min` of `beats/min 60-100`."""
        return at > 0 and self.atoms[at - 1][1] in ("/", "per")

    def _goes_on(self, at: int) -> bool:
        """Whether the vocabulary has a longer phrase that begins with an atom: `over the age of`."""
        found = self.vocabulary.match(self.text, self.atoms, at)
        return bool(found) and found[0][1] > at + 1

    def _leads_window(self, at: int) -> bool:
        """`over the past year`, `over the 5 weeks before`: no comparator."""
        if self.atoms[at][1] != "over":
            return False
        behind = self.atoms[at + 1 : at + 3]
        numbered = len(behind) == 2 and behind[0][1] == "the" and behind[1][0] == NUMERAL
        return numbered or any(atom[1] in wording.words("past") for atom in behind)


def _opens(entry: Entry, *, ranged: bool) -> bool:
    """Whether a phrase opens a limit even with its number glued to it; DMF5 is a name, ECOG0-1 is not."""
    if entry.kind == "MEASURE":
        return entry.value.kind in ("duration", "class") or (ranged and entry.value.kind == "score")
    return entry.kind in _GLUED
