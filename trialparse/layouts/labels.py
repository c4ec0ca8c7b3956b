"""Labels: looked up in a page's lines, which they cut into blocks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from trialparse.layouts.page import CRITERIA, FALLBACK, PROSE, Block, Meaning, label_key, unbulleted
from trialparse.layouts.tables import Line, untabled
from trialparse.layouts.values import LINE_READERS
from trialparse.layouts.wording import Wordings
from trialparse.lexicon.fields import coded

_SEPARATOR = regex.compile(r"[:|?]")
_LOOSE_SEPARATOR = regex.compile(r"[:|?]| [-–—=] | {3,}|(?<=\w)\*\* ")
_SPACES = regex.compile(r"\s++")
_NO_MEANING = "\0"
"""Key of the labels that stand for nothing."""
_MANY_GLUED = 2
_MANY_ROWS = 3
_TABLE_ROW = regex.compile(r"(\p{Lu}[^|\s]*+(?:\s[^|\s]++){0,6}+)\s\|\s(?=[^|\n]++$)", regex.MULTILINE)
_ENTRY = regex.compile(r"\W*+\p{L}++(?: [\p{L}&']++){0,3}\W*+")
_USUAL_ENTRY = regex.compile(
    r"\W*+(?:skip to .*|home|menu|about(?: us)?|contact(?: us)?|sign (?:in|up)|log ?in|search(?: \w++)?|find a .*)\W*+",
    regex.IGNORECASE,
)
_LABEL_ROOM = 120
"""No label is longer than this many characters."""
_ROW = regex.compile(r"(?:[-*•]\s++)?\*{0,2}(\p{Lu}[^\s:|*]*+(?:\s[^\s:|*]++){0,4}+)\s?:\*{0,2}\s++(?=\S)")
_HEADING = regex.compile(r"(#{1,6})\s")
_LONGEST_VALUE = 8
"""Items of more words are no names of conditions or treatments."""
_NUMBERED = regex.compile(r"\(?\d{1,2}[.)]\s")
_DEMOGRAPHIC = frozenset({"ages", "minimum_age", "maximum_age", "sex", "healthy_volunteers"})

_NO_CRITERION = frozenset({"lead_sponsor", "sponsors", "collaborators", "responsible_party", "secondary_ids"})
"""Meanings of rows that no criterion looks like."""


class _Candidate(NamedTuple):
    at: int
    """Index of its line."""
    key: str
    heading: Line
    rest: Line | None
    """What stands behind the label on its own line."""
    certain: bool = False
    """A row of a form, which is never text."""


class Labels:
    """The labels of one layout, ready to be looked up.

    A label that ends in "*" also stands for longer ones that begin like it.

    Args:
        labels: label as printed -> meaning; in the page's order unless `loose`.
        glued: a label may be followed by its value, or preceded by the last value's end, with nothing between.
        rows: pattern of lines that are rows of a form, with the groups `key`, `copy` and `value`; a key that is not in
            `labels`, or a copy in another language, has no meaning.
        loose: the page is unknown. Labels have no order; label and value may stand on one line with or without space
            between them if the value has the right form; in prose and criteria a label must prove itself so.
    """

    def __init__(self, labels: Mapping[str, Meaning], glued: bool = False, loose: bool = False, rows: str = "") -> None:
        self._meanings = {label_key(label.rstrip("*")): meaning for label, meaning in labels.items()} | {
            _NO_MEANING: None
        }
        self._ranks = {key: rank for rank, key in enumerate(self._meanings)}
        self._prefixes = tuple(label_key(label[:-1]) for label in labels if label.endswith("*"))
        self._glued = sorted(labels, key=len, reverse=True) if glued else []
        self._ends = regex.compile(r"(?<=\S)(?:\L<labels>)$", labels=self._glued) if glued else None
        self._loose = loose
        self._row = _row_pattern(self._meanings) if loose else None
        self._glue = _glue_pattern(self._meanings) if loose else None
        self._wordings = Wordings((key, self._meanings[key]) for key in self._meanings) if loose else None
        self._separator = _LOOSE_SEPARATOR if loose else _SEPARATOR
        self._form = regex.compile(rows) if rows else None

    def blocks(
        self, text: str, lines: Sequence[Line], start: Meaning, headings: Mapping[int, str] | None = None
    ) -> list[Block]:
        """Cut the page at its labels.

        A label that occurs several times counts where the order of the labels fits best; inside prose and criteria
        its other occurrences are text. `start` is the meaning of what stands before the first label; `headings` are
        labels that were recognised in another way, by the start of their line.
        """
        lines = list(self._parted(text, lines)) if self._ends else lines
        if self._loose:
            lines = list(untabled(text, lines, self._names_field))
        found = list(self._candidates(text, lines, headings or {}))
        chosen = self._chosen(found)
        proven = set(self._proven(text, found)) if self._loose else set()
        blocks: list[Block] = []
        meaning, heading, rest, begin, repeated = start, None, None, 0, False
        for position, candidate in enumerate(found):
            if meaning in PROSE and not candidate.certain:
                if candidate.key == _NO_MEANING:
                    sure = 0 < _level(text, candidate.heading) <= (_level(text, heading) if heading else 0)
                elif position in proven and meaning not in CRITERIA and meaning not in FALLBACK:
                    sure = position in chosen
                else:
                    sure = position in chosen and self._credible(text, lines, candidate, meaning)
                if not sure:
                    continue
            body = ([rest] if rest else []) + list(lines[begin : candidate.at])
            blocks.append(Block(meaning, heading, tuple(body), repeated))
            meaning, heading, rest = self._meanings[candidate.key], candidate.heading, candidate.rest
            begin, repeated = candidate.at + 1, position not in chosen
        blocks.append(Block(meaning, heading, (*([rest] if rest else []), *lines[begin:]), repeated))
        return blocks

    def _parted(self, text: str, lines: Sequence[Line]) -> Iterator[Line]:
        """Lines, with a label that is glued to the end of one as a line of its own."""
        for line in lines:
            tail = self._ends.search(text, max(line.start, line.end - _LABEL_ROOM), line.end) if self._ends else None
            if tail is None:
                yield line
            else:
                yield Line(line.start, tail.start())
                yield Line(tail.start(), line.end)

    def _credible(self, text: str, lines: Sequence[Line], candidate: _Candidate, around: Meaning) -> bool:
        """Whether what looks like a label inside prose or criteria is one."""
        line = lines[candidate.at]
        bulleted = _is_bulleted(text, line) or _NUMBERED.match(text, line.start, line.end) is not None
        if around in CRITERIA and (bulleted or (self._loose and text[line.start].islower())):
            return False
        meaning = self._meanings[candidate.key]
        if not self._loose or meaning in CRITERIA or meaning in FALLBACK:
            return True
        printed = text[candidate.heading.start : candidate.heading.end].strip()
        below = lines[candidate.at + 1] if candidate.at + 1 < len(lines) else None
        if bulleted and self._is_among_items(text, lines, candidate.at):
            return False
        if around in CRITERIA and _heads_criteria(text, printed, meaning, candidate.rest, below):
            return False
        if around in (*CRITERIA, *FALLBACK) and candidate.rest is not None and meaning in _NO_CRITERION:
            return True
        reworded = label_key(printed) != candidate.key and not printed.endswith("?")
        alone = candidate.rest is None and not bulleted and not (reworded and printed.endswith(":"))
        if not isinstance(meaning, str) or meaning not in LINE_READERS:
            return alone
        if alone and not reworded and (" " in printed or printed.startswith("#")):
            return True
        value = candidate.rest or below
        return value is not None and bool(LINE_READERS[meaning](text[value.start : value.end], candidate.key))

    def _proven(self, text: str, found: Sequence[_Candidate]) -> Iterator[int]:
        """Positions in runs of rows `Label: value`, unless all values that have a form of their own have another."""
        runs: list[list[int]] = []
        for position, candidate in enumerate(found):
            if candidate.rest is None:
                continue
            if not runs or runs[-1][-1] != position - 1 or found[position - 1].at != candidate.at - 1:
                runs.append([])
            runs[-1].append(position)
        for run in runs:
            readings = [reads for position in run if (reads := self._reads(text, found[position])) is not None]
            if any(readings) or (len(run) > 1 and not readings):
                yield from run

    def _reads(self, text: str, candidate: _Candidate) -> bool | None:
        """Whether the value on the label's own line has the form it should have; None if any text would do."""
        meaning, value = self._meanings[candidate.key], candidate.rest
        if value is None or not isinstance(meaning, str) or meaning not in LINE_READERS:
            return None
        return bool(LINE_READERS[meaning](text[value.start : value.end], candidate.key))

    def _is_among_items(self, text: str, lines: Sequence[Line], at: int) -> bool:
        """Whether the line above or below is an item of a list and no label."""
        return any(
            _is_bulleted(text, line) and not (self._whole_or_inline(text, 0, line) or self._loose_row(text, 0, line))
            for line in (*lines[at - 1 : at], *lines[at + 1 : at + 2])
        )

    def _candidates(self, text: str, lines: Sequence[Line], headings: Mapping[int, str]) -> Iterator[_Candidate]:
        glued_before = False
        rows = sum(1 for line in lines if (row := self._table_row(text, 0, line)) and row.key != _NO_MEANING)
        glued_page = sum(1 for line in lines if self._loose_row(text, 0, line, tight=True)) >= _MANY_GLUED
        menu = _menu(text, lines) if self._loose else 0
        awaited: Meaning = None  # what the label alone on the line above says of this line
        last_row = -1  # the last line that is a label and its value
        labelled = False
        for index, line in enumerate(lines):
            if index < menu:
                continue
            if awaited in LINE_READERS and LINE_READERS[str(awaited)](text[line.start : line.end], ""):
                awaited = None
                continue  # a value, even if it is spelled like a label: "Primary purpose", "Treatment"
            candidate = self._form_row(text, index, line) or self._whole_or_inline(text, index, line)
            if candidate is None and line.start in headings:
                candidate = _Candidate(index, headings[line.start], line, None)
            if candidate is None and rows >= _MANY_ROWS:
                candidate = self._table_row(text, index, line)
            if candidate is None and self._loose:
                candidate = self._loose_row(text, index, line) or (
                    self._glued_text(text, index, line) if glued_page else None
                )
            if candidate is None and self._glued:
                candidate = self._glued_row(text, index, line, glued_before)
                glued_before = candidate is not None
            if candidate is None and self._loose and labelled:
                candidate = _unknown(text, index, line, after_row=last_row == index - 1)
            awaited = None
            if candidate is not None:
                labelled = True
                if candidate.rest is None:
                    awaited = self._meanings[candidate.key]
                else:
                    last_row = index
                yield candidate

    def _key(self, label: str) -> str | None:
        """The known label that `label` is, or None."""
        key = label_key(label)
        if self._prefixes and key.startswith(self._prefixes):
            key = next(prefix for prefix in self._prefixes if key.startswith(prefix))
        if key in self._meanings:
            return key
        known = self._wordings.find(label.strip(" :*_#")) if self._wordings else None
        return known if known in self._meanings else None

    def _names_field(self, label: str) -> bool:
        return self._meanings[self._key(label) or _NO_MEANING] is not None

    def _whole_or_inline(self, text: str, index: int, line: Line) -> _Candidate | None:
        head = text[line.start : min(line.end, line.start + _LABEL_ROOM)]
        if line.end - line.start <= _LABEL_ROOM and (key := self._key(head)) is not None:
            return _Candidate(index, key, line, None)
        if self._loose and head.partition(":")[0].count("|") > 1:  # a row of a table, not a label and its value
            return None
        for match in self._separator.finditer(head):
            key = self._key(head[: match.end() if match.group() == "?" else match.start()])
            if key is not None:
                after = line.start + match.end()
                body = text[after : line.end].lstrip(" \t:|*")
                return _Candidate(
                    index,
                    key,
                    Line(line.start, line.start + match.start()),
                    Line(line.end - len(body), line.end) if body else None,
                )
        return None

    def _glued_row(self, text: str, index: int, line: Line, row_before: bool) -> _Candidate | None:
        for label in self._glued:
            after = line.start + len(label)
            if text.startswith(label, line.start) and after < line.end:
                follower = text[after]
                if not follower.isspace() and (row_before or " " in label or not follower.islower()):
                    return _Candidate(index, label_key(label), Line(line.start, after), Line(after, line.end))
        return None

    def _form_row(self, text: str, index: int, line: Line) -> _Candidate | None:
        match = self._form.match(text, line.start, line.end) if self._form else None
        if match is None:
            return None
        key = label_key(match["key"])
        if key not in self._meanings or match["copy"]:
            key = _NO_MEANING
        value = Line(*match.span("value")) if match["value"] else None
        return _Candidate(index, key, Line(line.start, match.start("value")), value, certain=True)

    def _table_row(self, text: str, index: int, line: Line) -> _Candidate | None:
        """`Label | value`, the one row of a form; a label not known has no meaning."""
        match = _TABLE_ROW.match(text, line.start, line.end) if self._loose else None
        if match is None:
            return None
        key = self._key(match[1]) or _NO_MEANING
        return _Candidate(index, key, Line(*match.span(1)), Line(match.end(), line.end), certain=True)

    def _loose_row(self, text: str, index: int, line: Line, tight: bool = False) -> _Candidate | None:
        """`Trial Phase Phase III`, `PhasePHASE2`: a label and, after it, a value that has the right form.

        `tight` asks that nothing stands between them.
        """
        if self._row is None or line.end - line.start > _LABEL_ROOM:
            return None
        match = self._row.match(text, unbulleted(text, line).start, line.end)
        if match is None or (tight and match.end(1) < match.end()):
            return None
        key = _SPACES.sub(" ", match[1].lower())
        meaning = self._meanings.get(key)
        if not isinstance(meaning, str) or not LINE_READERS[meaning](text[match.end() : line.end], key):
            return None
        return _Candidate(index, key, Line(line.start, match.end(1)), Line(match.end(), line.end))

    def _glued_text(self, text: str, index: int, line: Line) -> _Candidate | None:
        """`SponsorExample University`, on a page that glues other labels to their values."""
        match = self._glue.match(text, line.start, line.end) if self._glue else None
        if match is None:
            return None
        return _Candidate(index, match[1].lower(), Line(line.start, match.end(1)), Line(match.end(1), line.end))

    def _chosen(self, found: Sequence[_Candidate]) -> set[int]:
        """Positions of the candidates that count: the longest run in the layout's order, and labels not yet met."""
        ranks = [] if self._loose else [self._ranks[candidate.key] for candidate in found]
        chain = set(longest_rise(ranks))
        met = {found[position].key for position in chain}
        for position, candidate in enumerate(found):
            if candidate.key not in met:
                met.add(candidate.key)
                chain.add(position)
        return chain


