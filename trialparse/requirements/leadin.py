"""What a lead-in hands down to the criteria printed under it, and how they join where its words settle it.

For men:                      their condition       No heart disease such as:   their denial; all of them are denied
Hemoglobin:                   their measure         Cancer, except for:         they are what it does not cover
Within 30 days any of these:  their time            Note:                       they bind nobody
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from typing import NamedTuple

import regex

from trialparse.lexicon.wording import words
from trialparse.models.eligibility import Combine
from trialparse.requirements import algebra
from trialparse.requirements.clauses import Clause, Link, Opens
from trialparse.requirements.deeds import deeds_at
from trialparse.requirements.expression import All, AnyOf, Bounded, Expression, Not, Said, walk
from trialparse.requirements.ladder import join
from trialparse.requirements.naming import Named
from trialparse.requirements.polarity import Polarity
from trialparse.requirements.remarks import is_note
from trialparse.requirements.tokens import Token
from trialparse.requirements.whom import POINTER, POINTS, condition_of, list_condition, part_of_trial
from trialparse.requirements.window import Elapsed

_CHOOSES = regex.compile(r"\b(?:any|one|either)\b", regex.IGNORECASE)
"""Words for a list of which one is enough."""
_EVERY = regex.compile(r"\ball\b", regex.IGNORECASE)
"""Words for a list all of which is asked for."""
_HANDED_DOWN = 2
"""More measures than this in a lead-in are a list, not a name for its children."""
_POINTS_WITHIN = 2
"""First words of a lead-in among which stands what it says something of: `the following`, `these changes`."""
_PARTS = frozenset({Link.STOP, Link.SEMI})
_LETS_IN = ("permits", "joins", "admits", "concedes")
_FLIPPED: dict[Combine | None, Combine] = {"all": "any"}


class Context(NamedTuple):
    """What a criterion is told by its section and its lead-ins."""

    excludes: bool = False
    """It stands in the exclusion section."""
    measures: tuple[Named, ...] = ()
    condition: Expression | None = None
    negated: bool = False
    note: bool = False
    """It stands under a note, and binds nobody."""
    windows: tuple[Elapsed, ...] = ()
    """When the events of the list happen, unless they say so themselves."""
    any_of: bool = False
    """It alone is the list of a lead-in that asks for any of it."""
    stated: bool = False
    """What stands above it asserts something, which it may be an exception from."""
    chosen: bool = False
    """It is one of several any of which is enough: a part of the trial that it names is no condition then."""


NO_CONTEXT = Context()


class LeadIn(NamedTuple):
    """What a lead-in is to the criteria under it."""

    own: Expression | None
    """What it asserts beside what they assert in its context."""
    below: Context
    join: Combine | None = None
    """How they join, where this is not for the outline to say."""
    told: bool = False
    """What it asserts is told by its words, heading or not."""


def for_own(clauses: Sequence[Clause], context: Context) -> Context:
    """The context of a criterion that may speak for itself: in a denied list, permissions and duties are not denied."""
    if clauses and "remarks" in clauses[0].deeds:
        return context._replace(negated=False, note=context.note or context.negated)
    if not context.negated or context.excludes:
        return context
    if _does(clauses, "concedes") or any({"obliges", "who"} <= clause.deeds for clause in clauses):
        return context._replace(negated=False)
    lets = any(_does(clauses, deed) for deed in ("permits", "joins", "waives"))
    return context._replace(note=True) if lets else context


def in_context(item: Expression, context: Context) -> Expression:
    """What a criterion asserts, as its lead-ins deny, condition, date or merely explain it."""
    if context.note:
        return _as_note(item)
    if context.windows:
        item = _dated(item, context.windows)
    if context.negated:
        if isinstance(item, Said) and not item.asserts:  # `Except for: patients with X are eligible`
            item = replace(item, asserts=True)
        item = algebra.denial(item)
    return item if context.condition is None else algebra.conditional(context.condition, item)


def _as_note(item: Expression) -> Expression:
    return Said(item.start, item.end, item.windows, asserts=False) if isinstance(item, Said) else item


def _dated(item: Expression, windows: tuple[Elapsed, ...]) -> Expression:
    """The prose of an expression with the times of the lead-in, where it has none."""
    match item:
        case Said(windows=()):
            return replace(item, windows=windows)
        case All() | AnyOf():
            return replace(item, items=tuple(_dated(each, windows) for each in item.items))
    return item


def lead_in(
    text: str,
    tokens: Sequence[Token],
    clauses: Sequence[Clause],
    expression: Expression,
    above: Context,
    combine: Combine,
) -> LeadIn:
    """What a lead-in asserts itself and what it hands down.

    Args:
        text: readable text.
        tokens: those of the lead-in, limits as one token.
        clauses: the same, cut.
        expression: the same, joined.
        above: the context of the lead-in itself.
        combine: how its children join, as the outline has it.
    """
    if not clauses:
        return _frame(text, tokens, expression, above)
    at = _exception(text, clauses)
    if at is not None:
        return _excepting(clauses[:at], above, combine if _needs_all(text, clauses[at:]) else "any")
    led = _letting_in(text, tokens, clauses, above, combine) or _allowing(text, clauses, above, combine)
    return led or _stating(text, tokens, clauses, expression, above)


def _stating(
    text: str, tokens: Sequence[Token], clauses: Sequence[Clause], expression: Expression, above: Context
) -> LeadIn:
    """What a lead-in asserts that excepts nothing and lets nobody in."""
    note = above.note or is_note(clauses) or (not above.excludes and _considers(text, clauses))
    if any(clause.limit is not None for clause in clauses):
        return LeadIn(expression, Context(above.excludes, note=note))
    last = _last_sentence(clauses)
    denied = _denies(tokens, clauses, expression, above)
    part = part_of_trial(text, tokens)
    if part is not None and above.chosen:
        return LeadIn(part, above._replace(measures=()), told=True)
    bars = not above.excludes and _does(last, "bars")
    condition = None if bars else part or list_condition(text, expression) or condition_of(text, tokens)
    below = Context(
        above.excludes,
        _names(tokens),
        condition or above.condition,
        above.negated or denied or bars,
        note,
        _times(text, clauses),
    )
    silent = bars or (condition is not None and not tells(expression))
    join_all = (denied or bars) and not above.excludes
    return LeadIn(None if silent else expression, below, "all" if join_all else None)


def _needs_all(text: str, exception: Sequence[Clause]) -> bool:
    """Whether all of a list may be what releases: `unless A and B`, but not `except A and B`."""
    first = exception[0]
    names = first.opens(Opens.EXCEPT) and first.openers[0].word != "unless"
    return not names or _EVERY.search(text, first.start, exception[-1].end) is not None


def _frame(text: str, tokens: Sequence[Token], expression: Expression, above: Context) -> LeadIn:
    """A lead-in that asserts nothing, and may yet forbid its list: `The following are not permitted:`."""
    if not above.excludes and any("bars" in deeds_at(text, tokens, i) for i in range(len(tokens))):
        return LeadIn(None, above._replace(measures=(), negated=True), "all")
    return LeadIn(expression, above._replace(measures=()))


def _excepting(clauses: Sequence[Clause], above: Context, combine: Combine) -> LeadIn:
    """What a lead-in states and its list does not cover: `No cancer within 5 years, except:`.

    In an exclusion criterion none of the list may hold beside it; else, who does not meet it meets some of the list.
    """
    own = join(clauses, Polarity(above.excludes, above.excludes)) if clauses else None
    if own is None:
        return LeadIn(
            None, Context(above.excludes, negated=above.excludes, note=not (above.excludes and above.stated)), "all"
        )
    if above.excludes:
        return LeadIn(own, Context(above.excludes, negated=True), _FLIPPED.get(combine, "all"))
    return LeadIn(None, Context(condition=algebra.denial(in_context(own, above))))


def _allowing(text: str, clauses: Sequence[Clause], above: Context, combine: Combine) -> LeadIn | None:
    """`No steroids; however, the following are allowed:`: an exception from what stands before; alone it binds nobody.

    None where nothing is allowed, or people with what stands below are let in.
    """
    last = _last_sentence(clauses, _PARTS)
    plain = not any(clause.openers or clause.limit is not None for clause in last)
    if not (plain and _does(last, "permits")) or _does(last, "admits") or _does(last, "people"):
        return None
    if POINTS.search(text, last[0].begins, last[-1].end) is None:
        return None
    before = clauses[: len(clauses) - len(last)] if len(last) < len(clauses) else ()
    own = join(before, Polarity(above.excludes, above.excludes)) if before else None
    if own is None or above.excludes or isinstance(own, Not):
        return _excepting(before, above, combine)
    return LeadIn(own, Context(note=True))


def _considers(text: str, clauses: Sequence[Clause]) -> bool:
    """`The following are considered severe:`: what stands below only tells what a word means."""
    first = clauses[0]
    said = text[first.begins : clauses[-1].end].lower().split()
    points = POINTS.search(" ".join(said[:_POINTS_WITHIN])) is not None
    means = not words("regards", "meanings").isdisjoint(said)
    return points and means and len(clauses) == 1 and not (first.openers or first.deeds)


def _letting_in(
    text: str, tokens: Sequence[Token], clauses: Sequence[Clause], above: Context, combine: Combine
) -> LeadIn | None:
    """`Brain metastases. Patients with treated ones are eligible if they:`: what the list is asked of, and it alone.

    In an exclusion criterion some of them are shut out if they do not meet it. None where nobody is let in.
    """
    last = _last_sentence(clauses, _PARTS)
    start = last[0].begins if len(last) < len(clauses) else 0
    first = next((i for i, token in enumerate(tokens) if token.end > start), 0)
    at = max((i for i, token in enumerate(tokens) if token.type == "IF"), default=0)
    if at <= first or not _leads_on(text, tokens, at) or not any(_does(last, deed) for deed in _LETS_IN):
        return None
    before = clauses[: len(clauses) - len(last)]
    if not (above.excludes or before):
        return None  # whom the trial is about
    some = _some_people(tokens[first:at])
    own = join(before, Polarity(above.excludes, above.excludes)) if before else None
    one_of = _CHOOSES.search(text, tokens[at].end, tokens[-1].end) is not None
    if above.excludes:
        every: Combine = "all" if one_of else "any"
        return LeadIn(own, Context(True, condition=some or above.condition, negated=True), every)
    if own is not None and some is not None:
        own = algebra.conditional(algebra.denial(some), own)
    return LeadIn(own, Context(condition=some or above.condition), None if one_of or combine == "at_least" else "all")


def _leads_on(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing stands behind a condition but the words that lead on to its list."""
    behind = tokens[at + 1 :]
    idle = all(token.type in ("COLON", "FILL", "SCALE", "SUBJECT") or token.value in words("frame") for token in behind)
    return idle or any(POINTS.match(text, token.start, token.end) for token in behind)


