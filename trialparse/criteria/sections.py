"""Inclusion and exclusion under their many headings: lines -> runs of lines of one polarity."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from trialparse.criteria.lines import Line, trimmed
from trialparse.criteria.markers import read_marker
from trialparse.criteria.wraps import Page
from trialparse.lexicon.headings import HeadingKind, headings
from trialparse.models.eligibility import SectionName

_LONGEST = 160
_LONGEST_SENTENCE = 300
_LONGEST_BARE = 60
_AROUND_BARE = " :.…-–*•?_"
_BEFORE_STEM = 36
_AFTER_STEM = 44
_BEFORE_GLUED = 40
_STEMS = ("riter", "ritè", "rité", "requirem", "标准", "基準")

# words before "inclusion criteria" that make it a statement: "does not meet the inclusion criteria"
_STATING = regex.compile(
    r"\b(?:not?|none|nor|without|meet\w*|met|fulfil\w*|satisf\w*|violat\w*|see|per|do(?:es)?|did|any|who|whom|which|that"
    r"|these|those|refer|unless|if|must|is|are|was|were|has|have|a|an|other\sprotocol\S*|may|will)\b|[.;!?]\s",
    regex.IGNORECASE,
)
_LOWER = regex.compile(r"\b(?!(?:and|or|of|for|in|with|the|to|on|at|by)\b)\p{Ll}")
# what follows it in a heading
_ASIDE = r"\s*+(?:\([^()\n]{0,80}+\)\s*+)?"
_END = regex.compile(rf"{_ASIDE}(?P<stop>[:.\-–—]*+)\s*+$")
_COLON = regex.compile(rf"{_ASIDE}(?:[-–]\s?)?:[-–]?(?=\s*+\S)")
_NUMBER = regex.compile(r"\s*+(?=\(?[0-9]{1,2}[.)]|[•●])")
_DASH = regex.compile(r"\s*+[-–]\s*+(?=\p{Lu})")
_CAPITALS = regex.compile(r"\s++(?=\p{Lu}\p{Ll})")
"""What follows a heading in capitals that runs into its first criterion."""
_LABEL = regex.compile(
    r"""
    \s*+ (?: [-–—,/]++ \s*+ \S                                   # Inclusion Criteria - Patients:
           | (?:for|of|in|on|at|to|during|related|applicable|prior|before|after|determined|specific|by|as|only
               |common|apply\w*) \b                              # Inclusion Criteria for Cohort A:
           | (?:are|include|includes|including) \s* :            # Inclusion Criteria are:
           | [A-Z0-9] )                                          # Inclusion Criteria Stage 1
    [^:\n]{0,120}+ (?:: | $)
    """,
    regex.VERBOSE,
)
_STATES_ON = regex.compile(
    r"\b(?:may|must|will|should|could|appl(?:y|ies|ied)|is|was|were|met|not)\b", regex.IGNORECASE
)
_SENTENCE_STOP = regex.compile(r"(?:[.;:)\]!?•*-]|\s\s|^)\s*+$")
_QUALIFIER = regex.compile(r"\b(?:Key|Main|Major|Other|Additional|General) $")
_TITLE_CASE = regex.compile(r"\bC\w++")
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
_ADMITS = regex.compile(
    r"\b(?:eligible|inclusion|included?|enroll?(?:ed|ment)?|participate|participation|must\s(?:meet|fulfil\w*|satisfy|have))\b",
    regex.IGNORECASE,
)
_READMITS = regex.compile(
    r"\binclusion\scriteria\b|^\W*(?:to|in\sorder\sto)\sbe\s(?:eligible|included)\b", regex.IGNORECASE
)


class Split(NamedTuple):
    """A heading found in a line: where it stands, and whether it says whom it is about ("… for Cohort A")."""

    kind: HeadingKind
    start: int
    end: int
    labelled: bool


@dataclass(slots=True)
class Run:
    """Lines under one heading."""

    section: SectionName | None
    """None before the first heading."""
    heading: tuple[int, int] | None = None
    labelled: bool = False
    lines: list[Line] = field(default_factory=list)


def split_runs(text: str, lines: Sequence[Line], page: Page | None, section: SectionName | None) -> list[Run]:
    """Cut at the headings that stand on lines of their own, at the start of a line or after the end of a sentence.

    Args:
        text: readable text.
        lines: its lines.
        page: how the lines are broken, if that counts.
        section: the polarity if the layout knows it.
    """
    finder = _Finder(text)
    runs = [Run(section)]
    before: Line | None = None
    for line in lines:
        wrapped = page is not None and before is not None and page.is_wrapped(before, line)
        before = line
        done = line.start
        for split in finder.headings_in(line, wrapped, runs[-1].section) if finder.may_have_heading(line) else ():
            if (part := trimmed(text, line, done, split.start)).start < part.end:
                runs[-1].lines.append(part)
            kind = None if split.kind == "eligibility" else split.kind
            runs.append(Run(kind, (split.start, split.end), split.labelled))
            done = split.end
        if done == line.start:
            runs[-1].lines.append(line)
        elif (rest := trimmed(text, line, done, line.end)).start < rest.end:
            runs[-1].lines.append(rest)
    return runs


def sentence_section(text: str, start: int, end: int, current: SectionName | None) -> SectionName | None:
    """The section that a sentence opens which stands as a heading, or None if it does not change the section.

    "Subjects meeting any of the following criteria must not be enrolled:" ends the inclusion criteria; under the
    heading of its own polarity such a sentence is a lead-in.
    """
    if text[end - 1] != ":" or end - start > _LONGEST_SENTENCE or not _ANNOUNCES.search(text, start, end):
        return None
    if _EXCLUDES.search(text, start, end):
        return None if current == "exclusion" else "exclusion"
    if current is None and _ADMITS.search(text, start, end):
        return "inclusion"
    return "inclusion" if current != "inclusion" and _READMITS.search(text[start:end]) else None


class _Finder:
    """Finds the headings of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.vocabulary = headings()
        # "İ" is the one letter whose lower case has another length
        self.low = text.replace("İ", "i").lower()
        self.stems = sorted(at for stem in _STEMS for at in _places(self.low, stem))
        self.next = 0

    def may_have_heading(self, line: Line) -> bool:
        """A quick look, for lines in the order of the text."""
        stems = self.stems
        while self.next < len(stems) and stems[self.next] < line.start:
            self.next += 1
        if self.next < len(stems) and stems[self.next] < line.end:
            return True
        size = line.end - line.start
        return size <= _LONGEST_BARE and self.low[line.start : line.end].strip(_AROUND_BARE) in self.vocabulary.lines

    def headings_in(self, line: Line, wrapped: bool, section: SectionName | None) -> Iterator[Split]:
        """The headings of a line, in the order of the text; `wrapped` if the line goes on with the one above.

        A bullet such as "Participants must:" below the heading of its own section is a lead-in.
        """
        if not wrapped and line.end - line.start <= _LONGEST_BARE:
            bare = self.vocabulary.lines.get(self.low[line.start : line.end].strip(_AROUND_BARE))
            if bare and not (bare == section and read_marker(self.text, line.start, line.end)):
                yield Split(bare, line.start, line.end, False)
                return
        done = line.start
        marker = read_marker(self.text, line.start, line.end)
        own = marker.end if marker else line.start
        for stem in self.stems[self.next : bisect_left(self.stems, line.end, self.next)]:
            found = self.vocabulary.find(self.low, max(done, stem - _BEFORE_STEM), min(line.end, stem + _AFTER_STEM))
            if found is None or stem < done:
                continue
            split = None if wrapped or done > line.start else self.leading(line, *found)
            split = split or _glued(self.text, max(done, own), line.end, *found)
            if split:
                done = split.end
                yield split

    def leading(self, line: Line, kind: HeadingKind, start: int, end: int) -> Split | None:
        """A heading that the line begins with, perhaps after a bullet and words such as "Key" or "Cohort A"."""
        if start - line.start > _LONGEST:
            return None
        text = self.text
        marker = read_marker(text, line.start, line.end)
        prefix = text[marker.end if marker else line.start : start].strip(" *_:-–")
        words = prefix.split()
        if len(words) > (3 if marker else 12) or _STATING.search(prefix):
            return None
        plain = all(word.lower().strip(",-") in self.vocabulary.plain_qualifiers for word in words)
        stop = min(line.end, end + _LONGEST)
        if match := _END.match(text, end, stop):
            unsure = (marker and not plain) or (len(words) > 4 and _LOWER.search(prefix))
            if stop < line.end or (unsure and ":" not in match["stop"]):
                return None
            return Split(kind, line.start, line.end, not plain or "(" in match.group())
        if match := _COLON.match(text, end, stop) or _NUMBER.match(text, end, stop):
            return Split(kind, line.start, match.end(), not plain or "(" in match.group())
        match = _LABEL.match(text, end, stop)
        if match and not _STATES_ON.search(match.group()):
            sure = match.group().endswith(":") or (not marker and (text[start].isupper() or not words))
            if sure and (match.end() < stop or stop == line.end):
                return Split(kind, line.start, match.end(), True)
        match = _DASH.match(text, end, stop)
        if match is None and text[start:end].isupper():
            match = _CAPITALS.match(text, end, stop)
        return Split(kind, line.start, match.end(), not plain) if match else None


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _glued(text: str, done: int, last: int, kind: HeadingKind, start: int, end: int) -> Split | None:
    """A heading in the middle of a line: after the end of a sentence or, in title case, before a colon."""
    if not text[start].isupper():
        return None
    stop = min(last, end + _LONGEST)
    match = _COLON.match(text, end, stop) or (_END.match(text, end, stop) if stop == last else None)
    match = match or _NUMBER.match(text, end, stop)
    if not match:
        return None
    begin = max(done, start - _BEFORE_GLUED)
    qualifier = _QUALIFIER.search(text, begin, start)
    first = qualifier.start() if qualifier else start
    title = ":" in match.group() and _TITLE_CASE.search(text, start, end)
    return Split(kind, first, match.end(), False) if title or _SENTENCE_STOP.search(text, begin, first) else None
