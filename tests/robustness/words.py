"""A made-up word put somewhere in a page or document must be found again in what is made of it.

`python -m tests.robustness.words 200 [part of a name]` puts so many words into each fixture and prints those lost.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from random import Random

import regex

import trialparse
from tests.generated import pages, parsed
from trialparse import layouts

WORD = "quexolin"
_IN_MARKUP = regex.compile(r"<(script|style)\b.*?</\1|<!--.*?-->|<!\[CDATA\[|<[^<>]*+>|(?P<text>[^<>]++)", regex.DOTALL)
_IN_JSON = regex.compile(r'"(?:[^"\\]++|\\.)*+"\s*+:|"(?P<text>(?:[^"\\]++|\\.)*+)"', regex.DOTALL)
_STARTS = regex.compile(r"(?<![\w\\&#</]|&lt;|&lt;/)(?=\p{L})")
"""Where a word may stand: in front of another."""


FIXTURES = {f"{path.parent.name}/{path.name}": path for path in pages()}
"""By layout and case."""


@cache
def text_of(name: str) -> str:
    """The text of a fixture."""
    return FIXTURES[name].read_text(encoding="utf-8")


_STRUCTURE = ("fhir", "usdm")
"""Formats whose texts are mostly names of their own structure."""


@cache
def places(name: str) -> list[int]:
    """Where a word may be put into a source."""
    source = text_of(name)
    start = source.lstrip()[:1]
    if "several_records" in {remark.code for remark in parsed(FIXTURES[name]).diagnostics}:
        return []  # of which the first is read, and the remark says so
    pattern = _IN_MARKUP if start == "<" else _IN_JSON if start in ("{", "[") else None
    spans = [(source.find("\n") if source.startswith(("TrialID", "id|")) else 0, len(source))]  # no names of columns
    if pattern is not None:
        spans = [match.span("text") for match in pattern.finditer(source) if match["text"]]
    return [match.start() for span in spans for match in _STARTS.finditer(source, *span)]


def names() -> list[str]:
    """The fixtures into which words can be put."""
    return [name for name in FIXTURES if not name.startswith(_STRUCTURE) and places(name)]


def with_word(name: str, random: Random) -> tuple[str, int]:
    """A source with the word in it, and where."""
    source, at = text_of(name), random.choice(places(name))
    return f"{source[:at]}{WORD} {source[at:]}", at


def lost(name: str, numbers: range) -> Iterator[str]:
    """The surroundings of each word that is found nowhere."""
    layout = name.partition("/")[0]
    known = layout in layouts.names()
    for number in numbers:
        source, at = with_word(name, Random(f"{name} {number}"))
        trial = trialparse.parse(source, layout=layout if known and number % 2 else None)
        headings = [*trial.eligibility.headings]
        if WORD not in trial.model_dump_json() and not any(WORD in source[each.start : each.end] for each in headings):
            yield f"{name} {number}: {source[max(0, at - 60) : at + 60]!r}"


def main() -> None:
    """Put them in."""
    count, part = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    total = missing = 0
    for name in names():
        if part in name:
            total += count
            for each in lost(name, range(count)):
                missing += 1
                print(each, flush=True)
    print(f"{missing} of {total} words lost")


if __name__ == "__main__":
    main()
