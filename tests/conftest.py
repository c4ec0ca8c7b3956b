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


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist looks for the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    _skip_what_cannot_run(items)
    _share_out(items)


def _skip_what_cannot_run(items: list[pytest.Item]) -> None:
    missing = {"shared": None if SHARED.is_dir() else f"{SHARED} does not exist", "browser": absent()}
    for marker, reason in missing.items():
        for item in items if reason is not None else ():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=str(reason)))


def _share_out(items: list[pytest.Item]) -> None:
    """For pytest-xdist: the long ones first, each on its own; all others by file, whose fixtures are then made once."""
    long = {item for item in items if any(map(item.get_closest_marker, ("shared", "packaging")))}
    items.sort(key=lambda item: item not in long)
    for item in items:
        if item.get_closest_marker("xdist_group") is None and item not in long:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