def _some_people(tokens: Sequence[Token]) -> Expression | None:
    """The people whom a sentence lets in, without the words that do; None where all are meant."""
    stop = len(tokens)
    idle = words("lets", "copulas", "joins", "permits")
    while stop and (
        tokens[stop - 1].type in ("SCALE", "COMMA", "FOR") or tokens[stop - 1].value in idle | words("trial")
    ):
        stop -= 1
    some = any(t.type == "WORD" and t.value not in words("frame", "anybody") for t in tokens[:stop])
    return Said(tokens[0].start, tokens[stop - 1].end) if some else None


def tells(item: Expression) -> bool:
    """Whether there is a limit or a time in an expression."""
    return any(isinstance(part, Bounded) or (isinstance(part, Said) and part.windows) for part in walk(item))


def _denies(tokens: Sequence[Token], clauses: Sequence[Clause], expression: Expression, above: Context) -> bool:
    """Whether a lead-in denies all of its list; in an exclusion criterion what must not be is what excludes."""
    if above.excludes:
        return tokens[0].type == "NOT" and tokens[0].value != "bar" and not _does(clauses, "bars")
    return tokens[0].type == "NOT" or isinstance(expression, Not)


def _does(clauses: Sequence[Clause], deed: str) -> bool:
    return any(deed in clause.deeds for clause in clauses)


