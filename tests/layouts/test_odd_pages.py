"""Pages that lost their lines or came in other forms, what stands in their markup, and labels in a row."""

from __future__ import annotations

import pytest

import trialparse
from tests.coverage import overlapping
from trialparse.models.eligibility import Criterion
from trialparse.models.trial import Trial

PAGE = "Mockumab in adults with mockitis\n\nNCT ID: NCT09900077\n\n{}"
Texts = list[object]


def parsed(body: str) -> Trial:
    trial = trialparse.parse(PAGE.format(body))
    assert trial.trial_id == "NCT09900077"
    assert overlapping(trial.eligibility) == []
    return trial


def tree(nodes: tuple[Criterion, ...]) -> Texts:
    return [[node.text, *tree(node.children)] if node.children else node.text for node in nodes]


def said(trial: Trial) -> list[str]:
    """Section, measure, lower and upper value and unit of each limit."""
    found = []
    for item in trial.thresholds():
        limit = item.threshold
        sides = [side and f"{side.value}{side.relative_to or (side.unit.ucum if side.unit else '')}"
                 for side in (limit.lower, limit.upper)]  # fmt: skip
        found.append(f"{item.section[:3]} {limit.measure.name} {sides[0] or ''}..{sides[1] or ''}")
    return found


ONE_LINE = (
    "Mockumab in adults with mockitis NCT ID: NCT09900077 Status: Recruiting Eligibility Inclusion Criteria"
    " Gout for 18 months or longer ECOG 0 or 1 Exclusion Criteria Hemoglobin < 10 g/dL Pregnancy Contact the site."
)


@pytest.mark.parametrize(
    "page",
    [
        ONE_LINE,
        f"<doc>\n  <main>\n    <p>{ONE_LINE.replace('<', '&lt;')}</p>\n  </main>\n</doc>",
        ONE_LINE.replace("mockitis NCT", "mockitisNCT").replace("Criteria ", "Criteria").replace("dL P", "dLP"),
    ],
)
def test_a_page_that_lost_its_lines(page: str) -> None:
    trial = trialparse.parse(page)
    assert (trial.trial_id, trial.overall_status) == ("NCT09900077", "RECRUITING")
    assert tree(trial.eligibility.inclusion) == ["Gout for 18 months or longer", "ECOG 0 or 1"]
    assert tree(trial.eligibility.exclusion)[:2] == ["Hemoglobin < 10 g/dL", "Pregnancy"]


def test_the_xml_of_trafilatura() -> None:
    trial = trialparse.parse(
        '<doc title="x">\n<main>\n<p>NCT ID: NCT09900077</p>\n<head rend="h3">Inclusion Criteria</head>\n'
        '<list rend="ol"><item>Gout</item><item>Platelets ≥ 90 G/l</item></list>\n'
        '<head rend="h3">Exclusion Criteria</head>\n<list rend="ul"><item>Pregnancy</item></list>\n</main>\n</doc>'
    )
    assert tree(trial.eligibility.inclusion) == ["Gout", "Platelets ≥ 90 G/l"]
    assert tree(trial.eligibility.exclusion) == ["Pregnancy"]


LINKED = """<html><head><script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": "MedicalTrial",
"name": "Another name", "identifier": {"@type": "PropertyValue", "value": "NCT09900077"}, "status":
"https://schema.org/NotYetRecruiting", "sponsor": {"name": "Mock House"}, "healthCondition": [{"name": "Gout"}]}]}
</script><script type="application/ld+json">{broken</script></head><body><h1>Mockumab in adults with mockitis</h1>
<h3>Inclusion Criteria</h3><ul><li>Gout</li></ul></body></html>"""


def test_linked_data_fills_what_the_page_leaves_empty() -> None:
    trial = trialparse.parse(LINKED)
    assert trial.brief_title == "Mockumab in adults with mockitis"
    assert (trial.trial_id, trial.overall_status) == ("NCT09900077", "NOT_YET_RECRUITING")
    assert trial.conditions == ("Gout",)
    assert trial.lead_sponsor is not None
    assert trial.lead_sponsor.name == "Mock House"
    (note,) = [note for note in trial.diagnostics if note.code == "linked_data"]
    assert "brief_title" not in note.message


