"""Sources that fuzzing found something wrong with, cut down to what it was."""

from __future__ import annotations

import pytest

from tests.robustness.promises import check_page

FOUND = {
    "a line break before the first block": ("<html><br><p>Age over 18</p></html>", None),
    "a list on one line that says there is none": (
        "Brief Title\nA study\nConditionsN/A\nEligibility Criteria\n- Age",
        "findatrial",
    ),
    "a phrase of the vocabulary that is mere prose behind a number": (
        "Inclusion Criteria:\n* ECOG 1 calcium channel",
        None,
    ),
    "a table taken apart on a page whose labels are known": (
        "Exclusion criteria       1. Age over 98\n                         2. ill\nQualia                   None\n",
        "veeva",
    ),
    "a quote doubled in a cell that is never closed": (
        'TrialID,Inclusion_Criteria\n"NCT09900001","* score ""high""',
        None,
    ),
    "criteria of one column within the text of another": (
        "<record><nct_id>NCT09900001</nct_id><title>A study of gout</title><criteria>Adults who can walk for "
        "<inclusion_criteria>Gout</inclusion_criteria> ten minutes</criteria></record>",
        None,
    ),
    "a column that stands twice, and others between": (
        '{"nctId": "NCT09900001", "eligibilityCriteria": "Inclusion Criteria: adults who can walk for", '
        '"title": "A study of gout", "eligibilityCriteria": "ten minutes"}',
        None,
    ),
    "the same in XML": (
        "<record><nct_id>NCT09900001</nct_id><criteria>Inclusion Criteria: adults who can walk for</criteria>"
        "<title>A study of gout</title><criteria>ten minutes</criteria></record>",
        None,
    ),
    "a denial that markup stands before": (
        "<!doctype html><h2>Exclusion criteria</h2><ul><li><b>KEY:</b><br>must <i>not</i> have asthma</ul>",
        None,
    ),
}


@pytest.mark.parametrize("case", FOUND)
def test_promises_hold(case: str) -> None:
    check_page(*FOUND[case])
