"""Typed clinical-trial records from scraped text.

`parse` reads a page or export, `parse_criteria` a criteria block, `parse_criterion` one line; `parse_many` reads a
stream of records. `trial.evaluate(Patient(...))` puts the criteria to a patient. The models are here, too.
`compiled` says whether the modules that read criteria are compiled.
"""

from __future__ import annotations

from importlib import import_module

from trialparse._version import __version__

TYPE_CHECKING = False  # type checkers know the name; `typing` alone would cost three quarters of the import
if TYPE_CHECKING:
    from trialparse.api import parse, parse_criteria, parse_criterion
    from trialparse.evaluate.patient import Patient
    from trialparse.models.base import Span
    from trialparse.models.diagnostic import Diagnostic
    from trialparse.models.eligibility import Age, Criterion, Eligibility
    from trialparse.models.measured import Measured
    from trialparse.models.requirement import (
        AllOf,
        AnyOf,
        AtLeast,
        Canonical,
        If,
        Limit,
        Measure,
        Not,
        Offset,
        Requirement,
        Statement,
        Threshold,
        Unit,
        Window,
    )
    from trialparse.models.trial import Trial
    from trialparse.models.verdict import CriterionVerdict, Judge, Need, Reason, TrialVerdict, Verdict
    from trialparse.models.views import FlatThreshold, FlatWindow
    from trialparse.models.visit import Place, Visitor, walk
    from trialparse.pipeline.many import parse_many
    from trialparse.plugins import register_format, register_layout, register_measure
    from trialparse.text.form import compiled

# loaded on first use (PEP 562), so that importing the package costs next to nothing
_HOMES = {
    name: f"trialparse.{module}"
    for module, names in {
        "api": "parse parse_criteria parse_criterion",
        "evaluate.patient": "Patient",
        "models.base": "Span",
        "models.diagnostic": "Diagnostic",
        "models.eligibility": "Age Criterion Eligibility",
        "models.measured": "Measured",
        "models.requirement": "AllOf AnyOf AtLeast Canonical If Limit Measure Not Offset Requirement Statement "
        "Threshold Unit Window",
        "models.trial": "Trial",
        "models.verdict": "CriterionVerdict Judge Need Reason TrialVerdict Verdict",
        "models.views": "FlatThreshold FlatWindow",
        "models.visit": "Place Visitor walk",
        "pipeline.many": "parse_many",
        "plugins": "register_format register_layout register_measure",
        "text.form": "compiled",
    }.items()
    for name in names.split()
}

__all__ = [
    "Age",
    "AllOf",
    "AnyOf",
    "AtLeast",
    "Canonical",
    "Criterion",
    "CriterionVerdict",
    "Diagnostic",
    "Eligibility",
    "FlatThreshold",
    "FlatWindow",
    "If",
    "Judge",
    "Limit",
    "Measure",
    "Measured",
    "Need",
    "Not",
    "Offset",
    "Patient",
    "Place",
    "Reason",
    "Requirement",
    "Span",
    "Statement",
    "Threshold",
    "Trial",
    "TrialVerdict",
    "Unit",
    "Verdict",
    "Visitor",
    "Window",
    "__version__",
    "compiled",
    "parse",
    "parse_criteria",
    "parse_criterion",
    "parse_many",
    "register_format",
    "register_layout",
    "register_measure",
    "walk",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
