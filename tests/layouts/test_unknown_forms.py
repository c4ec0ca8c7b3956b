"""Pages of no known layout: what their markup, their forms and their letters say of a value and of its place."""

from __future__ import annotations

import pytest

import trialparse
from tests.layouts.test_unknown_pages import CRITERIA, TITLE, parsed
from trialparse.models.trial import Trial


def texts(trial: Trial, section: str) -> list[str]:
    return [item.text for item in getattr(trial.eligibility, section)]


def page(body: str) -> Trial:
    return trialparse.parse(f"<!doctype html><html><body>{body}</body></html>")


@pytest.mark.parametrize(
    "above",
    ["<p>Research &rsaquo; Trials &rsaquo; Lungs</p>", "<div>MockMatch of the lungs <a>Saved</a></div>", ""],
)
@pytest.mark.parametrize("title", [TITLE, "The MOCK Study", "Can examplumab help people with exampleitis?"])
def test_the_heading_of_a_page_is_its_title(above: str, title: str) -> None:
    trial = page(f"{above}<h1>{title}</h1><dl><dt>Trial ID</dt><dd>NCT09900001</dd></dl>")
    assert (trial.brief_title, trial.trial_id) == (title, "NCT09900001")


def test_a_heading_of_markup_ends_what_is_above_and_shows_no_sign() -> None:
    trial = page(
        f"<h1>{TITLE}</h1><h2>Exclusion criteria</h2><ul><li>Gout</li><li>Pregnancy</li></ul>"
        "<h2>Compensation</h2><p>You get 20 mock coins.</p><h3>Parking</h3>"
    )
    assert texts(trial, "exclusion") == ["Gout", "Pregnancy"]
    assert [(each.heading, each.text) for each in trial.sections] == [
        ("Compensation", "You get 20 mock coins."),
        (None, "Parking"),
    ]


@pytest.mark.parametrize("first", ["ul", "ol"])
def test_lists_in_two_cells_below_their_headings(first: str) -> None:
    trial = page(
        "<table><tr><th>Inclusion Criteria</th><th>Exclusion Criteria</th></tr>"
        f"<tr><td><{first}><li>Adults</li><li>Consent</li></{first}></td><td><ul><li>Gout</li></ul></td></tr></table>"
    )
    assert (texts(trial, "inclusion"), texts(trial, "exclusion")) == (["Adults", "Consent"], ["Gout"])


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("Study dates: March 2025 – June 2027", "2025-03", "2027-06"),
        ("Study dates: 28 October 2022 to 4 March 2024", "2022-10-28", "2024-03-04"),
        ("Study period\nStart: 2021-06-01\nCompletion: 2024-02-28", "2021-06-01", "2024-02-28"),
        ("The study runs from November 2024 to April 2026.", "2024-11", "2026-04"),
        ("Study dates: to be announced", None, None),
    ],
)
def test_stretches_of_time(printed: str, start: str | None, end: str | None) -> None:
    trial = parsed(TITLE, printed, "Inclusion criteria", CRITERIA)
    found = [day and day.date for day in (trial.start_date, trial.completion_date)]
    assert found == [start, end]


@pytest.mark.parametrize(
    ("other", "start"),
    [("01/15/2025", "2024-02-03"), ("15/01/2025", "2024-03-02"), ("02/02/2025", "2024-03-02")],
)
def test_one_date_tells_the_order_of_the_others(other: str, start: str) -> None:
    trial = parsed(TITLE, f"Start date: 02/03/2024\nEnd date: {other}", "Inclusion criteria", CRITERIA)
    assert trial.start_date is not None
    assert trial.start_date.date == start
    (note,) = (each for each in trial.diagnostics if each.code == "ambiguous_date" and "03" in each.message)
    assert start in note.message


@pytest.mark.parametrize("form", ["Study dates: {} – {}", "Study period\nStart: {}\nCompletion: {}"])
@pytest.mark.parametrize(
    ("dates", "updated", "found", "doubts"),
    [
        (("02/03/2024", "04/05/2025"), "", ("2024-03-02", "2025-05-04"), 2),
        (("02/03/2024", "04/05/2025"), "01/31/2025", ("2024-02-03", "2025-04-05"), 2),
        (("02/03/2024", "05/25/2025"), "", ("2024-02-03", "2025-05-25"), 1),
        (("01/25/2024", "02/03/2025"), "", ("2024-01-25", "2025-02-03"), 1),
        (("02/03/2024", "06/2025"), "01/31/2025", ("2024-02-03", "2025-06"), 1),
        (("02/03/2024", "02/03/2024"), "01/31/2025", ("2024-02-03", "2024-02-03"), 2),
        (("02/03/2024", "15/05/2025"), "01/31/2025", ("2024-03-02", "2025-05-15"), 1),
    ],
)
def test_each_date_of_a_stretch_is_settled_by_itself(
    form: str, dates: tuple[str, str], updated: str, found: tuple[str, str], doubts: int
) -> None:
    trial = parsed(TITLE, form.format(*dates), f"Last updated: {updated}", "Inclusion criteria", CRITERIA)
    assert tuple(day and day.date for day in (trial.start_date, trial.completion_date)) == found
    said = [each.message for each in trial.diagnostics if each.code == "ambiguous_date"]
    assert len(said) == doubts
    assert all(any(f"read as {day}:" in each for day in found) for each in said)


