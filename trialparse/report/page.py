"""The report page: one file that holds text, criteria and pictures of many trials, and works without a network.

What is drawn lies in `assets/`: template, style and scripts, plain DOM and SVG. A library for charts or for state would
be many times the size of what it saves here (horizontal lines with round ends, a list with filters), and would have to
be embedded in every report. Data goes in as JSON, a script element for each trial, parsed when the trial is opened.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from trialparse._version import __version__
from trialparse.evaluate.patient import Patient
from trialparse.models.trial import Trial
from trialparse.pipeline.files import whole_file
from trialparse.report.ranges import Ranges
from trialparse.report.sheet import Facets, make_sheet

SCRIPTS = ("dom.js", "logic.js", "cards.js", "text.js", "ranges.js", "filters.js", "trials.js", "start.js")
"""In the order in which they build on each other."""
MARK = b'<!doctype html>\n<html lang="en" data-made-by="trialparse report">\n'
"""How every report begins."""
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_DATA = "<!-- data -->"


class Read(NamedTuple):
    """A trial and the text that it was read from, where that is at hand."""

    trial: Trial
    source: str | None = None


class Unread(NamedTuple):
    """What could not be read, and why."""

    where: str
    reason: str


def write_report(out: Path, found: Iterable[Read | Unread], patient: Patient | None = None) -> tuple[int, int]:
    """Write a page about trials; the file is there whole or not at all.

    Args:
        out: file to write.
        found: what was read, taken one by one.
        patient: whom the criteria are put to.

    Returns:
        How many trials are in it, and how many could not be read.

    Raises:
        OSError: it cannot be written.
    """
    counts = [0, 0]

    def counted() -> Iterator[Read | Unread]:
        for item in found:
            counts[isinstance(item, Unread)] += 1
            yield item

    with whole_file(out) as file:
        for part in report(counted(), patient):
            file.write(part.encode())
    return counts[0], counts[1]


def report(found: Iterable[Read | Unread], patient: Patient | None = None) -> Iterator[str]:
    """The page in parts, so that no more than one trial is held at a time; as `write_report`."""
    before, after = _frame()
    yield before
    ranges, facets = Ranges(), Facets()
    entries: list[dict[str, Any]] = []
    failures: list[tuple[str, str]] = []
    for item in found:
        if isinstance(item, Unread):
            failures.append((item.where, item.reason))
            continue
        sheet = make_sheet(item.trial, item.source, patient)
        ranges.add(len(entries), item.trial.eligibility)
        facets.add(sheet.body)
        yield _data(f"trial-{len(entries)}", sheet.body)
        entries.append(sheet.entry)
    yield _data("ranges", ranges.data())
    head = {"trials": entries, "failures": failures, "facets": facets.data(), "patient": _known(patient)}
    yield _data("index", head)
    yield after


def embedded(value: object) -> str:
    """JSON that ends no script element and holds no sign that a program on its way could take for another.

    All of it is ASCII, so that line ends of Unicode, marks of direction and lone surrogates are escapes, too.
    """
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).translate(_UNSAFE)


def is_report(data: bytes) -> bool:
    """Whether a file that begins so is a report."""
    return data.startswith(MARK)


def _data(name: str, value: object) -> str:
    return f'<script type="application/json" id="{name}">{embedded(value)}</script>\n'


def _frame() -> tuple[str, str]:
    """What stands before and behind the data. Only this very style and these scripts are allowed to be used."""
    style = _asset("page.css")
    script = "\n".join(map(_asset, SCRIPTS))
    policy = (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = {"policy": escape(policy), "style": style, "script": script, "version": __version__}
    page = _asset("page.html")
    for name, text in parts.items():
        page = page.replace(f"{{{{{name}}}}}", text)
    before, _, after = page.partition(_DATA)
    return before, after


def _asset(name: str) -> str:
    return (files("trialparse.report") / "assets" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _known(patient: Patient | None) -> dict[str, Any] | None:
    """What is known of the patient, for people."""
    if patient is None:
        return None
    facts: list[tuple[str, object]] = [("age", patient.age), ("born", patient.birth_date)]
    facts += [("sex", patient.sex), ("today", patient.today)]
    facts += [(name.replace("_", " "), value) for name, values in patient.values.items() for value in values]
    facts += [(name, _told(known)) for name, known in patient.history.items()]
    return {"id": patient.id, "facts": [[name, str(fact)] for name, fact in facts if fact is not None]}


def _told(known: bool | tuple[Any, ...]) -> str:
    return ("no", "yes")[known] if isinstance(known, bool) else ", ".join(map(str, known))
