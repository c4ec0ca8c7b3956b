"""Pages of no known layout: the forms in which sites print a label and its value, and what is not the trial's own."""

from __future__ import annotations

import pytest

import trialparse
from trialparse.models.trial import Trial

TITLE = "Examplumab against placebo in adults with exampleitis"
CRITERIA = "* Platelets ≥ 100 x 10^9/L\n* Written consent"
FORMS = {
    "colons": "Registry ID: {}\nCurrent status: {}\nPhase of the trial: {}\nSponsor: {}",
    "lines": "Registry ID\n{}\nCurrent status\n{}\nPhase of the trial\n{}\nSponsor\n{}",
    "glued": "Trial ID{}\nStatus{}\nPhase{}\nSponsor{}",
    "tabs": "Registry ID\t{}\nCurrent status\t{}\nTrial phase\t{}\nSponsor\t{}",
    "bars": "| Trial ID | {} | Status | {} |\n|---|---|---|---|\n| Phase | {} | Sponsor | {} |",
    "pairs": "Trial ID: {} | Status: {} | Phase: {} · Sponsor: {}",
    "drawn lines": "=== Trial ID ===\n{}\n=== Status ===\n{}\n=== Phase ===\n{}\n=== Sponsor ===\n{}",
    "snake case": "trial_id: {}\noverall_status: {}\nphase: {}\nlead_sponsor: {}",
    "numbers": "1. Trial ID: {}\n2. Status: {}\n3. Phase: {}\n4. Sponsor: {}",
    "bold": "**Trial ID** {}\n**Status** {}\n**Phase** {}\n**Sponsor** {}",
    "definitions": "Trial ID\n: {}\n\nStatus\n: {}\n\nPhase\n: {}\n\nSponsor\n: {}",
    "columns": "| Trial ID | Status | Phase | Sponsor |\n|---|---|---|---|\n| {} | {} | {} | {} |",
    "dashes": "Trial ID - {}\nStatus - {}\nPhase - {}\nSponsor - {}",
    "markdown": "- **Trial ID:** {}\n- **Status:** {}\n- **Phase:** {}\n\n## Sponsor\n\n{}",
    "columns of spaces": "Trial ID           {}\nStatus             {}\nPhase of the trial {}\nSponsor            {}",
    "dots": "trial_id ........ {}\nstatus .......... {}\nphase ........... {}\nsponsor ......... {}",
    "numbers of parts": "1. Trial\n 1.1 Trial ID: {}\n 1.2 Status: {}\n2. Design\n 2.1 Phase: {}\n 2.2.1 Sponsor: {}",
    "a badge": "{1}\n\nTrial ID\n{0}\n\nPhase\n{2}\n\nSponsoring organisation\n{3}",
    "questions": "Trial ID: {}\n\nIs this study recruiting?\n\n{}\n\nWhat phase is this study?\n\n{}\n\n"
    "Who is running the study?\n\n{}",
}
VALUES = ("NCT09900001", "Recruiting", "Phase 2", "Example Pharma")


def parsed(*parts: str) -> Trial:
    return trialparse.parse("\n\n".join(parts))


@pytest.mark.parametrize("form", FORMS)
def test_a_value_is_found_in_every_form(form: str) -> None:
    trial = parsed(TITLE, FORMS[form].format(*VALUES), "Inclusion criteria", CRITERIA)
    assert trial.source.layout == "generic"
    assert (trial.brief_title, trial.trial_id) == (TITLE, "NCT09900001")
    assert (trial.overall_status, trial.phases) == ("RECRUITING", ("PHASE2",))
    assert trial.lead_sponsor is not None
    assert trial.lead_sponsor.name == "Example Pharma"
    assert [item.text for item in trial.eligibility.inclusion] == ["Platelets ≥ 100 x 10^9/L", "Written consent"]


def test_a_third_title_is_kept() -> None:
    titles = [TITLE, f"{TITLE} of grade 2", f"{TITLE} of grade 3"]
    trial = parsed("\n".join(titles), "Sponsor: Example Pharma")
    kept = {trial.brief_title, trial.official_title, *(section.text for section in trial.sections)}
    assert kept >= set(titles)


def test_a_menu_is_no_content() -> None:
    trial = parsed("Home\nConditions\nSponsors\nSign in", TITLE, "Conditions", "Exampleitis", "Sponsor: Example Pharma")
    assert trial.brief_title == TITLE
    assert trial.conditions == ("Exampleitis",)
    assert trial.collaborators == ()


def test_what_a_site_says_below_its_headings_is_no_content() -> None:
    trial = parsed(
        TITLE,
        "SUMMARY\n\nRead a short overview of the study in plain words.\n\nExamplumab is compared with placebo.",
        "CONDITIONS\n\nSee which conditions this study looks at.\n\nExampleitis",
        "STUDY DESIGN\n\nLearn how this study has been set up.\n\nStudy Type: Interventional",
    )
    assert trial.brief_summary == "Examplumab is compared with placebo."
    assert trial.conditions == ("Exampleitis",)


