"""What holds for any text whatever."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import trialparse
from tests.coverage import lost, misplaced, overlapping, shown
from tests.generated import pages as fixture_pages
from tests.generated import verbatim
from trialparse import layouts
from trialparse.lexicon.tables import load
from trialparse.models.base import Span
from trialparse.models.trial import Trial

PAGES = [path.read_text(encoding="utf-8") for path in fixture_pages() if verbatim(path)]

MARKERS = [
    "",
    "* ",
    "- ",
    "• ",
    "1. ",
    "2) ",
    "(3) ",
    "1\\. ",
    "a. ",
    "ii. ",
    "① ",
    "\uf0b7 ",
    "– ",
    "o ",
    "1.2.1 ",
    "7",
    "*",
]
HEADINGS = [
    "Inclusion Criteria:", "Exclusion Criteria", "KEY INCLUSION CRITERIA -", "Main criteria for inclusion",
    "DISEASE CHARACTERISTICS:", "Hepatic:", "Cohort A", "All of the following:", "At least 2 of the following:",
]  # fmt: skip
WORDS = [
    "platelets", "ALT", "hemoglobin", "ECOG", "NYHA", "age", "\\<", "&gt;", "75", "1.5", "1,000", "2-3", "III", "½",
    "18 years", "28 days", "10^9/L", "10⁹/L", "109/L", "mg/dL", "%", "ULN + 4 s", "screening", "liver metastases",
    "surgery", "\u00a0", "\u00ad", "\t", "—",
]  # fmt: skip
"""What limits are made of, besides the words of the lexicon."""
WORDS += [phrase for values in load("vocabulary").values() for phrases in values.values() for phrase in phrases[:2]]

lines = st.one_of(
    st.sampled_from(HEADINGS),
    st.tuples(
        st.sampled_from(["", "  ", "    ", "\t"]),
        st.sampled_from(MARKERS),
        st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=12).map(" ".join),
    ).map("".join),
    st.text(max_size=30),
)
criteria = st.lists(lines, max_size=15).flatmap(
    lambda each: st.sampled_from(["\n", "\r\n", "\n\n"]).map(lambda end: end.join(each))
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A fixture page with stretches cut out, swapped and written over."""
    page = draw(st.sampled_from(PAGES))
    rows = page.split("\n")
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted((draw(st.integers(0, len(rows))), draw(st.integers(0, len(rows)))))
        rows[start:end] = draw(
            st.sampled_from([[], rows[end:][:5], rows[start:end][::-1]]) | st.lists(lines, max_size=3)
        )
    text = "\n".join(rows)
    return text[: draw(st.integers(0, len(text)))] if draw(st.booleans()) else text


@given(criteria)
def test_criteria(text: str) -> None:
    eligibility = trialparse.parse_criteria(text)
    assert misplaced(text, eligibility) == []
    assert overlapping(eligibility) == []
    assert lost(text, eligibility, Span(start=0, end=len(text))) == []


@given(pages() | criteria | st.text())
@example(";*0*")  # the marks of emphasis are none of the text
@example("INCLUSI CRITER:*00*")
def test_pages(text: str) -> None:
    trial = trialparse.parse(text)
    assert trial.source.length == len(text)
    assert misplaced(text, trial.eligibility, as_block=True) == []
    assert overlapping(trial.eligibility) == []
    for section in trial.sections:
        source = text[section.span.start : section.span.end]
        assert any(shown(section.text) in shown(source, as_block=block) for block in (False, True))
    for remark in trial.diagnostics:
        assert remark.span is None or remark.span.start <= remark.span.end <= len(text)
    assert Trial.model_validate_json(trial.model_dump_json()) == trial


@given(st.binary(max_size=400))
def test_bytes(data: bytes) -> None:
    assert isinstance(trialparse.parse(data), Trial)


@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_one_criterion(text: str) -> None:
    criterion = trialparse.parse_criterion(text)
    assert criterion.text == shown(text[criterion.span.start : criterion.span.end])


