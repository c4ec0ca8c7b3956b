"""The recipe in docs/adding-a-layout.md, followed to the letter."""

from __future__ import annotations

from typing import Any

import regex

from tests.conftest import ROOT
from trialparse import layouts
from trialparse.layouts.base import Layout
from trialparse.text.readable import make_readable

BLOCK = regex.compile(r"```(text|python)\n(.*?)```", regex.DOTALL)


def test_the_layout_of_the_recipe_reads_its_page() -> None:
    recipe = (ROOT / "docs" / "adding-a-layout.md").read_text(encoding="utf-8")
    blocks = dict(BLOCK.findall(recipe))
    names: dict[str, Any] = {}
    exec(compile(blocks["python"], "recipe", "exec"), names)
    assert names["__doc__"], "the linter asks for a docstring"
    layout = names["LAYOUT"]
    assert isinstance(layout, Layout)
    readable = make_readable(blocks["text"])
    others = (score for name, score in layouts.scores(readable).items() if name != "trialhub")
    assert layout.confidence(readable) > max(others)
    record = layout.read(readable)
    assert record.fields["brief_title"] == "Mockumab in mockitis"
    assert record.fields["trial_id"] == "NCT09900009"
    assert record.fields["phases"] == ["PHASE3"]
    assert record.fields["enrollment"]["count"] == 40
    assert [passage.section for passage in record.passages] == ["inclusion", "exclusion"]
    assert [section["heading"] for section in record.sections] == ["Imprint"]