def test_tables_of_sites_and_treatments() -> None:
    trial = parsed(
        TITLE,
        "## Interventions\n\n| Type | Name |\n|---|---|\n| Drug | Examplumab |\n| Other | Placebo |",
        "## Locations\n\n| Facility | City | Country |\n|---|---|---|\n| Example Hospital | Exampleton | France |",
    )
    assert [(item.name, item.type) for item in trial.interventions] == [("Examplumab", "DRUG"), ("Placebo", "OTHER")]
    (site,) = trial.locations
    assert (site.facility, site.city, site.country) == ("Example Hospital", "Exampleton", "France")


DRUGS = [("Examplumab", "DRUG", None), ("Placebo", "OTHER", None)]
LISTS = [
    ("interventions", "Interventions: Drug: Examplumab, Other: Placebo", DRUGS),
    ("interventions", "Interventions: Examplumab (Drug), Placebo (Other)", DRUGS),
    ("interventions", "Interventions\nDrug: Examplumab\nOther: Placebo", DRUGS),
    ("interventions", "Interventions: Examplumab, placebo", [("Examplumab", None, None), ("placebo", None, None)]),
    (
        "interventions",
        "Interventions\nDrug: Examplumab\ngiven weekly\nOther: Placebo\nlooks alike",
        [("Examplumab", "DRUG", "given weekly"), ("Placebo", "OTHER", "looks alike")],
    ),
    ("arm_groups", "Arms\nExperimental: Group one", [("Group one", "EXPERIMENTAL", None)]),
    (
        "arm_groups",
        "Arms\nGroup one\nExperimental\nweekly\nGroup two\nPlacebo Comparator",
        [("Group one", "EXPERIMENTAL", "weekly"), ("Group two", "PLACEBO_COMPARATOR", None)],
    ),
    (  # "Other" is a type of both
        "arm_groups",
        "Arms\nOther: Group one\nOther: Counselling\nOther: Group two\nDrug: Examplumab\nOther: Group three",
        [("Group one", "OTHER", None), ("Group two", "OTHER", None), ("Group three", "OTHER", None)],
    ),
    ("collaborators", "Collaborators: Acme, Inc.; Example Trust", [("Acme, Inc.", None), ("Example Trust", None)]),
    ("collaborators", "Collaborators\nAcme, Inc.\nExample Trust", [("Acme, Inc.", None), ("Example Trust", None)]),
    ("secondary_ids", "Secondary IDs: ABC-1, DEF-2", ["ABC-1", "DEF-2"]),
    (
        "locations",
        "Locations\nExampleton, France\nMockville, Germany",
        [(None, "Exampleton", None, "France"), (None, "Mockville", None, "Germany")],
    ),
    (
        "locations",
        "Locations\nExample Hospital\nExampleton, France\nMock Clinic\nMockville, Germany",
        [("Example Hospital", "Exampleton", None, "France"), ("Mock Clinic", "Mockville", None, "Germany")],
    ),
]


@pytest.mark.parametrize(("field", "printed", "items"), LISTS, ids=[printed for _, printed, _ in LISTS])
def test_a_list_in_every_form(field: str, printed: str, items: list[object]) -> None:
    found = getattr(parsed(TITLE, "Trial ID: NCT09900001", printed, "Inclusion criteria", CRITERIA), field)
    assert [item if isinstance(item, str) else tuple(item.model_dump().values()) for item in found] == items


QUESTIONS = {
    "Why is this research being done?": "Examplumab is compared with placebo.",
    "What does placebo mean?": "A treatment without effect.",
    "Is this study recruiting?": "Recruiting",
    "What phase is it?": "Phase 2",
    "How old must people be?": "18 to 65 years",
    "Are men or women accepted?": "Women",
    "Can healthy volunteers join?": "No",
    "When does the study start?": "2024-01",
    "When will the study end?": "2025-06",
    "How many people will take part?": "40",
    "Who is running the study?": "Example Pharma",
    "Which diseases are studied?": "Exampleitis",
    "Which medicines are tested?": "Drug: Examplumab",
    "Where does it take place?": "Exampleton, France",
    "Am I eligible?": "* Written consent",
    "Who cannot take part?": "* Gout",
}


