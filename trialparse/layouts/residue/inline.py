r"""Marks of other formats inside a line: tags, links, emphasis, raised numbers. Each step takes one kind out.

`10<sup>9</sup>/L`, `[upper limit of normal](/uln)`, `**Platelets**`, `10^{9}`: what is left of a page's markup in the
texts that extractors make of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from trialparse.layouts.markup import FOOTNOTE
from trialparse.layouts.page import label_key
from trialparse.layouts.residue.dress import is_heading
from trialparse.layouts.residue.edits import around, taken_out
from trialparse.lexicon.fields import labels
from trialparse.lexicon.headings import headings
from trialparse.lexicon.measures import by_synonym
from trialparse.text.layer import Edit, Layer

_COMMENT, _COMMENT_END = "<!--", regex.compile("--!?>")
_STRUCK_TAG = regex.compile(r"<(?P<tag>del|s|strike)>[^<>]{0,500}+</(?P=tag)>", regex.IGNORECASE)
_STRUCK = regex.compile(
    r"(?:(?<=\n)[ \t]*+[-*•][ \t]++(?=~~[^~\n]++~~[ \t]*+(?:\n|\Z)))?+"  # the bullet of a line of nothing else
    r"(?<![^\s*_])~~(?!\s)[^~\n]{1,300}+(?<!\s)~~(?=[\s.,;:)]|\Z)"
)
"""Struck in Markdown; pairs of tildes that stand for line breaks have words right before and behind them."""
_BREAK = regex.compile(r"<br\s*+/?\s*+>|</?(?:p|div|li|ul|ol|tr|h[1-6]|details|summary)(?: open)?>", regex.IGNORECASE)
_RAISED_TAG = regex.compile(r"(?P<base>[\dm])?(?P<gap>[ ]?+)<sup>\s*+(?P<text>[^<>\n]{0,12}+)</sup>", regex.IGNORECASE)
_TAG = regex.compile(
    r"</?(?:abbr|b|big|em|font|i|ins|mark|small|span|strong|sub|sup|u|a)(?:\s[^<>\n]{0,300}+)?/?>", regex.IGNORECASE
)
_POWER = regex.compile(r"[-\u2212+]?\d{1,2}+")

_RAISED = regex.compile(
    r"""
      \$ (?P<base>10|m) \^ \{? (?P<text>-?\d{1,2}) \}? \$             # $10^9$
    | (?<=10|m) \^ \{ (?P<text>-?\d{1,2}) \}                          # 10^{9}
    | (?<=10|m) \^ (?P<text>-?\d{1,2}) \^ (?![\w^])                   # 10^9^
    | \\? [ ]?+ :sup:` (?P<text>[^`\n]{1,8}+) ` (?:\\[ ])?            # 10\ :sup:`9`/L
    | (?<=10)[ ](?P<sign>[⁺⁻]?[⁰¹²³⁴-⁹]{1,2}+)                        # 10 ⁹/L
    """,
    regex.VERBOSE,
)
_MARKED, _SET_APART = re.compile(r"\^(?:\{|-?\d{1,2}[\^$])"), re.compile("10 [⁺⁻⁰¹²³⁴-⁹]")
"""What stands in the first three of these, and in the last one, but not in a plain 10^9."""
_LOWERED = regex.compile(
    r"""
      (?<=[x×*][ ]?10) (?:[ \t]*+\n[ \t]*+|[ ]) (?P<text>\d{1,2}) (?:[ \t]*+\n[ \t]*+|[ ]) (?=/)   # x 10⏎9⏎/L
    | (?<=/[cmd]?m|\d\ ?m) [ \t]*+\n[ \t]*+ (?P<text>[23]) (?: [ \t]*+\n[ \t]*+ (?=[/),;a-z]) | (?=[ \t]*+(?:\n|\Z)) )
    """,
    regex.VERBOSE,
)
"""A raised number that an extractor gave a line of its own, or set apart by spaces: it comes back behind its base."""
_ABOVE = regex.compile(r"^[ \t]*+(?P<raised>\d{1,2}(?:[ \t]++\d{1,2}){0,3})[ \t]*+\n(?P<line>[^\n]++)", regex.MULTILINE)
_HOLE = regex.compile(r"(?<=[x×*] ?10)[ ]++(?=/)")
_APART, _ALONE = re.compile(r"10\s++\d{1,2}\s++/"), re.compile(r"\n[ \t]*+\d[\d \t]*+$", re.MULTILINE)
"""A number between a base and its unit, and a line of numbers: without these no power stands apart."""

_CUT_LIMIT = regex.compile(
    r"(?<=(?<![^\n])[ \t]{0,20}\p{Lu}[^\n:;.\d<>≤≥*-]{0,60})\n[ \t]*+(?=[<>≤≥]=?[ \t]*+(?:\n|\d))"  # Platelets⏎≥ 100
)
_CUT_RANGE = regex.compile(
    r"(?<=(?<![^\n])[ \t]{0,20}(?P<name>\p{L}[^\n:;,.\d<>≤≥*-]{1,40}))\n[ \t]*+"
    r"(?=\d{1,3}(?:\s?(?:[-–,]|to|or|and)\s?\d{1,3}){1,4}+[ \t]*+(?:\n|\Z))"  # ECOG⏎0 or 1
)
_RANGED = re.compile(r"\n[ \t]*+\d{1,3}\s?(?:[-–,]|to|or|and)")
_COMPARED = re.compile(r"\n[ \t]*+[<>≤≥]")
_IMAGE = regex.compile(r"!\[[^\[\]\n]{0,300}+\]\([^()\n]{0,500}+\)")
_LINK = regex.compile(
    r"\[(?P<text>[^\[\]\n]{1,300}+)\](?:\((?:[^()\s]|\([^()\s]{0,200}+\)){0,500}+(?:\s\"[^\"\n]{0,200}+\")?\)|\[\w{0,40}\])"
)
_BETWEEN_LINKS = regex.compile(r"(?<=\]\([^()\s]{0,300}\))[ \t]++(?=\[[^\[\]\n]{1,300}+\]\()")
_RST_LINK = regex.compile(r"`(?P<text>[^`<>\n]{0,300}[^\s`<>])\s<[^<>\s]{1,500}+>`__?")
_REFERENCE = regex.compile(r"(?<![\w\]])\[\d{1,3}\](?=\d|\p{L}{2})(?!\p{Lu}\p{Ll}?(?![\p{Lu}\p{Ll}]))")
"""Number of a link as text browsers print it before its words; `[18]F-FDG` is none."""
_JOINED_WORDS = regex.compile(
    r"(?<![\w/.:])(?=\w{0,200}_(?:and|for|in|of|or|the|to|with)_)\p{L}++(?:_\p{L}++){2,}+(?![\w/.])", regex.IGNORECASE
)
"""`upper_limit_of_normal`, words of a link; `org_study_id` is a name."""
_EMPHASIS = regex.compile(
    r"(?<![\w*\\])(?P<stars>\*{1,3}+)(?P<text>[^\s*](?:[^*\n]{0,300}+(?<=[^\s\\]))?)(?P=stars)(?![\w*])"
    r"|(?<![\w\\])(?P<lines>_{1,2}+)(?!x[\dA-Fa-f]{4}_)(?P<text>[^\s_](?:[^_\n]{0,300}+(?<=[^\s\\]))?)(?P=lines)(?!\w)"
)
_HARD_BREAK = regex.compile(r"(?<=\S)\\(?=\n)")


def drop_tags(layer: Layer) -> Layer:
    """Tags that an extractor kept, what it kept of struck text, and comments of Markdown."""
    if "<" in layer.text:
        layer = layer.replaced(_BREAK, lambda _: "\n").replaced(_RAISED_TAG, _raised)
        layer = taken_out(layer, _comments(layer.text))
        for pattern in (_STRUCK_TAG, _TAG):
            layer = taken_out(layer, (match.span() for match in pattern.finditer(layer.text)))
    if "~~" in layer.text and "\n" in layer.text.strip():
        layer = taken_out(layer, (match.span() for match in _STRUCK.finditer(layer.text) if not _is_heading(match)))
    return layer


def _is_heading(match: regex.Match[str]) -> bool:
    """Whether struck text is the heading of a section, without which what follows would stand in another one."""
    low = match.group().lower()
    return headings().find(low, 0, len(low)) is not None


def comments(layer: Layer) -> list[tuple[int, int]]:
    """Where comments stand that say something, and will be dropped."""
    return [(start, end) for start, end in _comments(layer.text) if any(map(str.isalnum, layer.text[start:end]))]


def struck_texts(layer: Layer) -> list[tuple[int, int]]:
    """Where text stands that is struck out, and will be dropped."""
    text = layer.text
    patterns = [_STRUCK_TAG] if "<" in text else []
    patterns += [_STRUCK] if "~~" in text and "\n" in text.strip() else []
    found = (match for pattern in patterns for match in pattern.finditer(text) if not _is_heading(match))
    return sorted(match.span() for match in found)


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find(_COMMENT)
    while start >= 0 and (close := _COMMENT_END.search(text, start + 2)):
        yield start, close.end()
        start = text.find(_COMMENT, close.end())


def _raised(match: regex.Match[str]) -> str:
    """`10<sup>9</sup>`; behind anything but a base it may be a footnote's mark, and whatever is longer stays."""
    base, text = match["base"] or "", match["text"].strip()
    if base and _POWER.fullmatch(text):
        return f"{base}^{text}"
    return base if FOOTNOTE.fullmatch(text) else base + match["gap"] + text


def raise_powers(layer: Layer) -> Layer:
    """Powers in the notations of TeX, pandoc and reStructuredText, as `10^9`."""
    text = layer.text
    if ":sup:" in text or _MARKED.search(text) or _SET_APART.search(text):
        layer = layer.replaced(_RAISED, lambda match: match["sign"] or f"{match['base'] or ''}^{match['text']}")
    return layer


def join_powers(layer: Layer) -> Layer:
    """Powers that stand apart from their base, on lines of their own or one line above."""
    if not (_APART.search(layer.text) or _ALONE.search("\n" + layer.text)):
        return layer
    layer = layer.replaced(_LOWERED, lambda match: str(match["text"]))
    edits: list[Edit] = []
    for match in _ABOVE.finditer(layer.text):
        numbers = match["raised"].split()
        holes = list(_HOLE.finditer(layer.text, *match.span("line")))
        if len(holes) == len(numbers):
            edits.append((match.start(), match.start("line"), ""))
            edits += [(*hole.span(), number) for hole, number in zip(holes, numbers, strict=True)]
    return layer.edited(edits)


def join_limits(layer: Layer) -> Layer:
    """A limit that an extractor cut at its emphasis, before the comparator, or behind the name of a measure.

    Criteria go on behind a comparator by themselves.
    """

    def joined(match: regex.Match[str]) -> str:
        start = layer.text.rfind("\n", 0, match.start()) + 1
        return match.group() if is_heading(layer.text[start : match.start()]) else " "

    def named(match: regex.Match[str]) -> str:
        name = match["name"].strip()
        return " " if name.casefold() in by_synonym() and not is_heading(name) else match.group()

    layer = layer.replaced(_CUT_RANGE, named) if _RANGED.search(layer.text) else layer
    return layer.replaced(_CUT_LIMIT, joined) if _COMPARED.search(layer.text) else layer


def drop_links(layer: Layer) -> Layer:
    """The targets of links; their words stay. Links in a row with nothing between them are items of a list."""
    text = layer.text
    if "](" in text or "][" in text:
        layer = layer.replaced(_BETWEEN_LINKS, lambda _: " | ")
        layer = taken_out(layer, (match.span() for match in _IMAGE.finditer(layer.text)))
        layer = taken_out(layer, around(_LINK, layer.text))
    if "`" in text:
        layer = taken_out(layer, around(_RST_LINK, layer.text))
    if "[" in text:
        layer = taken_out(layer, (match.span() for match in _REFERENCE.finditer(layer.text)))
    return layer


def drop_emphasis(layer: Layer) -> Layer:
    """Stars and lines around words, lines between the words of a link, and backslashes at the ends of lines."""
    text = layer.text
    if "\\\n" in text:
        layer = layer.replaced(_HARD_BREAK, lambda _: "")
    if "_" in text:
        layer = layer.replaced(_JOINED_WORDS, lambda match: match.group().replace("_", " "))
    if "*" in text or "_" in text:
        layer = taken_out(layer, around(_EMPHASIS, layer.text, _parts_label))
    return layer


_REMARK = regex.compile(r"(?<=\w)\s\([^()]{1,40}\)$")


def _parts_label(match: regex.Match[str]) -> bool:
    """Whether the stars part a label from its value, behind it on the line."""
    inner = _REMARK.sub("", str(match["text"]))
    behind = match.string[match.end() : match.end() + 2]
    return bool(behind[:1] == " " and behind[1:].strip() and label_key(inner) in labels() and not inner.endswith(":"))
