"""No pattern of the package takes more than linear time, driven with what nearly matches it over and over."""

from __future__ import annotations

import pkgutil
import re
import time
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import regex

import trialparse
from tests.conftest import FIXTURES, ROOT
from tests.robustness.builder import HEADINGS, LABELS, ODD, VALUES, WORDS
from tests.robustness.hostile import PIECES
from trialparse.lexicon.leadins import leadins

SHORT, LONG = 400, 2400
LIMIT = 3.0 * LONG / SHORT
"""Quadratic time would grow by the square of this quotient."""
NOISE = 0.002
ENDS = ("", ".", "!\n")
KINDS = (regex.Pattern, re.Pattern)
Pattern = regex.Pattern[Any] | re.Pattern[Any]
"""Of text or of bytes."""
BOUNDED = {
    "lexicon.leadins.denies",
    "lexicon.leadins.kinds",
    "criteria.heading_forms.SENTENCE_STOP",
    "criteria.wraps._LAST_WORD",
}
"""Patterns whose callers hand them some hundred characters at most."""


def _modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(trialparse.__path__, "trialparse."):
        if not module.name.endswith("__main__") and not module.name.endswith(".spark"):
            yield module.name


@cache
def patterns() -> dict[str, Pattern]:
    """The compiled patterns in the modules' globals, also inside tables, and those of lead-ins, by name."""
    found: dict[str, Pattern] = {}
    for name in _modules():
        module = import_module(name)
        for key, value in vars(module).items():
            if getattr(value, "__module__", name) == name or isinstance(value, (*KINDS, dict, tuple, list)):
                found.update(_inside(f"{name.removeprefix('trialparse.')}.{key}", value))
    for key, value in leadins()._asdict().items():  # made of their table on first use
        found[f"lexicon.leadins.{key}"] = value
    once: dict[str, Pattern] = {}
    seen: set[int] = set()
    for name, pattern in found.items():
        if id(pattern) not in seen:
            seen.add(id(pattern))
            once[name] = pattern
    return once


def _inside(name: str, value: Any) -> Iterator[tuple[str, Pattern]]:
    if isinstance(value, KINDS):
        yield name, value
    elif isinstance(value, dict | tuple | list):
        for i, item in enumerate(value.values() if isinstance(value, dict) else value):
            yield from _inside(f"{name}[{i}]", item)


@cache
def _material() -> str:
    pages = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*/*.txt"))[:4]]
    return "\n".join([*pages, *HEADINGS, *LABELS, *VALUES, *WORDS, *ODD])


def prefixes(pattern: Pattern) -> set[str]:
    """What the pattern matches in ordinary text, whole and without its end."""
    found: Iterator[Any] = islice(pattern.finditer(_for(pattern, _material())), 40)
    matches = [text.decode() if isinstance(text := match.group(), bytes) else text for match in found]
    longest = sorted({match for match in matches if match}, key=len)[-3:]
    return {part for match in longest for part in (match, match[:-1], match[: len(match) // 2 + 1]) if part}


@cache
def searches(name: str) -> bool:
    """Whether a pattern is looked for anywhere in a text, and not only matched at one place."""
    module, _, key = name.partition("[")[0].rpartition(".")
    source = ROOT.joinpath("trialparse", *module.split(".")).with_suffix(".py")
    own = _read(source if source.is_file() else source.with_suffix("") / "__init__.py")
    text = own if key.startswith("_") else "\n".join([own, *_others_that_name(module.rpartition(".")[2])])
    named = rf"leadins\(\)\.{key}" if module == "lexicon.leadins" else regex.escape(key)
    other_use = rf"(?<!\bis )(?<!\b_match\((?:forms\.)?)\b{named}\b(?!\s*=|\.(?:match|fullmatch)\b)"
    return regex.search(other_use, text) is not None


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _others_that_name(module: str) -> list[str]:
    texts = map(_read, sorted((ROOT / "trialparse").rglob("*.py")))
    return [text for text in texts if regex.search(rf"import .*\b{module}\b|\.{module} import", text)]


def _for(pattern: Pattern, text: str) -> str | bytes:
    return text.encode(errors="replace") if isinstance(pattern.pattern, bytes) else text


def _seconds(pattern: Pattern, text: str | bytes, anywhere: bool) -> float:
    begun = time.process_time()
    for _ in pattern.finditer(text) if anywhere else (pattern.match(text), pattern.fullmatch(text)):
        pass
    return time.process_time() - begun


def _grows(pattern: Pattern, piece: str, end: str, anywhere: bool) -> bool:
    short, long = (_for(pattern, piece * (size // len(piece)) + end) for size in (SHORT, LONG))
    floor = NOISE / LIMIT
    return all(
        _seconds(pattern, long, anywhere) > LIMIT * max(_seconds(pattern, short, anywhere), floor) for _ in range(3)
    )


@pytest.mark.parametrize("name", patterns())
def test_time(name: str) -> None:
    pattern = patterns()[name]
    pieces = {*prefixes(pattern), *PIECES.values()}
    bad = [(piece, end) for piece in sorted(pieces) for end in ENDS if _grows(pattern, piece, end, searches(name))]
    assert bad == [] or name in BOUNDED, "use possessive quantifiers or bounds"


def test_all_were_found() -> None:
    assert len(patterns()) > 80
    assert {type(pattern) for pattern in patterns().values()} == set(KINDS)
    assert BOUNDED - set(patterns()) == set(), "a pattern that is bounded by its callers is gone"
