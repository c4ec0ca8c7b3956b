"""What the outline of a criteria text looks like, by the way it was printed."""

from __future__ import annotations

from textwrap import dedent

import pytest

import trialparse
from tests.criteria.outlines import printed, read

CASES = {
    "as many stars as an item is deep": (
        """
        Inclusion Criteria:
        * Cohort A
        ** B cells
        *** Platelets >= 50,000/uL
        ** T cells
        * ECOG 0
        """,
        """
        INCLUSION
          * Cohort A <all>
            ** B cells <all>
              *** Platelets >= 50,000/uL
            ** T cells
          * ECOG 0
        """,
    ),
    "a title between two numbers of a list, which Markdown prints under the item above": (
        """
        Exclusion Criteria:

        Medical Conditions

        1. Stroke
        2. Epilepsy

           Prior Therapy
        3. Any vaccine
        4. Any steroid

           In girls only:
        5. Pregnancy
        """,
        """
        EXCLUSION
          Medical Conditions # <any>
            1. Stroke
            2. Epilepsy
          Prior Therapy # <any>
            3. Any vaccine
            4. Any steroid
          In girls only: # <any>
            5. Pregnancy
        """,
    ),
    "a title inside a list that began without one": (
        """
        Inclusion Criteria:

        1. Stroke
        2. Contraception in men

           Female participants:
        3. Contraception
        4. Written consent
        """,
        """
        INCLUSION
          1. Stroke
          2. Contraception in men <all>
            Female participants: #
          3. Contraception
          4. Written consent
        """,
    ),
    "a paragraph under an item before the next number is no title": (
        """
        Inclusion Criteria:

        1. Stroke

           Confirmed by imaging.
        2. Age over 18
        """,
        """
        INCLUSION
          1. Stroke <all>
            Confirmed by imaging.
          2. Age over 18
        """,
    ),
    "a numbered item that speaks of criteria is no heading": (
        """
        Exclusion Criteria:

          1. Allergies
             - Latex
             - Nuts
          2. Other Exclusion Criteria
             - Prisoners
             - Sailors
        """,
        """
        EXCLUSION
          1. Allergies <any>
            - Latex
            - Nuts
          2. Other Exclusion Criteria # <any>
            - Prisoners
            - Sailors
        """,
    ),
    "a list of the registry's interface": (
        r"""
        Inclusion Criteria:

        * Age \>= 18 years
        * Adequate organ function, defined as:

          * Platelets \>= 100 x 10\^9/L
          * Creatinine \<= 1.5 x ULN
        * Signed consent

        Exclusion Criteria:

        1. Pregnancy
        2. Any of the following in the past year:

           1. Stroke
           2. Bleeding
        3. Dialysis
        """,
        """
        INCLUSION
          * Age >= 18 years
          * Adequate organ function, defined as: <all>
            * Platelets >= 100 x 10^9/L
            * Creatinine <= 1.5 x ULN
          * Signed consent
        EXCLUSION
          1. Pregnancy
          2. Any of the following in the past year: # <any>
            1. Stroke
            2. Bleeding
          3. Dialysis
        """,
    ),
    "classic text wrapped by the registry: a line may begin with a number or a dash": (
        """
                Inclusion Criteria:

                  -  Last infusion at least
                     6 months ago; platelet
                     counts of more than 50
                     - 100 on two occasions

                  -  Able to walk

                       1. without help, or

                       2. with a stick

                Exclusion Criteria:

                  9. Fever

                 10. Cough
        """,
        """
        INCLUSION
          - Last infusion at least 6 months ago; platelet counts of more than 50 - 100 on two occasions
          - Able to walk <any>
            1. without help, or
            2. with a stick
        EXCLUSION
          9. Fever
          10. Cough
        """,
    ),
    "numbers, then circled numbers at the same indent": (
        """
        Inclusion Criteria
        1. Organ function normal:
        ① Bone marrow: ANC ≥ 1.5
        ② Liver: bilirubin ≤ 1.5 ULN
        2. Consent
        """,
        """
        INCLUSION
          1. Organ function normal: <all>
            ① Bone marrow: ANC ≥ 1.5
            ② Liver: bilirubin ≤ 1.5 ULN
          2. Consent
        """,
    ),
    "letters after a number, without a lead-in": (
        """
        Inclusion Criteria:
        1. Respiratory failure
        a. PaO2 below 60
        b. Rate above 24
        2. Age over 18
        """,
        """
        INCLUSION
          1. Respiratory failure <all>
            a. PaO2 below 60
            b. Rate above 24
          2. Age over 18
        """,
    ),
    "a letter that continues no list is text; letters and Roman numerals": (
        """
        Exclusion Criteria:
        E. coli in the blood
        i. Fever
        ii. Cough
        h. pylori in the stomach
        """,
        """
        EXCLUSION
          E. coli in the blood
          i. Fever
          ii. Cough
          h. pylori in the stomach
        """,
    ),
    "old blocks of the cancer institute": (
        """
        DISEASE CHARACTERISTICS:

          -  Diagnosis of sarcoma

        PATIENT CHARACTERISTICS:

        Age:

          -  18 and over

        Renal:

          -  Creatinine no greater than 2 mg/dL OR

          -  Clearance at least 50 mL/min

        PRIOR CONCURRENT THERAPY:

          -  No prior taxanes
        """,
        """
        INCLUSION
          DISEASE CHARACTERISTICS: # <all>
            - Diagnosis of sarcoma
          PATIENT CHARACTERISTICS: # <all>
            Age: # <all>
              - 18 and over
            Renal: # <any>
              - Creatinine no greater than 2 mg/dL OR
              - Clearance at least 50 mL/min
          PRIOR CONCURRENT THERAPY: # <all>
            - No prior taxanes
        """,
    ),
    "a heading with a list of its own interrupts another list": (
        """
        Inclusion Criteria:

          -  On treatment

        Allowed drugs are:

        1. tenofovir

          -  Viral load below 50
        """,
        """
        INCLUSION
          - On treatment
          Allowed drugs are: # <all>
            1. tenofovir
          - Viral load below 50
        """,
    ),
    "a paragraph under an item, and one under its lead-in": (
        """
        Inclusion Criteria:

        * Measurable disease, one of the following:

        Tumour above 10 mm
        * Contraception

          Note: abstinence counts.
        """,
        """
        INCLUSION
          * Measurable disease, one of the following: <any>
            Tumour above 10 mm
          * Contraception <all>
            Note: abstinence counts.
        """,
    ),
    "items printed inside one line of a list stay one node": (
        """
        Inclusion Criteria:

        * Either a) resected or b) irradiated
        * Consent
        """,
        """
        INCLUSION
          * Either a) resected or b) irradiated
          * Consent
        """,
    ),
    "escaped markers, double markers and a number once only": (
        r"""
        Inclusion Criteria:

        1\. Age over 18

        Exclusion Criteria:

        * - Fever
        * 1) Cough
        * 2) Rash
        * Pain
        * 19) Others
        """,
        """
        INCLUSION
          1. Age over 18
        EXCLUSION
          * - Fever
          * 1) Cough
          * 2) Rash
          * Pain
          * 19) Others
        """,
    ),
    "markers that stand alone on a line": (
        """
        Inclusion Criteria:
        1.
        Age over 18
        2.
        Consent
        """,
        """
        INCLUSION
          1. Age over 18
          2. Consent
        """,
    ),
    "a dash between two numbers is no bullet": (
        "Inclusion Criteria: - HbA1c of 7-11 % (53 - 97 mmol/mol) - Age 18 - 70",
        """
        INCLUSION
          - HbA1c of 7-11 % (53 - 97 mmol/mol)
          - Age 18 - 70
        """,
    ),
    "a connective on a line of its own belongs to the item before it": (
        """
        Inclusion Criteria:

        * One finding of:

          * infiltrates

          OR
          * rales
        """,
        """
        INCLUSION
          * One finding of: # <any>
            * infiltrates OR
            * rales
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_outline(case: str) -> None:
    text, expected = map(dedent, CASES[case])
    assert printed(read(text)) == expected.strip("\n")


def test_a_lone_comma_within_an_item_is_no_rule() -> None:
    found = trialparse.parse_criteria("Inclusion Criteria\n\n    ii. a sore throat that is seen\n  ,\nmild")
    inside = [criterion.span for _, criterion in found.criteria()]
    assert all(span.end <= rule.start or rule.end <= span.start for span in inside for rule in found.headings)
