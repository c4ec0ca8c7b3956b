"""What a lead-in asserts, what it hands down to its bullets, and how they join."""

from __future__ import annotations

import pytest

import trialparse
from trialparse.models.notation import formula
from trialparse.models.requirement import Statement

# section, lead-in, bullets -> formula of the lead-in ("" for none), how its bullets join, their formulas
LEAD_INS = [
    # exceptions: in an exclusion criterion none may hold beside it, else those who do not meet it meet one of them
    ("exclusion", "Epilepsy within 5 years, except for:", ["febrile seizures", "a single seizure"],
     "Epilepsy within 5 years (within 5 a)", "all", ["not febrile seizures", "not a single seizure"]),
    ("exclusion", "Skin disease, with the following exceptions:", ["acne", "warts"],
     "Skin disease", "all", ["not acne", "not warts"]),
    ("exclusion", "Skin disease except for the following:", ["(1) acne and", "(2) warts"],
     "Skin disease", "all", ["not acne and", "not warts"]),
    ("exclusion", "Skin disease. Exceptions include the following:", ["acne", "warts"],
     "Skin disease", "all", ["not acne", "not warts"]),
    ("exclusion", "Use of sedatives other than:", ["melatonin", "valerian"],
     "Use of sedatives", "all", ["not melatonin", "not valerian"]),
    ("exclusion", "Gout unless all of the following are met:", ["no flare", "urate < 6 mg/dL"],
     "Gout", "any", ["flare", "not uric acid < 6 mg/dL"]),
    ("inclusion", "No epilepsy within 5 years, except:", ["febrile seizures", "a single seizure"],
     "", "any", ["if epilepsy within 5 years (within 5 a): febrile seizures",
                 "if epilepsy within 5 years (within 5 a): a single seizure"]),
    ("inclusion", "Hemoglobin ≥ 9 g/dL except in the following cases:", ["thalassemia", "altitude"],
     "", "any", ["if not hemoglobin ≥ 9 g/dL: thalassemia", "if not hemoglobin ≥ 9 g/dL: altitude"]),
    ("exclusion", "Exceptions:", ["acne"], "", "all", ["acne"]),
    # who is let in: who does not meet the list stays shut out
    ("exclusion", "Gout. Patients with gout may be eligible if they:", ["have no tophi", "take colchicine"],
     "Gout", "any", ["if Patients with gout: tophi", "if Patients with gout: not take colchicine"]),
    ("exclusion", "Gout; subjects with gout are allowed provided any of the following criteria is met:",
     ["no tophi", "urate < 6 mg/dL"], "Gout", "all",
     ["if subjects with gout: tophi", "if subjects with gout: not uric acid < 6 mg/dL"]),
    ("exclusion", "Patients with gout may participate provided that they meet the following conditions:",
     ["no tophi", "urate < 6 mg/dL"], "", "any",
     ["if Patients with gout: tophi", "if Patients with gout: not uric acid < 6 mg/dL"]),
    ("exclusion", "A subject may be enrolled only if all of the following apply:", ["no tophi", "urate < 6 mg/dL"],
     "", "any", ["tophi", "not uric acid < 6 mg/dL"]),
    # what is allowed is an exception from what stands before; what is not allowed is denied
    ("exclusion", "Any steroid within 3 weeks; however, the following are allowed:", ["creams", "sprays"],
     "Any steroid within 3 weeks (within 3 wk)", "all", ["not creams", "not sprays"]),
    ("inclusion", "No steroids; however, the following are allowed:", ["creams", "sprays"],
     "", "any", ["if steroids: creams", "if steroids: sprays"]),
    ("inclusion", "The following are not permitted:", ["opioids", "alcohol"], "", "all",
     ["not opioids", "not alcohol"]),
    # whom the list is about: one sex, or people of whom more is said
    ("inclusion", "Women of childbearing potential:", ["negative test", "urate < 6 mg/dL"], "", "all",
     ["if Women of childbearing potential: negative test", "if Women of childbearing potential: uric acid < 6 mg/dL"]),
    ("inclusion", "For men whose partners may conceive:", ["a condom"], "", "all",
     ["if For men whose partners may conceive: a condom"]),
    ("inclusion", "For subjects taking colchicine:", ["a stable dose"], "", "all",
     ["if For subjects taking colchicine: a stable dose"]),
    ("inclusion", "For a subject to be eligible:", ["gout"], "For a subject to be eligible", "all", ["gout"]),
    ("inclusion", "Women who are:", ["sterile"], "", "all", ["sterile"]),
    # a part of the trial is a condition, unless any of several parts is enough
    ("inclusion", "Cohort 1:", ["urate < 6 mg/dL"], "", "all", ["if Cohort 1: uric acid < 6 mg/dL"]),
    ("inclusion", "For parts 1 and 2 (gout):", ["tophi"], "", "all", ["if For parts 1 and 2 (gout): tophi"]),
    ("inclusion", "Urate by cohort:", ["Cohort 1: urate < 6 mg/dL", "Cohort 2: urate < 8 mg/dL"],
     "", "any", ["Cohort 1 and uric acid < 6 mg/dL", "Cohort 2 and uric acid < 8 mg/dL"]),
    ("inclusion", "One or both of these:", ["gout", "tophi"], "One or both of these:", "any", ["gout", "tophi"]),
    ("inclusion", "Either or both of the following:", ["gout", "tophi"], "", "any", ["gout", "tophi"]),
    # what stands before the words that call the list is asked for, too
    ("inclusion", "Adults with gout who meet the following criteria:", ["urate < 6 mg/dL", "no tophi"],
     "Adults with gout who meet the following…", "all", ["uric acid < 6 mg/dL", "not tophi"]),
    ("inclusion", "Patients who will be enrolled and who meet the following criteria:", ["urate < 6 mg/dL", "no tophi"],
     "", "all", ["uric acid < 6 mg/dL", "not tophi"]),
    ("inclusion", "Influenza confirmed by any of the following criteria:", ["a swab", "serology"],
     "Influenza confirmed by any of the follo…", "any", ["a swab", "serology"]),
    # denials
    ("inclusion", "No sedatives, unless needed, including any of the following:", ["codeine", "diazepam"],
     "not (sedatives and not needed, including any of the following)", "all", ["not codeine", "not diazepam"]),
    ("inclusion", "No heart disease, including:", ["stroke", "angina"],
     "not heart disease, including", "all", ["not stroke", "not angina"]),
    ("inclusion", "Patients must not have any of the following:", ["stroke", "angina"],
     "", "all", ["not stroke", "not angina"]),
    ("exclusion", "Patients must not have any of the following:", ["stroke", "angina"],
     "", "any", ["stroke", "angina"]),
    ("exclusion", "Subjects who meet any of the following are not to be enrolled:", ["stroke", "angina"],
     "", "any", ["stroke", "angina"]),
    ("inclusion", "No aspirin", ["Low-dose aspirin allowed", "Patients must agree to stop ibuprofen"],
     "not aspirin", "all", ["Low-dose aspirin allowed", "Patients must agree to stop ibuprofen"]),
    # conditions
    ("inclusion", "Prior gout is allowed provided that all of the following are met:", ["urate < 6 mg/dL", "no tophi"],
     "", "all", ["if Prior gout is allowed: uric acid < 6 mg/dL", "if Prior gout is allowed: not tophi"]),
    ("inclusion", "For subjects with gout the following additional criteria apply:", ["urate < 6 mg/dL", "no tophi"],
     "", "all", ["if For subjects with gout: uric acid < 6 mg/dL", "if For subjects with gout: not tophi"]),
    ("inclusion", "For patients with gout, one of the following must be met:", ["urate < 6 mg/dL", "a tophus"],
     "", "any", ["if For patients with gout: uric acid < 6 mg/dL", "if For patients with gout: a tophus"]),
    # people who are let in if they meet the list: in an exclusion criterion those who do not are shut out
    ("exclusion", "Brain tumors. Patients with resected ones may be eligible if they:", ["walk", "have no seizures"],
     "Brain tumors", "any", ["if Patients with resected ones: not walk", "if Patients with resected ones: seizures"]),
    ("exclusion", "Patients with resected tumors may participate if any of the following apply:", ["walk", "run"],
     "", "all", ["if Patients with resected tumors: not walk", "if Patients with resected tumors: not run"]),
    ("inclusion", "No brain tumors. Patients with resected tumors are eligible if they:", ["walk", "run"],
     "if not Patients with resected tumors: not brain tumors", "all",
     ["if Patients with resected tumors: walk", "if Patients with resected tumors: run"]),
    # a single bullet is a list of its own
    ("inclusion", "At least 1 of the following:", ["gout, acne, LDL ≥ 190 mg/dL"],
     "", "any", ["gout or acne or ldl c ≥ 190 mg/dL"]),
    ("inclusion", "All of the following:", ["gout, acne, LDL ≥ 190 mg/dL"],
     "", "all", ["gout, acne and ldl c ≥ 190 mg/dL"]),
    # times
    ("exclusion", "Any of the following within 6 months prior to screening:", ["stroke", "angina within 1 year"],
     None, "any", ["stroke (within 6 mo before screening)", "angina within 1 year (within 1 a)"]),
    ("inclusion", "Must meet the following criteria within 28 days before screening:", ["able to walk", "BMI ≥ 30"],
     None, "all", ["able to walk", "bmi ≥ 30"]),
]  # fmt: skip


