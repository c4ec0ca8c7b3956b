"""The printed forms of one value, to the v2 spelling."""

from __future__ import annotations

from typing import Any

import pytest

from trialparse.layouts.places import place, site
from trialparse.layouts.values import LINE_READERS, iso_date
from trialparse.lexicon.fields import labels

DATES = [
    ("2025-08-03", "2025-08-03"),
    ("2025-08", "2025-08"),
    ("2014", "2014"),
    ("2025/08/19 15:26:38", "2025-08-19"),
    ("20200415", "2020-04-15"),
    ("August 30, 2022", "2022-08-30"),
    ("May 2023", "2023-05"),
    ("May, 2021", "2021-05"),
    ("Sep 7, 2016", "2016-09-07"),
    ("Mar. 02, 2020", "2020-03-02"),
    ("June. 10, 2020", "2020-06-10"),
    ("11 Feb 2016", "2016-02-11"),
    ("25mar2020", "2020-03-25"),
    ("1st May 2023", "2023-05-01"),
    ("25/05/2018", "2018-05-25"),
    ("4/04/2019", "2019-04-04"),
    ("06.09.2025 02:00", "2025-09-06"),
    ("9/25/2014", "2014-09-25"),
    ("2020-02-24, 1398/12/05", "2020-02-24"),
    ("令和2年3月2日", "2020-03-02"),
    ("August 2004 (Actual)", "2004-08"),
    ("May-2021", "2021-05"),
    ("Started 7 years ago", None),
    ("2025-13-01", None),
    ("18 Years", None),
    ("", None),
]

AGES = [
    ("18 Years and up", "18a", None),
    ("18+ years old", "18a", None),
    ("18 to 65 years old", "18a", "65a"),
    ("Ages 18-75", "18a", "75a"),
    ("12+", "12a", None),
    ("≥18 years", "18a", None),
    ("Over 18 Years", "18a", None),
    ("Between 12 Years and 50 Years", "12a", "50a"),
    ("From 16 Years to 80 Years.", "16a", "80a"),
    ("18 Years - undefined (Adult, Older Adult)", "18a", None),
    ("20歳 以上", "20a", None),
    ("Minimum age: 18 years Maximum age: -", "18a", None),
    ("up to 1 Year (Child)", None, "1a"),
    ("6 Months to 17 Years   (Child)", "6mo", "17a"),
    ("Under 18 years old", None, "18a"),
    ("18 - 80", "18a", "80a"),
    ("12+Age Range", "12a", None),
    ("Between 18 years - 100 years", "18a", "100a"),
    ("18 Years and older (Adult, Older Adult)", "18a", None),
    (">= 20age old", "20a", None),
    ("for people ages 18 years and up", "18a", None),
    ("18 Years to N/A", "18a", None),
    ("N/A to 65 Years", None, "65a"),
    ("Child, Adult, Older Adult", None, None),
    ("Any", None, None),
    ("N/A", None, None),
]

