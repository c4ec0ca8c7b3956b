"""What a page layout is, and how a page is read by one.

A layout is a value: how its pages are recognised, which labels it prints in which order, and what stands under each.
`Layout.read` is the same for all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, pairwise, takewhile
from math import prod
from typing import Any

import regex

from trialparse.criteria.lines import read_lines
from trialparse.criteria.passage import Passage
from trialparse.criteria.sections import split_runs
from trialparse.layouts.fields import BLOCK_READERS, BlockReader, by_form, enrich
from trialparse.layouts.labels import Labels
from trialparse.layouts.leftover import Told, section_of, sections_of, texts
from trialparse.layouts.page import (
    CRITERIA,
    FALLBACK,
    Block,
    Meaning,
    Value,
    Values,
    label_key,
    lines_of,
    unranked,
)
from trialparse.layouts.tables import Line
from trialparse.layouts.values import LINE_READERS, Found
from trialparse.lexicon.headings import headings
from trialparse.models.diagnostic import diagnostic
from trialparse.models.eligibility import SectionName
from trialparse.text.readable import Readable

_ELIGIBILITY = frozenset({"minimum_age", "maximum_age", "sex", "healthy_volunteers"})
ITEM = regex.compile(r"(?:[-*•·]|\(?(?:\d{1,2}|[a-z])[.)])\s")
_UNSURE = 0.4
"""The most that one sign alone can say: any page may print the words of another site once."""
_JOINED = {
    "phases": regex.compile(""),
    "ages": regex.compile(
        r"^\W*+(?:(?:to|and|or)\b\W*+)?+$|years?|months?|weeks?|days?|age|old|N/A|limit", regex.IGNORECASE
    ),
    "design": regex.compile(""),
}
"""Values that may run over several lines -> what each line after the first must hold."""
_MOST_JOINED = 8


@dataclass(slots=True)
class Record:
    """What a layout found on a page, as plain values for the models."""

    layout: str = "generic"
    scores: dict[str, float] = field(default_factory=dict)
    """Layout -> how sure its signs make us, best first; nothing where the caller named the layout."""
    why: dict[str, list[str]] = field(default_factory=dict)
    """Layout -> the signs of it that were found."""
    fields: dict[str, Any] = field(default_factory=dict)
    eligibility: dict[str, Any] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    sections: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Field -> source offsets of the text it was read from, label not included."""

    def add(self, found: Found, span: tuple[int, int]) -> bool:
        """Fill the fields that are still empty; whether every value of `found` now stands in the record."""
        for code, details in found.get("notes", ()):
            self.notes.append(diagnostic(code, span, **details))
        stands = True
        for name, value in found.items():
            if name != "notes":
                self.places.setdefault(name, span)
                target = self.eligibility if name in _ELIGIBILITY else self.fields
                held = target.setdefault(name, value)
                if name == "secondary_ids" and isinstance(held, list):
                    held[:] = dict.fromkeys([*held, *value])
                elif isinstance(held, list) and held is not value and name in ("interventions", "arm_groups"):
                    stands = enrich(held, value) and stands
                elif isinstance(held, dict):  # a sponsor's name and its class may stand apart
                    held = target[name] = value | held
                    stands = stands and all(held[key] == part for key, part in value.items())
                else:
                    stands = stands and held == value
        return stands

    def doubt(self, doubts: Mapping[str, regex.Pattern[str]]) -> None:
        """Name each place in the criteria that the source is known to have corrupted, by code and pattern."""
        for code, pattern in doubts.items():
            for readable, start, end, _ in self.passages:
                for match in pattern.finditer(readable.text, start, end):
                    self.notes.append(diagnostic(code, readable.span(*match.span())))

    def keep_aside(self, aside: Iterable[Readable]) -> None:
        """Keep texts that are no part of the page's own as sections."""
        self.sections += [section_of(readable, None, 0, len(readable.text.rstrip())) for readable in aside]
        self.sections.sort(key=lambda section: section["span"]["start"])

    def in_criteria(self, line: Line) -> bool:
        """Whether a line of the page belongs to a passage of criteria; passages are in order."""
        before = bisect_right(self.passages, line.start, key=lambda passage: passage.start)
        return before > 0 and line.start < self.passages[before - 1].end

    def add_passage(self, passage: Passage) -> None:
        """Add a stretch of criteria; stretches with nothing but white space between them become one."""
        last = self.passages[-1] if self.passages else None
        same = last is not None and last.section == passage.section and last.end <= passage.start
        if last and same and not passage.readable.text[last.end : passage.start].strip():
            self.passages[-1] = last._replace(end=passage.end)
        else:
            self.passages.append(passage)


