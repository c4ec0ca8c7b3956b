"""Where criteria stand."""

from __future__ import annotations

from typing import NamedTuple

from trialparse.models.eligibility import SectionName
from trialparse.text.readable import Readable


class Passage(NamedTuple):
    """A stretch of readable text that holds criteria."""

    readable: Readable
    start: int
    """Offset into `readable.text`; half-open with `end`."""
    end: int
    section: SectionName | None = None
    """The polarity, when the page's layout already says it (E.3 and E.4 of the EU register)."""