FORMS: list[tuple[str, str, dict[str, Any] | None]] = [
    ("overall_status", "Active, not recruiting", {"overall_status": "ACTIVE_NOT_RECRUITING"}),
    ("overall_status", "ACTIVE_NOT_RECRUITING", {"overall_status": "ACTIVE_NOT_RECRUITING"}),
    ("overall_status", "Active - Recruiting", {"overall_status": "RECRUITING"}),
    ("overall_status", "Not yet enrolling", {"overall_status": "NOT_YET_RECRUITING"}),
    ("overall_status", "closed to accrual", {"overall_status": "ACTIVE_NOT_RECRUITING"}),
    ("overall_status", "研究終了", {"overall_status": "COMPLETED"}),
    ("overall_status", "Open for Enrollment", {"overall_status": "RECRUITING"}),
    ("overall_status", "enrolling by invitation", {"overall_status": "ENROLLING_BY_INVITATION"}),
    ("overall_status", "complete", {"overall_status": "COMPLETED"}),
    ("overall_status", "recruitment completed", {"overall_status": "COMPLETED"}),
    (
        "overall_status",
        "Closed to recruitment,follow-up continuing",
        {"overall_status": "ACTIVE_NOT_RECRUITING"},
    ),
    ("overall_status", "Restarted", {"overall_status": "RECRUITING"}),
    ("overall_status", "Prematurely Ended", {"overall_status": "TERMINATED"}),
    ("overall_status", "募集中", {"overall_status": "RECRUITING"}),
    ("overall_status", "ot Yet Recruiting", {"overall_status": "NOT_YET_RECRUITING"}),
    ("overall_status", "This study is currently recruiting participants.", {"overall_status": "RECRUITING"}),
    ("overall_status", "This study has been completed.", {"overall_status": "COMPLETED"}),
    *(("overall_status", text, None) for text in ("blue", "Not Recruiting", "Ongoing", "Waitlist Available")),
    ("phases", "PHASE2", {"phases": ["PHASE2"]}),
    ("phases", "Phase 1/Phase 2", {"phases": ["PHASE1", "PHASE2"]}),
    ("phases", "Phase I/II", {"phases": ["PHASE1", "PHASE2"]}),
    ("phases", "Phase Phase III", {"phases": ["PHASE3"]}),
    ("phases", "Early Phase 1", {"phases": ["EARLY_PHASE1"]}),
    ("phases", "2", {"phases": ["PHASE2"]}),
    ("phases", "III", {"phases": ["PHASE3"]}),
    ("phases", "0", {"phases": ["EARLY_PHASE1"]}),
    ("phases", "Not applicable", {"phases": ["NA"]}),
    ("phases", "1-2-3-4", {"phases": ["PHASE1", "PHASE2", "PHASE3", "PHASE4"]}),
    ("phases", "Phase 2 Clinical Trial", {"phases": ["PHASE2"]}),
    ("phases", "N/A", {"phases": ["NA"]}),
    ("phases", "Human pharmacology (Phase I): no Therapeutic exploratory (Phase II): yes", {"phases": ["PHASE2"]}),
    ("phases", "Other", None),
    ("enrollment", "149 participants", {"enrollment": {"count": 149, "type": None}}),
    ("enrollment", "50 (estimated)", {"enrollment": {"count": 50, "type": "ESTIMATED"}}),
    ("enrollment", "24 estimated patients", {"enrollment": {"count": 24, "type": "ESTIMATED"}}),
    ("enrollment", "244 (ESTIMATED)", {"enrollment": {"count": 244, "type": "ESTIMATED"}}),
    ("enrollment", "149 participants in 2 patient groups", {"enrollment": {"count": 149, "type": None}}),
    ("enrollment", "About 300 participants", {"enrollment": {"count": 300, "type": None}}),
    ("enrollment", "Estimated 300 participants", {"enrollment": {"count": 300, "type": "ESTIMATED"}}),
    ("enrollment", "All patients of the clinic", None),
    ("enrollment", "43,998", {"enrollment": {"count": 43998, "type": None}}),
    ("enrollment", "Patients:79;Controls:79;", {"enrollment": {"count": 158, "type": None}}),
    ("enrollment", "1000Patients around the world", {"enrollment": {"count": 1000, "type": None}}),
    ("study_type", "Interventional  (Clinical Trial)", {"study_type": "INTERVENTIONAL"}),
    ("study_type", "Observational [Patient Registry]", {"study_type": "OBSERVATIONAL"}),
    ("masking", "Double (Participant, Investigator)", {"masking": "DOUBLE"}),
    ("masking", "None (Open label)", {"masking": "NONE"}),
    ("allocation", "Non-Randomized", {"allocation": "NON_RANDOMIZED"}),
    ("intervention_model", "Single Group Assignment", {"intervention_model": "SINGLE_GROUP"}),
    ("primary_purpose", "Educational/Counseling/Training", {"primary_purpose": "ECT"}),
    ("sex", "Both", {"sex": "ALL"}),
    ("sex", "Female: yes Male: no", {"sex": "FEMALE"}),
    ("healthy_volunteers", "No Healthy Volunteers", {"healthy_volunteers": False}),
    ("sex", "Male or Female", {"sex": "ALL"}),
    ("sex", "All Sexes", {"sex": "ALL"}),
    ("sex", "Any", {"sex": "ALL"}),
    ("sex", "Female", {"sex": "FEMALE"}),
    ("sex", "Not specified", {}),
    ("maximum_age", "No limit", {}),
    ("maximum_age", "0", {}),
    ("maximum_age", "0 N/A (No limit)", {}),
    ("maximum_age", "5 Days", {"maximum_age": {"value": "5", "unit": "d"}}),
    *(
        ("trial_id", text, {"trial_id": "NCT09900001", "registry": "ClinicalTrials.gov"})
        for text in ("NCT09900001", "NCT09900001 |", "NCT09900001, BO42843", "https://example.org/study/NCT09900001")
    ),
    ("trial_id", "NCT 99000047 on ClinicalTrials.gov", {"trial_id": "NCT99000047", "registry": "ClinicalTrials.gov"}),
    (
        "design",
        "Allocation: Randomized. Intervention model: Parallel Assignment. Masking: None (Open Label).",
        {"allocation": "RANDOMIZED", "intervention_model": "PARALLEL", "masking": "NONE"},
    ),
]

