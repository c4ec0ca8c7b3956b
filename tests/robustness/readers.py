"""How the time of every reader of values grows with the length of a value.

`python -m tests.robustness.readers 100000` prints each reader and shape of value whose time more than doubles when the
value is twice as long.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from functools import cache

from trialparse import layouts
from trialparse.layouts.base import Layout
from trialparse.layouts.fields import BLOCK_READERS, by_form
from trialparse.layouts.page import Value, Values, lines_of
from trialparse.layouts.values import LINE_READERS
from trialparse.text.readable import make_readable

FACTOR = 4
WORST = 2.0 * FACTOR
"""As in `growth`: linear gives the factor itself, quadratic its square."""
_TOO_SHORT = 0.01

SHAPES = {
    "words": "aa bb ", "letters": "a", "places": "Zzz, ", "sentences": "Aa bb. ", "brackets": "(x) ", "open": "(a ",
    "digits": "12 ", "points": "1.", "semicolons": "a; ", "bars": "a | ", "typed": "Drug: x ", "ids": "NCT09900001 ",
    "dashes": "a - ", "slashes": "a/", "dates": "2020-01-01 ", "ands": "a and ", "ages": "18 Years to ",
    "colons": "a: ", "masks": "Masking: a. ",
    "lines": "aa bb\n", "typed lines": "Drug: Aspirin\nsome text\n", "arms": "Arm A\nExperimental\nsome text\n",
    "cities": "General Hospital\nSofia, Bulgaria\n", "answers": "Yes\n", "bullets": "* aa\n", "rows": "aa | bb | cc\n",
    "deeper bullets": "* Sofia, Bulgaria\n  * Hospital\n", "spaces": "a      ", "capitals": "Aa Bb ",
}  # fmt: skip
"""Pieces, to be repeated."""


@cache
def readers() -> dict[str, Callable[[Value], object]]:
    """Every reader of the values of pages, by name."""
    found: dict[str, Callable[[Value], object]] = dict(BLOCK_READERS)
    for name in layouts.names():
        layout = layouts.load(name)
        if isinstance(layout, Layout):
            found |= {f"{name}: {key}": reader for key, reader in layout.readers.items()}
    for name, reader in LINE_READERS.items():
        found[name] = lambda value, reader=reader: [  # type: ignore[misc]
            reader(each, "Status") for each in map(value.text, value.lines)
        ]
    found["bare values"] = lambda value: by_form(
        value, ("brief_title", "overall_status", "phases", "ages", "lead_sponsor")
    )
    return found


def long_value(shape: str, size: int) -> Value:
    """A value of about so many characters, on a page that holds nothing else."""
    readable = make_readable((SHAPES[shape] * (size // len(SHAPES[shape]) + 1))[:size])
    page = Values()
    value = Value(readable, "Status", lines_of(readable.text), page)
    page["Status"] = value
    return value


def growth(reader: str, shape: str, size: int) -> float:
    """How many times longer the reader takes for a value that is `FACTOR` times as long."""
    read, best = readers()[reader], float("inf")
    for _ in range(3):
        short = _seconds(read, long_value(shape, size))
        best = min(best, _seconds(read, long_value(shape, FACTOR * size)) / max(short, _TOO_SHORT / FACTOR))
        if best <= WORST / 2:
            break
    return best


def _seconds(read: Callable[[Value], object], value: Value) -> float:
    if not value.lines:
        return 0.0
    enabled = gc.isenabled()
    gc.disable()
    begun = time.process_time()
    read(value)
    took = time.process_time() - begun
    if enabled:
        gc.enable()
    return took


def repeated(layout: str, size: int) -> str:
    """A page of a layout that prints all its labels again and again, each with a short value."""
    found = layouts.load(layout)
    assert isinstance(found, Layout)
    once = "".join(f"{label.rstrip('*')}\n18 Years\nDrug: Aspirin, Sofia\n" for label in found.labels)
    return "\n".join([*found.signs, once * (size // len(once) + 1)])


def main() -> None:
    """Print what grows faster than the value."""
    size = int(sys.argv[1])
    for reader in readers():
        for shape in SHAPES:
            times = growth(reader, shape, size)
            if times > 1.5 * FACTOR:
                print(f"{reader:40} {shape:20} {times:6.1f} times", flush=True)


if __name__ == "__main__":
    main()
