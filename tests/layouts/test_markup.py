"""HTML by its own rules: what is a tag, what is text, what is hidden, and where each stands."""

from __future__ import annotations

import html

import pytest

import trialparse
from trialparse.layouts.markup import html_page, html_readable
from trialparse.layouts.tags import CLOSE, LOST, OPEN, REFERENCE, TEXT, attribute_names, closes_itself, referred, tokens
from trialparse.models.trial import Trial
from trialparse.text.layer import Layer

_LETTERS = {TEXT: "t", REFERENCE: "&", OPEN: "<", CLOSE: "/", LOST: "!"}


class _Html:
    foreign = False
    admits_cdata = False


TOKENS = {
    # data state
    "a < b & c": "t'a ' t'<' t' b ' t'&' t' c'",
    "a&lt;b&amp": "t'a' &'&lt;' t'b' &'&amp'",
    "&#x3C;&#X3c&#60": "&'&#x3C;' &'&#X3c' &'&#60'",
    "&;&#;&#x;": "t'&' t';' t'&' t'#;' t'&' t'#x;'",
    # tags
    "<P>x</p >": "<'<P>' t'x' /'</p >'",
    "<a href=/x/>k": "<'<a href=/x/>' t'k'",
    "<p a='>' b=\">\">x": "<'<p a='>' b=\">\">' t'x'",
    "<p =a>x<p a==b>": "<'<p =a>' t'x' <'<p a==b>'",
    "<p a\n=\n\">\"\n/>x": "<'<p a\n=\n\">\"\n/>' t'x'",
    '<p a="1"b>x': "<'<p a=\"1\"b>' t'x'",
    "<p/a>x": "<'<p/a>' t'x'",
    "<p a=>x": "<'<p a=>' t'x'",
    "<a<b>x": "<'<a<b>' t'x'",
    "<o:p>x</o:p>": "<'<o:p>' t'x' /'</o:p>'",
    "<1>x": "t'<' t'1>x'",
    "</1>x</>y</ p>z": "t'x' t'y' t'z'",
    "x</": "t'x' t'<' t'/'",
    "x<": "t'x' t'<'",
    '<p a="x>y': "!'<p a=\"x>y'",
    "x</p a": "t'x' !'</p a'",
    # comments and declarations
    "<!-->x<!--->y<!---->z": "t'x' t'y' t'z'",
    "<!-- a --!>x<!-- > -- - -->y": "t'x' t'y'",
    "<!-- a <!-- b -->x": "t'x'",
    "<!----!x-->y": "t'y'",
    "<!-- a - b -- c --!>x<!-- - - ->": "t'x' !'<!-- - - ->'",
    "a<!-- b ->": "t'a' !'<!-- b ->'",
    "<!x>a<!>b<?php echo '?>'>c": "t'a' t'b' t''>c'",
    "<!doctype html PUBLIC \">\">x": "t'\">x'",
    "<![CDATA[a>b": "t'b'",
    "a<!x": "t'a' !'<!x'",
    # text alone
    "<title>a <b> &lt;</b></title>c": "<'<title>' t'a <b> ' &'&lt;' t'</b>' /'</title>' t'c'",
    "<textarea><!-- a</textarea>b": "<'<textarea>' t'<!-- a' /'</textarea>' t'b'",
    "<style>a</styles></style>b": "<'<style>' /'</style>' t'b'",
    "<xmp>a&lt;<b></xmp>c": "<'<xmp>' t'a&lt;<b>' /'</xmp>' t'c'",
    "<plaintext>a</plaintext>b": "<'<plaintext>' t'a</plaintext>b'",
    "<STYLE>a</sTyle\n>b": "<'<STYLE>' /'</sTyle\n>' t'b'",
    "<style>a</style": "<'<style>' !'a</style'",
    # scripts
    "<script>'<svg>'</script>a": "<'<script>' /'</script>' t'a'",
    "<script><!-- </script>a": "<'<script>' /'</script>' t'a'",
    "<script><!--<script></script></script>a": "<'<script>' /'</script>' t'a'",
    "<script><!--<script>--></script>a": "<'<script>' /'</script>' t'a'",
    "<script><!--><script></script>a": "<'<script>' /'</script>' t'a'",
    "<script><!---><script></script>a": "<'<script>' /'</script>' t'a'",
    "<script><script></script>a": "<'<script>' /'</script>' t'a'",
    "<script><!--<scripts></script>a": "<'<script>' /'</script>' t'a'",
    "<script><!--<script x></script >b</script>a": "<'<script>' /'</script>' t'a'",
    "<script><!--<script></script>a": "<'<script>' !'<!--<script></script>a'",
    "<script>a</script/x>b": "<'<script>' /'</script/x>' t'b'",
}  # fmt: skip
"""Source -> its tokens with what stands at their places: the states of the standard's tokenizer one by one."""


