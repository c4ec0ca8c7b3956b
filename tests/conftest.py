"""Where things are, and the one switch: tests marked `shared` are skipped where ../shared does not exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FIXTURES = ROOT / "tests" / "fixtures"

settings.register_profile("project", deadline=None, derandomize=True, max_examples=150)
settings.load_profile("project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not SHARED.is_dir():
        absent = pytest.mark.skip(reason=f"{SHARED} does not exist")
        for item in items:
            if item.get_closest_marker("shared"):
                item.add_marker(absent)
