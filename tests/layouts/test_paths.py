"""The language of paths, each form with what it finds and what it does not."""

from __future__ import annotations

import pytest

from trialparse.layouts.paths import find
from trialparse.layouts.tree import Element, json_tree
from trialparse.layouts.xml_tree import xml_tree

SOURCE = """{"study": {"a": {"b": ["one", "two"], "B2": "three"}, "empty": null,
  "items": [{"id": "i1", "kind": {"code": "X"}, "text": "first"}, {"id": "i2", "kind": {"code": "Y"}, "text": "second"},
            {"id": "i3", "text": "third"}],
  "refs": [{"to": "#i2"}, {"to": "List/i1"}, {"to": "nowhere"}]}}"""


def texts(root: Element, path: str) -> list[str]:
    return [element.text for element in find(root, path)]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("study/a/b", ["one", "two"]),
        ("STUDY/A/b2", ["three"]),
        ("study/missing?/a/b2", ["three"]),
        ("study/*/b2", ["three"]),
        ("**/b2", ["three"]),
        ("study/items[kind/code=X]/text", ["first"]),
        ("study/items[kind/code=x,y]/text", ["first", "second"]),
        ("study/items[kind/code!=X]/text", ["second", "third"]),
        ("study/items[kind/code]/text", ["first", "second"]),
        ("study/items/.[id=i3]/text", ["third"]),
        ("study/refs/to => text", ["second", "first"]),
        ("study/refs/to => .[kind/code=Y]/text", ["second"]),
        ("study/empty | study/a/b2", ["three"]),
        ("study/nothing | study/a/b", ["one", "two"]),
        ("study/nothing", []),
        ("study/b", []),
    ],
)
def test_paths(path: str, wanted: list[str]) -> None:
    assert texts(json_tree(SOURCE), path) == wanted


def test_attributes_and_prefixes_of_xml() -> None:
    root, *_ = xml_tree(
        '<x:trial xmlns:x="u"><x:title xml:lang="fa">no</x:title><x:title xml:lang="en">yes</x:title></x:trial>'
    )
    assert texts(root, "trial/title[@lang=en]") == ["yes"]


def test_values_in_a_row_are_objects_of_their_own() -> None:
    root = json_tree('{"id": 1}\n{"id": 2}\n{"id": 3}')
    assert [element.first("id").text for element in root.children] == ["1", "2", "3"]  # type: ignore[union-attr]
