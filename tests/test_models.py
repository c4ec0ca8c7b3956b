from __future__ import annotations

import copy
import inspect
import json
import pickle
from collections.abc import Iterator
from dataclasses import FrozenInstanceError
from decimal import Decimal
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.dataclasses import is_pydantic_dataclass

import trialparse
from trialparse.export.schema import trial_schema
from trialparse.models import base, requirement
from trialparse.models.base import Model, Number
from trialparse.models.diagnostic import CODES, diagnostic
from trialparse.models.requirement import Threshold
from trialparse.models.trial import SCHEMA_VERSION, Trial
from trialparse.models.verdict import Need

SPAN = {"start": 0, "end": 4}


def models(root: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in root.__subclasses__():
        yield model
        yield from models(model)


def leaf_types(annotation: Any) -> Iterator[Any]:
    """The types an annotation is made of; a container is one itself."""
    if get_origin(annotation) in (Union, UnionType):
        for part in get_args(annotation):
            yield from leaf_types(part)
    else:
        yield get_origin(annotation) or annotation
        for part in get_args(annotation):
            if not isinstance(part, str):
                yield from leaf_types(part)


VALUES = [
    kind
    for module in (base, requirement)
    for _, kind in inspect.getmembers(module, is_pydantic_dataclass)
    if kind.__module__ == module.__name__
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_values_are_immutable_to_the_bottom(value: Any) -> None:
    assert value.__dataclass_params__.frozen
    assert "__slots__" in vars(value)
    assert value.__pydantic_config__["extra"] == "forbid"
    for field in value.__pydantic_fields__.values():
        assert not {list, dict, set, bytearray} & set(leaf_types(field.annotation)), field


def example_values() -> dict[type, Any]:
    unit = requirement.Unit(text="×10^9/L", ucum="10*9/L")
    offset = requirement.Offset(value=Decimal("4.5"), unit=unit)
    return {
        type(value): value
        for value in (
            base.Span(start=1, end=4),
            unit,
            offset,
            requirement.Limit(value=Decimal("1.5"), inclusive=True, relative_to="ULN", offset=offset),
            requirement.Measure(name="alt", text="ALT"),
            requirement.Canonical(lower=Decimal(75), unit="10*9/L"),
            Need("value", "alt"),
        )
    }


@pytest.mark.parametrize("kind", [*VALUES, Need], ids=lambda kind: kind.__name__)
def test_values_have_what_models_have(kind: Any) -> None:
    value = example_values()[kind]

    class Holder(Model):
        value: kind

    held = Holder(value=value)
    for mode in ("python", "json"):
        for without in (False, True):
            dumped = held.model_dump(mode=mode, exclude_none=without)
            assert value.model_dump(mode=mode, exclude_none=without) == dumped["value"]
    assert json.loads(value.model_dump_json()) == json.loads(held.model_dump_json())["value"]
    assert kind.model_validate(value.model_dump()) == value
    assert kind.model_validate_json(value.model_dump_json()) == value
    assert kind.model_json_schema() == TypeAdapter(kind).json_schema()
    for same in (value.model_copy(), copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert same == value
        assert hash(same) == hash(value)
    assert not hasattr(value, "__dict__"), "small"
    with pytest.raises(ValidationError):
        kind.model_validate({**value.model_dump(), "surprise": 1})
    public = {name for name in dir(base.Value) if name.startswith("model_")}
    assert public <= set(dir(BaseModel))


def test_a_copy_with_other_values_is_validated() -> None:
    span = base.Span(start=1, end=4)
    assert span.model_copy(update={"end": 9}) == base.Span(start=1, end=9)
    with pytest.raises(ValidationError):
        span.model_copy(update={"end": -1})


@pytest.mark.parametrize("model", list(models(Model)), ids=lambda model: model.__name__)
def test_models_are_immutable_to_the_bottom(model: type[BaseModel]) -> None:
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"
    for name, field in model.model_fields.items():
        mutable = {list, dict, set, bytearray} & set(leaf_types(field.annotation))
        assert not mutable, f"{model.__name__}.{name}"


def example() -> dict[str, Any]:
    """A trial with every kind of requirement."""
    limit = {"value": "1.10", "inclusive": True, "relative_to": "ULN"}
    window = {
        "kind": "window",
        "upper": {"value": 28, "inclusive": True, "unit": {"text": "days", "ucum": "d"}},
        "direction": "before",
        "anchor": "enrollment",
        "text": "within 28 days before enrollment",
        "span": SPAN,
    }
    statement = {"kind": "statement", "text": "liver metastases", "span": SPAN, "windows": [window]}

    def threshold(name: str) -> dict[str, Any]:
        measure = {"name": name, "text": name}
        return {"kind": "threshold", "measure": measure, "upper": limit, "text": name, "span": SPAN}

    wanted = {
        "kind": "all",
        "items": [
            {"kind": "if", "condition": statement, "then": threshold("alt"), "otherwise": threshold("ast")},
            {"kind": "not", "item": {"kind": "any", "items": [threshold("inr"), window]}},
            {"kind": "at_least", "minimum": 1, "items": [{**threshold("aptt"), "windows": [window]}]},
        ],
    }
    criterion = {"id": "I1", "marker": "*", "text": "text", "span": SPAN, "requirement": wanted}
    return {
        "source": {"layout": "findatrial", "sha256": "0", "length": 4},
        "start_date": {"date": "2025-08", "type": "ACTUAL"},
        "eligibility": {"minimum_age": {"value": "0.1", "unit": "a"}, "inclusion": [criterion], "headings": [SPAN]},
    }


def test_json_round_trip_is_exact() -> None:
    trial = Trial.model_validate(example())
    dump = trial.model_dump_json()
    assert Trial.model_validate_json(dump) == trial
    assert Trial.model_validate(json.loads(dump)).model_dump_json() == dump
    assert '"value":1.1,' in dump
    assert hash(trial) == hash(Trial.model_validate_json(dump))


@pytest.mark.parametrize(
    "value", ["0", "75", "1.5", "0.1", "0.3", "75000", "1000000000000000", "0.000001", "123456789.012345", "-5"]
)
def test_numbers_are_exact_in_json(value: str) -> None:
    adapter = TypeAdapter[Decimal](Number)
    dump = adapter.dump_json(Decimal(value))
    assert adapter.validate_json(dump) == Decimal(value)
    assert isinstance(json.loads(dump), int | float)


def test_a_field_that_is_not_declared_is_an_error() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Trial.model_validate({**example(), "surprise": 1})


def test_assignment_is_an_error() -> None:
    trial = Trial.model_validate(example())
    with pytest.raises(ValidationError, match="frozen"):
        trial.eligibility.inclusion[0].text = "other"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        trial.eligibility.inclusion[0].span.end = 5  # type: ignore[misc]


def test_flat_views() -> None:
    trial = Trial.model_validate(example())
    rows = [(row.threshold.measure.name, row.negated, row.condition is not None) for row in trial.thresholds()]
    assert rows == [("alt", False, True), ("ast", False, False), ("inr", True, False), ("aptt", False, False)]
    assert {(row.section, row.criterion.id) for row in trial.thresholds()} == {("inclusion", "I1")}
    assert [row.negated for row in trial.windows()] == [False, True, False]


def test_diagnostic_codes_are_sorted_and_fill_their_message() -> None:
    assert list(CODES) == sorted(CODES)
    remark = diagnostic("numbering_gap", (3, 5), before=1, after=3)
    assert remark["message"] == "list numbering goes from 1 to 3; an item may be missing"
    assert remark["span"] == {"start": 3, "end": 5}
    assert diagnostic("no_criteria")["span"] is None


def test_output_satisfies_its_json_schema() -> None:
    schema = trial_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    dump = Trial.model_validate(example()).model_dump(mode="json")
    validator.validate(dump)
    dump["eligibility"]["inclusion"][0]["requirement"]["kind"] = "surprise"
    assert not validator.is_valid(dump)
    del dump["eligibility"]["inclusion"][0]["requirement"]["kind"]
    assert not validator.is_valid(dump)


def test_output_without_nulls_satisfies_its_json_schema() -> None:
    trial = Trial.model_validate(example())
    Draft202012Validator(trial_schema()).validate(trial.model_dump(mode="json", exclude_none=True))


def test_types_made_from_the_schema_have_the_names_of_the_models() -> None:
    """What generators of code make a type of: titles, and references with anything beside them."""
    schema = trial_schema()
    titles, beside, foreign = [], [], set[str]()
    todo: list[Any] = [schema]
    while todo:
        part = todo.pop()
        if isinstance(part, list):
            todo += part
        elif isinstance(part, dict):
            titles += [part["title"]] if isinstance(part.get("title"), str) else []
            beside += [part] if "$ref" in part and len(part) > 1 else []
            foreign |= part.keys() & {"discriminator", "nullable", "example"}
            todo += part.values()
    assert sorted(titles) == sorted([*schema["$defs"], "Trial"])
    assert beside == []
    assert not foreign, "keywords of OpenAPI, which validators of JSON Schema refuse"
    assert schema["$id"].endswith(SCHEMA_VERSION)
    kinds = [schema["$defs"][each["$ref"].rpartition("/")[2]] for each in schema["$defs"]["Requirement"]["oneOf"]]
    assert all("kind" in each["required"] and "const" in each["properties"]["kind"] for each in kinds)
    assert len({each["properties"]["kind"]["const"] for each in kinds}) == len(kinds) == 8


def test_a_changed_copy_has_its_own_formula() -> None:
    """The formula of a requirement is written once and kept with it."""
    found = trialparse.parse_criterion("Platelets ≥ 75 × 10^9/L").requirement
    assert isinstance(found, Threshold)
    assert str(found) is str(found)
    assert found.lower is not None
    changed = found.model_copy(update={"lower": found.lower.model_copy(update={"value": Decimal(50)})})
    assert (str(found), str(changed)) == ("platelets ≥ 75 10*9/L", "platelets ≥ 50 10*9/L")
    again = Threshold.model_validate(found.model_dump())
    assert (again, again.model_dump_json()) == (found, found.model_dump_json())
