"""The words of headings, found in one text: what is a phrase, a qualifier, a group, a label."""

from __future__ import annotations

from dataclasses import dataclass

from trialparse.criteria import heading_forms as forms
from trialparse.lexicon.headings import HeadingKind, headings

LONGEST = 160
MOST_WORDS_BEFORE = 12
"""More words than these before a heading are no name of a group."""


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


class HeadingWords:
    """The vocabulary of headings at work on one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.vocabulary = headings()
        # "İ" is the one letter whose lower case has another length
        self.low = text.replace("İ", "i").lower()

    def misspelt_before(self, start: int, end: int) -> tuple[HeadingKind, int, int] | None:
        """A misspelt first word before a "criteria"."""
        for match in forms.TWO_WORDS.finditer(self.low, start, end):
            if self.vocabulary.misspelt.is_noun(match[2]) and (kind := self.vocabulary.misspelt.section(match[1])):
                return kind, match.start(), match.end()
        return None

    def is_label(self, start: int, end: int) -> bool:
        """Whether all that stands before a heading, if anything, says whom it is about."""
        words = self.low[max(start, end - LONGEST) : end].split()
        if words and words[-1][-1] in ".;,!?" and not forms.SHORT_NAME.fullmatch(words[-1].strip(forms.DRESS)):
            return words[-1].strip(forms.DRESS) in self.vocabulary.plain_qualifiers
        if end - start > LONGEST:
            return False
        if all(map(self.names_group, words)):
            return not words or not all(word in self.vocabulary.people for word in words)
        named = len(words) <= MOST_WORDS_BEFORE and words[-1].strip(forms.DRESS) in self.vocabulary.groups
        return named and not forms.says_more(self.text[start:end].strip(forms.BRACKETS))

    def names_group(self, word: str) -> bool:
        """Whether a word may stand in the name of a group: "Part 2 Donor Exclusion Criteria"."""
        word = word.strip(forms.DRESS)
        return not word or word in self.vocabulary.group_words or forms.SHORT_NAME.fullmatch(word) is not None

    def is_plain(self, word: str) -> bool:
        """Whether a word says nothing of whom a heading is about: "Key"."""
        word = word.strip(forms.DRESS)
        return not word or word in self.vocabulary.plain_qualifiers
