"""What a page says twice or on each of its sheets: previews, other languages, running heads; and tables of boxes."""

from __future__ import annotations

import pytest

import trialparse
from tests.layouts.test_residue import SECTIONS, parsed, tree

FULL = (
    "Adults who have had mockitis for at least six months, and who walk on their own\nPlatelets of at least 90 x 10^9/L"
)


@pytest.mark.parametrize("dots", ["...", " ...", "…"])
def test_a_preview_of_the_criteria_is_no_second_reading(dots: str) -> None:
    head, tail = "Inclusion Criteria:\n\n", "\n\nExclusion Criteria:\n\nPregnancy"
    cut = FULL[: FULL.index(" of at least 90")] + dots
    for first, second in ((head + FULL + tail, head + cut), (head + cut, head + FULL + tail)):
        trial = parsed(f"Eligibility criteria\n\n{first}\n\n{second}\n\nContact\n\nNobody")
        assert tree(trial.eligibility.inclusion) == FULL.split("\n"), (first, second)
        assert tree(trial.eligibility.exclusion) == ["Pregnancy"]
        assert any(section.text.endswith(dots.strip()) for section in trial.sections)


def test_dots_at_the_end_of_a_criterion_are_no_preview() -> None:
    trial = parsed(SECTIONS.format("Diseases of the liver, the kidneys, the lungs or the heart, and so on ..."))
    assert len(trial.eligibility.inclusion) == 1


def test_criteria_in_two_languages_are_read_once() -> None:
    trial = parsed("纳入标准：\n1. 模克病至少六个月。\n2. ECOG 0-1\n"
                   "Inclusion criteria\n1. Mockitis for six months.\n2. ECOG 0-1\n"
                   "排除标准：\n1. 妊娠\nExclusion criteria\n1. Pregnancy")  # fmt: skip
    assert tree(trial.eligibility.inclusion) == ["Mockitis for six months.", "ECOG 0-1"]
    assert tree(trial.eligibility.exclusion) == ["Pregnancy"]
    kept = "\n".join(section.text for section in trial.sections)
    assert "模克病至少六个月" in kept
    assert "妊娠" in kept


def test_criteria_in_two_languages_in_the_rows_of_a_table() -> None:
    trial = trialparse.parse(
        '<table><tr class="cn"><td>纳入标准：</td><td>1 QTcF ≤450 ms</td></tr>'
        '<tr class="en"><td>Inclusion criteria</td><td>1. QTcF ≤450 msec</td></tr></table>'
    )
    assert tree(trial.eligibility.inclusion) == ["QTcF ≤450 msec"]


def test_english_above_the_other_language() -> None:
    trial = parsed(
        "Inclusion criteria\n1. Mockitis\nExclusion criteria\n1. Pregnancy\n纳入标准\n1. 模克病\n排除标准\n1. 妊娠"
    )
    assert tree(trial.eligibility.inclusion) == ["Mockitis"]
    assert tree(trial.eligibility.exclusion) == ["Pregnancy"]


def test_criteria_in_another_language_alone_are_read() -> None:
    trial = parsed("纳入标准：\n1. ECOG 0-1\n排除标准：\n1. 妊娠")
    assert tree(trial.eligibility.inclusion) == ["ECOG 0-1"]
    assert tree(trial.eligibility.exclusion) == ["妊娠"]


RUNNING = "\n\n          Page {0} of 74\n     Mock Pharma Confidential\nAmendment {0}.1      MOCK-31\n18 Mar 2031\n\n"


def test_running_heads_and_feet_of_a_protocol_cut_no_criterion() -> None:
    body = ("5.1.   Inclusion Criteria\n 1. Adults who have had mockitis for at least six months and who are\n"
            f"{RUNNING.format(31)}    able to walk without any help from others.\n 2. Platelets ≥ 90 x 10^9/L.\n"
            " 3. Able to keep a diary of the mockitis score on each of the days of the\n"
            f"{RUNNING.format(32)}    study and of the weeks before.\n\n"
            "5.2.   Exclusion Criteria\n 1. Pregnancy.\n")  # fmt: skip
    trial = parsed(body)
    assert tree(trial.eligibility.inclusion) == [
        "Adults who have had mockitis for at least six months and who are able to walk without any help from others.",
        "Platelets ≥ 90 x 10^9/L.",
        "Able to keep a diary of the mockitis score on each of the days of the study and of the weeks before.",
    ]
    assert {"Mock Pharma Confidential", "18 Mar 2031"} <= {section.text for section in trial.sections}


def test_a_running_head_with_the_number_at_its_end() -> None:
    heads = [f"\n\n\nMOCK31\nI8R-MOCK(a) Protocol{' ' * gap}Page {page}\n\n\n" for gap, page in ((40, 26), (41, 27))]
    trial = parsed(f"Inclusion Criteria\n[1] Mockitis\n[2] ECOG 0 or 1{heads[0]}[3] Platelets ≥ 90 x 10^9/L{heads[1]}"
                   "[4] Able to walk\nExclusion Criteria\n[5] Pregnancy")  # fmt: skip
    assert tree(trial.eligibility.inclusion) == ["Mockitis", "ECOG 0 or 1", "Platelets ≥ 90 x 10^9/L", "Able to walk"]


BOX = """╒════════════════════════╤═══════════════════════════════════════╕
│ Sex                    │ Female                                │
├────────────────────────┼───────────────────────────────────────┤
│ Key inclusion criteria │ 1. Mockitis for six weeks.            │
│                        │ 2. Platelets ≥ 90 x 10^9/L despite a  │
│                        │    stable dose of mockumab.           │
├────────────────────────┼───────────────────────────────────────┤
│ Key exclusion criteria │ 1. Pregnancy                          │
├────────────────────────┼───────────────────────────────────────┤
│ Phase                  │ Phase 2                               │
╘════════════════════════╧═══════════════════════════════════════╛"""
HEAVY = str.maketrans("╒═╤╕│├─┼┤╘╧╛", "┏━┳┓┃┣━╋┫┗┻┛")


@pytest.mark.parametrize("box", [BOX, BOX.translate(HEAVY)])
def test_a_table_drawn_with_boxes(box: str) -> None:
    trial = parsed(box)
    assert tree(trial.eligibility.inclusion) == [
        "Mockitis for six weeks.",
        "Platelets ≥ 90 x 10^9/L despite a stable dose of mockumab.",
    ]
    assert tree(trial.eligibility.exclusion) == ["Pregnancy"]
    assert (trial.eligibility.sex, trial.phases) == ("FEMALE", ("PHASE2",))
