"""Every row of `data/measures.json` is in order, and every word for a measure is read as that measure."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.lexicon.reading import thresholds, tokens
from trialparse.lexicon.conversion import canonical
from trialparse.lexicon.measures import MeasureRow, measures
from trialparse.lexicon.units import units
from trialparse.text.atoms import atomise
from trialparse.text.readable import make_readable

PATH = ROOT / "trialparse" / "lexicon" / "data" / "measures.json"
ROWS = list(measures().values())
KEYS = {
    "name", "kind", "synonyms", "disorders", "context", "loinc", "uncoded", "unit", "range", "classes", "molar_mass",
    "valence", "better", "also", "taken_for", "covers", "own_units", "examples",
}  # fmt: skip
OPEN_ENDED = {
    "apri", "cac_score", "fib4", "homa_ir", "jc_virus_index", "lung_clearance_index", "maddrey", "oxygenation_index",
    "pbac", "sokal", "vis",
}  # fmt: skip
"""Indexes computed from values without an upper end."""


def _lines() -> list[str]:
    return PATH.read_text(encoding="utf-8").splitlines()[1:-1]


def _objects() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(PATH.read_text(encoding="utf-8"))
    return rows


def test_one_row_a_line_sorted_by_name() -> None:
    names = [json.loads(line.rstrip(","))["name"] for line in _lines()]
    assert names == sorted(set(names)), f"expected order: {sorted(set(names))}"


@pytest.mark.parametrize("row", _objects(), ids=lambda row: row["name"])
def test_row_holds_only_what_it_states(row: dict[str, Any]) -> None:
    assert row.keys() <= KEYS
    assert None not in row.values(), "leave empty keys out"
    in_order = sorted(set(row["synonyms"]), key=lambda synonym: (synonym.lower(), synonym))
    assert row["synonyms"] == in_order, f"write: {json.dumps(in_order, ensure_ascii=False)}"
    assert row["examples"]


@pytest.mark.parametrize("row", [row for row in ROWS if row.disorders], ids=lambda row: row.name)
def test_disorders_name_the_measure_right_before_a_limit(row: MeasureRow) -> None:
    for word in row.disorders:
        assert [found.measure.name for found in thresholds(f"{word} (< 2 {row.unit or ''})")] == [row.name]
        assert row.name not in [found.measure.name for found in thresholds(f"{word}, hematocrit < 30 %")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_unit_and_ends_make_sense(row: MeasureRow) -> None:
    assert row.unit is None or row.unit in units(), f"add a row for {row.unit} to units.json"
    assert row.kind == "class" or row.unit is not None
    assert row.range is None or row.range[0] < row.range[1]
    assert row.molar_mass is None or row.molar_mass > 0
    if row.kind in ("score", "class"):
        assert (row.range or row.classes) or row.name in OPEN_ENDED, "give the scale its ends or its classes"


def test_scales_without_end_are_named_truthfully() -> None:
    assert {row.name for row in ROWS if row.kind == "score" and row.range is None} == OPEN_ENDED


def _alias(synonym: str) -> tuple[str, ...]:
    """What the index tells apart: atoms without hyphens, in lower case unless only this capitalisation counts."""
    text = make_readable(synonym).text
    bare = synonym.replace(" ", "").replace("-", "")
    exact = not bare.islower() and (len(bare) <= 3 or (bare.isupper() and bare.isalpha()))
    return tuple(text[start:end] if exact else key for _, key, start, end in atomise(text) if key != "-")


def test_no_alias_is_claimed_twice() -> None:
    claims: defaultdict[tuple[str, ...], list[tuple[MeasureRow, str]]] = defaultdict(list)
    for row in ROWS:
        for synonym in row.synonyms:
            claims[_alias(synonym)].append((row, synonym))
    twice = {
        claimants[0][1]: " and ".join(row.name for row, _ in claimants)
        for claimants in claims.values()
        if len(claimants) > 1 and not all(synonym in row.context for row, synonym in claimants)
    }
    assert not twice, f"leave each in one row, once, or give it a context in every row: {twice}"


@pytest.mark.parametrize(("row", "example"), [(row, example) for row in ROWS for example in row.examples])
def test_example_is_a_limit_of_its_measure(row: MeasureRow, example: str) -> None:
    assert [threshold.measure.name for threshold in thresholds(example)] == [row.name]


def _is_read(row: MeasureRow, synonym: str) -> bool:
    hint = row.context.get(synonym, ("",))[0]
    first = tokens(f"{synonym} ≥ 5 ({hint})")[0]
    whole = (first.start, first.end) == (0, len(make_readable(synonym).text))
    return whole and first.type == "MEASURE" and first.value is row


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_synonyms_are_read_as_their_measure_alone(row: MeasureRow) -> None:
    plain = [synonym for synonym in row.synonyms if not synonym[0].isdigit() and synonym != "performance status"]
    unread = [synonym for synonym in plain if not _is_read(row, synonym)]
    assert not unread, f"another row or the vocabulary takes {unread}"


def test_names_that_begin_with_a_number_are_read() -> None:
    assert all(_is_read(row, synonym) for row in ROWS for synonym in row.synonyms if synonym[0].isdigit())


def test_performance_status_alone_is_ecog() -> None:
    assert _is_read(measures()["ecog"], "performance status")


@pytest.mark.parametrize("row", [row for row in ROWS if row.context], ids=lambda row: row.name)
def test_synonym_in_need_of_context_is_no_measure_without(row: MeasureRow) -> None:
    for synonym, hints in row.context.items():
        line = f"{synonym} ≥ 5"
        if not any(hint.lower() in line.lower() for hint in hints):
            assert all(token.value is not row for token in tokens(line)), f"{synonym} is read without {hints}"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("ECOG performance status 0-2", "ecog"),
        ("Karnofsky performance status ≥ 70 %", "karnofsky"),
        ("Fasting triglyceride < 500 mg/dL", "triglycerides"),
        ("White blood count ≥ 3000/mm3", "wbc"),
        ("Myasthenia Gravis Foundation of America Clinical Classification class II", "mgfa"),
        ("HCT-CI ≤ 3", "hct_ci"),
        ("At least 6 swollen joints", "swollen_joint_count"),
        ("Liver enzymes > 3 x ULN", "transaminases"),
        ("Child-Pugh class B or C", "child_pugh"),
    ],
)
def test_names_that_are_easily_mistaken(line: str, name: str) -> None:
    assert [threshold.measure.name for threshold in thresholds(line)] == [name]


@pytest.mark.parametrize(
    "line",
    ["AST and ALT ≤ 3 × ULN", "AST/ALT ≤ 3 × ULN", "AST or ALT ≤ 3 × ULN", "ALT/AST ≤ 3 × ULN"],
)
def test_transaminases_named_singly_are_two_measures(line: str) -> None:
    assert {threshold.measure.name for threshold in thresholds(line)} == {"alt", "ast"}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Hypokalemia, hemoglobin < 8 g/dL", {"hemoglobin"}),
        ("At least one EGFR mutation", set()),
        ("P ≤ 0.05", set()),
        ("Well differentiated, grade 1-2", {"ctcae_grade"}),
    ],
)
def test_words_that_are_no_measure(line: str, names: set[str]) -> None:
    assert {threshold.measure.name for threshold in thresholds(line)} - {None} == names


def test_other_units_convert() -> None:
    """Units that a limit may be meant in give a value in the canonical one."""
    bad = [(row.name, code) for row in ROWS for code in row.also if canonical(row, Decimal(1), code) is None]
    assert bad == []


def test_other_units_have_a_range_to_choose_by() -> None:
    assert [row.name for row in ROWS if (row.also or row.taken_for) and not (row.range or row.taken_for)] == []
