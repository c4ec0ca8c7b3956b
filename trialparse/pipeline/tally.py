"""What a batch counts: records in and out, layouts, diagnostics, numerals explained, texts not understood."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import regex

from trialparse.models.requirement import Threshold, Window
from trialparse.models.trial import Trial
from trialparse.pipeline.record import Record

NUMERAL = regex.compile(r"(?<![\p{L}\d])(?<!\p{L}[-‐‑])(?<!\d[.,])\d++(?:[.,]\d++)*+")
"""A numeral that no letter is glued to: "COVID-19", "CD4" and "HER2" are names."""
_LONGEST = 120
_KEPT = 5_000
"""Texts not understood that are remembered: of twice as many the rarer half is forgotten, so that memory stays flat."""
_TOP = 50


@dataclass
class Tally:
    """Counts of a batch or of a part of it; parts added in order give the whole."""

    read: int = 0
    written: int = 0
    selected: Counter[str] = field(default_factory=Counter)
    """Trials written, by the wanted ids that they bear."""
    passed_over: int = 0
    """Records that were not selected, or are in the output already."""
    failed: Counter[str] = field(default_factory=Counter)
    """By stage."""
    with_errors: int = 0
    """Trials written that have a diagnostic of severity error."""
    layouts: Counter[str] = field(default_factory=Counter)
    diagnostics: Counter[str] = field(default_factory=Counter)
    criteria: int = 0
    thresholds: int = 0
    windows: int = 0
    numerals: int = 0
    explained: int = 0
    not_understood: Counter[str] = field(default_factory=Counter)

    def add_failure(self, record: Record) -> None:
        """Count a record that goes to the dead letters."""
        assert record.failure is not None
        self.failed[record.failure.stage] += 1

    def add_trial(self, trial: Trial) -> None:
        """Count a trial that goes to the output."""
        self.written += 1
        self.with_errors += bool(errors_of(trial))
        self.layouts[trial.source.layout] += 1
        self.diagnostics.update(each.code for each in trial.diagnostics)
        limits: defaultdict[str, list[Threshold | Window]] = defaultdict(list)
        for threshold in trial.thresholds():
            self.thresholds += 1
            limits[threshold.criterion.id].append(threshold.threshold)
        for window in trial.windows():
            self.windows += 1
            limits[window.criterion.id].append(window.window)
        for section, criterion in trial.eligibility.criteria():
            self.criteria += 1
            if section != "other":
                self._add_numerals(criterion.text, limits.get(criterion.id, ()))

    def _add_numerals(self, text: str, limits: Iterable[Threshold | Window]) -> None:
        """Count the numerals of a criterion's text, and those of them that stand in a threshold or window."""
        total = _numerals(text)
        explained, done = 0, -1
        for limit in sorted(limits, key=lambda limit: (limit.span.start, -limit.span.end)):
            if limit.span.end > done:  # it does not lie within the one before
                explained += _numerals(limit.text)
                done = limit.span.end
        self.numerals += total
        self.explained += min(explained, total)
        if explained < total:
            self.not_understood[NUMERAL.sub("#", text)[:_LONGEST]] += 1

    def add(self, other: Tally) -> None:
        """Add the counts of the part that follows."""
        for name, count in vars(other).items():
            if isinstance(count, Counter):
                getattr(self, name).update(count)
            else:
                setattr(self, name, getattr(self, name) + count)
        if len(self.not_understood) > 2 * _KEPT:
            self.not_understood = Counter(dict(self.not_understood.most_common(_KEPT)))

    @classmethod
    def from_json(cls, counts: dict[str, Any]) -> Tally:
        """Back from what `vars` gave."""
        tally = cls()
        for name, count in counts.items():
            setattr(tally, name, Counter(count) if isinstance(count, dict) else count)
        return tally

    def summary(self) -> str:
        """What went in and what came out, in a line that adds up."""
        parts = [f"{self.written:,} written", f"{self.failed.total():,} failed"]
        if self.passed_over:
            parts.append(f"{self.passed_over:,} passed over")
        flawed = f"; {self.with_errors:,} written with an error" if self.with_errors else ""
        return f"{self.read:,} records read = {' + '.join(parts)}{flawed}"

    def report(self) -> dict[str, Any]:
        """The closing report. `read` is `written` + the sum of `failed` + `passed_over`."""
        share = round(self.explained / self.numerals, 4) if self.numerals else None
        return {
            "read": self.read,
            "written": self.written,
            "with_errors": self.with_errors,
            "failed": dict(self.failed.most_common()),
            "passed_over": self.passed_over,
            "layouts": dict(self.layouts.most_common()),
            "diagnostics": dict(self.diagnostics.most_common()),
            "criteria": self.criteria,
            "thresholds": self.thresholds,
            "windows": self.windows,
            "numerals": {"total": self.numerals, "explained": self.explained, "share": share},
            "not_understood": [{"text": text, "count": count} for text, count in self.not_understood.most_common(_TOP)],
        }


def errors_of(trial: Trial) -> list[str]:
    """The messages of the diagnostics of severity error."""
    return [each.message for each in trial.diagnostics if each.severity == "error"]


def _numerals(text: str) -> int:
    return len(NUMERAL.findall(text))