def _last_sentence(clauses: Sequence[Clause], parts: Set[Link] = frozenset({Link.STOP})) -> Sequence[Clause]:
    """The sentence that leads on to the list."""
    first = max((i for i, clause in enumerate(clauses) if clause.link in parts), default=0)
    return clauses[first:]


def _names(tokens: Sequence[Token]) -> tuple[Named, ...]:
    """The measures that are named without a limit; many are a list, and no name for what stands below."""
    named: list[Named] = []
    for token in tokens:
        if token.type == "MEASURE" and all(n.row is not token.value for n in named):
            named.append(Named(token.value, token.start, token.end))
    return tuple(named) if len(named) <= _HANDED_DOWN else ()


def _times(text: str, clauses: Sequence[Clause]) -> tuple[Elapsed, ...]:
    """The times of a last clause that stands for the list: `any of the following within 30 days`."""
    last = clauses[-1]
    if not last.windows or not POINTS.search(text, last.start, last.end):
        return ()
    asked = words("standards").isdisjoint(text[last.start : last.end].lower().split())
    return tuple(last.windows) if asked else ()


def _exception(text: str, clauses: Sequence[Clause]) -> int | None:
    """The clause from which on a lead-in only says that its list is what it does not cover; None where it does not."""
    for at in range(len(clauses) - 1, -1, -1):
        clause = clauses[at]
        excepts = clause.opens(Opens.EXCEPT)
        if _does(clauses[at:], "obliges"):
            return None
        if excepts or "exceptions" in clause.deeds:
            if _names_kinds(text, clause, clauses[at + 1 :]):
                return None  # `no inhibitors, unless needed, including any of the following:`
            points = POINTS.search(text, clause.start, clauses[-1].end) is not None
            alone = all(
                not each.says or (each is clause and not excepts and each.content == 1) for each in clauses[at:]
            )
            return at if points or alone else None
    return None


def _names_kinds(text: str, exception: Clause, behind: Sequence[Clause]) -> bool:
    """Whether the list behind an `unless` is one of examples: `including any of the following`."""
    if all(opener.word != "unless" for opener in exception.openers):
        return False
    clauses = behind or (exception,)
    points = [*POINTS.finditer(text, clauses[0].start, clauses[-1].end)]
    before = text[clauses[0].start : points[-1].start()].lower().split() if points else []
    return not words("examples").isdisjoint(before[-POINTER:])
