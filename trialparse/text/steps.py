"""The ordered steps from a scraped string to readable text. Each is a small named function from layer to layer.

`DISPLAY` steps undo the transport (line ends, CommonMark escapes, HTML entities): their text is what a reader sees.
`FOLD` steps then bring look-alike characters to one form for the patterns; folded text is never shown.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from html.entities import html5
from re import Match

from trialparse.text.layer import Layer

Step = Callable[[Layer], Layer]

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# CommonMark 2.4: a backslash before ASCII punctuation; one pass from the left, so that `\\` gives one backslash
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# chains such as &amp;amp;gt; occur where a record went through several exports
_ENTITY = re.compile(r"&(?:amp;){0,12}(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,30});")
_ENUMERATION = re.compile(
    r"(?m)^([ \t]*[(（]?(?:\d{1,2}|[一二三四五六七八九十]))、|(?<=[\s;；。，])(\d{1,2})、(?=[^\W\d])"
)
_INVISIBLE = re.compile(r"[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]+")
_SUPERSCRIPT = re.compile(r"(?:(?<=[\w)\]\u2070-\u209C])|(?<=\b10 ))[⁺⁻]?[⁰¹²³⁴-⁹]+")
# <sup> and <sub> that outlived their page; what is raised is an exponent if it is a number
_SCRIPT = re.compile(r"\s?<su([bp])>\s?([^<>\s]{1,12})\s?</su[bp]>", re.IGNORECASE)
_FRACTION = re.compile(r"([0-9]?)([¼½¾⅐-⅞])")
_COMPOUND = re.compile("[\u2103\u2109\u2160-\u217f\u3371-\u33df\ufb00-\ufb06]")

# single characters without which a pattern finds nothing: to look for each of them is far quicker
_END, _PART, _RAISED = "\r\x0b\x0c\x85\u2028\u2029", "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞", "¹²³⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻"


def _replaced(layer: Layer, signs: str, pattern: re.Pattern[str], replace: Callable[[Match[str]], str]) -> Layer:
    return layer.replaced(pattern, replace) if any(map(layer.text.__contains__, signs)) else layer


def unify_line_ends(layer: Layer) -> Layer:
    """CRLF, CR, form feeds and Unicode line separators become a line feed."""
    return _replaced(layer, _END, _LINE_END, lambda _: "\n")


def resolve_escapes(layer: Layer) -> Layer:
    r"""Backslash escapes: `\\<`, `\\^`, `\\*` as ClinicalTrials.gov writes them."""
    if "\\" not in layer.text:
        return layer
    return layer.replaced(_ESCAPE, lambda match: match[1])


def resolve_entities(layer: Layer) -> Layer:
    """HTML entities, also chained ones; an unknown name stays as it is."""
    return layer.replaced(_ENTITY, _entity) if "&" in layer.text else layer


def _entity(match: Match[str]) -> str:
    text: str = match.group()
    while text.startswith("&amp;") and len(text) > 5:
        text = "&" + text[5:]
    return html.unescape(text) if text[1] == "#" or text[1:] in html5 else match.group()


def drop_invisible(layer: Layer) -> Layer:
    """Soft hyphens, zero-width characters, direction marks and byte-order marks."""
    return layer.replaced(_INVISIBLE, lambda _: "")


def mark_enumerations(layer: Layer) -> Layer:
    """The comma of Chinese and Japanese lists behind a number numbers an item: `1、adults`, `一、adults`."""
    if "、" not in layer.text:
        return layer
    return layer.replaced(_ENUMERATION, lambda match: _in_digits(match.group()[:-1]) + ".")


def _in_digits(number: str) -> str:
    last = number[-1]
    return number if last.isascii() else f"{number[:-1]}{unicodedata.numeric(last):.0f}"


def unify_look_alikes(layer: Layer) -> Layer:
    """One character for all that look the same; offsets stay."""
    return layer.exchanged(_LOOK_ALIKE, LOOK_ALIKES)


def expand_compounds(layer: Layer) -> Layer:
    """Ligatures, Roman numeral characters and squared units by their compatibility form; ㎡ gives m2."""
    return layer.replaced(_COMPOUND, lambda match: unicodedata.normalize("NFKD", match.group()))


def expand_fractions(layer: Layer) -> Layer:
    """½ becomes 1/2, and 1½ becomes 1 1/2."""

    def spell(match: Match[str]) -> str:
        parts = unicodedata.normalize("NFKD", match[2]).replace("\u2044", "/")
        return f"{match[1]} {parts}" if match[1] else parts

    return _replaced(layer, _PART, _FRACTION, spell)


def resolve_script_tags(layer: Layer) -> Layer:
    """`10<sup>9</sup>` becomes 10^9 and `HbA<sub>1c</sub>` HbA1c, in text that is no HTML as a whole."""

    def lower(match: Match[str]) -> str:
        raised = match[1] in "pP" and match[2].lstrip("+-").isdigit()
        return f"^{match[2]}" if raised else match[2]

    return layer.replaced(_SCRIPT, lower) if any(sign in layer.text for sign in ("</su", "</SU")) else layer


def expand_superscripts(layer: Layer) -> Layer:
    """10⁹ becomes 10^9 and m² becomes m^2."""

    def lower(match: Match[str]) -> str:
        return "^" + unicodedata.normalize("NFKD", match.group()).replace("\u2212", "-")

    return _replaced(layer, _RAISED, _SUPERSCRIPT, lower)


def _look_alikes() -> dict[str, str]:
    same = {
        " ": "\t\x00\x1f\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))),
        "<": "˂‹﹤",
        ">": "˃›﹥",
        "≤": "≦⩽≲⪕⋜",
        "≥": "≧⩾≳⪖⋝",
        "µ": "μ",
        "-": "\u2010\u2011\u2012\u2212\u02d7",
        "~": "∼˜〜",
        "×": "✕✖⨯╳",
        "'": "’‘ʼ′´",
        '"': "“”„″",
        "°": "º˚",
        "/": "⁄∕",
        "•": "\uf0b7\uf0a7\uf0d8\uf076\uf0a8\uf0fc\uf02d\uf0b0",
        ",": "、",
        ".": "。",
    }
    table = {odd: plain for plain, odds in same.items() for odd in odds}
    table.update({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})  # full-width ASCII
    return table


LOOK_ALIKES = _look_alikes()
_LOOK_ALIKE = re.compile(f"[{re.escape(''.join(LOOK_ALIKES))}]")  # ten times as fast as str.translate with a dict

DISPLAY: tuple[Step, ...] = (unify_line_ends, resolve_escapes, resolve_entities)
ASCII_SIGNS = ("\t", "\x00", "</su", "</SU")
"""What there is to fold in ASCII."""
FOLD: tuple[Step, ...] = (
    resolve_script_tags,
    drop_invisible,
    expand_compounds,  # before the look-alikes: ㎕ holds a Greek mu
    mark_enumerations,
    unify_look_alikes,
    expand_fractions,
    expand_superscripts,
)
