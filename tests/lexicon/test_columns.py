"""Names of columns: each is claimed once, in the form in which names are compared; other writings are found too."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files

import pytest

from trialparse.layouts.fields import BLOCK_READERS
from trialparse.layouts.page import CRITERIA
from trialparse.layouts.values import LINE_READERS
from trialparse.lexicon.columns import column, columns, words


def test_each_name_stands_in_the_form_in_which_names_are_compared() -> None:
    path = files("trialparse.lexicon").joinpath("data/columns.json")
    names = [name for row in json.loads(path.read_text(encoding="utf-8")).values() for name in row]
    assert [name for name in names if words(name) != name] == []
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_each_meaning_is_read() -> None:
    known = {"text", "url", *CRITERIA, *LINE_READERS, *BLOCK_READERS}
    assert set(columns().values()) - known == set()


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("eligibilityCriteria", "criteria"),
        ("Eligibility_Criteria", "criteria"),
        ("protocolSection.eligibilityModule.eligibilityCriteria", "criteria"),
        ("eligibility__criteria", "criteria"),
        ("inclusion_criteria", "inclusion"),
        ("NCT Number", "trial_id"),
        ("NCTId", "trial_id"),
        ("Study Status", "overall_status"),
        ("minimum_age", "minimum_age"),
        ("gender", "sex"),
        ("page_text", "text"),
        ("icdcodes", None),
        ("has_dmc", None),
        ("", None),
    ],
)
def test_names(name: str, meaning: str | None) -> None:
    assert column(name) == meaning
