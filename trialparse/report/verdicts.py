"""Verdicts as a table for the terminal: trial, outcome, and what decided or is missing."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from trialparse.models.verdict import CriterionVerdict, Need, TrialVerdict
from trialparse.pipeline.screening import Screened
from trialparse.text.printable import printable

_OUTCOMES = {"met": ("met", "bold green"), "unknown": ("unknown", "yellow"), "not_met": ("not met", "red")}
_SHOWN = 3
"""Reasons of a trial that are named one by one."""
_NEEDS = {
    "value": "{name}",
    "unit": "the unit of {name}",
    "reference": "limits of normal or the baseline of {name}",
    "date": "the date of {name}",
    "statement": "whether: {name}",
    "age": "the age",
    "sex": "the sex",
    "criteria": "criteria: none were read",
}


def verdict_table(found: Iterable[Screened]) -> Table:
    """One row for each trial, in the order given."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("Trial", "Outcome"):
        table.add_column(name, no_wrap=True)
    table.add_column("Why", ratio=1)
    for each in found:
        word, style = _OUTCOMES[each.verdict.outcome]
        name = each.verdict.trial_id or each.path or "?"
        table.add_row(Text(printable(name)), Text(word, style), Text(printable(why(each.verdict))))
    return table


def why(verdict: TrialVerdict) -> str:
    """What decided, or what is missing to decide, in a line."""
    if verdict.outcome == "met":
        return f"all {len(verdict.criteria)} criteria"
    if verdict.outcome == "unknown":
        # what is a number or a date is found sooner than whether something is so
        needs = sorted(verdict.needs, key=lambda need: need.kind == "statement")
        return _some("needs ", [asked(each) for each in needs])
    return _some("", [line for each in verdict.criteria if _fails(each) for line in _lines(each)])


def _fails(verdict: CriterionVerdict) -> bool:
    return verdict.outcome == ("met" if verdict.section == "exclusion" else "not_met")


def _lines(verdict: CriterionVerdict) -> list[str]:
    return [f"{each.criterion} {each.requirement} ({each.fact or 'not so'})" for each in verdict.reasons]


def asked(need: Need) -> str:
    """What has to be known, in words."""
    name = need.name.rstrip(".,; ") if need.kind == "statement" else need.name.replace("_", " ")
    return _NEEDS[need.kind].format(name=name)


def _some(start: str, lines: list[str]) -> str:
    more = len(lines) - _SHOWN
    return start + "; ".join(lines[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
