from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialparse.text.decode import decode

TEXT = "Platelets ≥ 75 × 10⁹/L, naïve"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le with mark", "utf-16-be with mark"],
)
def test_declared_encodings_are_no_guess(data: bytes) -> None:
    assert decode(data) == (TEXT, None)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_is_a_guess(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == (TEXT, encoding)


def test_windows_1252_is_the_last_resort() -> None:
    assert decode("“5 µg” ± 1".encode("windows-1252")) == ("“5 µg” ± 1", "windows-1252")


def test_undefined_bytes_become_replacement_characters() -> None:
    assert decode(b"a\x81b\xff") == ("a\ufffdbÿ", "windows-1252")


@given(st.binary(max_size=300))
def test_never_raises(data: bytes) -> None:
    text, guess = decode(data)
    assert isinstance(text, str)
    assert guess is None or codecs.lookup(guess)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), max_size=100))
def test_utf8_round_trip(text: str) -> None:
    assert decode(text.encode()) == (text, None)