MANY = {
    "attributes": ("<p" + " b" * 150 + ">", "x", "<t"),
    "attributes with values": ("<p" + " b='>'" * 150 + "/>", "x", "<t"),
    "in an end tag": ("</p" + " b" * 150 + ">", "x", "/t"),
    "in a tag of text alone": ("<style" + " b" * 150 + ">", "<p></style>x", "</t"),
    "without an end": ("<p" + " b" * 150, "", "!"),
    "as many as are read at once": ("<p" + " b" * 50 + ">", "x", "<t"),
}


@pytest.mark.parametrize("case", MANY)
def test_tags_with_very_many_attributes(case: str) -> None:
    tag, behind, kinds = MANY[case]
    found = [*tokens(tag + behind, _Html())]
    assert "".join(_LETTERS[kind] for kind, *_ in found) == kinds
    kind, start, end, name, attributes = found[0]
    assert (start, end) == (0, len(tag))
    if kind == OPEN:
        assert f"<{name}{attributes}>" == tag


@pytest.mark.parametrize("source", TOKENS)
def test_tokens(source: str) -> None:
    found = [f"{_LETTERS[kind]}'{source[start:end]}'" for kind, start, end, _, _ in tokens(source, _Html())]
    assert " ".join(found) == TOKENS[source]


@pytest.mark.parametrize(
    ("written", "names"),
    [
        (" a=b c='d e' F", ["a", "c", "f"]),
        (" a=\">\"b='hidden'", ["a", "b"]),
        (" =x /y/", ["=x", "y"]),
        (" data-hidden class=hidden", ["data-hidden", "class"]),
        ("", []),
    ],
)
def test_attribute_names(written: str, names: list[str]) -> None:
    assert attribute_names(written) == names


@pytest.mark.parametrize(("written", "closes"), [("/", True), (" a='b'/", True), (" a=b/", False), (" a/ ", False)])
def test_closes_itself(written: str, closes: bool) -> None:
    assert closes_itself(written) is closes


@pytest.mark.parametrize(
    ("written", "text"),
    [("&lt;", "<"), ("&ltx", "<x"), ("&bogus;", "&bogus;"), ("&#" + "9" * 6000, "\ufffd"), ("&#X3C;", "<"),
     ("&notit;", "¬it;"), ("&#x80;", "€")],
)  # fmt: skip
def test_references(written: str, text: str) -> None:
    assert referred(written) == text


HIDING = {
    "a script that writes one": "<script>w || document.write('<script src=\"j.js\"><\\/script>')</script>",
    "a picture in a script": '<script>var i="<svg>"</script>',
    "a style in a script": '<script>e.innerHTML="<style>p{}"</script>',
    "a comment in a script": "<script>x = '<!--'</script>",
    "a template in a script": "<script>x = '<template><title><nav>'</script>",
    "linked data": '<script type="application/ld+json">{"logo":"<svg>","d":"</div>"}</script>',
    "a script in a comment in a script": "<script><!-- document.write('<script>x</script>') --></script>",
    "a tag in a style": '<style>a:before { content: "<svg>" }</style>',
    "a picture that closes itself": '<svg class="icon"/>',
    "a title of a picture that closes itself": "<svg><title/></svg>",
    "a style of a picture": "<svg><style/><path></svg>",
    "a picture never closed": "<svg><path>",
    "a text area": "<textarea>a <style> b</textarea>",
    "a title": "<title>a <style> b</title>",
    "comments of odd ends": "<!--><!---><!-- a --!><!----!>",
    "odd declarations": "<!x><?xml version='1.0'?><![CDATA[ x ]]></></ p>",
    "an unclosed nav": "<nav><a>Home</a>",
    "a nav": "<nav><ul><li>Home</ul></nav>",
    "navs one in the other": "<nav><nav></nav>",
    "an unclosed noscript": "<noscript><img src=x>",
    "a frame": "<iframe><h2></iframe>",
    "a quote in quotes": '<p title=\'a > "b\' data-x="<script>"></p>',
    "an end tag without start": "</svg></script></style></nav></template></p>",
    "a hidden item": "<ul><li hidden>x</li></ul>",
    "a hidden block never closed": "<div><div hidden>x</div></div>",
    "a template": "<template><h2>x</h2><template></template></template>",
    "a list of data": "<datalist><option>x</datalist>",
}
"""What once hid the rest of a page, or might; each may stand anywhere."""


