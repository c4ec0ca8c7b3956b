"""How much of an input is read: what keeps a hostile or mistaken file from filling memory and disk."""

from __future__ import annotations

from typing import NamedTuple

from trialparse.api import MAX_CHARS

MAX_EXPANSION = 200
"""Text packs to a tenth, seldom to a hundredth, of its size; what is made to fill a disk, to a thousandth."""
_DEPTH = 4
_BYTES_A_CHARACTER = 4


class Limits(NamedTuple):
    """The bounds of reading, handed to every reader."""

    max_chars: int = MAX_CHARS
    """Characters of one record; what stands behind them is not read, with the diagnostic `source_cut`."""
    max_expansion: int = MAX_EXPANSION
    """How many times its packed size a file or member may unpack to."""
    depth: int = _DEPTH
    """How many packed files and archives may lie within each other."""

    @property
    def record_bytes(self) -> int:
        """Bytes of one record: enough for `max_chars` and a little more, so that it is seen that more is there."""
        return _BYTES_A_CHARACTER * (self.max_chars + 2)

    def within(self) -> Limits:
        """The bounds for what lies within a packed file.

        Raises:
            ValueError: it lies too deep.
        """
        if not self.depth:
            raise ValueError(f"packed files within each other, more than {_DEPTH} deep, are not opened")
        return self._replace(depth=self.depth - 1)


class Expansion:
    """Counts what a packed file has become, and ends one that becomes too much."""

    _FREE = 16 << 20
    """So much is admitted of however few bytes."""

    def __init__(self, limits: Limits) -> None:
        self._limit = limits.max_expansion
        self._out = 0

    def check(self, out: int, packed: int) -> None:
        """Count `out` more bytes, of `packed` so far.

        Raises:
            ValueError: it is too much.
        """
        self._out += out
        if self._out > max(self._FREE, self._limit * packed):
            raise ValueError(
                f"unpacks to more than {self._limit} times its size and is not read on; "
                "--max-expansion admits more, if the file is to be trusted"
            )
