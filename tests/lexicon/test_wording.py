"""The rows of data/wording.json: whole, used, and each example holds a word of its row."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
import regex

from trialparse.evaluate import judge
from trialparse.lexicon import wording
from trialparse.lexicon.tables import load
from trialparse.models import subject
from trialparse.requirements import reader

ROWS = load("wording")
FOLDERS = [Path(inspect.getfile(module)).parent for module in (judge, reader, subject)]
SOURCE = "".join(path.read_text(encoding="utf-8") for folder in FOLDERS for path in sorted(folder.glob("*.py")))


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_whole(name: str) -> None:
    row = ROWS[name]
    words = row["words"].split()
    assert len(words) == len(set(words)) > 0
    assert row["says"]
    assert set(regex.findall(r"[a-z]+", row["example"].lower())) & set(words)
    assert wording.words(name) == frozenset(words)


@pytest.mark.parametrize("name", ROWS)
def test_every_row_is_asked_for(name: str) -> None:
    assert f'"{name}"' in SOURCE


def test_an_unknown_row_is_an_error() -> None:
    with pytest.raises(KeyError):
        wording.words("no such row")