def _page(between: str, start: str = "<!doctype html>") -> str:
    return (
        f"{start}<h1>NCT09900001</h1><h2>Inclusion Criteria</h2><ul><li>Age &ge; 18 years</li></ul>{between}"
        "<h2>Exclusion Criteria</h2><ul><li>Platelets &lt; 75 x 10<sup>9</sup>/L</li></ul>"
    )


@pytest.mark.parametrize("start", ["<!doctype html>", "<!doctype html><html><head><title>t</title><body>"])
@pytest.mark.parametrize("name", HIDING)
def test_what_stands_behind_is_read(name: str, start: str) -> None:
    source = _page(HIDING[name], start)
    trial = trialparse.parse(source)
    assert trial.trial_id == "NCT09900001"
    (inclusion,) = trial.eligibility.inclusion
    assert inclusion.text == "Age ≥ 18 years" + (" a <style> b" if name == "a text area" else "")
    (exclusion,) = trial.eligibility.exclusion
    assert source[exclusion.span.start : exclusion.span.end] == "Platelets &lt; 75 x 10<sup>9</sup>/L"


def _sections(trial: Trial) -> set[str]:
    return {section.text for section in trial.sections}


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>xylo</div>", "<p hidden=''>xylo<p>", "<dialog>xylo</dialog>", "<div popover>xylo</div>",
        "<span id=a style='color: red; DISPLAY : none'>xylo</span>",
        "<table><tr hidden><td>xylo</td></tr></table>", "<section><div HIDDEN=hidden>xylo</section>",
    ],
)  # fmt: skip
def test_what_the_page_hides_is_a_section(hidden: str) -> None:
    source = _page(hidden)
    trial = trialparse.parse(source)
    assert "xylo" in _sections(trial)
    assert "xylo" not in html_readable(Layer(source)).text
    (remark,) = [remark for remark in trial.diagnostics if remark.code == "hidden_text"]
    assert remark.span is not None
    assert "xylo" in source[remark.span.start : remark.span.end]


@pytest.mark.parametrize(
    "shown",
    [
        "<span style='color: red' title='display: none'>xylo</span>", "<div data-style='' style>xylo</div>",
        "<dialog open>xylo</dialog>", "<div class='hidden' aria-hidden='true' type=hidden data-hidden>xylo</div>",
        "<div role=tabpanel hidden>xylo</div>", "<div hidden='until-found'>xylo</div>",
        "<div><template shadowrootmode=open><p>xylo</p></template></div>", "<details>xylo</details>",
        "<xmp>xylo</xmp>", "<textarea>xylo</textarea>", "<svg><p>xylo", "<td hidden>xylo</td>", "<select><option>xylo",
    ],
)  # fmt: skip
def test_what_the_page_shows_is_its_text(shown: str) -> None:
    assert "xylo" in html_readable(Layer(_page(shown))).text


@pytest.mark.parametrize("hidden", ["<p hidden>xylo</p>", "<svg><text>xylo</text></svg>"])
def test_however_deep_navigation_is_left_open_what_is_hidden_is_no_text(hidden: str) -> None:
    page = html_page(Layer(_page("<nav>many words " * 50 + hidden)))
    assert "xylo" not in page.layer.text
    texts = [page.layer.text, *(each.text for each in page.aside)]
    assert "\n".join(texts).count("many words") == 50


@pytest.mark.parametrize("beside", ["<nav>xylo</nav>", "<noscript>xylo</noscript>", "<svg><text>xylo</text></svg>"])
def test_what_stands_beside_is_a_section(beside: str) -> None:
    trial = trialparse.parse(_page(beside))
    assert "xylo" in _sections(trial)
    assert [item.text for item in trial.eligibility.inclusion] == ["Age ≥ 18 years"]


