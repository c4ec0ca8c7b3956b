"""Prints version and path of the admitted Pythons on this machine, the one that runs left out.

Those are the oldest, and of each minor version the newest.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

NAME = re.compile(r"python3(?:\.\d+)?(?:\.exe)?")
ASKED = "import sys; print(*sys.version_info[:3], sys.implementation.name, sys.prefix == sys.base_prefix)"

bound = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
lowest = tuple(map(int, bound.removeprefix(">=").split(".")))


def candidates() -> Iterator[Path]:
    """Interpreters on the path, and those that pyenv keeps."""
    folders = [Path(each) for each in os.environ.get("PATH", "").split(os.pathsep) if each]
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for folder in [*folders, *sorted(kept.glob("*/bin"))]:
        if folder.is_dir():
            yield from (path for path in sorted(folder.iterdir()) if NAME.fullmatch(path.name))


found: dict[tuple[int, ...], Path] = {}
for path in candidates():
    try:
        asked = subprocess.run([path, "-c", ASKED], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        continue  # a shim without its interpreter
    said = asked.stdout.split()
    version = tuple(map(int, said[:3]))
    if said[3:] == ["cpython", "True"] and version >= lowest:
        found.setdefault(version, path)
newest = {version[:2]: version for version in sorted(found)}
for version in sorted({*newest.values(), min(found)} if found else ()):
    if version != sys.version_info[:3]:
        print(".".join(map(str, version)), found[version])
