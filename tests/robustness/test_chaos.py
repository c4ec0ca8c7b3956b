"""A few of the runs of `tests.robustness.chaos`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="it looks for the workers in /proc")
@pytest.mark.parametrize("number", range(4))
def test_a_run_that_is_killed_and_filled_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    from tests.robustness import chaos

    monkeypatch.setattr(chaos, "KILLING", 20.0)
    chaos.one_run(number, tmp_path)
