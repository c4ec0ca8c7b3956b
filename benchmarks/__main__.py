"""Measures speed and memory in one process on one core, in ten minutes.

Prints the figures and writes them to measured.json beside this file, of which the table of docs/performance.md is made.
"""

from __future__ import annotations

import json
import os
import platform
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import trialparse
from benchmarks.material import criteria_texts, pages
from benchmarks.timing import REPEATS, by_stage, for_each, in_fresh_process, seconds

_IMPORT = "import time; t = time.process_time(); import trialparse; print(time.process_time() - t)"
_FIRST = """
import time; import trialparse
t = time.process_time(); trialparse.parse_criteria("Platelets ≥ 75 × 10^9/L"); print(time.process_time() - t)
"""
_PEAK = """
import sys; import trialparse
text = sys.stdin.read()
trialparse.parse_criteria(text)
status = open("/proc/self/status").read()
print(int(status.split("VmHWM:")[1].split()[0]) / 1024)
"""
"""Linux keeps the peak of the process itself there; that of `getrusage` is at least its parent's."""
MEASURED = Path(__file__).with_name("measured.json")
_EVERY = 20
"""Of so many texts one goes through the other parser, which takes long."""
_TIMES = (1, 10, 100)
Figures = Iterator[tuple[str, str]]
"""What is measured, and what came out."""


def main() -> None:
    """Measure, print and write."""
    machine = f"{os.cpu_count()} cores of {platform.machine()}"
    found = {"on": f"Python {platform.python_version()} on {machine}, processor time, the best of {REPEATS} runs"}
    print(found["on"], flush=True)
    for part in (_start, _speed, _comparison, _verdicts, _stages, _growth, _memory):
        for name, figure in part():
            found[name] = figure
            print(f"{name:36} {figure}", flush=True)
    MEASURED.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _start() -> Figures:
    yield "`import trialparse`", f"{in_fresh_process(_IMPORT) * 1000:.0f} ms"
    yield "first result, after the import", f"{in_fresh_process(_FIRST) * 1000:.0f} ms"


def _speed() -> Figures:
    for name, (origin, items), parse in (
        ("`parse_criteria`", criteria_texts(), trialparse.parse_criteria),
        ("`parse` of whole pages", pages(), trialparse.parse),
    ):
        run: Callable[[], None] = for_each(parse, items)
        took = seconds(run)
        size = sum(map(len, items)) / 1e6
        speed = f"{len(items) / took:.0f} trials/s, {size / took:.2f} MB/s"
        yield name, f"{speed} ({len(items):,} of {origin}, {size:.1f} million characters)"


def _comparison() -> Figures:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it misses a classifier that it does not need
            from quantulum3 import parser
    except ImportError:
        return
    texts = criteria_texts()[1][::_EVERY]
    lines = [node.text for text in texts for _, node in trialparse.parse_criteria(text).criteria()]
    parser.parse(lines[0])  # loads its tables
    theirs = seconds(for_each(parser.parse, lines))
    ours = seconds(for_each(trialparse.parse_criteria, texts))
    told = f"{theirs / ours:.1f} times as fast ({len(texts)} texts, {len(lines)} criteria)"
    yield "against `quantulum3`, criterion by criterion", told


def _verdicts() -> Figures:
    patient = trialparse.Patient(
        age=60, sex="FEMALE", values={"platelets": "60 10*9/L", "ecog": 1, "alt": "2 ULN", "hemoglobin": "10 g/dL"}
    )
    trials = [trialparse.parse_criteria(text) for text in criteria_texts()[1][::_EVERY]]
    limits = [
        trialparse.Criterion(id="I1", text=item.text, span=item.span, requirement=item)
        for trial in trials
        for _, node in trial.criteria()
        if node.requirement is not None
        for item in (place.item for place in trialparse.walk(node.requirement))
        if isinstance(item, trialparse.Threshold)
    ]
    for name, items in (("limit", limits), ("trial", trials)):
        took = seconds(for_each(lambda item: item.evaluate(patient), items))
        yield f"`evaluate` of a {name}, with reasons", f"{took / len(items) * 1e6:,.0f} µs (of {len(items):,})"


def _stages() -> Figures:
    spent = by_stage(for_each(trialparse.parse_criteria, criteria_texts()[1]))
    whole = sum(spent.values())
    for stage, took in spent.items():
        yield f"share of time: {stage}", f"{100 * took / whole:.0f} %"


def _growth() -> Figures:
    text = _typical()
    once = 0.0
    for times in _TIMES:
        took = seconds(for_each(trialparse.parse_criteria, [text * times]))
        once = once or took
        yield f"{times} times a text", f"{took:.3f} s, {took / once / times:.2f} times the time for each"


def _memory() -> Figures:
    if not Path("/proc/self/status").exists():  # measured on Linux only
        return
    text = _typical()
    idle = in_fresh_process(_PEAK)
    yield "peak memory of an empty text", f"{idle:.0f} MB"
    for megabytes in (1, 10):
        peak = in_fresh_process(_PEAK, text * (megabytes * 1_000_000 // len(text)))
        above = (peak - idle) / megabytes
        yield f"peak memory of a text of {megabytes} MB", f"{peak:.0f} MB, {above:.0f} times the text on top"


def _typical() -> str:
    """A text of median length, with the blank line that parts it from a copy of itself."""
    texts = sorted(criteria_texts()[1], key=len)
    return texts[len(texts) // 2] + "\n\n"


if __name__ == "__main__":
    main()
