"""Runs of lines -> parts: the blocks of one section, with the label of the cohort they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from trialparse.criteria.blocks import read_blocks
from trialparse.criteria.lines import Block
from trialparse.criteria.markers import read_marker
from trialparse.criteria.sections import Run, sentence_section
from trialparse.criteria.tail import split_tail
from trialparse.criteria.wraps import Page
from trialparse.lexicon.headings import headings
from trialparse.models.eligibility import SectionName

_LONGEST_LABEL = 120
_MOST_LABELS = 2
_LONGEST_BOILERPLATE = 300
_FEWEST_NARRATIVE = 120
_ENDS_SENTENCE = regex.compile(r"[.;,!?]$")


@dataclass(slots=True)
class Part:
    """Blocks of one section."""

    section: SectionName | None
    blocks: list[Block]
    heading: tuple[int, int] | None = None
    labelled: bool = False
    doubtful: bool = False
    """Whether the heading is one by inference rather than by its words and place."""
    labels: list[Block] = field(default_factory=list)
    """Whom the part is about; each stands above all that follows."""


def read_parts(text: str, runs: list[Run], page: Page) -> list[Part]:
    """The parts of a passage, in the order of the text.

    Args:
        text: readable text.
        runs: as `split_runs` gives them.
        page: how the lines are broken.
    """
    parts = [part for run in runs for part in _by_sentences(text, run, read_blocks(text, run.lines, page))]
    for part, after in pairwise(parts):
        _hand_on_labels(text, part, after)
    often = Counter(part.section for part in parts if part.blocks)
    for part in parts:
        if part.labelled and part.heading and part.blocks and often[part.section] > 1:
            part.labels.append(_label(text, *part.heading))
            part.heading = None
    return [tail for part in parts for tail in _without_boilerplate(text, part, part is parts[-1])]


def _by_sentences(text: str, run: Run, blocks: list[Block]) -> Iterator[Part]:
    """Cut where a sentence serves as the heading of another section."""
    part = Part(run.section, [], run.heading, run.labelled, run.doubtful)
    base = min((block.indent for block in blocks), default=0)
    for block in blocks:
        if not block.family and block.indent <= base:
            section = sentence_section(text, block.start, block.end, part.section)
            if section:
                yield part
                part = Part(section, [], (block.start, block.end))
                continue
        part.blocks.append(block)
    yield part


def _hand_on_labels(text: str, part: Part, after: Part) -> None:
    """A title that stands last, directly before a section heading, names the cohort which that heading is about."""
    if after.heading is None or after.section is None:
        return
    opens = after.section == "inclusion"
    while part.blocks and len(after.labels) < _MOST_LABELS:
        block = part.blocks[-1]
        if block.family or block.end - block.start > _LONGEST_LABEL:
            return
        alone = len(part.blocks) == 1
        if text[block.end - 1] != ":":
            titled = opens and block.blank and not _ENDS_SENTENCE.match(text, block.end - 1, block.end)
            if not titled or not ((part.heading is None and alone) or (not alone and part.blocks[-2].family)):
                return
        after.labels.insert(0, part.blocks.pop())


def _label(text: str, start: int, end: int) -> Block:
    marker = read_marker(text, start, end)
    own = end - len(text[marker.end : end].lstrip()) if marker else start
    end = own + len(text[own:end].rstrip())
    return Block(own, end, start, 0, 0, True, marker.family if marker else "")


def _without_boilerplate(text: str, part: Part, last: bool) -> Iterator[Part]:
    """Split off paragraphs that state no criterion: boilerplate, and a narrative after the last list."""
    tail = split_tail(text, part.blocks) if last and part.section else []
    stating: list[Block] = []
    aside: list[Block] = []
    for block in part.blocks:
        (aside if not block.family and _is_boilerplate(text, block) else stating).append(block)
    if aside:
        part.blocks = stating
    elif last and part.section and _ends_in_narrative(text, part.blocks):
        aside = [part.blocks.pop()]
    yield part
    if aside or tail:
        yield Part("other", aside + tail)


def _is_boilerplate(text: str, block: Block) -> bool:
    tail = text[max(block.start, block.end - _LONGEST_BOILERPLATE) : block.end].lower().rstrip(' ."*)')
    vocabulary = headings()
    return tail.endswith(vocabulary.boilerplate_ends) or any(part in tail for part in vocabulary.boilerplate_parts)


def _ends_in_narrative(text: str, blocks: Sequence[Block]) -> bool:
    if len(blocks) < 2 or blocks[-1].family or not blocks[-2].family or blocks[-1].indent > blocks[-2].indent:
        return False
    block = blocks[-1]
    return block.end - block.start >= _FEWEST_NARRATIVE and text[block.end - 1] == "."
