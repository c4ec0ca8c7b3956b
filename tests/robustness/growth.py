"""How the time to parse grows with the length of hostile texts.

`python -m tests.robustness.growth 50000 [part of a name]` prints every text of that length whose time more than doubles
when it is twice as long: hostile ones, and for each layout and format many of its records in one text, and each with
one long value.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import trialparse
from tests.generated import pages
from tests.robustness.hostile import MARKUP, texts
from tests.robustness.long_values import GOES_ON, lengthened, places
from trialparse import layouts
from trialparse.layouts.markup import html_page
from trialparse.text.layer import Layer

FACTOR = 4
WORST = 2.0 * FACTOR
"""Linear growth gives the factor itself and quadratic its square; the rest is for the noise of a busy machine."""
_TOO_SHORT = 0.02
"""Seconds that are all noise."""


def reader_of(name: str) -> Callable[[str], object]:
    """What a text is read with."""
    return trialparse.parse_criteria if name.endswith(", criteria") else trialparse.parse


def growth(name: str, size: int, attempts: int = 3) -> tuple[float, float]:
    """Seconds for the text of that name with `FACTOR` times `size` characters, and how many times those for `size`."""
    return _growth(reader_of(name), texts(size)[name], texts(FACTOR * size)[name], attempts)


def growth_of_markup(name: str, size: int, attempts: int = 3) -> tuple[float, float]:
    """The same for reading the markup of a page alone."""
    return _growth(lambda text: html_page(Layer(text)), MARKUP[name](size), MARKUP[name](FACTOR * size), attempts)


def records() -> dict[str, str]:
    """A record of each layout and format, and of each form of it, by the name of its fixture."""
    return {f"{page.parent.name}/{page.name}": page.read_text(encoding="utf-8") for page in pages()}


def growth_of_records(record: str, size: int, attempts: int = 3) -> tuple[float, float]:
    """The same for a text that holds a record again and again, one below the other."""
    short, long = ("\n".join([record] * (1 + n // len(record))) for n in (size, FACTOR * size))
    return _growth(_read_all, short, long, attempts, len(long) / len(short))


def growth_of_value(record: str, at: int, way: str, size: int, attempts: int = 3) -> tuple[float, float]:
    """The same for a record whose value that ends at `at` is so long."""
    short, long = (lengthened(record, at, GOES_ON[way], n) for n in (size, FACTOR * size))
    return _growth(trialparse.parse, short, long, attempts)


def growth_of_reader(read: Callable[[str], object], way: str, size: int, attempts: int = 3) -> tuple[float, float]:
    """The same for what reads a value alone."""
    short, long = (GOES_ON[way] * (n // len(GOES_ON[way])) for n in (size, FACTOR * size))
    return _growth(read, short, long, attempts)


def _read_all(text: str) -> object:
    return trialparse.parse(text), layouts.divide(text)


def _growth(
    read: Callable[[str], object], short: str, long: str, attempts: int, factor: float = FACTOR
) -> tuple[float, float]:
    best, took = float("inf"), 0.0
    for _ in range(attempts):
        took = _seconds(read, long)
        best = min(best, took / max(_seconds(read, short), _TOO_SHORT / FACTOR) * FACTOR / factor)
        if best <= WORST / 2:
            break
    return took, best


def _seconds(read: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


def main() -> None:
    """Print what grows faster than the text, and what is slow."""
    size, part = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    trialparse.parse("Inclusion Criteria:\n* ALT ≤ 3 × ULN")
    measured = [(name, partial(growth, name)) for name in texts(1)]
    measured += [(f"markup: {name}", partial(growth_of_markup, name)) for name in MARKUP]
    measured += [(name, partial(growth_of_records, record)) for name, record in records().items()]
    measured += [
        (f"{name} at {at}: {way}", partial(growth_of_value, record, at, way))
        for name, record in records().items()
        for at in places(record)
        for way in GOES_ON
    ]
    for name, measure in measured:
        if part in name:
            took, times = measure(size, attempts=2)
            if times > 1.1 * FACTOR:
                per_character = took / (FACTOR * size) * 1e6
                print(f"{name:40} {took:8.2f} s {times:6.1f} times, {per_character:6.1f} µs a character", flush=True)


if __name__ == "__main__":
    main()
