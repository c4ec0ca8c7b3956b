"""Which lines are wrapped: told from items of their own by the page's width, by its other lines and by grammar."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialparse.criteria.lines import Block, Line
from trialparse.criteria.markers import Marker, read_marker
from trialparse.lexicon.wraps import wraps

_WIDEST_WRAP = 130
_NARROWEST_WRAP = 36
"""Nobody wraps at fewer columns, unless he indents what he wraps."""
_SLACK = 2
"""Columns by which escapes that are gone now, and wide signs, may have shortened a line since it was wrapped."""
_ONE_LINE_LISTS = 0.25
"""Share of lower-case lines for which the line above has room, from which on they are taken for items."""
_RAGGED = 12
"""Columns by which wrapped lines fall short of each other."""
_SELDOM = 0.25
"""Share of lower-case lines among those without marker, up to which one is a slip of the wrap and no style."""
_PAPER_WIDTH = 72
"""Columns after which text is wrapped at the latest where somebody wraps by hand or by mail."""
_FINAL = frozenset(".:;!?")
_LONGEST_CONNECTIVE = 12
_CONNECTIVE = regex.compile(r"\W*+(?:and\s*/\s*or|or|and)\W*+$", regex.IGNORECASE)
_FIRST_WORD = regex.compile(r"[\w/]++")
_LAST_WORD = regex.compile(r"(?<![\w.])(?P<word>[\w./]*\w)(?P<stop>\.?)$")
_LONGEST_WORD = 30
_SIGNS = frozenset("<>≤≥×")
_OPERAND = regex.compile(r"\d|[UL]LN")
_OPEN_END = frozenset("<>≤≥=±×+/(-–—")


class Page:
    """How the lines of one text are broken.

    Args:
        text: readable text.
        lines: its lines.
    """

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.widest = max((line.until for line in lines), default=0)
        self._lines = lines
        # what is asked of all lines, once asked; a compiled class has no dict that `cached_property` could fill
        self._near_widest: int | None = None
        self._low: bool | None = None
        self.width = self._wrap_width(lines)
        """The column at which the text was wrapped, or 0 for a text whose line breaks are the author's."""

    def _wrap_width(self, lines: Sequence[Line]) -> int:
        if self.widest > _WIDEST_WRAP:
            return 0
        margin = min((line.indent for line in lines), default=0)
        full = loose = hanging = apart = 0
        for before, line in pairwise(lines):
            if line.blank or read_marker(self.text, line.start, line.end):
                continue
            low = self.text[line.start].islower()
            if self.is_full(before, line):
                full += 1
                hanging += line.indent > margin or (low and self._even and not _ends_sentence(self.text, before))
            else:
                loose += 1
                apart += low and not self._goes_on(before, line)
        return self.widest if hanging and full >= loose and apart <= hanging * _ONE_LINE_LISTS else 0

    def is_full(self, line: Line, after: Line) -> bool:
        """Whether the first word of the line after it would not have fitted on this line; a lone `Renal:` has."""
        room = self.widest - line.until - 1 - _SLACK
        if room <= 0:
            return True
        word = self.text[after.start : min(after.end, after.start + room + 1)]
        return " " not in word and not (len(word) <= room and word[0].isupper() and word[-1] == ":")

    def is_wrapped(self, before: Line, line: Line) -> bool:
        """Whether a line of wrapped text goes on with the line above."""
        return self.width > 0 and not line.blank and self.is_full(before, line)

    def continues(self, block: Block, before: Line, line: Line, marker: Marker | None) -> bool:
        """Whether a line goes on with the block of the line above."""
        text = self.text
        if is_connective(text, line):
            return True
        if not line.blank and self._cuts_limit(before, line):
            return True
        if line.blank:  # an item that was wrapped before blank lines were put in
            return marker is None and block.family != "" and text[line.start].islower() and self._unfinished(block)
        if self.is_wrapped(before, line):
            # in a wrapped text a number or dash at the start of a line may be in the middle of a sentence
            hanging = line.indent == block.column and (block.column > block.indent or line.indent > 0)
            return marker is None or (hanging and text[before.end - 1] != ":")
        if marker is not None or block.start == block.end:
            return False
        if block.family and line.indent >= block.column > 0:
            return True
        return text[line.start].islower() and self._reads_on(block, before, line)

    def _cuts_limit(self, before: Line, line: Line) -> bool:
        """Whether a sign at the end of the line above compares or multiplies what this one begins with."""
        return self.text[before.end - 1] in _SIGNS and _OPERAND.match(self.text, line.start, line.end) is not None

    def ends_open(self, block: Block) -> bool:
        """Whether grammar wants a block to go on."""
        last = self.text[block.end - 1]
        return last in _OPEN_END or _last_word(self.text, block) in wraps().ends_open

    def _unfinished(self, block: Block) -> bool:
        return self.text[block.end - 1] not in _FINAL

    def _reads_on(self, block: Block, before: Line, line: Line) -> bool:
        """Whether an unmarked line of lower case, for which the author broke the line above, is no item of its own."""
        if self._goes_on(before, line):
            return True
        if _ends_sentence(self.text, before):
            return False
        if block.family:
            return True
        if not _NARROWEST_WRAP < before.until <= _WIDEST_WRAP:
            return False
        return (self.widest <= _WIDEST_WRAP and self._even and self.is_full(before, line)) or (
            before.until > _PAPER_WIDTH and self._seldom_low
        )

    @property
    def _even(self) -> bool:
        """Whether several lines end near the widest column: the longest line alone fills the page by itself."""
        if self._near_widest is None:
            self._near_widest = sum(line.until >= self.widest - _RAGGED for line in self._lines)
        return self.widest >= _NARROWEST_WRAP and self._near_widest > 1

    @property
    def _seldom_low(self) -> bool:
        """Whether the text's lines without marker begin with capitals as a rule."""
        if self._low is None:
            starts = [self.text[x.start] for x in self._lines if not read_marker(self.text, x.start, x.end)]
            self._low = sum(map(str.islower, starts)) <= _SELDOM * len(starts)
        return self._low

    def _goes_on(self, before: Line, line: Line) -> bool:
        """Whether grammar wants the line above to go on."""
        text = self.text
        last = text[before.end - 1]
        if last in ".;:":
            return _abbreviated(text, before)
        words = wraps()
        first = _FIRST_WORD.match(text, line.start, line.end)
        if first and first.group() in words.goes_on:
            return True
        if last in _OPEN_END or _last_word(text, before) in words.ends_open:
            return True
        # a bracket that is opened above and closed here
        return open_bracket(text, before.start, before.end) and _closes_bracket(text, line)


def is_connective(text: str, line: Line) -> bool:
    """Whether a line holds nothing but "or", "and"."""
    if line.end - line.start > _LONGEST_CONNECTIVE:
        return False
    return _CONNECTIVE.match(text, line.start, line.end) is not None


def _last_word(text: str, line: Line | Block) -> str:
    match = _LAST_WORD.search(text, max(line.start, line.end - _LONGEST_WORD), line.end)
    return match["word"].lower() if match else ""


def _abbreviated(text: str, line: Line) -> bool:
    return text[line.end - 1] == "." and _last_word(text, line) in wraps().abbreviations


def _ends_sentence(text: str, line: Line) -> bool:
    return text[line.end - 1] in _FINAL and not _abbreviated(text, line)


def open_bracket(text: str, start: int, end: int) -> bool:
    """Whether the last bracket of `text[start:end]` is open."""
    return text.rfind("(", start, end) > text.rfind(")", start, end)


def _closes_bracket(text: str, line: Line) -> bool:
    close, opened = text.find(")", line.start, line.end), text.find("(", line.start, line.end)
    return close >= 0 and (opened < 0 or close < opened)
