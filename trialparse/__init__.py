"""Typed clinical-trial records from scraped text.

`parse` reads a page or export, `parse_criteria` a criteria block, `parse_criterion` one line;
`parse_many` reads a stream of records.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from trialparse._version import __version__

if TYPE_CHECKING:
    from trialparse.api import parse, parse_criteria, parse_criterion
    from trialparse.models.trial import Trial
    from trialparse.pipeline.many import parse_many

__all__ = ["Trial", "__version__", "parse", "parse_criteria", "parse_criterion", "parse_many"]

# loaded on first use (PEP 562), so that importing the package costs next to nothing
_HOMES = {
    "Trial": "trialparse.models.trial",
    "parse": "trialparse.api",
    "parse_criteria": "trialparse.api",
    "parse_criterion": "trialparse.api",
    "parse_many": "trialparse.pipeline.many",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
