"""Phrases found by their atoms: a trie of dicts, so that a text is read once, whatever the size of the vocabulary."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from trialparse.text.atoms import WORD, Atom, atomise

_END = "\n"  # white space is never an atom
_PLURAL = 3
"""Shorter words have no plural to look for."""


class Entry(NamedTuple):
    """What a phrase stands for."""

    kind: str
    value: Any
    exact: str | None = None
    """Set where only this capitalisation counts."""
    inflects: bool = False
    """Whether the last word may be singular or plural."""


def _other_number(word: str) -> str:
    """The plural of a singular and the other way round, as far as an s goes."""
    return word[:-1] if word[-1] == "s" else word + "s"


def _add(node: dict[str, Any], entry: Entry) -> None:
    """The phrase that ends at a node stands for this, too; the second value says whether the capitals of any count."""
    entries, exact = node.get(_END, ([], False))
    entries.append(entry)
    node[_END] = entries, exact or entry.exact is not None


def _alias_numbers(root: dict[str, Any]) -> None:
    """Let each word lead on in its other number, too, where that is no word of its own."""
    todo = [root]
    while todo:
        node = todo.pop()
        words = [(key, child) for key, child in node.items() if key != _END]
        todo.extend(child for _, child in words)
        for key, child in words:
            if key[0].isalpha() and len(other := _other_number(key)) >= _PLURAL:
                node.setdefault(other, child)


class PhraseIndex:
    """Longest phrase first. White space never matters; with `loose`, neither do hyphens nor a plural s.

    With `fold` off, words are compared as printed.
    """

    __slots__ = ("_fold", "_loose", "_root")

    def __init__(self, phrases: Iterable[tuple[str, Entry]], *, loose: bool = True, fold: bool = True) -> None:
        self._loose = loose
        self._fold = fold
        self._root: dict[str, Any] = {}
        for phrase, entry in phrases:
            node = parent = self._root
            kind, word = 0, ""
            for kind, key, start, end in atomise(phrase):
                if loose and key == "-" and node is not self._root and len(phrase) > 1:
                    continue
                word = phrase[start:end] if kind == WORD and not fold else key
                parent, node = node, node.setdefault(word, {})
            _add(node, entry)
            if entry.inflects and kind == WORD and len(word) >= _PLURAL and entry.exact is None:
                _add(parent.setdefault(_other_number(word), {}), entry)
        if loose:
            _alias_numbers(self._root)

    def firsts(self) -> Iterator[tuple[str, Container[str], Sequence[Entry], bool]]:
        """The atoms that phrases begin with.

        With each come the atoms that longer phrases go on with, what it stands for alone, and whether capitals count.
        """
        for key, node in self._root.items():
            alone = len(node) == 1 and _END in node
            yield key, () if alone else node, *node.get(_END, ((), False))

    def match(self, text: str, atoms: Sequence[Atom], at: int) -> list[tuple[list[Entry], int]]:
        """The phrases that begin at atom `at`, longest first: their entries and the atom after each."""
        node = self._root
        found: list[tuple[list[Entry], int]] = []
        i, size, loose, fold = at, len(atoms), self._loose, self._fold
        while i < size:
            kind, key, start, end = atoms[i]
            if not fold and kind == WORD:
                key = text[start:end]
            child = node.get(key)
            if child is None:
                if not loose or (len(node) == 1 and _END in node):
                    break
                if key != "-" or i == at or atoms[i - 1][1] == "-" or i + 1 == size or atoms[i + 1][2] - end > 1:
                    break
                i += 1
                continue
            i += 1
            node = child
            if _END in node:
                entries, exact = node[_END]
                if exact:
                    entries = self._admitted(entries, text, atoms, at, i)
                if entries:
                    found.append((entries, i))
        if len(found) > 1:
            found.reverse()
        return found

    @staticmethod
    def _admitted(entries: list[Entry], text: str, atoms: Sequence[Atom], at: int, stop: int) -> list[Entry]:
        printed = "".join(text[a[2] : a[3]] for a in atoms[at:stop]).replace("-", "")
        return [e for e in entries if e.exact is None or printed == e.exact or printed == e.exact + "s"]
