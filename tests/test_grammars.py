"""The grammars: no conflicts, and every terminal has its producer and every token its consumer."""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest
import regex
from lark import Lark

import trialparse.requirements
from trialparse.requirements import ladder
from trialparse.requirements.clauses import Link
from trialparse.requirements.lexer import lex
from trialparse.requirements.parser import grammar_text
from trialparse.requirements.polarity import Polarity
from trialparse.requirements.reader import _with_limits

STARTS = {"comparator": "start", "quantity": "start", "window": "start", "requirement": "requirement"}
# what the lexer makes of words that stand for numbers
SPELLED = {"NUM": "AMOUNT", "FRACTION": "AMOUNT", "TWICE": "TIMES"}


def declared(name: str) -> set[str]:
    found = regex.search(r"^%declare (.+)$", grammar_text(name), regex.MULTILINE)
    assert found is not None
    return set(found[1].split())


def vocabulary_table() -> dict[str, dict[str, list[str]]]:
    path = files("trialparse.lexicon").joinpath("data/vocabulary.json")
    table: dict[str, dict[str, list[str]]] = json.loads(path.read_text(encoding="utf-8"))
    return table


@lru_cache(maxsize=1)
def produced() -> frozenset[str]:
    """Token types that reading one phrase of every kind gives."""
    types: set[str] = set()
    for values in vocabulary_table().values():
        for phrases in values.values():
            for phrase in phrases:
                text = f"5 {phrase} 5"
                types.update(token.type for token in lex(text, 0, len(text)))
    for text in (
        "platelets < 5",
        "Child-Pugh A",
        "within 5 days",
        "at least 5 days",
        "in the past month",
        "plain words",
    ):
        tokens = lex(text, 0, len(text))
        types.update(token.type for token in [*tokens, *_with_limits(tokens)])
    return frozenset(types)


def conflicts(grammar: str, start: str, caplog: pytest.LogCaptureFixture) -> list[str]:
    """What Lark's analysis resolved by itself; its strict mode would need another package that slows every start."""
    with caplog.at_level(logging.DEBUG, logger="lark"):
        Lark(grammar, parser="lalr", start=start, debug=True)
    return [record.message for record in caplog.records if "conflict" in record.message.lower()]


@pytest.mark.parametrize("name", STARTS)
def test_grammar_is_lalr_without_conflicts(name: str, caplog: pytest.LogCaptureFixture) -> None:
    assert conflicts(grammar_text(name), STARTS[name], caplog) == []


def test_a_conflict_would_show(caplog: pytest.LogCaptureFixture) -> None:
    assert conflicts("start: A start? start?\n%declare A", "start", caplog) != []


def test_every_grammar_file_is_tested() -> None:
    found = {path.name for path in files("trialparse.grammars").iterdir() if path.name.endswith(".lark")}
    assert found == {f"{name}.lark" for name in STARTS}


@pytest.mark.parametrize("name", ["quantity", "window"])
def test_every_declared_terminal_is_produced(name: str) -> None:
    assert declared(name) - produced() == set()


def test_requirement_reads_just_what_the_ladder_writes() -> None:
    polarities = [Polarity(*values) for values in product((False, True), repeat=3)]
    links = {polarity.terminal(link) for polarity in polarities for link in Link}
    source = Path(ladder.__file__).read_text(encoding="utf-8")
    written = set(regex.findall(r'(?:_put|_wrapped)\(\s*+"([A-Z_]++)"', source)) | {"EXCEPT", "WHEN"}
    assert declared("requirement") == links | written


@pytest.mark.parametrize("kind", sorted(vocabulary_table()))
def test_every_kind_of_phrase_becomes_its_token(kind: str) -> None:
    for value, phrases in vocabulary_table()[kind].items():
        wanted = value if kind == "PUNCT" else SPELLED.get(kind, kind)
        for phrase in phrases:
            text = f"5 {phrase} 5" if kind in ("POST", "INCL", "EXCL", "TO") else f"word {phrase} 5"
            if wanted in {token.type for token in lex(text, 0, len(text))}:
                break
        else:
            pytest.fail(f"no phrase of {kind} {value!r} is read as {wanted}")


def test_every_token_is_consumed() -> None:
    """A type that no grammar declares is looked at by name somewhere in the package."""
    folder = Path(trialparse.requirements.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    terminals = set().union(*(declared(name) for name in STARTS))
    unread = {kind for kind in produced() - terminals if not regex.search(rf"\b{kind}\b", source)}
    assert unread == set()
