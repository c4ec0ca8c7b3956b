"""The exam of logic put through `trialparse.evaluate`: the same verdicts, or a reason why not.

The exam's evaluator leaves out what a case does not mention; so does this one, by leaving such leaves out of the tree.
What prose says of several facts is as the exam reads it; all the rest (limits, units, times, logic) is ours.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

import trialparse
from tests.conftest import SHARED
from trialparse.evaluate import Patient
from trialparse.models.base import Span
from trialparse.models.eligibility import Criterion
from trialparse.models.requirement import AllOf, AnyOf, AtLeast, If, Not, Requirement, Statement, Threshold, Window

pytestmark = pytest.mark.shared
EXAMS = ("logic_dev.jsonl", "logic_seeds.jsonl")
LEAST = 0.98
EXPLAINED = {
    "NCT01208506#37": "what does not concern the patient, beside what nothing is told of: unknown there",
    "NCT07247227#50": "the same",
    "NCT02713230#60": "creatinine from umol/L to mg/dL by its molar mass, which the exam does not convert",
    "NCT00715624#7": "glucose from mmol/L to mg/dL, likewise",
    "NCT01184274#86": "`within normal limits` has two references: a fact in one is compared with that side",
    "NCT00982254#108": "28 without a unit that is known is not compared with 28 drinks a week",
}
"""Criterion -> why the two evaluators differ on some of its cases."""


@pytest.fixture(scope="module")
def exam() -> ModuleType:
    sys.path.insert(0, str(SHARED / "exam"))
    try:
        import score_logic  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    return score_logic  # type: ignore[no-any-return]


def answers(exam: ModuleType, case: dict[str, Any], section: str) -> Callable[[Statement | Window], Any]:
    """Prose as the exam reads it; times are left to us."""
    says = case.get("says", {})

    def ask(item: Statement | Window) -> Any:
        if isinstance(item, Window):
            key = next((k for k in says if exam.begins(k, f"{item.text} {item.anchor or ''}")), None)
            return None if key is None else time(says[key])
        told = [key for key in says if exam.begins(key, exam.words(item.text))]
        if len(told) == 1 and isinstance(says[told[0]], dict) and item.windows:
            start = exam.begins(told[0], exam.words(item.text)).start()
            if not exam._DENIAL.search(exam.words(item.text)[:start]):
                return time(says[told[0]])
        found = exam.Patient(case, section).statement(item.model_dump(mode="json"))
        return None if found == exam.UNKNOWN else found

    return ask


def time(said: Any) -> Any:
    return dt.timedelta(days=said["days"]) if isinstance(said, dict) else said


def values_for(exam: ModuleType, case: dict[str, Any], roots: tuple[Criterion, ...]) -> dict[str, Any]:
    """The case's values under the names of the measures that its criteria limit."""
    found = {}
    for threshold in (leaf for root in roots for leaf in leaves(root) if isinstance(leaf, Threshold)):
        fact = exam.Patient(case, "").fact({"name": threshold.measure.name, "text": threshold.measure.text})
        if fact is not None:
            found[threshold.measure.name or threshold.measure.text] = " ".join(fact).strip()
    return found


def leaves(node: Criterion) -> list[Requirement]:
    todo: list[Any] = [node]
    found = []
    while todo:
        item = todo.pop()
        if isinstance(item, Criterion):
            todo += [item.requirement, *item.children]
        elif isinstance(item, AllOf | AnyOf | AtLeast):
            todo += item.items
        elif isinstance(item, Not):
            todo.append(item.item)
        elif isinstance(item, If):
            todo += [item.condition, item.then, item.otherwise]
        elif item is not None:
            found.append(item)
    return found


class Mentioned:
    """A tree with only what a patient knows something of, and times that can be told in days."""

    def __init__(self, patient: Patient) -> None:
        self.patient = patient

    def node(self, node: Criterion) -> Criterion | None:
        own = None if node.requirement is None else self.item(node.requirement)
        children = tuple(kept for child in node.children if (kept := self.node(child)) is not None)
        if own is None and not children:
            return None
        # where nothing that is known stands below a heading, its own words count
        return node.model_copy(
            update={
                "requirement": own,
                "children": children,
                "heading": (node.heading and bool(children)) or own is None,
            }
        )

    def item(self, item: Requirement) -> Requirement | None:
        match item:
            case AllOf() | AnyOf() | AtLeast():
                items = tuple(kept for part in item.items if (kept := self.item(part)) is not None)
                return item.model_copy(update={"items": items}) if items else None
            case Not():
                inner = self.item(item.item)
                return None if inner is None else Not(item=inner)
            case If():
                condition, then = self.item(item.condition), self.item(item.then)
                otherwise = None if item.otherwise is None else self.item(item.otherwise)
                if condition is None:
                    return None
                silent = Statement(text="", span=Span(start=0, end=0), asserts=False)
                return If(condition=condition, then=then or silent, otherwise=otherwise)
            case Statement():
                timed = tuple(window for window in item.windows if all(map(known_unit, sides(window))))
                item = item.model_copy(update={"windows": timed})
        alone = Criterion(id="I1", text="", span=item.span, requirement=item)
        verdict = self.patient.judge_criterion(alone)
        return None if verdict.outcome == "unknown" or not verdict.reasons else item


def sides(window: Window) -> list[Any]:
    return [limit for limit in (window.lower, window.upper) if limit is not None]


def known_unit(limit: Any) -> bool:
    return limit.unit is not None and limit.unit.ucum in ("min", "h", "d", "wk", "mo", "a")


def verdict(exam: ModuleType, row: dict[str, Any], case: dict[str, Any]) -> object:
    section = row["section"]
    head = "Inclusion Criteria:\n\n" if section == "inclusion" else "Exclusion Criteria:\n\n"
    roots = getattr(trialparse.parse_criteria(head + row["text"]), section)
    values = values_for(exam, case, roots)
    patient = Patient(age=values.pop("age", None), values=values, ask=answers(exam, case, section))
    found = [patient.judge_criterion(kept).outcome for root in roots if (kept := Mentioned(patient).node(root))]
    if not found:
        return "unknown"
    wanted = "met" if section == "inclusion" else "not_met"
    other = next((each for each in found if each not in (wanted, "unknown")), None)
    outcome = other or ("unknown" if "unknown" in found else wanted)
    return {"met": True, "not_met": False}.get(outcome, outcome)


@pytest.mark.parametrize("name", EXAMS)
def test_the_exam_gives_the_same_verdicts(exam: ModuleType, name: str) -> None:
    same, cases, apart = 0, 0, []
    for row in exam.read_jsonl(SHARED / "exam" / name):
        for number, case in enumerate(row["cases"], 1):
            cases += 1
            try:
                theirs: object = exam.holds(row, case)
            except exam.Mismatch as error:
                theirs = str(error)
            try:
                ours = verdict(exam, row, case)
            except exam.Mismatch as error:  # a time is told of prose that has none
                ours = str(error)
            # a limit that cannot be compared is an error there and unknown here
            if ours == theirs or (ours == "unknown" and isinstance(theirs, str)):
                same += 1
            else:
                apart.append(f"{row['id']} case {number} {case}: {ours}, there {theirs}")
    assert not [each for each in apart if each.partition(" ")[0] not in EXPLAINED]
    assert same >= LEAST * cases, "\n".join([f"{same} of {cases}", *apart])
