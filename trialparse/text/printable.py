"""Text of strangers on its way to a terminal: the one place where what could steer it is escaped."""

from __future__ import annotations

import json

import regex

_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r"), " ")
_STEERING = regex.compile(
    r"""
      [\x00-\x1f\x7f-\x9f]                          # controls, C1 included: 9B begins a sequence as ESC [ does
    | [\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069] # marks that turn the direction of writing
    | [\u2028\u2029\ufeff]                          # ends of lines, byte-order mark
    | [\U000e0000-\U000e007f]                       # tags, which nobody sees
    | [\ud800-\udfff]                               # surrogates: bytes of file names that are not UTF-8
    """,
    regex.VERBOSE,
)


def printable(text: str) -> str:
    r"""A line that is safe on a terminal: tabs and line ends are spaces, what could steer is escaped: \x1b, \u202e."""
    return _STEERING.sub(_escape, text.translate(_SPACES))


def printable_json(line: str) -> str:
    """The same JSON, with all that could steer a terminal written as escapes; line ends stay."""
    return _STEERING.sub(
        lambda found: found.group() if found.group() == "\n" else json.dumps(found.group())[1:-1], line
    )


def _escape(found: regex.Match[str]) -> str:
    number = ord(found.group())
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
