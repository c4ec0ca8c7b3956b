"""JSON, XML, CSV and HTML as text with a way back: what a tree says stands in the source where it says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trialparse
from trialparse.layouts.markup import html_readable, looks_like_html
from trialparse.layouts.tree import Element, csv_tree, json_tree
from trialparse.layouts.xml_tree import xml_tree
from trialparse.text.layer import Layer
from trialparse.text.readable import make_readable

LEAVES = st.text(max_size=30) | st.integers() | st.booleans()
DOCUMENTS = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=4), max_leaves=8),
    max_size=5,
)


def leaf(root: Element, path: str) -> Element:
    found = root.first(path)
    assert found is not None
    return found


@given(DOCUMENTS, st.booleans())
def test_json_strings_are_read_as_json_reads_them(document: dict[str, object], ascii_only: bool) -> None:
    source = json.dumps(document, ensure_ascii=ascii_only)
    expected: list[str] = []

    def collect(value: object) -> None:
        match value:
            case dict():
                for part in value.values():
                    collect(part)
            case list():
                for part in value:
                    collect(part)
            case str():
                expected.append(value)
            case _:
                expected.append(json.dumps(value))

    collect(document)
    texts = ["".join(piece for _, _, piece in element.pieces) for element in json_tree(source).leaves()]
    assert texts == [text for text in expected if text]


@given(st.text(max_size=200))
def test_trees_take_any_text(source: str) -> None:
    json_tree(source)
    xml_tree(source)
    csv_tree(source)
    html_readable(Layer(source))


def test_json_offsets_point_into_the_source() -> None:
    source = '{"a": {"b": ["x \\u2265 1", "two\\nlines"]}, "c": 5}'
    element = json_tree(source).all("a/b")[0]
    readable = element.readable(Layer(source))
    assert readable.text == "x ≥ 1"
    assert source[slice(*readable.span(2, 3))] == "\\u2265"


def test_a_page_of_studies_gives_the_first_and_says_so() -> None:
    study = {"protocolSection": {"identificationModule": {"nctId": "NCT09900001"}}}
    trial = trialparse.parse(json.dumps({"studies": [study, study]}))
    assert trial.trial_id == "NCT09900001"
    assert "several_records" in [note.code for note in trial.diagnostics]


def test_old_records_and_the_sponsors_own_bullets() -> None:
    study = {
        "identificationModule": {"nctId": "NCT09900001"},
        "descriptionModule": {"briefSummary": "Aims:\n• safety"},
        "sponsorCollaboratorsModule": {"responsibleParty": {"oldNameTitle": "A. Doe, MD", "oldOrganization": "Acme"}},
    }
    trial = trialparse.parse(json.dumps({"protocolSection": study}))
    assert trial.brief_summary == "Aims:\n• safety"
    party = trial.responsible_party
    assert party is not None
    assert (party.name, party.affiliation) == ("A. Doe, MD", "Acme")


def test_xml_offsets_point_into_the_source() -> None:
    source = "<?xml version='1.0'?><r><t>naïve 1 &lt; 2</t></r>"
    root, refused, broken = xml_tree(source)
    readable = leaf(root, "r/t").readable(Layer(source))
    assert not refused
    assert broken is None
    assert readable.text == "naïve 1 < 2"
    assert source[slice(*readable.span(8, 9))] == "&lt;"
    assert source[slice(*readable.span(0, 5))] == "naïve"


@pytest.mark.parametrize(
    "declaration", ['<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">', '<!ENTITY file SYSTEM "file:///etc/hostname">']
)
def test_documents_that_declare_entities_are_refused(declaration: str) -> None:
    source = f"<!DOCTYPE x [{declaration}]><clinical_study><brief_title>&a;&b;&file;</brief_title></clinical_study>"
    trial = trialparse.parse(source)
    assert "entities_refused" in [note.code for note in trial.diagnostics]
    assert trial.brief_title is None


STRAY = {
    "an ampersand": "Q&A of mockitis",
    "two of them": "Q&A & more",
    "a sign of less": "age < 18 and <5 of all",
    "an entity of HTML": "mock&nbsp;itis &ge; 2",
    "an escape without its end": "a &lt b &amp c",
    "an escape": "a &lt; b &#8805; c &#x3c; d",
}


@pytest.mark.parametrize("case", STRAY)
def test_signs_that_xml_wants_escaped_are_text(case: str) -> None:
    source = f"<r><nct_id q='a&b < c'>NCT09900001</nct_id><t>{STRAY[case]}</t><v>behind</v></r>"
    root, _, broken = xml_tree(source)
    assert broken is None
    readable = leaf(root, "r/t").readable(Layer(source))
    assert readable.text == make_readable(STRAY[case]).text
    at = source.index(STRAY[case])
    assert readable.span(0, len(readable.text)) == (at, at + len(STRAY[case]))
    assert leaf(root, "r/v").text == "behind"
    assert leaf(root, "r/nct_id/@q").text == "a&b < c"


BROKEN = {
    "tags that cross": "<x>one</y></x> xylofant",
    "an end tag too much": "one</x> xylofant",
    "an attribute without quotes": "<x class=x>xylofant</x>",
    "a second document": "one</t></clinical_study><clinical_study><t>xylofant",
    "an end that is missing": "one<x>xylofant",
}


@pytest.mark.parametrize("case", BROKEN)
@pytest.mark.parametrize(
    "start",
    [
        "<clinical_study><id_info><nct_id>NCT09900001</nct_id></id_info><brief_title>A study</brief_title>",
        "<row><nct_id>NCT09900001</nct_id><title>A study</title><criteria>Age over 18</criteria>",
        "<thing><name>A study</name>",
    ],
)
def test_what_stands_behind_a_break_in_xml_is_kept_and_said(start: str, case: str) -> None:
    root = start[1:].partition(">")[0]
    body = f"{start}<t>{BROKEN[case]}</t>".replace("clinical_study", root)
    source = f"{body}</{root}>" if case != "an end that is missing" else body
    trial = trialparse.parse(source)
    assert any("xylofant" in section.text for section in trial.sections)
    (note,) = [note for note in trial.diagnostics if note.code == "broken_document"]
    assert note.span is not None
    assert len(start) < note.span.start <= note.span.end == len(source)


@pytest.mark.parametrize("page", ["<head><title>A</title></head>{}", "<body class='x'>{}", "<p>{}</body></html>\n"])
def test_a_page_without_its_first_tag_is_no_xml(page: str) -> None:
    source = page.format("<script>'<!--'</script>xylofant<!-- b -->")
    assert [section.text for section in trialparse.parse(source).sections][-1:] == ["xylofant"]


def test_csv_quotes_and_columns() -> None:
    source = 'TrialID,Title\nNCT09900001,"a ""b"", c\nd"\nNCT09900002,e\n'
    rows = csv_tree(source).all("row")
    assert [row.children[0].text for row in rows] == ["NCT09900001", "NCT09900002"]
    readable = leaf(rows[0], "Title").readable(Layer(source))
    assert readable.text == 'a "b", c\nd'
    assert source[slice(*readable.span(2, 5))] == '""b""'


def test_html_keeps_blocks_lists_and_superscripts() -> None:
    source = "<p>A<br>B &amp; C</p><ul><li>x 10<sup>9</sup>/L<ol><li>deep</li></ol></li></ul><script>no</script>"
    readable = html_readable(Layer(source))
    assert readable.text.rstrip().split("\n") == ["A", "B & C", "", "* x 10^9/L", "  1. deep"]
    assert source[slice(*readable.span(6, 7))] == "C"


def test_html_paragraphs_inside_items_stay_inside() -> None:
    source = "<ul><li><p>One</p><p>More</p></li><li>Two<br>lines<ol><li>deep</li></ol></li><li></li></ul><p>After</p>"
    readable = html_readable(Layer(source))
    assert readable.text.rstrip().split("\n") == [
        "* One", "", "   More", "* Two", "   lines", "  1. deep", "* ", "", "After",
    ]  # fmt: skip


def test_text_with_comparators_is_no_html() -> None:
    assert not looks_like_html("ANC < 1.5 and > 3\nECOG <2")
    assert looks_like_html("<div>a</div><div>b</div><p>c</p>")


FRAME = (
    'ion", "5 weeks")), NULL), EligibilityModule = list(EligibilityCriteria = c("Inclusion Criteria:\\n\\nMockitis\\n'
    'Platelets \\u2265 90 x 10^9/L\\n\\nExclusion Criteria:\\n\\nPregnancy", NA, '
    '"Inclusion Criteria:\\n\\nA \\"cold\\""), Gender = c("Female", "All", "Male"), Other = c("x", "y"))'
)


def test_a_data_frame_of_r_has_a_record_in_each_member_of_its_vectors() -> None:
    trial = trialparse.parse(FRAME)
    assert [node.text for node in trial.eligibility.inclusion] == ["Mockitis", "Platelets ≥ 90 x 10^9/L"]
    assert [node.text for node in trial.eligibility.exclusion] == ["Pregnancy"]
    assert trial.eligibility.sex == "FEMALE"
    node = trial.eligibility.inclusion[0]
    assert FRAME[node.span.start : node.span.end] == "Mockitis"
    assert [note.code for note in trial.diagnostics].count("several_records") == 1
    results = list(trialparse.parse_many([FRAME]))
    assert [result.trial is not None for result in results] == [True, False, True]


def test_a_data_frame_of_r_that_is_cut_off_is_read_up_to_there() -> None:
    for end in range(len(FRAME)):
        trialparse.parse(FRAME[:end])
    trial = trialparse.parse(FRAME[: FRAME.index("Exclusion")])
    assert [node.text for node in trial.eligibility.inclusion] == ["Mockitis", "Platelets ≥ 90 x 10^9/L"]


def test_lines_that_a_program_broke_to_fit_an_xml_document_are_one() -> None:
    source = """<trial><main><trial_id>IRCT3100000001N1</trial_id><public_title>Mockumab</public_title></main><criteria>
      <inclusion_criteria>
        Adults with mockitis
        for the first time; able
        to walk.
      </inclusion_criteria>
      <exclusion_criteria>
        Pregnancy
        Epilepsy
      </exclusion_criteria></criteria></trial>"""
    trial = trialparse.parse(source)
    assert [node.text for node in trial.eligibility.inclusion] == [
        "Adults with mockitis for the first time; able to walk."
    ]
    assert [node.text for node in trial.eligibility.exclusion] == ["Pregnancy", "Epilepsy"]
