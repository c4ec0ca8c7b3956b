"""Tables as they lie in the `data/` of a package, most of them the lexicon's own."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files
from typing import Any


def load(name: str, package: str = "trialparse.lexicon") -> Any:
    """The content of `data/<name>.json` of a package; fractional numbers come as exact decimals."""
    text = files(package).joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)
