"""What Python prepares of a trial: text, cards, shares, numerals, verdicts; and the ranges over all trials."""

from __future__ import annotations

from typing import Any

import pytest

import trialparse
from tests.conftest import FIXTURES
from tests.report.pages import EMPTY, HEPATIC, PATIENT, RENAL
from trialparse.report.coverage import SHARES, numerals
from trialparse.report.ranges import Ranges
from trialparse.report.sheet import KEPT, Facets, make_sheet


def body(text: str, source: str | None = "", **more: Any) -> dict[str, Any]:
    return make_sheet(trialparse.parse(text), text if source == "" else source, **more).body


def printed(sheet: dict[str, Any]) -> str:
    return "".join(piece[0] for part in ("before", "block", "after") for piece in sheet["text"][part])


def card(sheet: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in sheet["cards"] if each["id"] == name)
    return found


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.txt")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_text_is_the_source_and_every_limit_is_marked_at_its_place(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    trial = trialparse.parse(text)
    sheet = make_sheet(trial, text).body
    first, cut = sheet["left_out"]
    assert printed(sheet) == text[first : len(text) - cut]
    marks = sheet["marks"]
    shown: dict[tuple[str, str], str] = {}
    for part in ("before", "block", "after"):
        for piece, *numbers in sheet["text"][part]:
            for kind, criterion, *paths in (marks[number] for number in numbers):
                if kind == "threshold":
                    shown |= {(criterion, each): shown.get((criterion, each), "") + piece for each in paths}
    wanted = {
        (each.criterion.id, each.path): text[each.threshold.span.start : each.threshold.span.end]
        for each in trial.thresholds()
    }
    assert shown == wanted
    assert sum(sheet["shares"].values()) > 0 or not sheet["cards"]


def test_cards_hold_formula_units_and_canonical_values() -> None:
    sheet = body(
        "Inclusion Criteria:\n\n* Platelets ≥ 75,000/mm3\n* Total bilirubin ≤ 17.1 µmol/L\n* Child-Pugh A or B"
    )
    logic = card(sheet, "I1")["logic"]
    assert (logic["formula"], logic["canonical"]) == ("platelets ≥ 75000 /mm3", "platelets ≥ 75 10*9/L")
    assert logic["unit"] == "/mm3"
    assert card(sheet, "I2")["logic"]["canonical"] == "total bilirubin ≤ 0.9997686 mg/dL"
    assert card(sheet, "I3")["logic"]["formula"] == "child pugh A or B"
    assert card(sheet, "I1")["measures"] == ["platelets"]


def test_the_logic_is_drawn_as_it_stands() -> None:
    logic = card(body(HEPATIC), "I2.1")["logic"]
    assert logic["kind"] == "if"
    assert [item["kind"] for item in logic["items"]] == ["statement", "threshold", "threshold"]
    assert [item["path"] for item in logic["items"]] == ["0.0", "0.1", "0.2"]
    assert card(body(HEPATIC), "I3")["logic"]["minimum"] == 2
    paths = {path for mark in body(HEPATIC)["marks"] for path in mark[2:]}
    assert {"0", "0.0", "0.1", "0.2"} <= paths


def test_remarks_stand_with_the_criterion_that_they_are_about() -> None:
    sheet = body("Inclusion Criteria:\n\n* Platelets ≥ 75 109/L\n* Age ≥ 18 years\n")
    assert [code for code, *_ in card(sheet, "I1")["remarks"]] == ["superscript_repaired"]
    assert card(sheet, "I2")["remarks"] == []
    assert [code for code, *_ in sheet["remarks"]] == ["unknown_layout"]
    assert any(mark[:2] == ["remark", "I1"] for mark in sheet["marks"])


def test_roles_and_facets() -> None:
    sheets = [body("Inclusion Criteria:\n\n* In patients with platelets < 55 × 10^9/L, INR ≤ 1.5"), body(RENAL)]
    assert card(sheets[0], "I1")["roles"] == ["condition", "requirement"]
    facets = Facets()
    for sheet in sheets:
        facets.add(sheet)
    found = facets.data()
    assert dict(found["measures"])["platelets"] == 2
    assert dict(found["measures"])["inr"] == 1


# -- how much was read ---------------------------------------------------------------------------------------------

NUMERALS = [
    # criterion, numerals that are in no limit or time, all numerals
    ("Platelets ≥ 75 × 10^9/L within 14 days", [], 4),
    ("Agrees to 6 visits at the clinic", ["6"], 1),
    ("COVID-19, CD4, HER2 or interleukin-11 therapy", [], 0),
    ("Written consent on form 1.234,5", ["1.234,5"], 1),
    ("Hypersensitivity to 5-HT1B/1D agonists", ["5", "1"], 2),
    ("ECOG 0-2", [], 2),
]


@pytest.mark.parametrize(("text", "unread", "total"), NUMERALS)
def test_numerals(text: str, unread: list[str], total: int) -> None:
    page = f"Inclusion Criteria:\n\n* {text}\n"
    sheet = make_sheet(trialparse.parse(page), page)
    marks = sheet.body["marks"]
    found = [
        piece
        for piece, *numbers in sheet.body["text"]["block"]
        if any(marks[number][0] == "numeral" for number in numbers)
    ]
    assert found == unread
    assert sheet.body["numerals"] == sheet.entry["numerals"] == [total, len(unread)]


def test_numerals_are_found_behind_escapes() -> None:
    text = "<p>Inclusion Criteria:</p><ul><li>Form A6 &amp;&#8805; 6 visits</li><li>Age &#8805;18 years</li></ul>"
    sheet = body(text)
    marked = [
        piece for piece, *numbers in sheet["text"]["block"] if any(sheet["marks"][n][0] == "numeral" for n in numbers)
    ]
    assert printed(sheet) == text
    assert (marked, sheet["numerals"]) == (["6"], [2, 1])


