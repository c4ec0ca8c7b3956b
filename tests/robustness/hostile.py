"""Hostile texts of any length: what a short piece becomes when it is repeated, and shapes that grow in other ways."""

from __future__ import annotations

from collections.abc import Callable

PREFIXES = {
    "bare": "",
    "criteria": "Inclusion Criteria:\n* platelets ",
    "page": "NCT99000001\nInclusion Criteria:\n* platelets ≥ 75 ",
}
"""What a repeated piece stands behind, so that each stage gets to see it."""

LOOK_BACK = {
    "limits with what each is for": "and ≥ 3 × ULN for stroke ",
    "absences": "no stroke for at least 3 weeks or ",
    "denials in the midst": "stroke that is not stable for 3 weeks, ",
    "events with a time each": "stroke within 3 weeks, ",
    "permissions with if": "patients may be eligible if well, ",
    "people of some age": "smokers aged 18-60 and ",
    "names of spans": "use interval > 3 d and ",
    "numbers dealt out": "ALT, AST < 3, 5 respectively, ",
    "times beside limits": "x for 3 d, ALT > 3, ",
}
"""Of the pieces, those for which words that stand before them are looked for."""

PIECES = LOOK_BACK | {
    "word": "word ",
    "letters": "a",
    "digits": "1",
    "points": "1.",
    "commas": "1,",
    "groups of three": "100 ",
    "hyphens": "-",
    "words with hyphens": "non-",
    "dates": "2020-01-",
    "spaces": " ",
    "tabs": "\t",
    "no-break spaces": "\u00a0",
    "blank lines": "\n",
    "carriage returns": "\r",
    "line ends": "\r\n \r",
    "blank bullets": "*\n",
    "bullets": "* item\n",
    "numbered": "1. item\n",
    "lettered": "a) item b) ",
    "lead-ins": "* item:\n",
    "paragraphs": "Patients must be well.\n\n",
    "headings": "Exclusion Criteria: x. Inclusion Criteria: ",
    "heading words": "inclusion ",
    "stems": "criteria ",
    "labels": "Age: 18\nSex: All\n",
    "ids": "NCT99000001 ",
    "colons": ": ",
    "bars": "| ",
    "rows of bars": "|a|b|\n",
    "boxes": "│ a │ b │\n├───┼───┤\n",
    "rows of criteria": "| Inclusion criteria | x |\n|a|b|\n",
    "drawn rows of criteria": "Inclusion criteria      a value of it\n                        and more\n",
    "criteria side by side": "Inclusion criteria      Exclusion criteria\n* a value of it         * and more\n",
    "print footers": "* item\n\n11/27/26, 9:12 PM  A page\n\nhttps://x.example/a  2/99\n\n",
    "running heads": "* item\n\nPage 3 of 99\nMock Pharma\n\n",
    "previews": "* an item of so many words that its beginning may be a preview of it ...\n",
    "two languages": "纳入标准：\n1. 模\nInclusion criteria\n1. a\n",
    "vectors of R": 'criteria = c("a", "b"), ',
    "round brackets": "(",
    "closing brackets": ")",
    "bracket pairs": "(())",
    "square brackets": "[",
    "brackets with limits": "(ALT > 3 ",
    "closed brackets with limits": "(ALT > 3) ",
    "comparators": "≥",
    "spaced comparators": "> < ",
    "words of comparison": "less than or ",
    "limits": "ALT ≤ 3 × ULN ",
    "bare limits": "≥ 3 ",
    "limits with or": "ALT ≤ 3 or ",
    "quotients of measures": "FEV1/FVC < 1 ",
    "opposed sides": "ALT < 1 and > 3 ",
    "limits with and": "ALT ≤ 3 and ",
    "limits with comma": "ALT ≤ 3, ",
    "limits with stop": "ALT ≤ 3. ",
    "limits with semicolon": "ALT ≤ 3; ",
    "ranges": "3 to ",
    "ranges of one measure": "platelets ≥ 3 and ≤ ",
    "between": "between 3 and ",
    "measures": "ALT ",
    "measures with or": "ALT or ",
    "measures with comma": "ALT, ",
    "measures with slash": "AST/",
    "units": "mg/dL ",
    "quotients": "/dL",
    "powers": "10^9 ",
    "times": "x 10 ",
    "number words": "twenty ",
    "scales": "ECOG ",
    "grades": "grade 3 ",
    "Roman": "III ",
    "Roman ranges": "I-III ",
    "pressures": "140/90 ",
    "ages": "18 years old ",
    "windows": "within 28 days before ",
    "anchors": "within 28 days of the last dose of any drug and ",
    "times with or": "28 days or ",
    "past": "in the past ",
    "not": "not ",
    "no": "no ",
    "or": "or ",
    "and": "and ",
    "if": "if ",
    "unless": "unless ",
    "except": "except for ",
    "conditions": "if ALT > 3 ",
    "conditions with stop": "if ALT > 3, ",
    "conditions in brackets": "(if ALT > 3) ",
    "with": "with ",
    "for": "for ",
    "men and women": "for men and for women ",
    "limits by sex": "≥ 9 for men, ≥ 8 for women, ",
    "may": "patients with cancer may have ",
    "of the following": "any of the following ",
    "combining marks": "e\u0301",
    "only marks": "\u0301",
    "soft hyphens": "a\u00ad",
    "zero width": "\u200b",
    "superscripts": "10⁹",
    "fractions": "1½",
    "ligatures": "ﬁ",
    "full width": "１０",
    "surrogates": "\ud800",
    "NULs": "\x00",
    "backslashes": "\\",
    "escapes": "\\* \\<",
    "entities": "&amp;",
    "entity starts": "&#",
    "quotes": '"',
    "apostrophes": "a'",
    "dotted capitals": "İ",
    "sharp s": "ß",
    "emoji": "👩\u200d👩\u200d👧",
    "right to left": "\u202eabc",
    "Chinese": "标准",
    "tags": "<b>",
    "tag starts": "<a ",
    "attributes": '<a b="',
    "closing tags": "</p>",
    "comments": "<!--",
    "declarations": "<!",
    "table cells": "<td>ALT</td>",
    "braces": "{",
    "objects": '{"a":',
    "arrays": "[[",
    "strings": '"a",',
    "keys": '"protocolSection":{"identificationModule":',
    "studies": "<clinical_study>",
    "instructions": "<?x ?>",
    "CSV": '"a","b"\n',
}
"""Short pieces, to be repeated."""


