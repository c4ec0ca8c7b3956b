"""Builds the package: setuptools' own backend, which with the setting `compile=yes` makes a wheel of the compiled form.

    pip install --config-settings compile=yes .

The same sources go through mypyc, those that read criteria. Whatever is missing or fails, the whole wheel is the pure
one; its tag says which it is. Other settings are for the pure form alone. Editable installs and sdists are always pure:
a compiled module would hide edits.
"""

from __future__ import annotations

import ast
import os
import shutil
import sys
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from setuptools import build_meta, setup
from setuptools.build_meta import (
    build_editable,
    build_sdist,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

MYPY = "mypy>=2.4,<3"
FOLDERS = ("text", "lexicon", "requirements", "criteria")
# the types of other packages are left out, so that a build is the same wherever it is made
OPTIONS = ["--config-file=", f"--cache-dir={os.devnull}", "--no-site-packages", "--ignore-missing-imports"]
OPTIONS += ["--follow-imports=silent"]

Settings = dict[str, Any] | None


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """What the build needs besides setuptools: mypy for the compiled form."""
    needed: list[str] = build_meta.get_requires_for_build_wheel(config_settings)
    return [*needed, MYPY] if _asked(config_settings) else needed


def build_wheel(wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None) -> str:
    """Write the wheel into a folder; its name.

    Raises:
        ValueError: `compile` is neither yes nor no.
    """
    if _asked(config_settings):
        try:
            return _compiled(wheel_directory)
        except (Exception, SystemExit) as failure:  # mypyc and setuptools end with SystemExit
            print(f"trialparse: the pure wheel is built, since compiling failed: {failure}", file=sys.stderr)
    name: str = build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
    return name


def _asked(settings: Settings) -> bool:
    answer = (settings or {}).get("compile", "no")
    if answer not in ("yes", "no"):
        raise ValueError(f"compile={answer}: the setting is compile=yes or compile=no")
    return bool(answer == "yes")


def _compiled(wheel_directory: str) -> str:
    if sys.implementation.name != "cpython":
        raise RuntimeError("mypyc compiles for CPython alone")
    from mypyc.build import mypycify

    # all in a folder of its own: what a build leaves that failed is in no later one
    with TemporaryDirectory() as work:
        shutil.copytree("trialparse", Path(work, "trialparse"))
        with chdir(work):
            paths = [path for folder in FOLDERS for path in sorted(Path("trialparse", folder).glob("*.py"))]
            sources = [path for path in paths if path.name != "__init__.py"]
            for path in sources:
                path.write_text(with_final_constants(path.read_text(encoding="utf-8")), encoding="utf-8")
            modules = mypycify(
                [*OPTIONS, *map(str, sources)],
                target_dir=f"{work}/c",
                debug_level="0",
                group_name="trialparse",
                multi_file=True,  # as one file it takes the compiler ten times the memory
            )
        steps = ["-q", "build", "--build-base", f"{work}/build", "bdist_wheel", "--dist-dir", f"{work}/dist"]
        setup(ext_modules=modules, script_name="wheels/backend.py", script_args=steps)
        (wheel,) = Path(work, "dist").glob("*.whl")
        return Path(shutil.move(wheel, wheel_directory)).name


def with_final_constants(source: str) -> str:
    """`LIMIT = 3` of a module as `LIMIT: Final = 3`: others are looked up by their name each time. Lines stay lines."""
    lines = source.split("\n")
    for each in ast.parse(source).body:
        if not isinstance(each, ast.Assign) or len(each.targets) > 1:
            continue
        name = each.targets[0]
        if isinstance(name, ast.Name) and name.id.isupper():
            line = lines[each.lineno - 1]
            lines[each.lineno - 1] = f"{name.id}: Final{line[len(name.id) :]}"
    future = "from __future__ import annotations"
    return "\n".join(lines).replace(future, f"{future}; from typing import Final", 1)
