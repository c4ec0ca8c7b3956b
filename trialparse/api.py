"""The stages wired together: text, layout, outline, requirements, models."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import localcontext
from typing import Any

from trialparse import layouts
from trialparse.conflicts import age_conflicts
from trialparse.criteria.markers import read_marker
from trialparse.criteria.node import Node, Outline
from trialparse.criteria.outline import outline
from trialparse.criteria.passage import Passage
from trialparse.decimals import ARITHMETIC
from trialparse.layouts.base import Record
from trialparse.layouts.page import label_key
from trialparse.layouts.residue import block_text
from trialparse.layouts.values import LINE_READERS
from trialparse.lexicon.fields import labels
from trialparse.models.diagnostic import diagnostic
from trialparse.models.eligibility import Criterion, Eligibility
from trialparse.models.trial import Trial
from trialparse.requirements.leadin import NO_CONTEXT, Context
from trialparse.requirements.numbers import has_decimal_comma
from trialparse.requirements.reader import read
from trialparse.text.decode import decode
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable, make_readable

MAX_CHARS = 10_000_000
"""As many characters of one source are read unless the caller says otherwise: far more than any record has."""
_ELIGIBILITY_ROWS = frozenset(("ages", "minimum_age", "maximum_age", "sex", "healthy_volunteers"))
_LETTERS = {"inclusion": "I", "exclusion": "E", "other": "O"}


@contextmanager
def _undisturbed() -> Iterator[None]:
    """The caller's decimal context neither changes a value nor raises, and the garbage collector pauses.

    Reading makes no cycles: a collector that looks for them takes a tenth of the time, and more in a long text.
    """
    pauses = gc.isenabled()
    if pauses:
        gc.disable()
    try:
        with localcontext(ARITHMETIC):
            yield
    finally:
        if pauses:
            gc.enable()


@_undisturbed()
def parse(source: str | bytes, *, layout: str | None = None, max_chars: int = MAX_CHARS) -> Trial:
    """Read a scraped or exported trial record.

    Args:
        source: page text or a registry export; bytes are decoded first.
        layout: name of a layout (`trialparse.layouts.names()`) when the caller knows it; otherwise recognised.
        max_chars: what stands behind so many characters is not read, with the diagnostic `source_cut`.

    Returns:
        The trial. What could not be read, was repaired or assumed is in `diagnostics`. All spans are half-open
        offsets into `source` (for bytes: into the decoded text).

    Raises:
        TypeError: `source` is neither str nor bytes.
        ValueError: no layout has that name, or `max_chars` is negative.

    Example:
        >>> trial = parse("Trial ID: NCT99000001\\nInclusion Criteria:\\n* Platelets ≥ 75 × 10^9/L\\n* ECOG 0-1")
        >>> [(found.criterion.id, str(found.threshold)) for found in trial.thresholds()]
        [('I1', 'platelets ≥ 75 10*9/L'), ('I2', '0 ≤ ecog ≤ 1')]
    """
    text, notes = _text(source)
    notes += _cut(text, max_chars)
    readable = make_readable(text[:max_chars])
    record = layouts.read(readable, layout)
    notes += _repairs(readable, *(passage.readable for passage in record.passages))
    found = _eligibility(record.passages)
    eligibility = Eligibility.model_validate({**found, **record.eligibility})
    notes += [*record.notes, *_shortfall(text, record), *found["diagnostics"], *age_conflicts(eligibility)]
    return Trial.model_validate(
        {
            **record.fields,
            "source": {
                "layout": record.layout,
                "registry": record.fields.get("registry"),
                "sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
                "length": len(text),
            },
            "eligibility": eligibility,
            "sections": record.sections,
            "diagnostics": notes,
        }
    )


@_undisturbed()
def parse_criteria(text: str, *, max_chars: int = MAX_CHARS) -> Eligibility:
    """Read a block of eligibility criteria alone.

    Args:
        text: the block, with or without its inclusion and exclusion headings, as text, Markdown or HTML.
        max_chars: as for `parse`.

    Returns:
        The criteria as a tree; spans are half-open offsets into `text`. Text under no heading is inclusion, with the
        diagnostic `assumed_inclusion`.

    Raises:
        TypeError: `text` is not a str.
        ValueError: `max_chars` is negative.

    Example:
        >>> found = parse_criteria("Inclusion:\\n* Age 18 to 75 years\\nExclusion:\\n* ALT > 3 × ULN")
        >>> [(section, str(criterion.requirement)) for section, criterion in found.criteria()]
        [('inclusion', '18 ≤ age ≤ 75 a'), ('exclusion', 'alt > 3 × ULN')]
    """
    if not isinstance(text, str):
        raise TypeError(f"parse_criteria reads a str, not {type(text).__name__}; decode bytes first")
    notes = _cut(text, max_chars)
    readable, struck = block_text(Layer(text[:max_chars]))
    eligibility = _eligibility([Passage(readable, 0, len(readable.text), None)])
    eligibility["diagnostics"] += notes + struck + _repairs(readable)
    return Eligibility.model_validate(eligibility)


@_undisturbed()
def parse_criterion(text: str) -> Criterion:
    """Read one criterion: a line such as "Platelets ≥ 75 × 10^9/L", taken as inclusion criterion 1 as a whole.

    Markdown and HTML are recognised as by `parse`.

    Raises:
        TypeError: `text` is not a str.

    Example:
        >>> limit = parse_criterion("Total bilirubin ≤ 1.5 mg/dL").requirement
        >>> str(limit), limit.admits(20, "µmol/L")
        ('total bilirubin ≤ 1.5 mg/dL', True)
    """
    if not isinstance(text, str):
        raise TypeError(f"parse_criterion reads a str, not {type(text).__name__}; decode bytes first")
    readable, _ = block_text(Layer(text))
    body = readable.text
    end = len(body.rstrip())
    start = min(end, len(body) - len(body.lstrip()))
    bullet = read_marker(body, start, end) if start < end else None
    first = start if bullet is None or bullet.ordinal else end - len(body[bullet.end : end].lstrip())
    node = Node(readable, first, end, readable.show(start, first) or None)
    return _criterion(node, "I1", NO_CONTEXT, has_decimal_comma(body), [])


def _text(source: str | bytes) -> tuple[str, list[dict[str, Any]]]:
    if isinstance(source, str):
        return source, []
    if not isinstance(source, bytes | bytearray | memoryview):
        raise TypeError(f"parse reads a str or bytes, not {type(source).__name__}; for a file, pass what it holds")
    text, guessed = decode(bytes(source))
    return text, [] if guessed is None else [diagnostic("encoding_fallback", None, encoding=guessed)]


def _cut(text: str, max_chars: int) -> list[dict[str, Any]]:
    """The remark on what lies beyond the limit."""
    if max_chars < 0:
        raise ValueError(f"max_chars is a number of characters, not {max_chars}")
    size = len(text)
    return [diagnostic("source_cut", (max_chars, size), limit=max_chars)] if size > max_chars else []


def _repairs(*readables: Readable) -> list[dict[str, Any]]:
    repairs = dict.fromkeys(repair for readable in readables for repair in readable.repairs)
    return [diagnostic("sign_repaired", each[:2], text=each.printed, repaired=each.read) for each in repairs]


def _shortfall(text: str, record: Record) -> list[dict[str, Any]]:
    """What a trial record ought to hold and this one does not."""
    if not text.strip():
        return [diagnostic("empty_source")]
    if record.passages:
        return []
    return [diagnostic("no_criteria" if "trial_id" in record.fields else "not_a_trial")]


def _eligibility(passages: Sequence[Passage]) -> dict[str, Any]:
    """The criteria of all passages as input for `Eligibility`."""
    tree = outline(passages)
    notes = list(tree.notes)
    comma = any(has_decimal_comma(p.readable.text[p.start : p.end]) for p in passages)
    return {
        **_fields_of(tree, notes),
        "span": _extent(passages),
        **{
            name: _criteria(getattr(tree, name), letter, Context(excludes=name == "exclusion"), comma, notes)
            for name, letter in _LETTERS.items()
        },
        "headings": [{"start": start, "end": end} for start, end in tree.headings],
        "diagnostics": notes,
    }


def _fields_of(tree: Outline, notes: list[dict[str, Any]]) -> dict[str, Any]:
    """What the rows of the page's fields say that stand behind the criteria."""
    fields: dict[str, Any] = {}
    for readable, label, value in tree.rows:
        meaning = labels().get(label_key(readable.show(*label)))
        if meaning in _ELIGIBILITY_ROWS:
            found = dict(LINE_READERS[meaning](readable.show(*value), readable.show(*label)) or {})
            notes += [diagnostic(code, readable.span(*value), **details) for code, details in found.pop("notes", ())]
            fields = found | fields
    return fields


