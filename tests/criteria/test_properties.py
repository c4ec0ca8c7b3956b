"""What holds for every text: nothing lost, nothing twice, every span in place, no exception, linear time."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SHARED
from trialparse.criteria.node import Node, Outline
from trialparse.criteria.outline import outline
from trialparse.criteria.passage import Passage
from trialparse.text.readable import Readable, make_readable

PIECES = [
    "Inclusion Criteria", "Exclusion Criteria:", "EXCLUSION CRITERIA -", "Cohort A:", "any of the following:",
    "criteria", "Subjects will be excluded if:", "Other protocol-defined inclusion/exclusion criteria may apply",
    "Age over 18", "1.", "2.", "3)", "(a)", "b.", "iv.", "①", "②", "５", "*", "-", "•", "o", "- •", "\\-", "1\\.",
    ":", ".", ";", "or", "AND", "not", "(", ")", "&lt;", "≥ 18", "É", "İ", "word " * 20,
    "\n", "\n\n", "\n  ", "\n\n     ", "  ", "\t", "\xa0", "\r\n", "\x1c",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
)


def nodes_of(result: Outline) -> Iterator[Node]:
    stack = [*result.inclusion, *result.exclusion, *result.other]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.children)


def faults(readable: Readable, result: Outline, start: int, end: int) -> list[str]:
    """What is lost, stands twice, or lies outside; `start` and `end` are those of the passage."""
    text = readable.text
    owned = []
    found = []
    for node in nodes_of(result):
        if (
            not start <= node.start < node.end <= end
            or text[node.start : node.end].strip() != text[node.start : node.end]
        ):
            found.append(f"misplaced: {node.start}-{node.end}")
        owned.append((*readable.span(node.start, node.end), node.marker or ""))
    owned += [(*span, "") for span in result.headings]
    done = readable.span(start, start)[0]
    last = readable.span(end, end)[1]
    whole = readable.span(0, len(text))[1]
    places = {readable.span(i, i + 1)[0]: i for i in range(len(text))} | {whole: len(text)}
    for first, after, marker in [*sorted(owned), (last, last, "")]:
        if first < done:
            found.append(f"twice: {first}-{done}")
            continue
        if done in places and first in places:
            gap = readable.show(places[done], places[first])
            if gap != marker:
                found.append(f"lost: {gap!r}, marker {marker!r}")
        done = after
    return found


@given(TEXTS)
def test_nothing_is_lost(text: str) -> None:
    readable = make_readable(text)
    size = len(readable.text)
    assert faults(readable, outline([Passage(readable, 0, size)]), 0, size) == []


@given(TEXTS, st.integers(0, 300), st.integers(0, 300))
def test_a_passage_keeps_to_its_bounds(text: str, one: int, two: int) -> None:
    readable = make_readable(text)
    start, end = sorted((min(one, len(readable.text)), min(two, len(readable.text))))
    assert faults(readable, outline([Passage(readable, start, end, "exclusion")]), start, end) == []


@given(st.lists(TEXTS, max_size=3))
def test_several_passages(texts: list[str]) -> None:
    readable = make_readable("\n".join(texts))
    bounds = [0]
    for text in texts:
        bounds.append(min(bounds[-1] + len(text) + 1, len(readable.text)))
    passages = [Passage(readable, start, end) for start, end in pairwise(bounds)]
    result = outline(passages)
    assert sum(node.end - node.start for node in nodes_of(result)) <= len(readable.text)


HOSTILE = {
    "one line": "word " * 400_000,
    "bullets": "* foo\n" * 50_000,
    "lead-ins": "* foo:\n" * 30_000,
    "indents": "\n".join(" " * (i % 500) + "* x" for i in range(20_000)),
    "inline bullets": "- foo " * 50_000,
    "headings": "Exclusion Criteria: foo. Inclusion Criteria: " * 10_000,
    "criteria": "criteria " * 50_000,
    "open parentheses": "Inclusion Criteria (" * 20_000,
    "boilerplate": "Fever\nOther criteria may apply\n" * 20_000,
    "dashes": "-" * 1_000_000,
    "lone markers": "1.\n-\n" * 30_000,
    "alternating": "* a:\n1. b:\n- c:\n" * 10_000,
    "any of": "* " + "any of the following " * 50_000 + ":\n* a",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_input(case: str) -> None:
    readable = make_readable(HOSTILE[case])
    assert list(nodes_of(outline([Passage(readable, 0, len(readable.text))])))


@pytest.mark.shared
def test_corpus() -> None:
    with gzip.open(SHARED / "corpus" / "eligibility.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            readable = make_readable(row["eligibility_text"])
            size = len(readable.text)
            assert faults(readable, outline([Passage(readable, 0, size)]), 0, size) == [], row["nct_id"]
