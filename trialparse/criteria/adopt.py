"""What the print of a list hides: a lead-in adopts the siblings that are plainly its list, and a first bullet that is
printed less deep than its siblings lets go of them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialparse.criteria.lines import Block
from trialparse.criteria.nesting import Item
from trialparse.lexicon.leadins import leadins

_HEAD = 80
_COMPARED = regex.compile(r"[^\w<>≤≥]{0,2}+[<>≤≥]")
_JOINED = regex.compile(r"\b(?:or|and)\W*+$", regex.IGNORECASE)
_LONGEST_TOPIC = 3
_TOPIC = regex.compile(r"[\p{L}\s/'-]++")
_LEADS_IN = regex.compile(r"(?::|\w|\bfollowing[.;])$")
"""How a lead-in ends; what else ends in a stop ends there."""
_LETTERED = regex.compile(r"\(?[a-z][.)]\s")


def adopt(text: str, roots: list[Item]) -> None:
    """Regroup every list of siblings in place."""
    _level_first(text, roots)
    _regroup(text, roots, first=True)
    stack = [item for item in roots if item.children]
    while stack:
        item = stack.pop()
        _regroup(text, item.children, first=False)
        stack.extend(child for child in item.children if child.children)


def _level_first(text: str, roots: list[Item]) -> None:
    """Put what stands below the only item of the root, a bullet that announces nothing, beside it.

    Markdown made of a list whose first bullet was typed by hand prints the others as its children.
    """
    if len(roots) != 1 or not roots[0].children or roots[0].lead:
        return
    if len(roots[0].children) == 1 and roots[0].children[0].children:  # nested on purpose, level by level
        return
    first, second = roots[0].block, roots[0].children[0].block
    bullets = bool(first.family) and not first.ordinal and all(item.block.family for item in roots[0].children)
    counted = second.ordinal > 1 or (bool(second.family) and not second.ordinal)
    if bullets and counted and not _may_head(text, roots[0]):
        roots += roots[0].children
        roots[0].children = []


def _may_head(text: str, item: Item) -> bool:
    """Whether a bullet without colon may be what its children are about: a topic, or one whose children say "or"."""
    own = text[item.block.start : item.block.end]
    if any(_COMPARED.match(text, child.block.start, child.block.end) for child in item.children):
        return True  # limits that need its measure
    if leadins().announcing.search(own) or any(
        _JOINED.search(text, *_tail(child.block)) for child in item.children[:-1]
    ):
        return True
    if leadins().asserting.match(own):
        return False
    topic = len(own.split()) <= _LONGEST_TOPIC and _TOPIC.fullmatch(own) is not None
    return topic and not leadins().fresh.match(own) and not leadins().members.search(own)


def _regroup(text: str, siblings: list[Item], first: bool) -> None:
    kept: list[Item] = []
    i = 0
    while i < len(siblings):
        item = siblings[i]
        i += 1
        kept.append(item)
        if item.lead and not item.children and not item.block.ordinal and _LEADS_IN.search(text, *_tail(item.block)):
            own = _own(text, siblings, i - 1, first and i == 1)
            item.children = siblings[i : i + own]
            i += own
    siblings[:] = kept


def _tail(block: Block) -> tuple[int, int]:
    return max(block.start, block.end - _HEAD), block.end


def _own(text: str, siblings: Sequence[Item], at: int, opens: bool) -> int:
    """How many of the siblings after the lead-in at `at` are its list."""
    lead = siblings[at].block
    label = _is_label(text, lead)
    colon = text[lead.end - 1] == ":"
    whole = opens and leadins().whole.match(text, lead.start, lead.end) is not None
    for i in range(at + 1, len(siblings)):
        other, first = siblings[i], siblings[at + 1]
        if other.block.family != lead.family or abs(other.block.indent - lead.indent) > 1:
            return i - at - 1
        if label:
            ends = other.lead and _is_label(text, other.block)
        elif whole:
            ends = False
        elif other is first:
            ends = (other.lead and not other.children) or (
                not colon and leadins().fresh.match(text, other.block.start) is not None
            )
        else:
            ends = _stands_apart(text, lead, first.block, other.block)
        if ends:
            return i - at - 1
    return len(siblings) - at - 1


def _is_label(text: str, block: Block) -> bool:
    """Whether a lead-in only names a group of participants or a topic: "Part A:", "OTHER CRITERIA:"."""
    head = text[block.start : min(block.end, block.start + _HEAD)]
    return head.isupper() or leadins().group.match(head) is not None


def _stands_apart(text: str, lead: Block, first: Block, block: Block) -> bool:
    """Whether a block after the first of a list looks like a criterion of its own rather than one more of the list."""
    if not lead.family and block.blank and not first.blank:
        return True
    if _LETTERED.match(text, first.start, first.end):
        return _LETTERED.match(text, block.start, block.end) is None
    if text[first.start].islower() and text[lead.start].isupper():
        return text[block.start].isupper()
    opening = leadins().fresh.match(text, block.start, block.end)
    model = leadins().fresh.match(text, first.start, first.end)
    return opening is not None and (model is None or model.group().lower() != opening.group().lower())
