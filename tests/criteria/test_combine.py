"""How the children of a lead-in join, and which lead-ins are mere headings."""

from __future__ import annotations

import pytest

from tests.criteria.outlines import read
from trialparse.models.eligibility import SectionName

# lead-in, section -> how its two plain children join
JOINS: list[tuple[str, SectionName, str]] = [
    ("Any of the following:", "inclusion", "any"),
    ("At least one of the following criteria:", "inclusion", "any"),
    ("One or more of these:", "inclusion", "any"),
    ("Either of the following:", "inclusion", "any"),
    ("Meets 1 of the following criteria:", "inclusion", "any"),
    ("All of the following:", "exclusion", "all"),
    ("Meets both of the following activity criteria:", "exclusion", "all"),
    ("Adequate organ function, defined as:", "inclusion", "all"),
    ("Adequate organ function", "inclusion", "all"),
    ("No significant heart disease including:", "inclusion", "any"),
    ("Confirmed diagnosis of:", "inclusion", "any"),
    ("Heart disease:", "exclusion", "any"),
    ("Heart disease", "exclusion", "any"),
    ("Not pregnant, except:", "inclusion", "any"),
    ("Meets criteria of either A1 or A2:", "inclusion", "any"),
    ("Part 2 (patients with type 1 diabetes):", "inclusion", "all"),
    ("Adults with either obesity or diabetes:", "inclusion", "all"),
    ("At least 1 additional risk factor (defined in the protocol) including:", "inclusion", "any"),
    ("At least 1 measurable lesion, and:", "inclusion", "all"),
    ("Types of tumor:", "inclusion", "any"),
    ("Unable to walk due to:", "inclusion", "any"),
    ("Unable to walk because of:", "inclusion", "any"),
]


def test_the_indents_of_a_wrapped_lead_in_are_no_words() -> None:
    lead = "One of these disorders that may be\n" + "".join(f"{' ' * 60}named here\n" for _ in range(5))
    for text in (lead, " ".join(lead.split())):
        result = read(
            f"* Any of the following: {text}, whichever the family reports:\n  * stroke\n  * angina", "inclusion"
        )
        assert result.inclusion[0].combine == "any"


@pytest.mark.parametrize(("lead", "section", "join"), JOINS)
def test_join(lead: str, section: SectionName, join: str) -> None:
    result = read(f"* {lead}\n  * stroke\n  * angina", section)
    node = (result.inclusion + result.exclusion)[0]
    assert (node.combine, node.minimum) == (join, None)


@pytest.mark.parametrize(
    "lead", ["At least 2 of the following:", "Two or more of these criteria:", "2 of the following 3 signs:"]
)
def test_at_least(lead: str) -> None:
    node = read(f"* {lead}\n  * a cat\n  * a dog\n  * a cow", "inclusion").inclusion[0]
    assert (node.combine, node.minimum) == ("at_least", 2)


@pytest.mark.parametrize("lead", ["More than one of the following:", "> 1 of the following signs:"])
def test_more_than(lead: str) -> None:
    node = read(f"* {lead}\n  * a cat\n  * a dog\n  * a cow", "inclusion").inclusion[0]
    assert (node.combine, node.minimum) == ("at_least", 2)


def test_no_more_than_is_no_count() -> None:
    node = read("* No more than two of the following:\n  * a cat\n  * a dog\n  * a cow", "inclusion").inclusion[0]
    assert node.combine != "at_least"


def test_two_of_two_are_all() -> None:
    node = read("* Two of the following:\n  * a cat\n  * a dog", "inclusion").inclusion[0]
    assert (node.combine, node.minimum) == ("all", None)


@pytest.mark.parametrize(("end", "join"), [(" or", "any"), (", OR", "any"), ("; and/or", "any"), (" and", "all")])
def test_connectives(end: str, join: str) -> None:
    node = read(f"* Heart disease\n  * stroke{end}\n  * angina", "exclusion").exclusion[0]
    assert node.combine == join


def test_arms_are_alternatives() -> None:
    node = read("* Measurable disease\n  1. Arm A: sarcoma\n  2. Arm B: lymphoma", "inclusion").inclusion[0]
    assert node.combine == "any"


def test_a_lead_in_without_colon() -> None:
    node = read("* Severe renal failure, defined as\n  * eGFR < 20", "exclusion").exclusion[0]
    assert node.combine == "any"


def test_at_least_one_is_no_limit() -> None:
    text = "* Eligible diagnoses:\n  * AML with at least one relapse\n  * ALL with at least one relapse"
    assert read(text, "inclusion").inclusion[0].combine == "any"


def test_a_remark_under_an_exclusion_is_no_alternative() -> None:
    node = read("* Warfarin\n  * Heparin is allowed", "exclusion").exclusion[0]
    assert node.combine == "all"


@pytest.mark.parametrize(
    ("lead", "heading"),
    [
        ("Cardiac disease:", True),
        ("LABORATORY VALUES", True),
        ("Patients must meet all of the following criteria:", True),
        ("Any of the following within 6 months:", True),
        ("Adequate organ function:", False),
        ("No prior therapy with:", False),
        ("Is at risk of suicide, as defined by any of the following:", False),
    ],
)
def test_heading(lead: str, heading: bool) -> None:
    node = read(f"* {lead}\n  * one\n  * two", "inclusion").inclusion[0]
    assert node.heading is heading


def test_a_leaf_is_no_heading() -> None:
    assert not read("* AGE\n* ECOG:", "inclusion").inclusion[0].heading
