"""The shared exams: where they stand, document by document.

`python -m tests.exams` raises the floors in tests/floors.json to where the exams stand and stores the misses of each
document beside them, against which the tests print gains and losses. The last lines of all exams go to
tests/scores.json, of which docs/scores.md is made. It takes two minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import NamedTuple

import regex

from tests.conftest import ROOT, SHARED

FLOORS = ROOT / "tests" / "floors.json"
MISSES = ROOT / "tests" / "misses.json"
SCORES = ROOT / "tests" / "scores.json"

EXAMS = {
    "lct": ("score_lct.py", "lct_dev.jsonl"),
    "pages": ("score_pages.py", "pages"),
    "trees": ("score_trees.py", "trees_dev.jsonl", "trees_dev_texts.jsonl"),
}

SCORED = {
    "seeds": ("score_seeds.py",),
    "logic_dev": ("score_logic.py", "logic_dev.jsonl"),
    "logic_seeds": ("score_logic.py", "logic_seeds.jsonl"),
    **EXAMS,
    "chia": ("score_chia.py", "chia_dev.jsonl"),
    "scraped": ("score_scraped.py", "scraped_dev.jsonl"),
    "formats": ("score_formats.py", "../corpus/other", "formats_expected.json"),
}
"""Those with a floor, and those that take long or that other tests stand in for."""

_FIGURE = regex.compile(r"\b([a-z]\w*+) (\d++(?:\.\d++)?+)(?![/.\d])")
_MISS = regex.compile(r"^(?:[a-z]++ ++| {2}(?:EXTRA |RAISED )?+)((?:[a-z]\w*+ )?+NCT\d{8})", regex.MULTILINE)
"""A printed miss: its sort, then the document; for pages, the layout and the document."""


class Result(NamedTuple):
    """What a scorer printed: its last line, the figures in it, and how often it missed in each document."""

    line: str
    figures: dict[str, float]
    misses: Counter[str]


def sit(exam: str) -> Result:
    """Run one scorer."""
    script, *arguments = SCORED[exam]
    paths = [str(SHARED / "exam" / argument) for argument in arguments]
    command = [sys.executable, str(SHARED / "exam" / script), *paths, "--show", "100000"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    last = done.stdout.rstrip().splitlines()[-1]
    return Result(
        last, {name: float(value) for name, value in _FIGURE.findall(last)}, Counter(_MISS.findall(done.stdout))
    )


def changes(before: dict[str, int], after: Counter[str]) -> list[str]:
    """One line for each document with fewer or more misses than before."""
    return [
        f"{'gained' if after[name] < before.get(name, 0) else 'lost'} {name}: {before.get(name, 0)} -> {after[name]}"
        for name in sorted({*before, *after})
        if after[name] != before.get(name, 0)
    ]


def main() -> None:
    """Raise the floors and store the misses; a floor is never lowered."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    results = {exam: sit(exam) for exam in SCORED}
    for exam, floor in floors.items():
        floors[exam] = {name: max(value, results[exam].figures[name]) for name, value in floor.items()}
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    misses = {exam: dict(sorted(results[exam].misses.items())) for exam in EXAMS}
    MISSES.write_text(json.dumps(misses, indent=1) + "\n", encoding="utf-8")
    scores = {exam: result.line for exam, result in results.items()}
    SCORES.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    print(SCORES.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