def _is_bulleted(text: str, line: Line) -> bool:
    return unbulleted(text, line) != line and text[line.start] != "#"


def _unknown(text: str, index: int, line: Line, after_row: bool) -> _Candidate | None:
    """A heading of Markdown, or directly below a row `Label: value` another one, that no table knows."""
    if _level(text, line) > 1:
        return _Candidate(index, _NO_MEANING, line, None)
    match = _ROW.match(text, line.start, line.end) if after_row else None
    if match is None or coded("intervention_type", match[1]) or coded("arm_type", match[1]):
        return None
    return _Candidate(index, _NO_MEANING, Line(*match.span(1)), Line(match.end(), line.end))


def _level(text: str, line: Line) -> int:
    """How many `#` a heading of Markdown has; 0 for other lines."""
    match = _HEADING.match(text, line.start, line.end)
    return len(match[1]) if match else 0


def _heads_criteria(text: str, printed: str, meaning: Meaning, rest: Line | None, below: Line | None) -> bool:
    """Whether what looks like a label is a criterion, or a heading between criteria.

    "Age: 18-75 years" is a criterion there; "Medical conditions" above a numbered list of sentences is a heading.
    """
    if rest is not None or below is None:
        return rest is not None and meaning in _DEMOGRAPHIC
    long = text.count(" ", below.start, below.end) > _LONGEST_VALUE
    if not _is_bulleted(text, below) and not (long and _NUMBERED.match(text, below.start, below.end)):
        return False
    return printed.endswith(":") or meaning in _DEMOGRAPHIC or not _is_bulleted(text, below)


def _row_pattern(meanings: Mapping[str, Meaning]) -> regex.Pattern[str]:
    """Labels at the start of a line whose values can be told by their form."""
    strict = [key for key, meaning in meanings.items() if isinstance(meaning, str) and meaning in LINE_READERS]
    return regex.compile(r"(\L<labels>)\s*+(?=\S)", regex.IGNORECASE, labels=strict)


def _glue_pattern(meanings: Mapping[str, Meaning]) -> regex.Pattern[str]:
    """Labels of free text at the start of a line, with a capital right behind their last small letter."""
    free = [key for key, meaning in meanings.items() if isinstance(meaning, str) and meaning not in LINE_READERS]
    return regex.compile(r"((?i:\L<labels>))(?<=\p{Ll})(?=\p{Lu})", labels=free)


def _menu(text: str, lines: Sequence[Line]) -> int:
    """How many lines a page begins with that are its menu: several entries of few words, some of which any site has."""
    size = next((i for i, line in enumerate(lines) if not _ENTRY.fullmatch(text, line.start, line.end)), len(lines))
    return size if any(_USUAL_ENTRY.fullmatch(text, line.start, line.end) for line in lines[:size]) else 0


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
