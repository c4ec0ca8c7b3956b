"""Arms and interventions printed as bare lines: names and descriptions without any mark of which is which.

The same intervention is printed under the arms that receive it and again in the list of interventions, so the two
lists explain each other. Where they leave more than one reading, nothing is returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialparse.layouts.page import Value
from trialparse.layouts.values import Found

Group = dict[str, str]
_MOST_LINES = 2000
_NAME = regex.compile(r"(?![-*•]|\d++[.)]).{0,99}[^.:;]")


def read_bare_groups(arms: Value | None, interventions: Value | None) -> Found | None:
    """Arms and interventions from the lines below their two headings; None where they cannot be told apart."""
    if interventions is None or not 0 < len(interventions.lines) <= _MOST_LINES:
        return None
    listed = [interventions.text(line) for line in interventions.lines]
    received = [arms.text(line) for line in arms.lines[:_MOST_LINES]] if arms else []
    bounds = _segments(listed, received)
    if bounds is None:
        return None
    found: Found = {"interventions": [_group(interventions, "name", *bound) for bound in bounds]}
    spans = _arms(received, [tuple(listed[start:end]) for start, end in bounds])
    if arms is not None and spans:
        found["arm_groups"] = [_group(arms, "label", *bound) for bound in spans]
    return found


def _group(value: Value, key: str, start: int, end: int) -> Group:
    group = {key: value.show(value.lines[start])}
    return group | {"description": value.prose(value.lines[start + 1 : end])} if end > start + 1 else group


def _segments(listed: Sequence[str], received: Sequence[str]) -> list[tuple[int, int]] | None:
    """Half-open line ranges of the interventions, each a name with its description."""
    follows = set(pairwise(received))
    firsts = {after for _, after in follows}
    starts = [0]
    for index in range(1, len(listed)):
        pair = (listed[index - 1], listed[index])
        parted = pair not in follows and listed[index] in firsts
        fresh = index - starts[-1] >= 2 and _NAME.fullmatch(listed[index]) is not None
        if parted or fresh:
            starts.append(index)
    bounds = list(zip(starts, [*starts[1:], len(listed)], strict=True))
    named = all(_NAME.fullmatch(listed[start]) for start, _ in bounds)
    return bounds if named and all(end - start >= 2 for start, end in bounds) else None


def _arms(received: Sequence[str], known: Sequence[tuple[str, ...]]) -> list[tuple[int, int]] | None:
    """Half-open line ranges of the arms' names and descriptions, without the interventions that follow each."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(received):
        end = at + 1
        while end < len(received) and _intervention(received, end, known) == 0:
            end += 1
        if end - at > 2 and any(_NAME.fullmatch(line) for line in received[at + 2 : end]):
            return None  # two arms, the first without interventions, or one description in paragraphs
        spans.append((at, end))
        while size := _intervention(received, end, known):
            end += size
        at = end
    return spans


def _intervention(received: Sequence[str], at: int, known: Sequence[tuple[str, ...]]) -> int:
    """How many lines of a known intervention begin at `at`; 0 for none."""
    return next((len(lines) for lines in known if tuple(received[at : at + len(lines)]) == lines), 0)