@pytest.mark.parametrize(
    "fragment",
    [
        "<p><b>Inclusion criteria</b><br>Age &ge; 18 years<br><b>Exclusion criteria</b><br>Asthma",
        "<div><h3>Inclusion criteria</h3><ul><li>Age &ge; 18 years</ul><h3>Exclusion criteria</h3><ul><li>Asthma",
        "<UL>\n<LI><B>Inclusion criteria</B><UL><LI>Age &ge; 18 years</UL><LI><B>Exclusion criteria</B><UL><LI>Asthma",
        "<table><!-- a --><tr><td>Inclusion criteria<td>Age &ge; 18 years<tr><td>Exclusion criteria<td>Asthma",
        "<div></div><p class=a>Inclusion criteria<p>Age &ge; 18 years<p>Exclusion criteria<p>Asthma",
        "<section class='a'> <p>Inclusion criteria<p>Age &ge; 18 years<p>Exclusion criteria<p>Asthma</section>",
        "<textarea><!-- </textarea><p>Inclusion criteria<p>Age &ge; 18 years<p>Exclusion criteria<p>Asthma",
        "<title><a></title><p>Inclusion criteria<p>Age &ge; 18 years<p>Exclusion criteria<p>Asthma",
    ],
)
def test_a_fragment_of_a_page_is_no_document_of_another_kind(fragment: str) -> None:
    found = trialparse.parse(fragment).eligibility
    assert [item.text for item in found.inclusion] == ["Age ≥ 18 years"]
    assert [item.text for item in found.exclusion] == ["Asthma"]


@pytest.mark.parametrize(
    "record", ["<table><row>{}</row></table>", "<section><nct_id/>{}</section>", "<data><p/>{}</data>"]
)
def test_a_record_whose_names_html_has_too_is_none_of_its_pages(record: str) -> None:
    columns = "<trial_id>NCT09900001</trial_id><criteria>Age 18 to 75 years</criteria>"
    trial = trialparse.parse(record.format(columns))
    assert (trial.source.layout, trial.trial_id) == ("row", "NCT09900001")


@pytest.mark.parametrize(
    "raw",
    [
        "<xmp><!xylo>",
        "<TEXTAREA><!-- xylo",
        "<plaintext><p xylo>",
        "<noframes></noframes>xylo",
        "<title></xylo>",
        "<e/><'xylo>",
    ],
)
def test_text_alone_at_the_start_is_kept(raw: str) -> None:
    assert "xylo" in trialparse.parse(raw).model_dump_json()


@pytest.mark.parametrize(
    "text", ["NCT09900001 <!-- xylo -->", "<p<!-- a>xylo-->", "&lt;!-- xylo --&gt;", "</<!-- '>xylo-->"]
)
def test_comments_in_text_are_kept(text: str) -> None:
    trial = trialparse.parse(text if "&" not in text else _page(f"<p>{text}</p>"))
    (remark,) = [remark for remark in trial.diagnostics if remark.code == "hidden_text"]
    assert remark.span is not None
    assert any("xylo" in section for section in _sections(trial))


@pytest.mark.parametrize(
    "links", ["<a><a></a>", "<nobr><nobr></nobr>", "<a><p><a></p></a>", "<button><i><button></button>"]
)
def test_links_and_buttons_stand_in_none_of_their_kind(links: str) -> None:
    """An end tag that ends nothing does not end the formula either, where a style is no style."""
    name = links[1 : links.index(">")]
    source = _page(f"{links}<math></{name}><style/</p></math><i>xylo</i>")
    assert "xylo" in trialparse.parse(source).model_dump_json()


@pytest.mark.parametrize("no_text", ["<script>xylo</script>", "<style>xylo</style>", "<!-- xylo -->", "<p title=xylo>",
                                     "<template>xylo</template>", "<iframe>xylo</iframe>"])  # fmt: skip
def test_what_is_no_text_is_nowhere(no_text: str) -> None:
    assert "xylo" not in trialparse.parse(_page(no_text)).model_dump_json()


@pytest.mark.parametrize(("unclosed", "what"), [("<script>", "script"), ("<!-- ", "comment"), ('<p title="', "tag"),
                                                ("<style>", "style"), ("<iframe>", "iframe")])  # fmt: skip
