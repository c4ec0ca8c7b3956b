"""Random texts through every reader, each reproducible from its number.

`python -m tests.robustness.fuzz 100000 [first number]` prints one failing text of each kind and how many ran.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from random import Random

from tests.robustness.builder import Builder
from tests.robustness.promises import check_criteria, check_criterion, check_page
from trialparse import layouts

Check = Callable[[Builder], None]

CHECKS: tuple[Check, ...] = (
    lambda builder: check_criteria(builder.damaged(builder.criteria())),
    lambda builder: check_criterion(builder.sentence()),
    lambda builder: check_page(builder.damaged(builder.document())),
    lambda builder: check_page(builder.encoded(builder.document())),
    lambda builder: check_page(builder.damaged(builder.document()), builder.one(layouts.names())),
)


def check_one(builder: Builder) -> None:
    """Build one text and check what is made of it."""
    builder.one(CHECKS)(builder)


def numbered(number: int) -> Builder:
    """The builder of the text with that number."""
    return Builder(Random(number).randrange)


def main() -> None:
    """Run them."""
    count, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    kinds: dict[tuple[str, ...], int] = {}
    begun, last = time.process_time(), time.monotonic()
    for number in range(first, first + count):
        try:
            check_one(numbered(number))
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)[-3:]
            kind = (type(error).__name__, *(f"{frame.filename}:{frame.lineno}" for frame in frames))
            if kind not in kinds:
                print(f"number {number}: {''.join(traceback.format_exception(error))[-2000:]}", flush=True)
            kinds[kind] = kinds.get(kind, 0) + 1
        if time.monotonic() - last > 60:
            last = time.monotonic()
            print(f"{number - first + 1} texts", flush=True)
    print(f"{count} texts, {sum(kinds.values())} failures of {len(kinds)} kinds, {time.process_time() - begun:.0f} s")


if __name__ == "__main__":
    main()
