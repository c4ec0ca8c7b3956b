"""Paths through a document tree: the language in which formats say where things stand.

| path | finds |
|---|---|
| `location/facility/name` | children by name, whether in capitals or not |
| `application?/partI` | the same where a step may be missing |
| `*/title`, `**/title` | in any child; in any descendant |
| `titles[type/decode=Brief Title,Title]/text` | only where the path has one of these texts; `!=` none of them |
| `role[code]/name`, `.[code]` | only where that path holds text |
| `itemId => text` | the same from that element of the document on whose `id` stands at `itemId` |
| `a \\| b` | the first path that holds text |
| `value + unit`, `'ISRCTN' + number` | the texts of several paths, or the format's own, with a space between |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property

import regex

from trialparse.layouts.tree import Element


class Document:
    """What a path may refer to."""

    def __init__(self, root: Element) -> None:
        self._root = root

    @cached_property
    def by_id(self) -> dict[str, Element]:
        """Each element that has an `id`, the first of those that share one."""
        found: dict[str, Element] = {}
        for each in self._root.walk():
            for child in each.children:
                if child.key == "id":
                    found.setdefault(child.text, each)
        return found


Finder = Callable[[Iterable[Element], Document], list[Element]]
"""Elements to start from, and the document they belong to -> elements found."""

_STEP = regex.compile(
    r"(?P<name>\*{1,2}|[^/\[\]?]++)(?P<maybe>\?)?"
    r"(?P<tests>(?:\[(?:[^\[\]]++)\])*+)(?:/|$)"
)
_TEST = regex.compile(r"\[(?P<path>[^\[\]=!]++)(?:(?P<sign>!?=)(?P<texts>[^\[\]]*+))?\]")


def find(element: Element, path: str, document: Document | None = None) -> list[Element]:
    """The elements at a path below `element`; where it names several paths, of the first at which one holds text.

    Args:
        element: where the path begins.
        path: as the table above says, without `+`.
        document: where what is referred to stands; by default `element`.
    """
    found: list[Element] = []
    document = document or Document(element)
    for finder in _alternatives(path):
        found = finder([element], document)
        if any(each.pieces or each.children for each in found):
            return found
    return found


def terms(path: str) -> tuple[str, ...]:
    """The parts of a path between its `+`, those in quotes being texts of the format's own."""
    return tuple(part.strip() for part in path.split(" + "))


@cache
def _alternatives(path: str) -> tuple[Finder, ...]:
    return tuple(_joined(part.strip()) for part in path.split(" | "))


def _joined(path: str) -> Finder:
    """One path, with what it refers to if it has `=>`."""
    own, _, target = path.partition("=>")
    walk = _walk(own.strip())
    if not target:
        return walk
    to_target = _walk(target.strip())

    def find_referred(start: Iterable[Element], document: Document) -> list[Element]:
        names = [reference(leaf) for leaf in walk(start, document)]
        return to_target([document.by_id[name] for name in names if name in document.by_id], document)

    return find_referred


def reference(leaf: Element) -> str:
    """The id that a text refers to: `Item_1`, `#Item_1`, `Group/Item_1`."""
    return leaf.text.rpartition("/")[2].lstrip("#")


def _walk(path: str) -> Finder:
    steps = [_step(match) for match in _STEP.finditer(path)]

    def walk(start: Iterable[Element], _: Document) -> list[Element]:
        found = list(start)
        for step in steps:
            found = [after for each in found for after in step(each)]
        return found

    return walk


def _step(match: regex.Match[str]) -> Callable[[Element], Iterator[Element]]:
    name, maybe = match["name"].lower(), match["maybe"]
    tests = [_test(test) for test in _TEST.finditer(match["tests"])]

    def step(element: Element) -> Iterator[Element]:
        if name == ".":
            found: Iterable[Element] = [element]
        elif name == "**":
            found = element.walk()
        elif name == "*":
            found = element.children
        else:
            found = [child for child in element.children if child.key == name]
        if maybe and not found:
            found = [element]
        for each in found:
            if all(test(each) for test in tests):
                yield each

    return step


def _test(match: regex.Match[str]) -> Callable[[Element], bool]:
    walk = _walk(match["path"])
    sign = match["sign"]
    texts = {text.strip().lower() for text in (match["texts"] or "").split(",")}

    def test(element: Element) -> bool:
        found = {leaf.text.lower() for leaf in walk([element], Document(element))} - {""}
        return bool(found) if sign is None else (not found.isdisjoint(texts)) == (sign == "=")

    return test
