from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.conftest import SHARED
from tests.exams import EXAMS, FLOORS, MISSES, changes, sit

pytestmark = pytest.mark.shared


def test_seeds_are_read_without_a_miss() -> None:
    script = str(SHARED / "exam" / "score_seeds.py")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("exam", EXAMS)
def test_no_figure_below_its_floor(exam: str) -> None:
    result = sit(exam)
    print(*changes(json.loads(MISSES.read_text(encoding="utf-8"))[exam], result.misses), sep="\n")
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[exam]
    below = {name: result.figures[name] for name, floor in floors.items() if result.figures[name] < floor}
    assert not below, f"below the floors {floors}"
    assert result.figures["raised"] == 0