@pytest.mark.parametrize(("ages", "doubted"), [("18 to 65", True), ("18 to 65 years", False)])
def test_a_value_of_a_sentence_is_as_doubtful_as_any(ages: str, doubted: bool) -> None:
    trial = parsed(TITLE, f"This study is open to adults aged {ages}.", "Inclusion criteria", CRITERIA)
    assert trial.eligibility.maximum_age is not None
    codes = {each.code for each in trial.diagnostics}
    assert ("unit_inferred" in codes, "read_from_prose" in codes) == (doubted, True)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_numbers_that_are_not_the_registered_one_are_kept(order: tuple[int, ...]) -> None:
    rows = ("Study ID: MOCK-301", "NCT number: NCT09900001", "Trial ID: ISRCTN09900001")
    trial = parsed(TITLE, "\n".join(rows[index] for index in order), "Inclusion criteria", CRITERIA)
    first = next(number for index in order for number in [rows[index].partition(": ")[2]] if number != "MOCK-301")
    assert trial.trial_id == first
    assert {trial.trial_id, *trial.secondary_ids} == {"MOCK-301", "NCT09900001", "ISRCTN09900001"}


@pytest.mark.parametrize(
    ("lines", "sites"),
    [
        ("* Example Hospital, Exampleton, France\n* Casa Mock, Mockville, Spain", ["Example Hospital", "Casa Mock"]),
        ("Mock Unit (Mockville, Ohio); Mock House (Exampleton, Ohio)", ["Mock Unit", "Mock House"]),
        ("* Mock Unit – Mockville, Ohio\n* Mock House – Exampleton, Ohio", ["Mock Unit", "Mock House"]),
        ("* Mockville, Ohio, United States\n* Exampleton, Maine, United States", [None, None]),
    ],
)
def test_facilities_of_lists_of_sites(lines: str, sites: list[str | None]) -> None:
    trial = parsed(TITLE, "Inclusion criteria", CRITERIA, "Study sites", lines)
    assert [site.facility for site in trial.locations] == sites
    assert all(site.city in ("Exampleton", "Mockville") for site in trial.locations)


@pytest.mark.parametrize(
    ("below", "kept"),
    [
        ("Treatment: Examplumab\nComparator: Usual care\nStudy site: Mock House, Mockville, France", 0),
        ("Sponsor: Example Pharma\nPrimary outcome: Response", 0),
        ("Treatment: no examplumab before\nDisease: exampleitis of grade 2", 2),
    ],
)
def test_rows_apart_below_the_criteria_are_a_form_if_one_is_of_no_patient(below: str, kept: int) -> None:
    trial = parsed(TITLE, "Exclusion criteria\n1. Gout\n2. Pregnancy", below)
    assert len(trial.eligibility.exclusion) == 2 + kept


def test_the_next_number_of_a_form_is_its_next_part() -> None:
    rows = "6. Public title: {}\n7. Key exclusion criteria:\n   a) Gout\n   b) Pregnancy\n8. Phase: 3\n9. Sex: Male"
    trial = parsed(rows.format(TITLE), "Trial ID: NCT09900001")
    assert texts(trial, "exclusion") == ["Gout", "Pregnancy"]
    assert (trial.phases, trial.eligibility.sex) == (("PHASE3",), "MALE")


def test_a_question_of_the_site_is_no_criterion() -> None:
    trial = parsed(TITLE, "Who cannot take part?", CRITERIA, "How long will it last?", "About 14 weeks.")
    assert len(trial.eligibility.exclusion) == 2
    assert [section.text for section in trial.sections] == ["About 14 weeks."]


def test_a_letter_s_head_is_no_title_and_its_sentences_are_read() -> None:
    trial = parsed(
        "Subject: A new match for you\nFrom: alerts@example.org",
        TITLE,
        "Mock House is sponsoring this Phase 2 study. It should finish in March 2027. Its registry number is "
        "NCT09900001.",
        "Inclusion criteria",
        CRITERIA,
        "You get this email because you signed up.",
    )
    assert (trial.brief_title, trial.trial_id, trial.phases) == (TITLE, "NCT09900001", ("PHASE2",))
    assert trial.lead_sponsor is not None
    assert trial.lead_sponsor.name == "Mock House"
    assert trial.completion_date is not None
    assert len(trial.eligibility.inclusion) == 2


@pytest.mark.parametrize(
    ("printed", "purpose", "summary"),
    [
        ("Purpose: Treatment", "TREATMENT", None),
        ("Purpose: To find out whether examplumab shortens coughs.", None, "To find out"),
        ("Purpose: To find out whether examplumab works.\nSummary: Coughs are mocked.", None, "Coughs"),
    ],
)
def test_a_purpose_is_coded_or_tells_of_the_study(printed: str, purpose: str | None, summary: str | None) -> None:
    trial = parsed(TITLE, printed, "Inclusion criteria", CRITERIA)
    assert trial.primary_purpose == purpose
    assert (trial.brief_summary or "").startswith(summary or "")
    assert (trial.brief_summary is None) == (summary is None)


def test_a_phase_among_words_of_the_design() -> None:
    trial = parsed(TITLE, "Phase: Randomized phase II\nAccrual goal: 40", "Inclusion criteria", CRITERIA)
    assert (trial.phases, trial.allocation) == (("PHASE2",), "RANDOMIZED")


@pytest.mark.parametrize("label", ["Trial sites (2)", "Completion (est.)", "Sponsor / Collaborator"])
def test_labels_with_a_remark(label: str) -> None:
    values = {"Trial sites (2)": "Example Hospital, Exampleton, France", "Completion (est.)": "Dec 2026"}
    trial = parsed(TITLE, f"{label}\n{values.get(label, 'Mock House / Mock Group')}", "Inclusion criteria", CRITERIA)
    if label.startswith("Sponsor"):
        assert trial.lead_sponsor is not None
        assert (trial.lead_sponsor.name, [each.name for each in trial.collaborators]) == ("Mock House", ["Mock Group"])
    else:
        assert trial.locations or trial.completion_date