@dataclass(frozen=True)
class Layout:
    """One page layout.

    Args:
        description: one line for people.
        signs: text that pages of this layout hold -> how sure one may be that a page with it has this layout (0..1).
        labels: label as printed -> what stands under it, in the page's usual order.
        start: what stands before the first label.
        tail: fields whose bare values follow the last criterion without a label.
        before_criteria: labels of one line behind whose values criteria may follow without any heading.
        doubts: diagnostic code -> pattern of criteria text that the site is known to have corrupted.
        noise: pattern of whole lines that are the site's own; they never belong to a value.
        glued: whether labels and values may stand on one line with nothing between them.
        readers: readers for meanings of this layout alone.
        headings: finds labels that no table can list: page text -> start of the line -> label.
        rows: pattern of the lines that are rows of a form, with the groups `key`, `copy` and `value`.
        divider: pattern of the lines with which each record of a download of several begins.
    """

    description: str
    signs: Mapping[str, float]
    labels: Mapping[str, Meaning]
    start: Meaning = None
    tail: tuple[str, ...] = ()
    before_criteria: tuple[str, ...] = ()
    doubts: Mapping[str, str] = field(default_factory=dict)
    noise: str = r"(?!)"
    glued: bool = False
    readers: Mapping[str, BlockReader] = field(default_factory=dict)
    headings: Callable[[str], Mapping[int, str]] | None = None
    rows: str = ""
    divider: str = ""

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.labels, self.glued, self.rows)

    @cached_property
    def _before_criteria(self) -> frozenset[str]:
        return frozenset(map(label_key, self.before_criteria))

    @cached_property
    def _noise(self) -> regex.Pattern[str]:
        return regex.compile(self.noise)

    @cached_property
    def _doubts(self) -> dict[str, regex.Pattern[str]]:
        return {code: regex.compile(pattern) for code, pattern in self.doubts.items()}

    def signs_in(self, readable: Readable) -> list[str]:
        """The signs that stand in the text."""
        return [sign for sign in self.signs if sign in readable.text]

    @cached_property
    def _divider(self) -> regex.Pattern[str]:
        return regex.compile(self.divider, regex.MULTILINE)

    def starts(self, text: str) -> list[int]:
        """Where each record begins in a text that may hold several."""
        return [match.start() for match in self._divider.finditer(text)] if self.divider else []

    def confidence(self, readable: Readable) -> float:
        """How sure the signs make us that the page has this layout, 0..1; one sign alone never does."""
        found = self.signs_in(readable)
        doubt = prod(1.0 - self.signs[sign] for sign in found)
        return 1.0 - doubt if len(found) > 1 else min(1.0 - doubt, _UNSURE)

    def read(self, readable: Readable) -> Record:
        """Read the page; never raises on text."""
        record = Record()
        text = readable.text
        page = Values()
        pairs: list[tuple[Block, Value]] = []
        blocks = self.blocks(text)
        for block, own in zip(blocks, self.own_lines(text, blocks), strict=True):
            label = "" if block.heading is None else text[block.heading.start : block.heading.end]
            lines = [line for line in block.lines[own:] if not self._noise.fullmatch(text, *line)]
            value = Value(readable, label, lines, page)
            page.setdefault(label, value)
            pairs.append((block, value))
        heads = [block for block in blocks if block.meaning == "criteria_heading"]
        headed, admits = bool(heads), any(_admits(text, block) for block in heads)
        above = [block for block, after in pairwise(blocks) if after.meaning == "criteria_heading"]
        bare: list[
            Line
        ] = []  # headings of blocks read as a whole; labels in their proper place first, last what has none
        for block, value in sorted(pairs, key=lambda pair: self.turn(pair[0])):
            if block.meaning in FALLBACK:
                apart = headed and not ((block in above or not admits) and items_of(text, block.lines))
                block = block._replace(meaning=None if apart else FALLBACK[str(block.meaning)])
            used = self._read_block(block, value, record)
            if value.left and label_key(value.label) in self._before_criteria and self.goes_on(headed):
                record.add_passage(Passage(readable, value.raw[-len(value.left)].start, value.left[-1].end))
                used.update(line.end for line in value.left)
            record.sections += (kept := sections_of(readable, block, used))
            bare += [block.heading] if block.heading and not kept else []
        record.passages.sort(key=lambda passage: passage.start)
        self.finish(record, pairs)
        self._keep_headings(readable, bare, record)
        record.doubt(self._doubts)
        record.sections.sort(key=lambda section: section["span"]["start"])
        return record

    def blocks(self, text: str) -> list[Block]:
        """The page cut at its labels."""
        headings = self.headings(text) if self.headings else None
        return self._labels.blocks(text, lines_of(text), self.start, headings)

    def turn(self, block: Block) -> tuple[bool, ...]:
        """In which order blocks are read, since the first value of a field counts."""
        return block.heading is None, block.repeated

    def own_lines(self, text: str, blocks: Sequence[Block]) -> list[int]:  # noqa: ARG002
        """How many lines at the top of each block are the site's own."""
        return [0] * len(blocks)

    def finish(self, record: Record, pairs: Sequence[tuple[Block, Value]]) -> None:
        """What is left to do once all blocks are read."""

    def goes_on(self, headed: bool) -> bool:  # noqa: ARG002
        """Whether criteria may follow the values of `before_criteria`; `headed` if they have a heading elsewhere."""
        return True

    @cached_property
    def _printed(self) -> str:
        return "\n".join(self.labels).lower()

    def _keep_headings(self, readable: Readable, headings: Iterable[Line], record: Record) -> None:
        """Keep the headings that say more than their label, like `Keywords provided by Example University`."""
        told = Told([*texts([record.fields, record.eligibility]), self._printed])
        for heading in headings:
            if not record.in_criteria(heading) and told.lacks(readable.text[heading.start : heading.end]):
                record.sections.append(section_of(readable, None, unranked(readable.text, heading).start, heading.end))

    def _read_block(self, block: Block, value: Value, record: Record) -> set[int]:
        """Fill fields from one block; the ends of the lines that were used."""
        meaning = block.meaning
        used: Iterable[Line] = ()
        if meaning in CRITERIA:
            used = self._read_criteria(value, block, record)
        elif meaning is not None and value.lines:
            used = self._read_field(value, meaning, record)
        return {line.end for line in used}

    def _read_field(self, value: Value, meaning: str | tuple[str, ...], record: Record) -> Iterable[Line]:
        whole = value.readable.span(value.lines[0].start, value.lines[-1].end)
        if isinstance(meaning, tuple):
            found: Found | None = by_form(value, meaning)
        elif block_reader := self.readers.get(meaning) or BLOCK_READERS.get(meaning):
            found = block_reader(value)
        else:
            found = _read_lines(value, meaning)
        if found is None:
            shown = value.show(value.lines[0])
            record.notes.append(diagnostic("unreadable_value", whole, field=meaning, value=shown[:120]))
            return ()
        if not record.add(found, whole):
            return ()
        told = Told(texts(found))
        return {line for line in set(value.lines) - set(value.left) if not told.lacks(value.show(line))}

    def _read_criteria(self, value: Value, block: Block, record: Record) -> Iterable[Line]:
        """One passage, or several where lines of the site's own stand between the criteria."""
        text = value.readable.text
        tail = self._peel(value, record)
        body = [*value.raw[: len(value.raw) - tail]]
        section = CRITERIA[str(block.meaning)]
        if block.meaning == "criteria_heading" and (heading := block.heading):
            if body and "|" in text[heading.end : body[0].start]:  # the label's own cell of a table
                section = polarity_of(text, heading)
            else:
                body.insert(0, heading)
        order = {line: index for index, line in enumerate([block.heading, *block.lines])}
        for _, run in groupby(enumerate(body), key=lambda pair: order[pair[1]] - pair[0]):
            lines = [line for _, line in run]
            passage = Passage(value.readable, _with_margin(text, lines[0].start), lines[-1].end, section)
            record.add_passage(passage)
            if len(lines) < len(body):
                section = polarity_of(text, Line(passage.start, passage.end), section)
        return value.lines

    def _peel(self, value: Value, record: Record) -> int:
        """Read the bare values behind the last criterion; how many lines they are."""
        lines, names = value.lines, list(self.tail)
        first = len(lines)
        while first and names and value.raw[first - 1] == lines[first - 1]:
            text = value.text(lines[first - 1])
            name = next((name for name in reversed(names) if LINE_READERS[name](text, "")), None)
            if name is None:
                break
            names = names[: names.index(name)]
            first -= 1
        if first < len(lines):
            tail = Value(value.readable, value.label, lines[first:])
            found = by_form(tail, self.tail)
            if "minimum_age" in found and "maximum_age" not in found:
                found["notes"] = [("assumed_minimum_age", {})]
            record.add(found, value.readable.span(lines[first].start, lines[-1].end))
        return len(lines) - first


