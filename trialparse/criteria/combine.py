"""How the children of a node join, and whether the node is a mere heading: read from its lead-in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from trialparse.criteria.nesting import opens_list
from trialparse.criteria.node import Node
from trialparse.lexicon.headings import headings
from trialparse.lexicon.leadins import leadins
from trialparse.lexicon.vocabulary import whole_numbers
from trialparse.models.eligibility import Combine, SectionName

_TAIL = 240
_WORD = 12
_SECOND_LAST = 2
_LONGEST_TITLE = 60
_LONGEST_LABEL = 160
_ALL_WORD = regex.compile(r"(?<!\bor\s)\b(?:both|all|each)(?:\s+of(?:\s+these)?)?\s*+:\W*$", regex.IGNORECASE)
_OR_END = regex.compile(r"\bor\W*+$", regex.IGNORECASE)
_AND_END = regex.compile(r"\band\W*+$", regex.IGNORECASE)


def settle(roots: list[Node], section: SectionName) -> list[Node]:
    """Set `combine`, `minimum` and `heading` throughout the trees of a section.

    Returns:
        Nodes that end with `or` in the midst of a list that asks for all of its members.
    """
    stack = list(roots)
    left_open = [roots[i] for i in _ending(roots, _OR_END)] if section == "inclusion" else []
    while stack:
        node = stack.pop()
        if node.marker and not node.children:
            continue
        text = node.readable.text[node.start : node.end]
        colon = text.rstrip(" -").endswith(":")
        if node.children:
            stack.extend(node.children)
            lead = " ".join(text.split())[-_TAIL:]  # of words, so that indents do not count
            node.combine, node.minimum = _join(node, lead, colon or opens_list(text), section)
            if node.combine == "all":
                left_open += [node.children[i] for i in _ending(node.children, _OR_END)]
        node.heading = (bool(node.children) or colon) and _is_heading(node, text, colon)
    return left_open


def _join(node: Node, lead: str, leads_in: bool, section: SectionName) -> tuple[Combine, int | None]:
    by_lead = _counted(node, lead) or _last(lead, leadins().any_of, leadins().all_of) or _by_connectives(node)
    if by_lead:
        return by_lead
    if len(node.children) > 1 and _are_alternatives(node):
        return "any", None
    if leads_in and (words := _last(lead, leadins().any_word, _ALL_WORD)):
        return words
    if len(node.children) > 1 and _are_groups(node):
        return "any", None
    if section == "exclusion" and (leads_in or sum(child.marker is not None for child in node.children) > 1):
        return "any", None
    if (
        leads_in
        and not lead.isupper()
        and (leadins().denies.search(lead) or (leadins().kinds.search(lead) and not _are_limits(node)))
    ):
        return "any", None
    return "all", None


@lru_cache(maxsize=1)
def _count() -> regex.Pattern[str]:
    """`two or more of the following`, `three out of five criteria`."""
    number = f"{'|'.join(whole_numbers())}|[1-9]"
    return regex.compile(
        rf"""
        \b (?P<n>{number}) (?:\s*+\(\s*\d\s*\))? (?P<more>\s+or\s+more)?
        \s+ (?: (?:out\s)?of (?:\s+(?:the\s)?(?:following\s)?(?:{number})\b)?
              | (?:the|these)\s(?:\w+\s){{0,2}}?following | (?:\w+\s){{0,2}}?criteri\w+ | (?:\w+\s){{0,3}}?listed ) \b
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


def _counted(node: Node, lead: str) -> tuple[Combine, int | None] | None:
    counts = list(_count().finditer(lead))
    if not counts:
        return None
    found = counts[-1]
    said, spelled = found["n"].lower(), whole_numbers()
    minimum = spelled[said] if said in spelled else int(said)
    before = lead[: found.start()]
    minimum += leadins().counted_over.search(before) is not None
    if leadins().counted_below.search(before):
        return "any", None  # `no more than two of`, which no list can say, is at least not all
    if minimum == 0:
        return None  # `zero of` counts nothing
    if minimum == 1:
        return "any", None
    return ("at_least", minimum) if found["more"] or minimum < len(node.children) else ("all", None)


def _last(lead: str, any_of: regex.Pattern[str], all_of: regex.Pattern[str]) -> tuple[Combine, int | None] | None:
    last_any = max((match.start() for match in any_of.finditer(lead)), default=-1)
    last_all = max((match.start() for match in all_of.finditer(lead)), default=-1)
    if last_any == last_all:
        return None
    return ("any" if last_any > last_all else "all"), None


def _by_connectives(node: Node) -> tuple[Combine, int | None] | None:
    """What the children end with: "…, or" joins differently from "…, and"."""
    joined = _ending(node.children, _OR_END)
    last = len(node.children) - _SECOND_LAST
    if joined:  # few in the midst of a list are alternatives of what follows each, and not of all
        return ("any", None) if len(joined) * 2 > last or joined[-1] == last else None
    return ("all", None) if _ending(node.children, _AND_END) else None


def _ending(nodes: Sequence[Node], word: regex.Pattern[str]) -> list[int]:
    """Which of the nodes before the last one end with a connective."""
    ends = (node.readable.text[max(node.start, node.end - _WORD) : node.end] for node in nodes[:-1])
    return [i for i, end in enumerate(ends) if word.search(end)]


def _are_groups(node: Node) -> bool:
    text = node.readable.text
    return all(leadins().part.match(text, child.start, min(child.end, child.start + 60)) for child in node.children)


def _are_alternatives(node: Node) -> bool:
    """Whether one measure is limited several times on one side: `BMI:` with `≥ 30` and `≥ 27 with diabetes`."""
    text = node.readable.text
    sides = [leadins().compared.match(text, child.start, child.end) for child in node.children]
    if not all(sides) or leadins().whom.search(text, node.start, node.children[-1].end):
        return False
    return len({side["more"] is None for side in sides if side}) == 1


def _are_limits(node: Node) -> bool:
    text = node.readable.text
    limits = sum(leadins().limit.search(text, child.start, child.end) is not None for child in node.children)
    return limits * 2 > len(node.children)


def _is_heading(node: Node, text: str, colon: bool) -> bool:
    if text.isupper() or (len(text) <= _LONGEST_LABEL and headings().find(text.lower(), 0, len(text))):
        return True
    if not colon and node.marker:
        return False
    if leadins().excepting.match(text):
        return False
    words = text[: _LONGEST_TITLE + 1].split()
    if len(text) <= _LONGEST_TITLE and len(words) <= (4 if node.marker else 8) and not leadins().asserts.search(text):
        return True
    return colon and leadins().assembles.match(text) is not None and not _states(text)


def _states(text: str) -> bool:
    """`Patients with asthma who meet the following:` asks for asthma, too."""
    beside = leadins().beside.match(text)
    return beside is not None and leadins().mere.fullmatch(beside["head"]) is None
