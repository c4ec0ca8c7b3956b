"""Outlines as protocols print them: titles between the numbers of one list, numbers with letters."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.criteria.outlines import printed, read

CASES = {
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
