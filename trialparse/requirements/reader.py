"""One criterion's own text -> its requirement, and what its children inherit: the stages in order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

import regex

from trialparse.lexicon.vocabulary import number_words
from trialparse.lexicon.wording import words
from trialparse.models.diagnostic import diagnostic
from trialparse.models.eligibility import Combine
from trialparse.requirements import algebra
from trialparse.requirements.alternatives import for_each
from trialparse.requirements.amounts import Doubt, untold, with_units_behind
from trialparse.requirements.binder import Binder
from trialparse.requirements.bracketed import dated, times_in_brackets
from trialparse.requirements.clauses import Clause, Link
from trialparse.requirements.cut import Cutter
from trialparse.requirements.elided import filled_in, for_some
from trialparse.requirements.events import merge, share_anchors, share_times
from trialparse.requirements.expression import Bounded, Expression, Said, depth
from trialparse.requirements.groups import mark_groups
from trialparse.requirements.ladder import join
from trialparse.requirements.leadin import NO_CONTEXT, Context, for_own, in_context, lead_in, tells
from trialparse.requirements.legends import without_legends
from trialparse.requirements.lexer import lex
from trialparse.requirements.limits import BEGINS as QUANTITY_BEGINS
from trialparse.requirements.limits import quantity_at
from trialparse.requirements.links import ambiguous, resolve
from trialparse.requirements.neighbours import Finding, by_first_token
from trialparse.requirements.otherwise import another_way
from trialparse.requirements.output import Requirement, Writer
from trialparse.requirements.placing import placed
from trialparse.requirements.polarity import Polarity
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.reach import mark_consequences
from trialparse.requirements.tokens import Token
from trialparse.requirements.trailing import gone_on
from trialparse.requirements.window import BEGINS as WINDOW_BEGINS
from trialparse.requirements.window import TIMES, Elapsed, is_time, window_at
from trialparse.text.readable import Readable

# text without any of these holds neither limit nor window
_NUMERAL = regex.compile(r"(?<![\p{L}\d])\d|(?<=\p{L}{3})\d|(?<=\b[Oo]f)\d")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[a-z]+")
_PHRASE_WORDS = frozenset("year years month months week weeks day days i ii iii iv v".split())
_PHRASE = regex.compile(
    r"""\b(?:past|last|previous|prior|preceding|recent|next|following|within|for)\s++(?:the\s++|a\s++)?
        (?:year|month|week|day)s?\b
      | \b(?-i:I{2,3}|I?V|I(?=\s?(?:[-–/,]|or\b|and\b|to\b)))\b""",
    regex.VERBOSE | regex.IGNORECASE,
)
_DEEPEST = 40
"""Logic nested deeper than this is no sentence; the models and JSON parsers stop at some depth, too."""


class Reading(NamedTuple):
    """What a criterion asks for, and the context of its children."""

    requirement: Requirement | None
    context: Context
    join: Combine | None = None
    """How the children join, where the words of their lead-in settle it; None leaves it to the outline."""


class Stages(NamedTuple):
    """What each stage made of one criterion's text."""

    tokens: Sequence[Token]
    limits: Mapping[int, Finding]
    """By the index of their token."""
    clauses: Sequence[Clause]
    expression: Expression | None
    """None where the grammar refuses the clauses."""


