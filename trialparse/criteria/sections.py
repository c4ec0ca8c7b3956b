"""Inclusion and exclusion under their many headings: lines -> runs of lines of one polarity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import regex

from trialparse.criteria.heading_words import Split
from trialparse.criteria.headings import HeadingFinder
from trialparse.criteria.lines import Line, trimmed
from trialparse.criteria.markers import read_marker
from trialparse.criteria.wraps import Page
from trialparse.lexicon.headings import headings
from trialparse.models.eligibility import SectionName

_LONGEST_SENTENCE = 300
# sentences that serve as headings
_ANNOUNCES = regex.compile(
    r"\b(?:following|criteria|any\sof|all\sof|conditions?|if(?:\s(?:they|you))?)\b", regex.IGNORECASE
)
_EXCLUDES = regex.compile(
    r"\b(?:exclu(?:ded?|des|sion)|ineligible|cannot|can't"
    r"|(?:not|never)(?:\s(?:be|considered|to))*\s(?:eligible|enroll?ed|included|allowed|permitted|able|qualif\w+|participate"
    r"|entered|enter|take\spart|join))\b",
    regex.IGNORECASE,
)
# a rule, stars left over, a colon: no list marks its items so
_RULE = regex.compile(r"(?:[-–—_=~#.+|][ \t]?){4,200}+|\*{2,}+|(?:\*[ \t]){2,}+\*|[:.;,|]")
_NONE = regex.compile(r"\W*none\sof\s(?:the|these)\b", regex.IGNORECASE)
_ADMITS = regex.compile(
    r"\b(?:eligible|inclusion|included?|enroll?(?:ed|ment)?|participate|participation|must\s(?:meet|fulfil\w*|satisfy|have))\b",
    regex.IGNORECASE,
)
_READMITS = regex.compile(
    r"\binclusion\scriteria\b|^\W*(?:to|in\sorder\sto)\sbe\s(?:eligible|included)\b", regex.IGNORECASE
)


@dataclass(slots=True)
class Run:
    """Lines under one heading."""

    section: SectionName | None
    """None before the first heading."""
    heading: tuple[int, int] | None = None
    labelled: bool = False
    doubtful: bool = False
    """Whether the heading is one by inference."""
    bare_end: int | None = None
    """Where the heading ends if there are no lines."""
    lines: list[Line] = field(default_factory=list)
    rules: list[tuple[int, int]] = field(default_factory=list)
    """Lines that hold nothing but a rule, stars or a colon, which are no criteria."""


def split_runs(text: str, lines: Sequence[Line], page: Page | None, section: SectionName | None) -> list[Run]:
    """Cut at the headings that stand on lines of their own, at the start of a line or inside it.

    Args:
        text: readable text.
        lines: its lines.
        page: how the lines are broken, if that counts.
        section: the polarity if the layout knows it.
    """
    # a page may hold many passages: each is looked at alone
    base = text.rfind("\n", 0, lines[0].start) + 1 if lines else 0
    finder = HeadingFinder(text[base : lines[-1].end if lines else 0])
    cutter = _Cutter(text, base, section)
    before: Line | None = None
    for own in finder.joined([_moved(line, -base) for line in lines]):
        line = _moved(own, base)
        wrapped = page is not None and before is not None and page.is_wrapped(before, line)
        before = line
        if not wrapped:
            cutter.begin(line)
        cutter.cut(line, finder.headings_in(own, wrapped, cutter.section))
    for run in cutter.runs:
        if run.bare_end is None or run.heading is None:
            continue
        if not _is_listed(text, run, (run.bare_end, run.heading[1])):
            _take_label(text, run, run.heading, run.bare_end)
    return cutter.runs


class _Cutter:
    """The runs as far as the lines were read."""

    def __init__(self, text: str, base: int, section: SectionName | None) -> None:
        self.runs = [Run(section)]
        self._text = text
        self._base = base
        """Where the text of the headings begins."""
        self._back: SectionName | Literal["stay"] | None = "stay"
        """The section to go back to with the next line, behind a heading that holds for its own line alone."""

    @property
    def section(self) -> SectionName | None:
        """The section that the next line stands in."""
        return self.runs[-1].section

    def begin(self, line: Line) -> None:
        """Go on with a line that is no part of the one above."""
        if self._back != "stay" and (line.blank or not self._text[line.start].islower()):
            self.runs.append(Run(self._back))
            self._back = "stay"

    def cut(self, line: Line, headings: Iterable[Split]) -> None:
        """Share a line among the run that it goes on with and those that its headings open."""
        done = line.start
        for split in headings:
            start = split.start + self._base
            self._add(line, done, start)
            if not split.brief:
                self._back = "stay"
            elif self._back == "stay":
                self._back = self.section
            done = split.end + self._base
            kind = None if split.kind == "eligibility" else split.kind
            bare_end = None if split.bare_end is None else split.bare_end + self._base
            self.runs.append(Run(kind, (start, done), split.labelled, split.doubtful, bare_end))
        if done > line.start:
            self._add(line, done, line.end)
        elif _belongs_to_heading(self._text, self.runs[-1], line):
            return
        elif _RULE.fullmatch(self._text, line.start, line.end):
            self.runs[-1].rules.append((line.start, line.end))
        else:
            self.runs[-1].lines.append(line)

    def _add(self, line: Line, start: int, end: int) -> None:
        """Add a part of a line to the last run, if there is anything in it."""
        part = trimmed(self._text, line, start, end)
        if part.start < part.end:
            self.runs[-1].lines.append(part)


def _moved(line: Line, by: int) -> Line:
    """A line as it stands in a text that begins elsewhere."""
    return replace(line, start=line.start + by, end=line.end + by) if by else line


def _is_listed(text: str, run: Run, label: tuple[int, int]) -> bool:
    """Whether items stand below a heading, so that what looks like its label is one; unmarked lines go on with it."""
    if not run.lines or read_marker(text, run.lines[0].start, run.lines[0].end) is not None:
        return bool(run.lines)
    return not headings().people.isdisjoint(text[slice(*label)].lower().split())


def _take_label(text: str, run: Run, heading: tuple[int, int], end: int) -> None:
    """Let the label of a heading be the criterion that it is where no list stands below: `Exclusion - smokers`."""
    start, stop = heading
    run.heading, run.labelled, run.doubtful = (start, end), False, True
    run.lines.insert(0, trimmed(text, Line(start, stop, 0, stop - start, True), end, stop))


def _belongs_to_heading(text: str, run: Run, line: Line) -> bool:
    """Whether a line without letters, such as a rule, stands directly below a heading; it becomes a part of it."""
    if run.lines or run.heading is None or any(map(str.isalnum, text[line.start : line.end])):
        return False
    run.heading = run.heading[0], line.end
    return True


def sentence_section(text: str, start: int, end: int, current: SectionName | None) -> SectionName | None:
    """The section that a sentence opens which stands as a heading, or None if it does not change the section.

    "Subjects meeting any of the following criteria must not be enrolled:" ends the inclusion criteria; under the
    heading of its own polarity such a sentence is a lead-in.
    """
    if text[end - 1] != ":" or end - start > _LONGEST_SENTENCE or not _ANNOUNCES.search(text, start, end):
        return None
    if _NONE.match(text, start, end) or _EXCLUDES.search(text, start, end):
        return None if current == "exclusion" else "exclusion"
    if current is None and _ADMITS.search(text, start, end):
        return "inclusion"
    return "inclusion" if current != "inclusion" and _READMITS.search(text[start:end]) else None