PLACES = [
    ("Boston, Texas, United States, 02115", {"city": "Boston", "state": "Texas", "country": "United States"}),
    ("Jeonju, Korea, Republic of", {"city": "Jeonju", "country": "Korea, Republic of"}),
    ("Suwon, Gyeonggi, South Korea", {"city": "Suwon", "state": "Gyeonggi", "country": "South Korea"}),
    ("Utrecht, Netherlands, 3584CS", {"city": "Utrecht", "country": "Netherlands"}),
    ("Hangzhou, Zhejiang", {"city": "Hangzhou", "state": "Zhejiang"}),
    ("Spain", {"country": "Spain"}),
    ("", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates_keep_their_own_precision(text: str, expected: str | None) -> None:
    assert iso_date(text)[0] == expected


def test_a_date_that_could_be_read_in_two_orders_says_so() -> None:
    found = LINE_READERS["start_date"]("03/04/2021", "")
    assert found is not None
    assert found["start_date"]["date"] == "2021-04-03"
    assert found["notes"][0][0] == "ambiguous_date"


@pytest.mark.parametrize(("text", "minimum", "maximum"), AGES)
def test_age_ranges(text: str, minimum: str | None, maximum: str | None) -> None:
    found = LINE_READERS["ages"](text, "")
    assert found is not None
    shown = [
        found.get(name) and f"{found[name]['value']}{found[name]['unit']}" for name in ("minimum_age", "maximum_age")
    ]
    assert shown == [minimum, maximum]


@pytest.mark.parametrize(("reader", "text", "expected"), FORMS)
def test_forms_of_single_values(reader: str, text: str, expected: dict[str, Any] | None) -> None:
    assert LINE_READERS[reader](text, "") == expected


def test_none_is_the_placeholder_of_a_target() -> None:
    assert LINE_READERS["enrollment"]("0", "Target enrollment") == {}
    assert LINE_READERS["enrollment"]("0", "Enrollment") == {"enrollment": {"count": 0, "type": None}}
    assert LINE_READERS["enrollment"]("20", "Target enrollment") == {"enrollment": {"count": 20, "type": None}}


SITES = [
    ("Example Hospital, Boston, Texas, United States", ("Example Hospital", "Boston", "Texas")),
    ("Department A, Example Hospital, Paris, France", ("Department A, Example Hospital", "Paris", None)),
    ("Example Hospital, Paris, France", ("Example Hospital", "Paris", None)),
    ("Site 12, Boston, Texas, United States", ("Site 12", "Boston", "Texas")),
    ("College Station, Texas, United States", (None, "College Station", "Texas")),
]


@pytest.mark.parametrize(("text", "expected"), SITES)
def test_sites_on_one_line(text: str, expected: tuple[str | None, ...]) -> None:
    assert tuple(site(text).get(name) for name in ("facility", "city", "state")) == expected


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_places(text: str, expected: dict[str, str]) -> None:
    assert place(text) == expected


def test_the_label_says_whether_a_date_is_actual() -> None:
    found = LINE_READERS["completion_date"]("May 2023", "Estimated Study Completion Date")
    assert found == {"completion_date": {"date": "2023-05", "type": "ESTIMATED"}}


def test_no_label_has_two_meanings() -> None:
    import json
    from importlib.resources import files

    raw = json.loads(files("trialparse.lexicon").joinpath("data/labels.json").read_text(encoding="utf-8"))
    listed = [label for spellings in raw.values() for label in spellings]
    assert len(listed) == len({*listed})
    assert labels().keys() > {*listed}
    assert labels()["sponsoring organisation"] == labels()["sponsoring organization"] == "lead_sponsor"


def test_a_spreadsheets_day_number_is_a_date_and_named() -> None:
    found = LINE_READERS["start_date"]("43983", "")
    assert found is not None
    assert found["start_date"] == {"date": "2020-06-01", "type": None}
    assert [code for code, _ in found["notes"]] == ["day_number"]


@pytest.mark.parametrize("text", ["20001", "51234", "439830", "4398"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert LINE_READERS["start_date"](text, "") is None or iso_date(text)[0] is not None


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        (
            "Randomized: No, Masking: None, Control: Not applicable, Type: Not applicable",
            "allocation",
            "NON_RANDOMIZED",
        ),
        ("Masking: Open (masking not used). Control: Uncontrolled. Assignment: Single (group)", "masking", "NONE"),
        ("Controlled: yes Randomised: yes Open: no Double blind: yes", "allocation", "RANDOMIZED"),
        ("Controlled: yes Randomised: yes Open: no Double blind: yes", "masking", "DOUBLE"),
        ("Blinding: Not blinded, Placebo: Not used, Assignment: Parallel", "masking", "NONE"),
        ("Allocation: N/A: single arm study. Masking: Open.", "allocation", "NA"),
        ("Non-randomized, Active Controlled Trial Blinding and masking: Any", "allocation", "NON_RANDOMIZED"),
    ],
)
def test_designs_by_their_keys(text: str, field: str, value: str) -> None:
    found = LINE_READERS["design"](text, "")
    assert found is not None
    assert found[field] == value
