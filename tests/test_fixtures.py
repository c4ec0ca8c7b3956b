"""Generated from the tree: every page in tests/fixtures/<layout>/ must give the golden trial beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

import trialparse
from tests.conftest import FIXTURES, ROOT
from tests.coverage import lost, misplaced, overlapping
from tests.generated import generated, pages, parsed, verbatim
from trialparse import layouts
from trialparse.models.base import Span
from trialparse.models.eligibility import Eligibility
from trialparse.models.trial import Trial
from trialparse.text.readable import make_readable

PAGES = pages()
GENERATED = generated()


def name(path: Path) -> str:
    return path.relative_to(FIXTURES).as_posix()


def part(eligibility: Eligibility, within: Span) -> Eligibility:
    """What stands in one stretch of the page; a page may have several, with its own text between them."""

    def inside(span: Span) -> bool:
        return within.start <= span.start < within.end

    lists = {
        section: tuple(node for node in getattr(eligibility, section) if inside(node.span))
        for section in ("inclusion", "exclusion", "other")
    }
    return eligibility.model_copy(update={**lists, "headings": tuple(filter(inside, eligibility.headings))})


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_generated_file_is_current(path: Path) -> None:
    wanted = path.read_text(encoding="utf-8")
    assert GENERATED[path]() == wanted, "if the change is right, run `python -m tests.regenerate` and read its diff"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_layout_is_recognised(page: Path) -> None:
    assert parsed(page).source.layout == page.parent.name


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_spans_and_round_trip(page: Path) -> None:
    source = page.read_text(encoding="utf-8")
    trial = trialparse.parse(source)
    assert overlapping(trial.eligibility) == []
    if verbatim(page):
        assert misplaced(source, trial.eligibility) == []
        for passage in layouts.read(make_readable(source)).passages:
            start, end = passage.readable.span(passage.start, passage.end)
            within = Span(start=start, end=end)
            assert lost(source, part(trial.eligibility, within), within) == []
    assert Trial.model_validate_json(trial.model_dump_json()) == trial


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_cut_anywhere(page: Path) -> None:
    source = page.read_text(encoding="utf-8")
    for end in range(0, len(source), 97):
        trial = trialparse.parse(source[:end])
        assert not verbatim(page) or misplaced(source[:end], trial.eligibility) == []


def test_no_golden_without_a_page() -> None:
    assert {path.with_suffix("") for path in FIXTURES.glob("*/*.json")} == {path.with_suffix("") for path in PAGES}
