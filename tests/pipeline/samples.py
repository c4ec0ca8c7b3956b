"""Invented records in the forms that pipelines have, and the command that reads them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trialparse.pipeline.formats import records
from trialparse.pipeline.limits import Limits
from trialparse.pipeline.record import TEXT_FIELDS, Record

COMMAND = [sys.executable, "-m", "trialparse", "parse"]
BROKEN = '{"text": '
"""A row that is cut off."""


def page(number: int) -> str:
    """A page of the trial NCT990nnnnn; its platelet limit is 50 + number % 50."""
    return (
        f"Study {number} of an invented drug\n\nTrial ID: {trial_id(number)}\nRecruitment status: Recruiting\n\n"
        f"Inclusion Criteria:\n\n* Platelets ≥ {50 + number % 50} × 10^9/L\n* Age 18 to 70 years\n"
        f"* Hemoglobin ≥ 9 g/dL within 14 days before enrollment\n\n"
        f"Exclusion Criteria:\n\n* ALT > 3 × ULN\n* Cohort {number} of the ledger\n"
    )


def short_page(number: int) -> str:
    """The same trial on a page that is soon read, where what a run does with its records is looked at."""
    return f"Trial ID: {trial_id(number)}\n\nInclusion Criteria:\n\n* Cohort {number} of the ledger\n"


def trial_id(number: int) -> str:
    return f"NCT{99_000_000 + number}"


def study(number: int, status: str = "RECRUITING") -> dict[str, Any]:
    """The same trial as ClinicalTrials.gov's API writes it."""
    criteria = page(number).partition("Inclusion")[2]
    return {
        "protocolSection": {
            "identificationModule": {"nctId": trial_id(number), "briefTitle": f"Study {number} of an invented drug"},
            "statusModule": {"overallStatus": status},
            "eligibilityModule": {"eligibilityCriteria": "Inclusion" + criteria},
        }
    }


def write_lines(path: Path, count: int, text: Callable[[int], str] = page) -> Path:
    """A file of `count` rows, each a page with its id and URL."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            row = {"id": trial_id(number), "url": f"https://trials.example/{number}", "text": text(number)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """The command `trialparse parse`, as a shell runs it."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **options)


# as another user if need be, because root may read and write anything; what is loaded late is loaded before
_UNPRIVILEGED = """
import contextlib, io, os, sys, trialparse
from trialparse import cli
from trialparse.pipeline import workers
trialparse.parse(sys.argv.pop(1))
with contextlib.redirect_stdout(io.StringIO()):
    cli.app(["parse", "--help"], standalone_mode=False)
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
cli.main()
"""


def run_unprivileged(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as a user whom file permissions bind."""
    command = [sys.executable, "-c", _UNPRIVILEGED, page(1), "parse", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def found(name: str, data: bytes, bounds: Limits | None = None) -> list[Record]:
    """The records in a file of that name."""
    return list(records(name, io.BytesIO(data), TEXT_FIELDS, bounds))


def faults(found: list[Record]) -> list[str]:
    """What is said of those that could not be read."""
    return [record.failure.message for record in found if record.failure is not None]
