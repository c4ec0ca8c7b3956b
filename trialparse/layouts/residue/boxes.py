"""Tables drawn with the lines and corners of line-drawing characters, as the same tables drawn with bars and dashes."""

from __future__ import annotations

import re

from trialparse.text.layer import Layer

_UPRIGHT = "│┃║╎╏┆┇┊┋"
_LEVEL = "─━═╌╍┄┅┈┉"
_CORNER = "".join(chr(code) for code in range(0x250C, 0x254C)) + "".join(chr(code) for code in range(0x2552, 0x256D))
_TABLE = dict.fromkeys(_UPRIGHT, "|") | dict.fromkeys(_LEVEL, "-") | dict.fromkeys(_CORNER, "+")
_DRAWN = re.compile(f"[{_UPRIGHT}{_LEVEL}{_CORNER}]")


def redraw(layer: Layer) -> Layer:
    """The text with such characters exchanged, if it has a table with upright lines; all offsets stay."""
    if not any(sign in layer.text for sign in _UPRIGHT):
        return layer
    return layer.exchanged(_DRAWN, _TABLE)
