"""Patients and what is known of them: values, units, references, dates, ages, prose; and what is not known."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import FrozenInstanceError
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

import trialparse
from trialparse.evaluate import Patient
from trialparse.models.base import Value
from trialparse.models.requirement import Statement, Window
from trialparse.models.verdict import CriterionVerdict, Need, Reason, TrialVerdict

TODAY = dt.date(2025, 8, 31)


def verdict(text: str, *, section: str = "Inclusion", **known: Any) -> str:
    page = f"{section} Criteria:\n\n* {text}"
    (node,) = getattr(trialparse.parse_criteria(page), section.lower())
    found: str = node.evaluate(Patient(today=TODAY, **known)).outcome
    return found


VALUES = [
    ("Platelets ≥ 75 × 10^9/L", {"platelets": "80 10*9/L"}, "met"),
    ("Platelets ≥ 75 × 10^9/L", {"platelets": "75 10*9/L"}, "met"),
    ("Platelets > 75 × 10^9/L", {"platelets": "75 10*9/L"}, "not_met"),
    ("Platelets ≥ 75 × 10^9/L", {"platelet count": "74000 /uL"}, "not_met"),
    ("Platelets ≥ 75 × 10^9/L", {"platelets": "80"}, "unknown"),  # of which unit?
    ("Platelets ≥ 75 × 10^9/L", {"hemoglobin": "80 g/L"}, "unknown"),
    ("Hemoglobin ≥ 9 g/dL", {"hemoglobin": "5.6 mmol/L"}, "met"),
    ("Total bilirubin ≤ 1.5 mg/dL", {"total_bilirubin": "26 umol/L"}, "not_met"),
    ("ALT ≤ 3 × ULN", {"alt": {"value": 120, "unit": "U/L", "uln": 40}}, "met"),
    ("ALT ≤ 3 × ULN", {"alt": {"value": 121, "unit": "U/L", "uln": 40}}, "not_met"),
    ("ALT ≤ 3 × ULN", {"alt": "120 U/L"}, "unknown"),
    ("ALT ≤ 3 × ULN", {"alt": "2.5 ULN"}, "met"),
    ("ALT ≤ 3 × ULN", {"alt": []}, "unknown"),
    ("ALT ≤ 100 U/L", {"alt": "2.5 ULN"}, "unknown"),
    ("ALT and AST ≤ 3 × ULN", {"alt": "2.5 ULN"}, "unknown"),
    ("ALT and AST ≤ 3 × ULN", {"alt": "3.5 ULN"}, "not_met"),
    ("Transaminases ≤ 3 × ULN", {"alt": "2 ULN", "ast": "2.5 ULN"}, "met"),
    ("Transaminases ≤ 3 × ULN", {"alt": "2 ULN", "ast": "3.5 ULN"}, "unknown"),
    ("Child-Pugh A or B", {"child_pugh": "b"}, "met"),
    ("Child-Pugh A or B", {"child_pugh": "C"}, "not_met"),
    ("NYHA class III-IV", {"nyha": "III"}, "met"),
    ("NYHA class III-IV", {"nyha": 2}, "not_met"),
    ("ECOG 0-2", {"ecog": 1}, "met"),
    ("Karnofsky ≥ 70 %", {"karnofsky": 80}, "met"),
    ("INR ≤ 1.5", {"inr": 1.4}, "met"),
    ("Velorobin level ≥ 5 ng/mL", {"Velorobin": "6000 ng/L"}, "met"),
]


@pytest.mark.parametrize(("text", "values", "wanted"), VALUES)
def test_values(text: str, values: dict[str, Any], wanted: str) -> None:
    assert verdict(text, values=values) == wanted


def test_a_limit_with_an_addend() -> None:
    value = {"value": 17, "unit": "s", "uln": 14}
    assert verdict("PT ≤ ULN + 4 s", values={"pt": value}) == "met"
    assert verdict("PT ≤ ULN + 2 s", values={"pt": value}) == "not_met"


AGES = [
    ("Age 18 to 75 years", {"age": 75}, "met"),
    ("Age 18 to 75 years", {"age": Decimal("75.9")}, "met"),  # until the next birthday
    ("Age 18 to 75 years", {"age": 76}, "not_met"),
    ("Age > 75 years", {"age": Decimal("75.9")}, "not_met"),
    ("Age ≥ 18 years", {"birth_date": "2007-08-31"}, "met"),
    ("Age ≥ 18 years", {"birth_date": "2007-09-01"}, "not_met"),
    ("Age ≥ 6 months", {"birth_date": "2025-03-01"}, "not_met"),
    ("Age ≥ 6 months", {"age": "26 wk"}, "not_met"),
    ("Age ≥ 6 months", {"age": "27 wk"}, "met"),
    ("Age ≥ 18 years", {}, "unknown"),
]


AT_EVENTS = (
    "Onset of seizures before the age of 12 years",
    "Xanthoma before the age of 10 years",
    "Menopause before 40 years of age",
    "18 years or older at the time of diagnosis",
    "Diagnosis of diabetes after the age of 30 years",
)


@pytest.mark.parametrize("text", AT_EVENTS)
@pytest.mark.parametrize("section", ["Inclusion", "Exclusion"])
def test_today_s_age_is_not_that_at_an_event(text: str, section: str) -> None:
    happened = {"seizures": True, "onset of seizures": True, "xanthoma": True, "menopause": True, "diabetes": True}
    assert verdict(text, section=section, age=45, sex="FEMALE", history=happened) == "unknown"


def test_a_condition_of_place_is_no_event() -> None:
    assert verdict("Age ≥ 18 years (≥ 20 years in Japan)", age=19, history={"in Japan": True}) == "not_met"


@pytest.mark.parametrize(("text", "known", "wanted"), AGES)
def test_ages(text: str, known: dict[str, Any], wanted: str) -> None:
    assert verdict(text, **known) == wanted


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        ("2025-08-15", "met"),
        ("2025-08-10", "met"),
        ("2025-08-09", "not_met"),
        ("2025-09-10", "not_met"),  # not yet
        (["2024-01-01", "2025-08-20"], "met"),
        (False, "not_met"),
        (True, "unknown"),  # when?
    ],
)
def test_events(days: Any, wanted: str) -> None:
    text = "Chemotherapy within 3 weeks before enrollment"
    assert verdict(text, section="Exclusion", history={"chemotherapy": days}) == wanted


def test_months_are_those_of_the_calendar() -> None:
    text = "Stroke within 6 months before screening"
    for day, wanted in (("2025-02-28", "met"), ("2025-02-27", "not_met")):
        assert verdict(text, section="Exclusion", history={"stroke": day}) == wanted


def test_hours_are_open_where_only_days_are_known() -> None:
    text = "Surgery within 36 hours before enrollment"
    for day, wanted in (("2025-08-31", "met"), ("2025-08-30", "unknown"), ("2025-08-28", "not_met")):
        assert verdict(text, section="Exclusion", history={"surgery": day}) == wanted


def test_another_event_as_anchor() -> None:
    text = "Fever within 10 days after transplantation"
    fever = {"fever": "2025-01-08"}
    assert verdict(text, history=fever) == "unknown"
    assert verdict(text, history=fever | {"transplantation": "2025-01-01"}) == "met"


PROSE = [
    ("HIV infection", {"HIV infection": True}, "met"),
    ("Known HIV infection", {"HIV infection": False}, "not_met"),
    ("Patients with a history of seizures", {"seizure": True}, "met"),
    ("Family history of seizures", {"seizure": True}, "unknown"),  # says more
    ("Suspected HIV infection", {"HIV infection": False}, "unknown"),
    ("No HIV infection", {"HIV infection": False}, "met"),
]


@pytest.mark.parametrize(("text", "history", "wanted"), PROSE)
def test_prose(text: str, history: dict[str, bool], wanted: str) -> None:
    assert verdict(text, history=history) == wanted


SEX = "Hemoglobin ≥ 13 g/dL (men) or ≥ 12 g/dL (women)"


@pytest.mark.parametrize(
    ("sex", "value", "wanted"),
    [("female", 12.5, "met"), ("male", 12.5, "not_met"), (None, 12.5, "unknown"), (None, 14, "met")],
)
def test_sex_decides_whose_limit_it_is(sex: str | None, value: float, wanted: str) -> None:
    assert verdict(SEX, sex=sex, values={"hemoglobin": {"value": value, "unit": "g/dL"}}) == wanted


def test_whom_a_condition_does_not_concern() -> None:
    text = "In patients with diabetes, HbA1c ≤ 8 %"
    known: dict[str, Any] = {"history": {"diabetes": False}, "values": {"hba1c": "9 %"}}
    assert verdict(text, **known) == "met"
    assert verdict(text, section="Exclusion", **known) == "not_met"


def test_permissions_never_decide() -> None:
    assert verdict("Platelets ≥ 75 × 10^9/L (transfusion allowed)", values={"platelets": "80 10*9/L"}) == "met"


def test_a_value_counts_where_it_was_measured_in_time() -> None:
    text = "Platelets ≥ 75 × 10^9/L within 14 days before enrollment"
    early = {"value": 60, "unit": "10*9/L", "date": "2025-07-01"}
    late = {"value": 90, "unit": "10*9/L", "date": "2025-08-25"}
    assert verdict(text, values={"platelets": early}) == "unknown"
    assert verdict(text, values={"platelets": [late, early]}) == "met"


def test_a_value_counts_at_the_time_of_the_lead_in() -> None:
    lead = "Adequate organ function within 14 days before enrollment:"
    page = f"Inclusion Criteria:\n\n* {lead}\n  * Platelets ≥ 75 × 10^9/L"
    (node,) = trialparse.parse_criteria(page).inclusion
    for day, wanted in (("2025-07-01", "unknown"), ("2025-08-25", "met")):
        value = {"value": 90, "unit": "10*9/L", "date": day}
        assert node.evaluate(Patient(today=TODAY, values={"platelets": value})).outcome == wanted


def test_somebody_is_asked_about_prose() -> None:
    asked = []

    def ask(item: Statement | Window) -> dt.timedelta:
        asked.append(item.text)
        return dt.timedelta(days=20)

    assert verdict("Steroids within 3 weeks before enrollment", section="Exclusion", ask=ask) == "met"
    assert verdict("Steroids within 2 weeks before enrollment", section="Exclusion", ask=ask) == "not_met"
    assert asked == [f"Steroids within {n} weeks before enrollment" for n in (3, 2)]


def test_the_record_s_own_fields_count() -> None:
    fields = {"sex": "FEMALE", "minimumAge": "18 Years", "maximumAge": "65 Years"}
    module = {**fields, "eligibilityCriteria": "Inclusion Criteria:\n\n* ECOG 0-1"}
    record = {"identificationModule": {"nctId": "NCT99000001"}, "eligibilityModule": module}
    trial = trialparse.parse(json.dumps({"protocolSection": record}))
    known: dict[str, Any] = {"values": {"ecog": 1}}
    assert trial.evaluate(Patient(age=65, sex="FEMALE", **known)).outcome == "met"
    for age, sex in ((66, "FEMALE"), (65, "MALE")):
        assert trial.evaluate(Patient(age=age, sex=sex, **known)).outcome == "not_met"
    open_ = trial.evaluate(Patient(age=65, **known))
    assert (open_.outcome, open_.needs, open_.trial_id) == ("unknown", (Need("sex", "sex"),), "NCT99000001")


def test_reasons_say_what_decided_and_where() -> None:
    page = "Inclusion Criteria:\n\n* Adequate function:\n  * Platelets ≥ 75 × 10^9/L\n  * ALT ≤ 3 × ULN\n"
    (node,) = trialparse.parse_criteria(page).inclusion
    failed = node.evaluate(Patient(values={"platelets": "60 10*9/L"}))
    (reason,) = failed.reasons
    assert (reason.criterion, reason.requirement) == ("I1.1", "platelets ≥ 75 10*9/L")
    assert (reason.outcome, reason.fact, failed.needs) == ("not_met", "platelets 60 10*9/L", ())
    assert reason.span is not None
    assert page[reason.span.start : reason.span.end] == reason.text
    open_ = node.evaluate(Patient(values={"platelets": "80 10*9/L", "alt": "70 U/L"}))
    assert open_.needs == (Need("reference", "alt"),)
    assert [each.criterion for each in open_.reasons] == ["I1.2"]


def test_a_trial_without_criteria_decides_nothing() -> None:
    verdict = trialparse.parse("").evaluate(Patient(age=50))
    assert (verdict.outcome, [need.kind for need in verdict.needs]) == ("unknown", ["criteria"])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"values": {"platelets": "60 giga"}}, "'giga' is no unit that is known"),
        ({"values": {"ALT": 3, "alt": 4}}, "ALT, alt are one measure"),
        ({"values": {"age": 3}}, "give the age as"),
        ({"age": 30, "birth_date": "1990-01-01"}, "not both"),
        ({"birth_date": "2190-01-01"}, "lies after today"),
        ({"wheight": 3}, "Extra inputs"),
    ],
)
def test_errors_say_what_was_wrong(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Patient(**wrong)


def test_a_patient_survives_json() -> None:
    patient = Patient(age="18 mo", today=TODAY, values={"alt": "60 U/L"}, history={"stroke": "2025-01-01"})
    assert Patient.model_validate_json(patient.model_dump_json()) == patient


def test_a_changed_copy_is_judged_by_its_own_facts() -> None:
    criterion = trialparse.parse_criterion("Platelets ≥ 75 × 10^9/L")
    patient = Patient(values={"platelets": "60 10*9/L"})
    assert criterion.evaluate(patient).outcome == "not_met"
    better = Patient(values={"platelets": "90 10*9/L"})
    assert criterion.evaluate(patient.model_copy(update={"values": better.values})).outcome == "met"
    assert criterion.evaluate(patient.model_copy(deep=True)).outcome == "not_met"


def test_a_verdict_survives_json_and_is_closed() -> None:
    found = trialparse.parse_criteria("Inclusion Criteria:\n\n* Platelets ≥ 75 × 10^9/L").evaluate(Patient(age=50))
    assert TrialVerdict.model_validate_json(found.model_dump_json()) == found
    with pytest.raises(ValidationError):
        TrialVerdict.model_validate(found.model_dump() | {"outcom": "met"})
    with pytest.raises(FrozenInstanceError):
        found.outcome = "met"  # type: ignore[misc]


@pytest.mark.parametrize("kind", [TrialVerdict, CriterionVerdict, Reason, Need])
def test_the_schema_of_a_verdict_says_what_its_fields_are(kind: type[Value]) -> None:
    fields = kind.model_json_schema()["properties"]
    told = {name for name, field in fields.items() if field.get("description")}
    assert fields.keys() - told <= {"outcome", "section", "trial_id"}, "which say it themselves"
