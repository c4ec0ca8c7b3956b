"""How far a denial, condition, exception, explanation or count reaches: a table, the first row that fits wins.

A reach begins at the clause of its opener and ends before the first clause whose link it does not cross, or that holds
an opener which ends it. Clauses with a limit of their own are crossed over fewer links than prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trialparse.requirements.clauses import Clause, Link, Opener, Opens
from trialparse.requirements.neighbours import Finding
from trialparse.requirements.polarity import Polarity

_BOUND = frozenset({Link.BESIDE, Link.COLON, Link.EITHER})
_CHOICE = frozenset({Link.BESIDE, Link.EITHER, Link.OR, Link.LIST_OR})
_MEMBERS = _CHOICE | {Link.AND, Link.LIST, Link.LIST_AND, Link.WHO}
_LISTS = _MEMBERS | {Link.COLON}
_WIDE = _LISTS | {Link.WIDE_AND, Link.WIDE_OR}
_CHOOSES = frozenset({Link.OR, Link.LIST_OR, Link.WIDE_OR, Link.SEMI_OR})
_NEW = frozenset({Opens.NO, Opens.IF})
_TURNS = frozenset({Opens.IF, Opens.EXCEPT})


class Reach(NamedTuple):
    """One row: which openers it is about, what they cross, and a criterion that shows it."""

    kind: Opens
    words: tuple[str, ...]
    """The opener's words; none for any."""
    beside: bool | None
    """Whether the opener follows what it is said of without a connective; None where that does not matter."""
    prose: frozenset[Link]
    """Links crossed to a clause without a limit."""
    limits: frozenset[Link]
    """Links crossed to a clause with one."""
    before: frozenset[Opens]
    """Openers that end the reach."""
    example: str


_COUNTED = frozenset(Link) - {Link.STOP, Link.BUT}
_OVER_SEMI = _MEMBERS | {Link.SEMI_OR}
_IF = frozenset({Opens.IF})
_GLOSS = frozenset({Opens.GLOSS, Opens.IF})
_OF_MEMBERS = {Link.WIDE_AND: Link.LIST_AND, Link.WIDE_OR: Link.LIST_OR}
"""`no (a) A, or (b) B`: what stands before the marks of a list is said of all of it."""
_TIGHT = frozenset({Link.AND, Link.OR})
_ANDS = frozenset({Link.AND, Link.LIST_AND})
_MEMBER = 60
"""Clauses that a member of a list has at most."""
_ALONE = ("list", "bar")
"""Denials of whole lists: no, without, must not have; others are adverbs."""

TABLE = (
    Reach(Opens.NO, _ALONE, True, _CHOICE, _CHOICE, _NEW, "Platelets ≥ 75 without transfusion and ANC ≥ 1.5"),
    Reach(Opens.NO, _ALONE, None, _OVER_SEMI, _OVER_SEMI, _NEW, "No stroke, seizures and platelets < 75 x 10^9/L"),
    Reach(Opens.NO, (), None, _CHOICE, _CHOICE, _NEW, "Not pregnant and BMI ≤ 35"),
    Reach(
        Opens.IF,
        ("lets",),
        True,
        _LISTS,
        _LISTS,
        _TURNS,
        "Bilirubin > 2 mg/dL is acceptable if it is fractionated and direct bilirubin < 35 %",
    ),
    Reach(Opens.IF, (), True, _LISTS, _BOUND, _TURNS, "ALT ≤ 5 x ULN if liver metastases, and platelets ≥ 75"),
    Reach(Opens.IF, (), False, _WIDE, _WIDE, _IF, "If on warfarin, ALT ≤ 3 x ULN and AST ≤ 3 x ULN"),
    Reach(Opens.EXCEPT, (), None, _LISTS, _BOUND, _TURNS, "No cancer except skin cancer or DCIS, and ECOG ≤ 1"),
    Reach(Opens.GLOSS, (), None, _LISTS, _LISTS, _GLOSS, "Shock, such as systolic < 90 or diastolic < 60 mmHg"),
    Reach(Opens.COUNT, (), None, _COUNTED, _COUNTED, frozenset({Opens.COUNT}), "Two of the following: A; B; C"),
)


def end(opener: Opener, row: Sequence[Clause], at: int, stop: int) -> int:
    """The clause before which the reach of an opener of `row[at]` ends, `stop` at the latest."""
    marked = any(
        clause.mark is not None and clause.mark < opener.start for clause in row[max(0, at - _MEMBER) : at + 1]
    )
    rule = rule_of(opener, beside=at > 0 and row[at].link is Link.BESIDE and not opener.prefix)
    if rule.beside and opener.kind is Opens.NO and row[at].windows:
        return min(at + 1, stop)  # `without treatment for 2 years or ...`: its time ends what is denied
    if opener.kind is Opens.NO and "either" in row[at].deeds:
        stop = next((i for i in range(at + 1, stop) if row[i].link in _CHOOSES), stop)
    return next((i for i in range(at + 1, stop) if _ends(opener, rule, row[i - 1 : i + 1], marked=marked)), stop)


