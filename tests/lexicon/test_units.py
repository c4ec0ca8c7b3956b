"""Every row of `data/units.json` is in order, and every spelling is read as the amount it stands for."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from lark import Lark
from ucumvert import get_ucum_parser  # type: ignore[import-untyped]

from tests.conftest import ROOT, SHARED
from tests.lexicon.reading import amount
from trialparse.lexicon.conversion import convert
from trialparse.lexicon.units import UnitRow, units
from trialparse.requirements.tokens import Amount

PATH = ROOT / "trialparse" / "lexicon" / "data" / "units.json"
ROWS = list(units().values())
KEYS = {"ucum", "dimension", "base", "factor", "offset", "spellings", "example"}

REFERENCES = {"{xULN}", "{xLLN}", "{normal}"}
"""No units: what a limit is relative to."""
SCALES = {"{score}", "{grade}", "{stage}", "{class}", "{snellen}", "{INR}", "{titer}", "[pH]"}
"""Words that name a scale before its number; those that follow a number (points) are read all the same."""
NOT_READ = {
    "counted things, no units": [
        "lesions", "lesion", "sites", "metastases", "lymph nodes", "nodes", "lines", "prior lines", "regimens",
        "cycles", "tender joints", "swollen joints", "joints", "teeth", "units", "doses", "relapses", "attacks",
        "biopsy cores", "cores", "infections", "transfusions",
    ],
    "a multiple, and the reference behind it": ["fold", "-fold", "times", "time", "x baseline", "times baseline"],
    "a fraction needs its sign": ["of baseline"],
    "everyday words and abbreviations": ["in", "mi", "st", "AI", "F", "oF", "N", "weight/height^2"],
    "cut short: mmol a day begins so, too": ["mmol/"],
    "a bare microlitre behind a count means per microlitre": ["uL", "µL", "μL"],
    "our code says more than the table's": [
        "copies/uL", "T-score", "IU/kg/day", "U/kg/day", "units/kg/day", "g/kg/day", "hours/week", "h/wk", "hours/day",
        "hours per day", "/10 HPF", "/ 50 HPF",
    ],
}  # fmt: skip
REPAIRED = {"109/L", "10 9/L", "103/µL", "106/L", "1012/L"}
"""Powers of ten that lost their superscript: only behind a multiplication sign."""


@pytest.fixture(scope="module")
def ucum_parser() -> Lark:
    """Building it takes longer than all that it parses here."""
    parser: Lark = get_ucum_parser()
    return parser


def _objects() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(PATH.read_text(encoding="utf-8"))
    return rows


def _same(read: Amount | None, ucum: str) -> bool:
    """Whether the amount is 5 of `ucum`."""
    if read is None or read.unit is None or read.unit.ucum is None:
        return False
    value = convert(read.value, read.unit.ucum, ucum)
    return value is not None and abs(value - 5) < Decimal("0.005")


def test_one_row_a_line_sorted_by_code() -> None:
    lines = PATH.read_text(encoding="utf-8").splitlines()[1:-1]
    codes = [json.loads(line.rstrip(","))["ucum"] for line in lines]
    assert codes == sorted(set(codes)), f"expected order: {sorted(set(codes))}"


@pytest.mark.parametrize("row", _objects(), ids=lambda row: row["ucum"])
def test_row_holds_only_what_it_states(row: dict[str, Any]) -> None:
    assert row.keys() <= KEYS
    assert None not in row.values(), "leave empty keys out"
    in_order = sorted(set(row["spellings"]), key=lambda spelling: (spelling.lower(), spelling))
    assert row["spellings"] == in_order, f"write: {json.dumps(in_order, ensure_ascii=False)}"
    assert ("example" in row) == bool(row["spellings"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.ucum)
def test_code_is_ucum_and_belongs_to_its_dimension(row: UnitRow, ucum_parser: Lark) -> None:
    ucum_parser.parse(row.ucum)
    assert row.factor > 0
    assert {other.base for other in ROWS if other.dimension == row.dimension} == {row.base}


def test_no_spelling_is_claimed_twice() -> None:
    claims: defaultdict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for spelling in row.spellings:
            claims[spelling.replace(" ", "")].add(row.ucum)
    twice = {spelling: codes for spelling, codes in claims.items() if len(codes) > 1}
    assert not twice, f"leave each spelling in one row: {twice}"


@pytest.mark.parametrize("row", [row for row in ROWS if row.example], ids=lambda row: row.ucum)
def test_example_gives_the_code(row: UnitRow) -> None:
    read = amount(f"X ≥ {row.example}")
    assert read is not None
    assert read.unit is not None
    assert read.unit.ucum == row.ucum


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.ucum)
def test_spellings_give_the_code(row: UnitRow) -> None:
    for spelling in row.spellings:
        line = f"X ≥ 5 {spelling}"
        read = amount(line)
        assert _same(read, row.ucum), spelling
        assert read is not None
        assert read.unit is not None
        assert read.unit.end == len(line), f"read only in part: {spelling}"


@pytest.mark.parametrize("power", ["x 10^9", "×10^9", "x 10(9)", "*10E9", "x 10⁹", "x 10**9", "x10\\^9", "x 10e9"])
@pytest.mark.parametrize("rest", ["/L", "/l", " / L", " per liter", "/litre", " cells/L"])
def test_billions_per_litre_in_every_dress(power: str, rest: str) -> None:
    assert _same(amount(f"X ≥ 5 {power}{rest}"), "10*9/L")


@pytest.mark.parametrize(
    ("spelling", "ucum"),
    [
        ("G/L", "10*9/L"),
        ("K/µL", "10*3/uL"),
        ("x 10^3/㎕", "10*3/uL"),
        ("x 10^6/mL", "10*6/mL"),
        ("x 10^12/L", "10*12/L"),
        ("x 109/L", "10*9/L"),
        ("x 1012/L", "10*12/L"),
        ("/microliter", "/uL"),
        ("/liters", "/L"),
        ("mL/mn", "mL/min"),
        ("ml/mn", "mL/min"),
        ("ugm/ml", "ug/mL"),
        ("µgm", "ug"),
        ("x 10^9/liters", "10*9/L"),
        ("milligrams per deciliter", "mg/dL"),
        ("degrees C", "Cel"),
        ("drinks/occasion", "{drink}"),
        ("milliliters/minute/1.73 m²", "mL/min/{1.73_m2}"),
        ("millilitres per minute per 1.73 square metres", "mL/min/{1.73_m2}"),
        ("milliliter (mL)/min/1.73 meters squared", "mL/min/{1.73_m2}"),
        ("milliequivalent (mEq)/dL", "meq/dL"),
        ("mg/lit", "mg/L"),
        ("mmol/24 h", "mmol/d"),
        ("mmol/day", "mmol/d"),
        ("mmol/h", "mmol/h"),
        ("mmol/kg", "mmol/kg"),
        ("mmol/ L", "mmol/L"),
        ("mL/s/1.73 m²", "mL/s/{1.73_m2}"),
        ("ans", "a"),
        ("kg∙m-2", "kg/m2"),
        ("kg·m-2", "kg/m2"),
    ],
)
def test_spellings_met_in_records(spelling: str, ucum: str) -> None:
    assert _same(amount(f"X ≥ 5 {spelling}"), ucum)


@pytest.mark.parametrize("row", [row for row in ROWS if len(row.ucum) > 2], ids=lambda row: row.ucum)
def test_codes_of_ucum_are_read_as_they_are(row: UnitRow) -> None:
    line = f"X ≥ 5 {row.ucum}"
    read = amount(line)
    assert _same(read, row.ucum)
    assert read is not None
    assert read.unit is not None
    assert read.unit.end == len(line)


@pytest.mark.parametrize("word", ["K", "N", "T", "F", "F and later", "of the following", "in total"])
def test_no_unit(word: str) -> None:
    read = amount(f"X ≥ 2015 {word}")
    assert read is not None
    assert read.unit is None


@pytest.mark.parametrize("letter", ["M", "G"])
def test_capital_letter_is_no_unit(letter: str) -> None:
    read = amount(f"X ≥ 5 {letter}")
    assert read is not None
    assert read.unit is None


@pytest.mark.shared
def test_every_spelling_of_the_reference_table() -> None:
    with (SHARED / "reference" / "units.csv").open(newline="", encoding="utf-8") as table:
        rows = [(row["spelling"], row["ucum"]) for row in csv.DictReader(table)]
    excused = {spelling for spellings in NOT_READ.values() for spelling in spellings}
    unread = [
        (spelling, ucum)
        for spelling, ucum in rows
        if ucum not in REFERENCES | SCALES and spelling not in excused and not _same(amount(_line(spelling)), ucum)
    ]
    assert not unread
    assert excused <= {spelling for spelling, _ in rows}


def _line(spelling: str) -> str:
    if spelling in REPAIRED:
        return f"X ≥ 5 x {spelling}"
    return f"X ≥ 5{'' if spelling.startswith('-') else ' '}{spelling}"


WORDS = {"N": None, "a": None, "uL": "/uL"}
"""Codes that are words of English, or mean something else where prose prints them."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.ucum)
def test_the_code_itself_is_read(row: UnitRow) -> None:
    line = f"X ≥ 5 {row.ucum}"
    read = amount(line)
    assert read is not None
    if row.ucum in WORDS:
        assert (read.unit.ucum if read.unit else None) == WORDS[row.ucum]
    else:
        assert read.unit is not None
        assert (read.unit.ucum, read.unit.end) == (row.ucum, len(line))


@pytest.mark.parametrize(("text", "ucum"), [("mmol/L", "mmol/L"), ("mmol/day", "mmol/d"), ("mmol/ L", "mmol/L")])
def test_no_spelling_swallows_the_beginning_of_another(text: str, ucum: str) -> None:
    read = amount(f"X ≥ 5 {text}")
    assert read is not None
    assert read.unit is not None
    assert read.unit.ucum == ucum


def test_no_spelling_ends_in_the_middle_of_a_unit() -> None:
    assert [spelling for row in ROWS for spelling in row.spellings if spelling.endswith(("/", "*", "^"))] == []
