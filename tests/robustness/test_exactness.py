"""Values are exact: whatever the caller computes in, and through JSON."""

from __future__ import annotations

import decimal
import json
import subprocess
import sys
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trialparse
from trialparse.models.base import MAX_DIGITS
from trialparse.models.eligibility import Age, Eligibility
from trialparse.models.trial import Trial

PAGE = """NCT09900001
Ages Eligible for Study: 18 Months to 85 Years
Inclusion Criteria:
* Platelets ≥ 75.123456 × 10^9/L
* Creatinine ≤ 133 µmol/L, glucose < 126 mg/dL and HbA1c between 48 and 53.5 mmol/mol
* gestational age of 36 6/7 weeks, titer ≥ 1:160
* at least two thirds of the dose within 3.5 hours before screening
* BMI 24.5 ± 1.25 kg/m2, ALT ≤ 2.5 × ULN + 1.75
* age over 17.5 years
"""
CONTEXTS: dict[str, dict[str, object]] = {
    "few digits": {"prec": 1},
    "another rounding": {"prec": 3, "rounding": decimal.ROUND_UP},
    "nothing inexact": {"traps": [decimal.Inexact]},
    "nothing rounded": {"traps": [decimal.Rounded]},
    "no floats": {"traps": [decimal.FloatOperation]},
    "small exponents": {"Emax": 2, "Emin": -2, "traps": [decimal.Overflow, decimal.Underflow, decimal.Subnormal]},
    "all traps": {"prec": 2, "traps": list(decimal.Context().flags)},
    "no traps": {"prec": 2, "traps": []},
}


@pytest.mark.parametrize("name", CONTEXTS)
def test_the_callers_context_changes_nothing(name: str) -> None:
    expected = trialparse.parse(PAGE), trialparse.parse_criteria(PAGE), trialparse.parse_criterion(PAGE)
    with decimal.localcontext(decimal.Context(**CONTEXTS[name])) as context:  # type: ignore[arg-type]
        assert (trialparse.parse(PAGE), trialparse.parse_criteria(PAGE), trialparse.parse_criterion(PAGE)) == expected
        assert Trial.model_validate_json(expected[0].model_dump_json()) == expected[0]
        assert decimal.getcontext() is context
        assert not any(context.flags.values())


def test_nor_does_that_in_which_the_package_is_loaded() -> None:
    script = (
        "import decimal, sys\n"
        "for context in (decimal.DefaultContext, decimal.getcontext()):\n"
        "    context.prec = 2\n"
        "    context.rounding = decimal.ROUND_UP\n"
        "    context.traps[decimal.Inexact] = 'trap' in sys.argv\n"
        "import trialparse\n"
        "sys.stdout.buffer.write(trialparse.parse(sys.stdin.buffer.read()).model_dump_json().encode())\n"
    )
    for mode in ("round", "trap"):
        done = subprocess.run(
            [sys.executable, "-c", script, mode], input=PAGE.encode(), capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        assert json.loads(done.stdout) == trialparse.parse(PAGE).model_dump(mode="json")


_LONG = ("1.00000000000001", "99999999999999.9", "999999999999999", "0.000000000000001", "123456789012345", "0.3")
_UNITS = ("BMI {} ± {} kg/m2", "glucose ≥ {} mmol/L or ≤ {} mmol/L", "creatinine {} to {} mg/dL", "HbA1c {}-{} %",
          "ALT ≤ {} × ULN + {} U/L", "platelets ≥ {} × 10^{} /L", "within {} weeks and {} days before")  # fmt: skip


@pytest.mark.parametrize("pattern", _UNITS)
def test_long_numbers_pass_json(pattern: str) -> None:
    for one, other in product(_LONG, repeat=2):
        eligibility = trialparse.parse_criteria("* " + pattern.format(one, other))
        assert Eligibility.model_validate_json(eligibility.model_dump_json()) == eligibility


@pytest.mark.parametrize("age", ["1.00000000000000000001 Years", "17.123456789012345678 Years", "0.1 Years"])
def test_long_ages_pass_json(age: str) -> None:
    module = {"identificationModule": {"nctId": "NCT09900001"}, "eligibilityModule": {"minimumAge": age}}
    trial = trialparse.parse(json.dumps({"protocolSection": module}))
    assert Trial.model_validate_json(trial.model_dump_json()) == trial


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e60"), max_value=Decimal("1e60")))
def test_any_number_passes_json(value: Decimal) -> None:
    age = Age(value=value, unit="a")
    assert Age.model_validate_json(age.model_dump_json()) == age
    if len(value.as_tuple().digits) <= MAX_DIGITS:
        assert age.value == value


_IMPOSSIBLE = (
    "2020-02-31", "2021-02-29", "31 April 2020", "2020-13-01", "2020-05-00", "June 31, 2021", "00/05/2020",
    "32/01/2020", "2020-00-10", "31.11.2022", "20210230", "令和2年2月30日",
)  # fmt: skip


@pytest.mark.parametrize("day", _IMPOSSIBLE)
def test_impossible_dates_are_said(day: str) -> None:
    pages = [
        f"NCT09900001\nStart Date: {day}\nInclusion Criteria:\n* age over 18",
        json.dumps({"protocolSection": {"identificationModule": {"nctId": "NCT09900001"},
                                        "statusModule": {"startDateStruct": {"date": day}}}}),
        f"<clinical_study><id_info><nct_id>NCT09900001</nct_id></id_info><start_date>{day}</start_date></clinical_study>",
    ]  # fmt: skip
    for page in pages:
        trial = trialparse.parse(page)
        assert trial.start_date is None
        assert any(remark.code == "unreadable_value" and day in remark.message for remark in trial.diagnostics)


@pytest.mark.parametrize(("day", "read"), [("2020-02-29", "2020-02-29"), ("31 May 2021", "2021-05-31"),
                                           ("2021-02", "2021-02"), ("2021", "2021")])  # fmt: skip
def test_possible_dates_are_read(day: str, read: str) -> None:
    trial = trialparse.parse(f"NCT09900001\nStart Date: {day}\nInclusion Criteria:\n* age over 18")
    assert trial.start_date is not None
    assert trial.start_date.date == read


@pytest.mark.parametrize("count", ["9,223,372,036,854,775,808", "10000000000", "1" * 300])
def test_more_people_than_there_are_is_said(count: str) -> None:
    trial = trialparse.parse(f"NCT09900001\nEnrollment: {count}\nInclusion Criteria:\n* age over 18")
    assert trial.enrollment is None
    assert "unreadable_value" in {remark.code for remark in trial.diagnostics}
