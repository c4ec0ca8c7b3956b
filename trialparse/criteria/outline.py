"""The way from passages to the outline, top to bottom."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence

from trialparse.criteria.adopt import adopt
from trialparse.criteria.combine import settle
from trialparse.criteria.lines import Block, read_lines
from trialparse.criteria.nesting import Item, nest
from trialparse.criteria.node import Node, Outline
from trialparse.criteria.numbering import Numbering
from trialparse.criteria.parts import Part, read_parts
from trialparse.criteria.passage import Passage
from trialparse.criteria.sections import split_runs
from trialparse.criteria.tail import field_row
from trialparse.criteria.wraps import Page
from trialparse.models.diagnostic import diagnostic
from trialparse.text.readable import Readable

__all__ = ["MAX_DEPTH", "Node", "Outline", "Passage", "outline"]

MAX_DEPTH = 32
"""Levels of nodes; what is nested deeper stands at the last level."""


def outline(passages: Sequence[Passage]) -> Outline:
    """Find the sections of the passages and nest what stands in them.

    Every non-blank character of a passage comes to lie in exactly one node's own text, in one node's marker, or in a
    heading. Never raises on text.
    """
    result = Outline()
    for passage in passages:
        _Reader(passage.readable, result).read(passage)
    for node in settle(result.inclusion, "inclusion"):
        text = node.readable.show(node.start, node.end)
        result.notes.append(diagnostic("ambiguous_list", node.readable.span(node.start, node.end), text=text))
    settle(result.exclusion, "exclusion")
    settle(result.other, "other")
    result.headings.sort()
    return result


class _Reader:
    """Reads the passages of one readable text into an outline."""

    def __init__(self, readable: Readable, result: Outline) -> None:
        self.readable = readable
        self.text = readable.text
        self.result = result

    def read(self, passage: Passage) -> None:
        lines = read_lines(self.text, passage.start, passage.end)
        page = Page(self.text, lines)
        runs = split_runs(self.text, lines, page, passage.section)
        numbering = Numbering(self.note_gap)
        assumed = False
        taken: list[tuple[int, int]] = []
        for part in read_parts(self.text, runs, page):
            if part.heading:
                self.result.headings.append(self.readable.span(*part.heading))
                if part.doubtful:
                    shown = self.readable.show(*part.heading)
                    self.note("doubtful_heading", *part.heading, text=shown, section=part.section)
            blocks = part.labels + part.blocks
            taken += [(block.first, block.end) for block in blocks]
            if part.section is None and blocks and not assumed:
                assumed = True
                self.note("assumed_inclusion", blocks[0].first, blocks[-1].end)
            self.add(part, numbering)
        rules = [rule for run in runs for rule in run.rules]
        self.result.headings += [self.readable.span(*rule) for rule in _outside(rules, taken)]

    def add(self, part: Part, numbering: Numbering) -> None:
        if part.section == "other":
            rows = filter(None, (field_row(self.text, block) for block in part.blocks))
            self.result.rows += [(self.readable, *row) for row in rows]
        items = nest(self.text, part.blocks)
        adopt(self.text, items)
        numbering.check(items)
        for label in reversed(part.labels):
            items = [Item(label, lead=True, rank=0, children=items)]
        getattr(self.result, part.section or "inclusion").extend(self.nodes(items))

    def nodes(self, items: Sequence[Item]) -> list[Node]:
        """The items as nodes; those nested too deep become siblings of the deepest that are not."""
        roots: list[Node] = []
        flattened: Block | None = None
        stack = [(item, roots, 1) for item in reversed(items)]
        while stack:
            item, siblings, depth = stack.pop()
            block = item.block
            node = Node(self.readable, block.start, block.end, self.marker(block))
            siblings.append(node)
            if item.children and depth >= MAX_DEPTH:
                flattened = flattened or item.children[0].block
            inner = (node.children, depth + 1) if depth < MAX_DEPTH else (siblings, depth)
            stack.extend((child, *inner) for child in reversed(item.children))
        if flattened:
            self.note("max_depth", flattened.first, flattened.end, limit=MAX_DEPTH)
        return roots

    def marker(self, block: Block) -> str | None:
        """The marker as printed; nobody printed the signs by which headings of markup and of tables are known."""
        if block.start == block.first:
            return None
        shown = self.readable.show(block.first, block.start)
        first, start = (self.readable.span(at, at) for at in (block.first, block.start))
        return None if shown[:1] == "#" and first == start else shown

    def note_gap(self, block: Block, before: int) -> None:
        self.note("numbering_gap", block.first, block.start, before=before, after=block.ordinal)

    def note(self, code: str, start: int, end: int, **details: object) -> None:
        self.result.notes.append(diagnostic(code, self.readable.span(start, end), **details))


def _outside(rules: Sequence[tuple[int, int]], taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The rules that stand between items, and not in one that was joined over them."""
    places = sorted(taken)
    before = [places[bisect(places, rule) - 1] if bisect(places, rule) else (0, 0) for rule in rules]
    return [rule for rule, (_, end) in zip(rules, before, strict=True) if end <= rule[0]]
