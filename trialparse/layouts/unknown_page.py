"""How a page of no known layout is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import regex

from trialparse.layouts.base import ITEM, Layout, Record, items_of, polarity_of
from trialparse.layouts.credible import DEMOGRAPHIC
from trialparse.layouts.date_order import settle_dates
from trialparse.layouts.demographics import stated_in_criteria
from trialparse.layouts.foot import foot
from trialparse.layouts.identifiers import trial_id
from trialparse.layouts.page import CRITERIA, PROSE, Block, Value, opens_paragraph, unbulleted
from trialparse.layouts.places import country_names
from trialparse.layouts.stated import said, stated
from trialparse.layouts.tables import Line
from trialparse.layouts.unknown_head import heading_of_page, own_number
from trialparse.layouts.unknown_labels import UnknownLabels
from trialparse.layouts.unknown_sites import sites_below
from trialparse.layouts.unknown_values import is_of_people
from trialparse.layouts.values import LINE_READERS, Found
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
_TITLED_PHASE = regex.compile(
    r"(?:an? |the )?(?:(?!phase)[\p{L}-]{3,20}+,? ){0,5}+"
    r"(?P<phase>phase (?:[0-4]|IV|I{1,3})[ab]?(?:\s?[/-]\s?(?:phase )?(?:[2-4]|IV|I{1,3})[ab]?)?)\b",
    regex.IGNORECASE,
)
"""`A Multicentre Phase I/II Study …`."""
_FEWEST_ITEMS = 3
_FEWEST_LISTED = 2
_FIELDS = frozenset(
    {
        "trial_id",
        "overall_status",
        "phases",
        "study_type",
        "enrollment",
        "start_date",
        "completion_date",
        "lead_sponsor",
    }
)
"""Meanings of labels that no text of criteria alone has."""
_FEWEST_FIELDS = 3
_MARGIN = 100
_MOSTLY = 0.6


class UnknownPage(Layout):
    """A page whose labels stand in no known order, or a text of criteria alone."""

    @cached_property
    def _labels(self) -> UnknownLabels:
        return UnknownLabels(self.labels)

    def blocks(self, text: str) -> list[Block]:
        """The page cut at its labels; a text without any may be criteria under no heading."""
        whole = _ended(text, super().blocks(text))
        fielded = len({block.meaning for block in whole} & _FIELDS) >= _FEWEST_FIELDS
        blocks = [part for block in whole for part in _without_asides(text, block, fielded)]
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
            elif block.heading:  # We are looking for women aged 40 to 65 who:
                own = Block(None, None, (block.heading,))
                self._add_stated(record, own, Value(value.readable, "", own.lines))
        if "brief_title" not in record.fields and pairs:
            _add_heading_of_page(record, pairs[0][1].readable)
        self._add_phase_of_title(record)
        self._add_age_of_criterion(record)
        if "trial_id" not in record.fields:
            values = [value for _, value in pairs]
            record.fields |= own_number(values) or _own_code(record, pairs)
        if "locations" not in record.fields:
            _add_headed_sites(record, pairs)
        _name_country(record, [value for block, value in pairs if block.meaning == "countries" and value.lines])
        self._keep_numbers(record, [value for block, value in pairs if block.meaning == "trial_id" and value.lines])
        settle_dates(record, [value for _, value in pairs])

    def turn(self, block: Block) -> tuple[bool, ...]:
        """As on any page; sites say more than the list of their countries, and a treatment stands before others."""
        return *super().turn(block), block.meaning in ("countries", "comparators")

    def _read_field(self, value: Value, meaning: str | tuple[str, ...], record: Record) -> Iterable[Line]:
        """As on any page; a value that has not the form of its field may be a sentence that states it."""
        held = record.fields.get("interventions", [])
        used = super()._read_field(value, meaning, record)
        if meaning == "comparators" and held:
            more = (self.readers["comparators"](value) or {}).get("interventions", [])
            held += [each for each in more if each["name"] not in {one["name"] for one in held}]
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
    def _add_phase_of_title(record: Record) -> None:
        """The phase that the title of the trial begins with, of a page that says it nowhere else."""
        if "phases" in record.fields:
            return
        for name in ("official_title", "brief_title"):
            phase = _TITLED_PHASE.match(record.fields.get(name, ""))
            if phase and (found := LINE_READERS["phases"](phase["phase"], "")):
                span = record.places.get(name, (0, 0))
                record.add(found, span)
                record.notes.append(diagnostic("read_from_prose", span, fields="phases"))
                return

    @staticmethod
    def _add_age_of_criterion(record: Record) -> None:
        """Age and sex of a page with fields of its own, from the one criterion that says nothing else."""
        fielded = len(record.fields.keys() & _FIELDS) >= _FEWEST_FIELDS
        if (
            not fielded
            or "trial_id" not in record.fields
            or not record.eligibility.keys().isdisjoint(("minimum_age", "maximum_age"))
        ):
            return
        if stands := stated_in_criteria(record.passages):
            passage, line, found = stands
            fresh = {name: each for name, each in found.items() if name not in record.eligibility}
            span = passage.readable.span(*line)
            record.add(fresh, span)
            names = ", ".join(name for name in fresh if name != "notes")
            record.notes.append(diagnostic("read_from_prose", span, fields=names))

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


def _add_heading_of_page(record: Record, readable: Readable) -> None:
    """The title of a page that prints labels above its heading: what a form for searching asks, say."""
    own = heading_of_page(readable.text)
    if own is not None and not record.in_criteria(own):
        record.add({"brief_title": readable.show(*own)}, readable.span(*own))


def _own_code(record: Record, pairs: Sequence[tuple[Block, Value]]) -> Found:
    """The number under the only label of a registration number, of a registry that nobody knows."""
    labelled = [value for block, value in pairs if block.meaning == "trial_id" and value.lines]
    codes = record.fields.get("secondary_ids", [])
    code = labelled[0].text(labelled[0].lines[0]) if len(labelled) == 1 else ""
    if code not in codes:
        return {}
    codes.remove(code)
    record.places["trial_id"] = record.places.get("secondary_ids", (0, 0))
    return {"trial_id": code}


def _add_headed_sites(record: Record, pairs: Sequence[tuple[Block, Value]]) -> None:
    """Sites below headings that are the names of their countries."""
    headed = [value for block, value in pairs if block.meaning is None and country_names(value.label.strip("# :"))]
    found = [site for value in headed for site in sites_below(value)]
    if found:
        first, last = headed[0].lines, headed[-1].lines
        span = headed[0].readable.span((first or last)[0].start, (last or first)[-1].end) if first or last else (0, 0)
        record.add({"locations": found}, span)


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


def _without_asides(text: str, block: Block, fielded: bool) -> list[Block]:
    """Criteria, and apart from them what the site says to its readers, or of the trial, in paragraphs below a list."""
    lines = block.lines
    if block.meaning == "criteria_block" and len(lines) > 1 and _tells(text, lines[0]):
        return [Block(None, None, lines[:1]), *_without_asides(text, block._replace(lines=lines[1:]), fielded)]
    if fielded and block.meaning in (*CRITERIA, "criteria_block") and is_of_people(text, lines):
        return [block._replace(meaning="people")]
    if block.meaning not in CRITERIA:
        return [block]
    first = foot(text, lines, fielded)
    if first == len(lines) and len(items_of(text, lines)) >= _FEWEST_LISTED:
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


def _tells(text: str, line: Line) -> bool:
    """Whether a line is a sentence in which the site says whom it looks for: `We are recruiting adults.`"""
    shown = text[line.start : line.end]
    return shown.endswith(".") and shown.lower().startswith(furniture().tellers) and any(said(shown))


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