def test_questions_for_labels() -> None:
    trial = parsed(TITLE, "Trial ID: NCT09900001", *(f"{question}\n\n{text}" for question, text in QUESTIONS.items()))
    read = trial.model_dump(mode="json")
    found = read["eligibility"]
    assert read["brief_summary"] == "Examplumab is compared with placebo."
    assert (read["overall_status"], read["phases"]) == ("RECRUITING", ["PHASE2"])
    assert (found["minimum_age"]["value"], found["maximum_age"]["value"]) == (18, 65)
    assert (found["sex"], found["healthy_volunteers"]) == ("FEMALE", False)
    assert (read["start_date"]["date"], read["completion_date"]["date"]) == ("2024-01", "2025-06")
    assert (read["enrollment"]["count"], read["lead_sponsor"]["name"]) == (40, "Example Pharma")
    assert (read["conditions"], read["locations"][0]["city"]) == (["Exampleitis"], "Exampleton")
    assert [item["name"] for item in read["interventions"]] == ["Examplumab"]
    assert [item["text"] for item in found["inclusion"]] == ["Written consent"]
    assert [item["text"] for item in found["exclusion"]] == ["Gout"]
    assert [section["heading"] for section in read["sections"]] == ["What does placebo mean?"]


@pytest.mark.parametrize("question", ["Am I eligible?", "Who can take part?", "Can I join?"])
def test_a_question_for_all_criteria(question: str) -> None:
    trial = parsed(TITLE, "Trial ID: NCT09900001", question, "* Written consent", "Who runs it?", "Example Pharma")
    assert [item.text for item in trial.eligibility.inclusion] == ["Written consent"]


def test_rows_below_a_summary_are_no_part_of_it() -> None:
    rows = "Condition: Exampleitis; Gout\nSearch terms: rare disease\nInterventions: Drug: Examplumab | Drug: Placebo"
    trial = parsed(TITLE, "Summary", "Examplumab is compared with placebo.", f"{rows}\nAllocation: Randomized")
    assert trial.brief_summary == "Examplumab is compared with placebo."
    assert (trial.conditions, trial.keywords) == (("Exampleitis", "Gout"), ("rare disease",))
    assert [item.name for item in trial.interventions] == ["Examplumab", "Placebo"]
    assert trial.allocation == "RANDOMIZED"


def test_a_structured_abstract_stays_a_summary() -> None:
    text = "Purpose: to compare two drugs.\nParticipants: adults.\nInterventions: examplumab or placebo."
    trial = parsed(TITLE, "Summary", text)
    assert trial.brief_summary == text
    assert trial.interventions == ()


@pytest.mark.parametrize("below", ["Site visits per year: 4", "## What the press says\n\nNothing."])
def test_what_is_no_known_label_ends_a_list_all_the_same(below: str) -> None:
    trial = parsed(TITLE, f"Status: Recruiting\nConditions: Exampleitis\n{below}")
    assert trial.conditions == ("Exampleitis",)
    assert below.splitlines()[0].split(":")[0].strip("# ") in {section.heading for section in trial.sections}


def test_a_number_below_the_ages_is_no_age() -> None:
    trial = parsed(TITLE, "Age range\n18 Years and older\nStudy arms in all\n5", "Sponsor\nExample Pharma")
    assert trial.eligibility.minimum_age is not None
    assert trial.eligibility.maximum_age is None
    both = parsed(TITLE, "Age range\n18 Years\nto\n65 Years", "Sponsor\nExample Pharma").eligibility
    assert both.maximum_age is not None
    assert both.maximum_age.value == 65


def test_a_term_of_html_that_is_no_known_label_ends_a_list() -> None:
    pairs = {"Visits a year": "four", "Sponsor": "Acme", "Phase": "Phase 2", "Sex": "All"}
    rows = "".join(f"<dt>{term}</dt><dd>{value}</dd>" for term, value in pairs.items())
    lists = "<dt>Conditions</dt><dd><ul><li>Exampleitis</li><li>Gout</li></ul></dd>"
    trial = trialparse.parse(f"<html><body><h1>{TITLE}</h1><dl>{lists}{rows}</dl></body></html>")
    assert trial.conditions == ("Exampleitis", "Gout")
    assert trial.phases == ("PHASE2",)
    assert ("Visits a year", "four") in {(section.heading, section.text) for section in trial.sections}


def test_a_value_worded_like_a_label_is_a_value() -> None:
    page = f"{TITLE}\n\nStatus and phase\n\nCompleted\nPhase 2\n\n| How many people | 114 |\n| Sex | Women |"
    trial = trialparse.parse(page, layout="generic")
    assert (trial.overall_status, trial.phases) == ("COMPLETED", ("PHASE2",))
    assert trial.enrollment is not None
    assert trial.enrollment.count == 114


def test_values_below_the_title_tell_themselves() -> None:
    trial = parsed(TITLE, "NCT09900001 • Completed • Phase 4", "Conditions: Exampleitis")
    assert (trial.trial_id, trial.overall_status, trial.phases) == ("NCT09900001", "COMPLETED", ("PHASE4",))


