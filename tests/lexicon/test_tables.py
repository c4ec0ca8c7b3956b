"""The tables as they lie in the package: nothing in them is written twice, where the second would hide the first."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from trialparse.lexicon.tables import load

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


def test_a_slip_in_a_table_is_told_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slips" / "data").mkdir(parents=True)
    (tmp_path / "slips" / "__init__.py").touch()
    (tmp_path / "slips" / "data" / "rows.json").write_text('[{"name": "a"}\n{"name": "b"}]', encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ValueError, match="Expecting ',' delimiter: line 2") as caught:
        load("rows", "slips")
    assert caught.value.__notes__ == [
        "in data/rows.json of slips: is a comma missing at the end of a row, or one too many?"
    ]
