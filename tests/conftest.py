"""Where things are, and the switches: tests marked `shared` or `browser` are skipped where that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.report.browser import absent

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FIXTURES = ROOT / "tests" / "fixtures"

settings.register_profile("project", deadline=None, derandomize=True, max_examples=150)
settings.load_profile("project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = {"shared": None if SHARED.is_dir() else f"{SHARED} does not exist", "browser": absent()}
    for marker, reason in missing.items():
        for item in items if reason is not None else ():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=str(reason)))
