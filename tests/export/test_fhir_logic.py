"""What a FHIR document says of a patient is what the criteria say: brute force over small worlds."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.evaluate.worlds import Facts, World, holds, node_holds, nodes, statement, trees, worlds
from trialparse.export.exact import compact
from trialparse.export.fhir.logic import Writer
from trialparse.export.fhir.parts import Part, Parts
from trialparse.export.losses import Losses
from trialparse.models.eligibility import Criterion
from trialparse.models.requirement import AllOf, AnyOf, If, Not, Requirement


def meets(characteristic: dict[str, Any], world: World) -> bool:
    """FHIR's own logic, two-valued: `exclude` turns the rest round."""
    joint = characteristic.get("definitionByCombination")
    if joint is None:
        found = world[characteristic["definitionCodeableConcept"]["text"]]
    else:
        met = sum(meets(each, world) for each in joint["characteristic"])
        wanted = {"all-of": len(joint["characteristic"]), "any-of": 1, "at-least": joint.get("threshold")}
        found = met >= wanted[joint["code"]]
    return found is not characteristic.get("exclude", False)


def written(part: Part, *, excludes: bool) -> dict[str, Any]:
    found = compact(Writer(Losses()).root(part, excludes=excludes))
    assert isinstance(found, dict)
    return found


def agrees(part: Part | None, meaning: list[bool | None], facts: Facts, *, excludes: bool) -> None:
    """Whom it does not concern meets an inclusion criterion, and no exclusion criterion."""
    idle = not excludes
    outcomes = [idle if value is None else value for value in meaning]
    if part is None:
        assert set(meaning) <= {None}
        return
    characteristic = written(part, excludes=excludes)
    admitted = [meets(characteristic, world) for world in worlds(facts)]
    assert admitted == [outcome is not excludes for outcome in outcomes]


def criterion(item: Requirement) -> Criterion:
    return Criterion.model_validate({"id": "I1", "text": "text", "span": {"start": 0, "end": 4}, "requirement": item})


@given(trees(once=False) | trees(once=True), st.booleans())
def test_requirements(drawn: tuple[Requirement, Facts], excludes: bool) -> None:
    item, facts = drawn
    facts = dict.fromkeys(facts)
    meaning = [holds(item, world) for world in worlds(facts)]
    agrees(Parts(Losses()).criterion(criterion(item)), meaning, facts, excludes=excludes)


@given(nodes(), st.booleans())
def test_criteria_with_children(drawn: tuple[Criterion, Facts], excludes: bool) -> None:
    node, facts = drawn
    facts = dict.fromkeys(list(facts)[:8]) | dict.fromkeys(list(facts)[8:], True)
    meaning = [node_holds(node, world) for world in worlds(facts)]
    agrees(Parts(Losses()).criterion(node), meaning, facts, excludes=excludes)


A, B = statement("a"), statement("b")


def shape(item: Requirement, *, excludes: bool) -> object:
    """A characteristic as nested lists, `exclude` as "not"."""

    def shown(element: dict[str, Any]) -> object:
        joint = element.get("definitionByCombination")
        found: object = element.get("definitionCodeableConcept", {}).get("text")
        if joint is not None:
            found = [joint["code"], *map(shown, joint["characteristic"])]
        return ["not", found] if element.get("exclude") else found

    part = Parts(Losses()).criterion(criterion(item))
    assert part is not None
    return shown({**written(part, excludes=excludes), "exclude": False})


def test_a_condition_is_an_alternative_where_it_must_not_fail() -> None:
    item = If(condition=A, then=B)
    assert shape(item, excludes=False) == ["any-of", ["not", "a"], "b"]
    assert shape(item, excludes=True) == ["all-of", "a", "b"]


def test_a_denial_stands_below_the_text_that_says_it() -> None:
    assert shape(Not(item=A), excludes=False) == ["all-of", ["not", "a"]]
    assert shape(AllOf(items=(A, Not(item=B))), excludes=True) == ["all-of", "a", ["not", "b"]]


def test_what_binds_nobody_is_left_out() -> None:
    note = statement("note", asserts=False)
    assert shape(AnyOf(items=(A, note)), excludes=False) == ["any-of", "a"]
    losses = Losses()
    assert Parts(losses).criterion(criterion(If(condition=note, then=B))) is None
    assert [(each.code, each.path, each.text) for each in losses.found] == [
        ("binds_nobody", "I1/0.0", "note"),
        ("binds_nobody", "I1/0.1", "b"),
    ]
