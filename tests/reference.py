"""The pages of `docs/` that follow from the code: the output model, the command line, what was measured last."""

from __future__ import annotations

import ast
import dataclasses
import json
import types
from collections.abc import Iterator
from inspect import Parameter, cleandoc, getsource, signature
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from typer.models import ArgumentInfo, CommandInfo, OptionInfo

from benchmarks.__main__ import MEASURED
from tests.exams import SCORES
from trialparse.cli import app
from trialparse.models.base import Number
from trialparse.models.diagnostic import CODES
from trialparse.models.requirement import Requirement
from trialparse.models.trial import Trial
from trialparse.models.verdict import TrialVerdict

ASKED = {
    "seeds": "two pages, every threshold exactly",
    "logic_dev": "155 criteria, each put to patients: what it means",
    "logic_seeds": "the same of the two pages",
    "lct": "491 documents of the Leaf Clinical Trials corpus: limits, units, measures, times",
    "chia": "994 documents of Chia: limits, units, measures, times",
    "trees": "24 trials annotated by hand: outline, joins, limits, conditions, times",
    "pages": "176 records printed in known page layouts: fields",
    "scraped": "140 small pages as text extractors leave them",
    "formats": "73 files of other formats: fields, criteria, limits",
}
"""What each exam asks."""


def model_reference() -> str:
    """Every model of the output with its fields, from the trial down; then the codes of its diagnostics."""
    lines = [line for model in _models() for line in _fields(model)]
    kinds = ", ".join(map(_words, get_args(get_args(Requirement)[0])))
    lines += ["## Requirement", "", f"What a criterion asks for, told apart by `kind`: one of {kinds}.", ""]
    lines += ["## Diagnostic codes", "", "| code | severity | message |", "|---|---|---|"]
    lines += [f"| `{code}` | {severity} | {_cell(message)} |" for code, (severity, message) in CODES.items()]
    return "\n".join([*lines, ""])


def command_reference() -> str:
    """Each command with its arguments and options, and the exit codes of all."""
    lines = [line for command in app.registered_commands for line in _command(command)]
    lines += ["## Exit codes", "", "| code | meaning |", "|---|---|"]
    for code in str(app.info.epilog).removeprefix("Exit codes: ").rstrip(".").split("; "):
        lines.append("| {} | {} |".format(*code.split(" ", 1)))
    return "\n".join([*lines, ""])


def scores() -> str:
    """The figures of the last measurement, exam by exam."""
    found: dict[str, str] = json.loads(SCORES.read_text(encoding="utf-8"))
    lines = ["| exam | what it asks | figures |", "|---|---|---|"]
    lines += [
        f"| {name} | {ASKED[name]} | {_cell(line.partition(' ')[2]).replace('_', ' ')} |"
        for name, line in found.items()
    ]
    return "\n".join([*lines, ""])


def speed() -> str:
    """The figures of the last benchmark."""
    found: dict[str, str] = json.loads(MEASURED.read_text(encoding="utf-8"))
    lines = [f"{found.pop('on')}:", "", "| | |", "|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {figure} |" for name, figure in found.items()), ""])


def _models() -> Iterator[Any]:
    """Those of the output, then those of verdicts, in the order in which fields first name them."""
    seen: set[Any] = set()
    for root in (Trial, TrialVerdict):
        todo: list[Any] = [root]
        while todo:
            model = todo.pop(0)
            if model not in seen:
                seen.add(model)
                yield model
                hints = get_type_hints(model)
                todo += [each for name in _of(model) for each in _named_in(hints[name])]


def _of(model: Any) -> dict[str, str]:
    """The fields of a model, and what each is: its description, or the docstring below it."""
    own = [each for each in reversed(model.__mro__) if each.__module__.startswith("trialparse.")]
    told = {name: said for each in own for name, said in _docstrings(each).items()}
    if (fields := getattr(model, "__pydantic_fields__", None)) is None:  # a plain dataclass
        fields = {field.name: field for field in dataclasses.fields(model)}
    return {name: getattr(field, "description", None) or told.get(name, "") for name, field in fields.items()}


