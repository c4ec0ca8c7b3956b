"""Prints the figures of docs/performance.md, but for those it names, from one process on one core, in ten minutes."""

from __future__ import annotations

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
_EVERY = 20
"""Of so many texts one goes through the other parser, which takes long."""
_TIMES = (1, 10, 100)


def main() -> None:
    """Measure and print, section by section."""
    print(f"Python {platform.python_version()}, processor time, the best of {REPEATS} runs\n")
    for part in (_start, _speed, _comparison, _verdicts, _stages, _growth, _memory):
        for line in part():
            print(line, flush=True)
        print()


def _start() -> Iterator[str]:
    yield f"import           {in_fresh_process(_IMPORT) * 1000:8.0f} ms"
    yield f"first result     {in_fresh_process(_FIRST) * 1000:8.0f} ms after the import"


def _speed() -> Iterator[str]:
    for name, (origin, items), parse in (
        ("parse_criteria", criteria_texts(), trialparse.parse_criteria),
        ("parse", pages(), trialparse.parse),
    ):
        run: Callable[[], None] = for_each(parse, items)
        took = seconds(run)
        size = sum(map(len, items)) / 1e6
        yield (
            f"{name:16} {len(items) / took:8.0f} trials/s {size / took:8.2f} MB/s"
            f"   {len(items)} of {origin}, {size:.1f} million characters"
        )


def _comparison() -> Iterator[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it misses a classifier that it does not need
            from quantulum3 import parser
    except ImportError:
        yield "quantulum3 is not installed"
        return
    texts = criteria_texts()[1][::_EVERY]
    lines = [node.text for text in texts for _, node in trialparse.parse_criteria(text).criteria()]
    parser.parse(lines[0])  # loads its tables
    theirs = seconds(for_each(parser.parse, lines))
    ours = seconds(for_each(trialparse.parse_criteria, texts))
    yield f"quantulum3       {theirs:8.2f} s for the {len(lines)} criteria of {len(texts)} texts, one by one"
    yield f"parse_criteria   {ours:8.2f} s for the same texts: {theirs / ours:.1f} times as fast"


def _verdicts() -> Iterator[str]:
    patient = trialparse.Patient(
        age=60, sex="FEMALE", values={"platelets": "60 10*9/L", "ecog": 1, "alt": "2 ULN", "hemoglobin": "10 g/dL"}
    )
    origin, texts = criteria_texts()
    reading, limits, whole = 0.0, [0.0, 0], [0.0, 0]
    # in turn, so that other work on the machine meets both alike
    for text in texts[::_EVERY]:
        reading += seconds(for_each(trialparse.parse_criteria, [text]))
        trial = trialparse.parse_criteria(text)
        for spent, items in ((limits, _limits(trial)), (whole, [trial])):
            spent[0] += seconds(for_each(lambda item: item.evaluate(patient), items))
            spent[1] += len(items)
    for name, (took, count) in (("limits", limits), ("trials", whole)):
        yield f"evaluate         {took / count * 1e6:8.1f} µs for each of {count:.0f} {name}, with reasons"
    million = limits[0] / limits[1] * 1e6
    yield f"                 {million:8.1f} s for a million limits; reading the {origin} takes {reading * _EVERY:.1f} s"


def _limits(trial: trialparse.Eligibility) -> list[trialparse.Criterion]:
    """Each limit as a criterion of its own."""
    return [
        trialparse.Criterion(id="I1", text=item.text, span=item.span, requirement=item)
        for _, node in trial.criteria()
        if node.requirement is not None
        for item in (place.item for place in trialparse.walk(node.requirement))
        if isinstance(item, trialparse.Threshold)
    ]


def _stages() -> Iterator[str]:
    spent = by_stage(for_each(trialparse.parse_criteria, criteria_texts()[1]))
    whole = sum(spent.values())
    for stage, took in spent.items():
        yield f"{stage:20} {100 * took / whole:5.1f} %"


def _growth() -> Iterator[str]:
    text = _typical()
    once = 0.0
    for times in _TIMES:
        took = seconds(for_each(trialparse.parse_criteria, [text * times]))
        once = once or took
        yield f"{times:4} times the text {took:8.3f} s, {took / once / times:5.2f} times the time for each"


def _memory() -> Iterator[str]:
    if not Path("/proc/self/status").exists():
        yield "peak memory is measured on Linux only"
        return
    text = _typical()
    idle = in_fresh_process(_PEAK)
    yield f"peak memory      {idle:8.0f} MB for an empty text"
    for megabytes in (1, 10):
        peak = in_fresh_process(_PEAK, text * (megabytes * 1_000_000 // len(text)))
        above = (peak - idle) / megabytes
        yield f"                 {peak:8.0f} MB for a text of {megabytes} MB: {above:.0f} times the text on top"


def _typical() -> str:
    """A text of median length, with the blank line that parts it from a copy of itself."""
    texts = sorted(criteria_texts()[1], key=len)
    return texts[len(texts) // 2] + "\n\n"


if __name__ == "__main__":
    main()
