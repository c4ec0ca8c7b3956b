"""Trials and criteria in a notebook that is run: the text marked, the logic under it, and nothing gets through."""

from __future__ import annotations

from html.parser import HTMLParser
from importlib import import_module
from typing import Any

import pytest

from tests.report.pages import HEPATIC

nbclient = pytest.importorskip("nbclient", reason="the extra `notebook` is not installed")
pytest.importorskip("ipykernel", reason="the extra `notebook` is not installed")

CELLS = (
    f"import trialparse\ntrial = trialparse.parse({HEPATIC!r})\ntrial",
    "trial.eligibility",
    "trial.eligibility.inclusion[1]",
    "trial.model_copy(update={'brief_title': '</style><script>window.hostile = 1</script>'})",
)


class Shown(HTMLParser):
    """The texts of a page by the classes of what they stand in; every tag that is opened is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "br":
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((" ".join(self.open[-1]).strip(), data) if self.open else ("", data))


@pytest.fixture(scope="module")
def outputs() -> list[str]:
    formats: Any = import_module("nbformat.v4")  # not typed
    notebook = formats.new_notebook(cells=list(map(formats.new_code_cell, CELLS)))
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    return ["".join(each.data["text/html"]) for cell in notebook.cells for each in cell.outputs]


def test_each_shows_its_text_marked_and_its_logic(outputs: list[str]) -> None:
    assert len(outputs) == len(CELLS)
    for shown in map(Shown, outputs):
        assert ("span tp-threshold", "Platelets ≥ 75 × 10^9/L") in shown.texts
        assert ("code tp-threshold", "platelets ≥ 50 10*9/L") in shown.texts
        assert ("code tp-window", "within 14 d before the first dose") in shown.texts
        assert ("span tp-condition", "the spleen is enlarged") in shown.texts
        words = [text for place, text in shown.texts if place == "em"]
        assert {"if", "then", "otherwise", "all of", "any of"} <= set(words)
    assert ("h4", "Exclusion") in Shown(outputs[1]).texts
    assert ("h4", "Exclusion") not in Shown(outputs[2]).texts


def test_hostile_text_is_text(outputs: list[str]) -> None:
    shown = Shown(outputs[3])
    assert "script" not in shown.tags
    assert ("strong", "</style><script>window.hostile = 1</script>") in shown.texts
