"""How the clauses of a row join: commas say what the last connective of their list says, and so do semicolons.

A, B or C           LIST_OR throughout            A or B, and C       WIDE_AND before C
A, B, and C or D    LIST_AND; the `or` is tight   A; B; or C          SEMI_OR throughout
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from trialparse.requirements.clauses import Clause, Link, Opens, divided

_TIGHT = frozenset({Link.AND, Link.OR, Link.BESIDE, Link.COLON, Link.EITHER})
_FINAL = frozenset({Link.STOP, Link.BUT, Link.COLON, Link.BESIDE, Link.EITHER})
"""Links that no other one changes."""
_ALONE = frozenset({Link.BESIDE, Link.COLON, Link.EITHER, Link.WHO})
_BOUND = frozenset({Link.BESIDE, Link.COLON, Link.EITHER})
_LISTED = {Link.AND: Link.LIST_AND, Link.OR: Link.LIST_OR}
_OTHER = {Link.AND: Link.OR, Link.OR: Link.AND}
_MARKED = frozenset({Link.AND, Link.OR, Link.LIST})
_AGED = 2
"""Clauses: the people with their age, and the first thing that they have."""
_WIDE = {Link.AND: Link.WIDE_AND, Link.OR: Link.WIDE_OR}


def resolve(row: Sequence[Clause]) -> None:
    """Settle the links of a row in place; those of brackets are rows of their own."""
    _sides(row)
    if all(clause.link in _FINAL for clause in row[1:]):
        return
    for sentence in divided(row, {Link.STOP}):
        _marks(sentence)
        _semicolons(sentence)
        for part in _parts(sentence):
            _people(part)
            _described(part)
            for clauses in divided(part, {Link.WHO}):
                for member in _members(clauses):
                    for run in _wide_parts(member):
                        _commas(run)


def _parts(sentence: Sequence[Clause]) -> Iterator[Sequence[Clause]]:
    """The parts of a sentence with lists of their own; who may be in, and if what, are two."""
    for part in divided(sentence, {Link.SEMI, Link.SEMI_AND, Link.SEMI_OR, Link.BUT}):
        of_some = part[0].opens(Opens.IF)
        at = next((i for i, clause in enumerate(part) if of_some and "concedes" in clause.deeds), 0)
        yield from (part[:at], part[at:]) if at else (part,)


def _sides(row: Sequence[Clause]) -> None:
    """`< 6.5 or > 10 %`: an `or` between the sides of one measure is tighter than any other word."""
    for before, clause in pairwise(row):
        if clause.link is Link.OR and _faces(before, clause):
            clause.link = Link.EITHER


def _faces(before: Clause, clause: Clause) -> bool:
    """Whether two limits bound one measure from its two sides."""
    first, second = before.limit, clause.limit
    if first is None or second is None or clause.content or clause.openers or clause.spaced or before.remarks:
        return False
    sides = {(limit.quantity.lower is None, limit.quantity.upper is None) for limit in (first, second)}
    return second.shared and first.names == second.names and sides == {(True, False), (False, True)}


def _people(part: Sequence[Clause]) -> None:
    """`A who B` is one statement, unless one of its sides is a list or has a time or limit of its own."""
    if all(c.link in _ALONE and not c.windows and c.limit is None for c in part[1:]) and not part[0].windows:
        for clause in part[1:]:
            clause.link = Link.BESIDE if clause.link is Link.WHO else clause.link


def _described(part: Sequence[Clause]) -> None:
    """`Adults ≥ 18 years with A, B or C`: what stands behind the age of people lists what these people have."""
    if len(part) <= _AGED or part[0].limit is None or part[0].limit.names != {"age"} or "people" not in part[0].deeds:
        return
    first, *others = part[1:]
    joined = all(c.link in (Link.OR, Link.LIST) and not c.deeds & {"people", "obliges"} for c in others)
    if first.link is Link.BESIDE and joined and others[-1].link is Link.OR and all(c.limit is None for c in part[1:]):
        first.link = Link.WIDE_AND
        for clause in others:
            clause.spaced = False


def _semicolons(sentence: Sequence[Clause]) -> None:
    """`A; B; or C`: the word of the last one is that of all."""
    parted = [c for c in sentence[1:] if c.link in (Link.SEMI, Link.SEMI_AND, Link.SEMI_OR)]
    kind = next((c.link for c in reversed(parted) if c.link is not Link.SEMI), Link.SEMI)
    asked = any("obliges" in clause.deeds for clause in sentence)
    if kind is Link.SEMI and not asked and (_all_do("who", (sentence[0], *parted)) or _are_defined(sentence)):
        kind = Link.SEMI_OR  # `patients with A; patients with B`: nobody is asked to be both
    for clause in parted:
        clause.link = kind


def _all_do(deed: str, clauses: Sequence[Clause]) -> bool:
    return all(deed in clause.deeds for clause in clauses)


def _are_defined(sentence: Sequence[Clause]) -> bool:
    """`relapsed or refractory: relapsed is defined as A; refractory is defined as B`: each of the choices."""
    colon = next((i for i, clause in enumerate(sentence) if clause.link is Link.COLON), 0)
    if not any(clause.link is Link.OR for clause in sentence[1:colon]):
        return False
    parts = list(divided(sentence[colon:], {Link.SEMI}))
    return len(parts) > 1 and all(any(map(_defines, part)) for part in parts)


def _defines(clause: Clause) -> bool:
    return "defines" in clause.deeds or any(opener.word == "defines" for opener in clause.openers)


def _marks(sentence: Sequence[Clause]) -> None:
    """`a. A, b. B`: marks that no word joins part as semicolons do."""
    marked = [clause for clause in sentence[1:] if clause.mark is not None]
    reached = any(clause.opens(Opens.NO, Opens.EXCEPT) for clause in sentence)
    if not reached and all(clause.link in (Link.LIST, Link.SEMI, Link.COLON, Link.BESIDE) for clause in marked):
        for clause in marked:
            clause.link = Link.SEMI if clause.link is Link.LIST else clause.link


def _members(part: Sequence[Clause]) -> Iterator[Sequence[Clause]]:
    """`(a) A, (b) B or C, or (c) D`: what stands before the last mark joins the members, weaker than all in them."""
    first = 0
    marked = [i for i in range(1, len(part)) if part[i].mark is not None and part[i].link in _MARKED]
    word = next((part[i].link for i in reversed(marked) if part[i].link in _WIDE), None)
    if word is not None:
        for i in marked:
            part[i].link = _WIDE[word]
            yield part[first:i]
            first = i
    yield part[first:]


def _wide_parts(part: Sequence[Clause]) -> Iterator[Sequence[Clause]]:
    """Cut where `, and` or `, or` closes no list of commas, and a connective of its own stands on one of its sides."""
    tight = _last_tight(part)
    first, joined = 0, ""
    for i in range(1, len(part)):
        clause = part[i]
        if clause.link in _LISTED and clause.spaced:
            if joined == "word" or (not joined and tight[_OTHER[clause.link]] > i):
                clause.link = _WIDE[clause.link]
                yield part[first:i]
                first, joined = i, ""
            else:
                clause.link = _LISTED[clause.link] if joined == "comma" else clause.link
                joined = "word"
        elif clause.link in _LISTED and not _is_half(part[i - 1]):
            joined = "word"
        elif clause.link is Link.LIST:
            joined = "comma"
    yield part[first:]


def _is_half(clause: Clause) -> bool:
    """`current or prior stroke, or seizures`: the first word only says of which kind the second is."""
    return clause.half or not clause.says


def _last_tight(part: Sequence[Clause]) -> dict[Link, int]:
    """Where the last `and` and the last `or` without a comma stand."""
    last = {Link.AND: 0, Link.OR: 0}
    for i, clause in enumerate(part):
        if clause.link in last and not clause.spaced:
            last[clause.link] = i
    return last


def _commas(run: Sequence[Clause]) -> None:
    """The commas of a list take the word that closes it; a tight word at the end of commas closes them, too."""
    links = [i for i in range(1, len(run)) if run[i].link not in _BOUND]
    # `A, except B or C`: the comma parts no list
    commas = [i for i in links if run[i].link is Link.LIST and not run[i].opens(Opens.EXCEPT)]
    closed = next((run[i].link for i in links if run[i].link in (Link.LIST_AND, Link.LIST_OR)), None)
    if closed is None and commas and run[links[-1]].link in _LISTED and not _goes_on(run, links[-1]):
        closed = run[links[-1]].link = _LISTED[run[links[-1]].link]
    for i in commas:
        run[i].link = closed or Link.LIST


def _goes_on(run: Sequence[Clause], i: int) -> bool:
    """`A ≥ 1, B ≤ 3 or ≤ 5 with X`: the word joins two limits on one measure, and closes no list."""
    limit, before = run[i].limit, next((c.limit for c in reversed(run[:i]) if c.limit is not None), None)
    return limit is not None and before is not None and limit.shared and limit.names == before.names


def ambiguous(row: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """Where `and` and `or` meet without a comma, `A or B and C`: half-open offsets of such stretches."""
    run: list[Clause] = []
    for clause in (*row, None):
        if clause is not None and (not run or clause.link in _TIGHT):
            run.append(clause)
            continue
        if {Link.AND, Link.OR} <= {each.link for each in run[1:]}:
            yield run[0].start, max(run[-1].end, run[-1].limit.end if run[-1].limit else 0)
        run = [] if clause is None else [clause]
