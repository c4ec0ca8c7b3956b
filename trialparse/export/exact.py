"""JSON whose decimals keep their digits: 1.50 is written 1.50, and read as `Decimal("1.50")`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import regex

_PLACES = 17
"""Digits before or behind the point that FHIR admits in a decimal without an exponent."""
_FORBIDDEN = regex.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\U0010ffff]")
"""Control characters and surrogates: neither FHIR nor UTF-8 has a place for them."""


def dumps(value: Any, *, indent: int | None = None) -> str:
    """Plain data as JSON.

    Args:
        value: dicts, lists, strings, whole numbers, booleans, None, and decimals, which keep their digits; no floats.
        indent: blanks by which a line is set in for each level; None writes all in one line.
    """
    if isinstance(value, Mapping):
        parts = [f"{json.dumps(key)}: {dumps(each, indent=indent)}" for key, each in value.items()]
        return _joined(parts, "{", "}", indent)
    if isinstance(value, list | tuple):
        return _joined([dumps(each, indent=indent) for each in value], "[", "]", indent)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float, whose digits are not known; pass a Decimal")
    return json.dumps(value, ensure_ascii=False)


def loads(text: str | bytes) -> Any:
    """Plain data from JSON; numbers with a point or an exponent become decimals with their digits.

    Raises:
        ValueError: it is no JSON, or nested too deeply.
    """
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refused)
    except RecursionError:
        raise ValueError("the document is nested too deeply") from None


def clean(value: Any, changed: Callable[[str], None]) -> Any:
    """The same data without the characters that no format has a place for.

    Args:
        value: plain data.
        changed: is told each text of which a character had to be replaced by U+FFFD.
    """
    if isinstance(value, str) and _FORBIDDEN.search(value) is not None:
        changed(value)
        return _FORBIDDEN.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {key: clean(each, changed) for key, each in value.items()}
    return [clean(each, changed) for each in value] if isinstance(value, list | tuple) else value


def compact(value: Any) -> Any:
    """The same data without what is empty: None, texts of blanks alone, lists and objects of nothing else."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, Mapping):
        pairs = ((key, compact(each)) for key, each in value.items())
        return {key: each for key, each in pairs if each is not None} or None
    if isinstance(value, list | tuple):
        return [each for each in map(compact, value) if each is not None] or None
    return value


def _number(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError(f"JSON has no number {value}")
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    plain = exponent >= -_PLACES and value.adjusted() < _PLACES
    return f"{value:f}" if plain else str(value)


def _joined(parts: list[str], first: str, last: str, indent: int | None) -> str:
    if indent is None or not parts:
        return f"{first}{', '.join(parts)}{last}"
    inner = ",\n".join(parts).replace("\n", "\n" + " " * indent)
    return f"{first}\n{' ' * indent}{inner}\n{last}"


def _refused(name: str) -> Any:
    raise ValueError(f"JSON has no number {name}")
