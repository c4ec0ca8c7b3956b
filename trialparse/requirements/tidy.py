"""Pieces as the grammar accepts them: brackets balanced, no connector that joins nothing."""

from __future__ import annotations

from collections.abc import Sequence

from trialparse.requirements.output import Item
from trialparse.requirements.tokens import Token


def tidy(pieces: Sequence[Token]) -> list[Token]:
    """Pieces that the grammar accepts: brackets balanced and not empty, no connector or condition left over."""
    return _widened(_denials(_tight_pairs(_list_connectors(_without_idle(_wide_or(_unwrap(_balanced(pieces))))))))


def _balanced(pieces: Sequence[Token]) -> list[Token]:
    opened: list[int] = []
    drop: set[int] = set()
    for i, piece in enumerate(pieces):
        if piece.type == "LPAR":
            opened.append(i)
        elif piece.type == "RPAR":
            if opened:
                opened.pop()
            else:
                drop.add(i)
    drop.update(opened)
    return [piece for i, piece in enumerate(pieces) if i not in drop] if drop else list(pieces)


def _unwrap(pieces: Sequence[Token]) -> list[Token]:
    """`(women)` behind a limit is a condition without brackets."""
    kinds = [piece.type for piece in pieces]
    wrapped = [i for i in range(1, len(kinds) - 1) if kinds[i - 1 : i + 2] == ["LPAR", "POST", "RPAR"]]
    brackets = {i + side for i in wrapped for side in (-1, 1)}
    return [piece for i, piece in enumerate(pieces) if i not in brackets]


_WIDE = "wide"


def _wide_or(pieces: Sequence[Token]) -> list[Token]:
    """An or behind a comma (`A, x < 5, or B, y < 3`) parts clauses, not neighbours."""
    kinds = ["", *(piece.type for piece in pieces)]
    return [p._replace(value=_WIDE) if p.type == "OR" and kinds[i] == "COMMA" else p for i, p in enumerate(pieces)]


_OPENERS = frozenset({"", "LPAR", "SEP", "PRE", "NOT"})
_CLOSERS = frozenset({"", "RPAR", "SEP", "POST"})
_PARTS = frozenset({"", "COMMA", "SEP", "LPAR", "RPAR"})
_STRENGTH = {"COMMA": 1, "AND": 2, "OR": 3}


def _without_idle(pieces: Sequence[Token]) -> list[Token]:
    """Drop what joins nothing until all that is left does; a round looks only beside what the last one dropped."""
    kinds = ["", *(piece.type for piece in pieces), ""]
    left, right = list(range(-1, len(kinds) - 1)), list(range(1, len(kinds) + 1))
    gone: set[int] = set()
    doubtful = set(range(1, len(kinds) - 1))
    while doubtful:
        idle = [i for i in sorted(doubtful) if _idle(kinds[left[i]], kinds[i], kinds[right[i]])]
        for i in idle:
            if kinds[i] in ("PRE", "POST"):
                kinds[i] = "ITEM"  # a condition on nothing says itself what is asked
                continue
            left[right[i]], right[left[i]] = left[i], right[i]
        gone.update(i for i in idle if kinds[i] != "ITEM")
        doubtful = {beside for i in idle for beside in (left[i], right[i]) if kinds[beside]} - gone
    return [_as(kinds[i], piece) for i, piece in enumerate(pieces, 1) if i not in gone]


def _as(kind: str, piece: Token) -> Token:
    return piece if piece.type == kind else piece._replace(type=kind, value=Item(piece.value))


def _idle(before: str, kind: str, after: str) -> bool:
    """Whether a piece joins nothing where it stands."""
    if kind in ("AND", "OR", "COMMA", "SEP"):
        opens = before in _OPENERS and not (kind == "COMMA" and before == "PRE")
        return opens or after in _CLOSERS or _is_weaker(kind, before, after)
    if kind == "LPAR":
        return after == "RPAR"
    if kind == "RPAR":
        return before == "LPAR"
    if kind == "POST":
        return before in _OPENERS or before in _STRENGTH
    if kind in ("PRE", "NOT"):
        return after in _CLOSERS or (after in _STRENGTH and not (kind == "PRE" and after == "COMMA"))
    return False


def _is_weaker(kind: str, before: str, after: str) -> bool:
    """Of neighbouring connectors (`, or`) the one that says most stays."""
    mine = _STRENGTH.get(kind, 0)
    return _STRENGTH.get(after, 0) > mine or _STRENGTH.get(before, 0) >= mine > 0


def _list_connectors(pieces: list[Token]) -> list[Token]:
    """The commas of `A, B or C` say or; those of `A, B or C, D` do not."""
    out = list(pieces)
    last: list[str] = [""]
    for i in range(len(out) - 1, -1, -1):
        kind = out[i].type
        if kind == "RPAR":
            last.append("")
        elif kind == "LPAR" and len(last) > 1:
            last.pop()
        elif kind == "SEP":
            last[-1] = ""
        elif kind in ("AND", "OR", "COMMA"):
            last[-1] = last[-1] or kind
            if kind == "COMMA" and last[-1] == "OR" and not (i and out[i - 1].type == "PRE"):
                out[i] = out[i]._replace(type="OR")
    return out


def _tight_pairs(pieces: list[Token]) -> list[Token]:
    """In `A, B, C or D, E` the or joins C and D alone: such a pair between commas gets brackets."""
    out: list[Token] = []
    first = 0
    for i in range(len(pieces) + 1):
        kind = pieces[i].type if i < len(pieces) else ""
        if kind not in _PARTS:
            continue
        run = pieces[first:i]
        kinds = {piece.type for piece in run if not (piece.type == "OR" and piece.value == _WIDE)}
        between = "COMMA" in (kind, pieces[first - 1].type if first else "")
        if between and "OR" in kinds and not kinds & {"AND", "PRE", "POST", "NOT"}:
            start, end = run[0].start, run[-1].end
            run = [Token("LPAR", None, start, start), *run, Token("RPAR", None, end, end)]
        out.extend(run)
        out.extend(pieces[i : i + 1])
        first = i + 1
    return out


def _denials(pieces: list[Token]) -> list[Token]:
    """`A without B`: both hold, the second denied."""
    out: list[Token] = []
    for piece in pieces:
        if piece.type == "NOT" and out and out[-1].type in ("ITEM", "POST", "RPAR"):
            out.append(Token("AND", None, piece.start, piece.start))
        out.append(piece)
    return out


def _widened(pieces: list[Token]) -> list[Token]:
    """A condition or denial at the head of a clause reaches over all of it, unless the clause holds another one."""
    out = list(pieces)
    for i, piece in enumerate(pieces):
        if piece.type in ("PRE", "NOT") and (i == 0 or pieces[i - 1].type in ("SEP", "LPAR")):
            kinds = _clause(pieces, i + 1)
            if piece.type == "PRE" and not {"PRE", "NOT"} & kinds:
                out[i] = piece._replace(type="SCOPE")
            elif piece.type == "NOT" and not {"PRE", "NOT", "AND", "COMMA"} & kinds:
                out[i] = piece._replace(type="NONE")
    return out


def _clause(pieces: Sequence[Token], first: int) -> set[str]:
    """The kinds of the pieces up to the end of the clause, brackets left out."""
    kinds: set[str] = set()
    depth = 0
    for piece in pieces[first:]:
        depth += (piece.type == "LPAR") - (piece.type == "RPAR")
        if depth < 0 or (depth == 0 and piece.type == "SEP"):
            break
        if depth == 0:
            kinds.add(piece.type)
    return kinds
