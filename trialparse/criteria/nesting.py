"""Blocks -> items: which block belongs under which, by indentation, marker and lead-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from trialparse.criteria.lines import Block

_LONGEST_TITLE = 80
_LONGEST_SENTENCE = 250
_WORD = regex.compile(r"\p{L}++")
_LIMIT = regex.compile(r"\p{L}[^<>≤≥:;.]{1,40}+[<>≤≥]")
_PART = regex.compile(r"(\d++)a")
_SHORTEST_CAPITALISED = 4
"""Shorter words stay small in titles."""
_TAIL = 90
_TWO_WORDS = 20
_FAMILIES_ABOVE = 6
_LISTS_ABOVE = 32
_NUMBERING = frozenset("1aAiI([①")
_ANNOUNCING = frozenset(
    ("following", "below", "if", "who", "that", "which", "either", "including", "includes", "include", "are", "one of",
     "any of", "all of", "both of", "each of", "defined as", "such as", "as follows")
)  # fmt: skip
_POINTS_ON = regex.compile(
    r"\b(?:the|these)\s++following\b(?!\s++(?:\d|hour|day|week|month|year|visit))[^,:;.()]{0,70}$", regex.IGNORECASE
)
"""`any of the following within 6 months`, and nothing behind it."""
_ENDS_SENTENCE = regex.compile(r"(?:[.;,!?]|\b(?:and|or))$", regex.IGNORECASE)


@dataclass(slots=True)
class Item:
    """A block with those below it."""

    block: Block
    lead: bool
    """Whether its text announces a list."""
    rank: int
    """0 for a heading in capitals, 1 for another heading, 2 for an item or paragraph."""
    limit: bool = False
    """Whether it begins with a name and the sign of a limit on it."""
    interrupted: tuple[str, int] = ("", -1)
    """Marker family and indent of the list that this heading interrupts."""
    children: list[Item] = field(default_factory=list)


def nest(text: str, blocks: Sequence[Block]) -> list[Item]:
    """The items at the root, for the blocks of one part in the order of the text."""
    roots: list[Item] = []
    path: list[Item] = []
    _level_titles(text, blocks)
    _foresee(blocks)
    for i, block in enumerate(blocks):
        _settle_letter(block, path, blocks[i + 1] if i + 1 < len(blocks) else None)
        item = _item(text, block, blocks[i - 1] if i else None, blocks[i + 1] if i + 1 < len(blocks) else None)
        if item.rank == 1 and not item.lead and path and path[-1].block.family and path[-1].lead:
            item.rank = 2  # what stands directly under a lead-in is its list, not a title
        left: Item | None = None
        while path and not _owns(path, item):
            left = path.pop()
        if not path and left and item.rank < 2:
            item.interrupted = (left.block.family, left.block.indent)
        (path[-1].children if path else roots).append(item)
        path.append(item)
    return roots


def _item(text: str, block: Block, before: Block | None, after: Block | None) -> Item:
    tail = text[max(block.start, block.end - _TAIL) : block.end].rstrip(" -–")
    colon = tail.endswith(":")
    lead = colon or opens_list(tail)
    if block.family:
        return Item(block, lead, 2)
    limit = _LIMIT.match(text, block.start, block.end) is not None
    short = block.end - block.start <= _LONGEST_TITLE
    if colon:
        return Item(block, lead, 0 if short and tail.isupper() else 1)
    announces = after is not None and after.family != "" and after.indent >= block.indent
    apart = block.blank or (after is not None and (after.indent > block.indent or _parts(text, before, block, after)))
    title = short and apart and not _ENDS_SENTENCE.search(tail)
    # a sentence such as "Patients must meet the following criteria." announces a list without a colon
    sentence = block.end - block.start <= _LONGEST_SENTENCE and "following" in text[block.start : block.end]
    return Item(block, lead, 1 if announces and (title or sentence) else 2, limit)


def _parts(text: str, before: Block | None, title: Block, after: Block) -> bool:
    """Whether a block in capitalised words stands above the first item of a numbered list, or between two of one."""
    if "1" not in after.family:
        return False
    above = 0 if before is None else before.ordinal if before.family == after.family else -1
    words = [word for word in _WORD.findall(text, title.start, title.end) if len(word) >= _SHORTEST_CAPITALISED]
    return after.ordinal == above + 1 and bool(words) and all(word[0].isupper() for word in words)


def _level_titles(text: str, blocks: Sequence[Block]) -> None:
    """Take a title inside a list that began with a title to the list's indent; Markdown prints it under the last item.

    In a list that began without one, such a title may as well be the item's own.
    """
    titled: set[int] = set()
    for title, after in pairwise(blocks):
        short = title.end - title.start <= _LONGEST_TITLE
        if title.family or not short or _ENDS_SENTENCE.search(text, title.start, title.end):
            continue
        if after.ordinal == 1 and title.indent <= after.indent:
            titled.add(after.indent)
        elif (
            title.blank
            and after.ordinal > 1
            and after.indent in titled
            and after.indent < title.indent <= after.column + 1
        ):
            title.indent = title.column = after.indent


def _foresee(blocks: Sequence[Block]) -> None:
    """Note at each number whether it comes a second time before a list begins anew."""
    ahead: set[tuple[str, int, int]] = set()
    for block in reversed(blocks):
        key = (block.family, block.indent, block.ordinal)
        block.again = block.ordinal > 1 and key in ahead
        if block.ordinal == 1:
            ahead.clear()
        ahead.add(key)


def opens_list(tail: str) -> bool:
    """Whether a text ends in words that a list must follow: "defined as", "one of"."""
    words = tail[-_TWO_WORDS:].lower().rstrip(".;,").split(" ")
    announces = words[-1] in _ANNOUNCING or " ".join(words[-2:]) in _ANNOUNCING
    return announces or _POINTS_ON.search(tail, max(0, len(tail) - _TAIL)) is not None


def _settle_letter(block: Block, path: Sequence[Item], after: Block | None) -> None:
    """Tell letters from Roman numerals; a letter of no list is text ("E. coli infection")."""
    if "a" not in block.family and "A" not in block.family:
        return
    roman = block.family.replace("a", "i").replace("A", "I")
    for item in reversed(path[-_LISTS_ABOVE:]):
        above = item.block
        if above.family == block.family and 1 <= block.ordinal - above.ordinal <= 2:
            return
        if above.family == roman and block.roman == above.ordinal + 1:
            block.family, block.ordinal = roman, block.roman
            return
    if block.roman == 1:
        block.family, block.ordinal = roman, 1
    elif block.ordinal != 1 and not (after and (after.family, after.ordinal) == (block.family, block.ordinal + 1)):
        block.unmark()


def _owns(path: Sequence[Item], item: Item) -> bool:
    """Whether the last item of the path is the parent of the new one."""
    top, block = path[-1], item.block
    above = top.block
    if block.family and path[0].rank < 2 and _resumes(path[0], block):
        return False
    deeper = block.indent > above.indent + 1
    last = top.children[-1].block if top.children else None
    if not above.family:
        return _heading_owns(path, item, deeper)
    if not block.family:
        return deeper or (item.rank == 2 and top.lead and (last is None or not last.family))
    if deeper:
        return last is not None or block.family != above.family or not 1 < block.ordinal == above.ordinal + 1
    if part := _PART.search(block.family):  # 3a, 3b below 3
        return int(part[1]) == above.ordinal and "1" in above.family and "a" not in above.family
    follows = last is not None and last.family == block.family and block.ordinal == last.ordinal + 1
    if block.family == above.family:
        if follows:
            return block.again  # the number of the list around comes yet
        return block.ordinal == 1 and above.ordinal > 0 and top.lead
    return block.indent >= above.indent - 1 and (follows or _opens_list_below(path, block))


def _opens_list_below(path: Sequence[Item], block: Block) -> bool:
    """Whether the first item of another kind of list stands below the last item of the path."""
    top = path[-1]
    above = top.block
    if block.family[0] == above.family[0] and above.family[0] not in _NUMBERING:
        return block.family == above.family + "*" or (top.lead and len(block.family) > len(above.family))
    around = (other.block for other in path[-_FAMILIES_ABOVE:-1])
    if any(other.family == block.family and abs(other.indent - block.indent) <= 1 for other in around):
        return False
    return top.lead or (above.ordinal > 0 and block.ordinal < 2)


def _heading_owns(path: Sequence[Item], item: Item, deeper: bool) -> bool:
    """The same, where the last item of the path has no marker: a heading or a paragraph."""
    top, block = path[-1], item.block
    above = top.block
    if not block.family:
        if item.rank < 2 or top.rank == 2:
            return deeper or top.rank < item.rank
        if top.children:
            return deeper or (top.lead and top.children[-1].limit and item.limit and not block.blank)
        return deeper or above.end - above.start <= _LONGEST_TITLE
    if top.rank == 2:
        return deeper and (top.lead or above.indent > path[0].block.indent)
    return block.indent >= above.indent - 1


def _resumes(heading: Item, block: Block) -> bool:
    """Whether the list goes on that the heading, with a list of another kind, interrupts."""
    if heading.interrupted != (block.family, block.indent) or not heading.children:
        return False
    return heading.children[0].block.family not in ("", block.family)
