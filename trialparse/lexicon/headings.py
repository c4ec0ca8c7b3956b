"""Under which headings inclusion and exclusion criteria stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import regex
from regex import Pattern

from trialparse.lexicon.spelling import distance
from trialparse.lexicon.tables import load

HeadingKind = Literal["inclusion", "exclusion", "other", "eligibility"]
"""`eligibility` is a heading that does not tell which: "Inclusion/Exclusion Criteria:"."""
SectionKind = Literal["inclusion", "exclusion"]
_SHORTEST, _LONGEST = 7, 12
"""Letters of a word that may be a misspelling."""
_MOST_EDITS = 2


_WORD = regex.compile(r"(?<![^\W_])[^\W_]++")
_BETWEEN = r"(?:[ _]{1,3}+|[ ]*+\n[ ]*+)"
"""What stands between the words of a phrase."""


class PageWords(NamedTuple):
    """What a page prints around its criteria."""

    fields: frozenset[str]
    """Labels whose values are no criteria: "Minimum age: 18 years"."""
    people: frozenset[str]
    """Labels that criteria may have, too: "Sex: all"."""
    answers: frozenset[str]
    """Values of these that say it is a field."""
    controls: frozenset[str]
    """Buttons and links."""


class Marks(NamedTuple):
    """Parts of words without which there is no heading; single strings are found far quicker than a pattern."""

    stems: tuple[str, ...]
    """What a phrase of the vocabulary holds."""
    foreign: tuple[str, ...]
    """What one holds that is no ASCII."""
    nouns: tuple[str, ...]
    """Or else what stands behind "inclusion", if "for" does not stand before it."""
    standards: tuple[str, ...]
    """Or else what stands before "standard"."""
    plain: tuple[str, ...]
    """How a bare "inclusion" goes on that is a heading inside a line, from its third letter."""
    inside: tuple[str, ...]
    """What else a heading inside a line holds, and a sentence that serves as one."""
    lines: tuple[str, ...]
    """What a line may hold besides that is a heading as a whole, lest each be looked at closely."""


class Phrases:
    """First word -> the phrases such as "exclusion criteria" that begin with it, compiled when it first occurs.

    There are some seventy such words, and few of them in a text.
    """

    def __init__(self, phrases: Iterable[str], ends: str) -> None:
        self._ends = ends
        self._compiled: dict[str, Pattern[str]] = {}
        self._by_first: dict[str, list[str]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            self._by_first.setdefault(_WORD.findall(phrase)[0], []).append(phrase)

    def of(self, word: str) -> Pattern[str] | None:
        """The phrases that begin with a word; None where there are none."""
        found = self._compiled.get(word)
        if found is None and word in self._by_first:
            found = self._compiled[word] = regex.compile(_beginning(word, self._by_first[word]) + self._ends)
        return found


class Misspelt:
    """Finds out what a misspelt heading says: "Exlcusion critera"."""

    def __init__(self, data: dict[str, list[str]]) -> None:
        self._sections: dict[str, SectionKind] = dict.fromkeys(data["inclusion"], "inclusion")
        self._sections |= dict.fromkeys(data["exclusion"], "exclusion")
        self._nouns = data["nouns"]
        self._others = frozenset(data["other_words"])

    def section(self, word: str) -> SectionKind | None:
        """What a misspelling stands for; None for another word, and where it is as near to both."""
        if not _SHORTEST <= len(word) <= _LONGEST or word in self._others:
            return None
        letters = set(word)
        if all(len(letters & set(known)) < len(set(known)) - _MOST_EDITS for known in self._sections):
            return None
        near = {known: distance(word, known, _MOST_EDITS) for known in self._sections}
        best = min(near.values())
        kinds = {self._sections[known] for known, edits in near.items() if edits == best}
        return kinds.pop() if best <= _MOST_EDITS and len(kinds) == 1 else None

    def is_noun(self, word: str) -> bool:
        """Whether a word is "criteria", perhaps misspelt."""
        return word in self._nouns or any(distance(word, noun, _MOST_EDITS) <= _MOST_EDITS for noun in self._nouns)


class Headings(NamedTuple):
    """The heading vocabulary; all phrases are in lower case."""

    marks: Marks
    phrases: Phrases
    kinds: dict[str, HeadingKind]
    """What each of these phrases stands for, with single spaces."""
    lines: dict[str, HeadingKind]
    """Phrases that are a heading only when they are the whole line, without colon."""
    inline: Pattern[str]
    """Those that are one before a colon or dash, too; the group that matches names the kind."""
    lay: Pattern[str]
    """A whole line that asks or tells who may take part: "Reasons you cannot join"."""
    denials: Pattern[str]
    """What makes such a line, or a sentence, one about those who may not."""
    plain_qualifiers: frozenset[str]
    """Words before the phrase that say nothing of whom it is about: "Key Inclusion Criteria"."""
    groups: frozenset[str]
    """Words that say whom it is about: "Donor Exclusion Criteria"."""
    group_words: frozenset[str]
    """These, the words that go with them, and the plain qualifiers: "Additional Part 2 Exclusion Criteria"."""
    named_groups: frozenset[str]
    """What says whom a bare "Inclusion" is about: those words, and people as a whole."""
    people: frozenset[str]
    """Those of them that may be a criterion of their own: "Adults"."""
    icons: Pattern[str]
    """Names of icons and buttons that stand behind a heading, with what is around them."""
    icon_names: tuple[str, ...]
    """The names alone, for a quick look."""
    misspelt: Misspelt
    page: PageWords
    boilerplate_ends: tuple[str, ...]
    """How a remark ends that sponsors add to every record: "Other protocol-defined criteria may apply"."""
    boilerplate_parts: tuple[str, ...]
    """What such a remark contains."""

    def find(self, low: str, start: int, end: int) -> tuple[HeadingKind, int, int] | None:
        """The first phrase in `low[start:end]`, a text of lower case: its kind, start and end."""
        for word in _WORD.finditer(low, start, end):
            phrases = self.phrases.of(word.group())
            match = phrases.match(low, word.start(), end) if phrases else None
            if match:
                kind = self.kinds[" ".join(match.group().replace("_", " ").split())]
                return kind, match.start(), match.end()
        return None


@lru_cache(maxsize=1)
def headings() -> Headings:
    """The vocabulary of `data/headings.json`, loaded on first use."""
    data = load("headings")
    kinds = {phrase: kind for kind, phrases in data["criteria"].items() for phrase in phrases}
    icons = "|".join(map(regex.escape, sorted(data["icons"], key=len, reverse=True)))
    ends = rf"(?!(?!(?:{icons}))[^\W_])"  # the name of an icon may be glued to the heading
    return Headings(
        marks=Marks(*(tuple(data["marks"][name]["parts"]) for name in Marks._fields)),
        phrases=Phrases(kinds, ends),
        kinds=kinds,
        lines={phrase: kind for kind, phrases in data["lines"].items() for phrase in phrases},
        inline=regex.compile("|".join(rf"(?P<{kind}>{_any(words)})" for kind, words in data["inline"].items())),
        lay=_lay(data["lay"]),
        denials=regex.compile(rf"\b(?:{_any(data['lay']['denials'])})\b|n't\b"),
        plain_qualifiers=frozenset(data["plain_qualifiers"]),
        groups=frozenset(data["groups"]),
        group_words=frozenset(data["groups"] + data["group_qualifiers"] + data["plain_qualifiers"]),
        named_groups=frozenset(data["groups"] + data["group_qualifiers"]) - frozenset(data["plain_qualifiers"])
        | frozenset(data["whom"]),
        people=frozenset(data["people"]),
        icons=regex.compile(rf"\W*(?:\b|(?<=[a-z]))(?:{icons})\W*$"),
        icon_names=tuple(data["icons"]),
        misspelt=Misspelt(data["misspelt"]),
        page=_page(data["page"]),
        boilerplate_ends=tuple(data["boilerplate"]["ends"]),
        boilerplate_parts=tuple(data["boilerplate"]["contains"]),
    )


def _page(data: dict[str, list[str]]) -> PageWords:
    """The words of rows behind the criteria, with all labels of the fields that say who may take part."""
    labels = load("labels")
    words = PageWords(*(frozenset(data[name]) for name in PageWords._fields))
    fields = words.fields.union(labels["minimum_age"], labels["maximum_age"])
    return words._replace(fields=fields, people=words.people.union(labels["ages"], labels["sex"]))


def _beginning(word: str, phrases: Sequence[str]) -> str:
    """The phrases that begin with a word, which is looked at once for all that go on with another word."""
    spaced = [_loose(phrase[len(word) + 1 :]) for phrase in phrases if phrase.startswith(word + " ")]
    others = [_loose(phrase) for phrase in phrases if not phrase.startswith(word + " ")]
    first = [regex.escape(word) + _BETWEEN + f"(?:{'|'.join(spaced)})"] if spaced else []
    return f"(?:{'|'.join(first + others)})"


def _loose(phrase: str) -> str:
    return _BETWEEN.join(map(regex.escape, phrase.split(" ")))


def _any(phrases: list[str]) -> str:
    return "|".join(regex.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


_LAY = ("openers", "acts", "tails", "wishes", "duties")


def _lay(words: dict[str, list[str]]) -> Pattern[str]:
    openers, acts, tails, wishes, duties = map(_any, (words[name] for name in _LAY))
    return regex.compile(
        rf"""
        (?:{openers}) \b (?! [^.;:,\n]{{0,60}} (?<!\bbe[ ]) \b(?:{wishes})\b )
        [^.;:,\n]{{0,60}}? \b(?:{acts})\b (?: [ ]++(?:{tails})\b )*+ (?: \.[ ](?:{openers})\b )?+ \W*+
      | (?:in[ ]order[ ])?to[ ](?:{acts})\b [^.;:,\n]{{0,40}}?,?[ ](?:{openers})[ ](?:{duties})
        (?: [ ]++(?:{tails})\b )*+ \W*+
        """,
        regex.VERBOSE,
    )
