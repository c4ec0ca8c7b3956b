"""The two promises that hold on any text: nothing is lost, and everything points home."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from trialparse.layouts.residue import block_text
from trialparse.lexicon import wording
from trialparse.models.base import Span
from trialparse.models.eligibility import Eligibility
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable, make_readable

_DENIAL = 4
"""Words that a denial has at most: must not have been."""


def _readable(text: str, as_block: bool) -> Readable:
    """A stretch of text, or of a block of criteria, in which what other formats left is resolved."""
    return block_text(Layer(text))[0] if as_block else make_readable(text)


def shown(text: str, *, as_block: bool = False) -> str:
    """A stretch of source as a reader sees it."""
    readable = _readable(text, as_block)
    return readable.show(0, len(readable.text))


def folded(text: str, *, as_block: bool = False) -> str:
    """The same without characters that nobody sees, look-alikes unified."""
    return " ".join(_readable(text, as_block).text.split())


def misplaced(source: str, eligibility: Eligibility, *, as_block: bool = False) -> list[str]:
    """The criteria, limits and windows whose text is not what stands at their span.

    The end of a slice is no end of a block, where a site's `Show` would be none of the text: it is shown in both ways.
    """
    return [
        f"{place['text']!r} is not {source[slice(*place['span'].values())]!r} at {place['span']['start']}"
        for place, denied in placed(eligibility.model_dump(mode="json"))
        if not any(
            place["text"] in said(shown(source[slice(*place["span"].values())], as_block=block), place, denied)
            for block in dict.fromkeys((as_block, False))
        )
    ]


def said(printed: str, place: dict[str, Any], denied: bool) -> Iterator[str]:
    """What may be said of what is printed: the same, and of a denied statement the same without the denial."""
    yield printed
    if place.get("kind") != "statement" or not denied:
        return
    words = printed.split()
    denying = [at for at, word in enumerate(words) if word.lower() in wording.words("denies")]
    for size in range(1, _DENIAL + 1):
        for at in {at for last in denying for at in range(last - size + 1, last + 1) if 0 <= at <= len(words) - size}:
            yield " ".join([*words[:at], *words[at + size :]])


def placed(tree: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    """Every object with a text and a span, and whether it may be denied.

    It may under a `not`, and where the section denies what is demanded.
    """
    stack = [(tree, False)]
    while stack:
        item, denied = stack.pop()
        if isinstance(item, dict):
            within = denied or item.get("kind") == "not"
            stack.extend((each, within or key == "exclusion") for key, each in item.items())
            if "text" in item and "span" in item:
                yield item, denied
        elif isinstance(item, list):
            stack.extend((each, denied) for each in item)


def overlapping(eligibility: Eligibility) -> list[tuple[Span, Span]]:
    """The criteria and section headings that claim the same characters."""
    spans = [span for span, _ in _owned(eligibility)]
    return [(one, other) for one, other in pairwise(spans) if other.start < one.end]


def lost(source: str, eligibility: Eligibility, within: Span | None = None, *, as_block: bool = False) -> list[str]:
    """The stretches of the criteria block that lie in no criterion, section heading or marker."""
    block = within or eligibility.span
    if block is None:
        return []
    gone = []
    done = block.start
    for span, marker in [*_owned(eligibility), (Span(start=block.end, end=block.end), "")]:
        gap = folded(source[done : span.start], as_block=as_block)
        if gap != folded(marker):
            gone.append(f"{gap!r} before {source[span.start : span.start + 30]!r}")
        done = max(done, span.end)
    return gone


def _owned(eligibility: Eligibility) -> list[tuple[Span, str]]:
    """The span and the marker of every heading and criterion, in the order of the text."""
    owned = [(span, "") for span in eligibility.headings]
    owned += [(node.span, node.marker or "") for _, node in eligibility.criteria()]
    return sorted(owned, key=lambda each: (each[0].start, each[0].end))
