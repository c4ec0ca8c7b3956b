"""Labels on a page of no known layout: in any order and wording, and in every way that sites print them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import regex

from trialparse.layouts.credible import DEMOGRAPHIC, NO_CRITERION, Evidence, is_label
from trialparse.layouts.label_forms import (
    BEGIN,
    LONGEST_HEADING,
    TABLE_ROW,
    glue_pattern,
    heads_part,
    is_entry,
    level_of,
    menu_size,
    number_of,
    parts_of,
    row_pattern,
    unlettered,
)
from trialparse.layouts.labels import LABEL_ROOM, NO_MEANING, Candidate, Finder, Labels, Scan, is_item
from trialparse.layouts.page import (
    CRITERIA,
    FALLBACK,
    Meaning,
    is_pictures,
    label_key,
    opens_paragraph,
    pictured,
    unbulleted,
    undecorated,
    unnumbered,
)
from trialparse.layouts.tables import Line, untabled
from trialparse.layouts.upturned import upright
from trialparse.layouts.values import LINE_READERS
from trialparse.layouts.wording import Wordings, may_be_call, needs_value
from trialparse.lexicon.fields import coded
from trialparse.lexicon.furniture import furniture
from trialparse.lexicon.invitations import invitations
from trialparse.lexicon.pictures import pictures
from trialparse.models.eligibility import SectionName

_SPACES = regex.compile(r"\s++")
_MOST_KEPT = 2048
_MANY_GLUED = 2
_MANY_ROWS = 3
_ROW = regex.compile(r"(?:[-*•]\s++)?\*{0,2}(\p{Lu}[^\s:?|*]*+(?:\s[^\s:?|*]++){0,4}+)\s?[:?]\*{0,2}\s++(?=\S)")
_HEADING = regex.compile(r"(#{1,6})\s++(?P<text>[^|\n]*[^|\s])(?:\s\|\s++(?=\S))?")
_NAMES = frozenset({"conditions_by_form", "keywords_by_form", "interventions", "lead_sponsor", "collaborators"})
"""Meanings whose values are names, with nothing below them in paragraphs of their own."""
_SHORT_LABEL = regex.compile(r"(?!\p{Lu}[^\s:]*+:)\p{Lu}[^\s:;.]*+(?: [^\s:;.]++){0,7}+[:?]?")
_MANY_PARAGRAPHS = 4
_COUNTS = frozenset({"enrollment", "start_date", "completion_date", "primary_completion_date"})
"""Meanings whose labels, in other words, may be words of a page's own."""
_AS_OF = regex.compile(r"\s\(?as (?:of|at)\b[^:|]{0,40}+$", regex.IGNORECASE)
"""The day for which a label's value holds."""
_TITLE = regex.compile(r"(?!(?:Dr|Prof|Mr|Mrs|Ms)\b)(?:\S++\s++){2}\S")
"""What a label that any form may print has behind it where it is that of a title."""
_QUESTION = regex.compile(
    r"(?:What|Which|Who|Why|When|Where|How|Is the|Will I|Will the|Do I|Does the|Can I)\b[^?|]*+\?"
)
_MOST_PICTURED = 6

INLINE_LIST = regex.compile(r"(?P<head>[^:\n]{5,60}+:)\s++(?=\(?(?:1|a|i)[.)]\s)")
"""A heading and its list on one line: `Who to refer: (1) …; (2) …`."""
INVITED: dict[SectionName, str] = {"inclusion": "\0+", "exclusion": "\0-"}
"""Keys of the headings in which a site says in its own words who may take part and who may not."""


