"""Puts an installed trialparse to use as a stranger would: `report`, `convert` and `screen` on the page that is named.

Run by the Python of its environment, in a folder that holds no trialparse.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import trialparse

PATIENT = {"age": 60, "today": "2025-08-01", "values": {"ecog": 3}}

page = Path(sys.argv[1])
installed = Path(trialparse.__file__)
assert installed.is_relative_to(sys.prefix), f"{installed} is not the wheel's"
tag = str(distribution("trialparse").read_text("WHEEL"))
assert trialparse.compiled is ("Root-Is-Purelib: false" in tag), "the tag of the wheel says of which form it is"


def run(*arguments: str | Path) -> str:
    """What the command prints."""
    command = [Path(sys.executable).with_name("trialparse"), *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == 0, f"{arguments} ended with {done.returncode}"
    return done.stdout


assert run("--version") == f"{trialparse.__version__}\n"
run("report", page, "-o", "report.html")
shown = Path("report.html").read_text(encoding="utf-8")
assert trialparse.parse(page.read_bytes()).trial_id in shown
assert json.loads(run("convert", "--to", "fhir-r5", page))["resourceType"] == "ResearchStudy"
assert json.loads(run("convert", "--to", "usdm-v4", page))["usdmVersion"] == "4.0.0"
Path("patient.json").write_text(json.dumps(PATIENT), encoding="utf-8")
assert "ecog" in run("screen", "patient.json", page)
form = "compiled" if trialparse.compiled else "pure"
print(f"trialparse {trialparse.__version__}, {form}, from {installed.parent} reports, converts and screens")
