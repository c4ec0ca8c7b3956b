"""Records of a JSON text that may be larger than memory: one value, values in a row, an array, a page of studies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from typing import Any, TextIO

import regex

_BLOCK = 1 << 18
_TAIL = 16
"""An error this close to the end of what was read may only mean that more is to come."""
_PIECE = 1 << 20
"""Characters that are kept of a value that cannot be read."""

_SPACE = regex.compile(r"[ \t\r\n]*+")
_NUMBER = regex.compile(r"[-+.eE\d]*+")
_OUTSIDE = regex.compile(r'[]["{}]')
_INSIDE = regex.compile(r'"|\\', regex.DOTALL)
_HEAD = regex.compile(
    r"""
    \[                                                                    # an array of records
    | \{ \s*+                                                             # ClinicalTrials.gov's page of results:
      (?> "[^"]*+" \s*+ : \s*+ (?> "[^"]*+" | [\w.+-]++ ) \s*+ , \s*+ )*+ #   "totalCount": 2574,
      "studies" \s*+ : \s*+ \[
    """,
    regex.VERBOSE,
)


def values(stream: TextIO, longest: int | None = None) -> Iterator[tuple[int | None, Any, str]]:
    """Each record of a JSON text: its number from 1, its value, and its text as written.

    A text that is one value has no number, and comes with the white space around it. In the place of a value that
    cannot be read stands a ValueError that says why, if its brackets and quotes tell where it ends.

    Args:
        stream: the text.
        longest: characters of one value; a longer one is not read, and its text comes only as far as it was kept.

    Raises:
        ValueError: the text is not JSON; the values before that place have been yielded.
    """
    window = _Window(stream, longest)
    lead = window.space()
    numbers = count(1)
    while window.peek():
        if opened := window.head():
            for element in window.elements():
                yield next(numbers), *element
            window.close(opened)
            window.space()
            continue
        value, text = window.value()
        tail = window.space()
        number = next(numbers)
        if number == 1 and not window.peek():
            yield None, value, lead + text + tail
        else:
            yield number, value, text


def holds_many(text: str) -> bool:
    """Whether a JSON text begins an array or a page of studies."""
    return _HEAD.match(text) is not None


class _Window:
    """What is read of the stream but not yet used: `_text[_at:]`."""

    def __init__(self, stream: TextIO, longest: int | None) -> None:
        self._stream = stream
        self._longest = longest
        self._text = ""
        self._at = 0
        self._before = 0
        """Characters that were dropped in front of `_text`."""
        self._decode = json.JSONDecoder().raw_decode

    def _more(self) -> bool:
        """Read on; at least as much as is pending, so that a long value is not scanned again and again."""
        pending = self._text[self._at :]
        block = self._stream.read(max(_BLOCK, len(pending)))
        self._before += self._at
        self._text, self._at = pending + block, 0
        return bool(block)

    def peek(self) -> str:
        """The next character, or "" at the end."""
        if self._at == len(self._text):
            self._more()
        return self._text[self._at : self._at + 1]

    def space(self) -> str:
        """Pass white space; what was passed."""
        return self._run(_SPACE)

    def _run(self, pattern: regex.Pattern[str]) -> str:
        """Pass all that a pattern matches; how it begins."""
        passed = ""
        while self.peek():
            found = pattern.match(self._text, self._at)
            assert found is not None  # it matches the empty string
            passed += found.group()[: _PIECE - len(passed)]
            self._at = found.end()
            if self._at < len(self._text):
                break
        return passed

    def head(self) -> str:
        """Pass the beginning of an array or page, if there is one; its bracket."""
        found = _HEAD.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        return found.group()[0]

    def close(self, opened: str) -> None:
        """Pass what follows the elements: of a page, its other fields."""
        while opened == "{":
            self.space()
            if self._pass(",}", "a field of the page") == "}":
                return
            self.space()
            self._field()
            self.space()
            self._pass(":", "a key")
            self.space()
            self._field()

    def _field(self) -> None:
        value, _ = self.value()
        if isinstance(value, ValueError):
            raise value

    def _pass(self, marks: str, after: str) -> str:
        """Pass one of the marks."""
        mark = self.peek()
        if not mark or mark not in marks:
            wanted = " or ".join(f"'{each}'" for each in marks)
            raise ValueError(f"not JSON at character {self._before + self._at}: {wanted} should follow {after}")
        self._at += 1
        return mark

    def value(self) -> tuple[Any, str]:
        """The next value with its text, or why it cannot be read, with as much of its text as is kept."""
        while True:
            if self._longest is not None and len(self._text) - self._at > self._longest + _BLOCK:
                return self._refuse(ValueError(f"a record of more than {self._longest:,} characters is not read"))
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError as error:
                place = self._before + error.pos
                cut = error.pos + _TAIL >= len(self._text) or error.msg.startswith("Unterminated string")
                if not (cut and self._more()):
                    return self._refuse(ValueError(f"not JSON at character {place}: {error.msg}"))
            except RecursionError:
                return self._refuse(ValueError("nested too deeply"))
            except ValueError as error:  # a number of more digits than Python reads
                return self._refuse(ValueError(str(error).partition(";")[0]))
            else:
                # a number at the end of what was read may go on
                if end < len(self._text) or not self._more():
                    text = self._text[self._at : end]
                    self._at = end
                    return value, text

    def _refuse(self, error: ValueError) -> tuple[ValueError, str]:
        """Pass a value that cannot be read by its brackets and quotes alone.

        Raises:
            ValueError: they do not tell where it ends.
        """
        if self.peek() and self.peek() in "-0123456789":
            return error, self._run(_NUMBER)
        if not self.peek() or self.peek() not in '{["':
            raise error
        kept, depth, quoted = "", 0, False
        while self.peek():
            found = (_INSIDE if quoted else _OUTSIDE).search(self._text, self._at)
            if found is not None and found.group() == "\\" and found.end() == len(self._text) and self._more():
                continue  # what it escapes was not read yet
            mark = found.group() if found else ""
            end = found.end() + (mark == "\\") if found else len(self._text)
            kept += self._text[self._at : min(end, self._at + _PIECE - len(kept))]
            self._at = min(end, len(self._text))
            quoted ^= mark == '"'
            depth += (mark in ("[", "{")) - (mark in ("]", "}"))
            if mark and not quoted and depth <= 0:
                return error, kept
        raise error

    def elements(self) -> Iterator[tuple[Any, str]]:
        """The elements of the array whose bracket was passed."""
        self.space()
        if self.peek() == "]":
            self._at += 1
            return
        mark = ","
        while mark == ",":
            self.space()
            yield self.value()
            self.space()
            mark = self._pass(",]", "an element")
