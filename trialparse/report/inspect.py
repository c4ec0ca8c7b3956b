"""What each stage saw of one record, as lines: layout scores, fields, sections, outline, tokens, logic, limits."""

from __future__ import annotations

from collections.abc import Iterator

from trialparse import layouts
from trialparse.api import parse
from trialparse.criteria.node import Node
from trialparse.criteria.outline import outline
from trialparse.layouts.base import Record
from trialparse.models.notation import findings, formula
from trialparse.models.trial import Trial
from trialparse.requirements.leadin import Context
from trialparse.requirements.lexer import lex
from trialparse.requirements.reader import read_stages
from trialparse.requirements.trace import lines
from trialparse.text.decode import decode
from trialparse.text.readable import make_readable

_WIDTH = 72
_SCORES = 5


def stages(source: str | bytes, layout: str | None = None) -> Iterator[str]:
    """The stages of reading `source`, line by line; `[start:end]` are offsets into its text.

    Args:
        source: page text or a registry export; bytes are decoded first.
        layout: name of a layout, if it is not to be recognised.

    Raises:
        ValueError: no layout has that name.
    """
    readable = make_readable(source if isinstance(source, str) else decode(source)[0])
    record = layouts.read(readable, layout)
    trial = parse(source, layout=layout)
    yield "Layouts"
    best = list(record.scores.items())[:_SCORES]
    for name, score in best:
        if signs := record.why.get(name):
            yield f"  {score:.2f} {name}: it prints {', '.join(map(repr, signs))}"
    yield f"  read as {record.layout}: {_reason(record, layout)}"
    yield from _fields(record)
    yield from _sections(trial)
    yield from _outline(record, trial)
    yield from _remarks(trial)


def _reason(record: Record, named: str | None) -> str:
    """Why the source was taken for what it was taken for."""
    if named is not None:
        return "the caller named it"
    if record.layout in record.why:
        return "its signs make it the surest"
    if any(note["code"] == "layout_refused" for note in record.notes):
        return "the surest layout found no criteria, and this one does"
    return "too few signs of any other; one alone is not enough" if record.why else "no signs of any other"


def _fields(record: Record) -> Iterator[str]:
    yield "Fields"
    for name, value in (record.fields | record.eligibility).items():
        yield f"  {name} {_place(*record.places[name])} {_short(str(value))}"


def _sections(trial: Trial) -> Iterator[str]:
    yield "Sections: text that fills no field"
    for section in trial.sections:
        place = _place(section.span.start, section.span.end)
        yield f"  {_short(section.heading or '(no heading)')} {place} {_short(section.text)}"


def _outline(record: Record, trial: Trial) -> Iterator[str]:
    """Each criterion with its tokens, words that no table holds left out, its logic and limits."""
    yield "Outline"
    tree = outline(record.passages)
    nodes = _nodes([*tree.inclusion, *tree.exclusion, *tree.other])
    for (section, criterion), node in zip(trial.eligibility.criteria(), nodes, strict=False):
        joined = f" {criterion.combine} of {len(criterion.children)}" if criterion.combine else ""
        place = _place(criterion.span.start, criterion.span.end)
        yield f"  {criterion.id} {place} {criterion.marker or '(no marker)'}{joined} | {_short(criterion.text)}"
        text, excludes = node.readable.text, section == "exclusion"
        known = [f"{t.type}({node.readable.show(t.start, t.end)})" for t in lex(text, node.start, node.end)]
        yield from [f"      tokens {' '.join(known)}"] if known else []
        stages = read_stages(text, node.start, node.end, Context(excludes=excludes))
        yield from (f"      {line}" for line in lines(stages, text, excludes=excludes))
        if criterion.requirement is not None:
            yield f"      reads  {formula(criterion.requirement)}"
            yield from (f"      limit  {limit}" for limit in findings(criterion.requirement))


def _nodes(roots: list[Node]) -> Iterator[Node]:
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def _remarks(trial: Trial) -> Iterator[str]:
    yield "Diagnostics"
    for note in trial.diagnostics:
        place = _place(note.span.start, note.span.end) if note.span else "[-]"
        yield f"  {note.severity} {note.code} {place} {_short(note.message)}"


def _place(start: int, end: int) -> str:
    return f"[{start}:{end}]"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"
