"""What stands behind the criteria of a page and is none: rows of its fields, its buttons and links."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialparse.criteria.lines import Block
from trialparse.lexicon.headings import headings

_LONGEST = 160
_ROW = regex.compile(r"(?P<label>\p{L}[\p{L} /()]{1,40}?)\s?[:|]\s++(?P<value>\S.*+)", regex.DOTALL)
_AGES = regex.compile(
    r"\d{1,3}\s?(?:years?|months?|weeks?|days?)?\s?(?:(?:to|-|–|and)\s?(?:\d{1,3}\s?(?:years?|months?|weeks?|days?)?"
    r"|older|over|up|above|n/a))?(?:\s?\([^()]*+\))?",
    regex.IGNORECASE,
)
_BETWEEN = regex.compile(r"[|•·/]")


def split_tail(text: str, blocks: list[Block]) -> list[Block]:
    """Take the blocks at the end off that belong to the page; at least one block stays."""
    at = len(blocks)
    while at > 1 and _is_of_page(text, blocks[at - 1], blocks[: at - 1]):
        at -= 1
    tail = blocks[at:]
    del blocks[at:]
    return tail


def field_row(text: str, block: Block) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Offsets of label and value, if a block is a row of the page's fields: `Minimum age: 18 years`."""
    row = _ROW.fullmatch(text, block.start, block.end)
    known = headings().page.fields | headings().page.people
    return (row.span("label"), row.span("value")) if row and row["label"].strip().lower() in known else None


def _is_of_page(text: str, block: Block, above: Sequence[Block]) -> bool:
    if block.family or block.end - block.start > _LONGEST:
        return False
    page = headings().page
    own = text[block.start : block.end].lower()
    if all(part.strip(" \t\n.©") in page.controls for part in _BETWEEN.split(own)):
        return True
    row = _ROW.fullmatch(own)
    if row is None:
        return False
    label, value = row["label"].strip(), row["value"].strip(" .")
    if label in page.fields:
        return True
    # "Age: 18 to 75 years" may be a criterion, but not behind a list whose items have bullets
    listed = any(other.family for other in above)
    return label in page.people and (value in page.answers or (listed and _AGES.fullmatch(value) is not None))
