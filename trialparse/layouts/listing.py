"""How the lists of a page's markup are numbered: `<ol start=3 type=a>`, `<li value=7>`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trialparse.layouts.tags import attribute_values

BULLET = "*"
_STYLES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1", "none": "", "disc": "", "circle": "", "square": "",
}  # fmt: skip
"""Names of CSS for the types of HTML; "" are bullets."""
_TYPES = frozenset("1aAiI")
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z]+(?:-[a-z]+)?)\b", re.IGNORECASE)
_INTEGER = re.compile(r"\s*([+-]?\d{1,6})")
_LETTERS = 26
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_ROMAN = 399


@dataclass(slots=True)
class Listing:
    """An open list."""

    style: str = ""
    """As the attribute `type` has it: 1, a, A, i or I; "" for bullets."""
    number: int = 1
    """Of the next item."""

    @classmethod
    def of(cls, name: str, attributes: str) -> Listing:
        """The list that a tag opens; one that counts down from its unknown length has bullets."""
        if name != "ol":
            return cls()
        if not attributes:
            return cls("1")
        written = attribute_values(attributes)
        start = _INTEGER.match(written.get("start", ""))
        if "reversed" in written:
            return cls()
        told = _STYLE.search(written.get("style", ""))
        kind = written.get("type", "").strip()
        style = kind if kind in _TYPES else "1"
        return cls(_STYLES.get(told[1].lower(), style) if told else style, int(start[1]) if start else 1)

    def marker(self, attributes: str) -> str:
        """The marker of the next item, whose tag may say its number."""
        if not self.style:
            return BULLET
        if attributes and (value := _INTEGER.match(attribute_values(attributes).get("value", ""))):
            self.number = int(value[1])
        number, self.number = self.number, self.number + 1
        return f"{_printed(number, self.style)}."


def _printed(number: int, style: str) -> str:
    """A number in letters or Roman numerals, where there are such."""
    if style in "aA" and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, _LETTERS)
            letters = chr(ord("a") + rest) + letters
        return letters if style == "a" else letters.upper()
    if style in "iI" and 0 < number <= _MOST_ROMAN:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman if style == "i" else roman.upper()
    return str(number)