def _docstrings(cls: type) -> dict[str, str]:
    """The docstrings below the attributes of a class; pydantic would collect them where a class is made, at import."""
    (body,) = ast.parse(dedent(getsource(cls))).body
    assert isinstance(body, ast.ClassDef)
    return {
        before.target.id: cleandoc(behind.value.value)
        for before, behind in pairwise(body.body)
        if isinstance(before, ast.AnnAssign) and isinstance(before.target, ast.Name)
        if isinstance(behind, ast.Expr)
        and isinstance(behind.value, ast.Constant)
        and isinstance(behind.value.value, str)
    }


def _named_in(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type) and (issubclass(annotation, BaseModel) or dataclasses.is_dataclass(annotation)):
        yield annotation
    for each in get_args(annotation):
        yield from _named_in(each)


def _fields(model: Any) -> Iterator[str]:
    yield from (f"## {model.__name__}", "", _sentence(cleandoc(model.__doc__).partition("\n\n")[0]), "")
    yield from ("| field | type | what it is |", "|---|---|---|")
    hints = get_type_hints(model, include_extras=True)
    for name, told in _of(model).items():
        yield f"| `{name}` | {_cell(_words(hints[name]))} | {_cell(told)} |"
    yield ""


def _words(annotation: Any) -> str:
    """A type in words: `null` where it may be absent, one of its words, the model with a link."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        named = {Number: "number", Requirement: "[Requirement](#requirement)"}
        return next((words for each, words in named.items() if annotation == each), _words(inner[0]))
    if origin is Literal:
        return ", ".join(f"`{each}`" for each in inner)
    if origin in (Union, types.UnionType):
        return " or ".join(map(_words, inner))
    if origin is tuple:
        return f"list of {_words(inner[0])}"
    if annotation is type(None):
        return "null"
    if next(_named_in(annotation), None) is not None:
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return {str: "text", int: "whole number", bool: "true or false"}.get(annotation, str(annotation.__name__))


def _command(command: CommandInfo) -> Iterator[str]:
    call = command.callback
    assert call is not None
    yield from (f"## trialparse {command.name or call.__name__}", "", _sentence(call.__doc__), "")
    hints = get_type_hints(call, include_extras=True)
    rows = [_parameter(each, hints[each.name]) for each in signature(call).parameters.values()]
    yield from ["| | what it is | unless given |", "|---|---|---|", *rows, ""] if rows else []


def _parameter(each: Parameter, hint: Any) -> str:
    kind, info = get_args(hint)[:2]
    several = any(get_origin(each) is list for each in (kind, *get_args(kind)))
    if isinstance(info, ArgumentInfo):
        name = f"`{info.metavar}{'...' if several else ''}`"
    else:
        takes = "" if kind is bool else f" {info.metavar or _takes(kind)}"
        name = ", ".join(f"`{way}{takes}`" for way in _ways(info) or [f"--{each.name.replace('_', '-')}"])
    default = "" if each.default in (None, False, Parameter.empty) else f"`{each.default}`"
    return f"| {name} | {_cell(info.help or '')} | {default} |"


def _ways(info: OptionInfo) -> list[str]:
    """How an option may be written, where it says so: in an `Annotated` the first of them stands as the default."""
    return [each for each in (info.default, *(info.param_decls or ())) if isinstance(each, str)]


def _takes(kind: Any) -> str:
    """What an option without a name for its value takes: one of some words, a number, a file, a text."""
    (plain,) = [each for each in get_args(kind) if each is not type(None)] if type(None) in get_args(kind) else [kind]
    if get_origin(plain) is Literal:
        return "\\|".join(get_args(plain))
    if get_origin(plain) is list:
        (plain,) = get_args(plain)
    return {int: "N", float: "X", Path: "FILE"}.get(plain, "NAME")


def _sentence(text: str | None) -> str:
    return " ".join((text or "").split())


def _cell(text: str) -> str:
    return _sentence(text).replace("|", "\\|")
