"""LOINC codes of measures: each names what criteria mean by the measure, no less and nothing else.

`loinc.json` holds the official long name of each code in use, as loinc.org and the value sets of HL7 projects print it,
and what it is measured in where the name does not say. LOINC is the Regenstrief Institute's; see README.md.
"""

from __future__ import annotations

import json

import pytest
import regex

from tests.conftest import ROOT
from tests.lexicon.reading import thresholds
from trialparse.lexicon.measures import MeasureRow, measures
from trialparse.lexicon.units import units

CODED = [row for row in measures().values() if row.loinc is not None]
TABLE = json.loads((ROOT / "tests" / "lexicon" / "loinc.json").read_text(encoding="utf-8"))
BY_CODE = {row["code"]: row for row in TABLE}
DIMENSIONS = {
    "Mass/volume": {"mass_concentration"},
    "Moles/volume": {"molar_concentration"},
    "#/volume": {"number_concentration", "arbitrary_number_concentration"},
    "Enzymatic activity/volume": {"activity_concentration"},
    "Units/volume": {"activity_concentration"},
    "Volume Fraction": {"fraction"},
    "Mass Fraction": {"fraction"},
    "Mass Ratio": {"fraction", "mass_fraction"},
    "Partial pressure": {"pressure"},
    "Mass/time": {"mass_rate"},
    "Entitic mean volume": {"volume"},
}
"""What stands in brackets in a name -> dimensions of units that fit."""
NARROWER = regex.compile(r"(?i)\b(?:by|left|right|log|baseline|panel|presence|pre|post|bronchodilat\w*+|minutes?)\b|--")
"""What says that a code is of one method, side, time or scale alone."""
NO_NARROWER_THAN_THE_MEASURE = {
    "6301-6": "a clotting time is measured by coagulation",
    "14979-9": "likewise",
    "30522-7": "high sensitivity is what the measure is about",
    "11011-4": "a viral load is measured by amplification of nucleic acid",
    "20447-9": "likewise",
    "42595-9": "likewise",
    "63557-3": "an antigen is measured by antibodies",
    "10230-1": "the ventricle is named by the measure",
    "75919-1": "cardiac output is that of the left ventricle",
}


def test_every_code_in_use_is_in_the_table_once() -> None:
    codes = [row["code"] for row in TABLE]
    assert codes == sorted(set(codes), key=lambda code: int(code[:-2])), "sort the rows by number"
    assert set(codes) == {row.loinc for row in CODED}, "write code and official name of each"
    assert len(codes) == len(CODED), "two measures have one code"


@pytest.mark.parametrize("code", BY_CODE)
def test_the_check_digit_is_right(code: str) -> None:
    number, digit = code.split("-")
    doubled = [int(each) * (2 - at % 2) for at, each in enumerate(reversed(number), 2)]
    assert -sum(sum(divmod(each, 10)) for each in doubled) % 10 == int(digit)


@pytest.mark.parametrize("row", CODED, ids=lambda row: row.name)
def test_the_unit_is_of_the_kind_that_the_code_is_measured_in(row: MeasureRow) -> None:
    code = BY_CODE[row.loinc]
    said = [DIMENSIONS[each] for each in regex.findall(r"\[([^]]*+)]", code["name"]) if each in DIMENSIONS]
    fitting = said[0] if said else {code["dimension"]}
    assert (units()[row.unit].dimension if row.unit else "class") in fitting
    assert not said or "dimension" not in code, "the name says it"


def test_no_code_is_of_one_method_side_or_time_alone() -> None:
    narrower = {row["code"]: row["name"] for row in TABLE if NARROWER.search(row["name"])}
    assert narrower.keys() == NO_NARROWER_THAN_THE_MEASURE.keys(), narrower


@pytest.mark.parametrize(
    ("name", "loinc"),
    [
        ("hbv_dna", "42595-9"),  # the load, not its logarithm
        ("fvc", "19872-1"),  # measured/predicted, not litres
        ("hbsag", "63557-3"),  # units a volume, not presence
        ("iop", "56844-4"),  # of any eye, not the left
        ("vitamin_d", "62292-8"),  # D2 and D3
        ("apgar", None),  # at any minute
        ("free_light_chains", None),  # kappa or lambda
        ("factor_inhibitor", None),  # of any factor
        ("blood_lead", "5671-3"),  # in blood, not in serum
        ("ldl_c", "2089-1"),  # by any method
        ("blood_ph", "11558-4"),  # of any blood
        ("spo2", "2708-6"),  # by any method
        ("esr", "30341-2"),  # likewise
        ("pain_nrs", None),  # on any scale
        ("waist_circumference", None),  # at any height
    ],
)
def test_a_loinc_code_names_what_the_limit_is_said_of(name: str, loinc: str | None) -> None:
    assert measures()[name].loinc == loinc


