"""Bullets and numbers at the start of a line."""

from __future__ import annotations

from typing import NamedTuple

import regex

_MARKER = regex.compile(
    r"""
    (?P<bullet>
        (?: [•·∙‣⁃◦○●▪■□◆◇➢➤►▶✓✔»¿√・☐☑☒✅▢❑❒❏❐❖❍➔➜➡→⇒✗✘✦✧★☆⮚⚫⚪⬤◾◽▫⦁⚬∎◊⬥⬛⬜🔹🔸▸▹]
          | ‚Ä¢ | â€¢ )                           # • Age over 18
      | [-–—]{1,3}+ (?=\s|$|\p{L}|["(\[])     # - Age over 18; -Age over 18
      | (?:\*{1,4}+|\+{1,2}+) (?=\s|$)          # * Age over 18; not *Note
      | [o?§] (?=\s++\S)                       # o Age over 18
      | \[[ xX✓]?\] (?=\s++\S)                # [ ] Age over 18
    ) (?P<inner>[ ]++(?:[•·∙◦○●▪*–-]|\[[ xX✓]?\])(?=[ ]))?+   # - • Age over 18; - [ ] Age over 18
    | (?P<circled>[①-⒇❶-❿])                   # ① Age over 18
    | (?P<level>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}+\.?) (?=[ ]+\p{Lu}\p{Ll})   # 3.1 Age over 18
    | (?P<open>[(\[]?)
      (?: (?P<number>[0-9]{1,3}+) (?P<part>[a-e](?=[)\].]))? | (?P<roman>[ivx]{1,5}|[IVX]{1,5}) | (?P<letter>[A-Za-z]) )
      (?P<close>[ ]?\)[.:]? | \] | \.[)-]? | (?<=[0-9])[ ]?[-–](?=[ ]+\p{Lu}))
      (?: (?=\s|$) | (?<=[0-9][.)]) (?=[^\s0-9,;.)%/^-]) )           # 1. Age; 1.Age; 1) Age; (a) Age; iv. Age; 3b) Age
    """,
    regex.VERBOSE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11,
          "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16}  # fmt: skip
_LONGEST_LETTERED = 6  # xviii.
_CLOSING = frozenset(".)]¢")


class Marker(NamedTuple):
    """A bullet or number; `family` is equal for the markers of one list."""

    end: int
    """Offset after the marker itself, before the blanks that follow it."""
    family: str
    ordinal: int
    """Place in the numbering, 0 for a bullet."""
    roman: int = 0
    """The other reading of `i.`, `v)`, `x.` and the like, which are letters and Roman numerals; else 0."""


def read_marker(text: str, start: int, end: int) -> Marker | None:
    """The marker that `text[start:end]` begins with, if any."""
    # most lines begin with a word or a plain bullet
    head = text[start : min(end, start + _LONGEST_LETTERED)]
    first = head[0]
    if first.isalpha():
        if head[1:2] != " " and not _CLOSING.intersection(head):
            return None
    elif first in "*-" and head[1:2] == " " and head[1:].lstrip()[:1].isalpha():
        return Marker(start + 1, first, 0)
    match = _MARKER.match(text, start, end)
    if match is None:
        return None
    after = match.end()
    if match["bullet"]:
        return Marker(after, match["bullet"] + (match["inner"] or "").strip(), 0)
    if match["circled"]:
        return Marker(after, "①", _circled(match["circled"]))
    if match["level"]:
        parts = match["level"].rstrip(".").split(".")
        return Marker(after, "1.1" * (len(parts) - 1), int(parts[-1]))
    frame = match["open"] + "{}" + match["close"].strip()
    if match["part"]:
        return Marker(after, frame.format(f"{match['number']}a"), ord(match["part"]) - 96)
    if match["number"]:
        return Marker(after, frame.format("1"), int(match["number"]))
    word = match["roman"] or match["letter"]
    case = "A" if word.isupper() else "a"
    value = _ROMAN.get(word.lower(), 0)
    if len(word) == 1:
        return Marker(after, frame.format(case), ord(word.lower()) - 96, value)
    return Marker(after, frame.format("I" if case == "A" else "i"), value) if value else None


_DUBIOUS = regex.compile(
    r"""
      (?P<dash>[-–—]) (?=\d)                                                                       # -18 to 65 years
      (?! [\d.,]++ \s? (?:[<>≤≥=] | D\b | SD\b | di?opt | log | (?:to|and|-)\s?[-+]) )
    | (?P<open>[(\[]?) (?P<number>\d{1,2}) (?P<close>[.)\]]{1,2}) (?=\d)                          # 2.18 kg/m2 or more
    | (?P<number>\d{1,2}) (?P<close>,) (?=\s?\p{Lu} | \p{L})                                    # 1,Age
    | (?P<number>\d{1,2}) (?P<close>:) (?=\s++\p{L})                                            # 1: Age
    | (?P<number>\d{1,2}) (?P<close>[-–]) (?=\p{L}{2})                                         # 1-Age
    | (?P<number>\d{1,2}) (?P<close>) (?=[ ]{1,4}\p{Lu}\p{Ll})                                  # 1 Age
    | (?P<open>\# | [(\[]? (?:[A-Z]{1,4}|(?i:(?:in|ex)clusion|criterion|criteria|incl?|excl?|item|no|question))
               [ .\-#]{0,2})
      (?P<number>\d{1,3}) (?P<close>[ ]?[.:)\]\-–]{1,2} | (?<=\#\d{1,3})) (?=\s)   # IC1: Age; E-2) Age; (IC3) Age
    | (?P<open>(?i:incl?|excl?)) (?P<number>\d{1,3}) (?P<close>) (?=[ ]{1,4}\p{Lu})              # Inc01 Age
    | (?P<letter>[A-Za-z]) (?P<close>:) (?=\s++\p{L})                                          # A: Age
    | (?P<letter>[A-Za-z]) (?P<close>[.)]) (?=\d | \p{Lu}\p{Ll})                               # A)18 years; B.Gout
    """,
    regex.VERBOSE,
)


def read_dubious(text: str, start: int, end: int) -> Marker | None:
    """What may be a marker glued to its item, or in a rare form: it is one if it stands in a list that counts."""
    match = _DUBIOUS.match(text, start, end)
    if match is None:
        return None
    if match["dash"]:
        return Marker(match.end(), match["dash"], 0)
    frame = (match["open"] or "").upper() + "{}" + match["close"].strip()
    if letter := match["letter"]:
        return Marker(match.end(), frame.format("A" if letter.isupper() else "a"), ord(letter.lower()) - 96)
    return Marker(match.end(), frame.format("1"), int(match["number"]))


def _circled(char: str) -> int:
    base = 0x2776 if char >= "❶" else 0x2460
    return (ord(char) - base) % 20 + 1
