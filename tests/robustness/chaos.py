"""Runs that are killed, filled up and fed with damage: `python -m tests.robustness.chaos COUNT FIRST`.

Each number is one run of the command, of inputs whose records are known one by one. Its workers are killed, or it is
killed and taken up again, or its disk fills up and is given room; its containers are damaged. What must hold of each:
every command ends within its time, with an exit code that says what happened; at the end each record of a sound file is
in the output exactly once; and records in are records out and failures, each failure of something broken.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.pipeline.samples import page, trial_id

TIME = 300.0
"""Seconds in which every command ends, on a machine that is shared."""
KILLING = 60.0
"""Seconds in which workers are killed."""
TRIES = 40
UNBORN = "Could not import runpy module"
COMMAND = [sys.executable, "-m", "trialparse", "parse"]


@dataclass
class Inputs:
    """What a run reads."""

    folder: Path
    whole: list[int] = field(default_factory=list)
    """Numbers of the trials that must come out."""
    broken: set[str] = field(default_factory=set)
    """Names of the files that may hold failures."""


def rows(numbers: range) -> list[bytes]:
    return [json.dumps({"text": page(number)}).encode() + b"\n" for number in numbers]


def packed_zip(numbers: range) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in numbers:
            archive.writestr(f"{number}.txt", page(number))
    return data.getvalue()


CONTAINERS: dict[str, Callable[[range], bytes]] = {
    "rows.jsonl": lambda numbers: b"".join(rows(numbers)),
    "rows.jsonl.gz": lambda numbers: gzip.compress(b"".join(rows(numbers))),
    "rows.json": lambda numbers: b"[" + b",".join(row.strip() for row in rows(numbers)) + b"]",
    "pages.zip": packed_zip,
    "rows.csv": lambda numbers: b"text\n" + b"".join(b'"%s"\n' % page(number).encode() for number in numbers),
}


def build(rng: random.Random, folder: Path) -> Inputs:
    """Containers of numbered trials, some of them cut off or with bytes changed."""
    inputs = Inputs(folder)
    folder.mkdir()
    first = 0
    for place in range(rng.randint(2, 5)):
        kind = rng.choice(list(CONTAINERS))
        numbers = range(first, first + rng.randint(1, 90))
        first = numbers.stop
        data = bytearray(CONTAINERS[kind](numbers))
        name = f"{place}-{kind}"
        if rng.random() < 0.4:
            inputs.broken.add(name)
            if rng.random() < 0.5:
                del data[rng.randrange(len(data)) :]
            else:
                for _ in range(rng.randint(1, 4)):
                    data[rng.randrange(len(data))] = rng.randrange(256)
        else:
            inputs.whole.extend(numbers)
        (folder / name).write_bytes(data)
    return inputs


@dataclass
class Ended:
    """How a command ended."""

    code: int
    said: str
    cut: bool = False
    """Whether it was killed by us."""
    alone: bool = False
    """Whether its workers were."""


def kill_workers(rng: random.Random, process: subprocess.Popen[str]) -> None:
    """Kill a worker every now and then, for a while: on a busy machine none may live long enough to get anywhere."""
    until = time.monotonic() + KILLING
    while process.poll() is None and time.monotonic() < until:
        time.sleep(rng.uniform(0.3, 1.5))
        with contextlib.suppress(OSError):
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            if children:
                os.kill(int(rng.choice(children)), signal.SIGKILL)


def kill_parent(rng: random.Random, process: subprocess.Popen[str]) -> None:
    """Kill or interrupt the command at some time."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(rng.uniform(0.1, 6))
        return
    process.send_signal(rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM]))


def leave_alone(_: random.Random, __: subprocess.Popen[str]) -> None:
    """Nothing happens to it."""


FATES = (leave_alone, kill_workers, kill_parent, kill_parent)


