"""How a page of no known layout is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import regex

from trialparse.layouts.base import ITEM, Layout, Record, items_of, polarity_of
from trialparse.layouts.credible import DEMOGRAPHIC
from trialparse.layouts.date_order import settle_dates
from trialparse.layouts.identifiers import trial_id
from trialparse.layouts.page import CRITERIA, PROSE, Block, Value, opens_paragraph, unbulleted
from trialparse.layouts.places import country_names
from trialparse.layouts.stated import said, stated
from trialparse.layouts.tables import Line
from trialparse.layouts.unknown_head import own_number
from trialparse.layouts.unknown_labels import UnknownLabels
from trialparse.lexicon.furniture import furniture
from trialparse.models.diagnostic import diagnostic
from trialparse.text.readable import Readable

_SENTENCE = regex.compile(
    r"(?:\S++\s++){7,}+\S*[.!?]|(?=.*\b(?:stud(?:y|ies)|trials?|research|you)\b)(?:\S++\s++){5,}+\S*[.!?]"
)
"""What sites print below a heading to explain it; no value of a single field looks so."""
_LONGEST_SENTENCE = 1000
_RANKED = regex.compile(r"^(#{1,6}+) ", regex.MULTILINE)
"""A heading of the markup, which ends the sections that headings of its rank or below began."""
_EXPLAINED = 2
"""A page that explains so many of its headings explains those of its prose too."""
_STATING = frozenset({None, "head", "overview", "brief_summary", "ages", "criteria_block"})
"""Meanings of the blocks in which a site speaks of the trial as a whole."""
_FEWEST_ITEMS = 3
_FEWEST_LISTED = 2
_MARGIN = 100
_MOSTLY = 0.6


class UnknownPage(Layout):
    """A page whose labels stand in no known order, or a text of criteria alone."""

    @cached_property
    def _labels(self) -> UnknownLabels:
        return UnknownLabels(self.labels)

    def blocks(self, text: str) -> list[Block]:
        """The page cut at its labels; a text without any may be criteria under no heading."""
        blocks = [part for block in _ended(text, super().blocks(text)) for part in _without_asides(text, block)]
        if _opens_with_criteria(text, blocks):
            blocks[0] = blocks[0]._replace(meaning="criteria")
        return blocks

    def goes_on(self, headed: bool) -> bool:
        """Criteria follow a value without any heading only where the page has no heading of criteria."""
        return not headed

    def finish(self, record: Record, pairs: Sequence[tuple[Block, Value]]) -> None:
        """Fill what is still empty with what the page states without labels, outside the criteria."""
        for block, value in pairs:
            if block.meaning not in CRITERIA:
                self._add_stated(record, block, value)
        if pairs and "trial_id" not in record.fields and (number := own_number(pairs[0][1].page)):
            record.fields |= number
        _name_country(record, [value for block, value in pairs if block.meaning == "countries" and value.lines])
        self._keep_numbers(record, [value for block, value in pairs if block.meaning == "trial_id" and value.lines])
        settle_dates(record, [value for _, value in pairs])

    def turn(self, block: Block) -> tuple[bool, ...]:
        """As on any page; sites say more than the list of their countries."""
        return *super().turn(block), block.meaning == "countries"

    def _read_field(self, value: Value, meaning: str | tuple[str, ...], record: Record) -> Iterable[Line]:
        """As on any page; a value that has not the form of its field may be a sentence that states it."""
        used = super()._read_field(value, meaning, record)
        if not used:
            value.left = list(value.lines)
        return used

    @staticmethod
    def _add_stated(record: Record, block: Block, value: Value) -> None:
        """Add what the lines of a block state that no field was read from."""
        read = set(value.lines) - set(value.left) if block.meaning not in _STATING else set()
        rest = [line for line in block.lines if unbulleted(value.readable.text, line) not in read]
        for line, found in stated(Value(value.readable, value.label, rest)):
            if record.in_criteria(line):
                continue
            held = record.fields | record.eligibility
            fresh = {name: each for name, each in found.items() if name not in held}
            if names := [name for name in fresh if name != "notes"]:
                span = value.readable.span(*line)
                record.add(fresh, span)
                record.notes.append(diagnostic("read_from_prose", span, fields=", ".join(names)))

    @staticmethod
    def _keep_numbers(record: Record, values: Sequence[Value]) -> None:
        """Further numbers that registries have given, each under a label of its own."""
        numbers = [(value, number) for value in values if (number := trial_id(value.text(value.lines[0])))]
        others = [pair for pair in numbers if pair[1]["trial_id"] != record.fields.get("trial_id")]
        if others:
            found = {"secondary_ids": list(dict.fromkeys(number["trial_id"] for _, number in others))}
            record.add(found, others[0][0].readable.span(*others[0][0].lines[0]))

    def _keep_headings(self, readable: Readable, headings: Iterable[Line], record: Record) -> None:
        """As on any page; a question that was understood is a label in other words."""
        said = (line for line in headings if readable.text[line.end - 1] != "?")
        super()._keep_headings(readable, said, record)

    def own_lines(self, text: str, blocks: Sequence[Block]) -> list[int]:
        """The first line below a heading may be the site's own, to explain it."""
        explains = [_explains(text, block) for block in blocks]
        prose = [block.meaning in PROSE or block.meaning == "primary_purpose" for block in blocks]
        explained = sum(each and not own for each, own in zip(explains, prose, strict=True)) >= _EXPLAINED
        return [int(each and (explained or not own)) for each, own in zip(explains, prose, strict=True)]


