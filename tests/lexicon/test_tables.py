"""The tables as they lie in the package: nothing in them is written twice, where the second would hide the first."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

DATA = files("trialparse.lexicon").joinpath("data")
NAMES = sorted(path.name for path in DATA.iterdir() if path.name.endswith(".json"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError(sorted({key for key, _ in pairs if [other for other, _ in pairs].count(key) > 1}))
    return table


@pytest.mark.parametrize("name", NAMES)
def test_each_key_stands_once(name: str) -> None:
    assert json.loads(DATA.joinpath(name).read_text(encoding="utf-8"), object_pairs_hook=_once)


def test_a_second_key_is_found() -> None:
    with pytest.raises(ValueError, match="must"):
        json.loads('{"must": 1, "may": 2, "must": 3}', object_pairs_hook=_once)
