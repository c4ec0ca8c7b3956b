"""The trials of a file downloaded from WHO's ICTRP, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import regex

from trialparse.pipeline.limits import Limits
from trialparse.pipeline.record import Record

_BLOCK = 1 << 16
_START, _END = b"<Trial>", b"</Trial>"
_LAST = b"</Trials_downloaded_from_ICTRP>"
_FRAME = regex.compile(rb"(?s:\s++|<!--(?>.*?-->)|<\?[^>]*+>|</?Trials_downloaded_from_ICTRP[^>]*+>|\xef\xbb\xbf)*+")
"""What may stand between the trials."""


def ictrp_trials(pending: bytes, stream: BinaryIO, limits: Limits) -> Iterator[Record]:
    """A record for each trial; what is damaged is a failure.

    Args:
        pending: what was read of the stream already.
        stream: the rest.
        limits: how much of it may be one trial.

    Raises:
        EOFError: the file is cut short.
    """
    number = 0
    while True:
        start = pending.find(_START)
        end = pending.find(_END, start)
        if 0 <= start < end:
            number += 1
            end += len(_END)
            start = pending.rfind(_START, start, end)  # a trial that has no end stands before it
            yield from _gap(pending[:start], number - 1)
            yield Record(pending[start:end], row=number)
            pending = pending[end:]
        elif len(pending) > limits.record_bytes + _BLOCK:
            raise ValueError(f"a trial of more than {limits.record_bytes:,} bytes is not read")
        elif block := stream.read(max(_BLOCK, len(pending))):
            pending += block
        elif start >= 0:
            raise EOFError("the file ends within a trial")
        elif _LAST not in pending:
            raise EOFError("the file has no end tag: it is cut short")
        else:
            yield from _gap(pending, number)
            return


def _gap(between: bytes, number: int) -> Iterator[Record]:
    """A failure if there is something between two trials that is none."""
    if not _FRAME.fullmatch(between):
        yield Record(between, row=number).failed("read", ValueError("damaged: no whole <Trial>"))
