"""`inspect`: every stage's product, with places that hold what is said of them."""

from __future__ import annotations

import subprocess
import sys

import pytest
import regex

from tests.conftest import FIXTURES
from trialparse import layouts
from trialparse.report.inspect import stages
from trialparse.text.readable import make_readable

PAGE = FIXTURES / "findatrial" / "velorobin.txt"
PLACE = regex.compile(r"\[(\d+):(\d+)\]")
HEADS = ["Layouts", "Fields", "Sections: text that fills no field", "Outline", "Diagnostics"]


def test_all_stages_in_their_order() -> None:
    lines = list(stages(PAGE.read_text(encoding="utf-8")))
    assert [line for line in lines if not line.startswith(" ")] == HEADS
    assert "  read as findatrial: its signs make it the surest" in lines
    assert any("tokens" in line and "MEASURE(ECOG" in line for line in lines)
    assert any(line.strip() == "limit  0 ≤ ecog ≤ 2" for line in lines)
    assert any(line.strip() == "reads  0 ≤ ecog ≤ 2" for line in lines)


def test_places_hold_what_was_read() -> None:
    source = PAGE.read_text(encoding="utf-8")
    fields = {line.split()[0]: line for line in stages(source) if line.startswith("  ") and PLACE.search(line)}
    for name, shown in {"lead_sponsor": "Harbour Hill Institute", "sex": "All", "I1": "Age 18 to 80"}.items():
        place = PLACE.search(fields[name])
        assert place is not None
        assert shown in source[int(place[1]) : int(place[2])]


@pytest.mark.parametrize(
    "path", sorted(FIXTURES.glob("*/*.[txch]*")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_every_field_has_its_place(path: object) -> None:
    source = FIXTURES.joinpath(str(path)).read_text(encoding="utf-8")
    record = layouts.read(make_readable(source))
    assert set(record.places) >= {*record.fields, *record.eligibility}
    assert all(0 <= start <= end <= len(source) for start, end in record.places.values())


def test_scores_are_those_of_the_text_in_the_markup() -> None:
    sign = next(iter(layouts.load("findatrial").signs))  # type: ignore[attr-defined]
    page = "<!doctype html><h1>A trial</h1><p>" + " ".join(f"<b>{word}</b>" for word in sign.split())
    lines = list(stages(page))
    assert f"  0.40 findatrial: it prints {sign!r}" in lines
    assert "  read as generic: too few signs of any other; one alone is not enough" in lines


def test_the_command() -> None:
    command = [sys.executable, "-m", "trialparse", "inspect", str(PAGE)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == list(stages(PAGE.read_bytes()))


def test_bytes_and_layouts() -> None:
    lines = list(stages(PAGE.read_bytes(), "generic"))
    assert "  read as generic: the caller named it" in lines
    with pytest.raises(ValueError, match="nowhere"):
        list(stages("x", "nowhere"))