def test_what_swallows_the_page_is_said(unclosed: str, what: str) -> None:
    source = _page(unclosed).replace('"', "") if what == "comment" else _page(unclosed)
    trial = trialparse.parse(source)
    (remark,) = [remark for remark in trial.diagnostics if remark.code == "unclosed_markup"]
    assert remark.message.startswith(f"a {what} ")
    assert remark.span is not None
    assert "Platelets" in source[remark.span.start : remark.span.end]
    assert remark.span.end == len(source)


@pytest.mark.parametrize("around", ["<nav>{}</nav>", "<div hidden>{}</div>", "<dialog>{}</dialog>"])
@pytest.mark.parametrize("text", ["&lt;b id=xylo&gt;", "&lt;xylo&gt;", "&lt;!-- xylo --&gt;", "a&lt;p&gt;xylo"])
@pytest.mark.parametrize("element", ["{}", "<p>{}</p>", "<textarea>{}</textarea>"])
def test_text_like_tags_is_text_also_of_what_stands_beside(around: str, element: str, text: str) -> None:
    written = around.format(element.format(text))
    page = html_page(Layer(_page(written)))
    assert [each.text.strip() for each in page.aside] == [html.unescape(text)]
    if "textarea" in element:
        page = html_page(Layer(_page(html.unescape(written))))
        assert [each.text.strip() for each in page.aside] == [html.unescape(text)]


def test_line_breaks_that_are_shown_stay() -> None:
    source = "<!doctype html><pre>Inclusion Criteria:\r\n* Age  over 18\n  - and under 80\n</pre>"
    assert html_readable(Layer(source)).text.split("\n")[:3] == [
        "Inclusion Criteria:", "* Age  over 18", "  - and under 80"
    ]  # fmt: skip


def test_places_hold_behind_every_kind_of_line_end() -> None:
    source = "<!doctype html>\r\n<p>a\r\nb &amp;\rc\U0001f600</p>\r<p>xylo</p>"
    readable = html_readable(Layer(source))
    at = readable.text.index("xylo")
    start, end = readable.span(at, at + 4)
    assert source[start:end] == "xylo"
    assert html_page(Layer("<!doctype html>")).aside == []


@pytest.mark.parametrize(
    ("markup", "markers"),
    [
        ("<ol start=3><li>Gout</li><li value=7>Consent</li><li>Adults</li></ol>", ["3.", "7.", "8."]),
        ("<ol type=a><li>Gout<li>Consent</ol>", ["a.", "b."]),
        ("<ol type='A'><li>Gout</li><li>Consent</li></ol>", ["A.", "B."]),
        ('<ol type="i" start="3"><li>Gout</li><li>Consent</li></ol>', ["iii.", "iv."]),
        ('<ol style="list-style-type: lower-alpha"><li>Gout</li><li>Consent</li></ol>', ["a.", "b."]),
        ('<ol style="list-style: none"><li>Gout</li><li>Consent</li></ol>', ["*", "*"]),
        ("<ol reversed><li>Gout</li><li>Consent</li></ol>", ["*", "*"]),
        ("<ol start=x><li value='?'>Gout</li><li>Consent</li></ol>", ["1.", "2."]),
        ("<ol type=i start=4000><li>Gout</li><li>Consent</li></ol>", ["4000.", "4001."]),
        ("<ul><li value=3>Gout</li><li>Consent</li></ul>", ["*", "*"]),
    ],
)
def test_items_have_the_numbers_that_their_list_says(markup: str, markers: list[str]) -> None:
    lines = html_readable(Layer(f"<p>Criteria:</p>{markup}")).text.splitlines()
    assert [line.split()[0] for line in lines if line.endswith(("Gout", "Consent", "Adults"))] == markers


@pytest.mark.parametrize("heading", ["<li><h3>Exclusion Criteria</h3>", "<h3><li>Exclusion Criteria", "<h3><li>Age"])
def test_a_heading_in_an_item_adds_no_sign(heading: str) -> None:
    page = f"<!doctype html><p>Inclusion Criteria:</p><li>Gout{heading}<li>Asthma"
    criteria = [criterion for _, criterion in trialparse.parse(page).eligibility.criteria()]
    assert [page[criterion.span.start : criterion.span.end] for criterion in criteria] == [
        each.text for each in criteria
    ]
