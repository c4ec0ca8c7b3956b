"""A heading that a line begins with, or that stands in the middle of one: of its forms the first that fits wins."""

from __future__ import annotations

import regex

from trialparse.criteria import heading_forms as forms
from trialparse.criteria.heading_words import LONGEST, MOST_WORDS_BEFORE, HeadingWords, Split
from trialparse.criteria.lines import Line
from trialparse.criteria.markers import read_marker
from trialparse.criteria.wraps import open_bracket
from trialparse.lexicon.headings import HeadingKind
from trialparse.models.eligibility import SectionName

BEFORE_GLUED = 40
_FEW_WORDS = 4

Found = tuple[HeadingKind, int, int]
"""A phrase of the vocabulary: its kind, start and end."""


def leading(words: HeadingWords, line: Line, section: SectionName | None, found: Found) -> Split | None:
    """A heading that the line begins with, perhaps after a bullet and words such as "Key" or "Cohort A"."""
    start = found[1]
    if start - line.start > LONGEST:
        return None
    marker = read_marker(words.text, line.start, line.end)
    own = marker.end if marker else line.start
    prefix = words.text[own:start].strip(forms.BRACKETS)
    before = prefix.split()
    named = words.is_label(own, start)
    long = len(before) > MOST_WORDS_BEFORE and not words.names_group(before[0].lower())
    if not named and (marker or long or forms.says_more(prefix)):
        return None
    return _Leading(words, line, section, found, prefix, marker is not None).split()


class _Leading:
    """A phrase at the beginning of a line, and what stands around it."""

    __slots__ = ("before", "end", "kind", "line", "marked", "plain", "prefix", "section", "start", "stop", "words")

    def __init__(
        self, words: HeadingWords, line: Line, section: SectionName | None, found: Found, prefix: str, marked: bool
    ) -> None:
        self.words, self.line, self.section = words, line, section
        self.kind, self.start, self.end = found
        self.prefix, self.before, self.marked = prefix, prefix.split(), marked
        self.plain = all(word.lower().strip(",-") in words.vocabulary.plain_qualifiers for word in self.before)
        self.stop = min(line.end, self.end + LONGEST)

    def split(self) -> Split | None:
        """The heading in the first form that fits."""
        if match := self._to_line_end():
            return self._whole_line(match)
        readings = (self._parted, self._says, self._before_list, self._before_bullets, self._labelled, self._run_in)
        return next((split for reading in readings if (split := reading())), None)

    def _match(self, form: regex.Pattern[str]) -> regex.Match[str] | None:
        return form.match(self.words.text, self.end, self.stop)

    def _to_line_end(self) -> regex.Match[str] | None:
        """`Inclusion Criteria (all groups):` and no more, but for the name of an icon."""
        vocabulary, low, stop = self.words.vocabulary, self.words.low, self.stop
        iconic = stop == self.line.end and low[self.end : stop].rstrip(forms.DRESS).endswith(vocabulary.icon_names)
        icon = vocabulary.icons.search(low, self.end, stop) if iconic else None
        return forms.END.match(self.words.text, self.end, icon.start() if icon else stop)

    def _whole_line(self, match: regex.Match[str]) -> Split | None:
        unsure = (self.marked and not self.plain) or (len(self.before) > _FEW_WORDS and forms.LOWER.search(self.prefix))
        if self.stop < self.line.end or (unsure and ":" not in match["stop"]):
            return None
        labelled = not self.plain or "(" in match.group().rstrip(forms.DRESS)
        return Split(self.kind, self.line.start, self.line.end, labelled)

    def _parted(self) -> Split | None:
        """`Inclusion Criteria: adults`, `Inclusion Criteria 1. Adults`."""
        match = self._match(forms.COLON) or self._match(forms.NUMBER)
        return match and Split(self.kind, self.line.start, match.end(), not self.plain or "(" in match.group())

    def _says(self) -> Split | None:
        """`Exclusion criteria include pregnancy`."""
        if not self.plain or (self.marked and self.kind == self.section):
            return None
        match = self._match(forms.SAYS)
        return match and Split(self.kind, self.line.start, match.end())

    def _before_list(self) -> Split | None:
        """`Inclusion criteria, adults, fever`."""
        text, last = self.words.text, self.line.end
        match = self._match(forms.COMMA)
        if match is None or match.group().strip() not in text[match.end() : last] or ":" in text[self.end : last]:
            return None
        return Split(self.kind, self.line.start, match.end(), doubtful=True)

    def _before_bullets(self) -> Split | None:
        """`Inclusion Criteria - A - B`."""
        opens = opens_bullets(self.words.text, self.end, self.line.end)
        return Split(self.kind, self.line.start, self.end, not self.plain) if opens else None

    def _labelled(self) -> Split | None:
        """`Inclusion Criteria for Cohort A:`."""
        text = self.words.text
        match = self._match(forms.LABEL)
        if match is None:
            return None
        capital = text[self.start].isupper()
        if self.words.vocabulary.find(self.words.low, self.end, match.end()):
            # a mention of criteria, or their next heading
            capitals = self._match(forms.CAPITALS) if capital and not self.before else None
            return capitals and Split(self.kind, self.line.start, capitals.end(), doubtful=True)
        if forms.STATES_ON.search(match.group()):
            return None
        sure = match.group().endswith(":") or (not self.marked and (capital or not self.before))
        if not sure or self.line.end > self.stop == match.end():
            return None
        return Split(self.kind, self.line.start, match.end(), True, bare_end=self._bare_end(match.end()))

    def _bare_end(self, stop: int) -> int | None:
        """`Exclusion Criteria - smokers`: where the heading ends without its label, if that names no group."""
        words = [word.strip(forms.DRESS) for word in self.words.low[self.end : stop].split()]
        groups = self.words.vocabulary.named_groups
        named = any(word in groups or forms.SHORT_NAME.fullmatch(word) for word in words)
        parted = forms.PARTED.match(self.words.text, self.end, stop)
        return None if parted is None or named or self.words.text[stop - 1] == ":" else parted.end()

    def _run_in(self) -> Split | None:
        """`Inclusion Criteria - Adults`, `INCLUSION CRITERIA Adults`."""
        match = self._match(forms.DASH)
        if match is None and self.words.text[self.start : self.end].isupper():
            match = self._match(forms.CAPITALS)
        return match and Split(self.kind, self.line.start, match.end(), not self.plain)


