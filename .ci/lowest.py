"""Prints the lowest versions that the bounds of pyproject.toml admit, of the package and extras, as pins for pip."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

EXTRAS = ("parquet", "spark", "warc", "zstd")

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
bounds = [*project["dependencies"], *(each for extra in EXTRAS for each in project["optional-dependencies"][extra])]
for name, lowest in sorted({re.match(r"([\w.-]+)>=([\d.]+)", bound).groups() for bound in bounds}):
    print(f"{name}=={lowest}")