def test_a_numeral_that_cannot_be_found_is_counted_all_the_same() -> None:
    criterion = trialparse.parse_criterion("Agrees to 6 visits")
    found = numerals([(criterion, (0, 9))], "&#54;visit", [])
    assert (found.total, found.unread, found.marks) == (1, 1, ())


def test_shares_add_up_to_what_stands_in_criteria_and_headings() -> None:
    sheet = body(HEPATIC)
    trial = trialparse.parse(HEPATIC)
    spans = [*trial.eligibility.headings, *(each.span for _, each in trial.eligibility.criteria())]
    signs = sum(len("".join(HEPATIC[span.start : span.end].split())) for span in spans)
    assert sum(sheet["shares"].values()) == signs
    assert all(sheet["shares"][name] > 0 for name in SHARES)


# -- where something is missing ------------------------------------------------------------------------------------


def test_without_its_source_a_trial_shows_the_texts_of_its_criteria() -> None:
    for source in (None, RENAL, HEPATIC.replace("75", "76")):
        sheet = body(HEPATIC, source)
        assert not sheet["printed"]
        assert "  Age 18 to 75 years\n" in printed(sheet)
        assert "    Platelets ≥ 75 × 10^9/L" in printed(sheet)
        pieces = [piece for piece, *n in sheet["text"]["block"] if any(sheet["marks"][i][0] == "threshold" for i in n)]
        assert pieces[:2] == ["Age 18 to 75 years", "Platelets ≥ 75 × 10^9/L"]
        assert sheet["numerals"] == body(HEPATIC)["numerals"]


def test_a_record_without_criteria() -> None:
    sheet = body(EMPTY)
    assert (sheet["cards"], sheet["numerals"], printed(sheet)) == ([], [0, 0], EMPTY)
    assert "no_criteria" in [code for code, *_ in sheet["remarks"]]
    nothing = body("")
    assert (printed(nothing), nothing["cards"]) == ("", [])


def test_of_a_long_record_the_text_around_the_criteria_is_cut_and_that_is_said() -> None:
    text = f"{'Words about it. ' * 3000}\n\n{HEPATIC}"
    sheet = body(text)
    start = text.index("Inclusion Criteria")
    assert sheet["left_out"] == [start - KEPT, 0]
    assert printed(sheet) == text[start - KEPT :]


# -- a patient -----------------------------------------------------------------------------------------------------


def test_each_criterion_has_its_verdict_with_reasons() -> None:
    sheet = body(HEPATIC, patient=PATIENT)
    verdicts = {each["id"]: each["verdict"] for each in sheet["cards"]}
    outcomes = {name: verdict["outcome"] for name, verdict in verdicts.items()}
    assert outcomes["I1"] == "met"
    assert verdicts["I2.1"]["needs"] == ["whether: the spleen is enlarged"]
    assert verdicts["I2.2"]["needs"] == ["alt", "ast"]
    assert outcomes["E1"] == "met"
    assert verdicts["E1"]["reasons"][0][3] == "chemotherapy: 2025-07-25"
    assert (sheet["verdict"]["outcome"], make_sheet(trialparse.parse(HEPATIC), None, PATIENT).entry["outcome"]) == (
        "not_met",
        "not_met",
    )
    assert sheet["verdict"]["fields"][0][:2] == ["minimum_age", "met"]
    leaf = card(sheet, "I1")["logic"]
    assert (leaf["outcome"], leaf["fact"]) == ("met", "age in years 60")


def test_what_stands_under_a_lead_in_is_judged_with_its_times() -> None:
    lead = "Adequate organ function within 14 days before the first dose:"
    text = f"Inclusion Criteria:\n\n* {lead}\n  * Hemoglobin ≥ 6 g/dL\n"
    value = {"value": 7, "unit": "g/dL", "date": "2025-01-01"}
    patient = PATIENT.model_copy(update={"values": PATIENT.model_validate({"values": {"hemoglobin": value}}).values})
    trial = trialparse.parse(text)
    (root,) = trial.eligibility.inclusion
    verdict, verdicts = patient.judge_every(trial.eligibility, trial.trial_id)
    alone, below = root.children[0].evaluate(patient).outcome, [each.outcome for each in verdicts.values()]
    assert (alone, below) == ("met", ["unknown", "unknown"]), "the value is half a year old"
    assert verdict == trial.evaluate(patient)


# -- ranges --------------------------------------------------------------------------------------------------------


def test_ranges_by_measure_and_scale() -> None:
    ranges = Ranges()
    for number, text in enumerate((HEPATIC, RENAL)):
        ranges.add(number, trialparse.parse(text).eligibility)
    pictures = {(each["measure"], each["scale"]): each["bars"] for each in ranges.data()}
    bars = pictures["platelets", "10*9/L"]
    assert [(bar["trial"], bar["criterion"], bar["section"]) for bar in bars] == [
        (1, "E1", "exclusion"),
        (0, "I2.1", "inclusion"),
        (0, "I2.1", "inclusion"),
        (1, "I2", "inclusion"),
    ]
    assert [bar["ends"] for bar in bars] == [
        [None, {"at": 30.0, "closed": False}],
        [{"at": 50.0, "closed": True}, None],
        [{"at": 75.0, "closed": True}, None],
        [{"at": 100.0, "closed": False}, None],
    ]
    assert pictures["alt", "× ULN"][0]["ends"] == [None, {"at": 3.0, "closed": True}]
    assert pictures["age", "a"][1]["ends"] == [{"at": 18.0, "closed": True}, {"at": 75.0, "closed": True}]
