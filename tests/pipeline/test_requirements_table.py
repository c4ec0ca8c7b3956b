"""The table of requirements: every tree is rebuilt from it, exactly; the flat tables know their place."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

import trialparse
from tests.conftest import FIXTURES
from trialparse.export.rows import rows
from trialparse.models.requirement import Requirement
from trialparse.models.trial import Trial

REQUIREMENT: TypeAdapter[Requirement] = TypeAdapter(Requirement)
Row = dict[str, Any]


def rebuilt(table: list[Row]) -> dict[str, Requirement]:
    """Criterion -> requirement, from the rows alone."""
    trees: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in sorted(table, key=lambda row: -row["order"]):  # children first
        below = [(key, tree) for key, tree in trees[row["criterion"]].items() if key.rpartition(".")[0] == row["node"]]
        parts: dict[str, list[Row]] = defaultdict(list)
        for key, tree in sorted(below, key=lambda pair: int(pair[0].rpartition(".")[2])):
            parts[tree.pop("part")].append(tree)
            del trees[row["criterion"]][key]
        trees[row["criterion"]][row["node"]] = {"part": row["part"], **node(row, parts)}
    found = {}
    for criterion, roots in trees.items():
        (root,) = roots.values()
        assert root.pop("part") is None
        found[criterion] = REQUIREMENT.validate_python(root)
    return found


def node(row: Row, parts: dict[str, list[Row]]) -> Row:
    kind = row["kind"]
    if kind in ("all", "any", "at_least"):
        return {"kind": kind, "items": parts["item"]} | ({"minimum": row["minimum"]} if kind == "at_least" else {})
    if kind == "not":
        return {"kind": kind, "item": parts["item"][0]}
    if kind == "if":
        return {"kind": kind, **{part: each for part, (each,) in parts.items()}}
    own: Row = {"kind": kind, "text": row["text"], "span": {"start": row["start"], "end": row["end"]}}
    if kind == "statement":
        return own | {"asserts": row["asserts"], "windows": parts["window"]}
    own |= {side: limit(row, side) for side in ("lower", "upper")}
    if kind == "window":
        return own | {"direction": row["direction"], "anchor": row["anchor"]}
    canonical = {side: exact(row[f"canonical_{side}"]) for side in ("lower", "upper")}
    return own | {
        "measure": {"name": row["measure"], "text": row["measure_text"], "loinc": row["loinc"]},
        "values": row["values"],
        "windows": parts["window"],
        "canonical": {**canonical, "unit": row["canonical_unit"]} if row["canonical_unit"] else None,
    }


def limit(row: Row, side: str) -> Row | None:
    if row[side] is None:
        return None
    added = exact(row[f"{side}_offset"])
    return {
        "value": exact(row[side]),
        "inclusive": row[f"{side}_inclusive"],
        "unit": unit(row, f"{side}_unit"),
        "relative_to": row[f"{side}_relative_to"],
        "offset": None if added is None else {"value": added, "unit": unit(row, f"{side}_offset_unit")},
    }


def unit(row: Row, name: str) -> Row | None:
    return None if row[f"{name}_text"] is None else {"text": row[f"{name}_text"], "ucum": row[name]}


def exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def agrees(trial: Trial) -> None:
    wanted = {each.id: each.requirement for _, each in trial.eligibility.criteria() if each.requirement is not None}
    assert rebuilt(rows(trial)["requirements"]) == wanted


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*/*.txt")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_tree_is_rebuilt(path: Any) -> None:
    agrees(trialparse.parse(path.read_bytes()))


CASES = [
    ("Inclusion", "Platelets ≥ 75 × 10^9/L", None),
    ("Inclusion", "Platelets ≥ 75 × 10^9/L and ECOG 0-1", None),
    ("Exclusion", "Platelets < 75 × 10^9/L or INR > 2", None),
    ("Exclusion", "Platelets < 75 × 10^9/L together with INR > 2", "E1/0"),
    ("Inclusion", "Platelets ≥ 75 × 10^9/L or INR ≤ 2", "I1/0"),
    ("Inclusion", "No platelets < 75 × 10^9/L", None),
    ("Inclusion", "In patients with cirrhosis, platelets ≥ 75 × 10^9/L", "I1/0"),
    ("Inclusion", "Any of the following:\n  * Platelets ≥ 75 × 10^9/L\n  * INR ≤ 2", "I1"),
    ("Inclusion", "All of the following:\n  * Platelets ≥ 75 × 10^9/L\n  * INR ≤ 2", None),
    ("Exclusion", "Any of the following:\n  * Platelets < 75 × 10^9/L\n  * INR > 2", None),
]


@pytest.mark.parametrize(("section", "text", "group"), CASES)
def test_a_limit_says_whether_it_decides_alone(section: str, text: str, group: str | None) -> None:
    trial = trialparse.parse(f"{section} Criteria:\n\n* {text}")
    found = [row for row in rows(trial)["thresholds"] if row["measure"] == "platelets"]
    assert [row["group"] for row in found] == [group]
    agrees(trial)


def test_windows_say_what_happens_and_when_in_days() -> None:
    text = (
        "Exclusion Criteria:\n\n* Received prior chemotherapy within 3 weeks before enrollment\n* Stroke after surgery"
    )
    (row,) = rows(trialparse.parse(text))["windows"]
    assert (row["subject"], row["upper_days"], row["lower_days"]) == ("chemotherapy", 21, None)
    assert (row["role"], row["group"], row["at_entry"]) == ("requirement", None, True)
