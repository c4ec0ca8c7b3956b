from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter
from rich.console import Console

from trialparse.models.notation import findings, formula
from trialparse.models.requirement import Requirement
from trialparse.models.tree import trial_page
from trialparse.models.trial import Trial

SPAN = {"start": 0, "end": 1}
PLACE = {"text": "as printed", "span": SPAN}


def limit(value: str, unit: str | None = None, *, inclusive: bool = True, **more: Any) -> dict[str, Any]:
    printed = None if unit is None else {"text": unit, "ucum": unit}
    return {"value": value, "inclusive": inclusive, "unit": printed, **more}


def threshold(name: str, **limits: Any) -> dict[str, Any]:
    return {"kind": "threshold", "measure": {"name": name, "text": name}, **PLACE, **limits}


def window(**fields: Any) -> dict[str, Any]:
    return {"kind": "window", **PLACE, **fields}


def statement(text: str, *windows: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "statement", "text": text, "span": SPAN, "windows": windows}


def read(raw: dict[str, Any]) -> Requirement:
    return TypeAdapter[Requirement](Requirement).validate_python(raw)


def uln(value: str) -> dict[str, Any]:
    return limit(value, relative_to="ULN")


RECENT = window(upper=limit("28", "d"), direction="before", anchor="enrollment")
PLATELETS = threshold("platelets", lower=limit("75", "10*9/L"))
ECOG = threshold("ecog", upper=limit("1"))
LIVER = statement("liver metastases")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (PLATELETS, "platelets ≥ 75 10*9/L"),
        (threshold("hemoglobin", lower=limit("9.50", "g/dL", inclusive=False)), "hemoglobin > 9.5 g/dL"),
        (threshold("platelets", lower=limit("100", "10*9/L"), upper=limit("2E+2", "10*9/L")),
         "100 ≤ platelets ≤ 200 10*9/L"),
        (threshold("age", lower=limit("6", "mo"), upper=limit("2", "a", inclusive=False)), "6 mo ≤ age < 2 a"),
        (threshold("total_bilirubin", upper=uln("1.5")), "total bilirubin ≤ 1.5 × ULN"),
        (threshold("alt", upper=uln("1")), "alt ≤ ULN"),
        (threshold("pt", upper=limit("1", relative_to="ULN", offset={"value": 4, "unit": {"text": "s", "ucum": "s"}})),
         "pt ≤ ULN + 4 s"),
        (threshold("ecog", lower=limit("1"), upper=limit("1")), "ecog = 1"),
        (threshold("hba1c", upper=limit("8", "%")), "hba1c ≤ 8%"),
        (threshold("child_pugh", values=["A", "B"]), "child pugh A or B"),
        ({**PLATELETS, "windows": [RECENT]}, "platelets ≥ 75 10*9/L (within 28 d before enrollment)"),
        (RECENT, "within 28 d before enrollment"),
        (window(lower=limit("6", "mo")), "at least 6 mo"),
        (window(upper=limit("3", "mo", inclusive=False), anchor="screening"), "less than 3 mo of screening"),
        (window(lower=limit("2", "wk"), upper=limit("4", "wk"), direction="after"), "2 wk to 4 wk after"),
        ({"kind": "any", "items": [ECOG, {"kind": "all", "items": [PLATELETS, LIVER]}]},
         "ecog ≤ 1 or (platelets ≥ 75 10*9/L and liver metastases)"),
        ({"kind": "at_least", "minimum": 2, "items": [ECOG, PLATELETS, LIVER]},
         "at least 2 of: ecog ≤ 1; platelets ≥ 75 10*9/L; liver metastases"),
        ({"kind": "not", "item": {"kind": "any", "items": [ECOG, LIVER]}}, "not (ecog ≤ 1 or liver metastases)"),
        ({"kind": "if", "condition": LIVER, "then": threshold("alt", upper=uln("5")),
          "otherwise": threshold("alt", upper=uln("3"))},
         "if liver metastases: alt ≤ 5 × ULN, otherwise ≤ 3 × ULN"),
        ({"kind": "if", "condition": LIVER, "then": ECOG, "otherwise": PLATELETS},
         "if liver metastases: ecog ≤ 1, otherwise platelets ≥ 75 10*9/L"),
        ({"kind": "if", "condition": LIVER, "then": ECOG}, "if liver metastases: ecog ≤ 1"),
    ],
)  # fmt: skip
def test_formula(raw: dict[str, Any], text: str) -> None:
    assert formula(read(raw)) == text


def test_findings_leave_out_prose_and_take_a_line_each() -> None:
    requirement = {"kind": "all", "items": [LIVER, statement("no surgery", RECENT), ECOG]}
    assert findings(read(requirement)) == ("within 28 d before enrollment", "ecog ≤ 1")
    assert findings(read(LIVER)) == ()
    assert findings(read({"kind": "not", "item": {"kind": "any", "items": [LIVER, LIVER]}})) == ()


def page(width: int, *, colour: bool = False) -> str:
    items = {"id": "I1", "text": "A criterion long enough to be wrapped " * 4, "span": SPAN, "requirement": PLATELETS}
    child = {"id": "I2.1", "text": "hostile \x1b[31m text", "span": SPAN}
    parent = {"id": "I2", "text": "Two of:", "heading": True, "combine": "at_least", "minimum": 2, "span": SPAN}
    trial = {
        "source": {"layout": "findatrial", "sha256": "0", "length": 1},
        "brief_title": "An invented trial",
        "trial_id": "NCT99999999",
        "eligibility": {
            "minimum_age": {"value": 18, "unit": "a"},
            "inclusion": [items, {**parent, "children": [child]}],
        },
        "diagnostics": [{"code": "numbering_gap", "severity": "info", "message": "from 1 to 3", "span": SPAN}],
    }
    console = Console(width=width, force_terminal=colour, color_system="standard" if colour else None)
    with console.capture() as capture:
        console.print(trial_page(Trial.model_validate(trial)))
    return capture.get()


def test_page_fits_80_columns_with_limits_beside_the_text() -> None:
    lines = page(80).splitlines()
    assert max(map(len, lines)) <= 80
    (first,) = (line for line in lines if "I1" in line)
    assert "A criterion" in first
    assert "platelets ≥ 75 10*9/L" in first
    assert any("numbering_gap at 0: from 1 to 3" in line for line in lines)
    assert any("at least 2 of" in line for line in lines)


def test_page_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in page(80)
    assert "\x1b[31m text" not in page(80, colour=True)


def test_colours() -> None:
    assert "\x1b[1;32mInclusion" in page(80, colour=True)
