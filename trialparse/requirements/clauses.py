"""Clauses: what one criterion says, cut at its connectives, each with named slots.

No [chemotherapy]                      within 3 weeks
│  │                                   └ windows
│  └ head (prose)                        limit: a limit with what it is a limit of
└ openers: what denies or conditions it  remarks: the clauses of brackets behind it; link: the connective before it
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum

from trialparse.requirements.neighbours import Finding
from trialparse.requirements.window import Elapsed


class Link(StrEnum):
    """The connective before a clause, the weakest first; `grammars/requirement.lark` is the ladder that they make."""

    STOP = "STOP"
    """A new sentence."""
    SEMI = "SEMI"
    """A semicolon, where no word says how its list joins."""
    SEMI_AND = "SEMI_AND"
    SEMI_OR = "SEMI_OR"
    BUT = "BUT"
    WIDE_OR = "WIDE_OR"
    """`, or` between what has connectives of its own."""
    WIDE_AND = "WIDE_AND"
    WHO = "WHO"
    """`patients with A or B who have C`: what is said of all the people before it."""
    LIST = "LIST"
    """A comma, where no word says how its list joins."""
    LIST_OR = "LIST_OR"
    LIST_AND = "LIST_AND"
    OR = "OR"
    AND = "AND"
    EITHER = "EITHER"
    """`< 6.5 or > 10 %`: two sides of one measure are one thing."""
    COLON = "COLON"
    BESIDE = "BESIDE"
    """None: `hypertension with systolic > 160`."""


class Opens(StrEnum):
    """What an opener does to the clauses that it reaches over."""

    NO = "NO"
    IF = "IF"
    EXCEPT = "EXCEPT"
    GLOSS = "GLOSS"
    COUNT = "COUNT"


@dataclass(slots=True)
class Opener:
    """A word or phrase that reaches over the clause it stands in, and maybe over more."""

    kind: Opens
    word: str
    """What the vocabulary or the table says of it: `list` of a denial that takes a whole list, `people`, …"""
    start: int
    end: int
    minimum: int = 1
    """Of a count."""
    prefix: bool = False
    """Whether what it is a condition of stands behind it."""
    closed: bool = False
    """Whether its own words are the whole condition: `men`, `at diagnosis`."""


@dataclass(slots=True)
class Clause:
    """One clause; offsets are half-open, into the readable text."""

    link: Link
    start: int
    end: int
    content: int = 0
    """How many words of its prose say something."""
    openers: list[Opener] = field(default_factory=list)
    limit: Finding | None = None
    limit_any: bool = False
    """Whether any of the limit's measures may meet it."""
    windows: list[Elapsed] = field(default_factory=list)
    remarks: list[list[Clause]] = field(default_factory=list)
    deeds: set[str] = field(default_factory=set)
    """Which rows of `lexicon/data/wording.json` its words are in: obliges, permits, …"""
    spaced: bool = False
    """Whether a comma stands before a connective word: `, or`."""
    again: bool = False
    """Whether its measures have been limited before."""
    worded: bool = False
    """Whether a connective word stands before it."""
    half: bool = False
    """Whether it only says of which kind the next one is: `active or uncontrolled infection`."""
    left_out: tuple[int, int] | None = None
    """Where the denial stands within its prose of which an opener says that it is denied: half-open."""
    mark: int | None = None
    """Where the mark stands with which it begins a member of a list inside the text: `(a)`, `ii)`."""

    @property
    def begins(self) -> int:
        """Where it begins with what opens it."""
        return min([self.start, *(opener.start for opener in self.openers)])

    @property
    def says(self) -> bool:
        """Whether there is anything in it to assert."""
        return self.content > 0 or self.limit is not None or bool(self.windows) or bool(self.remarks)

    @property
    def plain(self) -> bool:
        """Whether it holds prose at most."""
        return self.limit is None and not (self.windows or self.openers or self.remarks)

    @property
    def conditional(self) -> bool:
        """Whether it is a condition or an exception, or begins with one."""
        return self.opens(Opens.IF, Opens.EXCEPT)

    @property
    def leads_on(self) -> bool:
        """Whether mere frame at its end leads to what it is a condition of: `if patients who may have ...`."""
        return self.conditional and "denied" not in self.deeds

    def opens(self, *kinds: Opens) -> bool:
        """Whether one of its openers is of one of these kinds."""
        return bool(self.openers) and any(opener.kind in kinds for opener in self.openers)


def of_each(row: Sequence[Clause]) -> bool:
    """Whether a subject is people, or things, each of which is meant: `men and women`, not `women with A and B`."""
    return len({"people" in clause.deeds for clause in row}) == 1


def divided(row: Sequence[Clause], links: Set[Link]) -> Iterator[Sequence[Clause]]:
    """The row cut before each clause with one of these links."""
    first = 0
    for i in range(1, len(row) + 1):
        if i == len(row) or row[i].link in links:
            yield row[first:i]
            first = i


def show(clauses: Sequence[Clause], text: str) -> list[str]:
    """One line a clause, for people: link, openers, head, limit, windows; brackets below, deeper."""
    lines: list[str] = []
    for clause in clauses:
        openers = "".join(f"{opener.kind}({text[opener.start : opener.end]}) " for opener in clause.openers)
        deeds = f" {{{', '.join(sorted(clause.deeds))}}}" if clause.deeds else ""
        limit = f" limit {'/'.join(sorted(clause.limit.names))}" if clause.limit is not None else ""
        times = "".join(f" time {text[w.start : w.end]!r}" for w in clause.windows)
        head = f"{text[clause.start : clause.end]!r}" if clause.content else "-"
        lines.append(f"{clause.link:9} {openers}{head}{deeds}{limit}{times}")
        for remark in clause.remarks:
            lines.extend(f"    ({line}" for line in show(remark, text))
    return lines
