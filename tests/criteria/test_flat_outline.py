"""The same for texts whose print does not show the nesting: labels, sentences as headings, lists without indents."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.criteria.outlines import printed, read

CASES = {
    "a wrapped list whose first item stands behind the heading": (
        """
                Inclusion Criteria: - Able to
                walk 18 metres without help

                  -  Able to read and to
                     write

                  -  Able to swim
        """,
        """
        INCLUSION
          - Able to walk 18 metres without help
          - Able to read and to write
          - Able to swim
        """,
    ),
    "a whole list in one wrapped paragraph behind the heading": (
        """
        Children
                Exclusion Criteria: - Stroke in
                the past year - Heart failure
                IV. - Dialysis of any kind and
                for any reason - Pregnant women
        """,
        """
        INCLUSION
          Children
        EXCLUSION
          - Stroke in the past year
          - Heart failure IV.
          - Dialysis of any kind and for any reason
          - Pregnant women
        """,
    ),
    "a lead-in owns the list at its own indent": (
        """
        Exclusion Criteria:

        * Known infection with any of the following:
        * HIV
        * Hepatitis B
        * Currently on steroids
        """,
        """
        EXCLUSION
          * Known infection with any of the following: <any>
            * HIV
            * Hepatitis B
          * Currently on steroids
        """,
    ),
    "labels of parts among the items": (
        """
        Inclusion Criteria:

        * Part A:
        * Solid tumour
        * Prior platinum
        * Part B:
        * Lymphoma
        """,
        """
        INCLUSION
          * Part A: # <all>
            * Solid tumour
            * Prior platinum
          * Part B: # <all>
            * Lymphoma
        """,
    ),
    "lines without any bullet": (
        """
        Inclusion Criteria
        Adults
        Signed consent
        Exclusion Criteria
        Pregnancy
        """,
        """
        INCLUSION
          Adults
          Signed consent
        EXCLUSION
          Pregnancy
        """,
    ),
    "lines without bullets, a number left behind": (
        """
        Exclusion Criteria
        Fever
        Cough
        19) Others
        """,
        """
        EXCLUSION
          Fever
          Cough
          19) Others
        """,
    ),
    "a list that lost its indents": (
        """
        Inclusion Criteria:

        - Suitable laboratory values:

        - Platelets above 75

        - Hemoglobin above 9

        - Women must:

        - Have a negative test

        - Male patients:

        - must use a condom

        - are informed

        - Written consent
        """,
        """
        INCLUSION
          - Suitable laboratory values: # <all>
            - Platelets above 75
            - Hemoglobin above 9
          - Women must: # <all>
            - Have a negative test
          - Male patients: # <all>
            - must use a condom
            - are informed
          - Written consent
        """,
    ),
    "one paragraph": (
        "Inclusion Criteria: 1. Age over 18 2. HbA1c above 7.5 % 3. Consent Exclusion Criteria: - Pregnancy - Type 1",
        """
        INCLUSION
          1. Age over 18
          2. HbA1c above 7.5 %
          3. Consent
        EXCLUSION
          - Pregnancy
          - Type 1
        """,
    ),
    "cohorts with criteria of their own": (
        """
        Cohort A:

        Inclusion Criteria:

        * Asthma

        Exclusion Criteria:

        * Fever

        Healthy controls

        Inclusion Criteria:

        * No asthma

        Exclusion criteria for healthy controls:

        * Smoking
        """,
        """
        INCLUSION
          Cohort A: # <all>
            * Asthma
          Healthy controls # <all>
            * No asthma
        EXCLUSION
          * Fever
          Exclusion criteria for healthy controls: # <any>
            * Smoking
        """,
    ),
    "sentences as headings, and as lead-ins under a heading": (
        """
        To be eligible, participants must meet all of the following criteria:

        * Adults

        Subjects meeting any of the following criteria must not be enrolled:

        * Fever
        """,
        """
        INCLUSION
          * Adults
        EXCLUSION
          * Fever
        """,
    ),
    "the end of a bracket at the start of a line is no marker": (
        """
        Inclusion Criteria:

          -  Stable since the last visit (visit
             1)

          -  Score up to a limit (at most
             50) and no fever
        """,
        """
        INCLUSION
          - Stable since the last visit (visit 1)
          - Score up to a limit (at most 50) and no fever
        """,
    ),
    "boilerplate, and a narrative after the last list": (
        """
        Inclusion Criteria:

        * Adults

        Exclusion Criteria:

        * Fever

        Other protocol-defined inclusion/exclusion criteria may apply.
        """,
        """
        INCLUSION
          * Adults
        EXCLUSION
          * Fever
        OTHER
          Other protocol-defined inclusion/exclusion criteria may apply.
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_outline(case: str) -> None:
    text, expected = map(dedent, CASES[case])
    assert printed(read(text)) == expected.strip("\n")


