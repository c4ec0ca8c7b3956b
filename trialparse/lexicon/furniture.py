"""What sites print around a record: words of buttons, skip links, names of icons, disclaimers; data/furniture.json."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from trialparse.lexicon.tables import load

_AROUND = " \t*_#|[]()<>:.…+-–−→»›▸▾▼▲"


class Furniture(NamedTuple):
    """All words are in lower case."""

    controls: frozenset[str]
    """Words of buttons and links that are a whole line."""
    icons: regex.Pattern[str]
    """The name of an icon of a font, which stands where the icon was drawn."""
    disclaimers: tuple[str, ...]
    """What a sentence of the site about itself contains."""

    asides: tuple[str, ...]
    """How a site begins to speak to its readers, below what it says of the trial."""
    tellers: tuple[str, ...]
    """How a sentence of the site begins that says whom a trial looks for."""
    feet: regex.Pattern[str]
    """Words of lines below a record that are the page's own: what dates it, who answers for it."""
    sites: regex.Pattern[str]
    """Words of a line that names the site, or what kind of page it is, and not the trial."""

    def is_control(self, line: str) -> bool:
        """Whether a line is nothing but the words of a button, a link or an icon."""
        return line.lower().strip(_AROUND) in self.controls


@lru_cache(maxsize=1)
def furniture() -> Furniture:
    """The table, loaded on first use."""
    data = load("furniture")
    icons = sorted(data["icons"], key=len, reverse=True)
    return Furniture(
        frozenset([*data["controls"], *data["skips"], *icons]),
        regex.compile(rf"(?<![a-z]_)(?:{'|'.join(icons)})(?![\w])"),
        tuple(data["disclaimers"]),
        tuple(data["asides"]),
        tuple(data["tellers"]),
        regex.compile(rf"\b(?:{'|'.join(map(regex.escape, data['feet']))})\b", regex.IGNORECASE),
        regex.compile(rf"\b(?:{'|'.join(map(regex.escape, data['sites']))})\b", regex.IGNORECASE),
    )