@pytest.mark.parametrize(("section", "lead", "bullets", "own", "join", "children"), LEAD_INS)
def test_lead_in(section: str, lead: str, bullets: list[str], own: str | None, join: str, children: list[str]) -> None:
    text = f"{section.title()} Criteria:\n\n* Any sex\n* {lead}\n" + "".join(f"  * {bullet}\n" for bullet in bullets)
    node = getattr(trialparse.parse_criteria(text), section)[1]
    if own is not None:
        assert (formula(node.requirement) if node.requirement else "") == own
    assert node.combine == join
    assert [formula(child.requirement) for child in node.children] == children


@pytest.mark.parametrize(
    ("lead", "bind"),
    [
        ("The following medicines are allowed:", False),
        ("Good nutrition. The following supplements are permitted:", False),
        ("The following are considered severe changes:", False),
        ("The following are required:", True),
        ("Patients with any of the following are eligible:", True),
    ],
)
def test_what_is_allowed_or_only_called_so_binds_nobody(lead: str, *, bind: bool) -> None:
    node = trialparse.parse_criteria(f"Inclusion Criteria:\n\n* {lead}\n  * iron\n  * zinc\n").inclusion[0]
    found = [child.requirement for child in node.children]
    assert [isinstance(each, Statement) and each.asserts for each in found] == [bind, bind]
