"""A text says the same however it is printed, and a part of it the same as it does in the whole."""

from __future__ import annotations

import pytest

from tests.generated import pages, parsed
from tests.robustness.metamorphic import CHANGES, corpus, count, differs, same_before_cut

EVERY = 20
MOST = {"re-wrapped": 0.01}
"""Share of the corpus's texts that a change makes truly ambiguous, such as headings that come to stand on two lines."""


def _criteria() -> dict[str, str]:
    """The criteria of the fixture pages of plain text."""
    found = {}
    for page in pages():
        text = page.read_text(encoding="utf-8")
        if text.lstrip()[:1] not in ("{", "[", "<"):
            span = parsed(page).eligibility.span
            if span is not None:
                found[f"{page.parent.name} {page.stem}"] = text[span.start : span.end]
    return found


CRITERIA = _criteria()


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_print_changes_nothing(change: str) -> None:
    assert [name for name, text in CRITERIA.items() if differs(change, text)] == []


@pytest.mark.parametrize("name", CRITERIA)
def test_a_text_cut_off_reads_the_same_up_to_there(name: str) -> None:
    text = CRITERIA[name]
    step = max(1, len(text) // 12)
    assert [at for at in range(0, len(text), step) if not same_before_cut(text, at)] == []


@pytest.mark.shared
def test_corpus() -> None:
    texts = corpus()[::EVERY]
    found = count(texts).items()
    assert {change: numbers for change, numbers in found if len(numbers) > MOST.get(change, 0) * len(texts)} == {}
