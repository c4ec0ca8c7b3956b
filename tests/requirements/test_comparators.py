"""Words that compare, in every sensible order, say what they mean; what the grammar does not know is not read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

import trialparse
from tests.requirements.golden import reading

UP = ("greater", "more", "higher", "larger", "bigger", "superior", "above", "over", "exceeding", ">")
DOWN = ("less", "lesser", "lower", "smaller", "fewer", "inferior", "below", "under", "beneath", "<")
PREPOSITIONS = frozenset({"above", "over", "exceeding", "below", "under", "beneath"})
EQUAL = ("equal", "=")

# {d} is a word of direction, {e} one of equality, {t} its "to"; the sign says whether the equality is in the words
STRICT = ("{d}", "{d} than", "is {d} than", "of {d} than")
LOOSE = (
    "{d} than or {e}{t}", "{d} or {e}{t}", "{d} than {e}{t}", "{d} {e}{t}", "{d}/{e}{t}", "{d} than/{e}{t}",
    "{d} or {e} than",
    "{d} than, or {e}{t}", "{d} than, {e}{t}",
    "{d} than and {e}{t}", "{d} than to or {e}", "{d} than and/or {e}{t}", "{d} then or {e}{t}",
    "{e}{t} or {d} than", "{e}{t} or {d}", "{e} or {d} than", "{e}{t}/{d} than", "{e}/{d}", "{e} and {d} than",
    "{e}{t}, or {d} than",
    "is {e}{t} or {d} than", "at or {d}", "must be {d} than or {e}{t}",
)  # fmt: skip
DENIED = (
    "not {d} than",
    "no {d} than",
    "must not be {d} than",
    "is not {d} than",
    "cannot be {d} than",
    "should never be {d} than",
)
GONE = ("must not fall {d}", "not going {d}", "shall never rise {d}", "cannot drop {d}")
BEHIND = ("or {d}", "and {d}", ", or {d}", "& {d}", "or equal or {d}", "and/or {d}")
HOSTS = (
    ("Hemoglobin {} 9 g/dL", "hemoglobin", "9 g/dL"),
    ("LVEF {} 50 %", "lvef", "50 %"),
    ("BMI {} 30 kg/m2", "bmi", "30 kg/m2"),
)


def _fits(pattern: str, word: str) -> bool:
    """Whether a speaker might say it: `over than`, `superior or =` and the like are left out."""
    if word in PREPOSITIONS or word in "<>":
        return (
            "than" not in pattern and "then" not in pattern and not pattern.startswith(("no {", "at or <", "at or >"))
        )
    return not (word in ("superior", "inferior") and ("than" in pattern or pattern == "{d}"))


def _sign(word: str, *, inclusive: bool) -> str:
    return (">" if word in UP else "<") + "=" * inclusive


def before() -> Iterator[tuple[str, str]]:
    """Comparator before its number, and its meaning."""
    for word in (*UP, *DOWN):
        for pattern in STRICT:
            if _fits(pattern, word):
                yield pattern.format(d=word), _sign(word, inclusive=False)
        for pattern, equal in product(LOOSE, EQUAL):
            if _fits(pattern, word):
                for to in ("", " to") if "{t}" in pattern else ("",):
                    yield pattern.format(d=word, e=equal, t=to), _sign(word, inclusive=True)
        for pattern in DENIED:
            if _fits(pattern, word):
                other = ">" if word in DOWN else "<"
                yield pattern.format(d=word), other + "="
        if word in ("above", "over", "below", "under"):
            for pattern in GONE:
                yield pattern.format(d=word), ("<" if word in UP else ">") + "="


def behind() -> Iterator[tuple[str, str]]:
    """Comparator behind its number, and its meaning."""
    for word in (*UP, *DOWN):
        if word not in ("<", ">", "superior", "inferior", "exceeding", "lesser", "beneath"):
            for pattern in BEHIND:
                yield pattern.format(d=word), _sign(word, inclusive=True)


SHOWN = {">": ">", ">=": "≥", "<": "<", "<=": "≤"}


def cases() -> Iterator[tuple[str, str]]:
    """Text and reading."""
    for (host, measure, amount), (words, sign) in product(HOSTS, before()):
        yield host.format(words), f"{measure} {SHOWN[sign]} {amount}"
    for words, sign in behind():
        yield f"Hemoglobin of 9 g/dL {words}", f"hemoglobin {SHOWN[sign]} 9 g/dL"
        yield f"LVEF 50 % {words}", f"lvef {SHOWN[sign]} 50 %"
        yield f"BMI 30 kg/m2 {words}", f"bmi {SHOWN[sign]} 30 kg/m2"


CASES = sorted(set(cases()))


def test_generated_comparators_are_read_or_left_never_turned() -> None:
    wrong, unread = [], []
    for text, expected in CASES:
        got = reading(text)
        if got == "…":
            unread.append(text)
        elif got != expected:
            wrong.append((text, expected, got))
    assert wrong == []
    assert len(CASES) > 2000
    assert len(unread) <= 0.01 * len(CASES), unread


@pytest.mark.parametrize(
    "text",
    [
        "ECOG more less 1", "LVEF above or below 50 %", "LVEF < or > 50 %", "ECOG nicer than or equal to 1",
        "IOP over under 21 mmHg", "Hemoglobin at least below 9 g/dL", "Karnofsky not at most or at least 70",
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_not_read_and_said(text: str) -> None:
    found = trialparse.parse_criteria(text)
    assert reading(text) == "…"
    assert "unclear_comparator" in {each.code for each in found.diagnostics}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Age equal to or older than 18 years", "age ≥ 18 a"),
        ("Age greater than or eqaul to 18 years", "age ≥ 18 a"),
        ("Age grater than or equal to 18 years", "age ≥ 18 a"),
        ("Age youngre than 40 years", "age < 40 a"),
        ("BMI hihger than or equal to 30", "bmi ≥ 30"),
        ("BMI highter than or equal to 30", "bmi ≥ 30"),
        ("Age 18 years and over", "age ≥ 18 a"),
        ("Ages 18 & up", "age ≥ 18"),
        ("18 years old, and older", "age ≥ 18 a"),
        ("Age 65 years, or younger", "age ≤ 65 a"),
        ("ANC (>=) 1.5", "anc ≥ 1.5"),
        ("ANC (greater than or equal to) 1.5", "anc ≥ 1.5"),
        ("Age atleast 18 years", "age ≥ 18 a"),
        ("LVEF lessthan 50 %", "lvef < 50 %"),
        ("ECOG better than 2", "ecog < 2"),
        ("ECOG 2 or better", "ecog ≤ 2"),
        ("ECOG no worse than 2", "ecog ≤ 2"),
        ("Karnofsky 70 or worse", "karnofsky ≤ 70"),
        ("Karnofsky of 80 or better", "karnofsky ≥ 80"),
        ("NYHA class III or better", "nyha ≤ 3"),
        ("NYHA class II or worse", "nyha ≥ 2"),
        ("Neuropathy of grade 2 or worse", "ctcae_grade ≥ 2"),
        ("T-score worse than -2.5", "bone_density_t < -2.5"),
        ("BCVA of 35 letters or better", "bcva ≥ 35 {letters}"),
        ("BCVA of 0.3 logMAR or better", "…"),
        ("HAQ score 2 or better", "…"),
        ("IOP greater than (≥) 25 mmHg", "iop ≥ 25 mm[Hg]"),
        ("IOP greater than (<) 25 mmHg", "…"),
        ("Hemoglobin less than the lower limit of normal", "hemoglobin < LLN"),
        ("LVEF ≥ 50 % or above the LLN", "lvef ≥ 50 % or lvef > LLN"),
        ("HbA1c more than or the same as 6.5 %", "hba1c ≥ 6.5 %"),
        ("BMI the same as or less than 31", "bmi ≤ 31"),
        ("Age: min 21, max 64 years", "21 ≤ age ≤ 64 a"),
        ("Age (min 21 - max 64 years)", "21 ≤ age ≤ 64 a"),
        ("Max age 64 years", "age ≤ 64 a"),
        ("Minimum BMI 19, maximum BMI 34", "19 ≤ bmi ≤ 34"),
        ("Minimum age 19, maximum BMI 34", "age ≥ 19 and bmi ≤ 34"),
        ("Pulse in beats/min 60 to 99", "60 ≤ heart_rate ≤ 99 {beats}/min"),
        ("Patients less then 6, and older then 18 years old", "age < 6 a and age > 18 a"),
    ],
)
def test_comparators_of_all_kinds(text: str, expected: str) -> None:
    assert reading(text) == expected


@pytest.mark.parametrize(
    "text", ["Creatinine not more than or equal to 1.5 mg/dL", "Creatinine no greater than or equal to 1.5 mg/dL"]
)
def test_a_denied_equality_is_said(text: str) -> None:
    """Writers mean `not more than`; strictly the words say less than."""
    assert reading(text) == "creatinine ≤ 1.5 mg/dL"
    assert "ambiguous_comparator" in {each.code for each in trialparse.parse_criteria(text).diagnostics}


def test_a_denied_verb_is_logic() -> None:
    assert reading("Creatinine must not be greater than or equal to 1.5 mg/dL") == "creatinine < 1.5 mg/dL"
