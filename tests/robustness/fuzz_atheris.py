"""Coverage-guided fuzzing of every reader with atheris (`pip install atheris`).

`python -m tests.robustness.fuzz_atheris <folder for failures> -runs=100000 <corpus folder>`; options behind the first
argument are libFuzzer's. An input is used either as the choices of the `Builder` or as the document itself. A failure
does not end the run: one input of each kind of failure is kept.
"""

from __future__ import annotations

import sys
import traceback
from hashlib import sha256
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["trialparse"]):
    from trialparse import layouts

    for _name in layouts.names():
        layouts.load(_name)

from tests.robustness.builder import Builder
from tests.robustness.fuzz import check_one
from tests.robustness.promises import check_criteria, check_page


def one_input(data: bytes) -> None:
    """Run one input through one of the readers."""
    provider = atheris.FuzzedDataProvider(data)

    def pick(options: int) -> int:
        return int(provider.ConsumeIntInRange(0, options - 1))

    builder = Builder(pick)
    match pick(6):
        case 0:
            check_page(provider.ConsumeBytes(len(data)))
        case 1:
            check_page(provider.ConsumeUnicode(len(data)))
        case 2:
            check_criteria(provider.ConsumeUnicode(len(data)))
        case _:
            check_one(builder)


def main() -> None:
    """Fuzz until libFuzzer's limits are reached."""
    folder = Path(sys.argv.pop(1))
    folder.mkdir(parents=True, exist_ok=True)

    def kept(data: bytes) -> None:
        try:
            one_input(data)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            place = [f"{frame.filename}:{frame.lineno}" for frame in frames[-3:]]
            name = sha256(f"{type(error)}{place}".encode()).hexdigest()[:12]
            if not (folder / name).exists():
                (folder / name).write_bytes(data)
                (folder / f"{name}.txt").write_text(traceback.format_exc(), encoding="utf-8", errors="replace")

    atheris.Setup(sys.argv, kept)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
