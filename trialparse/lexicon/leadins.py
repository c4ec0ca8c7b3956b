"""How the lines of a list begin, end and hang together: the phrases of `data/leadins.json`, made into patterns."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex
from regex import Pattern

from trialparse.lexicon.tables import load

_ABOUT = r"(?:\s+\w+){0,4}?\s+"
_NO_STOP = r"[^.:]{0,40}"
_PART = r"(?-i:[A-Z]{1,2}|[A-Z]?\d{1,2}[A-Za-z]?|[IVX]+[a-c]?)\b"
"""What one part of a study is called."""
_TOLD = r"(?:\s+only|\s*\([^()]{0,60}\)|\s+(?:[-–]\s|of\s|dose\s|expansion\b)[^:;,.<>≤≥=]{0,40})?+"
"""What is said of it before its colon."""


class LeadIns(NamedTuple):
    """The patterns. Those of the start of a line are matched there, the others are looked for in it."""

    group: Pattern[str]
    """At the start: the name of a group of participants, with its colon."""
    whole: Pattern[str]
    """At the start: a lead-in of the whole list."""
    announcing: Pattern[str]
    """What a title of a list holds that ends in no colon."""
    members: Pattern[str]
    """People, in what might be a topic."""
    asserting: Pattern[str]
    """At the start: how a criterion begins that a title would not."""
    fresh: Pattern[str]
    """At the start: how criteria of their own begin, other than the members of a list."""
    any_of: Pattern[str]
    """`any of the following`."""
    all_of: Pattern[str]
    """`all of these criteria`."""
    any_word: Pattern[str]
    """What says so less plainly: `at least one factor, including`, `such as`."""
    denies: Pattern[str]
    """A denial or an exception that reaches over all that stands below."""
    kinds: Pattern[str]
    """At the end: a lead-in that lists kinds of a thing."""
    compared: Pattern[str]
    """At the start: a comparator; the group `more` if it limits from below."""
    whom: Pattern[str]
    """For whom a limit holds."""
    limit: Pattern[str]
    """What makes a child a limit."""
    part: Pattern[str]
    """At the start: a child that names a part of the study."""
    named_part: Pattern[str]
    """At the start: one part of the study by its name, up to the colon; with `for` or `in`, to the comma."""
    asserts: Pattern[str]
    """A lead-in that states something."""
    excepting: Pattern[str]
    """At the start: what asserts something and then excepts from it."""
    assembles: Pattern[str]
    """At the start: a lead-in that only calls what stands below."""
    beside: Pattern[str]
    """At the start: a lead-in that calls it beside what its own words state, the group `head`."""
    mere: Pattern[str]
    """What such a head is if it states nothing, as a whole."""
    counted_over: Pattern[str]
    """At the end, before a count: more than that many."""
    counted_below: Pattern[str]
    """Likewise: no more than that many, or fewer."""


@lru_cache(maxsize=1)
def leadins() -> LeadIns:
    """The patterns, compiled on first use."""
    row = {name: _any(each["phrases"]) for name, each in load("leadins").items()}
    listed = rf"{_ABOUT}(?:{row['counted']})\b"
    patterns = {
        "group": rf"(?:\S+\s){{0,3}}(?:{row['groups']}|{row['group_people']})\b[^:]{{0,40}}:",
        "whole": rf"(?s:(?:{row['whole_openers']})\b.*\b(?:{row['whole_ends']})\b)",
        "announcing": rf"\bfollowing\b|\b(?:{row['announces']})\W*+$",
        "members": rf"\b(?:{row['members']})\b",
        "asserting": rf"(?:{row['asserting']})\b",
        "fresh": rf"(?:{row['fresh']})\b",
        "any_of": rf"\b(?:{row['any_of']}){listed}",
        "all_of": rf"(?<!\bor\s)\b(?:{row['all_of']}){listed}",
        "any_word": rf"\bany\b|\beither\b(?!(?:\s++\w{{3,}}+){{1,9}}+\s++or\b)"
        rf"|\b(?:{row['at_least_one']})\b[^.:]*\b(?:{row['opens_members']})\W*+$|\b(?:{row['opens_alternatives']})\W*+$",
        "denies": rf"^\W*+(?:{row['denies']})\b|\b(?:{row['denied_verbs']})\s*not\b|\b(?:{row['excepts']})\b[^.]*$"
        rf"|\b(?:{row['unless']})\b(?:\s+\w+){{0,4}}\W*$",
        "kinds": rf"\b(?:{row['kinds']})\b(?!\s\d){_NO_STOP}:\W*$|\bnon-?\s?child-?bearing\b[^.]*:\W*$",
        "compared": rf"[^\w<>≤≥]{{0,3}}+(?:(?P<more>[>≥]|(?:{row['more']})\b)|[<≤]|(?:{row['less']})\b)",
        "whom": rf"\b(?:{row['whom']})\b",
        "limit": rf"[<>≤≥]|\b(?:{row['limits']})\b(?!\s(?:one|1)\b)",
        "part": rf"(?:For\s+(?:the\s+)?)?(?:\w+[ -]){{0,2}}(?:{row['groups']})\b",
        "named_part": rf"(?:(?P<at>for|in)\s+(?:the\s+)?)?(?:{row['named_parts']})\s+{_PART}"
        rf"(?:\s*(?:,|&|,?\s?\b(?:and|or)\b)\s*(?:(?:{row['named_parts']})\s+)?{_PART})*+{_TOLD}(?(at)[:,]|:)",
        "asserts": rf"^(?:{row['states']})\b|\b(?:{row['judges']})\b",
        "excepting": rf"\w[^:]*?[\s,.]\(?(?:with\s(?:the\s|these\s)?(?:following\s)?exceptions?|{row['unless']}"
        rf"|(?<!\b(?:following|these|the)\s)(?:{row['excepts']}))\b",
        "assembles": rf"^\W*+(?:{row['assembles']})\b[^.]*?\b(?:{row['assembled']})\b",
        "beside": rf"(?P<head>[^.:]+?)\s(?:(?:{row['adds']})\s(?:\w+\s){{0,3}}?(?:{row['calls']})|{row['confirms']})\b"
        rf"[^.]*?\b(?:{row['assembled']})\b",
        "mere": rf"\W*+(?:(?:{row['mere']})\b\W*+)*+",
        "counted_over": rf"(?:{row['exceeds']})\s*+$",
        "counted_below": rf"(?:{row['stays_below']})\s*+$",
    }
    return LeadIns(**{name: regex.compile(pattern, regex.IGNORECASE) for name, pattern in patterns.items()})


def _any(phrases: list[str]) -> str:
    """The phrases as one alternation, the longest first; `*` stands for any ending."""
    return "|".join(
        regex.escape(phrase, literal_spaces=True).replace(r"\*", r"\w*").replace(" ", r"\s+")
        for phrase in sorted(phrases, key=len, reverse=True)
    )
