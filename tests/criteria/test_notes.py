"""The diagnostics of this layer."""

from __future__ import annotations

import pytest

from tests.criteria.outlines import read
from trialparse.criteria.outline import MAX_DEPTH, Node


def codes(text: str) -> list[str]:
    return [note["code"] for note in read(text).notes]


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("1. a\n2. b\n3. c", []),
        ("2. a\n3. b", ["numbering goes from 0 to 2"]),
        ("1. a\n2. b\n4. c\n5. d", ["numbering goes from 2 to 4"]),
        ("1. a\n2. b\n1. c\n2. d", []),
        ("1. a:\n   1. b\n   4. c\n2. d", ["numbering goes from 1 to 4"]),
        ("1. a:\n   a. b\n   c. c\n2. d", []),
        ("1. a\nExclusion:\n2. b\n3. c", []),
        ("1. a\nExclusion:\n1. b\n2. c", []),
        ("* a\n* b", []),
    ],
)
def test_numbering_gap(text: str, gaps: list[str]) -> None:
    found = [note["message"] for note in read(f"Inclusion:\n{text}").notes if note["code"] == "numbering_gap"]
    assert [message.removeprefix("list ").split(";")[0] for message in found] == gaps


def test_a_gap_points_to_the_number_after_it() -> None:
    text = "Inclusion:\n1. a\n3. b"
    (note,) = read(text).notes
    assert text[note["span"]["start"] : note["span"]["end"]].strip() == "3."


@pytest.mark.parametrize(
    "text", ["* Adults", "Adults", "Inclusion/Exclusion Criteria:\n* Adults", "Cohort A:\n* Adults"]
)
def test_assumed_inclusion(text: str) -> None:
    assert codes(text) == ["assumed_inclusion"]
    assert read(text).inclusion


@pytest.mark.parametrize("text", ["", " \n\n ", "Inclusion Criteria:", "Inclusion Criteria:\n* Adults"])
def test_nothing_to_note(text: str) -> None:
    assert codes(text) == []


def test_nesting_has_an_end() -> None:
    text = "Inclusion:\n" + "\n".join("  " * depth + "* item" for depth in range(3 * MAX_DEPTH))
    assert codes(text) == ["max_depth"]
    assert depth_of(read(text).inclusion) == MAX_DEPTH


@pytest.mark.parametrize("text", ["Part A:\n" * 500 + "Inclusion Criteria:\n* a", "* a:\n" * 500, "A:\n\n" * 500])
def test_labels_and_lead_ins_do_not_nest_for_ever(text: str) -> None:
    assert depth_of(read(text).inclusion) <= MAX_DEPTH


def depth_of(roots: list[Node]) -> int:
    depth = 0
    while roots:
        depth += 1
        roots = [child for node in roots for child in node.children]
    return depth
