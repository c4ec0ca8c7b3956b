"""The lexicon's tables as they lie in `data/`."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files
from typing import Any


def load(name: str) -> Any:
    """The content of `data/<name>.json`; fractional numbers come as exact decimals."""
    text = files("trialparse.lexicon").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)
