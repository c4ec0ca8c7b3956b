"""Everything from `trialparse`: each name lazily, each model as it shows itself, and ways through a requirement."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from io import StringIO

import pytest
from rich.console import Console

import trialparse
from tests.conftest import ROOT

PAGE = (
    "Inclusion Criteria:\n\n* Adequate function:\n  * Platelets ≥ 75 × 10^9/L\n  * ALT ≤ 3 × ULN (≤ 5 × ULN if <b>\n\n"
    "Exclusion Criteria:\n\n* Stroke within 6 months"
)


def threshold(text: str) -> trialparse.Threshold:
    found = trialparse.parse_criterion(text).requirement
    assert isinstance(found, trialparse.Threshold)
    return found


@pytest.mark.parametrize("name", trialparse.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(trialparse, name) is not None
    assert name in dir(trialparse)


def test_importing_loads_none_of_it() -> None:
    look = "import sys; known = set(sys.modules); import trialparse; print(*sorted(sys.modules.keys() - known))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = done.stdout.split()
    assert [name for name in loaded if name.startswith("trialparse")] == ["trialparse", "trialparse._version"]
    assert "typing" not in loaded, "it takes three quarters of the time"


# how things show themselves


def test_a_limit_is_written_without_exponents() -> None:
    for value in ("10", "1E+1", "75.0", "1000000"):
        limit = trialparse.Limit(value=Decimal(value), inclusive=True)
        assert "E" not in f"{limit} {limit.value} {limit!r}"
    assert str(trialparse.Limit(value=Decimal("1E+1"), inclusive=True)) == "10"
    assert str(trialparse.Age(value=Decimal("1E+1"), unit="a")) == "10 a"


def test_requirements_are_written_as_formulas() -> None:
    item = trialparse.parse_criterion("Platelets ≥ 75 × 10^9/L (≥ 50 × 10^9/L if liver metastases)").requirement
    assert str(item) == "if liver metastases: platelets ≥ 50 10*9/L, otherwise ≥ 75 10*9/L"
    assert repr(item) == f"<If {item}>"
    assert str(threshold("ALT ≤ 2.5 × ULN").upper) == "2.5 × ULN"


def test_reprs_are_short() -> None:
    trial = trialparse.parse(PAGE)
    assert repr(trial) == "<Trial without id '' <Eligibility 1 inclusion, 1 exclusion, 0 other>>"
    assert repr(trial.eligibility.exclusion[0]) == "<Criterion E1 'Stroke within 6 months'>"


def test_notebooks_show_the_criteria_and_nothing_gets_through() -> None:
    trial = trialparse.parse(PAGE)
    shown = trial._repr_html_()
    assert "<h4>Exclusion</h4>" in shown
    assert '<span class="tp-threshold">Platelets ≥ 75 × 10^9/L</span>' in shown
    assert '<code class="tp-threshold">platelets ≥ 75 10*9/L</code>' in shown
    assert '<span class="tp-event">Stroke </span><span class="tp-event tp-window">within 6 months</span>' in shown
    for tag in ("ul", "li", "div", "span", "code", "em"):
        assert len(re.findall(rf"<{tag}[ >]", shown)) == shown.count(f"</{tag}>"), tag
    for item in (trial.eligibility, trial.eligibility.inclusion[0]):
        assert item._repr_html_().startswith("<style>")
    dressed = trial.eligibility.inclusion[0].model_copy(update={"text": "<script>", "marker": "<i>"})
    assert "<script>" not in dressed._repr_html_()


def test_rich_prints_trees() -> None:
    trial = trialparse.parse(PAGE)
    for item in (trial, trial.eligibility, trial.eligibility.inclusion[0]):
        console = Console(file=StringIO(), width=100)
        console.print(item)
        assert "I1.1 Platelets" in console.file.getvalue()  # type: ignore[attr-defined]


# limits put to use


def test_a_limit_converts() -> None:
    item = threshold("Total bilirubin ≤ 1.5 mg/dL")
    assert item.upper is not None
    limit = item.upper.to("µmol/L", item.measure)
    assert limit.unit is not None
    assert (limit.value, limit.unit.ucum, limit.inclusive) == (Decimal("25.6559"), "umol/L", True)
    assert item.upper.to("umol/L", "total bilirubin") == item.upper.to("umol/L", "total_bilirubin")
    for unit, measure, said in (
        ("umol/L", None, "mg/dL and umol/L do not convert without a measure, whose molar mass"),
        ("furlong", item.measure, "'furlong' is no unit"),
    ):
        with pytest.raises(ValueError, match=said):
            item.upper.to(unit, measure)
    relative = threshold("ALT ≤ 3 × ULN").upper
    assert relative is not None
    with pytest.raises(ValueError, match="has no unit to convert from"):
        relative.to("U/L")


def test_a_threshold_admits() -> None:
    item = threshold("Platelets ≥ 75 × 10^9/L")
    assert item.admits(75, "10*9/L") is True
    assert item.admits(74_999, "/uL") is False
    assert item.admits(75) is None
    assert item.lower is not None
    assert item.lower.admits(75, "10*9/L", side="lower") is True
    assert item.lower.admits(76, "10*9/L", side="upper") is False
    assert threshold("ALT ≤ 3 × ULN").admits(100, "U/L", uln=40) is True
    assert threshold("Child-Pugh A or B").admits("C") is False
    with pytest.raises(ValueError, match="no unit that is known"):
        item.admits(75, "giga")


PAIRS = [
    # one, other, overlap, the first is implied by the second
    ("Platelets ≥ 75 × 10^9/L", "Platelets ≥ 100,000/mm3", True, True),
    ("Platelets ≥ 100 × 10^9/L", "Platelets ≥ 75,000/mm3", True, False),
    ("Platelets < 75 × 10^9/L", "Platelets ≥ 75 × 10^9/L", False, False),
    ("Platelets ≤ 75 × 10^9/L", "Platelets ≥ 75 × 10^9/L", True, False),
    ("Platelets ≥ 75 × 10^9/L", "Platelets > 75 × 10^9/L", True, True),
    ("Platelets > 75 × 10^9/L", "Platelets ≥ 75 × 10^9/L", True, False),
    ("ALT ≤ 3 × ULN", "ALT ≤ 2.5 × ULN", True, True),
    ("ALT ≤ 3 × ULN", "ALT ≤ 100 U/L", None, None),
    ("ALT ≤ 3 × ULN", "AST ≤ 2.5 × ULN", None, None),
    ("Age 18 to 75 years", "Age 20 to 60 years", True, True),
    ("Child-Pugh A or B", "Child-Pugh B or C", True, False),
    ("Total bilirubin ≤ 26 µmol/L", "Total bilirubin ≤ 1.5 mg/dL", True, True),
]


@pytest.mark.parametrize(("one", "other", "overlap", "implied"), PAIRS)
def test_two_thresholds(one: str, other: str, overlap: bool | None, implied: bool | None) -> None:
    first, second = threshold(one), threshold(other)
    assert first.overlaps(second) is second.overlaps(first) is overlap
    assert first.implied_by(second) is implied


# ways through a requirement


class Names(trialparse.Visitor[list[str]]):
    """Measures and prose, in order."""

    def threshold(self, item: trialparse.Threshold) -> list[str]:
        return [item.measure.name or item.measure.text]

    def statement(self, item: trialparse.Statement) -> list[str]:
        return [item.text]

    def conditional(self, item: trialparse.If) -> list[str]:
        parts = [item.condition, item.then, *([item.otherwise] if item.otherwise else [])]
        return [name for part in parts for name in self.visit(part)]


def test_a_visitor_and_a_walk() -> None:
    item = trialparse.parse_criterion("ALT ≤ 3 × ULN (≤ 5 × ULN if liver metastases)").requirement
    assert item is not None
    assert Names().visit(item) == ["liver metastases", "alt", "alt"]
    assert [(place.path, place.part, place.item.kind) for place in trialparse.walk(item)] == [
        ("0", None, "if"),
        ("0.0", "condition", "statement"),
        ("0.1", "then", "threshold"),
        ("0.2", "otherwise", "threshold"),
    ]
    with pytest.raises(NotImplementedError):
        Names().visit(trialparse.Not(item=item))