def read(
    readable: Readable,
    start: int,
    end: int,
    notes: list[dict[str, Any]],
    *,
    context: Context = NO_CONTEXT,
    heading: bool = False,
    combine: Combine | None = None,
    sole: bool = False,
    decimal_comma: bool = False,
) -> Reading:
    """Read `readable.text[start:end]`, the own text of one criterion.

    Args:
        readable: the text and its way back to the source.
        start, end: half-open offsets into `readable.text`.
        notes: diagnostics are appended here.
        context: what the section and the parent hand down.
        heading: whether the text is a bare heading, which asks for nothing by itself unless it holds a limit.
        combine: how its children join; None where it has none to hand something down to.
        sole: whether it has one child, which then may be a list of its own.
        decimal_comma: whether the document writes 1,5 for one and a half.
    """
    writer = Writer(readable, notes)
    text = readable.text
    plain = combine is None and not (context.negated or context.any_of)
    if plain and not _is_worth_reading(text, start, end, excludes=context.excludes):
        return Reading(None if heading else writer.write(in_context(Said(start, end), context)), context)
    if context.any_of and combine is not None:
        context = context._replace(any_of=False)
    stages = read_stages(text, start, end, context, decimal_comma=decimal_comma, doubt=writer.doubt)
    for place in ambiguous(stages.clauses):
        writer.doubt("ambiguous_scope", *place)
    expression = _asserted(readable, start, end, stages, notes)
    context = for_own(stages.clauses, context)
    if combine is None:
        silent = heading and not tells(expression)
        return Reading(None if silent else writer.write(in_context(expression, context)), context)
    lead = lead_in(text, stages.tokens, stages.clauses, expression, context, combine)
    own = lead.own if lead.own is None or not heading or lead.told or tells(lead.own) else None
    requirement = None if own is None else writer.write(in_context(own, context))
    any_of = combine == "any"
    below = lead.below._replace(
        any_of=sole and any_of, stated=requirement is not None, chosen=any_of and not context.excludes
    )
    return Reading(requirement, below, lead.join)


def _asserted(readable: Readable, start: int, end: int, stages: Stages, notes: list[dict[str, Any]]) -> Expression:
    """What the whole text asserts; where the clauses make no sentence, its words beside all of its limits."""
    expression = stages.expression
    if expression is None and stages.clauses:
        notes.append(diagnostic("not_joined", readable.span(start, end)))
        return algebra.conjunction([Said(start, end), *(Bounded(f) for f in stages.limits.values())])
    if expression is None:
        return Said(start, end)
    if depth(expression, _DEEPEST) > _DEEPEST:
        notes.append(diagnostic("logic_too_deep", readable.span(start, end), limit=_DEEPEST))
        expression = Said(start, end)
    if isinstance(expression, Said) and len(stages.clauses) <= 1 and not _leads_in(stages.clauses):
        expression = replace(expression, start=start, end=end)
    return expression


def read_stages(
    text: str,
    start: int,
    end: int,
    context: Context = NO_CONTEXT,
    *,
    decimal_comma: bool = False,
    doubt: Doubt | None = None,
) -> Stages:
    """What each stage makes of `text[start:end]`, for `read` and for people who look for the row to change."""
    doubt = doubt or untold
    tokens = without_legends(lex(text, start, end, decimal_comma=decimal_comma, doubt=doubt))
    tokens = _with_limits(filled_in(with_units_behind(tokens), doubt))
    if "LPAR" in [token.type for token in tokens]:
        tokens = for_some(for_each(tokens))
    tokens = times_in_brackets(text, tokens)
    limits = Binder(text, tokens, context.measures).run()
    windows = dated(tokens, _windows(text, tokens, limits))
    starts = by_first_token(tokens, limits)
    row = Cutter(text, tokens, starts, windows, excludes=context.excludes, chosen=context.chosen).run()
    row = row if context.excludes else another_way(text, row)
    polarity = Polarity(context.excludes, context.excludes or context.any_of, excepted=context.negated)
    clauses = _settled(text, row, any_of=polarity.any_of, listed=context.any_of)
    _close_gaps(text, clauses)
    return Stages(tokens, limits, clauses, join(clauses, polarity) if clauses else None)


def _close_gaps(text: str, clauses: Sequence[Clause]) -> None:
    """Prose reaches up to a time behind it, however wide the blank or line break between them."""
    for clause in clauses:
        for window in clause.windows if clause.limit is None else ():
            if text[clause.end : window.start].isspace():
                clause.end = window.start - 1


def _leads_in(clauses: Sequence[Clause]) -> bool:
    """`Patients are not eligible who ...`, `Must not have ...`: the first words are no part of what is said.

    Nor are brackets that say another way for some: `(or for a week if on a pump)`.
    """
    ways = (remark for clause in clauses for remark in clause.remarks if remark[0].link is Link.OR)
    if any(each.openers for remark in ways for each in remark):
        return True
    return any(clause.openers or "bars" in clause.deeds for clause in clauses)


