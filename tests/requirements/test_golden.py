"""Every golden line is read as it says; those in known_misses.txt are strict expected failures."""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet

from tests.requirements.golden import Line, golden_lines, known_misses, reading

LINES = golden_lines()
MISSES = known_misses()


def case(line: Line) -> ParameterSet:
    reason = MISSES.get(line.text)
    marks = () if reason is None else (pytest.mark.xfail(reason=reason, strict=True),)
    return pytest.param(line, id=f"{line.topic}: {line.text}", marks=marks)


@pytest.mark.parametrize("line", [case(line) for line in LINES])
def test_golden_line(line: Line) -> None:
    assert reading(line.text) == line.expected


def test_each_text_stands_once() -> None:
    texts = [line.text for line in LINES]
    assert sorted(texts) == sorted(set(texts))


def test_known_misses_are_golden_lines() -> None:
    assert MISSES.keys() <= {line.text for line in LINES}
