from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialparse.export.exact import clean, compact, dumps, loads

_plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(_plain, st.sampled_from([None, 1, 2]))
def test_whatever_is_written_is_read(value: Any, indent: int | None) -> None:
    assert loads(dumps(value, indent=indent)) == value


@pytest.mark.parametrize(
    "digits", ["1.50", "75", "-4", "0.0", "1.000000000000000", "0.00000000000000001", "1E-30", "1E+30"]
)
def test_decimals_keep_their_digits(digits: str) -> None:
    text = dumps({"value": Decimal(digits)})
    assert text == f'{{"value": {digits if "E" in digits else f"{Decimal(digits):f}"}}}'
    assert Decimal(loads(text)["value"]).as_tuple() == Decimal(digits).as_tuple()


def test_indented_lines_are_those_of_json() -> None:
    value: dict[str, Any] = {"a": [1, {"b": "x\ny"}], "c": [], "d": {}}
    assert dumps(value, indent=1) == json.dumps(value, indent=1)


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError, match=r"1\.5 is a float"):
        dumps({"value": 1.5})


@pytest.mark.parametrize("text", ["[NaN]", "[-Infinity]", "{", "", "[" * 100_000])
def test_what_is_no_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(text)


def test_nothing_empty_is_left() -> None:
    value: dict[str, Any] = {"a": None, "b": ["", " \n", {}], "c": {"d": []}, "e": [0, False, "x"]}
    assert compact(value) == {"e": [0, False, "x"]}
    assert compact({"a": [None]}) is None


def test_characters_that_no_format_holds_are_replaced_and_named() -> None:
    said: list[str] = []
    assert clean({"a": ["b\x00c", "d\ud800", "tab\t"]}, said.append) == {"a": ["b�c", "d�", "tab\t"]}
    assert said == ["b\x00c", "d\ud800"]
