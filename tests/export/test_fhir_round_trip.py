"""There and back: the limits that are read from a FHIR document are the trial's, but for those named as lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, given, settings

import trialparse
from tests.conftest import SHARED
from tests.export.samples import eligibilities, fixtures
from trialparse.export.exact import dumps, loads
from trialparse.export.fhir import from_fhir, to_fhir
from trialparse.export.fhir.codes import wrong_codes
from trialparse.export.losses import LOSSES, Loss
from trialparse.models.base import Span
from trialparse.models.comparison import sides as limits_on
from trialparse.models.eligibility import Eligibility
from trialparse.models.requirement import Limit, Threshold, Window
from trialparse.models.trial import Trial
from trialparse.models.views import thresholds_of, windows_of
from trialparse.models.visit import walk

TREES = SHARED / "exam" / "trees_dev_texts.jsonl"


class Limited(NamedTuple):
    """A threshold or a window as the flat views give it, without what is derived."""

    section: str
    criterion: str
    item: Threshold | Window
    negated: bool
    role: str
    alternative: bool
    conditional: bool = False


def flat(eligibility: Eligibility) -> list[Limited]:
    found = []
    for each in thresholds_of(eligibility):
        item = each.threshold.model_copy(update={"canonical": None, "windows": ()})
        found.append(
            Limited(
                each.section,
                each.criterion.id,
                item,
                each.negated,
                each.role,
                each.alternative is not None,
                conditional=each.condition is not None,
            )
        )
    for time in windows_of(eligibility):
        found.append(
            Limited(time.section, time.criterion.id, time.window, time.negated, time.role, time.alternative is not None)
        )
    return found


def lost_items(eligibility: Eligibility, losses: Iterable[Loss]) -> set[tuple[str, type, Span]]:
    """The limits and times at whose place something is lost: their criterion, kind and place in the source."""
    paths = {each.path for each in losses if each.kept != "convention"}
    return {
        (node.id, type(place.item), place.item.span)
        for _, node in eligibility.criteria()
        for place in (walk(node.requirement) if node.requirement is not None else ())
        if isinstance(place.item, Threshold | Window) and f"{node.id}/{place.path}" in paths
    }


def check(trial: Trial) -> Counter[str]:
    """A trial there and back; counts what came back and what was lost."""
    document, losses = to_fhir(trial)
    text = dumps(document)
    assert loads(text) == document
    assert wrong_codes(document) == []
    assert broken(document) == []
    assert {each.code for each in losses} <= LOSSES.keys()
    before, after = flat(trial.eligibility), flat(from_fhir(text))
    lost = lost_items(trial.eligibility, losses)

    notes = {each.path.partition("/")[0] for each in losses if each.code == "binds_nobody"}

    def kept(found: list[Limited]) -> list[Limited]:
        # "if C, a note, otherwise R" comes back as "if not C, R", which says the same
        return [
            each._replace(negated=False, conditional=False) if each.criterion in notes else each
            for each in found
            if (each.criterion, type(each.item), each.item.span) not in lost
        ]

    assert kept(after) == kept(before)
    counts = Counter(each.code for each in losses)
    # a time that each member of a list shares is printed once
    printed, came_back = (
        {(each.criterion, type(each.item), each.item.span) for each in found} for found in (before, kept(before))
    )
    return counts + Counter({"limits": len(printed), "kept": len(came_back)})


def broken(value: Any, path: str = "") -> list[str]:
    """Invariants of FHIR R5 that `fhir.resources` does not check."""
    if isinstance(value, list):
        return [each for number, part in enumerate(value) for each in broken(part, f"{path}[{number}]")]
    if not isinstance(value, dict):
        return [f"{path}: empty"] if value is None or (isinstance(value, str) and not value.strip()) else []
    found = [each for key, part in value.items() for each in broken(part, f"{path}.{key}")]
    if not value:
        found.append(f"{path}: ele-1")
    if len([key for key in value if key.startswith("definition") and key != "definition"]) > 1:
        found.append(f"{path}: evv-1")
    if "code" in value and "value" in value and "system" not in value:
        found.append(f"{path}: qty-3")
    if "low" in value and "high" in value:
        low, high = value["low"], value["high"]
        if low["value"] > high["value"] or low.get("code") != high.get("code") or "comparator" in low | high:
            found.append(f"{path}: rng-2")
    if ("low" in value) != ("high" in value):
        found.append(f"{path}: a range with an unknown end")
    if "extension" in value and "url" in value and any(key.startswith("value") for key in value):
        found.append(f"{path}: ext-1")
    return found


@given(eligibilities())
@settings(max_examples=60, phases=[Phase.generate])
def test_generated_trees(eligibility: Eligibility) -> None:
    trial = trialparse.parse("Inclusion Criteria:\n* age ≥ 18").model_copy(update={"eligibility": eligibility})
    check(trial)


def test_fixtures() -> None:
    total = sum((check(trial) for trial in fixtures()), Counter[str]())
    assert total["kept"] > 0.9 * total["limits"]


def test_the_models_of_others_accept_the_documents() -> None:
    """They look neither at codes nor at what holds between elements, which `check` does."""
    model = pytest.importorskip(
        "fhir.resources.researchstudy", reason="the extra `interop` is not installed"
    ).ResearchStudy
    texts = (
        [json.loads(line)["text"] for line in TREES.read_text(encoding="utf-8").splitlines()] if TREES.exists() else []
    )
    for trial in (*fixtures(), *map(trialparse.parse, texts)):
        model.model_validate(json.loads(dumps(to_fhir(trial)[0])))


def sides(eligibility: Eligibility) -> set[tuple[str, str, str, Limit]]:
    """Every limit by its criterion, measure and side."""
    return {
        (each.criterion.id, each.threshold.measure.text, side, limit)
        for each in thresholds_of(eligibility)
        for limit, side in limits_on(each.threshold)
    }


def bare(value: Any) -> Any:
    """A document as others write it: without our extensions."""
    if isinstance(value, dict):
        return {key: bare(each) for key, each in value.items() if key != "extension"}
    return [bare(each) for each in value] if isinstance(value, list) else value


def test_the_limits_do_not_hang_on_extensions() -> None:
    for trial in fixtures():
        document, _ = to_fhir(trial)
        assert sides(from_fhir(bare(document))) == sides(from_fhir(document))


@pytest.mark.shared
def test_the_seeds_and_the_annotated_trials(capsys: pytest.CaptureFixture[str]) -> None:
    """Says what share of the limits is lost, by reason."""
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    lines = TREES.read_text(encoding="utf-8").splitlines()
    texts = [*(seed.read_text(encoding="utf-8") for seed in seeds), *(json.loads(line)["text"] for line in lines)]
    total = sum((check(trialparse.parse(text)) for text in texts), Counter[str]())
    share = 1 - total["kept"] / total["limits"]
    with capsys.disabled():
        print(f"\nFHIR R5: {total['limits']} limits and times of {len(texts)} trials, {share:.1%} lost; {dict(total)}")
    assert share < 0.05


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ({"title": " "}, "empty"),
        ({"note": [{}]}, "ele-1"),
        ({"definitionId": "a", "definitionCodeableConcept": {"text": "b"}}, "evv-1"),
        ({"value": 1, "code": "mg"}, "qty-3"),
        ({"low": {"value": 2}, "high": {"value": 1}}, "rng-2"),
        ({"low": {"value": 2}}, "unknown end"),
        ({"url": "a", "extension": [{"url": "b", "valueCode": "c"}], "valueCode": "d"}, "ext-1"),
    ],
)
def test_what_breaks_a_rule_is_found(value: dict[str, Any], rule: str) -> None:
    assert any(rule in each for each in broken(value))