def _extent(passages: Sequence[Passage]) -> dict[str, int] | None:
    spans = [p.readable.span(p.start, p.end) for p in passages]
    return {"start": min(s for s, _ in spans), "end": max(e for _, e in spans)} if spans else None


def _criteria(
    roots: Sequence[Node], letter: str, context: Context, comma: bool, notes: list[dict[str, Any]]
) -> list[Criterion]:
    return [_criterion(node, f"{letter}{i}", context, comma, notes) for i, node in enumerate(roots, 1)]


def _criterion(root: Node, name: str, section: Context, comma: bool, notes: list[dict[str, Any]]) -> Criterion:
    """A node and what stands under it, parents first so that children can inherit; without recursion."""
    out: list[dict[str, Any]] = []
    todo: list[tuple[Node, str, Context, list[dict[str, Any]]]] = [(root, name, section, out)]
    while todo:
        node, path, context, siblings = todo.pop()
        reading = read(
            node.readable,
            node.start,
            node.end,
            notes,
            context=context,
            heading=node.heading,
            combine=node.combine,
            sole=len(node.children) == 1,
            decimal_comma=comma,
        )
        children: list[dict[str, Any]] = []
        own = _own(node, path) | ({"combine": reading.join, "minimum": None} if reading.join else {})
        siblings.append({**own, "children": children, "requirement": reading.requirement})
        todo.extend(
            (child, f"{path}.{i}", reading.context, children)
            for i, child in reversed(list(enumerate(node.children, 1)))
        )
    # one by one, so that the dicts of a long text are not all there at once
    return Criterion.model_validate(out[0])


def _own(node: Node, path: str) -> dict[str, Any]:
    start, end = node.readable.span(node.start, node.end)
    return {
        "id": path,
        "marker": node.marker,
        "text": node.readable.show(node.start, node.end),
        "span": {"start": start, "end": end},
        "heading": node.heading,
        "combine": node.combine,
        "minimum": node.minimum,
    }