def _settled(text: str, row: list[Clause], *, any_of: bool, listed: bool) -> list[Clause]:
    """The clauses of a row and of its brackets with links, events and anchors settled."""
    if len(row) == 1 and row[0].says and not (row[0].openers or row[0].remarks or len(row[0].windows) > 1):
        return row  # most criteria: nothing to settle
    rows = [row]
    for each in rows:
        for clause in each:
            rows.extend(clause.remarks)
            for remark in clause.remarks:
                resolve(remark)
                mark_consequences(remark)
            merged = (merge(text, remark, any_of=any_of) for remark in clause.remarks)
            clause.remarks = [remark for remark in merged if remark]
    row = gone_on(text, placed(text, row, any_of=any_of))
    mark_groups(row)
    resolve(row)
    mark_consequences(row)
    share_anchors(text, row)
    settled = merge(text, row, any_of=any_of, listed=listed)
    share_times(text, settled, any_of=any_of)
    return settled


def _is_worth_reading(text: str, start: int, end: int, *, excludes: bool) -> bool:
    """Whether there may be a limit, a window or more than prose; a quick look, for most lines are plain prose."""
    digit = _DIGIT.search(text, start, end)
    if digit is not None and _NUMERAL.search(text, digit.start(), end):
        return True
    printed = frozenset(_WORD.findall(text[start:end].lower()))
    if not printed.isdisjoint(_telling()) or _asks_some(printed):
        return True
    if excludes and not printed.isdisjoint(words("insists")):
        return True
    if not printed.isdisjoint(words("denies")) and _denial().search(text[start:end]):
        return True
    return not printed.isdisjoint(_PHRASE_WORDS) and _PHRASE.search(text, start, end) is not None


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """Words that may be a number or a limit, or change what prose asserts, wherever they stand."""
    names = ("telling", "conditions", "permits", "bars", "remarks", "exceptions")
    return number_words().union(*(words(name) for name in names))


@lru_cache(maxsize=1)
def _denial() -> regex.Pattern[str]:
    """A word at the head of a clause, or with its verb, that denies it."""
    denials = "|".join(sorted(words("denies")))
    return regex.compile(
        rf"(?:\A|[.,;:]\s++|^\s*+|\b(?:and|or|but|with)\s++)\W{{0,3}}+(?:(?:must|should|may)\s++)?(?:{denials})\b(?!\s++limited)"
        r"|\b(?:must|should|may|can|do|does|did|has|have|had|are|is|was|were|will)\s++not\b|\bcannot\b",
        regex.IGNORECASE,
    )


def _asks_some(printed: frozenset[str]) -> bool:
    """Whether something is asked, and of one sex or of people with something."""
    return not (printed.isdisjoint(words("obliges")) or printed.isdisjoint(words("some")))


def _with_limits(tokens: list[Token]) -> list[Token]:
    """The tokens with every limit as one token: LIMIT, or TIME and LIMIT_TIME for amounts of time."""
    out: list[Token] = []
    done = 0
    for i, token in enumerate(tokens):
        island = quantity_at(tokens, i) if token.type in QUANTITY_BEGINS and i >= done else None
        if island is None:
            continue
        quantity: Quantity = island.value
        kind = "LIMIT"
        if is_time(quantity):
            kind = "TIME" if quantity.shape in ("series", "range", "equal") else "LIMIT_TIME"
        out += tokens[done:i]
        out.append(Token(kind, quantity, token.start, tokens[island.stop - 1].end))
        done = island.stop
    return out + tokens[done:]


def _windows(text: str, tokens: Sequence[Token], findings: dict[int, Finding]) -> dict[int, tuple[Elapsed, int]]:
    """Windows by the index of their first token, with the token after them."""
    out: dict[int, tuple[Elapsed, int]] = {}
    if TIMES.isdisjoint([token.type for token in tokens]):
        return out
    taken = sorted((finding.start, finding.end) for finding in findings.values())
    ends = [0, *accumulate((end for _, end in taken), max)]  # of the findings that begin so far
    done = 0
    for i, token in enumerate(tokens):
        may_begin = token.type in WINDOW_BEGINS and i >= done and i not in findings
        island = window_at(text, tokens, i) if may_begin else None
        if island is not None and ends[bisect_left(taken, (island.value.end,))] <= token.start:
            out[i] = (island.value, island.stop)
            done = island.stop
    return out
