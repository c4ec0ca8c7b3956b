"""The text of one field of a record, which may be HTML: as it is, escaped once or twice, or only here and there."""

from __future__ import annotations

import regex

from trialparse.layouts.elements import OF_PAGES
from trialparse.layouts.markup import html_readable
from trialparse.layouts.tags import RAW
from trialparse.text.fragments import BLOCKS, INLINE, MEANT, resolve_tags
from trialparse.text.layer import Layer
from trialparse.text.readable import Readable, make_readable
from trialparse.text.steps import resolve_script_tags

_BLOCK = regex.compile(rf"</(?:{BLOCKS})\s*+>|<(?:br|hr|p|li)\s*+/?>", regex.IGNORECASE)
_ESCAPED = regex.compile(
    rf"&(?:amp;)*+lt;(/?(?:{BLOCKS}|{INLINE}|{MEANT})(?=[\s/&])[^<>&]*+)&(?:amp;)*+gt;", regex.IGNORECASE
)
_STRAY = regex.compile(
    rf"<(?!/?(?:{BLOCKS}|{INLINE}|{MEANT}|\L<names>)[\s/>]|!--)", regex.IGNORECASE, names=[*OF_PAGES, *RAW]
)
"""A sign of less that begins no tag, though it may seem to: `<ULN`."""


def has_blocks(text: str) -> bool:
    """Whether HTML, and not its own line breaks, says what the lines of a text are."""
    return _BLOCK.search(text) is not None


def field_readable(layer: Layer) -> Readable:
    """The text of a field, ready for reading. Never raises on text."""
    layer = layer.replaced(_ESCAPED, lambda match: f"<{match[1]}>")
    if has_blocks(layer.text):
        return html_readable(layer.replaced(_STRAY, lambda _: "&lt;"))
    return make_readable(resolve_tags(resolve_script_tags(layer)))
