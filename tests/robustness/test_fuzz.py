"""The quick part of the fuzzing; `python -m tests.robustness.fuzz` and `fuzz_atheris` are the long ones."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.robustness.builder import Builder
from tests.robustness.fuzz import CHECKS, check_one, numbered
from tests.robustness.promises import check_criteria, check_page

QUICK = 600

_API = '{"protocolSection": {"identificationModule": {}, '
_COUNT = _API + '"designModule": {"enrollmentInfo": {"count": '

FOUND: dict[str, str | bytes] = {
    "surrogate in a name": _API + '"\udfff": {"x": {"y": "z"}}}}',
    "surrogate in a text": '{"protocolSection": {"identificationModule": {"briefTitle": "\udfff", "x": "\\ud800"}}}',
    "white space before a number in HTML": "<!doctype html><p>Exclusion Criteria\n1.2.1 \n1\\. yet\nNCT99000001</p>",
    "items inside what is skipped": "<!doctype html><p>Inclusion Criteria:<svg><ul><li>a</li></ul></svg><li>age",
    "unclosed comments": "<!doctype html>" + "<!-- x " * 2000,
    "XML bomb": '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><clinical_study><x>&b;</x></clinical_study>',
    "external entity": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///dev/null">]><clinical_study>&e;</clinical_study>',
    "external DTD": '<!DOCTYPE a SYSTEM "x.dtd"><clinical_study><phase>Phase 2</phase></clinical_study>',
    "deep JSON": _API + '"x": ' + "[" * 5000 + "{" * 5000,
    "deep XML": "<clinical_study>" * 20_000,
    "numbers that are none": _API + '"x": [NaN, -Infinity, 1e999, 0x1, 1__]}}',
    "a count without end": _COUNT + "1e999}}}}",
    "a very long count": _COUNT + "9" * 5000 + "}}}}",
    "NULs": "Inclusion\x00 Criteria:\n* age \x00≥\x00 18\x00",
    "two encodings": "* age ≥ 18\n".encode() + "* Größe > 18 µm".encode("cp1252") + "* ≥".encode("utf-16"),
    "half a character": "Inclusion Criteria:\n* age ≥".encode()[:-1],
    "a number word as anchor": "Inclusion Criteria:\n* 18 years before android tenfold <= 3",
    "a count of nothing": "Inclusion Criteria:\n* zero of the following:\n  * gout\n  * asthma",
    "half a limit that means nothing": "Inclusion Criteria:\n"
    + "".join(
        f"* ALT {limit}\n"
        for nothing in ("> 5 mg above baseline", "< 4 weeks of baseline", "> half of baseline above ULN")
        for limit in (
            f"{nothing} to 75",
            f"{nothing} and < 9",
            f"WNL, {nothing}",
            f"18 < age {nothing}",
            f"5 to {nothing}",
        )
    ),
    "many conditions": "Inclusion Criteria:\n* platelets ≥ 75 " + "if " * 1000,
}
"""What once failed, and what parsers commonly fail on."""


@pytest.mark.parametrize("source", FOUND.values(), ids=FOUND)
def test_found(source: str | bytes) -> None:
    check_page(source)
    if isinstance(source, str):
        check_criteria(source)


@pytest.mark.parametrize("check", range(len(CHECKS)))
@given(st.randoms(use_true_random=False))
def test_built_by_hypothesis(check: int, random: Random) -> None:
    CHECKS[check](Builder(random.randrange))


@pytest.mark.parametrize("first", range(0, QUICK, 100))
def test_numbered(first: int) -> None:
    for number in range(first, first + 100):
        check_one(numbered(number))
