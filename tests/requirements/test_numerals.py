"""Numbers as people print them: grouped, spelled out, with powers of ten whole or damaged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

import trialparse
from tests.requirements.golden import reading
from tests.requirements.notation import tidy
from trialparse.lexicon.conversion import convert
from trialparse.models.requirement import Threshold

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
ONES += "seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(number: int) -> str:
    """A number below a million in words."""
    if number < 20:
        return ONES[number]
    if number < 100:
        rest = number % 10
        return TENS[number // 10 - 2] + (f"-{ONES[rest]}" if rest else "")
    if number < 1000:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f" and {spelled(rest)}" if rest else "")
    rest = number % 1000
    return f"{spelled(number // 1000)} thousand" + (f" {spelled(rest)}" if rest >= 100 else "")


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def indian(number: int) -> str:
    """12,34,567: groups of two above the thousand."""
    head, tail = divmod(number, 1000)
    groups = []
    while head:
        head, two = divmod(head, 100)
        groups.append(f"{two:02d}" if head else str(two))
    return ",".join([*reversed(groups), f"{tail:03d}"])


def counts() -> Iterator[tuple[str, Decimal]]:
    """Printed counts of cells in a microlitre, and how many they are."""
    for number in (75000, 90000, 100000, 125000, 150000, 1000000):
        yield from ((grouped(number, mark), Decimal(number)) for mark in (",", " ", "'"))
        if number >= 100000:
            yield from (
                (form, Decimal(number))
                for form in (indian(number), f"{number / 100000:g} lakh", f"{number / 100000:g} lacs")
            )
            yield grouped(number, ", "), Decimal(number)
        if number < 1000000:
            yield f"{number // 1000} thousand", Decimal(number)
            yield f"{number // 1000}k", Decimal(number)
            yield f"{number // 1000}K", Decimal(number)
            yield spelled(number), Decimal(number)
        yield f"{number:.0e}".replace("+0", "") if number == 100000 else f"{number // 1000}e3", Decimal(number)
    for number in range(100, 1000, 25):
        yield spelled(number), Decimal(number)
    yield "1.5 million", Decimal(1500000)
    yield "one million", Decimal(1000000)


POWERS = (
    "10^9", "10⁹", "10 ⁹", "10^{9}", "10^(9)", "10^9^", "10(9)", "10 (9)", "10**9", "10*9", "10E9", "10e9", "10 ^9",
    "10(power of 9)", "10 (power of 9)", "10 to the power of 9", "10 to the 9th", "10 power 9", "109", "10 9",
    "10<sup>9</sup>", "10\n9\n",
)  # fmt: skip
TIMES = ("x ", "×", " × ", " x", "*", " • ", " ⋅ ", " · ", " times ", "x")


def powers() -> Iterator[str]:
    for power in POWERS:
        for times in TIMES:
            for value in ("100", "75"):
                yield f"{value}{' ' if times[0] not in ' *×' else ''}{times}{power}"
    for number in ("100", "75"):
        yield from (f"{number}.10^9", f"{number}.10⁹", f"{number}¹ x 10^9", f"{number}² × 10⁹")


def limit(text: str) -> tuple[Decimal, str] | None:
    """Value and unit of the one limit in a text."""
    requirement = trialparse.parse_criterion(text).requirement
    if not isinstance(requirement, Threshold) or requirement.lower is None:
        return None
    unit = requirement.lower.unit
    return Decimal(str(requirement.lower.value)), (unit.ucum or "") if unit else ""


COUNTS = sorted(
    {
        (f"Platelets ≥ {printed}{unit}", value)
        for printed, value in counts()
        for unit in ("/mm3", "/uL", " per microliter", " cells/mm3")
    }
)
POWERED = sorted(
    {
        f"Platelets ≥ {printed}{unit}"
        for printed in powers()
        for unit in ("/L", " /L", "/l", " cells/L", "/L2", "/La")
        if not (printed.endswith("\n") and "cells" in unit)
    }
)


def test_counts() -> None:
    wrong, unread = [], []
    for text, value in COUNTS:
        found = limit(text)
        if found is None:
            unread.append(text)
        elif convert(*found, "/uL") != value:
            wrong.append((text, value, found))
    assert wrong == []
    assert len(unread) <= 0.03 * len(COUNTS), unread


def test_powers() -> None:
    wrong, unread = [], []
    for text in POWERED:
        found = limit(text)
        if found is None:
            unread.append(text)
        elif convert(*found, "10*9/L") not in (Decimal(100), Decimal(75)):
            wrong.append((text, found))
    assert wrong == []
    assert len(unread) <= 0.03 * len(POWERED), unread


def test_enough_are_tried() -> None:
    assert len(COUNTS) + len(POWERED) > 1000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leukocytes ≥ 3.0e3/uL", "wbc ≥ 3 10*3/uL"),
        ("HIV RNA ≥ 1e4 copies/mL", "hiv_rna ≥ 10000 {copies}/mL"),
        ("HIV RNA < 1.5E+5 copies/mL", "hiv_rna < 150000 {copies}/mL"),
        ("HBV DNA ≥ 2 x 104 IU/mL", "hbv_dna ≥ 20000 [IU]/mL"),
        ("HBV DNA < 5 × 105 copies/mL", "hbv_dna < 500000 {copies}/mL"),
        ("Platelets ≥ 1.0x1011/L", "platelets ≥ 100000000000 /L"),
        ("Platelets ≥ 100 109/L", "platelets ≥ 100 10*9/L"),
        ("Leukocytes ≥ 3 103/uL", "wbc ≥ 3 10*3/uL"),
        ("Tumor ≥ 2 1/2 cm in diameter", '"tumor" ≥ 2.5 cm'),
        ("ALT ≤ 2½ × ULN", "alt ≤ 2.5 × ULN"),
        ("AST ≤ 1 1/2 times the ULN", "ast ≤ 1.5 × ULN"),
        ("Total bilirubin ≤ 1·5 mg/dL", "total_bilirubin ≤ 1.5 mg/dL"),
        ("Total bilirubin ≤ 1. 5 mg/dL", "total_bilirubin ≤ 1.5 mg/dL"),
        ("Total bilirubin ≤ 1.5 ⋅ ULN", "total_bilirubin ≤ 1.5 × ULN"),
        ("Creatinine ≤ one point five mg/dL", "creatinine ≤ 1.5 mg/dL"),
        ("HCV RNA > 6 million IU/mL", "hcv_rna > 6000000 [IU]/mL"),
        ("Hemoglobin ≥ 9 g/dL[1]", "hemoglobin ≥ 9 g/dL"),
        ("Hemoglobin ≥ 9 g/dL¹ and ANC ≥ 1.5", "hemoglobin ≥ 9 g/dL and anc ≥ 1.5"),
        ("BMI < 32 kg/m<sup>2</sup>", "bmi < 32 kg/m2"),
        ("HbA<sub>1c</sub> < 8%", "hba1c < 8 %"),
        ("ECOG ≤ 1. 5 cm tumors are eligible", "ecog ≤ 1"),
        ("Dose of 2 x 104 mg", "…"),
    ],
)
def test_numerals_of_all_kinds(text: str, expected: str) -> None:
    assert reading(text) == expected


@pytest.mark.parametrize("text", ["Platelets ≥ 100 x 10^20/L", "ANC ≥ 1.5 x 10^29/L"])
def test_an_absurd_power_is_not_read_and_said(text: str) -> None:
    assert reading(text) == "…"
    assert "unclear_number" in {each.code for each in trialparse.parse_criteria(text).diagnostics}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("T-score ≤ – 2.5", "bone_density_t ≤ -2.5"),
        ("T-score ≤ - 2.5", "bone_density_t ≤ -2.5"),
        ("T-score less than minus 2.5", "bone_density_t < -2.5"),
        ("T-score of minus 2.5 or lower", "bone_density_t ≤ -2.5"),
        ("T-score between – 1.0 and -2.5", "-2.5 ≤ bone_density_t ≤ -1"),
        ("Base excess ≥ minus 5 mmol/L", "base_excess ≥ -5 mmol/L"),
        ("T-score >- 2.5", "…"),
        ("24 to 33 6/7 weeks gestation", "168 ≤ gestational_age ≤ 237 d"),
        ("Gestational age 24+0 - 36+6 weeks", "168 ≤ gestational_age ≤ 258 d"),
        ("Gestational age between 24+0 and 36+6 weeks", "168 ≤ gestational_age ≤ 258 d"),
        ("Gestational age 24+0 till 27+6", "168 ≤ gestational_age ≤ 195 d"),
        ("Pregnant 12+0/7 to 20+6/7 weeks", "84 ≤ gestational_age ≤ 146 d"),
        ("Gestational age 24 0/7 to 36 6/7 weeks", "168 ≤ gestational_age ≤ 258 d"),
        ("Gestational age ≥ 37w0d", "gestational_age ≥ 259 d"),
        ("Gestational age of 36w6d or more", "gestational_age ≥ 258 d"),
        ("Gestational age from 22 weeks + 0 days to 31 weeks + 6 days", "154 ≤ gestational_age ≤ 223 d"),
        ("Postmenstrual age 36 weeks ± 3 days", "249 ≤ postmenstrual_age ≤ 255 d"),
        ("Gestational age 40 ± 2 weeks", "38 ≤ gestational_age ≤ 42 wk"),
        ("ALT not more than 2-3 times ULN", "alt ≤ 3 × ULN"),
        ("Bilirubin no more than 1-1.5 x ULN", "total_bilirubin ≤ 1.5 × ULN"),
        ("Creatinine less than 1.5 to 2.0 mg/dL", "creatinine < 2 mg/dL"),
        ("Gleason score 7 (3+4)", "gleason = 7"),
        ("Gleason score ≤ 3 + 4", "gleason ≤ 7"),
        ("Gleason 3+4=7", "gleason = 7"),
        ("Gleason score of 6 (3+3) or 7 (3+4)", "6 ≤ gleason ≤ 7"),
        ("Gleason ≥ 8 (4+4, 3+5 or 5+3)", "gleason ≥ 8"),
        ("Gleason score 4+3 or higher", "gleason ≥ 7"),
        ("Blood pressure 90-140/50-90 mmHg", "90 ≤ systolic_bp ≤ 140 mm[Hg] and 50 ≤ diastolic_bp ≤ 90 mm[Hg]"),
        ("BP between 90/60 and 140/90 mmHg", "90 ≤ systolic_bp ≤ 140 mm[Hg] and 60 ≤ diastolic_bp ≤ 90 mm[Hg]"),
        ("BP 90/60 to 140/90 mmHg", "90 ≤ systolic_bp ≤ 140 mm[Hg] and 60 ≤ diastolic_bp ≤ 90 mm[Hg]"),
        ("BP between 100-140/60-90 mmHg", "100 ≤ systolic_bp ≤ 140 mm[Hg] and 60 ≤ diastolic_bp ≤ 90 mm[Hg]"),
        (
            "Blood pressure > 140/90 mmHg and < 180/110 mmHg",
            "140 < systolic_bp < 180 mm[Hg] and 90 < diastolic_bp < 110 mm[Hg]",
        ),
        ("Life expectancy of 6 or more months", "life_expectancy ≥ 6 mo"),
        ("Gout for 6 or more weeks", "…[≥ 6 wk]"),
        ("ANA titer ≥ 1: 80", "ana_titer ≥ 80 {titer}"),
        ("NYHA class I/II/III/IV", "1 ≤ nyha ≤ 4"),
        ("Creatinine 0.5 or 1-2 mg/dL", "…"),
        ("Age 10 years until 65 years", "10 ≤ age ≤ 65 a"),
        ("Contraception from visit 1 until 16 weeks after the last dose", "…[≥ 16 wk after ⟨last dose⟩]"),
    ],
)
def test_compound_values(text: str, expected: str) -> None:
    assert reading(text) == tidy(expected)
