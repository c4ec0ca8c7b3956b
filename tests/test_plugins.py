"""Layouts, formats and measures of others: by a call, by entry points, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

CALLS = """
import trialparse
from trialparse.layouts.base import Layout

hub = Layout(
    description="hub",
    signs={"TrialHub record": 0.7, "How many": 0.5},
    start=("brief_title",),
    labels={"TrialHub record": "trial_id", "How many": "enrollment", "Who may join": "inclusion"},
)
"""
PAGE = """
page = "Mockumab\\nTrialHub record: NCT09900009\\nHow many: 40\\nWho may join\\n- Velorobin level > 5 mg/L\\n"
trial = trialparse.parse(page)
(found,) = trial.thresholds()
print(trial.source.layout, trial.enrollment.count, found.threshold.measure.name, found.threshold.canonical.lower)
"""
MEASURE = {
    "name": "velorobin_level",
    "kind": "quantity",
    "synonyms": ["velorobin level"],
    "unit": "ng/mL",
    "examples": ["Velorobin level > 5 ng/mL"],
}


def python(code: str, *, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    start = f"import sys; sys.path.insert(0, {str(path)!r})\n" if path else ""
    return subprocess.run([sys.executable, "-c", start + code], capture_output=True, text=True, cwd=ROOT)


def test_by_calls() -> None:
    code = f"{CALLS}\ntrialparse.register_layout('hub', hub)\ntrialparse.register_measure(**{MEASURE!r})\n{PAGE}"
    done = python(code)
    assert done.stdout.split() == ["hub", "40", "velorobin_level", "5000"], done.stderr


def test_by_entry_points(tmp_path: Path) -> None:
    (tmp_path / "hub_plugin.py").write_text(f"{CALLS}\nROWS = [{MEASURE!r}]\n")
    metadata = tmp_path / "hub_plugin-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: hub-plugin\nVersion: 1\n")
    points = "[trialparse.layouts]\nhub = hub_plugin:hub\n\n[trialparse.measures]\nours = hub_plugin:ROWS\n"
    (metadata / "entry_points.txt").write_text(points)
    done = python(f"import trialparse\n{PAGE}", path=tmp_path)
    assert done.stdout.split() == ["hub", "40", "velorobin_level", "5000"], done.stderr


def test_what_is_refused() -> None:
    late = python(f"{CALLS}\ntrialparse.parse('x')\ntrialparse.register_layout('hub', hub)")
    assert "RuntimeError: register layouts before anything is read; 'hub' comes too late" in late.stderr
    twice = python(f"{CALLS}\ntrialparse.register_layout('hub', hub)\ntrialparse.register_layout('hub', hub)")
    assert "ValueError: layouts: 'hub' is registered already" in twice.stderr
    taken = python(f"{CALLS}\ntrialparse.register_layout('meddatax', hub)\ntrialparse.parse('x')")
    assert "ValueError: trialparse has a layout meddatax itself" in taken.stderr
    number = python("import trialparse\ntrialparse.register_layout('hub', 3)\ntrialparse.parse('x')")
    assert "TypeError: the plug-in 'hub' is no layout, but 3" in number.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit": "furlong"}, "its unit 'furlong' is no code that is known"),
        ({"kind": "amount"}, "no kind is called 'amount'; there are quantity, score"),
        ({"synonims": ["velo"]}, "no key is called synonims; there are also, better"),
        ({"name": "platelets"}, "trialparse has a measure of this name itself"),
        ({"synonyms": ["thrombocyte count"]}, "'thrombocyte count' is a synonym of platelets"),
    ],
)
def test_a_measure_that_is_refused_says_why(changes: dict[str, object], said: str) -> None:
    row = MEASURE | changes
    done = python(f"import trialparse\ntrialparse.register_measure(**{row!r})\ntrialparse.parse_criterion('BMI > 3')")
    assert f"ValueError: measure {row['name']!r} of a plug-in: {said}" in done.stderr


def test_a_measure_needs_its_kind_and_words() -> None:
    done = python("import trialparse\ntrialparse.register_measure('velo')\ntrialparse.parse_criterion('BMI > 3')")
    assert "ValueError: measure 'velo' of a plug-in: kind, synonyms, examples must be given" in done.stderr


def test_a_synonym_of_ours_may_be_shared_where_the_words_around_it_tell() -> None:
    row = MEASURE | {"synonyms": ["PS"], "context": {"PS": ["velorobin"]}}
    code = "print(trialparse.parse_criterion('Velorobin PS > 3 ng/mL').requirement)"
    done = python(f"import trialparse\ntrialparse.register_measure(**{row!r})\n{code}")
    assert "velorobin level > 3 ng/mL" in done.stdout, done.stderr


def test_the_lists_of_the_command() -> None:
    for arguments, wanted in (
        (("measures", "platelet"), "platelets\t10*9/L\t26515-7\t"),
        (("units", "mmhg"), "mm[Hg]\tpressure\t"),
        (("formats",), "ctgov_json"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "trialparse", *arguments], capture_output=True, encoding="utf-8", cwd=ROOT
        )
        assert done.returncode == 0
        assert wanted in done.stdout
        assert "meddatax" not in done.stdout


@pytest.mark.parametrize("name", ["measures", "units"])
def test_a_word_that_the_lexicon_has_not_is_said(name: str) -> None:
    done = subprocess.run([sys.executable, "-m", "trialparse", name, "velorobin"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "trialparse: velorobin: nothing in the lexicon has this word\n"
