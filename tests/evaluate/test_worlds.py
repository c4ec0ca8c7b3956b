"""`evaluate` against brute force over every world that the facts leave open."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.evaluate.worlds import NOWHERE, Facts, node_holds, nodes, told, trees, worlds
from trialparse.evaluate import Patient
from trialparse.models.eligibility import Criterion, Eligibility
from trialparse.models.requirement import Requirement

IDLE = {"I": True, "E": False}
"""What a criterion comes to that does not concern the patient."""


def patient(facts: Facts) -> Patient:
    return Patient(ask=told(facts))


def criterion(requirement: Requirement, section: str = "I") -> Criterion:
    return Criterion(id=f"{section}1", text="", span=NOWHERE, requirement=requirement)


def outcome(values: set[bool]) -> str:
    return {True: "met", False: "not_met"}[values.pop()] if len(values) == 1 else "unknown"


def by_force(node: Criterion, facts: Facts) -> str:
    found = [node_holds(node, world) for world in worlds(facts)]
    return outcome({IDLE[node.id[0]] if value is None else value for value in found})


@given(trees(once=True), st.sampled_from("IE"))
def test_where_each_fact_counts_once_the_verdict_is_exact(case: tuple[Requirement, Facts], section: str) -> None:
    node = criterion(case[0], section)
    assert node.evaluate(patient(case[1])).outcome == by_force(node, case[1])


@given(trees(once=False), st.sampled_from("IE"))
def test_a_verdict_holds_in_every_world(case: tuple[Requirement, Facts], section: str) -> None:
    node = criterion(case[0], section)
    found = node.evaluate(patient(case[1])).outcome
    assert found in ("unknown", by_force(node, case[1]))
    if None not in case[1].values():
        assert found != "unknown"


@given(nodes())
def test_criteria_with_children(case: tuple[Criterion, Facts]) -> None:
    assert case[0].evaluate(patient(case[1])).outcome == by_force(*case)


@given(trees(once=False), st.data())
def test_learning_more_never_turns_a_verdict(case: tuple[Requirement, Facts], data: Any) -> None:
    """Unknown may become met or not met; what was decided stays."""
    node = criterion(case[0])
    before = node.evaluate(patient(case[1]))
    more = {k: data.draw(st.sampled_from((True, False, None))) if v is None else v for k, v in case[1].items()}
    assert before.outcome in ("unknown", node.evaluate(patient(more)).outcome)


@given(trees(once=True))
def test_what_is_needed_decides(case: tuple[Requirement, Facts]) -> None:
    """An unknown verdict says what is missing; with all of that known it is decided, whatever else is not."""
    node = criterion(case[0])
    facts = dict(case[1])
    for _ in facts:
        verdict = node.evaluate(patient(facts))
        if verdict.outcome != "unknown":
            break
        assert verdict.needs
        assert verdict.reasons
        facts |= {need.name: True for need in verdict.needs}
    assert node.evaluate(patient(facts)).outcome != "unknown"


@given(st.lists(nodes(), max_size=4))
def test_the_whole_is_met_where_all_worlds_agree(cases: list[tuple[Criterion, Facts]]) -> None:
    facts: dict[str, bool | None] = {}
    roots: dict[str, list[Criterion]] = {"I": [], "E": []}
    forced = {}
    for number, (node, known) in enumerate(cases):
        old, new = f"{node.id[0]}1", f"{node.id[0]}{number}"
        roots[new[0]].append(Criterion.model_validate_json(node.model_dump_json().replace(old, new)))
        facts |= {name.replace(old, new): value for name, value in known.items()}
        forced[new] = by_force(node, known)
    whole = Eligibility(inclusion=tuple(roots["I"]), exclusion=tuple(roots["E"]))
    verdict = whole.evaluate(patient(facts))
    wanted = [forced[node.id] for node in (*whole.inclusion, *whole.exclusion)]
    assert [each.outcome for each in verdict.criteria] == wanted
    good = ["met" if node.id[0] == "I" else "not_met" for node in (*whole.inclusion, *whole.exclusion)]
    if not cases:
        assert verdict.outcome == "unknown"
    elif wanted == good:
        assert verdict.outcome == "met"
    else:
        failed = any(found not in ("unknown", right) for found, right in zip(wanted, good, strict=True))
        assert verdict.outcome == ("not_met" if failed else "unknown")
