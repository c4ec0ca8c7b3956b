"""What is measured: the shared corpus and exam pages, or generated text where that folder is absent."""

from __future__ import annotations

import gzip
import json
from functools import lru_cache
from pathlib import Path

from tests.robustness.fuzz import numbered

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_CORPUS = _SHARED / "corpus" / "eligibility.jsonl.gz"
_PAGES = _SHARED / "exam" / "pages"
_FIXTURES = Path(__file__).resolve().parents[1] / "tests" / "fixtures"
_GENERATED = 1000


@lru_cache(maxsize=1)
def criteria_texts() -> tuple[str, list[str]]:
    """Where the criteria texts are from, and the texts."""
    if not _CORPUS.is_file():
        return "generated", [numbered(number).criteria() for number in range(_GENERATED)]
    with gzip.open(_CORPUS, "rt", encoding="utf-8") as lines:
        return "corpus", [json.loads(line)["eligibility_text"] for line in lines]


@lru_cache(maxsize=1)
def pages() -> tuple[str, list[bytes]]:
    """Where the pages are from, and the pages."""
    folder = _PAGES if _PAGES.is_dir() else _FIXTURES
    paths = sorted(path for path in folder.glob("*/*") if not _is_golden(path))
    return ("exam" if folder == _PAGES else "fixtures"), [path.read_bytes() for path in paths]


def _is_golden(path: Path) -> bool:
    return path.name.endswith(".expected.json") or (path.is_relative_to(_FIXTURES) and path.suffix == ".json")
