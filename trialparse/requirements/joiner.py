"""The meaning of `grammars/requirement.lark`: pieces -> one requirement."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from lark import Transformer

from trialparse.requirements.output import Item, Requirement
from trialparse.requirements.parser import IslandParser
from trialparse.requirements.tokens import Token


class _Meaning(Transformer[Any, Any]):
    def requirement(self, parts: list[Any]) -> Item:
        return _join("all", _items(parts))

    def choice(self, parts: list[Any]) -> Item:
        items = _items(parts)
        same = len(items) > 1 and all(i.conditional and i.names == items[0].names for i in items)
        return _join("all" if same else "any", items)

    def joint(self, parts: list[Any]) -> Item:
        return _join("all", _items(parts))

    run = joint

    def scoped(self, parts: list[Any]) -> Item:
        return _under(parts[0].value, parts[-1])

    def denied(self, parts: list[Any]) -> Item:
        item: Item = parts[1]
        return item._replace(requirement=_deny(item.requirement))

    def group(self, parts: list[Any]) -> Item:
        item: Item = parts[1]
        return item

    def before(self, parts: list[Token]) -> Token:
        return parts[0]

    def held(self, parts: list[Any]) -> Item:
        item = next(_item(part) for part in parts if not _is_condition(part))
        for part in reversed(parts):
            if _is_condition(part):
                item = _under(part.value, item)
        return item


def _under(condition: Requirement, item: Item) -> Item:
    if not item.names:  # prose under a condition: both are said
        return _join("all", [Item(condition), item])
    held = {"kind": "if", "condition": condition, "then": item.requirement, "otherwise": None}
    return item._replace(requirement=held, conditional=True)


def _deny(requirement: Requirement) -> Requirement:
    """A double denial is none."""
    inner: Requirement = requirement["item"] if requirement["kind"] == "not" else requirement
    return inner if requirement["kind"] == "not" else {"kind": "not", "item": inner}


def _is_condition(part: Any) -> bool:
    return isinstance(part, Token) and part.type in ("PRE", "POST")


def _item(part: Any) -> Item:
    item: Item = part.value if isinstance(part, Token) else part
    return item


def _items(parts: Sequence[Any]) -> list[Item]:
    return [_item(part) for part in parts if isinstance(part, Item) or part.type == "ITEM"]


def _join(kind: str, items: list[Item]) -> Item:
    items = _with_otherwise(items)
    if len(items) == 1:
        return items[0]
    flat: list[Requirement] = []
    for item in items:
        requirement = item.requirement
        flat.extend(requirement["items"] if requirement["kind"] == kind else [requirement])
    names = frozenset().union(*(item.names for item in items))
    return Item({"kind": kind, "items": flat}, names, all(i.shared for i in items), all(i.conditional for i in items))


def _with_otherwise(items: list[Item]) -> list[Item]:
    """A limit followed by one on the same measures under a condition: the first holds otherwise."""
    out: list[Item] = []
    for item in items:
        before = out[-1] if out else None
        if (
            before is not None
            and item.conditional
            and not before.conditional
            and item.names
            and item.names == before.names
            and item.requirement["kind"] == "if"
        ):
            out[-1] = item._replace(requirement={**item.requirement, "otherwise": before.requirement})
        else:
            out.append(item)
    return out


@lru_cache(maxsize=1)
def _parser() -> IslandParser:
    return IslandParser("requirement", "requirement", _Meaning())


def join(pieces: Sequence[Token]) -> Item | None:
    """One requirement of all pieces; None where there is none."""
    if len(pieces) == 1 and pieces[0].type == "ITEM":
        return _item(pieces[0])
    whole: Item | None = _parser().whole(pieces)
    if whole is not None:
        return whole
    items = [piece.value for piece in pieces if piece.type == "ITEM"]
    return _join("all", items) if items else None