def _with_margin(text: str, start: int) -> int:
    """`start`, or the start of its line where only blanks stand before: the outline reads the indentation."""
    before = text.rfind("\n", 0, start) + 1
    return start if text[before:start].strip() else before


def _admits(text: str, block: Block) -> bool:
    """Whether a heading of criteria is one of inclusion criteria, or does not say."""
    low = "" if block.heading is None else text[block.heading.start : block.heading.end].lower()
    found = headings().find(low, 0, len(low))
    kind = headings().lines.get(low.strip(" :?")) if found is None else found[0]
    return kind != "exclusion"


def items_of(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines that are items of a list."""
    return [line for line in lines if ITEM.match(text, *line)]


def polarity_of(text: str, lines: Line, section: SectionName | None = None) -> SectionName | None:
    """The section that these lines end in, if they begin in `section`."""
    return split_runs(text, read_lines(text, *lines), None, section)[-1].section


def _read_lines(value: Value, meaning: str) -> Found | None:
    """A single value: on the first line, or for some fields on all lines together."""
    reader = LINE_READERS[meaning]
    first, *others = map(value.text, value.lines)
    if meaning in _JOINED and len(others) < _MOST_JOINED:
        others = list(takewhile(_JOINED[meaning].search, others))
        found = reader("\n".join([first, *others]), value.label)
        if found is not None:
            value.left = list(value.lines[1 + len(others) :])
            return found
    value.left = list(value.lines[1:])
    return reader(first, value.label)
