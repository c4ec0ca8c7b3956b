"""The golden lines: `golden/<topic>.txt`, one criterion and its reading a line, parted by `⇒`; see `notation.py`.

`⏎` stands for a line break: such a text is a criteria block, and the readings of its nodes are parted by `¦`.
Lines that the parser misreads today stand in `known_misses.txt` under the class of the miss. After a change

    python -m tests.requirements.golden

strikes from it what is read now and prints what is newly misread.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import trialparse
from tests.requirements.notation import PROSE, notation, tidy

HERE = Path(__file__).parent
KNOWN_MISSES = HERE / "known_misses.txt"


class Line(NamedTuple):
    """One golden line."""

    topic: str
    text: str
    expected: str


def golden_lines() -> list[Line]:
    """All golden lines, in order."""
    lines: list[Line] = []
    for path in sorted((HERE / "golden").glob("*.txt")):
        for row in path.read_text(encoding="utf-8").splitlines():
            if row and not row.startswith("# "):
                text, expected = row.split(" ⇒ ")
                lines.append(Line(path.stem, text.strip(), tidy(expected)))
    return lines


def known_misses() -> dict[str, str]:
    """Text -> class of the miss."""
    misses: dict[str, str] = {}
    reason = ""
    for row in KNOWN_MISSES.read_text(encoding="utf-8").splitlines():
        if row.startswith("# "):
            reason = row[2:]
        elif row:
            misses[row] = reason
    return misses


def reading(text: str) -> str:
    """What the parser makes of a golden line's text."""
    if "⏎" not in text:
        return notation(trialparse.parse_criterion(text).requirement)
    nodes = trialparse.parse_criteria(text.replace("⏎", "\n")).criteria()
    readings = [notation(criterion.requirement) for _, criterion in nodes]
    return " ¦ ".join(each for each in readings if each != PROSE) or PROSE


def main() -> None:
    """Strike what is read now from the known misses; print the new ones."""
    misses = known_misses()
    wrong = {line.text: line for line in golden_lines() if reading(line.text) != line.expected}
    rows: list[str] = []
    for reason in sorted(set(misses.values())):
        kept = [text for text, why in misses.items() if why == reason and text in wrong]
        rows += [f"# {reason}", *kept, ""] if kept else []
    KNOWN_MISSES.write_text("\n".join(rows), encoding="utf-8")
    print(f"{len(misses.keys() - wrong.keys())} misses struck, {len(misses.keys() & wrong.keys())} left")
    for text in wrong.keys() - misses.keys():
        line = wrong[text]
        print(f"{line.topic}: {text}\n    wanted {line.expected}\n    got    {reading(text)}")


if __name__ == "__main__":
    main()