def _indented(size: int) -> str:
    rows: list[str] = []
    total = 0
    while total < size:
        rows.append(" " * (len(rows) % 700) + "* item\n")
        total += len(rows[-1])
    return "".join(rows)


def _page(piece: str) -> Callable[[int], str]:
    """A page of HTML that is a piece again and again."""
    return lambda size: "<!doctype html>" + piece * (size // len(piece) + 1)


def _nested(opening: str, closing: str) -> Callable[[int], str]:
    return lambda size: (
        opening * (size // len(opening + closing)) + "ALT > 3" + closing * (size // len(opening + closing))
    )


SHAPES: dict[str, Callable[[int], str]] = {
    "indents": _indented,
    "brackets around a limit": _nested("(", ")"),
    "brackets with conditions": _nested("(if ALT > 3 ", ")"),
    "brackets with denials": _nested("not (AST > 3 or ", ")"),
    "JSON objects": _nested('{"protocolSection":', "}"),
    "JSON arrays": _nested("[", "]"),
    "XML elements": _nested("<clinical_study>", "</clinical_study>"),
    "HTML elements": _nested("<div>", "</div>"),
    "HTML lists": lambda size: "<!doctype html>" + _nested("<ul><li>x", "</li></ul>")(size),
    "a JSON string": lambda size: '{"protocolSection": {"identificationModule": {"briefTitle": "' + "\\n" * (size // 2),
    "an XML text": lambda size: "<clinical_study><eligibility><criteria><textblock>" + "&gt;" * (size // 4),
    "an HTML text": lambda size: "<!doctype html><p>" + "&gt; " * (size // 5),
    "an HTML comment": lambda size: "<!doctype html>" + "<!-- x " * (size // 7),
    "HTML attributes": lambda size: "<!doctype html><p " + "a='b\" " * (size // 6),
    "numbered in one line": lambda size: " ".join(f"{n}. item" for n in range(1, max(2, size // 10))),
    "numbered lines": lambda size: "\n".join(f"{n}. item" for n in range(1, max(2, size // 10))),
    "numbered by levels": lambda size: "\n".join(f"1.{n}.{n} item" for n in range(1, max(2, size // 16))),
    "a limit at the end": lambda size: "word " * (size // 5) + "ALT ≤ 3",
    "a limit at each end": lambda size: "ALT ≤ 3 " + "word " * (size // 5) + "≤ 3 × ULN",
    "measures and a limit": lambda size: "ALT or " * (size // 7) + "≤ 3 × ULN",
    "brackets and a limit": lambda size: "ALT " + "(word) " * (size // 7) + "≤ 3 × ULN",
}
"""Texts that are no mere repetition, by about how many characters they should have."""

MARKUP: dict[str, Callable[[int], str]] = {
    "attributes that may hide": lambda size: "<!doctype html><b " + "style=x " * (size // 8) + ">x",
    "attributes that may part": lambda size: "<!doctype html><b " + "class=x " * (size // 8) + ">x",
    "raised in raised": _page("<sup>1"),
    "raised beside": _page("x<sup>1</sup>"),
    "raised around a long text": lambda size: "<!doctype html>" + "<sup>" * (size // 10) + "x" * (size // 2),
    "navigation left open": _page("<nav>x"),
    "without scripts left open": _page("<noscript>x"),
    "struck": _page("<s>x"),
    "hidden": _page("<p hidden>x"),
    "titles in raised": _page("<s><title><x>"),
    "cells": _page("<table><tr><td>x"),
    "formatting over blocks": _page("<b><a><div></b>x"),
    "pictures": _page("<svg><title>x"),
    "elements": SHAPES["HTML elements"],
    "lists": SHAPES["HTML lists"],
    "comments": SHAPES["an HTML comment"],
    "attributes": SHAPES["HTML attributes"],
    "references": SHAPES["an HTML text"],
}
"""Pages whose markup nests, repeats and leaves open what it can, in the same way."""


def texts(size: int) -> dict[str, str]:
    """Every hostile text with about `size` characters, by name."""
    made = {
        f"{name}, {prefix}": start + (piece * (size // len(piece) + 1))[:size]
        for name, piece in PIECES.items()
        for prefix, start in PREFIXES.items()
    }
    return made | {name: shape(size) for name, shape in SHAPES.items()}
