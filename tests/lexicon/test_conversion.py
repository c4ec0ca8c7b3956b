"""Conversions against published values (SI units for clinical data, NGSP tables), there and back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.lexicon.reading import thresholds
from trialparse.lexicon.conversion import canonical, convert
from trialparse.lexicon.measures import measures
from trialparse.lexicon.units import units

PUBLISHED = [
    ("albumin", "3.5", "g/dL", "35", "g/L"),
    ("body_height", "60", "[in_i]", "152.4", "cm"),
    ("body_temperature", "100", "[degF]", "37.7778", "Cel"),
    ("body_weight", "110", "[lb_av]", "49.8952", "kg"),
    ("bun", "1", "mg/dL", "0.357", "mmol/L"),
    ("calcium", "8", "mg/dL", "1.996", "mmol/L"),
    ("calcium", "2", "meq/L", "1", "mmol/L"),
    ("c_peptide", "1", "ng/mL", "0.331", "nmol/L"),
    ("cortisol", "1", "ug/dL", "27.59", "nmol/L"),
    ("creatinine", "1", "mg/dL", "88.42", "umol/L"),
    ("estradiol", "1", "pg/mL", "3.671", "pmol/L"),
    ("glucose", "126", "mg/dL", "6.99", "mmol/L"),
    ("hba1c", "7", "%", "53", "mmol/mol"),
    ("hba1c", "6.5", "%", "47.5", "mmol/mol"),
    ("hemoglobin", "10", "g/dL", "100", "g/L"),
    ("hemoglobin", "10", "g/dL", "6.206", "mmol/L"),
    ("iron", "100", "ug/dL", "17.9", "umol/L"),
    ("lactate", "9.01", "mg/dL", "1", "mmol/L"),
    ("ldl_c", "100", "mg/dL", "2.586", "mmol/L"),
    ("magnesium", "2.43", "mg/dL", "1", "mmol/L"),
    ("magnesium", "2", "meq/L", "1", "mmol/L"),
    ("nt_probnp", "1000", "pg/mL", "118.2", "pmol/L"),
    ("pao2", "10", "kPa", "75.0062", "mm[Hg]"),
    ("phosphate", "1", "mg/dL", "0.3229", "mmol/L"),
    ("platelets", "100", "10*3/uL", "100", "10*9/L"),
    ("potassium", "3.5", "meq/L", "3.5", "mmol/L"),
    ("testosterone", "50", "ng/dL", "1.734", "nmol/L"),
    ("total_bilirubin", "1", "mg/dL", "17.1", "umol/L"),
    ("total_cholesterol", "200", "mg/dL", "5.172", "mmol/L"),
    ("total_t4", "1", "ug/dL", "12.87", "nmol/L"),
    ("triglycerides", "500", "mg/dL", "5.645", "mmol/L"),
    ("uacr", "30", "mg/g", "3.39", "mg/mmol"),
    ("uric_acid", "1", "mg/dL", "59.48", "umol/L"),
    ("vitamin_b12", "200", "pg/mL", "147.6", "pmol/L"),
    ("vitamin_d", "20", "ng/mL", "49.92", "nmol/L"),
    ("wbc", "3000", "/uL", "3", "10*9/L"),
]
"""Measure, value and unit, and the same amount as published in another unit."""

SAME = [
    ("Platelets ≥ 75,000/mm3", "Platelets ≥ 75 × 10^9/L"),
    ("ANC ≥ 1500/µL", "ANC ≥ 1.5 K/µL"),
    ("Creatinine < 0.133 mmol/L", "Creatinine < 133 µmol/L"),
    ("Hemoglobin ≥ 9 g/dL", "Hemoglobin ≥ 90 g/L"),
    ("Life expectancy ≥ 1 year", "Life expectancy ≥ 12 months"),
    ("Potassium < 3.5 mEq/L", "Potassium < 3.5 mmol/L"),
]


def _close(value: Decimal | None, expected: str) -> bool:
    return value is not None and abs(value - Decimal(expected)) <= abs(Decimal(expected)) * Decimal("0.002")


@pytest.mark.parametrize(("name", "value", "ucum", "other", "other_ucum"), PUBLISHED)
def test_published_values_both_ways(name: str, value: str, ucum: str, other: str, other_ucum: str) -> None:
    row = measures()[name]
    there = convert(Decimal(value), ucum, other_ucum, row.molar_mass, valence=row.valence)
    back = convert(Decimal(other), other_ucum, ucum, row.molar_mass, valence=row.valence)
    assert _close(there, other), there
    assert _close(back, value), back


@pytest.mark.parametrize("name", [row.name for row in measures().values() if row.unit])
def test_canonical_value_is_the_value_in_the_own_unit(name: str) -> None:
    row = measures()[name]
    assert row.unit is not None
    assert canonical(row, Decimal("7.50"), row.unit) == Decimal("7.5")


@pytest.mark.parametrize(("first", "second"), SAME)
def test_same_amount_has_the_same_canonical(first: str, second: str) -> None:
    one, other = (threshold.canonical for line in (first, second) for threshold in thresholds(line))
    assert one is not None
    assert one == other


def test_exact_decimals_stay_exact() -> None:
    assert str(convert(Decimal("75000"), "/mm3", "10*9/L")) == "75"
    assert str(convert(Decimal("1.5"), "10*5/uL", "10*9/L")) == "150"


def test_nothing_is_converted_by_a_guessed_factor() -> None:
    assert convert(Decimal(1), "mg/dL", "mmol/L") is None
    assert convert(Decimal(1), "mg/dL", "mm[Hg]", Decimal(100)) is None
    assert convert(Decimal(1), "meq/L", "mmol/L") is None
    assert convert(Decimal(1), "unknown", "mmol/L") is None
    assert canonical(measures()["lipoprotein_a"], Decimal(50), "mg/dL") is None


def test_points_of_a_scale_may_be_printed_as_percent() -> None:
    assert canonical(measures()["karnofsky"], Decimal(70), "%") == 70


@pytest.mark.parametrize("ucum", sorted(units()))
def test_every_unit_converts_to_its_base_and_back(ucum: str) -> None:
    row = units()[ucum]
    there = convert(Decimal(40), ucum, row.base)
    assert there is not None
    back = convert(there, row.base, ucum)
    assert back is not None
    assert abs(back - 40) < Decimal("0.01")
