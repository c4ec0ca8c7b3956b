"""What others add without forking: layouts of pages, record formats, measures. By entry points, or by a call.

A package names them in its metadata, and then they are there in every process:

    [project.entry-points."trialparse.layouts"]
    trialhub = "my_package.trialhub:LAYOUT"

A call (`trialparse.register_layout` and its kin) holds for its own process and those forked from it. Both are looked up
once, on first use; a call that comes later is an error, since what was read before would have been read without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Any, Literal

Group = Literal["layouts", "formats", "measures"]

_registered: dict[Group, dict[str, Any]] = {"layouts": {}, "formats": {}, "measures": {}}
_looked_up: set[Group] = set()


@cache
def added(group: Group) -> Mapping[str, Any]:
    """What was added to a group: name -> object, or the entry point that loads it."""
    _looked_up.add(group)
    found = {each.name: each for each in entry_points(group=f"trialparse.{group}")}
    if twice := found.keys() & _registered[group].keys():
        raise ValueError(f"{group}: {', '.join(sorted(twice))} is registered by a call and by an entry point")
    return MappingProxyType({**found, **_registered[group]})


def loaded(group: Group, name: str) -> Any:
    """The object of that name."""
    found = added(group)[name]
    return found.load() if hasattr(found, "load") and hasattr(found, "group") else found


def _register(group: Group, name: str, value: Any) -> None:
    if group in _looked_up:
        raise RuntimeError(f"register {group} before anything is read; {name!r} comes too late")
    if name in _registered[group]:
        raise ValueError(f"{group}: {name!r} is registered already")
    _registered[group][name] = value


def register_layout(name: str, layout: object) -> None:
    """Add a layout of pages, as the `LAYOUT` of a file in `trialparse/layouts/pages/` (`docs/adding-a-layout.md`).

    Raises:
        RuntimeError: something was read already.
        ValueError: the name is taken. (One that trialparse itself has is refused on first use.)
    """
    _register("layouts", name, layout)


def register_format(name: str, layout: object) -> None:
    """Add a record format, as the `LAYOUT` of a file in `trialparse/layouts/formats/`; errors as `register_layout`."""
    _register("formats", name, layout)


def register_measure(name: str, **row: Any) -> None:
    """Add a measure: the keys of a row of `trialparse/lexicon/data/measures.json`; errors as `register_layout`.

    Args:
        name: canonical name.
        row: `kind`, `synonyms`, `examples`, and where it has them `unit` (UCUM), `molar_mass`, `range`, `classes`.
    """
    _register("measures", name, {"name": name, **row})
