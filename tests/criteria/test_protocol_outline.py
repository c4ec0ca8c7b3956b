"""Outlines as protocols and extractors print them: titles between the numbers of one list, numbers with letters, lists
that lost their indent or their bullets."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.criteria.outlines import printed, read

CASES = {
    "a list of limits below its lead-in, without any bullets": (
        """
        Inclusion Criteria
        Mockitis for six weeks
        Adequate blood counts:
        Neutrophils ≥ 1.5 x 10^9/L
        Platelets ≥ 75 x 10^9/L
        Able to keep a diary
        """,
        """
        INCLUSION
          Mockitis for six weeks
          Adequate blood counts: <all>
            Neutrophils ≥ 1.5 x 10^9/L
            Platelets ≥ 75 x 10^9/L
          Able to keep a diary
        """,
    ),
    "a numbered list in a numbered list, both at the margin": (
        """
        Inclusion Criteria
        1. Adequate counts:
        1. Platelets ≥ 100,000/mm3
        2. Hemoglobin ≥ 9 g/dL
        2. ECOG 0 or 1
        """,
        """
        INCLUSION
          1. Adequate counts: <all>
            1. Platelets ≥ 100,000/mm3
            2. Hemoglobin ≥ 9 g/dL
          2. ECOG 0 or 1
        """,
    ),
    "a list of one item in a numbered list, both at the margin": (
        """
        Inclusion Criteria
        1. Adequate counts:
        1. Platelets ≥ 100,000/mm3
        2. Hemoglobin ≥ 9 g/dL
        3. ECOG 0 or 1
        """,
        """
        INCLUSION
          1. Adequate counts: <all>
            1. Platelets ≥ 100,000/mm3
          2. Hemoglobin ≥ 9 g/dL
          3. ECOG 0 or 1
        """,
    ),
    "a title of one word in a text that was wrapped": (
        """
        Inclusion Criteria
        * Mockitis on most days for at least six weeks despite a usual dose of
          mockumab taken daily
        * Bilirubin no greater than 1.5 mg/dL
        Renal:
        * Creatinine no greater than 1.5 mg/dL
        """,
        """
        INCLUSION
          * Mockitis on most days for at least six weeks despite a usual dose of mockumab taken daily
          * Bilirubin no greater than 1.5 mg/dL
          Renal: # <all>
            * Creatinine no greater than 1.5 mg/dL
        """,
    ),
    "the first number of a list below a lead-in as wide as the text": (
        """
        Inclusion Criteria

        1. Mockitis on most days for at least six weeks despite a usual dose
        of mockumab taken daily
        2. Have adequate function as it is defined by the criteria below:
           1. Bilirubin ≤ 1.5 × ULN
           2. ALT ≤ 2.5 × ULN
        """,
        """
        INCLUSION
          1. Mockitis on most days for at least six weeks despite a usual dose of mockumab taken daily
          2. Have adequate function as it is defined by the criteria below: # <all>
            1. Bilirubin ≤ 1.5 × ULN
            2. ALT ≤ 2.5 × ULN
        """,
    ),
    "numbers with letters beside numbers": (
        """
        Inclusion Criteria
        1. Adults
        2a. Asthma
        2b. Hives
        3. Able to walk
        """,
        """
        INCLUSION
          1. Adults
          2a. Asthma
          2b. Hives
          3. Able to walk
        """,
    ),
    "titles in capitals directly below the heading and between the numbers of one list": (
        """
        Exclusion Criteria
        Medical Conditions
        1. Stroke
        2. Epilepsy
        Prior/Concomitant Therapy
        3. Any vaccine
        4. Any steroid
        """,
        """
        EXCLUSION
          Medical Conditions # <any>
            1. Stroke
            2. Epilepsy
          Prior/Concomitant Therapy # <any>
            3. Any vaccine
            4. Any steroid
        """,
    ),
    "items that lost their numbers inside a list are no titles": (
        """
        Exclusion Criteria
        1. Stroke
        Epilepsy of any kind
        2. Any vaccine
        """,
        """
        EXCLUSION
          1. Stroke
          Epilepsy of any kind
          2. Any vaccine
        """,
    ),
    "numbers with letters below numbers": (
        """
        Inclusion Criteria
        [1] have either:
          [1a] asthma
          [1b] hives
        [2] female patients:
          [2a] use a reliable method
          [2b] are not nursing
        [3] are able to walk
        """,
        """
        INCLUSION
          [1] have either: # <any>
            [1a] asthma
            [1b] hives
          [2] female patients: # <all>
            [2a] use a reliable method
            [2b] are not nursing
          [3] are able to walk
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_outline(case: str) -> None:
    text, expected = map(dedent, CASES[case])
    assert printed(read(text)) == expected.strip("\n")