NAMES_ANOTHER_THING = {
    "48398-2": "the logarithm of hepatitis B virus DNA",
    "19877-0": "forced vital capacity in litres before bronchodilation",
    "5196-1": "presence of hepatitis B surface antigen, by one method",
    "9274-2": "the Apgar score at 5 minutes alone",
    "79893-4": "pressure of the left eye alone",
    "36916-5": "free kappa light chains alone",
    "2164-2": "creatinine clearance from urine of 24 hours; criteria mean the estimated one, too",
    "98979-8": "GFR by the CKD-EPI formula of 2021 alone",
    "3289-6": "activity of factor II",
    "3204-5": "inhibitors of factor VIII alone",
    "10912-4": "lead in serum or plasma; criteria mean blood",
    "13457-7": "LDL cholesterol by calculation alone",
    "2744-1": "pH of arterial blood alone",
    "59408-5": "oxygen saturation by pulse oximetry alone",
    "4537-7": "sedimentation rate by Westergren's method alone",
    "72514-3": "pain on a verbal numeric scale alone, not on a visual one",
    "8280-0": "waist circumference at the umbilicus alone",
}


def test_no_code_names_something_narrower_or_in_another_unit() -> None:
    assert not {row.loinc for row in measures().values()} & NAMES_ANOTHER_THING.keys()


@pytest.mark.parametrize(
    ("line", "loinc"),
    [
        ("Serum calcium ≤ 11 mg/dL", "17861-6"),
        ("Serum calcium ≤ 2.7 mmol/L", "17861-6"),
        ("Albumin-corrected calcium levels ≤ 11 mg/dL", None),
        ("Troponin I < 0.1 ng/mL", "10839-9"),
        ("Troponin < 0.1 ng/mL", None),  # I or T
        ("Capillary glucose > 70 mg/dL", None),
        ("Kappa/lambda ratio > 2", "48378-4"),
        ("Involved/uninvolved FLC ratio ≥ 100", None),
        ("Granulocyte count ≥ 1.5 × 10^9/L", None),
        ("PaCO2 > 45 mmHg", "2019-8"),
        ("TcCO2 > 45 mmHg", None),  # through the skin
        ("HCG < 5 mIU/mL", "19080-1"),
        ("Beta-hCG < 5 mIU/mL", None),
        ("Cord pH < 7.0", None),
    ],
)
def test_a_synonym_of_something_narrower_has_no_code(line: str, loinc: str | None) -> None:
    (found,) = thresholds(line)
    assert found.measure.loinc == loinc


def test_only_synonyms_of_a_row_with_a_code_are_without_one() -> None:
    for row in measures().values():
        assert set(row.uncoded) <= set(row.synonyms)
        assert row.loinc is not None or not row.uncoded


@pytest.mark.parametrize(
    ("line", "loinc"),
    [
        ("FEV1 ≥ 50 % predicted", "20152-5"),
        ("FEV1 ≥ 1.5 L", None),
        ("Neutrophils ≥ 1.5 × 10^9/L", "26499-4"),
        ("Neutrophils ≥ 50 %", None),
        ("Reticulocytes > 2 %", None),
        ("HBV DNA ≥ 2,000 IU/mL", "42595-9"),
        ("HBV DNA ≥ 3 log10 IU/mL", None),
        ("Lipoprotein(a) ≥ 125 nmol/L", "43583-4"),
        ("Lipoprotein(a) ≥ 50 mg/dL", None),
        ("Proteinuria ≥ 500 mg/24 h", "2889-4"),
        ("Proteinuria ≥ 30 mg/dL", None),
        ("ALT ≤ 3 × ULN", "1742-6"),
        ("NYHA class II-III", "88020-3"),
        ("Karnofsky ≥ 70 %", "89243-0"),
    ],
)
def test_a_limit_in_a_unit_of_another_property_has_no_code(line: str, loinc: str | None) -> None:
    (found,) = thresholds(line)
    assert found.measure.loinc == loinc