def test_ids_are_the_paths() -> None:
    for page in PAGES:
        eligibility = trialparse.parse(page).eligibility
        for letter, roots in zip("IEO", (eligibility.inclusion, eligibility.exclusion, eligibility.other), strict=True):
            level = [(f"{letter}{number}", node) for number, node in enumerate(roots, 1)]
            while level:
                assert [node.id for _, node in level] == [path for path, _ in level]
                level = [(f"{path}.{i}", child) for path, node in level for i, child in enumerate(node.children, 1)]


MOST_SECONDS = 40
BAD: dict[str, str | bytes] = {
    "empty": "",
    "blank": " \n\t\r\n",
    "binary": bytes(range(256)) * 40,
    "nul": "\x00" * 1000,
    "surrogates": "Inclusion Criteria:\n* age \ud800 ≥ 18 \udfff years",
    "login page": "<html><head><title>Sign in</title></head><body><form>Password: <input></form></body></html>",
    "cut in a word": PAGES[0][: len(PAGES[0]) * 2 // 3] + "hemoglo",
    "one long line": "Inclusion: " + ("adults who can walk and read, " * 12 + "platelets ≥ 75 × 10^9/L; ") * 3000,
    "one long word": "a" * 5_000_000,
    "nested brackets": "Inclusion Criteria:\n* age ≥ 18 " + "(if ALT > 3 " * 10_000 + ")" * 10_000,
    "bare brackets": "(" * 10_000 + ")" * 10_000,
    "nested list": "Inclusion Criteria:\n" + "".join(f"{' ' * depth}* item\n" for depth in range(1500)),
    "nested logic": "* " + "not (platelets ≥ 75 or " * 2000,
    "digits": "1" * 100_000 + "." + "9" * 100_000,
    "comparators": "≥" * 200_000,
    "escapes": "\\" * 300_000,
    "entities": "&amp;" * 100_000,
    "blank lines": "\n" * 1_000_000,
    "spaces": "Inclusion:" + " " * 1_000_000 + "x",
    "bullets": "* " * 200_000,
    "commas": "1," * 200_000,
    "ors": "ALT or " * 50_000 + "≤ 3 × ULN",
    "ifs": "if " * 50_000,
}


@pytest.mark.parametrize("source", BAD.values(), ids=BAD)
def test_bad_input_gives_a_trial_in_time(source: str | bytes) -> None:
    begun = time.process_time()
    trial = trialparse.parse(source)
    took = time.process_time() - begun
    assert took < MOST_SECONDS, "hostile input must take time in proportion to its length"
    assert Trial.model_validate_json(trial.model_dump_json()) == trial
    assert overlapping(trial.eligibility) == []


@pytest.mark.parametrize("name", ["empty", "blank", "nul", "login page"])
def test_a_page_that_is_no_trial_says_so(name: str) -> None:
    assert "error" in {remark.severity for remark in trialparse.parse(BAD[name]).diagnostics}


@pytest.mark.parametrize("source", [None, 5, ["text"], open])
def test_a_wrong_type_is_a_type_error(source: Any) -> None:
    for read in (trialparse.parse, trialparse.parse_criteria, trialparse.parse_criterion):
        with pytest.raises(TypeError, match="reads a str"):
            read(source)


def test_an_unknown_layout_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="nonesuch"):
        trialparse.parse("text", layout="nonesuch")


@pytest.mark.parametrize("layout", layouts.names())
def test_every_layout_reads_any_page(layout: str) -> None:
    for page in ["", *PAGES]:
        assert trialparse.parse(page, layout=layout).source.layout == layout


def test_threads_read_the_same() -> None:
    alone = [trialparse.parse(page) for page in PAGES]
    together: list[list[Trial]] = []
    workers = [
        threading.Thread(target=lambda: together.append([trialparse.parse(page) for page in PAGES])) for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert together == [alone] * 4
