"""What is passed over because it cannot matter: each shortcut is held against the way that it spares."""

from __future__ import annotations

import inspect
from itertools import combinations, product

import pytest
import regex

from trialparse.lexicon.comparators import comparing
from trialparse.requirements import counts
from trialparse.requirements.clauses import Clause, Link
from trialparse.requirements.comparators import comparison
from trialparse.requirements.comparing import never_alone
from trialparse.requirements.counts import tells_count
from trialparse.requirements.openers import OPENING, OpenerReader
from trialparse.requirements.remarks import UNASKED, Place, rule_for


@pytest.mark.parametrize("places", list(product((False, True), repeat=4)))
def test_no_rule_of_sentences_asks_for_these_deeds(places: tuple[bool, bool, bool, bool]) -> None:
    excludes, first, opens, excepted = places
    place = Place(excludes, first, inside=False, opens=opens, excepted=excepted)
    for deeds in (*combinations(sorted(UNASKED), 2), UNASKED):
        row = [Clause(link, 0, 9, content=2, deeds=set(deeds)) for link in (Link.STOP, Link.AND)]
        assert rule_for(row, place) is None
        assert rule_for(row[:1], place) is None


def test_only_these_tokens_open_something() -> None:
    cases = regex.findall(r'case ("[A-Z]+"(?: \| "[A-Z]+")*)', inspect.getsource(OpenerReader._opener))
    assert {kind for case in cases for kind in regex.findall("[A-Z]+", case)} == OPENING


@pytest.mark.parametrize(
    "text",
    [
        "At least two of the following: gout",
        "Gout, and ANY OF THESE criteria: a",
        "3 or more of  : a, b",
        "one (1) of\n: a",
        "The following conditions: a",
    ],
)
def test_a_count_is_told(text: str) -> None:
    assert counts._count().search(text) is not None
    assert tells_count(text, 0, len(text))
    assert not tells_count(text, 0, text.index(":"))


def test_words_that_never_compare_alone() -> None:
    alone = {word for word in comparing() if (found := comparison((word,))) is not None and not found.behind}
    assert alone.isdisjoint(never_alone())
    assert {",", "or", "and", "is", "at"} <= never_alone()
