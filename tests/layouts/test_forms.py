"""A form saved as two columns of a CSV file, and the title of a page that prints other things above its heading."""

from __future__ import annotations

import pytest

import trialparse

ROWS = {
    "Field": "Content",
    "Public title": 'Examplumab for "mild" exampleitis, a trial of one year',
    "Sponsor": "Example University",
    "Phase": "Phase IV",
    "Conditions": "Gout; Exampleitis",
    "Inclusion criteria": "- Gout, or a flare\n- Urate > 6 mg/dL",
    "Exclusion criteria": "- Tophi\n- Fever",
    "Keywords": "urate",
    "Countries": "France",
}


def quoted(text: str, mark: str, *, always: bool) -> str:
    held = text.replace('"', '""')
    return f'"{held}"' if always or any(sign in text for sign in f'{mark}"\n') else text


@pytest.mark.parametrize("always", [True, False])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_labels_and_values_in_two_columns(mark: str, always: bool, end: str) -> None:
    source = end.join(mark.join(quoted(cell, mark, always=always) for cell in row) for row in ROWS.items())
    trial = trialparse.parse(source)
    assert trial.brief_title == ROWS["Public title"]
    assert trial.lead_sponsor is not None
    assert trial.lead_sponsor.name == "Example University"
    assert (trial.phases, trial.conditions) == (("PHASE4",), ("Gout", "Exampleitis"))
    assert trial.eligibility is not None
    assert [item.text for item in trial.eligibility.inclusion] == ["Gout, or a flare", "Urate > 6 mg/dL"]
    assert [item.text for item in trial.eligibility.exclusion] == ["Tophi", "Fever"]
    for _, item in trial.eligibility.criteria():
        assert item.text == source[item.span.start : item.span.end]


def test_prose_with_commas_is_no_form() -> None:
    source = "Sponsor,\nPhase, IV\nThe trial is about gout, fever and urate.\nInclusion criteria\n- Gout, or a flare"
    trial = trialparse.parse(source)
    assert trial.eligibility is not None
    assert "Gout, or a flare" in [item.text for item in trial.eligibility.inclusion]


PAGE = """<h2>Masks: wear one in all wards until further notice</h2><label>Search this site</label><p>Go</p>
<h1>{heading}</h1><p>Sponsor: Example University</p><h2>Inclusion criteria</h2><ul><li>Gout</li></ul>"""


def test_the_one_heading_of_the_first_rank_is_the_title() -> None:
    heading = "Once-weekly examplumab for adults with severe exampleitis"
    assert trialparse.parse(PAGE.format(heading=heading)).brief_title == heading


@pytest.mark.parametrize("heading", ["Find a clinical trial at our hospital", "Trials | Example University Hospital"])
def test_a_heading_of_the_site_is_none(heading: str) -> None:
    assert trialparse.parse(PAGE.format(heading=heading)).brief_title != heading
