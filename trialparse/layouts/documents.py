"""A document of any kind as a tree: JSON, XML, a table, or a data frame that R printed."""

from __future__ import annotations

import regex

from trialparse.layouts.deparsed import deparsed_tree, is_deparsed
from trialparse.layouts.tree import Element, csv_tree, json_tree, xml_tree

_QUOTED_JSON = regex.compile(r'^[{\[][^"\n]*+\n?\s*+"[^"\n]++"\s*+:', regex.MULTILINE)


def document_tree(source: str) -> tuple[Element, bool]:
    """The tree of a document, and whether it was refused for entities of its own; never raises.

    What does not begin as JSON or XML is a table, unless JSON stands in it, as in a page of text that quotes some.
    """
    head = source.lstrip("\ufeff \t\r\n")[:1]
    if head == "<":
        return xml_tree(source)
    if head in ("{", "[") or _QUOTED_JSON.search(source):
        return json_tree(source), False
    if is_deparsed(source):
        return deparsed_tree(source), False
    return csv_tree(source), False
