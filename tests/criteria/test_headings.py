"""Headings in their many forms; below each stands a criterion, and the one below the second excludes."""

from __future__ import annotations

import pytest

from tests.criteria.outlines import printed, read

SPLIT = "INCLUSION\n  * Adults\nEXCLUSION\n  * Fever"
DOUBT = "doubtful_heading"

PAIRS = {
    "in brackets": [
        "<Inclusion Criteria>|<Exclusion Criteria>",
        "[Inclusion Criteria]|[Exclusion Criteria]",
        "(Inclusion criteria)|(Exclusion criteria)",
        "{Inclusion}|{Exclusion}",
        "«Inclusion criteria»|«Exclusion criteria»",
        "【Inclusion criteria】|【Exclusion criteria】",
    ],
    "underlined, starred, quoted": [
        "__Inclusion Criteria__|__Exclusion Criteria__",
        "**Inclusion Criteria:**|**Exclusion Criteria:**",
        "**Inclusion Criteria**:|**Exclusion Criteria**:",
        "*** INCLUSION ***|*** EXCLUSION ***",
        "== Inclusion criteria ==|== Exclusion criteria ==",
        "### Inclusion Criteria ###|### Exclusion Criteria ###",
        '"Inclusion criteria"|"Exclusion criteria"',
        "Inclusion Criteria\n------------------|Exclusion Criteria\n==================",
        "~ Inclusion Criteria ~|~ Exclusion Criteria ~",
    ],
    "with another sign at the end": [
        "Inclusion Criteria;|Exclusion Criteria;",
        "Inclusion criteria,|Exclusion criteria,",
        "Inclusion Criteria…|Exclusion Criteria…",
        "Inclusion Criteria :-|Exclusion Criteria :-",
        "Inclusion Criteria.|Exclusion Criteria.",
        "Inclusion Criteria --|Exclusion Criteria --",
    ],
    "with tags, attributes, icons and buttons": [
        "<b>Inclusion Criteria</b>|<b>Exclusion Criteria</b>",
        '<h3 class="x">Inclusion Criteria</h3>|<h3 class="x">Exclusion Criteria</h3>',
        "## Inclusion Criteria {#inclusion}|## Exclusion Criteria {#exclusion .open}",
        "Inclusion Criteria+|Exclusion Criteria+",
        "Inclusion Criteria expand_more|Exclusion Criteria expand_more",
        "Inclusion Criteriakeyboard_arrow_down|Exclusion Criteriakeyboard_arrow_down",
        "Inclusion Criteria ▼|Exclusion Criteria ▼",
        "▸ Inclusion|▸ Exclusion",
        "Inclusion Criteria [show]|Exclusion Criteria [hide]",
        "Inclusion Criteria (click to expand)|Exclusion Criteria (click to expand)",
    ],
    "for a group": [
        "Inclusion for cases:|Exclusion for cases:",
        "Donor Inclusion:|Donor Exclusion:",
        "Inclusion (controls):|Exclusion (controls):",
        "Cohort B inclusion|Cohort B exclusion",
        "Inclusion, group 2:|Exclusion, group 2:",
        "Caregiver - Inclusion:|Caregiver - Exclusion:",
        "Part 1: Inclusion|Part 1: Exclusion",
        "Healthy volunteer inclusion criteria|Healthy volunteer exclusion criteria",
    ],
    "numbered": [
        "A. Inclusion|B. Exclusion",
        "1. Inclusion criteria|2. Exclusion criteria",
        "(a) Inclusion:|(b) Exclusion:",
        "4.1 Inclusion Criteria|4.2 Exclusion Criteria",
        "I. INCLUSION|II. EXCLUSION",
    ],
    "in other words": [
        "Inclusion standard:|Exclusion standard:",
        "Inclusion conditions|Exclusion conditions",
        "Admission standards:|Rejection standards:",
        "Criteria for inclusion|Reasons for exclusion",
        "Inclusion requirements|Exclusion requirements",
        "Standards for inclusion:|Standards for exclusion:",
        "Inclusion factors|Exclusion factors",
        "Key inclusion:|Key ineligibility:",
        "Main inclusion:|Main ineligibility:",
        "Inclusion|Reasons for ineligibility:",
    ],
    "twice": [
        "Inclusion criteria: inclusion criteria:|Exclusion criteria: exclusion criteria:",
        "Inclusion Criteria\nInclusion Criteria:|Exclusion Criteria\nExclusion Criteria:",
        "Inclusion criteria: :|Exclusion criteria: :",
        "Inclusion: Key inclusion criteria:|Exclusion: Key exclusion criteria:",
        "Inclusion Criteria: **|Exclusion Criteria: **",
        "Inclusion Criteria:\n\n:|Exclusion Criteria:\n\n:",
    ],
    "in lower case": [
        "inclusion criteria:|exclusion criteria:",
        "inclusion|exclusion",
        "key inclusion criteria|key exclusion criteria",
        "included:|excluded:",
        "donor inclusion criteria:|donor exclusion criteria:",
    ],
}
DOUBTFUL = {
    "misspelt": [
        "Inclusion critera:|Exclusion critera:",
        "Inclusoin Criteria|Exlcusion Criteria",
        "Inculsion criteria:|Exculsion criteria:",
        "Incluson Critiera|Excluson Critiera",
        "Inclussion:|Exclussion:",
        "Key Inclusion Cirteria|Key Exclusion Cirteria",
        "Inlusion Criterea:|Exlusion Criterea:",
    ],
    "in the words of a leaflet": [
        "Who may join|Who may not join",
        "Reasons you can take part|Reasons you cannot take part",
        "You should join this study if:|You should not join this study if:",
        "Who can be in this study?|Who can't be in this study?",
        "When you may qualify|Why you may not qualify",
        "What you need to participate|What would keep you from participating",
        "People who can take part in this trial:|People who cannot take part in this trial:",
    ],
}


