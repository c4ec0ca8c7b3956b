"""Marks of footnotes, which say nothing about the word or the number they stand behind: `9 g/dL†`, `3* × ULN`."""

from __future__ import annotations

from trialparse.text.atoms import NUMERAL, Atom

_MARKS = frozenset("†‡¶")
_SIGNS = frozenset("*#§")
"""Marks only where they are glued to what stands before them: `according to § 12`, `# 2`."""
_ALL = _MARKS | _SIGNS
_MULTIPLY = frozenset("x × times".split())


def without_marks(atoms: list[Atom]) -> list[Atom]:
    """The atoms but for those that are marks of footnotes."""
    if not any(key in _ALL for _, key, _, _ in atoms):
        return atoms
    return [atom for i, atom in enumerate(atoms) if not _is_mark(atoms, i)]


def _is_mark(atoms: list[Atom], at: int) -> bool:
    _, key, start, end = atoms[at]
    if key not in _SIGNS:
        return key in _MARKS
    if not at or atoms[at - 1][3] != start:
        return False
    behind = atoms[at + 1] if at + 1 < len(atoms) else None
    if key == "*":  # elsewhere a sign of multiplication, or the power of 10**9
        return behind is not None and behind[2] > end and behind[1] in _MULTIPLY
    return behind is None or (behind[2] > end and (key == "#" or behind[0] != NUMERAL)) or behind[1] in ",;.):"