def command(rng: random.Random, arguments: list[str], most: int | None) -> Ended:
    """One command with its fate; `most` bytes is what a file may grow to: what a full disk looks like to it."""
    fate = rng.choice(FATES)

    def limit() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    process = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=limit
    )
    with process:
        try:
            fate(rng, process)
            _, said = process.communicate(timeout=TIME)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"{arguments} did not end within {TIME:g} s ({fate.__name__})") from None
    # interrupted while the interpreter was starting, before any of our code
    code = -signal.SIGINT if fate is kill_parent and UNBORN in said else process.returncode
    return Ended(code, said, fate is kill_parent, fate is kill_workers)


def check_code(ended: Ended, most: int | None, inputs: Inputs) -> None:
    """An exit code says what happened."""
    assert "Traceback" not in ended.said or ended.cut, ended.said
    admitted = {0, 1} if inputs.broken else {0}
    if inputs.broken and not inputs.whole:
        admitted.add(3)
    if most is not None:
        admitted.add(4)
    if ended.alone:
        admitted.add(5)
    if ended.cut:
        admitted |= {130, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT}
    assert ended.code in admitted, (ended.code, admitted, ended.said)
    if ended.code == 4:
        assert "cannot write" in ended.said, ended.said


def check_result(out: Path, report: Path, inputs: Inputs) -> None:
    """Records in are records out and failures, and each failure is of something broken."""
    trials = [json.loads(line) for line in read(out)]
    letters = [json.loads(line) for line in out.with_name(out.name + ".errors.jsonl").read_text().splitlines()]
    sound = [trial for trial in trials if name_of(trial["source"]["path"], inputs) not in inputs.broken]
    ids, wanted = [trial["trial_id"] for trial in sound], [trial_id(number) for number in inputs.whole]
    assert ids == wanted, (ids, wanted)
    for letter in letters:
        assert name_of(letter["path"], inputs) in inputs.broken, letter
    found = json.loads(report.read_text())
    assert found["read"] == found["written"] + sum(found["failed"].values()) + found["passed_over"], found
    # what a whole run had written is passed over by the next, if it was killed before it could say so
    assert found["written"] + found["passed_over"] == len(trials), found
    assert sum(found["failed"].values()) == len(letters), found


def name_of(path: str, inputs: Inputs) -> str:
    return Path(path).relative_to(inputs.folder).parts[0].partition(":")[0]


def read(out: Path) -> list[str]:
    data = out.read_bytes()
    return (gzip.decompress(data) if out.suffix == ".gz" else data).decode().splitlines()


def one_run(number: int, folder: Path) -> str:
    """Run `number`; what happened in it."""
    rng = random.Random(number)
    inputs = build(rng, folder / "in")
    out, report = folder / rng.choice(["out.jsonl", "out.jsonl.gz"]), folder / "report.json"
    arguments = [str(inputs.folder), "-o", str(out), "--report", str(report), "--workers", str(rng.randint(1, 3))]
    if rng.random() < 0.5:
        arguments += ["--record-timeout", "120"]
    most = rng.choice([None, None, 20_000, 60_000])
    codes = []
    for attempt in range(TRIES):
        began = time.monotonic()
        ended = command(rng, arguments if attempt == 0 else [*arguments, "--resume"], most)
        assert time.monotonic() - began < TIME
        check_code(ended, most, inputs)
        codes.append(ended.code)
        if ended.code in (0, 1):
            check_result(out, report, inputs)
            break
        if ended.code == 3:
            assert not out.exists(), "an output of nothing"
            break
        if ended.code == 4:
            most = None  # room was made
    else:
        raise AssertionError(f"not done after {TRIES} times: {codes}")
    return f"{len(inputs.whole)} whole, {len(inputs.broken)} files damaged, exit codes {codes}"


def main() -> None:
    """Run so many, from a number on."""
    count, first = int(sys.argv[1]), int(sys.argv[2])
    bad = 0
    for number in range(first, first + count):
        with tempfile.TemporaryDirectory() as name:
            try:
                print(number, one_run(number, Path(name)), flush=True)
            except AssertionError as error:
                bad += 1
                print(number, "FAILED", str(error)[:2000], flush=True)
    print(f"{count} runs, {bad} failed")
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
