"""What people see of the stages, and the sentence that docs/logic.md walks through."""

from __future__ import annotations

import pytest
import regex

from tests.guides import DOCS, blocks
from tests.requirements.logic import reading, shown, stages
from trialparse.requirements.trace import lines


def test_the_walk_of_the_docs_is_what_happens() -> None:
    text = (DOCS / "logic.md").read_text(encoding="utf-8")
    found = regex.search(r"^> (.+)$", text, regex.MULTILINE)
    assert found is not None
    assert [" ".join(block.code.split()) for block in blocks("logic.md")] == [
        " ".join(shown(found[1])),
        reading(found[1]),
    ]


def test_a_trace_names_the_rows_that_fired() -> None:
    text = "Steroids within 2 weeks (patients on inhaled steroids may participate), unless stopped"
    found = list(lines(stages(text, excludes=True), text, excludes=True))
    assert sum(line.startswith("clause ") for line in found) == 3
    assert any(line.startswith("remark  excepts") for line in found)
    assert any("EXCEPT 'unless' over 1 clause" in line for line in found)


def test_each_sentence_has_a_rule_of_its_own() -> None:
    text = "Gout. However, patients with treated gout may be enrolled if stable. Note: urate is measured at screening"
    found = [line for line in lines(stages(text, excludes=True), text, excludes=True) if line.startswith("remark")]
    assert [line.split()[1] for line in found] == ["excepts,", "binds"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Gout drugs within 2 weeks (colchicine is allowed)", "excepts"),
        ("Note: patients on colchicine must be on a stable dose for 4 weeks", "asserts the opposite"),
    ],
)
def test_a_remark_is_traced_as_it_is_read(text: str, role: str) -> None:
    found = [line for line in lines(stages(text, excludes=True), text, excludes=True) if line.startswith("remark")]
    assert [line.removeprefix("remark  ").split(",")[0] for line in found] == [role]
