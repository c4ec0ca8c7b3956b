"""Pages of no known layout: forms with numbered rows, apps, flyers, newsletters; where criteria end on them."""

from __future__ import annotations

import pytest

import trialparse
from tests.layouts.test_unknown_pages import TITLE, parsed
from trialparse.layouts.demographics import read_item
from trialparse.layouts.label_forms import parts_of
from trialparse.lexicon.pictures import pictures
from trialparse.lexicon.tables import load
from trialparse.models.trial import Trial

FIELDS = "Trial ID: NCT09900001\nStatus: Recruiting\nPhase: 2\nSponsor: Acme"
LIST = "Inclusion criteria\n\n* Gout\n* Platelets ≥ 100 x 10^9/L"


def inclusion(trial: Trial) -> list[str]:
    return [item.text for item in trial.eligibility.inclusion]


def countries(trial: Trial) -> list[str | None]:
    return [site.country for site in trial.locations]


@pytest.mark.parametrize(
    "line",
    [
        "[Quote] [Report]",
        "Last edit: 12 Jan 2025 by the trial office",
        "Powered by ForumBase",
        "That is all I know.",
        "Write to gout@acme.example",
        "COMPENSATION: UP TO EUR 100",
    ],
)
def test_criteria_end_where_the_page_speaks_of_itself(line: str) -> None:
    trial = parsed(TITLE, FIELDS, LIST, line)
    assert inclusion(trial) == ["Gout", "Platelets ≥ 100 x 10^9/L"]
    assert any(line in section.text for section in trial.sections)


def test_a_paragraph_that_reads_like_a_criterion_stays_one() -> None:
    assert inclusion(parsed(TITLE, FIELDS, LIST, "Patients must be able to swallow."))[2:] == [
        "Patients must be able to swallow."
    ]


def test_below_criteria_alone_a_paragraph_is_one_more() -> None:
    assert inclusion(trialparse.parse(f"{LIST}\n\nAble to swallow"))[2:] == ["Able to swallow"]


def test_rows_numbered_by_letters_and_the_headings_of_their_parts() -> None:
    rows = (
        "A. Administration\nA1. Registration number | NCT09900001\nA2. Primary sponsor | Acme\nB. Study\n"
        "B1. Phase | 2\nB2. Recruitment status | Completed\nC. Who\n"
        "C1. Key inclusion criteria | 1. Gout\n2. Age over 40 years\n"
        "C2. Key exclusion criteria | 1. Stroke\nD. Ethics\nD1. Committee | Mock Board"
    )
    trial = parsed(TITLE, rows)
    assert trial.lead_sponsor is not None
    assert (trial.trial_id, trial.lead_sponsor.name, trial.phases) == ("NCT09900001", "Acme", ("PHASE2",))
    assert inclusion(trial) == ["Gout", "Age over 40 years"]
    assert [item.text for item in trial.eligibility.exclusion] == ["Stroke"]


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("Client / sponsor", (["Client", "sponsor"], False)),
        ("On behalf of (sponsor)", (["On behalf of", "sponsor"], True)),
        ("Sponsor", ([], False)),
        ("mg/kg", ([], False)),
    ],
)
def test_labels_in_parts(label: str, parts: tuple[list[str], bool]) -> None:
    assert parts_of(label) == parts


def test_labels_in_parts_are_read() -> None:
    trial = parsed(TITLE, "On behalf of (sponsor): Acme\nStart of study (first dosing): 3 May 2025\nMen/women: Both")
    assert trial.lead_sponsor is not None
    assert trial.start_date is not None
    assert (trial.lead_sponsor.name, trial.start_date.date, trial.eligibility.sex) == ("Acme", "2025-05-03", "ALL")


def test_pictures_in_the_stead_of_labels() -> None:
    trial = parsed(TITLE, "NCT09900001", "🧒 6–11 yrs\n⚥ All\n💊 Mockumab\n👥 180 needed\n🗓 Jan 15, 2026 → Jul 2028")
    low, high, enrollment = trial.eligibility.minimum_age, trial.eligibility.maximum_age, trial.enrollment
    assert low is not None
    assert high is not None
    assert enrollment is not None
    assert (int(low.value), int(high.value), trial.eligibility.sex, enrollment.count) == (6, 11, "ALL", 180)
    assert [each.name for each in trial.interventions] == ["Mockumab"]
    assert trial.start_date is not None
    assert trial.start_date.date == "2026-01-15"


def test_pictures_stand_for_known_labels() -> None:
    known = {label for labels in load("labels").values() for label in labels}
    assert set(pictures().values()) <= known


@pytest.mark.parametrize(("item", "fields"), load("age_items")["examples"].items())
def test_criteria_that_are_nothing_but_an_age(item: str, fields: list[str | None]) -> None:
    found = read_item(item)
    low, high = (found.get(name, {}).get("value") for name in ("minimum_age", "maximum_age"))
    assert [low, high, found.get("sex")] == fields


