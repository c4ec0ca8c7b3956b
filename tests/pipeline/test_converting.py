"""`trialparse convert`: what is written where, what is said, and that nothing is replaced."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import trialparse
from tests.conftest import FIXTURES
from trialparse.export.exact import dumps, loads
from trialparse.export.fhir import to_fhir
from trialparse.models.trial import Trial
from trialparse.pipeline import progress
from trialparse.pipeline.converting import TARGETS, Conversion, Target, convert
from trialparse.pipeline.run import Exit

PAGES = sorted(map(str, FIXTURES.glob("findatrial/*.txt")))
TRIALS = [trialparse.parse(Path(page).read_bytes()) for page in PAGES]


def run(*inputs: str, to: Target = "fhir-r5", **options: Any) -> Exit:
    return convert(Conversion(inputs, to, **options))


def test_lines(tmp_path: Path) -> None:
    assert run(*PAGES, out=tmp_path / "out.jsonl") == Exit.GOOD
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == [dumps(to_fhir(trial)[0]) for trial in TRIALS]


def test_lines_that_parse_wrote_give_the_same(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("".join(trial.model_dump_json() + "\n" for trial in TRIALS), encoding="utf-8")
    assert run(*PAGES, out=tmp_path / "one.jsonl") == run(str(tmp_path / "in.jsonl"), out=tmp_path / "other.jsonl")
    one, other = (
        [loads(line) for line in (tmp_path / name).read_bytes().splitlines()] for name in ("one.jsonl", "other.jsonl")
    )
    assert one == other


def test_a_bundle(tmp_path: Path) -> None:
    assert run(*PAGES, out=tmp_path / "out.json") == Exit.GOOD
    bundle = loads((tmp_path / "out.json").read_bytes())
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    assert [each["resource"] for each in bundle["entry"]] == [to_fhir(trial)[0] for trial in TRIALS]
    assert len({each["fullUrl"] for each in bundle["entry"]}) == len(PAGES)
    model = pytest.importorskip("fhir.resources.bundle", reason="the extra `interop` is not installed").Bundle
    model.model_validate(json.loads((tmp_path / "out.json").read_bytes()))


@pytest.mark.parametrize("target", TARGETS)
def test_a_folder(tmp_path: Path, target: Target) -> None:
    assert run(*PAGES, PAGES[0], to=target, out=tmp_path / "out") == Exit.GOOD
    names = {path.name for path in (tmp_path / "out").iterdir()}
    place = len(PAGES) + 1
    assert names == {*(f"{trial.trial_id}.json" for trial in TRIALS), f"trial-{place:06}.json"}


def test_a_usdm_file_holds_one_study(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(PAGES[0], to="usdm-v4", out=tmp_path / "one.json") == Exit.GOOD
    assert loads((tmp_path / "one.json").read_bytes())["usdmVersion"] == "4.0.0"
    assert run(*PAGES, to="usdm-v4", out=tmp_path / "all.json") == Exit.USAGE
    assert "holds one study" in capsys.readouterr().err
    assert not (tmp_path / "all.json").exists()


def test_losses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*PAGES, out=tmp_path / "out.jsonl", losses=tmp_path / "lost.jsonl") == Exit.GOOD
    rows = [json.loads(line) for line in (tmp_path / "lost.jsonl").read_text(encoding="utf-8").splitlines()]
    expected = [(trial.trial_id, each.path, each.code) for trial in TRIALS for each in to_fhir(trial)[1]]
    assert [(row["trial_id"], row["path"], row["code"]) for row in rows] == expected
    said = capsys.readouterr().err
    assert "reference_multiple (convention kept)" in said
    assert "lost.jsonl" in said


@pytest.mark.parametrize("taken", ["out.jsonl", "out.json", "out"])
def test_nothing_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str], taken: str) -> None:
    (tmp_path / taken).write_text("mine")
    assert run(*PAGES, out=tmp_path / taken) == Exit.USAGE
    assert (tmp_path / taken).read_text() == "mine"
    assert run(*PAGES, out=tmp_path / "new.jsonl", losses=tmp_path / taken) == Exit.USAGE
    assert not (tmp_path / "new.jsonl").exists()
    assert "exists" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["out.jsonl", "out.json", "out"])
def test_what_breaks_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    made = iter(TRIALS[:1])

    def full(trial: Trial) -> object:
        if next(made, None) is None:
            raise OSError("the disk is full")
        return to_fhir(trial)

    monkeypatch.setitem(TARGETS, "fhir-r5", full)
    assert len(PAGES) > 1
    assert run(*PAGES, out=tmp_path / name, losses=tmp_path / "lost.jsonl") == Exit.CANNOT_WRITE
    assert [*tmp_path.iterdir()] == []


def test_how_far_it_is_and_what_was_passed_over_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_LINE_EVERY", 0.0)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_bytes(Path(PAGES[0]).read_bytes())
    (tmp_path / "in" / "note.docx").touch()
    assert run(str(tmp_path / "in"), out=tmp_path / "out.jsonl") == Exit.GOOD
    said = capsys.readouterr().err
    assert "trialparse: 1 records, 100% of " in said
    assert "1 files of no known kind were passed over: " in said


def test_a_page_that_is_no_trial_gives_no_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "login.txt").write_text("Please log in.")
    assert run(str(tmp_path / "login.txt"), out=tmp_path / "none.jsonl") == Exit.NOTHING_READABLE
    assert (tmp_path / "none.jsonl").read_text() == ""
    assert run(str(tmp_path / "login.txt"), str(tmp_path / "absent.txt"), PAGES[0]) == Exit.SOME_FAILED
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert "login.txt: neither a trial id nor criteria" in err
    assert "absent.txt: No such file" in err
