"""Labels that no table lists word for word: the words of a known one in another order, or a question."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from trialparse.lexicon.fields import is_coded

_WORD = regex.compile(r"[\p{L}&']++")
_PLURAL = regex.compile(r"(?<=\p{L}{3})(?:\(s\)|s)(?!\p{L})")
_FILLERS = frozenset(
    (
        "a an and being clinical current for in is of on overall planned protocol research study the this to total"
        " trial"
    ).split()
)
_VAGUE = frozenset("category date description group id identifier name number size source type".split())
_BARE = frozenset({"from", "type"})
_MOST_WORDS = 6
_LONGEST_QUESTION = 90
_NO_LABEL = regex.compile(r"[\d|:;,.=*]|\s[-–—]\s")
"""Signs that part a label from its value, or stand in sentences."""
_ARTICLE = ("a ", "an ", "the ", "this ", "in ", "on ", "for ", "to ")

_QUESTION = regex.compile(r"(?:what|which|who|why|when|where|how|is|are|can|am)\b", regex.IGNORECASE)
_QUESTIONS: tuple[tuple[str, regex.Pattern[str]], ...] = tuple(
    (label, regex.compile(pattern, regex.IGNORECASE))
    for label, pattern in (
        ("locations", r"^where\b(?!.*\b(?:contacts?|risks?|benefits?)\b)"),
        ("glossary", r"\bmean\b|contact|\brisks?\b|benefit|expect|involve|happen"),
        ("healthy volunteers", r"healthy"),
        ("phase", r"\bphase\b"),
        ("ages", r"\bages?\b|how old"),
        ("sex", r"\bsex(?:es)?\b|\bgenders?\b|men or women"),
        ("start date", r"^when\b.*\b(?:start|begin)"),
        ("completion date", r"^when\b.*\b(?:end|finish|complet|clos)"),
        ("enrollment", r"^how many (?:people|participant|patient|subject|volunteer)"),
        ("status", r"^(?:is|are)\b.*\b(?:recruit|enroll|open)|\bstatus\b"),
        ("exclusion criteria", r"^who (?:can ?not|can't|may not|should not)\b"),
        ("eligibility", r"^(?:who|can i|am i)\b.*\b(?:take part|participate|join|eligible|enroll)"),
        ("sponsor", r"^who\b.*\b(?:sponsor|running|runs|conduct|organi[sz]|responsible|leads|leading)"),
        ("conditions", r"\b(?:conditions?|diseases?|illness(?:es)?)\b"),
        ("interventions", r"\b(?:treatments?|drugs?|medicines?|interventions?|therap(?:y|ies)|tested)\b"),
        ("summary", r"^(?:what|why)\b.*\b(?:purpose|about|aims?|goal|study|trial|research|done|doing)\b"),
    )
)
"""Label that means the same -> what a question of that meaning holds; the first that fits counts."""


def _core(label: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_PLURAL.sub("", label.lower()))) - _FILLERS


def needs_value(label: str) -> bool:
    """Whether a label is nothing but words such as "to", "from" or "type", and one only with its value behind it."""
    return label in _BARE or not _core(label)


class Wordings:
    """The known labels, to be found in other words.

    Args:
        meanings: known label in lower case and what it means; labels of unlike meanings that come down to the same
            words are not found by them.
    """

    def __init__(self, meanings: Iterable[tuple[str, object]]) -> None:
        self._by_core: dict[frozenset[str], str | None] = {}
        seen: dict[frozenset[str], object] = {}
        for label, meaning in meanings:
            core = _core(label)
            clash = core in seen and seen[core] != meaning
            self._by_core[core] = None if clash else self._by_core.get(core, label)
            seen.setdefault(core, meaning)

    def find(self, text: str) -> str | None:
        """The known label that says what `text` says, or None."""
        if len(text) > _LONGEST_QUESTION or not text[:1].isupper() or text.endswith(".") or "?" in text[:-1]:
            return None
        if _QUESTION.match(text) and (text.endswith("?") or not _NO_LABEL.search(text)):
            label = next((label for label, pattern in _QUESTIONS if pattern.search(text)), None)
            if label is not None or text.endswith("?"):
                return label
        words = text.split()
        if len(words) > _MOST_WORDS or text.lower().startswith(_ARTICLE) or _NO_LABEL.search(text):
            return None
        core = _core(text)
        known = None if core <= _VAGUE else self._by_core.get(core)
        return None if known and is_coded(text) else known  # "Recruiting participants" is a value
