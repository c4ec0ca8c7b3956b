"""Labels: looked up in a page's lines, which they cut into blocks. Here those of a layout that knows its labels."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from trialparse.layouts.page import CRITERIA, PROSE, Block, Meaning, label_key, unbulleted
from trialparse.layouts.tables import Line
from trialparse.layouts.values import LINE_READERS

LABEL_ROOM = 120
"""No label is longer than this many characters."""
NUMBERED = regex.compile(r"\(?\d{1,2}[.)]\s")
_TAKEN_APART = regex.compile(r"##\s(?P<label>[^|\n]++)\|\s(?=\S)")
"""A row of a table of criteria, as `residue.cells` writes it."""
NO_MEANING = "\0"
"""Key of the labels that stand for nothing."""


class Candidate(NamedTuple):
    """What may be a label."""

    at: int
    """Index of its line."""
    key: str
    heading: Line
    rest: Line | None
    """What stands behind the label on its own line."""
    certain: bool = False
    """A row of a form, which is never text."""


class Scan:
    """A page while its lines are looked at for labels, from the top."""

    __slots__ = (
        "first",
        "glued_before",
        "headings",
        "last",
        "lines",
        "many_glued",
        "many_paragraphs",
        "many_rows",
        "text",
    )

    def __init__(self, text: str, lines: Sequence[Line], headings: Mapping[int, str]) -> None:
        self.text = text
        self.lines = lines
        self.headings = headings
        """Labels that were recognised in another way, by the start of their line."""
        self.first = 0
        """Index of the first line that may hold a label."""
        self.last: Candidate | None = None
        """The candidate above."""
        self.glued_before = False
        """Whether the line above was a label glued to its value."""
        self.many_rows = False
        """Whether many of its lines are rows `Label | value`."""
        self.many_paragraphs = False
        """Whether many of its labels stand right above their value, in a paragraph of their own."""
        self.many_glued = False
        """Whether many of its lines are labels glued to values of their form."""


Finder = Callable[[Scan, int, Line], Candidate | None]
"""Looks at a line (its index, and itself) for one way to print a label."""


class Labels:
    """The labels of a layout, each in its own spelling and in the page's order.

    A label that ends in "*" also stands for longer ones that begin like it.

    Args:
        labels: label as printed -> meaning; in the page's order.
        glued: a label may be followed by its value, or preceded by the last value's end, with nothing between.
        rows: pattern of lines that are rows of a form, with the groups `key`, `copy` and `value`; a key that is not in
            `labels`, or a copy in another language, has no meaning.
    """

    separator = regex.compile(r"[:|?]")

    def __init__(self, labels: Mapping[str, Meaning], glued: bool = False, rows: str = "") -> None:
        self.meanings = {label_key(label.rstrip("*")): meaning for label, meaning in labels.items()} | {
            NO_MEANING: None
        }
        self._ranks = {key: rank for rank, key in enumerate(self.meanings)}
        self._prefixes = tuple(label_key(label[:-1]) for label in labels if label.endswith("*"))
        self._glued = sorted(labels, key=len, reverse=True) if glued else []
        self._ends = regex.compile(r"(?<=\S)(?:\L<labels>)$", labels=self._glued) if glued else None
        self._form = regex.compile(rows) if rows else None

    def blocks(
        self, text: str, lines: Sequence[Line], start: Meaning, headings: Mapping[int, str] | None = None
    ) -> list[Block]:
        """Cut the page at its labels.

        A label that occurs several times counts where the order of the labels fits best; inside prose and criteria
        its other occurrences are text. `start` is the meaning of what stands before the first label; `headings` are
        labels that were recognised in another way, by the start of their line.
        """
        lines = list(self.parted(text, lines))
        found = list(self.candidates(Scan(text, lines, headings or {})))
        chosen = self.chosen(found)
        stands = self.judge(text, lines, found, chosen)
        blocks: list[Block] = []
        meaning, heading, rest, begin, repeated = start, None, None, 0, False
        for position, candidate in enumerate(found):
            if meaning in PROSE and not candidate.certain and not stands(position, meaning, heading):
                continue
            body = ([rest] if rest else []) + list(lines[begin : candidate.at])
            blocks.append(Block(meaning, heading, tuple(body), repeated))
            meaning, heading, rest = self.meanings[candidate.key], candidate.heading, candidate.rest
            begin, repeated = candidate.at + 1, position not in chosen
        blocks.append(Block(meaning, heading, (*([rest] if rest else []), *lines[begin:]), repeated))
        return blocks

    def parted(self, text: str, lines: Sequence[Line]) -> Iterator[Line]:
        """Lines, with a label that is glued to the end of one as a line of its own."""
        for line in lines:
            tail = self._ends.search(text, max(line.start, line.end - LABEL_ROOM), line.end) if self._ends else None
            if tail is None:
                yield line
            else:
                yield Line(line.start, tail.start())
                yield Line(tail.start(), line.end)

    def candidates(self, page: Scan) -> Iterator[Candidate]:
        """What may be a label: on each line the first way to print one that fits."""
        awaited: Meaning = None  # what the label alone on the line above says of this line
        finders = self.ways(page)
        for index, line in enumerate(page.lines[page.first :], page.first):
            if awaited in LINE_READERS and LINE_READERS[str(awaited)](page.text[line.start : line.end], ""):
                awaited = None
                continue  # a value, even if it is spelled like a label: "Primary purpose", "Treatment"
            awaited = None
            for find in finders:
                if (candidate := find(page, index, line)) is not None:
                    page.last = candidate
                    if candidate.rest is None:
                        awaited = self.meanings[candidate.key]
                    yield candidate
                    break

    def ways(self, page: Scan) -> list[Finder]:
        """The ways to print a label that the page may show, in the order in which a line is looked at."""
        ways: dict[Finder, object] = {
            self.form_row: self._form,
            self.whole_or_inline: True,
            self.listed: page.headings,
            self.glued_row: self._glued,
            self.other_row: "## " in page.text,
        }
        return [way for way, shown in ways.items() if shown]

    def chosen(self, found: Sequence[Candidate]) -> set[int]:
        """Positions of the candidates that count: the longest run in the layout's order, and labels not yet met."""
        return self.first_of_each(found, set(longest_rise([self._ranks[candidate.key] for candidate in found])))

    def first_of_each(self, found: Sequence[Candidate], chain: set[int]) -> set[int]:
        """Positions in `chain`, and of the first candidate of each label that has none there."""
        met = {found[position].key for position in chain}
        for position, candidate in enumerate(found):
            if candidate.key not in met:
                met.add(candidate.key)
                chain.add(position)
        return chain

    def judge(
        self, text: str, lines: Sequence[Line], found: Sequence[Candidate], chosen: set[int]
    ) -> Callable[[int, Meaning, Line | None], bool]:
        """Says whether a candidate, by its position, is a label inside prose of that meaning and heading."""

        def stands(position: int, around: Meaning, _: Line | None) -> bool:
            line = lines[found[position].at]
            return position in chosen and not (around in CRITERIA and is_item(text, line))

        return stands

    # --- the ways to print a label --------------------------------------------------------------------------------

    def key(self, label: str) -> str | None:
        """The known label that `label` is, or None."""
        key = label_key(label)
        if self._prefixes and key.startswith(self._prefixes):
            key = next(prefix for prefix in self._prefixes if key.startswith(prefix))
        return key if key in self.meanings else None

    def form_row(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """A row of a form, by the layout's own pattern."""
        match = self._form.match(page.text, line.start, line.end) if self._form else None
        if match is None:
            return None
        key = label_key(match["key"])
        if key not in self.meanings or match["copy"]:
            key = NO_MEANING
        value = Line(*match.span("value")) if match["value"] else None
        return Candidate(index, key, Line(line.start, match.start("value")), value, certain=True)

    def whole_or_inline(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """A label that is the whole line, or parted by a sign from its value."""
        text = page.text
        head = text[line.start : min(line.end, line.start + LABEL_ROOM)]
        if line.end - line.start <= LABEL_ROOM and (key := self.key(head)) is not None:
            return Candidate(index, key, line, None)
        for match in self.separator.finditer(head):
            key = self.key(head[: match.end() if match.group() == "?" else match.start()])
            if key is not None:
                after = line.start + match.end()
                body = text[after : line.end].lstrip(" \t:|*")
                value = Line(line.end - len(body), line.end) if body else None
                return Candidate(index, key, Line(line.start, line.start + match.start()), value)
        return None

    def listed(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """A label that was recognised in another way."""
        return Candidate(index, page.headings[line.start], line, None) if line.start in page.headings else None

    def glued_row(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """A label and its value with nothing between."""
        found: Candidate | None = None
        text = page.text
        for label in self._glued:
            after = line.start + len(label)
            if text.startswith(label, line.start) and after < line.end:
                follower = text[after]
                if not follower.isspace() and (page.glued_before or " " in label or not follower.islower()):
                    found = Candidate(index, label_key(label), Line(line.start, after), Line(after, line.end))
                    break
        page.glued_before = found is not None
        return found

    def other_row(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """A row under an unknown label, below the criteria in a table that was taken apart."""
        match = _TAKEN_APART.match(page.text, line.start, line.end)
        if match is None:
            return None
        heading, value = Line(line.start, match.end("label") - 1), Line(match.end(), line.end)
        return Candidate(index, NO_MEANING, heading, value, certain=True)


def is_bulleted(text: str, line: Line) -> bool:
    """Whether a line has a bullet; the signs of a heading of Markdown are none."""
    return text[line.start] != "#" and unbulleted(text, line) != line


def is_item(text: str, line: Line) -> bool:
    """Whether a line has a bullet or a number."""
    return is_bulleted(text, line) or NUMBERED.match(text, line.start, line.end) is not None


def longest_rise(ranks: Sequence[int]) -> list[int]:
    """Positions of a longest strictly rising subsequence, last first."""
    tails: list[int] = []
    tail_ranks: list[int] = []
    before: list[int] = []
    for position, rank in enumerate(ranks):
        place = bisect_left(tail_ranks, rank)
        before.append(tails[place - 1] if place else -1)
        if place == len(tails):
            tails.append(position)
            tail_ranks.append(rank)
        else:
            tails[place] = position
            tail_ranks[place] = rank
    chain: list[int] = []
    position = tails[-1] if tails else -1
    while position >= 0:
        chain.append(position)
        position = before[position]
    return chain
