"""Changes to a criteria text that must leave what it says unchanged.

`python -m tests.robustness.metamorphic` applies each to the whole shared corpus and counts where it does not.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import regex

import trialparse
from tests.conftest import SHARED
from trialparse.criteria.lines import read_lines
from trialparse.criteria.markers import read_marker
from trialparse.criteria.wraps import Page
from trialparse.models.eligibility import Eligibility
from trialparse.text.readable import make_readable

Tree = list[Any]
_ESCAPE = regex.compile(r"\\([!-/:-@\[-`{-~])")
_BULLET = regex.compile(r"^([ \t]*+)\*(?=[ \t])", regex.MULTILINE)
_HYPHEN = regex.compile(r"(?<!\S)-")
"""What a bullet of hyphens could be taken for or with."""
_HANGING = regex.compile(r" *+(?:[*•-] ++|\d{1,2}[.)] ++)?")
_WIDTH = 79


def tree(eligibility: Eligibility) -> Tree:
    """What a reader would say the criteria are: nesting, words and limits, without places and glyphs."""
    sections = (eligibility.inclusion, eligibility.exclusion, eligibility.other)
    return [[_node(node.model_dump(mode="json")) for node in section] for section in sections]


def _node(node: dict[str, Any]) -> Any:
    return [_plain(node["text"]), node["combine"], node["minimum"], node["heading"], _bare(node["requirement"])] + [
        _node(child) for child in node["children"]
    ]


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items() if key != "span"}
    return (
        [_bare(part) for part in value]
        if isinstance(value, list)
        else _plain(value)
        if isinstance(value, str)
        else value
    )


def _plain(text: str) -> str:
    return " ".join(text.replace("\ufeff", "").split())


def unescaped(text: str) -> str:
    """As a browser shows it; escapes that keep a character from being a list marker stay."""
    return _ESCAPE.sub(lambda match: match.group() if match[1] in "*-+.)#\\&" else match[1], text)


def rewrapped(text: str) -> str:
    """Long lines broken at spaces, with the indent of their text; as it is if a line would then begin like an item."""
    out = []
    for line in unescaped(text).split("\n"):
        hang = _HANGING.match(line).end()  # type: ignore[union-attr]  # it matches nothing as well
        while len(line) > _WIDTH and (at := line.rfind(" ", hang + 1, _WIDTH)) > 0:
            if read_marker(line, at + 1, len(line)):
                return text
            out.append(line[:at])
            line = " " * hang + line[at + 1 :]
        out.append(line)
    return "\n".join(out)


def indented(text: str) -> str:
    """Twice the indent, and the texts behind markers at twice their columns."""
    out = []
    for line in text.split("\n"):
        body = line.lstrip(" ")
        indent = len(line) - len(body)
        marker = read_marker(body, 0, len(body)) if body.strip() else None
        gap = len(body) - len(body[marker.end :].lstrip(" ")) if marker else 0
        out.append(" " * 2 * indent + (body[:gap] + " " * gap if gap else "") + body[gap:])
    return "\n".join(out)


def is_wrapped(text: str) -> bool:
    """Whether the text comes with line breaks for the eye alone; to indent or wrap it anew makes another text of it."""
    return Page(text, read_lines(text, 0, len(text))).width > 0


def in_lines(text: str) -> str:
    """The text with the lines that the tildes or tags of a field on one line stand for; these nobody wraps."""
    readable = make_readable(text, fragment=True).text
    return text if readable.count("\n") == text.count("\n") else readable


CHANGES: dict[str, Callable[[str], str]] = {
    "blank lines around": lambda text: f"\n\n{text}\n\n\n",
    "more blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "byte-order mark": lambda text: "\ufeff" + text,
    "trailing blanks": lambda text: text.replace("\n", "  \n"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "un-escaped": unescaped,
    "entities": lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
    "dots for bullets": lambda text: text if "•" in text else _BULLET.sub(r"\1•", text),
    "hyphens for bullets": lambda text: text if _HYPHEN.search(text) else _BULLET.sub(r"\1-", text),
    "twice the indent": indented,
    "all indented": lambda text: "    " + text.replace("\n", "\n    "),
    "re-wrapped": rewrapped,
}
"""Name -> the change."""
LINE_CHANGES = frozenset({"twice the indent", "re-wrapped"})


def differs(change: str, text: str) -> bool:
    """Whether the change alters what is read."""
    text = text.replace("\r\n", "\n")
    if change in LINE_CHANGES:
        text = in_lines(text)
        if is_wrapped(text):
            return False
    changed = CHANGES[change](text)
    return changed != text and tree(trialparse.parse_criteria(changed)) != tree(_whole(text))


@lru_cache(maxsize=2)
def _whole(text: str) -> Eligibility:
    """What stands in a text as it is, to which all its changes and cuts are held."""
    return trialparse.parse_criteria(text)


def same_before_cut(text: str, at: int) -> bool:
    """Whether a text cut off at an offset has the same criteria as the whole, up to the last that is complete.

    A paragraph cut in the middle is not: whether it is a list inside a sentence, its end may tell.
    """
    complete = max(0, text.rfind("\n\n" if is_wrapped(text) else "\n", 0, at))
    whole, part = (_ended(each, complete) for each in (_whole(text), trialparse.parse_criteria(text[:at])))
    return whole[: max(0, len(part) - 1)] == part[:-1]


def _ended(eligibility: Eligibility, at: int) -> list[tuple[int, int, str]]:
    """The criteria that end before an offset, in the order of the text.

    Titles are left out: a section's heading that names a group is one only where another group follows.
    """
    found = ((node.span.start, node.span.end, name) for name, node in eligibility.criteria() if not node.heading)
    return sorted(each for each in found if each[1] <= at)


def count(texts: Iterable[str]) -> dict[str, list[int]]:
    """For each change, the numbers of the texts that it alters the reading of."""
    found: dict[str, list[int]] = {change: [] for change in (*CHANGES, "cut")}
    for number, text in enumerate(texts):
        for change in CHANGES:
            if differs(change, text):
                found[change].append(number)
        if not all(same_before_cut(text, len(text) * share // 10) for share in (3, 5, 8)):
            found["cut"].append(number)
    return found


def corpus() -> list[str]:
    """The criteria texts of the shared corpus."""
    path = SHARED / "corpus" / "eligibility.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["eligibility_text"] for line in lines]


def main() -> None:
    """The whole corpus, or every n-th of its texts."""
    texts = corpus()[:: int(sys.argv[1]) if len(sys.argv) > 1 else 1]
    for change, numbers in count(texts).items():
        print(f"{change:20} {len(numbers):5} of {len(texts)}: {numbers[:12]}")


if __name__ == "__main__":
    main()