@pytest.mark.parametrize("pair", [pair for pairs in PAIRS.values() for pair in pairs])
def test_heading(pair: str) -> None:
    first, second = pair.split("|")
    result = read(f"{first}\n* Adults\n\n{second}\n* Fever\n")
    assert printed(result) == SPLIT
    assert DOUBT not in [note["code"] for note in result.notes]


@pytest.mark.parametrize("pair", [pair for pairs in DOUBTFUL.values() for pair in pairs])
def test_doubtful_heading(pair: str) -> None:
    first, second = pair.split("|")
    result = read(f"{first}\n* Adults\n\n{second}\n* Fever\n")
    assert printed(result) == SPLIT
    assert [note["code"] for note in result.notes] == [DOUBT, DOUBT]


@pytest.mark.parametrize(
    "text",
    [
        "Inclusion Criteria:\n* Adults. EXCLUSION CRITERIA:\n* Fever",
        "Inclusion Criteria:\n* Adults Exclusion Criteria:\n* Fever",
        "Inclusion Criteria:\n* Adults; Exclusion Criteria: * Fever",
        "Inclusion criteria:\n* Adults exclusion criteria:\n* Fever",
        "Inclusion Criteria: * Adults Exclusion\nCriteria: * Fever",
        "Inclusion Criteria\n* Adults\nExclusion\nCriteria:\n* Fever",
    ],
)
def test_heading_behind_an_item(text: str) -> None:
    result = read(text)
    for section, word in ((result.inclusion, "Adults"), (result.exclusion, "Fever")):
        assert [node.readable.show(node.start, node.end).strip(" .;*") for node in section] == [word]


@pytest.mark.parametrize(
    "item", ["Weight 40-60", "Age 18 years", "Can walk", "Score ≥ 3", "Signed the form", "No other disease"]
)
def test_a_short_item_is_no_part_of_the_heading_behind_it(item: str) -> None:
    result = read(f"Inclusion Criteria:\n* {item} Exclusion Criteria:\n* Fever")
    assert printed(result) == f"INCLUSION\n  * {item}\nEXCLUSION\n  * Fever"


