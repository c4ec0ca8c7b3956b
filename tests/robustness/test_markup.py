"""Pages of HTML compared with a reference parser; `python -m tests.robustness.markup` is the long form."""

from __future__ import annotations

import pytest

pytest.importorskip("turbohtml")

from tests.robustness.markup import check_tokens, check_trial, check_words, numbered

QUICK = 1500


@pytest.mark.parametrize("first", range(0, QUICK, 300))
def test_what_a_page_shows_is_read(first: int) -> None:
    for number in range(first, first + 300):
        check_words(numbered(number))


@pytest.mark.parametrize("first", range(0, QUICK, 300))
def test_tokens_are_the_standards(first: int) -> None:
    for number in range(first, first + 300):
        check_tokens(numbered(number))


def test_what_a_page_shows_stands_in_its_trial() -> None:
    for number in range(150):
        check_trial(numbered(number))


@pytest.mark.parametrize("part", ["tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup"])
@pytest.mark.parametrize("opened", ["dl", "div", "ul", "p", "b", "select", "object", "h3", "center", "table"])
@pytest.mark.parametrize("place", ["<table>", "<table><tr>", "<table><tr><td>", "<table><tbody><tr><td><table>"])
def test_a_part_of_a_table_ends_what_was_opened_in_its_place(part: str, opened: str, place: str) -> None:
    source = f"<!doctype html>{place}<{opened}><{part}><svg class=a/></{opened}><script></br>q1z<![CDATA[ q2z ]]>"
    check_words(source)


@pytest.mark.parametrize("inside", ["b", "span", "div", "p", "i"])
@pytest.mark.parametrize("around", ["pre", "div", "section", "li", "td", "button"])
def test_a_form_that_ended_early_keeps_nothing_from_ending(around: str, inside: str) -> None:
    page = f"<!doctype html><{around}><form><{inside}></form></{around}><a><svg class=a/></a><style><!-- x</style> q1z"
    check_words(page)
