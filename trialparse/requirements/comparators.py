"""The meaning of `grammars/comparator.lark`: words that compare -> an operator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from trialparse.lexicon.comparators import comparing
from trialparse.requirements.parser import IslandParser
from trialparse.requirements.tokens import Token

_UP, _DOWN = ">", "<"
_SIDES = {
    "MORE": _UP, "HIGHER": _UP, "GE": _UP, "UP": _UP, "MIN": _UP, "least": _UP,
    "LESS": _DOWN, "LOWER": _DOWN, "LE": _DOWN, "DOWN": _DOWN, "MAX": _DOWN, "most": _DOWN,
    "BETTER": "better", "WORSE": "worse",
}  # fmt: skip
_OPPOSITE = {_UP: _DOWN, _DOWN: _UP, "better": "worse", "worse": "better"}
_WITH_EQUALITY = frozenset({"GE", "LE", "EQUAL", "SAME", "AT", "MIN", "MAX", "least", "most"})
_ON_ITS_OWN = frozenset({"MORE", "LESS", "GE", "LE", "EQUAL", "THAN", "TO", "least", "most"})
"""One of these makes a comparison; `higher` alone needs a number right behind it."""


class Comparison(NamedTuple):
    """What some words say of the number before or behind them."""

    side: str
    """`>`, `<`, `=`, or `better` and `worse`, whose side depends on the scale."""
    inclusive: bool
    implied: str
    """The measure that the words name: "age" for older and younger."""
    behind: bool
    """Whether they stand behind the number, as `or more` does."""
    words: int
    """How many words it takes."""
    core: int
    """The same without `than` and `to` at the end."""
    bare: bool = False
    """Whether only a number right behind it makes it a comparison: `higher 5`."""
    doubtful: bool = False
    """`not more than or equal to`: taken as `not more than`, which is what writers mean by it."""

    @property
    def operator(self) -> str:
        """As tokens carry it: `>=`, `<age`."""
        return self.side + ("=" if self.inclusive and self.side != "=" else "") + self.implied


class _Meaning:
    def before(self, parts: list[list[Token]]) -> Comparison | None:
        return _comparison(parts[0])

    def behind(self, parts: list[Any]) -> Comparison | None:
        words = parts[-1] if isinstance(parts[-1], list) else [parts[-1]]
        found = _comparison(words)
        if found is None or found.side == "=" or words[0].type in ("least", "most"):
            return None
        return found._replace(behind=True, inclusive=True)

    def denied(self, parts: list[Any]) -> Comparison | None:
        denial, words = parts
        found = _comparison(words)
        kinds = {word.type for word in words}
        if found is None or found.side == "=" or not kinds.isdisjoint({"least", "most"}):
            return None  # the denial is the logic's
        if denial == "NO" and ("THAN" not in kinds or "MORE" in kinds or "LESS" in kinds):
            return None  # no > 5 cm lesion
        doubtful = found.inclusive and denial != "modal" and kinds.isdisjoint({"GE", "LE"})
        return found._replace(side=_OPPOSITE[found.side], inclusive=doubtful or not found.inclusive, doubtful=doubtful)

    def unripe(self, _: list[Token]) -> Comparison:
        """`not yet 18 years old`."""
        return Comparison(_DOWN, False, "", False, 2, 2, bare=True)

    def words(self, parts: list[Any]) -> list[Token]:
        return [each for part in parts for each in (part if isinstance(part, list) else [part])]

    def least(self, parts: list[Token]) -> Token:
        return parts[-1].turned("least", parts[-1].value)

    def most(self, parts: list[Token]) -> Token:
        return parts[-1].turned("most", parts[-1].value)

    def denial(self, parts: list[Token]) -> str:
        return "NO" if parts[0].type == "NO" else "NOT"

    def modal(self, _: list[Token]) -> str:
        return "modal"


def _comparison(words: Sequence[Token]) -> Comparison | None:
    """What the words say together; None where they contradict each other."""
    kinds = [word.type for word in words]
    sides = {_SIDES[kind] for kind in kinds if kind in _SIDES}
    implied = next((word.value for word in words if word.value), "")
    if len(sides) > 1 or (not sides and "EQUAL" not in kinds):
        return None
    inclusive = not _WITH_EQUALITY.isdisjoint(kinds)
    core = max(word.end for word in words if word.type not in ("THAN", "TO"))
    bare = _ON_ITS_OWN.isdisjoint(kinds)
    return Comparison(sides.pop() if sides else "=", inclusive, implied, False, words[-1].end, core, bare)


@lru_cache(maxsize=1)
def _parser() -> IslandParser:
    return IslandParser("comparator", "start", _Meaning())


@lru_cache(maxsize=4096)
def comparison(words: tuple[str, ...]) -> Comparison | None:
    """What the longest run of `words` (lower case, from the first one on) says; None where it compares nothing."""
    table = comparing()
    tokens = [Token(table[word].kind, table[word].implied, i, i + 1) for i, word in enumerate(words)]
    island = _parser().longest(tokens, 0)
    if island is None:
        return None
    found: Comparison = island.value
    taken = [table[word] for word in words[: found.words]]
    sound = any(row.kind in ("THAN", "EQUAL") and not row.slip for row in taken)
    return found if sound or not any(row.slip for row in taken) else None
