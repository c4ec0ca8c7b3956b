"""`python -m tests.regenerate`: bring the generated files up to date and print what changed.

Read the diff before committing it: each changed line of a golden trial is a changed reading.
"""

from __future__ import annotations

import difflib

from tests.conftest import ROOT
from tests.generated import generated


def main() -> None:
    """Write each generated file that differs."""
    for path, make in generated().items():
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        text = make()
        if before != text:
            name = str(path.relative_to(ROOT))
            print(*difflib.unified_diff(before.splitlines(), text.splitlines(), name, name, lineterm=""), sep="\n")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
