"""One criterion's own text -> its requirement, and what its children inherit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import regex

from trialparse.models.diagnostic import diagnostic
from trialparse.requirements.binder import Binder
from trialparse.requirements.joiner import join
from trialparse.requirements.lexer import lex
from trialparse.requirements.naming import Named
from trialparse.requirements.neighbours import Finding
from trialparse.requirements.output import Requirement, Writer
from trialparse.requirements.pieces import Pieces, any_content
from trialparse.requirements.quantity import BEGINS as QUANTITY_BEGINS
from trialparse.requirements.quantity import Quantity, quantity_at
from trialparse.requirements.tokens import Token
from trialparse.requirements.window import BEGINS as WINDOW_BEGINS
from trialparse.requirements.window import Elapsed, is_time, window_at
from trialparse.text.readable import Readable

# text without any of these holds neither limit nor window
_NUMERAL = regex.compile(r"(?<![\p{L}\d])\d|(?<=\p{L}{3})\d")
_WORD = re.compile(r"[a-z]+")
_TELLING = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen eighteen twenty half third twice double "
    "uln lln unl wnl normal reference class classes grade grades stage stages asa asia bclc nyha child".split()
)
_PHRASE_WORDS = frozenset("year years month months week weeks day days i ii iii iv v".split())
_PHRASE = regex.compile(
    r"""\b(?:past|last|previous|prior|preceding|recent|next|following|within|for)\s++(?:the\s++|a\s++)?
        (?:year|month|week|day)s?\b
      | \b(?-i:I{2,3}|I?V|I(?=\s?(?:[-–/,]|or\b|and\b|to\b)))\b""",
    regex.VERBOSE | regex.IGNORECASE,
)
_DEFINED = frozenset("adequate acceptable sufficient criteria defined including include evidence features".split())
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4}
_AT_LEAST = regex.compile(
    r"""(?:\w++\s++){0,4}(?:at\s++least\s++|any\s++)?(\d|one|two|three|four)\s++(?:or\s++more\s++)?of\s++
        (?:the\s++following|these)[^:;.]{0,40}:""",
    regex.VERBOSE | regex.IGNORECASE,
)


class Context(NamedTuple):
    """What a criterion hands down to its children."""

    measures: tuple[Named, ...] = ()
    condition: Requirement | None = None
    negated: bool = False


NO_CONTEXT = Context()
_INNER = ("item", "condition", "then", "otherwise")
_DEEPEST = 40
"""Logic nested deeper than this is no sentence; the models and JSON parsers stop at some depth, too."""
_HANDED_DOWN = 2
"""More measures than this in a lead-in are a list, not a name for its children."""


class Reading(NamedTuple):
    """What a criterion asks for, and the context of its children."""

    requirement: Requirement | None
    context: Context


def read(
    readable: Readable,
    start: int,
    end: int,
    notes: list[dict[str, Any]],
    *,
    context: Context = NO_CONTEXT,
    heading: bool = False,
    parent: bool = False,
    decimal_comma: bool = False,
) -> Reading:
    """Read `readable.text[start:end]`, the own text of one criterion.

    Args:
        readable: the text and its way back to the source.
        start, end: half-open offsets into `readable.text`.
        notes: diagnostics are appended here.
        context: what the parent hands down.
        heading: whether the text is a bare heading, which asks for nothing by itself unless it holds a limit.
        parent: whether it has children, to hand something down to.
        decimal_comma: whether the document writes 1,5 for one and a half.
    """
    writer = Writer(readable, notes)
    text = readable.text
    if not (parent or _is_worth_reading(text, start, end)):
        return Reading(None if heading else writer.statement(start, end), context)
    tokens = _with_limits(lex(text, start, end, decimal_comma=decimal_comma, doubt=writer.doubt))
    findings = Binder(text, tokens, context.measures).run()
    windows = _windows(text, tokens, findings)
    below = _handed_down(writer, tokens, findings, context) if parent else NO_CONTEXT
    if not findings:
        found = [w for elapsed, _ in windows.values() for w in writer.windows(elapsed)]
        if heading and not found:
            return Reading(None, below)
        return Reading(_prose(writer, start, end, found, windows), below)
    pieces = Pieces(tokens, findings, windows, writer).run()
    item = join(pieces) if any_content(pieces) else None
    if item is not None and len(pieces) > _DEEPEST and _depth(item.requirement) > _DEEPEST:
        notes.append(diagnostic("logic_too_deep", readable.span(start, end), limit=_DEEPEST))
        item = None
    requirement = writer.statement(start, end) if item is None else _counted(text, start, end, item.requirement)
    if context.negated and item is not None and item.names:
        requirement = {"kind": "not", "item": requirement}
    if context.condition is not None:
        requirement = {"kind": "if", "condition": context.condition, "then": requirement, "otherwise": None}
    return Reading(requirement, below)


def _is_worth_reading(text: str, start: int, end: int) -> bool:
    """Whether there may be a limit or a window at all; a quick look, for most lines are plain prose."""
    if _NUMERAL.search(text, start, end):
        return True
    words = frozenset(_WORD.findall(text[start:end].lower()))
    if not words.isdisjoint(_TELLING):
        return True
    return not words.isdisjoint(_PHRASE_WORDS) and _PHRASE.search(text, start, end) is not None


def _depth(requirement: Requirement) -> int:
    """How many levels of all, any, not and if there are, the deepest limit included; no further than needed."""
    depth, level = 0, [requirement]
    while level and depth <= _DEEPEST:
        depth += 1
        level = [part for each in level for part in _parts(each)]
    return depth


def _parts(requirement: Requirement) -> list[Requirement]:
    named = [requirement[name] for name in _INNER if requirement.get(name) is not None]
    return [*requirement.get("items", ()), *named]


def _counted(text: str, start: int, end: int, requirement: Requirement) -> Requirement:
    """`At least two of the following: A, B, C` printed in one line."""
    match = _AT_LEAST.match(text, start, end)
    items = requirement.get("items", ())
    if match is None or requirement["kind"] not in ("all", "any"):
        return requirement
    minimum = int(match[1]) if match[1].isdigit() else _COUNTS[match[1].lower()]
    limits = [item for item in items if item["kind"] != "statement"]
    if not 0 < minimum <= len(limits):
        return requirement
    return {"kind": "at_least", "minimum": minimum, "items": limits}


def _with_limits(tokens: list[Token]) -> list[Token]:
    """The tokens with every limit as one token: LIMIT, or TIME and LIMIT_TIME for amounts of time."""
    out: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        island = quantity_at(tokens, i) if token.type in QUANTITY_BEGINS else None
        if island is None:
            out.append(token)
            i += 1
            continue
        quantity: Quantity = island.value
        kind = "LIMIT"
        if is_time(quantity):
            kind = "TIME" if quantity.shape in ("series", "range", "equal") else "LIMIT_TIME"
        out.append(Token(kind, quantity, token.start, tokens[island.stop - 1].end))
        i = island.stop
    return out


def _windows(text: str, tokens: Sequence[Token], findings: dict[int, Finding]) -> dict[int, tuple[Elapsed, int]]:
    """Windows by the index of their first token, with the token after them."""
    taken = [(finding.start, finding.end) for finding in findings.values()]
    out: dict[int, tuple[Elapsed, int]] = {}
    i = 0
    while i < len(tokens):
        island = window_at(text, tokens, i) if tokens[i].type in WINDOW_BEGINS and i not in findings else None
        if island is None or any(tokens[i].start < e and s < island.value.end for s, e in taken):
            i += 1
            continue
        out[i] = (island.value, island.stop)
        i = island.stop
    return out


def _prose(
    writer: Writer, start: int, end: int, windows: list[Requirement], found: dict[int, tuple[Elapsed, int]]
) -> Requirement:
    """Prose with its windows; a text that is one window and nothing else is that window."""
    if len(windows) == 1:
        ((elapsed, _),) = found.values()
        if elapsed.start == start and elapsed.end >= end - 1:
            return windows[0]
    return writer.statement(start, end, windows)


def _handed_down(writer: Writer, tokens: Sequence[Token], findings: dict[int, Finding], above: Context) -> Context:
    """A lead-in hands down the measures it names without limiting them, its condition and its denial."""
    if findings or not tokens:
        return above._replace(measures=())
    named: list[Named] = []
    for token in tokens:
        if token.type == "MEASURE" and all(n.row is not token.value for n in named):
            named.append(Named(token.value, token.start, token.end))
    return Context(
        tuple(named) if len(named) <= _HANDED_DOWN else (),
        _condition(writer, tokens) or above.condition,
        above.negated or tokens[0].type == "NOT",
    )


def _condition(writer: Writer, tokens: Sequence[Token]) -> Requirement | None:
    """`For men:`, `If liver metastases are present:`, `Patients with X:`, `Except for patients with X:`."""
    if any(token.type == "NEXT" for token in tokens):
        return None  # patients with any of the following: says nothing of its own
    opening, closed = tokens[0].type, tokens[-1].type == "COLON"
    rest = tokens[1:-1] if closed else tokens[1:]
    if opening == "SUBJECT" and closed and rest and rest[0].type == "WITH" and any(t.type == "WORD" for t in rest):
        defined = any(token.value in _DEFINED for token in rest)  # by the children, which so have no condition
        return None if defined else writer.statement(rest[0].start, rest[-1].end)
    if opening == "POP" and not rest:
        return writer.statement(tokens[0].start, tokens[0].end)
    if opening not in ("IF", "UNLESS") or not rest:
        return None
    statement = writer.statement(rest[0].start, rest[-1].end)
    return {"kind": "not", "item": statement} if opening == "UNLESS" else statement
