"""Labels that no table lists word for word: the words of a known one in another order, or a question."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from trialparse.lexicon.fields import coded, is_coded
from trialparse.lexicon.questions import questions

_WORD = regex.compile(r"[\p{L}&']++")
_PLURAL = regex.compile(r"(?<=\p{L}{3})(?:\(s\)|s)(?!\p{L})")
_FILLERS = frozenset(
    (
        "a an and anticipated being clinical current est estimated expected for in investigated investigation is of on"
        " overall planned projected proposed protocol provisional research scheduled studied study the this to total"
        " trial under"
    ).split()
)
_VAGUE = frozenset("category date description group id identifier name number size source type".split())
_CALLS = (" needed", " wanted", " sought")
"""How a cry for volunteers ends."""
_BARE = frozenset({"from", "type"})
_MOST_WORDS = 6
_LONGEST_QUESTION = 90
_NO_LABEL = regex.compile(r"[\d|:;,.=*]|\s[-–—]\s")
"""Signs that part a label from its value, or stand in sentences."""
_ARTICLE = ("a ", "an ", "the ", "this ", "in ", "on ", "for ", "to ")

_QUESTION = regex.compile(r"(?:what|which|who|why|when|where|how|is|are|can|am|do|does|will)\b", regex.IGNORECASE)


def _core(label: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_PLURAL.sub("", label.lower()))) - _FILLERS


def needs_value(label: str) -> bool:
    """Whether a label is one only with its value: words such as "to", "from", "type", or a status: "Recruiting"."""
    return label in _BARE or label == "name" or coded("overall_status", label) is not None or not _core(label)


def may_be_call(label: str) -> bool:
    """Whether a label may be a cry for volunteers."""
    return label.endswith(_CALLS)


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
            label = next((label for label, pattern, _ in questions() if pattern.search(text)), None)
            if label is not None or text.endswith("?"):
                return label
        words = text.split()
        if len(words) > _MOST_WORDS or text.lower().startswith(_ARTICLE) or _NO_LABEL.search(text):
            return None
        core = _core(text)
        known = None if core <= _VAGUE else self._by_core.get(core)
        return None if known and is_coded(text) else known  # "Recruiting participants" is a value
