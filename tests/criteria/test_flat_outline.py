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
