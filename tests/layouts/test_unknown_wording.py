"""Pages of no known layout: their own words for headings, tiles of figures, columns, people, countries, answers."""

from __future__ import annotations

import pytest

import trialparse
from tests.layouts.test_unknown_pages import CRITERIA, TITLE, parsed
from trialparse.layouts.places import country_names
from trialparse.layouts.wording import Wordings
from trialparse.lexicon.invitations import invitations
from trialparse.lexicon.questions import questions
from trialparse.lexicon.tables import load
from trialparse.models.trial import Trial

INVITED = [(kind, line) for kind, lines in load("invitations")["examples"].items() for line in lines]
ASKED = [(row.label, example) for row in questions() for example in row.examples]


def sexes_and_ages(trial: Trial) -> tuple[str | None, int | None, int | None]:
    """Who may take part."""
    low, high = trial.eligibility.minimum_age, trial.eligibility.maximum_age
    return trial.eligibility.sex, int(low.value) if low else None, int(high.value) if high else None


@pytest.mark.parametrize(("kind", "line"), INVITED, ids=[line for _, line in INVITED])
def test_headings_in_a_site_s_own_words(kind: str, line: str) -> None:
    assert invitations().section(line) == (None if kind == "neither" else kind)


@pytest.mark.parametrize(("kind", "line"), [pair for pair in INVITED if pair[0] == "exclusion"])
def test_they_open_criteria_on_a_page(kind: str, line: str) -> None:
    trial = parsed(TITLE, "Phase: 2", f"{line}\n{CRITERIA}", "Enrollment: 40")
    assert [len(getattr(trial.eligibility, name)) for name in ("inclusion", kind)] == [0, 2]
    assert trial.enrollment is not None


def test_an_item_is_no_such_heading() -> None:
    trial = parsed(TITLE, "Inclusion criteria\n- You must be able to take part\n- You must not join twice\n- Gout")
    assert len(trial.eligibility.inclusion) == 3


@pytest.mark.parametrize(("label", "question"), ASKED, ids=[question for _, question in ASKED])
def test_what_questions_ask(label: str, question: str) -> None:
    assert Wordings([]).find(question) == label


TILES = "Phase 3\nTrial phase\n\n410\nParticipants\n\nGout\nCondition\n\nMar 2024 - Dec 2028\nTrial timeline"


@pytest.mark.parametrize("tiles", [TILES, TILES.replace("\n\n", "\n")])
def test_values_above_their_labels(tiles: str) -> None:
    trial = parsed(TITLE, tiles, "Inclusion criteria", CRITERIA)
    assert (trial.phases, trial.enrollment and trial.enrollment.count) == (("PHASE3",), 410)
    assert trial.conditions == ("Gout",)
    assert trial.completion_date is not None
    assert trial.completion_date.date == "2028-12"


def test_values_below_their_labels_stay_there() -> None:
    trial = parsed(TITLE, "Condition\nGout\n\nPhase\nPhase 3\n\nEnrollment\n410\n\nSex\nAll")
    assert (trial.conditions, trial.phases, trial.eligibility.sex) == (("Gout",), ("PHASE3",), "ALL")


def test_tiles_and_labels_in_markup() -> None:
    trial = trialparse.parse(
        f"<!doctype html><h1>{TITLE}</h1><div><b>284</b><span>Participants planned</span></div>"
        "<div><b>Phase 2</b><span>Study phase</span></div><div><b>Gout</b><span>Condition</span></div>"
        "<ul><li><span class='label'>Lead sponsor</span> <span>Mock AG</span></li></ul>"
        "<p><span class='pill'>Closed to new patients</span> <span class='pill'>Interventional</span> "
        "<span class='pill'>Solid tumors</span></p>"
    )
    assert (trial.enrollment and trial.enrollment.count, trial.phases, trial.conditions) == (
        284,
        ("PHASE2",),
        ("Gout",),
    )
    assert (trial.lead_sponsor and trial.lead_sponsor.name) == "Mock AG"
    assert (trial.overall_status, trial.study_type) == ("ACTIVE_NOT_RECRUITING", "INTERVENTIONAL")


def test_a_row_of_labels_above_a_row_of_values() -> None:
    trial = parsed(
        TITLE, "NCT ID          Status          Age Group\nNCT09900001     Recruiting      18 years and above"
    )
    assert (trial.trial_id, trial.overall_status) == ("NCT09900001", "RECRUITING")
    assert sexes_and_ages(trial) == (None, 18, None)


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Women and men, 18-79 years", ("ALL", 18, 79)),
        ("Adults 18+ years old, male or female", ("ALL", 18, None)),
        ("22-80 yrs / both", ("ALL", 22, 80)),
        ("Boys and girls", ("ALL", None, None)),
        ("People with gout who like walking", (None, None, None)),
    ],
)
def test_people_in_one_value(value: str, people: tuple[str | None, int | None, int | None]) -> None:
    trial = parsed(TITLE, f"Phase: 2\nPatient population: {value}\nSponsor: Mock House")
    assert sexes_and_ages(trial) == people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norway and Sweden", ["Norway", "Sweden"]),
        ("Kenya, Uganda, and the Netherlands", ["Kenya", "Uganda", "Netherlands"]),
        ("Bosnia and Herzegovina, Serbia", ["Bosnia and Herzegovina", "Serbia"]),
        ("Korea, Republic of; Japan", ["Korea, Republic of", "Japan"]),
        ("United States (12 sites), Canada (3)", ["United States", "Canada"]),
        ("Boston, Massachusetts", []),
        ("Mockland", []),
    ],
)
def test_names_of_countries(text: str, names: list[str]) -> None:
    assert country_names(text) == names
    trial = parsed(TITLE, f"Phase: 2\nCountries: {text}\nSponsor: Mock House")
    assert [site.country for site in trial.locations] == names