def _ends(opener: Opener, rule: Reach, pair: Sequence[Clause], *, marked: bool) -> bool:
    """Whether the reach of an opener ends between two clauses; `marked` if it stands in a member of a list itself."""
    before, clause = pair
    if "then" in clause.deeds and opener.kind is not Opens.NO:
        return False
    excepts = opener.kind is Opens.EXCEPT
    if excepts and "resumes" in clause.deeds:
        return True
    limited = clause.limit is not None and not (excepts and _is_thing(clause, clause.limit))
    link = clause.link if marked or clause.mark is None else _OF_MEMBERS.get(clause.link, clause.link)
    listed = excepts and clause.mark is not None and not marked
    if opener.kind is Opens.IF and opener.word != "people" and _is_alternative(before, clause):
        return False  # `INR ≤ 1.5 if bilirubin > 2 or albumin < 3`
    if link not in (rule.limits if limited and not listed else rule.prose) or (limited and excepts and clause.openers):
        return True
    if any(other.kind in rule.before for other in clause.openers):
        return True
    if opener.kind is Opens.NO:
        return _is_free_of(opener, before, clause)
    return "obliges" in clause.deeds and opener.kind is not Opens.IF


def _is_free_of(opener: Opener, before: Clause, clause: Clause) -> bool:
    """Whether a denial ends before a clause for what the clause is: a duty, a cause, a verb, or a limit behind a time.

    `absence of menses for 6 months with FSH > 40`: the limit is asked for.
    """
    if "causes" in clause.deeds and opener.word not in _ALONE:
        return True
    if "obliges" in clause.deeds or (clause.limit is not None and clause.link is Link.BESIDE and before.windows):
        return True
    return "verb" in clause.deeds and (opener.word not in _ALONE or clause.link in _ANDS)


def _is_alternative(before: Clause, clause: Clause) -> bool:
    """Whether a limit is another way to meet a condition that is a limit itself."""
    if clause.link is not Link.OR or clause.spaced or clause.limit is None or clause.limit.shared:
        return False
    return before.limit is not None and (before.opens(Opens.IF) or before.link is Link.OR)


def _is_thing(clause: Clause, limit: Finding) -> bool:
    """`tumors associated with < 10 % probability`: the limit tells what is meant, and is no criterion of its own."""
    return clause.content > 0 or all(named.row is None for named in limit.measures)


def mark_consequences(row: Sequence[Clause]) -> None:
    """Say of the clauses that conditions are conditions of that they are, before prose is put together."""
    for at, clause in enumerate(row):
        for opener in clause.openers:
            if opener.kind is Opens.IF and opener.prefix and not opener.closed:
                stop = end(opener, row, at, len(row))
                then = consequence(row, at, stop)
                if opener.word == "after" and (then == stop or row[then].limit is None):
                    clause.openers.remove(opener)  # `after surgery, ...` is a condition of a limit alone
                elif then < stop:
                    row[then].deeds.add("then")
                break


def rule_of(opener: Opener, *, beside: bool) -> Reach:
    """The row of the table that an opener follows."""
    return next(
        rule
        for rule in TABLE
        if rule.kind is opener.kind and (not rule.words or opener.word in rule.words) and rule.beside in (None, beside)
    )


def consequence(row: Sequence[Clause], at: int, stop: int, *, listed: bool = True) -> int:
    """The clause with which what a condition at `row[at]` is a condition of begins; `stop` where there is none.

    A word or a colon says so; else, unless the condition may be a list, it is the first clause behind a comma that
    holds a limit, or the first one at all.
    """
    excepts = any(opener.kind is Opens.EXCEPT and not opener.prefix for opener in row[at].openers)
    commas = [] if excepts or not listed else [i for i in range(at + 1, stop) if row[i].link not in _BOUND]
    said = (i for i in range(at + 1, stop) if row[i].link is Link.COLON or row[i].deeds & {"then", "obliges"})
    limits = [i for i in commas if row[i].limit is not None]
    loose = (i for i in limits if row[i].link not in _TIGHT)  # `if A < 1 and B < 2, C < 3`
    found = next(said, None) or next(loose, None) or next(iter(limits), None)
    comma = (i for i in commas if row[i].link in (Link.LIST, Link.LIST_AND, Link.LIST_OR))
    return found or next(comma, stop)


def turns(row: Sequence[Clause], at: int, reach: int) -> bool:
    """`ALT ≤ 3, except in X, who may have ≤ 5`: the exception is the condition of a second limit on the same."""
    then = consequence(row, at, reach)
    limit = row[then].limit if then < reach else None
    before = row[at - 1].limit if at else None
    again = limit is not None and (limit.shared or (before is not None and limit.names == before.names))
    return again or (limit is not None and not at and row[then].again)


def holds_beside(row: Sequence[Clause], at: int, reach: int, polarity: Polarity) -> bool | None:
    """Whether a condition holds, or an exception does not, together with what stands before it; None for a manner.

    A proviso is asked for, too: `Asthma, as long as FEV1 ≥ 60 %`.

    Else it says for whom that is.
    """
    opener = row[at].openers[0]
    if opener.kind is Opens.EXCEPT:
        return not polarity.asked or names_things(row[at - 1], row[at:reach])
    if opener.word == "proviso":
        return True
    return None if opener.word == "manner" and polarity.binding else not polarity.binding


def names_things(before: Clause, exception: Sequence[Clause], *, bracketed: bool = False) -> bool:
    """`Treated with any hormone except insulin`: what must not be, and nobody whom nothing is asked of."""
    start = exception[0].start
    values = [] if before.limit is None else [before.limit.start]
    values += [window.start for window in before.windows] if bracketed else []
    asked = before.deeds & {"denied", "obliges", "permits", "releases"}
    if not before.content or asked or any(value < start for value in values):
        return False
    deeds = frozenset[str]().union(*(clause.deeds for clause in exception))
    return exception[0].openers[0].word == "except" and deeds.isdisjoint(("people", "who", "obliges"))
