"""Tables as they lie in the `data/` of a package, most of them the lexicon's own."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files
from typing import Any


def load(name: str, package: str = "trialparse.lexicon") -> Any:
    """The content of `data/<name>.json` of a package; fractional numbers come as exact decimals."""
    text = files(package).joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        error.add_note(f"in data/{name}.json of {package}: is a comma missing at the end of a row, or one too many?")
        raise
