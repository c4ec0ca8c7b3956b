"""A document of any kind as a tree: JSON, XML, a table, or a data frame that R printed."""

from __future__ import annotations

import regex

from trialparse.layouts.deparsed import deparsed_tree, is_deparsed
from trialparse.layouts.tree import Tree, csv_tree, json_tree
from trialparse.layouts.xml_tree import xml_tree

_QUOTED_JSON = regex.compile(r'^[{\[][^"\n]*+\n?\s*+"[^"\n]++"\s*+:', regex.MULTILINE)


def document_tree(source: str) -> Tree:
    """The tree of a document; never raises.

    What does not begin as JSON or XML is a table, unless JSON stands in it, as in a page of text that quotes some.
    """
    head = source.lstrip("\ufeff \t\r\n")[:1]
    if head == "<":
        return xml_tree(source)
    if head in ("{", "[") or _QUOTED_JSON.search(source):
        return Tree(json_tree(source))
    if is_deparsed(source):
        return Tree(deparsed_tree(source))
    return Tree(csv_tree(source))
