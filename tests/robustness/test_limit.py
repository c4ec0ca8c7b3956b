"""The guard against sources of any size."""

from __future__ import annotations

import gc

import pytest

import trialparse

TEXT = "Inclusion Criteria:\n\n* Platelets ≥ 75 × 10^9/L\n* Age ≥ 18 years\n"


@pytest.mark.parametrize("limit", [1, 30, 48, len(TEXT) - 1])
def test_what_lies_beyond_is_not_read_and_said(limit: int) -> None:
    cut = trialparse.parse_criteria(TEXT, max_chars=limit)
    (remark,) = [each for each in cut.diagnostics if each.code == "source_cut"]
    assert remark.span is not None
    assert (remark.span.start, remark.span.end) == (limit, len(TEXT))
    whole = trialparse.parse_criteria(TEXT[:limit])
    assert (cut.inclusion, cut.exclusion, cut.span) == (whole.inclusion, whole.exclusion, whole.span)


def test_pages_say_so_too() -> None:
    trial = trialparse.parse(TEXT, max_chars=30)
    assert "source_cut" in {remark.code for remark in trial.diagnostics}
    assert trial.source.length == len(TEXT)


def test_no_remark_up_to_the_limit() -> None:
    assert trialparse.parse_criteria(TEXT, max_chars=len(TEXT)) == trialparse.parse_criteria(TEXT)
    assert trialparse.parse(TEXT, max_chars=len(TEXT)) == trialparse.parse(TEXT)


def test_a_negative_limit_is_an_error() -> None:
    for parse in (trialparse.parse, trialparse.parse_criteria):
        with pytest.raises(ValueError, match="max_chars"):
            parse(TEXT, max_chars=-1)


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(enabled: bool) -> None:
    before = gc.isenabled()
    try:
        gc.enable() if enabled else gc.disable()
        trialparse.parse_criteria("Exclusion Criteria:\n" + "word " * 110)
        assert gc.isenabled() == enabled
    finally:
        gc.enable() if before else gc.disable()
