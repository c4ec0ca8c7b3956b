"""Line breaks and tags that came along with a field's text, and signs from the wrong encoding or font."""

from __future__ import annotations

import pytest

import trialparse
from trialparse.text.readable import make_readable

LIST = "Inclusion Criteria:|* Age over 18|* Able to swim|Exclusion Criteria:|* Fever"
BROKEN = {
    "a literal \\n": LIST.replace("|", r"\n"),
    "a literal \\r\\n": LIST.replace("|", r"\r\n\r\n"),
    "escaped twice": LIST.replace("|", r"\\n\\n"),
    "a literal \\n among line breaks": LIST.replace("|", "\\n").replace("\\nEx", "\nEx"),
    "tildes": LIST.replace("|", "~"),
    "doubled tildes": LIST.replace("|", "~~").replace("*", "1."),
    "tildes without bullets": LIST.replace("|", "~").replace("* ", "") + "~",
    "tildes between blanks": LIST.replace("|", " ~ "),
    "<br>": LIST.replace("|", "<br>"),
    "<br />": LIST.replace("|", "<BR /><br/>"),
    "escaped <br>": LIST.replace("|", "&lt;br&gt;"),
    "<p>": f"<p>{LIST.replace('|', '</p><p>')}</p>",
    "<li>": LIST.replace("|* ", "<li>").replace("|", "</ul>"),
    "tags with attributes": (
        '<p class="x"><strong>Inclusion Criteria:</strong></p><ol type="1"><li style="a: b">Age over 18</li>'
        "<li>Able to <i>swim</i></li></ol><p><u>Exclusion Criteria:</u></p><ol><li>Fever</li></ol>"
    ),
    "_x000D_": LIST.replace("|", "_x000D_\n_x000D_\n"),
    "_x000a_": LIST.replace("|", "_x000d__x000a_"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_line_breaks(case: str) -> None:
    found = trialparse.parse_criteria(BROKEN[case])
    assert [item.text for item in found.inclusion] == ["Age over 18", "Able to swim"]
    assert [item.text for item in found.exclusion] == ["Fever"]
    for item in (*found.inclusion, *found.exclusion):
        assert item.text.split()[0] in BROKEN[case][item.span.start : item.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "Weight of ~5 kg, height of ~1 m, ~20 teeth",
        "Scores of 0~2, ages 18~75",
        r"Files in C:\temp and D:\new\data",
        "Systolic < b and diastolic > p",
        "One ~ sign\nand ~ another",
        "a <b and c> d",
        "_x_ marks the spot; _x12_ does not",
    ],
)
def test_what_stays(text: str) -> None:
    assert make_readable(text, fragment=True).text == text


SIGNS = {
    "Windows-1252": "Platelets â‰¥ 100 Ã— 10^9/L",
    "Windows-1252 twice": "Platelets Ã¢â€°Â¥ 100 Ãƒâ€” 10^9/L",
    "Latin-1": "Platelets â\x89¥ 100 Ã\x97 10^9/L",
    "Latin-1 without control characters": "Platelets â¥ 100 × 10^9/L",
    "Mac Roman": "Platelets ‚â• 100 √ó 10^9/L",
    "Symbol": "Platelets \uf0b3 100 \uf0b4 10^9/L",
}


@pytest.mark.parametrize("case", SIGNS)
def test_signs(case: str) -> None:
    found = trialparse.parse_criteria(f"Inclusion Criteria:\n\n* {SIGNS[case]}")
    limit = found.inclusion[0].model_dump(mode="json")["requirement"]
    assert (limit["lower"]["value"], limit["lower"]["unit"]["ucum"]) == (100, "10*9/L")
    notes = [note for note in found.diagnostics if note.code == "sign_repaired"]
    assert notes
    for note in notes:
        assert note.span is not None
        start, end = note.span.start, note.span.end
        assert repr(f"\n\n* {SIGNS[case]}"[start - 19 : end - 19]) in note.message


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("ALT â‰¤ 3, 5 Â± 1 Âµg, 38 Â°C", "ALT ≤ 3, 5 ± 1 µg, 38 °C"),
        ("ALT â\x89¤ 3, 5 Â± 1 Âµg", "ALT ≤ 3, 5 ± 1 µg"),
        ("ALT ‚â§ 3, 5 ¬± 1 ¬µg", "ALT ≤ 3, 5 ± 1 µg"),
        ("ALT Ã¢â€°Â¤ 3, 5 Ã‚Â± 1 Ã‚Âµg", "ALT ≤ 3, 5 ± 1 µg"),
        ("ALT \uf0a3 3, 5 \uf0b1 1 \uf06dg, \uf062-HCG", "ALT ≤ 3, 5 ± 1 µg, β-HCG"),
        ("‚Äì 3 years ‚Äúold‚Äù", '– 3 years "old"'),
        ("Âge, château, maïs, Ñandú", "Âge, château, maïs, Ñandú"),
        ("‚Äpfel' √n ¬p", "‚Äpfel' √n ¬p"),
    ],
)
def test_repairs(source: str, read: str) -> None:
    assert make_readable(source).text == read