def test_sites_say_more_than_countries() -> None:
    trial = parsed(TITLE, "Country: France\nPhase: 2", "Locations\n- Mock Clinic, Mockville, France")
    (site,) = trial.locations
    assert (site.facility, site.country) == ("Mock Clinic", "France")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("Yes, recruiting now", "RECRUITING"),
        ("Not yet — opens soon", "NOT_YET_RECRUITING"),
        ("No, the study has finished", "COMPLETED"),
        ("Recruitment complete, follow-up continues", "ACTIVE_NOT_RECRUITING"),
        ("Recruiting, later suspended", None),
        ("No", None),
    ],
)
def test_a_status_as_an_answer(said: str, status: str | None) -> None:
    trial = parsed(TITLE, f"Is the study recruiting?\n{said}", "Phase: 2")
    assert trial.overall_status == status


@pytest.mark.parametrize("site", ["Department of Mock Sciences", "Our Science   Pipeline   Clinical Trials   Careers"])
def test_a_site_s_own_lines_are_no_title(site: str) -> None:
    assert parsed("Mock Therapeutics", site, TITLE, "Phase: 2").brief_title == TITLE


def test_a_list_of_names_ends_where_the_next_short_line_heads_a_paragraph() -> None:
    trial = parsed(
        TITLE, "Phase\n2", "Condition\nGout", "Babies we hope to include\n220", "Sex\nAll", "Sponsor\nMock House"
    )
    assert trial.conditions == ("Gout",)
    assert [(section.heading, section.text) for section in trial.sections] == [("Babies we hope to include", "220")]


def test_a_person_who_leads_is_no_sponsor() -> None:
    assert parsed(TITLE, "Phase: 2\nLed by: Prof. Exemplar Doe\nSex: All").lead_sponsor is None


@pytest.mark.parametrize("key", ["study", "name", "trial"])
def test_a_label_that_any_form_prints_is_one_of_a_title_above_a_title_alone(key: str) -> None:
    settings = f'status: completed\n{key}: "{TITLE}"\nconditions: [Gout, Asthma]\ncountries: [Canada]'
    trial = parsed(settings)
    assert (trial.brief_title, trial.conditions) == (TITLE, ("Gout", "Asthma"))
    assert parsed(TITLE, f"Status: Completed\n{key}: Mocky\nSex: All").brief_title == TITLE


@pytest.mark.parametrize("last", ["Sponsor.", "Sponsor", "Institution."])
def test_the_last_word_of_a_wrapped_criterion_is_no_label(last: str) -> None:
    wrapped = f"- Any disease that is a risk for whoever takes part, as judged by the\n  {last}\n- Gout"
    trial = parsed(TITLE, f"Exclusion criteria\n{wrapped}")
    assert len(trial.eligibility.exclusion) == 2
    assert trial.lead_sponsor is None


def test_a_line_of_words_that_are_labels_elsewhere_is_kept() -> None:
    trial = parsed(TITLE, "Sex: All\nPhase: 2\nVaccine agent manufacturer")
    assert any("Vaccine agent" in section.text for section in trial.sections)


@pytest.mark.parametrize(
    ("below", "count"),
    [
        ("<h2>Where we are</h2><p>Mock Clinic</p><p>Oslo, Norway</p>", 2),
        ("<h3>Where we are</h3><p>Mock Clinic</p><p>Oslo, Norway</p>", 2),
        ("<h4>Kidneys</h4><p>Dialysis</p>", 4),
    ],
)
def test_a_heading_of_no_lower_rank_ends_the_last_criteria(below: str, count: int) -> None:
    page = (
        f"<html><body><h1>{TITLE}</h1><h2>Taking part</h2><h3>Inclusion criteria</h3><ul><li>Age over 18</li></ul>"
        f"<h3>Exclusion criteria</h3><ul><li>Gout</li><li>Asthma</li></ul>{below}</body></html>"
    )
    trial = trialparse.parse(page)
    assert sum(1 for section, _ in trial.eligibility.criteria() if section == "exclusion") == count
    assert "Mock Clinic" not in str(trial.eligibility)
    assert ("Mock Clinic" in below) == ("Mock Clinic" in trial.model_dump_json())
