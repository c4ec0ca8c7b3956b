"""Stretches of prose between the limits, and how neighbouring ones become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trialparse.requirements.output import Requirement
from trialparse.requirements.tokens import Token

JOINS = frozenset({"AND", "OR", "COMMA"})
_LAST = frozenset({"TEXT", "RPAR"})


class Prose(NamedTuple):
    """A stretch of prose and its windows."""

    start: int
    end: int
    content: int
    """How many of its words say something."""
    windows: Sequence[Requirement]


def merge_prose(pieces: Sequence[Token]) -> list[Token]:
    """Neighbouring prose becomes one stretch, over its own commas, connectors and brackets."""
    out: list[Token] = []
    for piece in pieces:
        out.append(piece)
        while out[-1].type in _LAST and _merge_last(out):
            pass
    return out


def _merge_last(out: list[Token]) -> bool:
    last = out[-1].type
    before = out[-2].type if len(out) > 1 else ""
    if last == "TEXT" and before == "TEXT":
        parts = out[-2:]
    elif last == "TEXT" and len(out) > 2 and out[-3].type == "TEXT" and _merges(before, out[-1].value):
        parts = out[-3:]
    elif last == "RPAR" and [piece.type for piece in out[-4:-1]] == ["TEXT", "LPAR", "TEXT"]:
        parts = out[-4:]
    else:
        return False
    runs: list[Prose] = [part.value for part in parts if part.type == "TEXT"]
    windows = [w for run in runs for w in run.windows]
    merged = Prose(parts[0].start, parts[-1].end, sum(run.content for run in runs), windows)
    out[-len(parts) :] = [Token("TEXT", merged, merged.start, merged.end)]
    return True


def _merges(kind: str, right: Prose) -> bool:
    """Joined or denied prose is prose; but before a mere article, `or` and `no` are for the limit behind it."""
    if kind == "NOT":
        return right.content > 0
    return kind in JOINS and (kind == "COMMA" or right.content > 0 or right.end - right.start > len("the"))