def _name_country(record: Record, values: Sequence[Value]) -> None:
    """The one country that a page names is that of all its sites."""
    names = {name for value in values for line in value.lines for name in country_names(value.show(line)) or [""]}
    sites = record.fields.get("locations", [])
    if len(names) == 1 and "" not in names and not any("country" in site for site in sites):
        for site in sites:
            site["country"] = next(iter(names))


def _ended(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the last criteria ended by a heading that ends their section, unless it heads a list, too."""
    last = max((i for i, block in enumerate(blocks) if block.meaning in CRITERIA), default=None)
    heading = None if last is None else blocks[last].heading
    if last is None or heading is None or "#" not in text:
        return [*blocks]
    above = [len(match[1]) for match in _RANKED.finditer(text, 0, heading.end)]
    lines = blocks[last].lines
    ranks = [(at, _RANKED.match(text, lines[at].start)) for at in range(1, len(lines) - 1)] if above else []
    ends = [at for at, match in ranks if match and len(match[1]) <= above[-1] and not ITEM.match(text, *lines[at + 1])]
    if not ends:
        return [*blocks]
    headed = max((at for at in range(ends[0], len(lines)) if polarity_of(text, lines[at])), default=0)
    at = next((at for at in ends if at > headed), len(lines))
    ended, rest = blocks[last]._replace(lines=lines[:at]), Block(None, None, lines[at:])
    return [*blocks[:last], ended, *([rest] if rest.lines else []), *blocks[last + 1 :]]


def _without_asides(text: str, block: Block) -> list[Block]:
    """Criteria, and apart from them what the site says to its readers, or of the trial, in paragraphs below a list."""
    lines = block.lines
    if block.meaning not in CRITERIA or len(items_of(text, lines)) < _FEWEST_LISTED:
        return [block]
    first = len(lines)
    while first and _is_aside(text, lines[first - 1]):
        first -= 1
    while first < len(lines) and not (_speaks(text, lines[first]) or opens_paragraph(text, lines[first])):
        first += 1
    if not 0 < first < len(lines):
        return [block]
    return [block._replace(lines=lines[:first]), Block(None, None, lines[first:])]


def _is_aside(text: str, line: Line) -> bool:
    if line.end - line.start > _LONGEST_SENTENCE or ITEM.match(text, *line):
        return False
    shown = text[line.start : line.end]
    return _speaks(text, line) or (shown.endswith(".") and any(found.keys() - DEMOGRAPHIC for found in said(shown)))


def _speaks(text: str, line: Line) -> bool:
    """Whether a line begins as a site does that speaks to its readers."""
    return text[line.start : min(line.end, line.start + _MARGIN)].lower().lstrip("*_(").startswith(furniture().asides)


def _explains(text: str, block: Block) -> bool:
    if block.heading is None or block.meaning is None or not block.lines:
        return False
    first = block.lines[0]
    if block.meaning == "criteria_heading" or unbulleted(text, first) != first:
        return False
    below = "\n" in text[block.heading.end : first.start] and first.end - first.start <= _LONGEST_SENTENCE
    return below and _SENTENCE.fullmatch(text, first.start, first.end) is not None


def _opens_with_criteria(text: str, blocks: Sequence[Block]) -> bool:
    """Whether a text without any label but those of criteria begins with a list: criteria under no heading.

    Above the heading of the exclusion criteria one item is enough.
    """
    if not all(block.meaning in CRITERIA for block in blocks[1:]):
        return False
    lines = blocks[0].lines
    items = items_of(text, lines)
    first = blocks[1].heading if blocks[1:] else None
    fewest = 1 if first and polarity_of(text, first) == "exclusion" else _FEWEST_ITEMS
    if len(items) < fewest or items[0] != lines[0]:
        return False
    margin = _column(text, lines[0])
    wrapped = sum(1 for line in lines if _column(text, line) > margin and not ITEM.match(text, *line))
    return len(items) + wrapped >= _MOSTLY * len(lines)


def _column(text: str, line: Line) -> int:
    return line.start - text.rfind("\n", 0, line.start)