def test_headings_between_criteria_are_no_labels() -> None:
    trial = parsed(TITLE, "Exclusion criteria", "Medical conditions:\n* Asthma\n* Gout", "Age:\n\n* Under 18 years")
    assert trial.conditions == ()
    assert trial.eligibility.minimum_age is None
    assert len(list(trial.eligibility.criteria())) == 5


def test_a_heading_among_criteria_is_no_age_field() -> None:
    trial = parsed(
        "DISEASE CHARACTERISTICS:", "  - Gout", "Age", "  - 18 and over", "Performance status", "  - ECOG 0-2"
    )
    assert trial.eligibility.minimum_age is None
    assert [item.text for _, item in trial.eligibility.criteria() if not item.heading] == [
        "Gout",
        "18 and over",
        "ECOG 0-2",
    ]


def test_wrapped_items_above_the_exclusion_criteria_are_criteria() -> None:
    items = "  - Adults with exampleitis that was\n    confirmed by biopsy and that\n    came back"
    trial = parsed(items, "Exclusion criteria:", "  - Pregnancy")
    assert trial.brief_title is None
    assert [item.text[:6] for item in trial.eligibility.inclusion] == ["Adults"]
    assert [item.text for item in trial.eligibility.exclusion] == ["Pregnancy"]


def test_a_bulleted_label_among_other_bullets_is_a_criterion() -> None:
    trial = parsed(TITLE, "Eligibility", "Major criteria:", "* Age 4 to 12 years (phase 1)\n* Gout\n* Consent")
    assert len(list(trial.eligibility.criteria())) == 4
    assert trial.eligibility.minimum_age is None


@pytest.mark.parametrize("marks", [("*", "*"), ("1.", "2.")])
def test_a_list_on_one_line_and_rows_of_fields_right_below_it(marks: tuple[str, str]) -> None:
    first, second = marks
    criteria = f"Inclusion Criteria: {first} Gout {second} Consent Exclusion Criteria: {first} Asthma {second} Fever"
    rows = "Healthy Volunteers: False\nSex: ALL\nMinimum Age: 18 Years\nMaximum Age: 75 Years\nHouse: 7\nHouse Brief:"
    eligibility = parsed(TITLE, "Brief", f"Eligibility Criteria: {criteria}\n{rows}").eligibility
    assert [item.text for item in eligibility.inclusion] == ["Gout", "Consent"]
    assert [item.text for item in eligibility.exclusion] == ["Asthma", "Fever"]
    assert (eligibility.sex, eligibility.healthy_volunteers) == ("ALL", False)
    assert eligibility.maximum_age is not None


def test_rows_of_people_among_criteria_without_bullets_stay_criteria() -> None:
    trial = parsed(
        TITLE, "Inclusion criteria", "Gout\nSex: women\nAge: 18 to 70 years\nConsent", "Exclusion Criteria", "Fever"
    )
    assert len(trial.eligibility.inclusion) == 4


def test_criteria_without_heading_above_the_exclusion_criteria_are_not_lost() -> None:
    trial = parsed(TITLE, "Eligibility", "For inclusion, adults need:", "* Gout", "Exclusion Criteria", "* Asthma")
    assert [item.text for _, item in trial.eligibility.criteria()] == ["Gout", "Asthma"]


def test_a_reworded_label_inside_criteria_needs_its_value() -> None:
    trial = parsed(TITLE, "Inclusion criteria", "* Gout", "Study Participants", "* Household members", "Sponsor: Acme")
    assert trial.enrollment is None
    assert any(item.text == "Household members" for _, item in trial.eligibility.criteria())


def test_a_list_alone_is_criteria() -> None:
    trial = parsed("1. Adults with exampleitis\n2. Written consent\n3. Platelets ≥ 100 x 10^9/L")
    assert len(trial.eligibility.inclusion) == 3
    assert trial.brief_title is None


def test_breaks_in_plain_text_end_lines() -> None:
    trial = parsed("Inclusion criteria:<br/ ><br>1. Adults<br>2. Written consent<br>")
    assert [item.text for item in trial.eligibility.inclusion] == ["Adults", "Written consent"]


def test_who_can_take_part_is_read_behind_who_cannot() -> None:
    trial = parsed(
        TITLE,
        "Who cannot take part?",
        "- Pregnancy\n- Stroke",
        "Who can take part?",
        "- Age over 18\n- Consent",
        "Sponsor: Example Pharma",
    )
    assert trial.lead_sponsor is not None
    assert trial.lead_sponsor.name == "Example Pharma"
    assert [item.text for item in trial.eligibility.exclusion] == ["Pregnancy", "Stroke"]
    assert [item.text for item in trial.eligibility.inclusion] == ["Age over 18", "Consent"]