def glued(text: str, done: int, last: int, found: Found) -> Split | None:
    """A heading in the middle of a line: after the end of a sentence, in title case, or before a colon.

    Args:
        text: the text.
        done: where the search may begin, behind a heading before this one.
        last: the end of the line.
        found: the phrase.
    """
    return _Glued(text, done, last, found).split()


class _Glued:
    """A phrase in the middle of a line, and what stands around it."""

    __slots__ = ("begin", "certain", "end", "first", "free", "kind", "last", "stop", "stopped", "text", "titled")

    def __init__(self, text: str, done: int, last: int, found: Found) -> None:
        self.text, self.last = text, last
        self.kind, start, self.end = found
        self.stop = min(last, self.end + LONGEST)
        self.begin = max(done, start - BEFORE_GLUED)
        qualifier = forms.QUALIFIER.search(text, self.begin, start)
        self.first = qualifier.start() if qualifier else start
        capital = text[start].isupper()
        self.titled = capital and forms.TITLE_CASE.search(text, start, self.end) is not None
        self.stopped = forms.SENTENCE_STOP.search(text, self.begin, self.first) is not None
        self.free = not (_is_bound(text, self.begin, self.first, capital) or open_bracket(text, self.begin, self.first))
        self.certain = capital and self.stopped

    def split(self) -> Split | None:
        """The heading in the first form that fits."""
        at_end = forms.END.match(self.text, self.end, self.stop) if self.stop == self.last else None
        colon = self._match(forms.COLON) or (at_end if at_end and ":" in at_end["stop"] else None)
        if colon:
            sure = self.titled or self.certain
            return self._split(colon.end(), doubtful=not sure) if sure or self.free else None
        if at_end:
            return self._split(at_end.end(), doubtful=not self.certain) if self._is_likely() else None
        return self._itemised() or self._says() or self._before_list()

    def _match(self, form: regex.Pattern[str]) -> regex.Match[str] | None:
        return form.match(self.text, self.end, self.stop)

    def _split(self, end: int, *, doubtful: bool = False) -> Split:
        return Split(self.kind, self.first, end, doubtful=doubtful)

    def _is_likely(self) -> bool:
        return self.certain or (self.titled and self.free)

    def _itemised(self) -> Split | None:
        """`... is required. Exclusion Criteria 1. Pregnancy`, `Exclusion Criteria - Pregnancy`."""
        match = self._match(forms.NUMBER) or self._match(forms.DASH)
        if match is None or not self._is_likely():
            return None
        return self._split(self.end if opens_bullets(self.text, self.end, self.last) else match.end())

    def _says(self) -> Split | None:
        """`... is required. Exclusion criteria include pregnancy`."""
        match = self._match(forms.SAYS) if self.stopped else None
        return match and self._split(match.end())

    def _before_list(self) -> Split | None:
        """`... is required; exclusion criteria, pregnancy`."""
        match = self._match(forms.COMMA)
        parted = match and (self.stopped or forms.COMMA_BEFORE.search(self.text, self.begin, self.first))
        return self._split(match.end(), doubtful=True) if match and parted else None


def _is_bound(text: str, begin: int, first: int, capital: bool) -> bool:
    """Whether the words before a mention of criteria make it a part of their sentence."""
    if forms.STATING_BEFORE.search(text, min(begin, max(0, first - BEFORE_GLUED)), first):
        return True
    return not capital and forms.STATING.search(forms.SENTENCE_END.sub("", text[begin:first])) is not None


def opens_bullets(text: str, end: int, last: int) -> bool:
    """Whether a heading is followed by the bullets of a list in one line: `Inclusion Criteria - A - B`."""
    mark = forms.BULLET.match(text, end, last)
    return mark is not None and text.find(mark.group(), mark.end(), last) >= 0
