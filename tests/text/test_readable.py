from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialparse.text.layer import Layer
from trialparse.text.readable import make_readable

PIECES = [
    "\\<", "\\\\", "\\^9", "\\a", "&lt;", "&amp;amp;ge;", "&#8805;", "&unknown;", "\r\n", "\r", "\u2028", "\t", "\x00",
    "\u00ad", "\ufeff", "≦", "˃", "＜", "μ", "µ", "\u00a0", "ﬁ", "㎡", "℃", "Ⅲ", "½", "1½", "10⁹", "m²", "⁻³", "\uf0b7",
    "a", "75", " ", "\n", "≥",
]  # fmt: skip
PAGES = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("source", "folded", "shown"),
    [
        (r"10\^9/L, fever\>38", "10^9/L, fever>38", "10^9/L, fever>38"),
        (r"\\< is a backslash and a sign", r"\< is a backslash and a sign", r"\< is a backslash and a sign"),
        (r"C:\temp", r"C:\temp", r"C:\temp"),
        ("a &lt; b &amp;amp;ge; c &nosuch; d", "a < b ≥ c &nosuch; d", "a < b ≥ c &nosuch; d"),
        ("≦ 5 ˃ 3 ＜ ２ ⩽ 1", "≤ 5 > 3 < 2 ≤ 1", "≦ 5 ˃ 3 ＜ ２ ⩽ 1"),
        ("5 μg and 5 µg", "5 µg and 5 µg", "5 μg and 5 µg"),
        ("75 × 10⁹/L, 1.73 m²", "75 × 10^9/L, 1.73 m^2", "75 × 10⁹/L, 1.73 m²"),
        ("10⁻³", "10^-3", "10⁻³"),
        ("38 ℃, 30 kg/㎡", "38 °C, 30 kg/m2", "38 ℃, 30 kg/㎡"),
        ("1½ years, ½ tablet", "1 1/2 years, 1/2 tablet", "1½ years, ½ tablet"),
        ("hemo\u00adglobin con\ufb01rmed", "hemoglobin confirmed", "hemo\u00adglobin con\ufb01rmed"),
        ("NYHA Ⅲ", "NYHA III", "NYHA Ⅲ"),
        ("a\ud800b", "a\ufffdb", "a\ufffdb"),
        ("\uf0b7 item", "• item", "\uf0b7 item"),
        ("WBC â‰¥ 3 Ã— 10^9/L Â± 1", "WBC ≥ 3 × 10^9/L ± 1", "WBC â‰¥ 3 Ã— 10^9/L Â± 1"),
        ("Âge, château", "Âge, château", "Âge, château"),
    ],
)
def test_folding(source: str, folded: str, shown: str) -> None:
    readable = make_readable(source)
    assert readable.text == folded
    assert readable.show(0, len(folded)) == shown


def test_span_leads_home() -> None:
    source = "Count \\< 75 ×\u00a010⁹/L&lt;br"
    readable = make_readable(source)
    for needle, home in (("<", "\\<"), ("× 10^9/L", "×\u00a010⁹/L"), ("^9", "⁹"), ("<br", "&lt;br")):
        start = readable.text.index(needle, 7 if needle == "<br" else 0)
        begin, end = readable.span(start, start + len(needle))
        assert source[begin:end] == home


def test_line_ends_and_white_space() -> None:
    readable = make_readable("one\r\ntwo\rthree\u2028four\x0cfive  \t six")
    assert readable.text == "one\ntwo\nthree\nfour\nfive    six"
    assert readable.show(0, len(readable.text)) == "one two three four five six"
    assert readable.show_lines(0, 7) == "one\ntwo"


def test_layer_over_an_inner_string() -> None:
    """The value of a JSON string is a layer of its own; spans lead through it to the outer text."""
    outer = Layer(r'{"a": "x \u2265 5"}')
    value = outer.edited([(0, 7, ""), (9, 15, "≥"), (17, 19, "")])
    readable = make_readable(value)
    assert readable.text == "x ≥ 5"
    begin, end = readable.span(2, 3)
    assert outer.text[begin:end] == r"\u2265"


@given(PAGES)
def test_offsets_lead_home_in_order(source: str) -> None:
    readable = make_readable(source)
    before = 0
    for at in range(len(readable.text)):
        start, end = readable.span(at, at + 1)
        assert before <= start < end <= len(source)
        before = start


@given(PAGES, st.data())
def test_slices_fold_like_the_whole(source: str, data: st.DataObject) -> None:
    """Characters that no step touches come back as themselves."""
    readable = make_readable(source)
    if readable.text:
        at = data.draw(st.integers(0, len(readable.text) - 1))
        start, end = readable.span(at, at + 1)
        if end - start == 1 and source[start].isascii() and source[start].isalnum():
            assert readable.text[at] == source[start]
            assert readable.show(at, at + 1) == source[start]