FIRST = {
    "bullets": "* Adults\n\n  * Able to swim\n  * Not afraid of water",
    "a bullet of another kind": "• Adults\n  - Able to swim\n  - Not afraid of water",
    "a sentence": "* Adults who came by boat.\n    * Able to swim.\n    * Not afraid of water.",
    "the first number lost": "* 1.Adults\n  2. Able to swim\n  3. Not afraid of water",
    "a single sibling": "- Adults;\n  - Able to swim;",
    "a limit": "* Age 18-65 years\n  * Able to swim 50 metres\n  * Weight above 40 kg",
}


@pytest.mark.parametrize("case", FIRST)
def test_a_first_bullet_less_deep_is_no_parent(case: str) -> None:
    result = read(f"Inclusion Criteria:\n\n{FIRST[case]}\n")
    assert len(result.inclusion) == len([line for line in FIRST[case].split("\n") if line])
    assert not any(node.children for node in result.inclusion)


KEPT = {
    "a colon": "* Adults who:\n  * Are able to swim\n  * Came by boat",
    "the following": "* Adults with all of the following\n  * Able to swim\n  * Came by boat",
    "a title": "* Adequate organ function\n  * Platelets > 100\n  * ALT < 40",
    "numbers from one": "* Adults\n  1. Able to swim\n  2. Came by boat",
    "another item at the root": "* Adults\n  * Able to swim\n  * Came by boat\n* Children",
}


@pytest.mark.parametrize("case", KEPT)
def test_a_first_bullet_that_may_lead_in_stays_parent(case: str) -> None:
    assert len(read(f"Inclusion Criteria:\n\n{KEPT[case]}\n").inclusion[0].children) == 2


LEADS = [
    "Adequate kidney function defined as",
    "Rash after one of",
    "Proven by either",
    "Treated for at least one of the following",
    "Has any of the following.",
    "Adults who",
    "Pain with signs such as",
    "Known diseases including",
]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("indent", ["", "  "])
def test_a_lead_in_without_colon(lead: str, indent: str) -> None:
    text = f"Inclusion Criteria:\n\n* Children\n* {lead}\n{indent}* fever\n{indent}* cough\n"
    _, parent = read(text).inclusion
    assert len(parent.children) == 2


@pytest.mark.parametrize("lead", LEADS)
def test_a_paragraph_as_lead_in_without_colon(lead: str) -> None:
    (parent,) = read(f"Inclusion Criteria:\n\n{lead}\n\n* fever\n* cough\n").inclusion
    assert len(parent.children) == 2


@pytest.mark.parametrize(
    "lead",
    ["Any of the following within 6 months", "Must have one of the following conditions", "One of the following"],
)
def test_a_lead_in_without_colon_adopts_the_bullets_beside_it(lead: str) -> None:
    result = read(f"* Gout\n* {lead}\n* stroke\n* angina\n* Age over 18 years", "exclusion")
    assert [len(node.children) for node in result.exclusion] == [0, 2, 0]


@pytest.mark.parametrize(
    "first",
    ["Gout for the following 6 months", "Stroke on the days following surgery", "One of the following: gout, acne"],
)
def test_words_that_only_look_like_a_lead_in_adopt_nothing(first: str) -> None:
    result = read(f"* {first}\n* stroke\n* angina", "exclusion")
    assert [len(node.children) for node in result.exclusion] == [0, 0, 0]


@pytest.mark.parametrize("first", ["Uncontrolled gout", "Histologically confirmed cancer", "Active hepatitis"])
def test_a_first_bullet_that_asserts_is_beside_those_printed_deeper(first: str) -> None:
    result = read(f"- {first}\n     - stroke\n     - angina", "exclusion")
    assert len(result.exclusion) == 3
