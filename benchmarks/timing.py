"""Processor time, which other work on the machine distorts less than the time on the clock."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any
from unittest.mock import patch

from trialparse import api
from trialparse.models.eligibility import Criterion
from trialparse.requirements import parser, reader

REPEATS = 3

_STAGES: tuple[tuple[str, Any, str], ...] = (
    ("text", api, "make_readable"),
    ("outline", api, "outline"),
    ("lexer", reader, "lex"),
    ("Lark", parser, "_run"),
    ("rest of requirements", api, "read"),
    ("validation", Criterion, "model_validate"),
)
"""What each stage is called, and the function that enters it."""


def seconds(run: Callable[[], object], repeats: int = REPEATS) -> float:
    """Processor seconds of one run, the best of some."""
    best = float("inf")
    for _ in range(repeats):
        begun = time.process_time()
        run()
        best = min(best, time.process_time() - begun)
    return best


def for_each(function: Callable[[Any], object], items: Iterable[Any]) -> Callable[[], None]:
    """A run of `function` over all items, whose results are dropped."""

    def run() -> None:
        for item in items:
            function(item)

    return run


def in_fresh_process(program: str, given: str = "") -> float:
    """The number that a program prints, run by an interpreter of its own with `given` as input; the best of some."""
    command = [sys.executable, "-X", "utf8", "-c", program]
    runs = (
        subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=True) for _ in range(REPEATS)
    )
    return min(float(run.stdout) for run in runs)


def by_stage(run: Callable[[], object]) -> dict[str, float]:
    """Processor seconds spent in each stage itself, without the stages that it calls."""
    spent = dict.fromkeys([name for name, _, _ in _STAGES] + ["rest"], 0.0)
    stack = ["rest"]
    since = time.process_time()

    @contextmanager
    def inside(stage: str) -> Iterator[None]:
        nonlocal since
        now = time.process_time()
        spent[stack[-1]] += now - since
        stack.append(stage)
        since = now
        try:
            yield
        finally:
            now = time.process_time()
            spent[stack.pop()] += now - since
            since = now

    def timed(stage: str, function: Callable[..., object]) -> Callable[..., object]:
        @wraps(function)
        def entered(*args: Any, **keywords: Any) -> object:
            with inside(stage):
                return function(*args, **keywords)

        return entered

    with ExitStack() as patches:
        for name, owner, attribute in _STAGES:
            patches.enter_context(patch.object(owner, attribute, timed(name, getattr(owner, attribute))))
        since = time.process_time()
        run()
    spent["rest"] += time.process_time() - since
    return spent