def test_an_age_stands_in_a_criterion_alone() -> None:
    trial = parsed(TITLE, FIELDS, "Inclusion criteria\n\n* You are 40 years or older\n* Gout")
    assert trial.eligibility.minimum_age is not None
    assert int(trial.eligibility.minimum_age.value) == 40
    assert any(note.code == "read_from_prose" for note in trial.diagnostics)
    twice = parsed(TITLE, FIELDS, "Inclusion criteria\n\n* Age 40 years or older\n* Women aged 50 or older with gout")
    assert twice.eligibility.minimum_age is None


def test_titles_in_two_lines() -> None:
    title = "One dose of mockumab or daily tablets for gout of the big toe in\n     adults: the MOCK trial"
    trial = parsed(f"STUDY TITLE\n\n     {title}", "Sponsor: Acme")
    assert trial.brief_title == " ".join(title.split())


def test_headings_in_a_site_s_own_words_side_by_side() -> None:
    trial = parsed(
        TITLE,
        FIELDS,
        "YOU MAY QUALIFY IF YOU               YOU CANNOT JOIN IF YOU\n"
        "• have had gout twice              • work at night\n"
        "• sleep badly on most nights       • take pills",
    )
    assert inclusion(trial) == ["have had gout twice", "sleep badly on most nights"]
    assert [item.text for item in trial.eligibility.exclusion] == ["work at night", "take pills"]


def test_countries_as_headings_of_their_sites_and_below_a_label() -> None:
    headed = parsed(
        f"# {TITLE}", FIELDS, "## Locations\n\n### Canada\n\nMock Clinic\nHamilton, Ontario\n\n### Norway\n\nVik Clinic"
    )
    assert countries(headed) == ["Canada", "Norway"]
    assert headed.locations[0].city == "Hamilton"
    listed = parsed(TITLE, FIELDS + "\nCountries: Mockland; Zambia")
    assert countries(listed) == ["Mockland", "Zambia"]


def test_a_tab_of_the_page_is_not_the_label_that_it_leads_to() -> None:
    trial = parsed(
        f"# {TITLE}",
        FIELDS,
        "Eligibility\nLocations",
        "Inclusion criteria\n\n* Gout\n* Age 18+",
        "## Locations\n\nMock Clinic, Oslo, Norway",
    )
    assert inclusion(trial) == ["Gout", "Age 18+"]
    assert countries(trial) == ["Norway"]


def test_a_newsletter_is_read_by_its_sentences() -> None:
    trial = parsed(
        TITLE,
        "MOCK-3 (NCT09900001) is an interventional, open-label phase III trial sponsored by Mock House. It studies"
        " mockumab and examplin in patients with relapsed gout.",
        "The trial is recruiting at centres in Austria and Slovenia. A total of 412 patients will be enrolled. The"
        " first patient was enrolled on 6 May 2025 and primary completion is expected in June 2028.",
        "Who to refer: (1) two attacks in a year; (2) ECOG 0-1.",
    )
    assert trial.study_type == "INTERVENTIONAL"
    assert [each.name for each in trial.interventions] == ["mockumab", "examplin"]
    assert trial.conditions == ("relapsed gout",)
    assert countries(trial) == ["Austria", "Slovenia"]
    assert trial.enrollment is not None
    assert trial.enrollment.count == 412
    assert trial.primary_completion_date is not None
    assert trial.completion_date is None
    assert inclusion(trial) == ["two attacks in a year;", "ECOG 0-1."]


def test_when_recruitment_ends_is_not_when_the_trial_does() -> None:
    trial = parsed(TITLE, "Recruitment period: May 2025 – June 2026\nSponsor: Acme")
    assert trial.start_date is not None
    assert (trial.start_date.date, trial.completion_date) == ("2025-05", None)


def test_what_a_treatment_is_compared_with_is_an_intervention() -> None:
    trial = parsed(TITLE, "Compared with: Placebo tablets\nStudy drug: Mockumab\nSponsor: Acme")
    assert [each.name for each in trial.interventions] == ["Mockumab", "Placebo tablets"]


def test_a_number_of_an_unknown_registry_is_the_trial_s_if_it_has_no_other() -> None:
    alone = parsed(TITLE, "Registration number: VRHR-2023-00118\nSponsor: Acme")
    assert (alone.trial_id, alone.registry, alone.secondary_ids) == ("VRHR-2023-00118", None, ())
    beside = parsed(TITLE, "Registration number: VRHR-2023-00118\nNCT number: NCT09900001\nSponsor: Acme")
    assert (beside.trial_id, beside.secondary_ids) == ("NCT09900001", ("VRHR-2023-00118",))


def test_labels_folded_in_their_column() -> None:
    rows = "Sponsor:            Acme\nPhase:              2\nPlanned number of\nparticipants:       64\n"
    rows += "Disease:            Gout"
    trial = parsed(TITLE, rows)
    assert trial.enrollment is not None
    assert (trial.enrollment.count, trial.conditions) == (64, ("Gout",))


def test_the_phase_of_a_title() -> None:
    assert parsed("A Phase I/II, first-in-human study of mockumab in gout", "Sponsor: Acme").phases == (
        "PHASE1",
        "PHASE2",
    )
    assert parsed("Mockumab after a phase 2 study in gout patients", "Sponsor: Acme").phases == ()
