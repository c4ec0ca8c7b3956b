"""Layouts: recognised by their own pages, equal in what they find, loaded when needed, and sound on broken pages."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

import trialparse
from tests.conftest import FIXTURES
from trialparse import layouts
from trialparse.layouts.base import Layout
from trialparse.layouts.fields import BLOCK_READERS, FREE_TEXT
from trialparse.layouts.page import CRITERIA, FALLBACK
from trialparse.layouts.values import LINE_READERS
from trialparse.models.eligibility import Criterion
from trialparse.text.readable import make_readable

PAGES = sorted(path for path in FIXTURES.glob("*/*") if path.suffix != ".json" and path.parent.name in layouts.names())
SAME = [path for path in PAGES if path.stem.startswith("exampleitis") and path.parent.name != "ictrp_export"]
PAGE_LAYOUTS = [name for name in layouts.names() if isinstance(layouts.load(name), Layout)]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_page_is_read_by_its_own_layout(path: Path) -> None:
    if path.stem != "cut_short":
        assert trialparse.parse(text_of(path)).source.layout == path.parent.name


@pytest.mark.parametrize("name", layouts.names())
def test_every_layout_has_a_description_and_a_fixture(name: str) -> None:
    assert layouts.load(name).description
    assert any(path.parent.name == name for path in PAGES)


@pytest.mark.parametrize("name", PAGE_LAYOUTS)
def test_every_meaning_has_a_reader(name: str) -> None:
    layout = layouts.load(name)
    assert isinstance(layout, Layout)
    known = {*LINE_READERS, *BLOCK_READERS, *FREE_TEXT, *CRITERIA, *FALLBACK, *layout.readers}
    meanings = [*layout.labels.values(), layout.start, layout.tail]
    names = {part for meaning in meanings if meaning for part in ((meaning,) if isinstance(meaning, str) else meaning)}
    assert names <= known


def shape(criterion: Criterion) -> tuple[object, ...]:
    text = criterion.text.rstrip(";.")
    return text, criterion.combine, tuple(map(shape, criterion.children))


@pytest.mark.parametrize("path", SAME, ids=lambda path: path.parent.name)
def test_the_same_trial_has_the_same_criteria_in_every_layout(path: Path) -> None:
    reference = trialparse.parse(text_of(FIXTURES / "ctgov_json" / "exampleitis.txt")).eligibility
    eligibility = trialparse.parse(text_of(path)).eligibility
    assert tuple(map(shape, eligibility.inclusion)) == tuple(map(shape, reference.inclusion))
    assert tuple(map(shape, eligibility.exclusion)) == tuple(map(shape, reference.exclusion))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_pages_cut_anywhere_are_read_with_true_spans(path: Path) -> None:
    source = text_of(path)
    chance = random.Random(path.name)
    for _ in range(25):
        part = source[: chance.randrange(len(source))]
        record = layouts.read(make_readable(part))
        for section in record.sections:
            assert 0 <= section["span"]["start"] < section["span"]["end"] <= len(part)
        for passage in record.passages:
            assert 0 <= passage.start < passage.end <= len(passage.readable.text)


@pytest.mark.parametrize("name", ["findatrial", "meddatax"])
def test_sections_in_another_order_still_fill_their_fields(name: str) -> None:
    stem = "exampleitis" if name == "findatrial" else "exampleitis_labelled"
    source = text_of(FIXTURES / name / f"{stem}.txt")
    heads = [
        "\nQuick facts\n",
        "\nWhat this trial studies\n",
        "\nEligibility criteria\n",
        "\nWhere this trial is running\n",
    ]
    if name == "meddatax":
        heads = ["\nBrief Summary\n", "\nStudy Design\n", "\nEligibility Criteria\n", "\nSponsors\n"]
    cuts = [source.index(head) for head in heads]
    first, *parts = (source[a:b] for a, b in zip([0, *cuts], [*cuts, len(source)], strict=True))
    whole = trialparse.parse(source)
    moved = trialparse.parse(first + "".join(reversed(parts)))
    for field in ("trial_id", "brief_summary", "lead_sponsor", "study_type", "phases"):
        assert getattr(moved, field) == getattr(whole, field)
    assert [item.text for item in moved.eligibility.inclusion] == [item.text for item in whole.eligibility.inclusion]


@pytest.mark.parametrize("name", layouts.names())
@pytest.mark.parametrize("source", ["", " \n\t", "Sign in\nPassword\n", "\x00\x01\xff" * 50, "[(" * 5000, "|" * 5000])
def test_what_is_no_page_raises_nothing(name: str, source: str) -> None:
    layouts.read(make_readable(source), name)


def test_an_absent_value_never_takes_the_next_label() -> None:
    page = "Examplumab in adults with exampleitis\nStatus\nPhase\nSponsor\nConditions\nEnrollment\n20 participants\n"
    trial = trialparse.parse(page)
    assert (trial.overall_status, trial.phases, trial.lead_sponsor, trial.conditions) == (None, (), None, ())
    assert trial.enrollment is not None
    assert trial.enrollment.count == 20


def test_related_trials_and_site_dates_are_not_the_trials_own() -> None:
    trial = trialparse.parse(text_of(FIXTURES / "generic" / "labels.txt"))
    assert trial.trial_id == "NCT09900001"
    assert trial.related_trial_ids == ("NCT09900007",)
    assert trial.last_update_date is None


def test_an_unknown_value_is_kept_and_named() -> None:
    trial = trialparse.parse("Examplumab in exampleitis\nNCT ID: NCT09900001\nRecruitment Status: Purple\n")
    assert trial.overall_status is None
    assert any(note.code == "unreadable_value" and "Purple" in note.message for note in trial.diagnostics)
    assert any("Purple" in section.text for section in trial.sections)


def test_an_unknown_layout_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="meddatax"):
        trialparse.parse("x", layout="nowhere")


def test_importing_loads_no_layout() -> None:
    homes = ("trialparse.layouts.pages.", "trialparse.layouts.formats.")
    code = f"import sys, trialparse; print(sum(name.startswith({homes}) for name in sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "0"
