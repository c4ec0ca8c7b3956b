"""The headings of sections in their many forms: "Key Inclusion Criteria:", "Excluded - ", "Who may not join"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trialparse.criteria import heading_forms as forms
from trialparse.criteria.lines import Line, trimmed
from trialparse.criteria.markers import read_marker
from trialparse.criteria.wraps import open_bracket
from trialparse.lexicon.headings import HeadingKind, headings
from trialparse.models.eligibility import SectionName

_LONGEST = 160
_LONGEST_BARE = 60
_LONGEST_LAY = 100
_BEFORE_STEM = 36
_AFTER_STEM = 44
_BEFORE_GLUED = 40
_MOST_WORDS_BEFORE = 12
_MOST_GROUP_WORDS = 5


@dataclass(frozen=True, slots=True)
class Split:
    """A heading found in a line."""

    kind: HeadingKind
    start: int
    end: int
    labelled: bool = False
    """Whether it says whom it is about ("… for Cohort A")."""
    doubtful: bool = False
    """Whether it is one by inference rather than by its words and place."""
    brief: bool = False
    """Whether it holds for its own line alone."""
    bare_end: int | None = None
    """Where it ends if nothing stands below it, and what looks like its label is its only criterion."""


class HeadingFinder:
    """Finds the headings of one text; lines must be asked for in the order of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.vocabulary = headings()
        # "İ" is the one letter whose lower case has another length
        self.low = text.replace("İ", "i").lower()
        self._stems, self._hints = forms.marks(self.low)
        self._remarkable = sorted([*self._stems, *self._hints, *forms.places(self.low, forms.LINE_HINTS)])

    def joined(self, lines: Sequence[Line]) -> Sequence[Line]:
        """The lines, with a heading that was broken over two of them as one line of its own."""
        ends = (self.low.rfind("\n", 0, stem) for stem in self._stems)
        words = (forms.BROKEN.search(self.low, max(0, end - _BEFORE_STEM), end + _AFTER_STEM) for end in ends)
        breaks = [self._with_qualifier(match.start()) for match in words if match and self._is_broken(match.start())]
        if not breaks:
            return lines
        out: list[Line] = []
        for line in lines:
            near = bisect_left(breaks, out[-1].start) if out else len(breaks)
            at = breaks[near] if near < len(breaks) else None
            if at is None or line.blank or not at < out[-1].end < line.start:
                out.append(line)
                continue
            above = out.pop()
            if (part := trimmed(self.text, above, above.start, at)).start < part.end:
                out.append(part)
            out.append(replace(line, start=at, indent=above.indent, blank=True))
        return out

    def _with_qualifier(self, start: int) -> int:
        """Where "Key Inclusion" begins."""
        qualifier = forms.QUALIFIER.search(self.text, max(0, start - _BEFORE_GLUED), start)
        return qualifier.start() if qualifier else start

    def _is_broken(self, start: int) -> bool:
        first = self.text.rfind("\n", 0, start) + 1
        stated = forms.STATING_BEFORE.search(self.text, max(first, start - _BEFORE_GLUED), start)
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
        short = not wrapped and line.end - line.start <= _LONGEST_LAY
        # a line that holds "criteria" is looked at below
        if short and not (stems and self.vocabulary.find(self.low, line.start, line.end)):
            whole = self._whole(line, section) if marked or self._is_remarkable(line) else None
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

    def _is_remarkable(self, line: Line) -> bool:
        """A quick look at a line without any of the hints."""
        if line.end - line.start > _LONGEST_BARE:
            return False
        own = self.low[line.start : line.end]
        if own.strip(forms.DRESS) in self.vocabulary.lines:
            return True
        return (own[-1] == ":" or own.count(" ") < 3) and forms.MISSPELT_HINT.search(own) is not None

    def _within(self, places: Sequence[int], line: Line) -> Sequence[int]:
        first = bisect_left(places, line.start)
        return places[first : bisect_left(places, line.end, first)]

    def _with_rest(self, split: Split, line: Line) -> Split:
        """The heading with what else of the line says nothing: the same heading once more, stars, colons."""
        text, end = self.text, split.end
        while found := self.vocabulary.find(self.low, end, min(line.end, end + _AFTER_STEM)):
            kind, start, last = found
            match = forms.COLON.match(text, last, line.end) or forms.END.match(text, last, line.end)
            if kind != split.kind or match is None or not all(map(self._is_plain, self.low[end:start].split())):
                break
            end = match.end()
        if not text[end : line.end].strip(forms.DRESS):
            end = line.end
        return replace(split, end=end)

    # --- a line that is nothing but a heading ---------------------------------------------------------------------

    def _whole(self, line: Line, section: SectionName | None) -> Split | None:
        marker = read_marker(self.text, line.start, line.end)
        core = self.low[marker.end if marker else line.start : line.end].strip(forms.DRESS)
        if core.endswith(self.vocabulary.icon_names):
            core = self.vocabulary.icons.sub("", core).strip(forms.DRESS)
        if not core or len(core) > _LONGEST_LAY:
            return None
        colon = self.text[line.start : line.end].rstrip("*_ )]>").endswith(":")
        kind = self.vocabulary.lines.get(core) if len(core) <= _LONGEST_BARE else None
        if kind:
            # a bullet such as "Participants must:" below the heading of its own section is a lead-in
            return None if kind == section and marker else Split(kind, line.start, line.end)
        if len(core) > _LONGEST_BARE and marker:
            return None
        if kind := self._of_group(core, colon):
            return None if kind == section and marker else Split(kind, line.start, line.end, labelled=True)
        if not marker and (kind := self._lay(core)):
            return None if kind == section else Split(kind, line.start, line.end, doubtful=True)
        if len(core) <= _LONGEST_BARE and (kind := self._misspelt(core, colon)):
            return Split(kind, line.start, line.end, doubtful=True)
        return None

    def _lay(self, core: str) -> HeadingKind | None:
        """Who may take part, and who may not."""
        if not self.vocabulary.lay.fullmatch(core):
            return None
        return "exclusion" if self.vocabulary.denials.search(core) else "inclusion"

    def _of_group(self, core: str, colon: bool) -> HeadingKind | None:
        """A bare "Exclusion" and whom it is about: "Donor Exclusion", "Inclusion for cases:"."""
        match = forms.PLAIN_WORD.search(core)
        if match is None or not match.group().rstrip("s").endswith("clusion"):
            return None
        before = core[: match.start()].split()
        if before and before[-1] == "of":
            return None
        if len(before) > _MOST_GROUP_WORDS or not all(map(self._names_group, before)):
            return None
        after = core[match.end() :]
        if after:
            words = (word.strip(forms.DRESS) for word in after.split())
            named = forms.FOR_GROUP.fullmatch(after) and any(
                word in self.vocabulary.named_groups or forms.SHORT_NAME.fullmatch(word) for word in words
            )
            if not named or not (colon or "(" in after):
                return None
        elif not before:
            return None
        return "exclusion" if match.group().startswith(("ex", "non")) else "inclusion"

    def _is_label(self, start: int, end: int) -> bool:
        """Whether all that stands before a heading, if anything, says whom it is about."""
        words = self.low[max(start, end - _LONGEST) : end].split()
        if words and words[-1][-1] in ".;,!?" and not forms.SHORT_NAME.fullmatch(words[-1].strip(forms.DRESS)):
            return words[-1].strip(forms.DRESS) in self.vocabulary.plain_qualifiers
        if end - start > _LONGEST:
            return False
        if all(map(self._names_group, words)):
            return not words or not all(word in self.vocabulary.people for word in words)
        named = len(words) <= _MOST_WORDS_BEFORE and words[-1].strip(forms.DRESS) in self.vocabulary.groups
        return named and not forms.says_more(self.text[start:end].strip(forms.BRACKETS))

    def _names_group(self, word: str) -> bool:
        word = word.strip(forms.DRESS)
        return not word or word in self.vocabulary.group_words or forms.SHORT_NAME.fullmatch(word) is not None

    def _misspelt(self, core: str, colon: bool) -> HeadingKind | None:
        """`Exlusion Criteria`, `Inclusion critera:`, `Exclusoin:`."""
        if not forms.MISSPELT_HINT.search(core) or self.vocabulary.find(core, 0, len(core)):
            return None
        words = [word for each in core.split() if (word := each.strip(forms.DRESS))]
        while words and len(words) > 1 and words[0] in self.vocabulary.plain_qualifiers:
            del words[0]
        if len(words) > 2 or (len(words) == 1 and not colon):
            return None
        if len(words) == 2 and not self.vocabulary.misspelt.is_noun(words[1]):
            return None
        return self.vocabulary.misspelt.section(words[0])

    # --- a heading that a line begins with, or that stands in it --------------------------------------------------

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
                found = self._misspelt_before(max(done, stem - _BEFORE_STEM), min(line.end, stem + _AFTER_STEM))
                if found is None:
                    continue
            leads = not wrapped and done == line.start
            split = self._leading(line, section, *found) if leads else None
            if split is None and not (leads and self._is_label(own, found[1])):
                split = self._glued(max(done, own), line.end, *found)
            if split:
                done = split.end
                yield split

    def _misspelt_before(self, start: int, end: int) -> tuple[HeadingKind, int, int] | None:
        """A misspelt first word before a "criteria"."""
        for match in forms.TWO_WORDS.finditer(self.low, start, end):
            if self.vocabulary.misspelt.is_noun(match[2]) and (kind := self.vocabulary.misspelt.section(match[1])):
                return kind, match.start(), match.end()
        return None

    def _leading(
        self, line: Line, section: SectionName | None, kind: HeadingKind, start: int, end: int
    ) -> Split | None:
        """A heading that the line begins with, perhaps after a bullet and words such as "Key" or "Cohort A"."""
        if start - line.start > _LONGEST:
            return None
        text = self.text
        marker = read_marker(text, line.start, line.end)
        prefix = text[marker.end if marker else line.start : start].strip(forms.BRACKETS)
        words = prefix.split()
        named = self._is_label(marker.end if marker else line.start, start)
        if marker and not named:
            return None
        long = len(words) > _MOST_WORDS_BEFORE and not self._names_group(words[0].lower())
        if not named and (long or forms.says_more(prefix)):
            return None
        plain = all(word.lower().strip(",-") in self.vocabulary.plain_qualifiers for word in words)
        stop = min(line.end, end + _LONGEST)
        iconic = stop == line.end and self.low[end:stop].rstrip(forms.DRESS).endswith(self.vocabulary.icon_names)
        rest = self.vocabulary.icons.search(self.low, end, stop) if iconic else None
        if match := forms.END.match(text, end, rest.start() if rest else stop):
            unsure = (marker and not plain) or (len(words) > 4 and forms.LOWER.search(prefix))
            if stop < line.end or (unsure and ":" not in match["stop"]):
                return None
            return Split(kind, line.start, line.end, not plain or "(" in match.group().rstrip(forms.DRESS))
        if match := forms.COLON.match(text, end, stop) or forms.NUMBER.match(text, end, stop):
            return Split(kind, line.start, match.end(), not plain or "(" in match.group())
        if plain and not (marker and kind == section) and (match := forms.SAYS.match(text, end, stop)):
            return Split(kind, line.start, match.end())
        if (
            (match := forms.COMMA.match(text, end, stop))
            and "," in text[match.end() : line.end]
            and ":" not in text[end : line.end]
        ):
            return Split(kind, line.start, match.end(), doubtful=True)
        if self._opens_bullets(end, line.end):
            return Split(kind, line.start, end, not plain)
        match = forms.LABEL.match(text, end, stop)
        if match and self.vocabulary.find(self.low, end, match.end()):  # a mention of criteria, or their next heading
            match = forms.CAPITALS.match(text, end, stop) if text[start].isupper() and not words else None
            if match:
                return Split(kind, line.start, match.end(), doubtful=True)
        if match and not forms.STATES_ON.search(match.group()):
            sure = match.group().endswith(":") or (not marker and (text[start].isupper() or not words))
            if sure and (match.end() < stop or stop == line.end):
                return Split(kind, line.start, match.end(), True, bare_end=self._bare_end(end, match.end()))
        match = forms.DASH.match(text, end, stop)
        if match is None and text[start:end].isupper():
            match = forms.CAPITALS.match(text, end, stop)
        return Split(kind, line.start, match.end(), not plain) if match else None

    def _bare_end(self, end: int, stop: int) -> int | None:
        """`Exclusion Criteria - smokers`: where the heading ends without its label, if that names no group."""
        parted = forms.PARTED.match(self.text, end, stop)
        words = [word.strip(forms.DRESS) for word in self.low[end:stop].split()]
        named = any(word in self.vocabulary.named_groups or forms.SHORT_NAME.fullmatch(word) for word in words)
        return None if parted is None or named or self.text[stop - 1] == ":" else parted.end()

    def _opens_bullets(self, end: int, last: int) -> bool:
        """Whether a heading is followed by the bullets of a list in one line: `Inclusion Criteria - A - B`."""
        mark = forms.BULLET.match(self.text, end, last)
        return mark is not None and self.text.find(mark.group(), mark.end(), last) >= 0

    def _glued(self, done: int, last: int, kind: HeadingKind, start: int, end: int) -> Split | None:
        """A heading in the middle of a line: after the end of a sentence, in title case, or before a colon."""
        text = self.text
        stop = min(last, end + _LONGEST)
        begin = max(done, start - _BEFORE_GLUED)
        qualifier = forms.QUALIFIER.search(text, begin, start)
        first = qualifier.start() if qualifier else start
        capital = text[start].isupper()
        titled = capital and forms.TITLE_CASE.search(text, start, end) is not None
        stopped = forms.SENTENCE_STOP.search(text, begin, first) is not None
        free = not (self._is_bound(begin, first, capital) or open_bracket(text, begin, first))
        at_end = forms.END.match(text, end, stop) if stop == last else None
        if match := forms.COLON.match(text, end, stop) or (at_end if at_end and ":" in at_end["stop"] else None):
            sure = titled or (capital and stopped)
            return Split(kind, first, match.end(), doubtful=not sure) if sure or free else None
        if at_end:
            sure = capital and stopped
            return Split(kind, first, at_end.end(), doubtful=not sure) if sure or (titled and free) else None
        if match := forms.NUMBER.match(text, end, stop) or forms.DASH.match(text, end, stop):
            sure = capital and (stopped or (titled and free))
            return Split(kind, first, end if self._opens_bullets(end, last) else match.end()) if sure else None
        if stopped and (match := forms.SAYS.match(text, end, stop)):
            return Split(kind, first, match.end())
        if (match := forms.COMMA.match(text, end, stop)) and (stopped or forms.COMMA_BEFORE.search(text, begin, first)):
            return Split(kind, first, match.end(), doubtful=True)
        return None

    def _is_bound(self, begin: int, first: int, capital: bool) -> bool:
        """Whether the words before a mention of criteria make it a part of their sentence."""
        if forms.STATING_BEFORE.search(self.text, min(begin, max(0, first - _BEFORE_GLUED)), first):
            return True
        return not capital and forms.STATING.search(forms.SENTENCE_END.sub("", self.text[begin:first])) is not None

    def _plain(self, line: Line, own: int, wrapped: bool, marked: bool, section: SectionName | None) -> Iterator[Split]:
        """A bare word before a colon or dash: "Inclusion: adults. Exclusion: pregnancy"."""
        text, low = self.text, self.low
        for match in forms.PLAIN_WORD.finditer(low, line.start, line.end):
            near = not wrapped and match.start() - own <= _LONGEST
            opens = near and all(map(self._is_plain, low[own : match.start()].split()))
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

    def _is_plain(self, word: str) -> bool:
        word = word.strip(forms.DRESS)
        return not word or word in self.vocabulary.plain_qualifiers

    def _stands_free(self, at: int, start: int, *, worded: bool) -> bool:
        """Whether a word in the middle of a line begins something new: after a stop, or `Exclusion` in capitals."""
        begin = max(start, at - _BEFORE_GLUED)
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
