"""Gaps in the numbering of lists: an item may have been lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trialparse.criteria.lines import Block
from trialparse.criteria.nesting import Item


class Numbering:
    """Checks the numbered lists of a passage; a list may go on with the numbers of the section before."""

    def __init__(self, note: Callable[[Block, int], None]) -> None:
        """`note` takes the block after a gap and the number before it."""
        self._note = note
        self._last = 0

    def check(self, roots: Sequence[Item]) -> None:
        """Note where numbers are skipped, and where a list at the root does not begin with 1."""
        last = self._check_list(roots, (1, self._last + 1))
        self._last = last or self._last
        stack = [item for item in roots if item.children]
        while stack:
            item = stack.pop()
            self._check_list(item.children, ())
            stack.extend(child for child in item.children if child.children)

    def _check_list(self, items: Sequence[Item], firsts: Sequence[int]) -> int:
        last = 0
        family = ""
        for item in items:
            block = item.block
            if "1" not in block.family or "1.1" in block.family:
                continue
            if block.family != family:
                if not last and firsts and block.ordinal not in firsts:
                    self._note(block, 0)
            elif block.ordinal > last + 1:
                self._note(block, last)
            family, last = block.family, block.ordinal
        return last