class UnknownLabels(Labels):
    """The labels that sites print, on a page whose layout nobody knows.

    Labels have no order, and may be worded in another way; label and value may stand on one line with or without space
    between them if the value has the right form; in prose and criteria a label must prove itself.
    """

    separator = regex.compile(r"[:|?]| [-–—=] | {3,}|(?<=[\w)])\*\* ")

    def __init__(self, labels: Mapping[str, Meaning]) -> None:
        super().__init__(labels)
        self._row, self._begins = row_pattern(self.meanings)
        self._glue = glue_pattern(self.meanings)
        worded = self.meanings.keys() - furniture().controls  # "Save trial" is no "Save"
        self._wordings = Wordings((key, self.meanings[key]) for key in self.meanings if key in worded)
        self._kept = lru_cache(maxsize=_MOST_KEPT)(self._find)  # a line is asked about several times

    def parted(self, text: str, lines: Sequence[Line]) -> Iterator[Line]:
        """Lines, with tables taken apart, and each label above its value."""
        shown = [line for line in lines if not is_pictures(text, line)]
        whole = list(untabled(text, shown, self._names_field))

        def fits(label: Line, value: Line) -> bool | None:
            key = self.key(text[label.start : label.end]) or NO_MEANING
            return self._reads(text, Candidate(0, key, label, value))

        return iter(upright(text, whole, lambda line: self._names(text, line), fits))

    def _names(self, text: str, line: Line) -> bool:
        """Whether a whole line is a label."""
        return line.end - line.start <= LABEL_ROOM and self._names_field(text[line.start : line.end])

    def candidates(self, page: Scan) -> Iterator[Candidate]:
        """What may be a label, below the menu."""
        page.first = menu_size(page.text, page.lines)
        rows = page.lines if "|" in page.text else ()
        page.many_rows = sum(1 for line in rows if self._is_known_row(page, line)) >= _MANY_ROWS
        page.many_glued = sum(1 for line in page.lines if self.value_row(page, 0, line, tight=True)) >= _MANY_GLUED
        page.many_paragraphs = self._count_paragraphs(page) >= _MANY_PARAGRAPHS
        title = next((line for line in page.lines if page.text.startswith("# ", line.start, line.end)), None)
        for candidate in super().candidates(page):
            if candidate.heading == title and super().key(page.text[slice(*title)]) is None:
                continue  # a title is no label in other words
            if title and candidate.heading.start < title.start and is_entry(page.text, page.lines[candidate.at]):
                continue  # nor is an entry of the menu above it
            yield candidate

    def ways(self, page: Scan) -> list[Finder]:
        """As on any page."""
        ways: dict[Finder, object] = {
            self.invitation: page.headings,
            self.part: True,
            self.whole_or_inline: True,
            self.listed: page.headings,
            self.table_row: page.many_rows,
            self.pictured_row: True,
            self.value_row: True,
            self.glued_text: page.many_glued,
            self.unlisted: True,
        }
        return [way for way, shown in ways.items() if shown]

    def _count_paragraphs(self, page: Scan) -> int:
        """How many known labels stand right above their value, in a paragraph of their own."""
        pairs = pairwise(page.lines)
        return sum(
            self._names(page.text, line) and opens_paragraph(page.text, line) and not opens_paragraph(page.text, below)
            for line, below in pairs
        )

    def chosen(self, found: Sequence[Candidate]) -> set[int]:
        """The first of each label that has a value, and else the last: one above the next label may be a tab."""
        place: dict[str, int] = {}
        valued: set[str] = set()
        for at, one in enumerate(found):
            if one.key not in valued:
                place[one.key] = at
                if one.rest or at + 1 == len(found) or found[at + 1].at > one.at + 1:
                    valued.add(one.key)
        return set(place.values())

    def judge(
        self, text: str, lines: Sequence[Line], found: Sequence[Candidate], chosen: set[int]
    ) -> Callable[[int, Meaning, Line | None], bool]:
        """Says whether a candidate is a label inside prose or criteria."""
        runs = list(self._proven(text, found))
        proven = {position for run in runs for position in run}
        forms = {position for run in runs if self._is_form(text, lines, found, run) for position in run}

        def stands(position: int, around: Meaning, heading: Line | None) -> bool:
            candidate = found[position]
            if (
                candidate.key != NO_MEANING
                and heading
                and number_of(text, candidate.heading) == number_of(text, heading, 1)
            ):
                return True  # the next part of a form whose parts are numbered
            level = level_of(text, candidate.heading)
            if level and candidate.rest and "|" in text[candidate.heading.end : candidate.rest.start]:
                return True  # a row of a table that was taken apart
            if (
                level
                and (candidate.rest or candidate.key == NO_MEANING)
                and heading
                and level <= level_of(text, heading)
            ):
                return True  # the next row, or the next heading of the rank of the one above
            if candidate.key == NO_MEANING:
                return text[candidate.heading.end - 1] == "?"  # no criterion asks what this site answers
            if position not in chosen:
                return False
            if position in forms or (position in proven and around not in CRITERIA and around not in FALLBACK):
                return True
            after = found[position + 1].at if position + 1 < len(found) else len(lines)
            return is_label(self._evidence(text, lines, candidate, around, after))

        return stands

    def _evidence(
        self, text: str, lines: Sequence[Line], candidate: Candidate, around: Meaning, after: int
    ) -> Evidence:
        page = Scan(text, lines, {})
        near = (*lines[candidate.at - 1 : candidate.at], *lines[candidate.at + 1 : candidate.at + 2])
        return Evidence(
            text=text,
            line=lines[candidate.at],
            label=text[candidate.heading.start : candidate.heading.end].strip(),
            key=candidate.key,
            meaning=self.meanings[candidate.key],
            around=around,
            rest=candidate.rest,
            below=tuple(lines[candidate.at + 1 : max(after, candidate.at + 2)]),
            near=tuple(
                line for line in near if not (self.whole_or_inline(page, 0, line) or self.value_row(page, 0, line))
            ),
        )

    def _is_form(self, text: str, lines: Sequence[Line], found: Sequence[Candidate], run: Sequence[int]) -> bool:
        """Whether rows without bullets, right below an item with one, give several fields of who may take part.

        In a paragraph of their own it is enough that one gives a field that no criterion is about.
        """
        first = found[run[0]].at
        if not first or not is_item(text, lines[first - 1]) or any(is_item(text, lines[found[x].at]) for x in run):
            return False
        fields = {self.meanings[found[x].key] for x in run if self._reads(text, found[x])}
        known = [self.meanings[found[x].key] for x in run if found[x].key != NO_MEANING]
        apart = opens_paragraph(text, lines[first]) and len(known) > 1
        return len(fields & DEMOGRAPHIC) > 1 or (apart and not NO_CRITERION.isdisjoint(known))

    def _proven(self, text: str, found: Sequence[Candidate]) -> Iterator[list[int]]:
        """Runs of positions of rows `Label: value`, unless all values that have a form of their own have another."""
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
                yield run

    def _reads(self, text: str, candidate: Candidate) -> bool | None:
        """Whether the value on the label's own line has the form it should have; None if any text would do."""
        meaning, value = self.meanings[candidate.key], candidate.rest
        if value is None or not isinstance(meaning, str) or meaning not in LINE_READERS:
            return None
        return bool(LINE_READERS[meaning](text[value.start : value.end], candidate.key))

    # --- the ways to print a label --------------------------------------------------------------------------------

    def key(self, label: str) -> str | None:
        """The known label that `label` is, or says in other words, or None."""
        return self._kept(label)

    def _find(self, label: str) -> str | None:
        bare = unlettered(label)
        if bare != label and (section := invitations().section(bare)):
            return INVITED[section]  # C4. Key inclusion criteria
        label = undecorated(_AS_OF.sub("", bare))
        known = super().key(label) or self._wordings.find(unnumbered(label.strip(" :*_#")))
        return known if known in self.meanings else self._of_parts(label.strip(" :*_#"))

    def _of_parts(self, label: str) -> str | None:
        """The known label in `Client / sponsor`, `On behalf of (sponsor)` or `Start of study (first dose)`."""
        parts, remarked = parts_of(label)
        keys = [key for part in parts if (key := super(UnknownLabels, self).key(part)) and key != NO_MEANING]
        meanings = {self.meanings[key] for key in keys}
        agree = len(meanings) == 1 or remarked
        return keys[0] if keys and agree and not meanings <= {None} else None

    def _names_field(self, label: str) -> bool:
        key = self.key(label) or NO_MEANING
        return self.meanings[key] is not None and not needs_value(key)

    def invitation(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """A heading in the site's own words."""
        key = page.headings.get(line.start, "")
        if key not in INVITED.values():
            return None
        inline = INLINE_LIST.match(page.text, *line)
        heading = Line(line.start, inline.end("head")) if inline else line
        return Candidate(index, key, heading, Line(inline.end(), line.end) if inline else None, certain=True)

    def part(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """The heading of a part of a form: its number is the stem of that of the row below."""
        below = page.lines[index + 1 : index + 2]
        if not below or line.end - line.start > LONGEST_HEADING or not heads_part(page.text, line, below[0]):
            return None
        return Candidate(index, NO_MEANING, line, None, certain=True)

    def whole_or_inline(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """As on any page; but a row of several cells is a row of a table, not a label and its value."""
        head = page.text[line.start : min(line.end, line.start + LABEL_ROOM)]
        found = super().whole_or_inline(page, index, line)
        if found is None or (self._asks_value(page, found) and not self._has_value(page, found)):
            return None
        if page.last is None and found.key in furniture().controls:
            return None  # buttons above the title
        return None if found.heading != line and head.partition(":")[0].count("|") > 1 else found

    def _asks_value(self, page: Scan, candidate: Candidate) -> bool:
        """Whether a label is one only with its value: it could be a word of a sentence, or a cry for volunteers."""
        meaning = self.meanings[candidate.key]
        reworded = label_key(page.text[slice(*candidate.heading)]) != candidate.key
        return needs_value(candidate.key) or may_be_call(candidate.key) or (reworded and meaning in _COUNTS)

    def _has_value(self, page: Scan, candidate: Candidate) -> bool:
        if self.meanings[candidate.key] == "brief_title":
            return candidate.rest is not None and _TITLE.match(page.text, *candidate.rest) is not None
        below = page.lines[candidate.at + 1 : candidate.at + 2]
        return bool(self._reads(page.text, candidate._replace(rest=candidate.rest or next(iter(below), None))))

    def table_row(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """`Label | value`, the one row of a form, on a page with many of them; a label not known has no meaning."""
        match = TABLE_ROW.match(page.text, line.start, line.end)
        if match is None:
            return None
        key = self.key(match[1]) or NO_MEANING
        return Candidate(index, key, Line(*match.span(1)), Line(match.end(), line.end), certain=True)

    def _is_known_row(self, page: Scan, line: Line) -> bool:
        match = TABLE_ROW.match(page.text, line.start, line.end)
        return match is not None and self.key(match[1]) is not None

    def value_row(self, page: Scan, index: int, line: Line, tight: bool = False) -> Candidate | None:
        """`Trial Phase Phase III`, `PhasePHASE2`: a label and, after it, a value that has the right form.

        `tight` asks that nothing stands between them.
        """
        if line.end - line.start > LABEL_ROOM:
            return None
        text = page.text
        first = unbulleted(text, line).start
        begin = text[first : first + BEGIN]
        if begin.isascii() and begin.lower() not in self._begins:
            return None
        match = self._row.match(text, first, line.end)
        if match is None or may_be_call(text[first : line.end].lower()) or (tight and match.end(1) < match.end()):
            return None
        key = _SPACES.sub(" ", match[1].lower())
        meaning = self.meanings.get(key)
        if not isinstance(meaning, str) or not LINE_READERS[meaning](text[match.end() : line.end], key):
            return None
        return Candidate(index, key, Line(line.start, match.end(1)), Line(match.end(), line.end))

    def glued_text(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """`SponsorExample University`, on a page that glues other labels to their values."""
        text = page.text
        first = unbulleted(text, line).start
        match = self._glue.match(text, first, line.end)
        if match is None:
            return None
        return Candidate(index, match[1].lower(), Line(first, match.end(1)), Line(match.end(1), line.end))

    def pictured_row(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """`👥 180 needed`: a picture in the stead of a label; names need others of the kind on the page."""
        found = pictured(page.text, line)
        key = pictures().get(found[0]) if found else None
        in_criteria = page.last is not None and self.meanings[page.last.key] in CRITERIA
        if found is None or key is None or self.meanings[key] == "sites" or in_criteria:
            return None
        row = Candidate(index, key, Line(line.start, found[1].start), found[1])
        reads = self._reads(page.text, row)
        if reads is None and self.meanings[key] == "period":
            reads = "→" in page.text[slice(*line)] or bool(LINE_READERS["start_date"](page.text[slice(*found[1])], ""))
        page.pictured += bool(reads)
        short = page.text.count(" ", *found[1]) < _MOST_PICTURED
        return row if reads or (reads is None and page.pictured and short) else None

    def _heads_paragraph(self, page: Scan, index: int, line: Line) -> bool:
        """Whether a line is as short as labels are, and right above others, where labels and names stand so."""
        text = page.text
        if not page.many_paragraphs or page.last is None or self.meanings[page.last.key] not in _NAMES:
            return False
        below = page.lines[index + 1 : index + 2]
        return (
            page.last.rest is None
            and page.last.at < index - 1
            and opens_paragraph(text, line)
            and bool(below)
            and not opens_paragraph(text, below[0])
            and _SHORT_LABEL.fullmatch(text, line.start, line.end) is not None
        )

    def unlisted(self, page: Scan, index: int, line: Line) -> Candidate | None:
        """What no table knows: a heading of Markdown, a question, and another row directly below one `Label: value`."""
        if page.last is None:
            return None
        text = page.text
        if line.end - line.start <= LONGEST_HEADING and _QUESTION.fullmatch(text, line.start, line.end):
            return Candidate(index, NO_MEANING, line, None)
        heading = _HEADING.match(text, line.start, line.end)
        if heading and len(heading[1]) > 1 and heading.end("text") - heading.start("text") <= LONGEST_HEADING:
            value = Line(heading.end(), line.end) if heading.end() < line.end else None
            return Candidate(index, NO_MEANING, Line(line.start, heading.end("text")), value)
        if self._heads_paragraph(page, index, line):
            return Candidate(index, NO_MEANING, line, None)
        row = page.last.rest is not None and page.last.at == index - 1
        match = _ROW.match(text, line.start, line.end) if row else None
        if match is None or coded("intervention_type", match[1]) or coded("arm_type", match[1]):
            return None
        return Candidate(index, NO_MEANING, Line(*match.span(1)), Line(match.end(), line.end))
