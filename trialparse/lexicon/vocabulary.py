"""The phrase indexes the lexer reads with: function words and measures in one, unit spellings in the other."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import lru_cache

import regex

from trialparse.lexicon.index import Entry, PhraseIndex
from trialparse.lexicon.measures import measures
from trialparse.lexicon.tables import load
from trialparse.lexicon.units import spellings, units

_ENGLISH = frozenset("am an as at in is me no of on or pm to us".split())
"""Words that some unit of more than a letter is spelled like when case does not count (oF, pM)."""
_SUBSCRIPT = regex.compile(r"(?<=O|CD|HbA|FEV|(?<=\bA)(?=1c))(?=\d)")
"""Where a subscript may have left a space: PaO 2, HbA 1c."""
_TELLING = 3
"""A code of UCUM that is shorter says something else where it is no spelling: `a` is no year."""
_NUMBERS = frozenset({"NUM", "FRACTION", "TWICE"})
_NOUNS = frozenset({"DOSE", "IMPRECISE", "PERIOD", "POP", "REF", "SCALE", "SUBJECT"})


@lru_cache(maxsize=2)
def vocabulary(*, one_case: bool = False) -> PhraseIndex:
    """Comparators, connectors, time words and measures. Entry kinds are the terminals of `grammars/`.

    With `one_case`, for text that is all small letters or all capitals, abbreviations count in any case, unless they
    are everyday words then.
    """
    everyday = frozenset(load("everyday")) if one_case else frozenset()
    measured = _measures() if not one_case else (_uncased(phrase, entry, everyday) for phrase, entry in _measures())
    return PhraseIndex([*_function_words(), *measured])


def _uncased(phrase: str, entry: Entry, everyday: Container[str]) -> tuple[str, Entry]:
    word = phrase.lower()
    if entry.exact is None or word in everyday or word.removesuffix("s") in everyday:
        return phrase, entry
    return phrase, entry._replace(exact=None, inflects=False)


@lru_cache(maxsize=1)
def unit_index() -> PhraseIndex:
    """Unit spellings as printed (case counts: mg is not Mg) -> UCUM code."""
    return PhraseIndex(_units(), loose=False, fold=False)


@lru_cache(maxsize=1)
def folded_unit_index() -> PhraseIndex:
    """Unit spellings without regard to case, only those that stay unambiguous so."""
    folded: dict[str, set[str]] = {}
    for spelling, ucum in spellings().items():
        if len(spelling) > 1 and spelling.lower() not in _ENGLISH:
            folded.setdefault(spelling.lower(), set()).add(ucum)
    only = ((spelling, Entry("UNIT", next(iter(codes)))) for spelling, codes in folded.items() if len(codes) == 1)
    return PhraseIndex(only, loose=False)


@lru_cache(maxsize=1)
def number_words() -> frozenset[str]:
    """Single words that spell a number or a part of one: `hundred`, `half`, `twice`, `lakh`."""
    spelled = (word for word, entry in _function_words() if entry.kind in _NUMBERS and word.isalpha())
    return frozenset((*spelled, *(word for word in load("numerals") if len(word) > 1)))


@lru_cache(maxsize=1)
def whole_numbers() -> Mapping[str, int]:
    """Single words for whole numbers, in lower case: `two`, `twelve`."""
    spelled = ((word, entry) for word, entry in _function_words() if entry.kind == "NUM" and word.isalpha())
    return {word: int(entry.value) for word, entry in spelled}


def _function_words() -> Iterator[tuple[str, Entry]]:
    table = load("vocabulary")
    for kind, values in table.items():
        for value, phrases in values.items():
            for phrase in phrases:
                said = phrase if kind == "WORD" else value  # as any other word
                yield phrase, Entry(value if kind == "PUNCT" else kind, said, None, kind in _NOUNS)


def _measures() -> Iterator[tuple[str, Entry]]:
    for row in measures().values():
        for phrase in row.synonyms:
            bare = phrase.replace(" ", "").replace("-", "")
            short = not bare.islower() and (len(bare) <= 3 or (bare.isupper() and bare.isalpha()))
            exact = bare if short else None
            yield phrase, Entry("MEASURE", row, exact, True)
            if (parted := _SUBSCRIPT.sub(" ", phrase)) != phrase:
                yield parted, Entry("MEASURE", row, exact, True)
        for word in row.disorders:
            yield word, Entry("DISORDER", row)


def _units() -> Iterator[tuple[str, Entry]]:
    for spelling, ucum in spellings().items():
        yield spelling, Entry("UNIT", ucum)
    for ucum in units():
        if len(ucum) >= _TELLING and ucum not in spellings():
            yield ucum, Entry("UNIT", ucum)
