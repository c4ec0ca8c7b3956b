"""Age fields: never cut short; what is out of range or not understood is told, what states no limit is not."""

from __future__ import annotations

import pytest

from trialparse.layouts.values import LINE_READERS


def lower(text: str) -> str | None:
    found = LINE_READERS["minimum_age"](text, "")
    if found is None:
        return None
    age = found.get("minimum_age")
    return f"{age['value']}{age['unit']}" if age else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16,5 Years", "16.5a"), ("18,5 Years", "18.5a"), ("0.5 year", "0.5a"), ("2.5 months", "2.5mo"),
        ("7,25 y", "7.25a"),
        ("00018 Years", "18a"), ("018", "18a"), ("0018Y", "18a"), ("000 Years", "0a"), ("05 Months", "5mo"),
        ("6 mths", "6mo"), ("6 mos.", "6mo"), ("6 Mon", "6mo"), ("3 wks", "3wk"), ("10 hrs", "10h"),
        ("30 min", "30min"),
        ("18 yo", "18a"), ("18 y.o.", "18a"), ("21 yrs", "21a"), ("21Y", "21a"), ("4 d", "4d"), ("8W", "8wk"),
        ("18 Wochen", "18wk"), ("18 Jahre", "18a"), ("6 mois", "6mo"), ("18 ans", "18a"), ("18 años", "18a"),
        ("18 anni", "18a"),
        ("18 Years 6 Months", "18.5a"), ("2 years and 3 months", "27mo"), ("1 year, 6 months", "1.5a"),
        ("1 y 1 m", "13mo"),
        ("120 Years", "120a"), ("100", "100a"), ("18 and above", "18a"),
        ("17,5 Years", "17.5a"), ("18 Years 3 Months", "219mo"), ("0021", "21a"), ("36 Hours", "36h"), ("18.0", "18a"),
        ("18 jaar", "18a"), ("18 years old", "18a"), ("≥18", "18a"), ("18Y6M", "18.5a"), ("1½ years", "1.5a"),
        ("1 1/2 years", "1.5a"), ("18歳", "18a"), ("18 岁", "18a"), ("> 18 Years", "18a"), ("18 M", "18mo"),
        ("28 Days", "28d"), ("18 Years - 65 Years", "18a"),
    ],
)  # fmt: skip
def test_read(text: str, expected: str) -> None:
    assert lower(text) == expected


@pytest.mark.parametrize(
    "text",
    ["-1", "-2147483648 No limit", "-999", "- 1 Years", "N/A", "No limit", "None", "", "−1", "Unlimited", "no minimum"],
)
def test_no_limit(text: str) -> None:
    assert lower(text) == ""
    assert LINE_READERS["maximum_age"](text, "") == {}
    assert LINE_READERS["ages"](text, "") == {}


@pytest.mark.parametrize(
    "text",
    [
        "1000",
        "1800 Years",
        "12345",
        "200 years",
        "5000 Months",
        "18 Olympiads",
        "18,555 Years",
        "1.800",
        "lots",
        "1 Year 6 Months 10 days",
        "2 Decades",
        "999999",
        "1500",
    ],
)
def test_unreadable(text: str) -> None:
    assert lower(text) is None


@pytest.mark.parametrize("text", ["999", "999 Years", "9999", "0", "0 N/A (No limit)"])
def test_an_upper_limit_that_stands_for_none(text: str) -> None:
    assert LINE_READERS["maximum_age"](text, "") == {}


@pytest.mark.parametrize(
    ("meaning", "text", "expected"),
    [
        ("phases", "I (Phase I study)", ["PHASE1"]),
        ("phases", "Phase III (confirmatory)", ["PHASE3"]),
        ("phases", "2 (Phase 2)", ["PHASE2"]),
        ("phases", "Phase 1/2 (dose finding)", ["PHASE1", "PHASE2"]),
        ("phases", "IV (post marketing)", ["PHASE4"]),
        ("phases", "II [exploratory]", ["PHASE2"]),
        ("start_date", "15-09-2011", "2011-09-15"),
        ("start_date", "09/2011", "2011-09"),
        ("start_date", "9-2011", "2011-09"),
        ("start_date", "30.11.2011", "2011-11-30"),
        ("start_date", "11-30-2011", "2011-11-30"),
        ("start_date", "01.2020", "2020-01"),
        ("sex", "F", "FEMALE"),
        ("sex", "M", "MALE"),
        ("sex", "m", "MALE"),
        ("sex", "M/F", "ALL"),
        ("sex", "Female (F)", "FEMALE"),
        ("sex", "B", "ALL"),
        ("overall_status", "Ongoing, recruiting", "RECRUITING"),
        ("overall_status", "Ongoing, recruitment ended", "ACTIVE_NOT_RECRUITING"),
        ("overall_status", "Authorised, recruitment pending", "NOT_YET_RECRUITING"),
        ("overall_status", "Ended", "COMPLETED"),
        ("overall_status", "Halted", "SUSPENDED"),
        ("overall_status", "Revoked", "TERMINATED"),
        ("enrollment", "1e5", 100000),
        ("enrollment", "1.5E+3", 1500),
        ("enrollment", "2e2 participants", 200),
        ("enrollment", "1 200", 1200),
        ("enrollment", "1'000", 1000),
        ("enrollment", "N=120", 120),
        ("enrollment", "Experimental:30; Control:30", 60),
        ("phases", "Phase 4 / post-approval", ["PHASE4"]),
        ("phases", "Phase IIb", ["PHASE2"]),
        ("phases", "Phase 1b/2a", ["PHASE1", "PHASE2"]),
        ("phases", "3 (Phase III study)", ["PHASE3"]),
        ("start_date", "2011年9月15日", "2011-09-15"),
        ("start_date", "2011年9月", "2011-09"),
        ("start_date", "15SEP2011", "2011-09-15"),
        ("start_date", "September 15th, 2011", "2011-09-15"),
        ("start_date", "2011.09.15", "2011-09-15"),
        ("sex", "M & F", "ALL"),
        ("sex", "Male participants only", "MALE"),
        ("sex", "Female: yes; Male: yes", "ALL"),
        ("overall_status", "Complete: follow-up complete", "COMPLETED"),
        ("overall_status", "No longer recruiting", "ACTIVE_NOT_RECRUITING"),
        ("overall_status", "Authorised-recruitment pending", "NOT_YET_RECRUITING"),
        ("overall_status", "Open to recruitment: actively recruiting", "RECRUITING"),
    ],
)
def test_other_fields(meaning: str, text: str, expected: object) -> None:
    found = LINE_READERS[meaning](text, "")
    assert found
    (value,) = (each for name, each in found.items() if name != "notes")
    assert (value.get("date") or value.get("count") if isinstance(value, dict) else value) == expected


@pytest.mark.parametrize(
    "text", ["2020-02-31", "31.04.2021", "2021-00-10", "13/2011", "2019-02-29", "45-45-2011", "31-02-2011", "Q3 2011"]
)
def test_no_such_day(text: str) -> None:
    assert LINE_READERS["start_date"](text, "") is None
