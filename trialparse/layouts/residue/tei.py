"""The XML that trafilatura writes, as HTML: the same elements under other names."""

from __future__ import annotations

import regex

from trialparse.text.layer import Layer

_SIGN = regex.compile(r"\s*+(?:<\?xml[^<>]*+>\s*+)?<(?:doc|TEI)[\s>]")
_TAG = regex.compile(
    r"(?P<open></?)(?P<name>head|list|item|row|cell|hi|ref|lb|quote|graphic)(?=[\s/>])(?P<rest>[^<>]*+>)"
)
_NAMES = {
    "head": "h2", "list": "ul", "item": "li", "row": "tr", "cell": "td", "hi": "b", "ref": "a", "lb": "br",
    "quote": "blockquote", "graphic": "img",
}  # fmt: skip
_RANK = regex.compile(r"rend=\"(h[1-6]|ol|ul)\"")


def is_tei(text: str) -> bool:
    """Whether a text is such a document."""
    return _SIGN.match(text) is not None


def as_html(source: Layer) -> Layer | None:
    """The document as HTML; None if the source is none."""
    if not is_tei(source.text):
        return None
    lists: list[str] = []

    def renamed(match: regex.Match[str]) -> str:
        name = _NAMES[match["name"]]
        opens = match["open"] == "<"
        if opens and (rank := _RANK.search(match["rest"])):
            name = rank[1]
        if match["name"] == "list" and opens:
            lists.append(name)
        elif match["name"] == "list" and lists:
            name = lists.pop()
        return f"{match['open']}{name}{match['rest']}"

    return source.replaced(_TAG, renamed)
