"""How the children of a node join, and whether the node is a mere heading: read from its lead-in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from trialparse.criteria.nesting import opens_list
from trialparse.criteria.node import Node
from trialparse.lexicon.headings import headings
from trialparse.lexicon.vocabulary import whole_numbers
from trialparse.models.eligibility import Combine, SectionName

_TAIL = 240
_WORD = 12
_SECOND_LAST = 2
_LONGEST_TITLE = 60
_LONGEST_LABEL = 160
_LISTED = r"(?:\s+\w+){0,4}?\s+(?:following|below|criteri\w+|conditions|requirements|listed)\b"
_ANY = regex.compile(
    rf"\b(?:any|either|one\s+or\s+(?:more|both|several|all|a\s+combination)|or\s+more){_LISTED}", regex.IGNORECASE
)
_ALL = regex.compile(rf"\b(?:all|both|each|every){_LISTED}", regex.IGNORECASE)
_ANY_WORD = regex.compile(
    r"\bany\b|\beither\b(?!(?:\s++\w{3,}+){1,9}+\s++or\b)"
    r"|\b(?:at\s+least\s+(?:one|1)|one\s+or\s+more)\b[^.:]*\b(?:including|from|namely)\W*+$"
    r"|\b(?:such\s+as|e\.g\.|like|and\s*/\s*or|or)\W*+$",
    regex.IGNORECASE,
)
_ALL_WORD = regex.compile(r"\b(?:both|all|each)(?:\s+of(?:\s+these)?)?\s*+:\W*$", regex.IGNORECASE)
_OR_END = regex.compile(r"\bor\W*+$", regex.IGNORECASE)
_AND_END = regex.compile(r"\band\W*+$", regex.IGNORECASE)
_DENIES = regex.compile(
    r"^\W*+(?:no|not|without|absence|free|never|exclu\w+|exceptions?|exemptions?)\b"
    r"|\b(?:must|should|may|can|do|does|has|have)\s*not\b|\b(?:except\w*|exempt\w+)\b[^.]*$"
    r"|\b(?:unless|other\s+than)\b(?:\s+\w+){0,4}\W*$",
    regex.IGNORECASE,
)
_ALTERNATIVES = regex.compile(
    r"\b(?:evidence|diagnos[ie]s|types?(?!\s\d)|forms?|categor(?:y|ies)|subtypes?|histolog\w+|malignanc(?:y|ies)|tumors?|tumours?"
    r"|cancers?|diseases?|indications?|risk)\b[^.:]{0,40}:\W*$|\bnon-?\s?child-?bearing\b[^.]*:\W*$",
    regex.IGNORECASE,
)
_COMPARED = regex.compile(
    r"[^\w<>≤≥]{0,3}+(?:(?P<more>[>≥]|at\s+least\b|more\s+than\b)|[<≤]|less\s+than\b)", regex.IGNORECASE
)
_PEOPLE = regex.compile(r"\b(?:wo)?m[ae]n\b|\b(?:fe)?males?\b|\bif\b|\bfor\b", regex.IGNORECASE)
_LIMIT = regex.compile(r"[<>≤≥]|\bat least\b(?!\s(?:one|1)\b)|\bwithin\b", regex.IGNORECASE)
_GROUP = regex.compile(
    r"(?:For\s+(?:the\s+)?)?(?:\w+[ -]){0,2}(?:arm|cohort|part|group|phase|stage|stratum|portion|step)s?\b",
    regex.IGNORECASE,
)
_ASSERTS = regex.compile(
    r"^(?:no|not|able|signed|acceptable|sufficient|documented|confirmed)\b|\b(?:adequate|normal)\b", regex.IGNORECASE
)
_EXCEPTING = regex.compile(
    r"\w[^:]*?[\s,.]\(?(?:with\s(?:the\s|these\s)?(?:following\s)?exceptions?|unless|other\sthan"
    r"|(?<!\bfollowing\s)(?<!\bthese\s)(?<!\bthe\s)except\w*)\b",
    regex.IGNORECASE,
)
"""What stands before it is asserted."""
_GENERIC = regex.compile(
    r"^\W*+(?:the|a|an|all|each|any|one|either|both|none|at\s+least|to\s+be|in\s+order|for\s+inclusion|individuals?|potential"
    r"|eligible|adults?|study|patients?|subjects?|participants?|candidates?|volunteers?|persons?|donors?|meets?|must|have|has)\b"
    r"[^.]*?\b(?:following|criteria|conditions)\b",
    regex.IGNORECASE,
)


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
    by_lead = _counted(node, lead) or _last(lead, _ANY, _ALL) or _by_connectives(node)
    if by_lead:
        return by_lead
    if len(node.children) > 1 and _are_alternatives(node):
        return "any", None
    if leads_in and (words := _last(lead, _ANY_WORD, _ALL_WORD)):
        return words
    if len(node.children) > 1 and _are_groups(node):
        return "any", None
    if section == "exclusion" and (leads_in or sum(child.marker is not None for child in node.children) > 1):
        return "any", None
    if (
        leads_in
        and not lead.isupper()
        and (_DENIES.search(lead) or (_ALTERNATIVES.search(lead) and not _are_limits(node)))
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
    minimum = whole_numbers().get(found["n"].lower()) or int(found["n"])
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
    return all(_GROUP.match(text, child.start, min(child.end, child.start + 60)) for child in node.children)


def _are_alternatives(node: Node) -> bool:
    """Whether one measure is limited several times on one side: `BMI:` with `≥ 30` and `≥ 27 with diabetes`."""
    text = node.readable.text
    sides = [_COMPARED.match(text, child.start, child.end) for child in node.children]
    if not all(sides) or _PEOPLE.search(text, node.start, node.children[-1].end):
        return False
    return len({side["more"] is None for side in sides if side}) == 1


def _are_limits(node: Node) -> bool:
    text = node.readable.text
    limits = sum(_LIMIT.search(text, child.start, child.end) is not None for child in node.children)
    return limits * 2 > len(node.children)


def _is_heading(node: Node, text: str, colon: bool) -> bool:
    if text.isupper() or (len(text) <= _LONGEST_LABEL and headings().find(text.lower(), 0, len(text))):
        return True
    if not colon and node.marker:
        return False
    if _EXCEPTING.match(text):
        return False
    words = text[: _LONGEST_TITLE + 1].split()
    if len(text) <= _LONGEST_TITLE and len(words) <= (4 if node.marker else 8) and not _ASSERTS.search(text):
        return True
    return colon and _GENERIC.match(text) is not None
