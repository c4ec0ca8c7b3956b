"""The JSON Schema of a trial, such that code generated from it has the names of the models and can tell kinds apart."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from trialparse.models.trial import SCHEMA_VERSION, Trial


class _WithoutFieldTitles(GenerateJsonSchema):
    """Generators of code make a type of each title: only the models have one."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        return False


def trial_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what `Trial.model_dump(mode="json")` gives, also with `exclude_none=True`.

    Whatever is never null is required, `kind` included; the union of the eight kinds is `$defs/Requirement`.
    """
    trial = Trial.model_json_schema(mode="serialization", schema_generator=_WithoutFieldTitles)
    definitions = trial.pop("$defs")
    for model in (trial, *definitions.values()):
        model["required"] = [name for name, field in model["properties"].items() if not _nullable(field)]
    requirement = definitions["Not"]["properties"]["item"]
    definitions = {name: _named(model, requirement) for name, model in definitions.items()}
    # without `discriminator`, which is OpenAPI's: validators of JSON Schema refuse it
    kinds = {"description": "What a criterion asks for: one of eight kinds.", "oneOf": requirement["oneOf"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:trialparse:trial:{SCHEMA_VERSION}",
        **_named(trial, requirement),
        "$defs": dict(sorted({**definitions, "Requirement": {"title": "Requirement", **kinds}}.items())),
    }


def _nullable(field: dict[str, Any]) -> bool:
    return {"type": "null"} in field.get("anyOf", ())


def _named(part: Any, union: dict[str, Any]) -> Any:
    """With a reference for each copy of the union, and references alone: what stands beside one makes another type."""
    if isinstance(part, list):
        return [_named(each, union) for each in part]
    if not isinstance(part, dict):
        return part
    if union.items() <= part.items():
        return {"$ref": "#/$defs/Requirement"}
    if "$ref" in part and len(part) > 1:
        return {"allOf": [{"$ref": part["$ref"]}], **{key: each for key, each in part.items() if key != "$ref"}}
    return {key: _named(each, union) for key, each in part.items()}
