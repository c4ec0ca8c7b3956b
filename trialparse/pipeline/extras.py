"""Packages that come with an extra of this one."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_EXTRAS = {"pyarrow": "parquet", "warcio": "warc", "zstandard": "zstd"}


def extra(module: str) -> Any:
    """A module that may not be installed.

    Raises:
        ModuleNotFoundError: it is not; the message says what to install.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        package = module.partition(".")[0]
        wanted = f'{package} is missing: pip install "trialparse[{_EXTRAS[package]}]"'
        raise ModuleNotFoundError(wanted, name=package) from error