def test_a_footnote_and_a_hidden_phrase_of_the_markup() -> None:
    trial = trialparse.parse(
        "<html><p>NCT09900077</p><h3>Inclusion Criteria</h3><ul><li>AST ≤ 3 × ULN<sup>1</sup></li>"
        '<li><span style="display: none">ECOG 3 </span>ECOG 0 or 1<sup>a, b</sup></li><li>BMI < 40 kg/m<sup>2</sup>'
        "</li></ul><div style='display:none'><h3>Exclusion Criteria</h3><ul><li>Gout</li></ul></div></html>"
    )
    assert said(trial) == ["inc ast ..3ULN", "inc ecog 0..1", "inc bmi ..40kg/m2"]
    assert tree(trial.eligibility.exclusion) == ["Gout"], "a hidden block may unfold"


def test_no_break_spaces_indent() -> None:
    trial = trialparse.parse(
        "<html><p>NCT09900077</p><h3>Inclusion Criteria</h3><p>1. Adequate counts:<br>&nbsp;&nbsp;1. Platelets ≥ 90 G/l"
        "<br>\u00a0\u00a02. Hemoglobin ≥ 10 g/dL<br>2. ECOG 0 or 1</p></html>"
    )
    nested = ["Adequate counts:", "Platelets ≥ 90 G/l", "Hemoglobin ≥ 10 g/dL"]
    assert tree(trial.eligibility.inclusion) == [nested, "ECOG 0 or 1"]


def test_criteria_and_a_criterion_in_html() -> None:
    block = "<p>{} Criteria</p><ul><li>{}</li></ul>"
    block = block.format("Inclusion", "AST &le; 3 &times; ULN") + block.format("Exclusion", "Gout")
    eligibility = trialparse.parse_criteria(block)
    assert tree(eligibility.inclusion) == ["AST ≤ 3 × ULN"]
    assert tree(eligibility.exclusion) == ["Gout"]
    criterion = trialparse.parse_criterion("<li>Platelets &ge; 90 x 10<sup>9</sup>/L</li>")
    assert criterion.text == "Platelets ≥ 90 x 10^9/L"
    assert criterion.requirement is not None


FIELDS = [
    ("NCT ID: NCT09900077 Status: Recruiting Phase: Phase 2 Sponsor: Mock House", "Mock House"),
    ("**NCT ID:** NCT09900077 **Status:** Recruiting **Phase:** Phase 2 **Sponsor:** Mock House", "Mock House"),
    ("* StatusRecruiting\n* PhasePhase 2\n* SponsorMock House\n* NCT IDNCT09900077", "Mock House"),
]


@pytest.mark.parametrize(("rows", "sponsor"), FIELDS)
def test_labels_in_a_row(rows: str, sponsor: str) -> None:
    trial = trialparse.parse(f"Mockumab in adults with mockitis\n{rows}\n\nInclusion Criteria\n\n* Gout\n")
    assert (trial.trial_id, trial.overall_status, trial.phases) == ("NCT09900077", "RECRUITING", ("PHASE2",))
    assert trial.lead_sponsor is not None
    assert trial.lead_sponsor.name == sponsor


def test_links_in_a_row_are_a_list() -> None:
    trial = parsed("## Conditions\n\n[Old Gout](/c/1) [Mockitis](/c/2)\n\n## Inclusion Criteria\n\n* Consent")
    assert trial.conditions == ("Old Gout", "Mockitis")


def test_headings_between_criteria_that_are_labels() -> None:
    trial = parsed(
        "Conditions\nGout\nInclusion Criteria\nAge:\n18 and over\nBlood:\nPlatelets ≥ 90 G/l\nExclusion Criteria\n"
        "Medical Conditions\nHemoglobin < 10 g/dL.\nActive infection.\nLocations\nLima, Peru"
    )
    assert trial.conditions == ("Gout",)
    assert said(trial)[-2:] == ["inc platelets 9010*9/L..", "exc hemoglobin ..10g/dL"]


def test_one_sign_makes_no_layout() -> None:
    trial = parsed("Quick facts\n\nStatus: Recruiting\n\nInclusion Criteria\n* Gout\nExclusion Criteria\n* Asthma")
    assert trial.source.layout == "generic"
    assert trial.overall_status == "RECRUITING"
    assert tree(trial.eligibility.exclusion) == ["Asthma"]


def test_a_layout_that_finds_no_criteria_where_any_page_has_them_is_none() -> None:
    trial = parsed("Quick facts\n\nDrugs / interventions\n\nInclusion Criteria\n* Gout\nExclusion Criteria\n* Asthma")
    assert trial.source.layout == "generic"
    assert "layout_refused" in [note.code for note in trial.diagnostics]
    assert tree(trial.eligibility.exclusion) == ["Asthma"]