@pytest.mark.parametrize(
    "text",
    [
        "Inclusion: adults. Exclusion: fever.",
        "Included: adults.\nExcluded: fever.",
        "Inclusion - adults.\nExclusion - fever.",
        "Inclusion criteria include adults. Exclusion criteria include fever.",
        "The inclusion criteria are: adults. The exclusion criteria are: fever.",
        "Inclusion criteria: adults. Exclusion criteria: fever.",
        "inclusion: adults.; exclusion: fever.",
        "Inclusion (cases): adults.\nExclusion (cases): fever.",
        "Inclusion criteria consist of adults. Exclusion criteria consist of fever.",
        "Inclusion criteria adults. Exclusion criteria fever.".replace("criteria", "Criteria:"),
    ],
)
def test_on_one_line(text: str) -> None:
    result = read(text)
    assert [node.readable.show(node.start, node.end).strip(" ;") for node in result.inclusion] == ["adults."]
    assert [node.readable.show(node.start, node.end) for node in result.exclusion] == ["fever."]


@pytest.mark.parametrize(
    ("text", "inclusion", "exclusion"),
    [
        ("Inclusion Criteria 1. Adults 2. Swimmers Exclusion Criteria 1. Fever", 2, 1),
        ("Inclusion Criteria • Adults • Swimmers Exclusion Criteria • Fever • Cough", 2, 2),
        ("Inclusion criteria, adults, swimmers, exclusion criteria, fever", 1, 1),
        ("INCLUSION CRITERIA: 1) Adults 2) Swimmers EXCLUSION CRITERIA: 1) Fever 2) Cough", 2, 2),
        ("Inclusion Criteria - Adults Exclusion Criteria - Fever", 1, 1),
    ],
)
def test_lists_on_one_line(text: str, inclusion: int, exclusion: int) -> None:
    result = read(text)
    assert (len(result.inclusion), len(result.exclusion)) == (inclusion, exclusion)


@pytest.mark.parametrize(
    "sentence",
    [
        "We excluded people with fever.",
        "Patients were excluded if they had fever.",
        "Subjects will be excluded when they have fever.",
        "Excluded are people with fever.",
        "Participants are not eligible if they have fever.",
    ],
)
def test_a_sentence_excludes_for_itself_alone(sentence: str) -> None:
    result = read(f"Inclusion Criteria:\n\nAdults\n\n{sentence}\n\nSwimmers")
    assert [node.readable.show(node.start, node.end) for node in result.inclusion] == ["Adults", "Swimmers"]
    assert len(result.exclusion) == 1
    assert DOUBT in [note["code"] for note in result.notes]


@pytest.mark.parametrize(
    "heading",
    [
        "None of the following:",
        "None of the following may be present:",
        "Patients with any of the following are excluded:",
        "You cannot take part if any of the following apply to you:",
        "We excluded people with the following conditions:",
    ],
)
def test_a_sentence_with_a_list_is_a_heading(heading: str) -> None:
    assert printed(read(f"Inclusion Criteria:\n\n* Adults\n\n{heading}\n\n* Fever")) == SPLIT


MENTIONS = [
    "Infusion criteria:",
    "Occlusion:",
    "Conclusion",
    "Exclusion of other causes of fever",
    "Patients willing to participate in this study",
    "Able to take part in the study",
    "Period of exclusion for another study:",
    "Meets the inclusion criteria of the parent study: yes",
    "Exclusion criteria are listed in the protocol",
    "Included in another trial - not at the same time",
    "Fever as defined by exclusion criteria 3.2.1.",
    "Participants who meet Exclusion Criterion 4. of the protocol",
]


@pytest.mark.parametrize("line", MENTIONS)
@pytest.mark.parametrize("mark", ["* ", ""])
def test_mentions_change_no_section(line: str, mark: str) -> None:
    result = read(f"Inclusion Criteria:\n\n* Adults\n\n{mark}{line}\n\n* Fever\n")
    assert len(result.headings) == 1
    assert not result.exclusion
