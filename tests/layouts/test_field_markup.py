"""HTML inside the text of a field, over every format that XML may carry: no word, limit or field is torn out by it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import trialparse
from tests.conftest import FIXTURES
from trialparse.layouts import format_names
from trialparse.layouts.tree import Element, json_tree
from trialparse.layouts.xml_tree import xml_tree
from trialparse.models.eligibility import Criterion

RECORDS = {
    "ctgov_xml": "<clinical_study><id_info><nct_id>NCT09900001</nct_id></id_info><brief_title>{title}</brief_title>"
    "<eligibility><criteria><textblock>{headed}</textblock></criteria><gender>Female</gender></eligibility>"
    "</clinical_study>",
    "isrctn_api": "<allTrials><fullTrial><trial><isrctn>99000001</isrctn><trialDescription><title>{title}</title>"
    "</trialDescription><participants><inclusion>{inclusion}</inclusion><exclusion>{exclusion}</exclusion>"
    "<gender>Female</gender></participants></trial></fullTrial></allTrials>",
    "anzctr_xml": "<ANZCTR_Trial><actrnumber>ACTRN12699000000000</actrnumber><trial_identification><studytitle>{title}"
    "</studytitle></trial_identification><eligibility><inclusivecriteria>{inclusion}</inclusivecriteria>"
    "<inclusivegender>Females</inclusivegender><exclusivecriteria>{exclusion}</exclusivecriteria></eligibility>"
    "</ANZCTR_Trial>",
    "registry_exchange": "<trials><Triall><main><trial_id>ChiCTR2099000001</trial_id><public_title>{title}"
    "</public_title></main><criteria><inclusion_criteria>{inclusion}</inclusion_criteria><gender>Female</gender>"
    "<exclusion_criteria>{exclusion}</exclusion_criteria></criteria></Triall></trials>",
    "ictrp_export": "<Trials_downloaded_from_ICTRP><Trial><TrialID>NCT09900001</TrialID><Public_title>{title}"
    "</Public_title><Source_Register>ClinicalTrials.gov</Source_Register><Inclusion_Criteria>{inclusion}"
    "</Inclusion_Criteria><Inclusion_gender>Female</Inclusion_gender><Exclusion_Criteria>{exclusion}"
    "</Exclusion_Criteria></Trial></Trials_downloaded_from_ICTRP>",
    "row": "<items><item><nct_id>NCT09900001</nct_id><title>{title}</title><inclusion>{inclusion}</inclusion>"
    "<exclusion>{exclusion}</exclusion><sex>Female</sex></item></items>",
}
TITLE = "Velorobin against <i>E. mock</i> with IL<sub>2</sub>"
"""As in all that follows, HTML as a browser takes it."""
LIMIT, AGE = "ANC ≥ 1.5 x 10<sup>9</sup>/L", "age <b>18</b> &amp; older, ALT &lt;ULN <em>or</em> so"
TEXTS = {
    "items of a list": (f"<ul><li>{LIMIT}</li><li>{AGE}</li></ul>", "<ol><li>HIV</li><li><u>Epi</u>lepsy</li></ol>"),
    "paragraphs": (f"<p>{LIMIT}</p><p class='a'>{AGE}</p>", "<P>HIV</P><P>Epilepsy</P>"),
    "bare breaks": (f"{LIMIT}<br>{AGE}", "HIV<BR>Epilepsy<br />"),
    "lines": (f"- {LIMIT}\n- {AGE}", "- HIV\n- <span style='color: red'>Epilepsy</span>"),
    "list without its ends": (f"<ul><li>{LIMIT}<li>{AGE}</ul>", "<ul><li>HIV<li>Epilepsy"),
    "tags that cross": (f"<ul><li><b>{LIMIT}</li></b><li>{AGE}</li></ul>", "<p><i>HIV</p></i><p>Epilepsy</p>"),
    "Word": (f"<p><o:p></o:p>{LIMIT}</p><p>{AGE}</p>", "<p>HIV</p><p><st1:place w:st='on'>Epilepsy</st1:place></p>"),
    "nested blocks": (f"<div><div>{LIMIT}</div><div>{AGE}</div></div>", "<div><p>HIV</p><p>Epilepsy</p></div>"),
}
WAYS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "CDATA": lambda text: f"<![CDATA[{text}]]>",
    "escaped": lambda text: html.escape(text, quote=False),
    "escaped twice": lambda text: html.escape(html.escape(text, quote=False), quote=False),
}


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", TEXTS)
def test_html_in_a_field_is_the_markup_of_its_text(name: str, way: str, kind: str) -> None:
    inclusion, exclusion = TEXTS[kind]
    headed = f"<p>Inclusion Criteria:</p>\n{inclusion}\n<p>Exclusion Criteria:</p>\n{exclusion}"
    if kind == "lines":
        headed = f"Inclusion Criteria:\n\n{inclusion}\n\nExclusion Criteria:\n\n{exclusion}"
    texts = {"title": TITLE, "inclusion": inclusion, "exclusion": exclusion, "headed": headed}
    source = RECORDS[name].format(**{field: WAYS[way](text) for field, text in texts.items()})
    trial = trialparse.parse(source)
    assert trial.source.layout == name
    assert "broken_document" not in [note.code for note in trial.diagnostics]
    assert trial.brief_title == "Velorobin against E. mock with IL2"
    eligibility = trial.eligibility
    assert [node.text for node in eligibility.inclusion] == [
        "ANC ≥ 1.5 x 10^9/L",
        "age 18 & older, ALT <ULN or so",
    ]
    assert [node.text for node in eligibility.exclusion] == ["HIV", "Epilepsy"]
    assert eligibility.sex == "FEMALE", "what stands behind is read as ever"
    limit = next(each for each in trial.thresholds() if each.threshold.lower)
    assert (limit.threshold.lower.value, limit.threshold.lower.unit.ucum) == (1.5, "10*9/L")  # type: ignore[union-attr]
    for node, (first, last) in zip(
        [*eligibility.inclusion, *eligibility.exclusion],
        [("ANC", "/L"), ("age", "so"), ("HIV", "HIV"), ("Epi", "lepsy")],
        strict=True,
    ):
        _starts_and_ends(node, source, first, last)


def _starts_and_ends(node: Criterion, source: str, first: str, last: str) -> None:
    """What a criterion was read from begins and ends with its words; only the ends of tags may follow."""
    written = source[node.span.start : node.span.end]
    assert written.startswith(first)
    behind = html.unescape(html.unescape(written)).rpartition(last)[2].strip()
    assert re.fullmatch(r"(?:</[a-z0-9:]+>\s*)*", behind)


def test_html_around_the_record_is_none_of_a_field() -> None:
    record = RECORDS["ctgov_xml"].format(title=TITLE, headed=f"<div>{LIMIT}</div>")
    for source in (f"<div><span>{record}</span></div>", f"<?xml version='1.0'?>\n<!-- <p> --><p>{record}</p>"):
        trial = trialparse.parse(source)
        assert trial.trial_id == "NCT09900001"
        assert [node.text for node in trial.eligibility.inclusion] == ["ANC ≥ 1.5 x 10^9/L"]
        assert "broken_document" not in [note.code for note in trial.diagnostics]


def test_the_html_of_fields_has_no_name_that_a_field_has() -> None:
    tags = "".join(f"<{name}/>" for name in _field_names())
    root, _, broken = xml_tree(f"<record>{tags}</record>")
    assert broken is None
    assert {each.name for each in root.walk()} - {"", "record"} == _field_names()


def _field_names() -> set[str]:
    """The names of elements in the fixtures of all formats, and what their paths ask for."""
    trees: list[Element] = []
    for path in Path(FIXTURES).glob("*/*"):
        if path.parent.name in format_names() and path.suffix in (".xml", ".txt"):
            text = path.read_text(encoding="utf-8")
            trees.append(xml_tree(text).root if text.lstrip()[0] == "<" else json_tree(text))
    return {each.name for tree in trees for each in tree.walk() if each.name.isidentifier()}
