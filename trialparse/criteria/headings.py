"""The headings of sections in their many forms: "Key Inclusion Criteria:", "Excluded - ", "Who may not join"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from trialparse.criteria import heading_forms as forms
from trialparse.criteria.heading_lines import LONGEST_LAY, HeadingLines
from trialparse.criteria.heading_places import BEFORE_GLUED, glued, leading
from trialparse.criteria.heading_words import LONGEST, Split
from trialparse.criteria.lines import Line, trimmed
from trialparse.criteria.markers import read_marker
from trialparse.models.eligibility import SectionName

_BEFORE_STEM = 36
_AFTER_STEM = 44


class HeadingFinder(HeadingLines):
    """Finds the headings of one text; lines must be asked for in the order of the text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        marks = self.vocabulary.marks
        self._stems, self._hints = forms.marks(self.low, marks)
        self._remarkable = sorted([*self._stems, *self._hints, *forms.places(self.low, marks.lines)])

    def joined(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The lines, with a heading that was broken over two of them as one line of its own."""
        ends = (self.low.rfind("\n", 0, stem) for stem in self._stems)
        found = (forms.BROKEN.finditer(self.low, max(0, end - _BEFORE_STEM), end + _AFTER_STEM) for end in ends)
        starts = sorted({match.start() for matches in found for match in matches})
        breaks = [self._with_qualifier(start) for start in starts if self._is_broken(start)]
        if not breaks:
            return lines
        out: list[Line] = []
        joined: int | None = None
        for line in lines:
            near = bisect_left(breaks, out[-1].start) if out else len(breaks)
            at = breaks[near] if near < len(breaks) else None
            if at is None or at == joined or line.blank or not at < out[-1].end < line.start:
                out.append(line)
                continue
            joined = at
            above = out.pop()
            if (part := trimmed(self.text, above, above.start, at)).start < part.end:
                out.append(part)
            out.append(replace(line, start=at, indent=above.indent, blank=True))
        return out

    def _with_qualifier(self, start: int) -> int:
        """Where "Key Inclusion" begins, with the stars before it."""
        qualifier = forms.QUALIFIER.search(self.text, max(0, start - BEFORE_GLUED), start)
        start = qualifier.start() if qualifier else start
        while start and self.text[start - 1] in forms.EMPHASIS:
            start -= 1
        return start

    def _is_broken(self, start: int) -> bool:
        first = self.text.rfind("\n", 0, start) + 1
        stated = forms.STATING_BEFORE.search(self.text, max(first, start - BEFORE_GLUED), start)
        return stated is None

    def headings_in(self, line: Line, wrapped: bool, section: SectionName | None) -> Iterator[Split]:
        """The headings of a line, in the order of the text.

        Args:
            line: a line, or what is left of one.
            wrapped: whether it goes on with the one above.
            section: the section that the line stands in.
        """
        marked = bool(self._within(self._remarkable, line))
        stems = self._within(self._stems, line) if marked else ()
        short = not wrapped and line.end - line.start <= LONGEST_LAY
        # a line that holds "criteria" is looked at below
        if short and not (stems and self.vocabulary.find(self.low, line.start, line.end)):
            whole = self.whole(line, section) if marked or self.is_remarkable(line) else None
            if whole:
                yield whole
                return
        if not (stems or (marked and self._within(self._hints, line))):
            return
        done = line.start
        for split in self._inside(line, stems, wrapped, section):
            if split.start >= done:
                split = self._with_rest(split, line)
                done = split.end
                yield split
                if split.kind != "eligibility":
                    section = split.kind

    def _within(self, places: Sequence[int], line: Line) -> Sequence[int]:
        first = bisect_left(places, line.start)
        return places[first : bisect_left(places, line.end, first)]

    def _with_rest(self, split: Split, line: Line) -> Split:
        """The heading with what else of the line says nothing: the same heading once more, stars, colons."""
        text, end = self.text, split.end
        while found := self.vocabulary.find(self.low, end, min(line.end, end + _AFTER_STEM)):
            kind, start, last = found
            match = forms.COLON.match(text, last, line.end) or forms.END.match(text, last, line.end)
            if kind != split.kind or match is None or not all(map(self.is_plain, self.low[end:start].split())):
                break
            end = match.end()
        if not text[end : line.end].strip(forms.DRESS):
            end = line.end
        return replace(split, end=end)

    def _inside(self, line: Line, stems: Sequence[int], wrapped: bool, section: SectionName | None) -> Iterator[Split]:
        marker = read_marker(self.text, line.start, line.end)
        own = marker.end if marker else line.start
        found = list(self._of_criteria(line, stems, own, wrapped, section))
        if not (found and found[0].start == line.start):
            plain = list(self._plain(line, own, wrapped, marker is not None, section))
            if not marker and not wrapped and not plain:
                plain = [split for split in self._sentences(line) if split.kind != section]
            found = sorted([*found, *plain], key=lambda split: split.start)
        yield from found

    def _of_criteria(
        self, line: Line, stems: Sequence[int], own: int, wrapped: bool, section: SectionName | None
    ) -> Iterator[Split]:
        done = line.start
        for stem in stems:
            if stem < done:
                continue
            found = self.vocabulary.find(self.low, max(done, stem - _BEFORE_STEM), min(line.end, stem + _AFTER_STEM))
            if found is None:
                found = self.misspelt_before(max(done, stem - _BEFORE_STEM), min(line.end, stem + _AFTER_STEM))
                if found is None:
                    continue
            leads = not wrapped and done == line.start
            split = leading(self, line, section, found) if leads else None
            if split is None and not (leads and self.is_label(own, found[1])):
                split = glued(self.text, max(done, own), line.end, found)
            if split:
                done = split.end
                yield split

    def _plain(self, line: Line, own: int, wrapped: bool, marked: bool, section: SectionName | None) -> Iterator[Split]:
        """A bare word before a colon or dash: "Inclusion: adults. Exclusion: pregnancy"."""
        text, low = self.text, self.low
        for match in forms.PLAIN_WORD.finditer(low, line.start, line.end):
            near = not wrapped and match.start() - own <= LONGEST
            opens = near and all(map(self.is_plain, low[own : match.start()].split()))
            phrase = self.vocabulary.inline.match(low, match.start(), line.end)
            stop = forms.PLAIN_STOP.match(text, phrase.end(), line.end) if phrase else None
            if phrase is None or stop is None:
                continue
            kind: SectionName = "exclusion" if phrase.lastgroup == "exclusion" else "inclusion"
            if opens:
                if not (marked and section is not None):
                    yield Split(kind, line.start, stop.end())
                continue
            worded = "clusion" in phrase.group()
            if ":" in stop.group() and self._stands_free(match.start(), line.start, worded=worded):
                yield Split(kind, match.start(), stop.end(), doubtful=True, brief=not worded)

    def _stands_free(self, at: int, start: int, *, worded: bool) -> bool:
        """Whether a word in the middle of a line begins something new: after a stop, or `Exclusion` in capitals."""
        begin = max(start, at - BEFORE_GLUED)
        if forms.SENTENCE_STOP.search(self.text, begin, at):
            return True
        if not worded:
            return False
        if forms.COMMA_BEFORE.search(self.text, begin, at):
            return True
        return self.text[at].isupper() and not forms.STATING_BEFORE.search(self.text, begin, at)

    def _sentences(self, line: Line) -> Iterator[Split]:
        """`We excluded children.`, `Patients are included if they can walk.`"""
        starts = [
            line.start,
            *(match.start() for match in forms.AFTER_SENTENCE.finditer(self.text, line.start, line.end)),
        ]
        for start in starts:
            match = forms.SENTENCE.match(self.low, start, line.end)
            if match and not forms.LEADS_IN.search(self.text, match.end(), line.end):
                kind: SectionName = "exclusion" if match["exclusion"] else "inclusion"
                yield Split(kind, start, match.end(), doubtful=True, brief=True)
