from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

import trialparse
from tests.export.samples import fixtures
from trialparse.export.exact import dumps
from trialparse.export.usdm import to_usdm

PAGE = """NCT09900154

Ages: 18 Years and older

Inclusion Criteria:
1. Age ≥ 18 years & <b>able</b> to walk < 500 m
2. Transfusion is allowed
3. One of the following:
   a. ECOG 0-1
   b. Karnofsky ≥ 70
Exclusion Criteria:
1. Chemotherapy within 3 weeks before enrollment
2. HIV infection
"""


@pytest.fixture(scope="module")
def version() -> dict[str, Any]:
    document, _ = to_usdm(trialparse.parse(PAGE))
    (found,) = document["study"]["versions"]
    return dict(found)


def test_the_text_is_xhtml_with_a_list_of_what_stands_under_it(version: dict[str, Any]) -> None:
    texts = [each["text"] for each in version["eligibilityCriterionItems"]]
    assert texts[1] == "<p>One of the following:</p><ul><li><p>ECOG 0-1</p></li><li><p>Karnofsky ≥ 70</p></li></ul>"
    assert "to walk &lt; 500 m" in texts[0]
    assert "&amp;" in texts[0]


def test_criteria_have_a_category_and_an_order(version: dict[str, Any]) -> None:
    (design,) = version["studyDesigns"]
    criteria = design["eligibilityCriteria"]
    assert [(each["identifier"], each["category"]["decode"]) for each in criteria] == [
        ("I1", "Inclusion Criteria"),
        ("I3", "Inclusion Criteria"),
        ("E1", "Exclusion Criteria"),
        ("E2", "Exclusion Criteria"),
    ]
    ids = [each["id"] for each in criteria]
    assert [each.get("nextId") for each in criteria] == [ids[1], None, ids[3], None]
    assert [each.get("previousId") for each in criteria] == [None, ids[0], None, ids[2]]
    assert design["population"]["criterionIds"] == ids
    assert [each["text"] for each in design["notes"]] == ["I2: Transfusion is allowed"]


def test_an_open_age_range_is_named_and_none_is_invented(version: dict[str, Any]) -> None:
    assert "plannedAge" not in version["studyDesigns"][0]["population"]
    _, losses = to_usdm(trialparse.parse(PAGE))
    assert [(each.path, each.text) for each in losses if each.code == "age_open"] == [
        ("eligibility.minimum_age", "18 a")
    ]


def test_limits_and_logic_are_named_as_text() -> None:
    _, losses = to_usdm(trialparse.parse(PAGE))
    found = {(each.code, each.path) for each in losses if each.kept in ("text", "note")}
    assert found == {
        ("threshold", "I1/0.0"),
        ("threshold", "I1/0.1"),
        ("binds_nobody", "I2"),
        ("logic", "I3"),
        ("threshold", "I3.1/0"),
        ("threshold", "I3.2/0"),
        ("window", "E1/0.0"),
    }


def objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for each in value for found in objects(each)]
    return [value, *objects(list(value.values()))] if isinstance(value, dict) else []


def test_the_documents_are_what_the_models_know() -> None:
    """The models take a wrong `instanceType` and pass over names that they do not have; so these are checked here."""
    models = pytest.importorskip("usdm_model.wrapper", reason="the extra `interop` is not installed")
    package = pytest.importorskip("usdm_model", reason="the extra `interop` is not installed")
    fields = {
        name: set(kind.model_fields)
        for name, kind in {**vars(package), **{k.__name__: k for k in _classes(models.Wrapper)}}.items()
        if isinstance(kind, type) and hasattr(kind, "model_fields")
    }
    for trial in fixtures():
        document = json.loads(dumps(to_usdm(trial)[0]))
        models.Wrapper.model_validate(document)
        found = objects(document["study"])
        assert all(each.keys() <= fields[each["instanceType"]] for each in found)
        ids = [each["id"] for each in found if "id" in each]
        assert len(ids) == len(set(ids))


def test_an_observational_design_is_one() -> None:
    model = pytest.importorskip(
        "usdm_model.study_design", reason="the extra `interop` is not installed"
    ).ObservationalStudyDesign
    trial = trialparse.parse(PAGE).model_copy(update={"study_type": "OBSERVATIONAL"})
    document, losses = to_usdm(trial)
    (design,) = json.loads(dumps(document))["study"]["versions"][0]["studyDesigns"]
    model.model_validate(design)
    assert (design["instanceType"], design.keys() - model.model_fields.keys()) == ("ObservationalStudyDesign", set())
    assert ("required", "study_type") in {(each.code, each.path) for each in losses}


def _classes(root: type) -> list[type]:
    base = root.__mro__[1]
    found, todo = [], [base]
    while todo:
        kind = todo.pop()
        found.append(kind)
        todo.extend(kind.__subclasses__())
    return found


def test_the_codes_are_those_of_the_codelists() -> None:
    pytest.importorskip("usdm_excel", reason="the extra `interop` is not installed")
    yaml = pytest.importorskip("yaml", reason="the extra `interop` is not installed")
    text = files("trialparse.export").joinpath("data", "usdm_v4.json").read_text(encoding="utf-8")
    ours = json.loads(text)
    terms = files("usdm_excel").joinpath("data", f"cdisc_ct_{ours['version']}.yaml").read_text(encoding="utf-8")
    lists = yaml.load(terms, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for table in ours["codes"].values():
        if table["list"] is not None:
            known = {term["conceptId"]: term["preferredTerm"] for term in lists[table["list"]]["terms"]}
            assert all(known[code] == decode for code, decode in table["codes"].values())
