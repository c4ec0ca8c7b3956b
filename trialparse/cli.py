"""The `trialparse` command: data on stdout, talk on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

import trialparse
from trialparse import layouts
from trialparse.api import MAX_CHARS
from trialparse.evaluate.patient import Patient
from trialparse.export.schema import trial_schema
from trialparse.lexicon.measures import measures
from trialparse.lexicon.units import units
from trialparse.models.tree import trial_page
from trialparse.models.trial import Trial
from trialparse.pipeline.batch import Mode
from trialparse.pipeline.converting import Conversion, Target
from trialparse.pipeline.converting import convert as converting
from trialparse.pipeline.inputs import Inputs
from trialparse.pipeline.kinds import foreign
from trialparse.pipeline.limits import MAX_EXPANSION, Limits
from trialparse.pipeline.parsed import Watched
from trialparse.pipeline.record import TEXT_FIELDS
from trialparse.pipeline.run import Exit, Options, run, say
from trialparse.pipeline.screening import RANK, best_first
from trialparse.pipeline.screening import screen as screening
from trialparse.pipeline.sinks import to_stdout
from trialparse.pipeline.tally import errors_of
from trialparse.pipeline.workers import WorkersFailError
from trialparse.report.files import report_of
from trialparse.report.inspect import stages
from trialparse.report.verdicts import verdict_table
from trialparse.text.printable import printable

app = typer.Typer(
    help="Read scraped clinical-trial pages into typed records with their eligibility criteria as a tree.",
    epilog="Exit codes: 0 all input was read; 1 some input failed, is no trial or does not hold what was asked for, "
    "named on stderr; 2 wrong usage; 3 nothing could be read; 4 the output could not be written; "
    "5 no process could do the work; 130 interrupted; 141 nobody reads the output any more.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _known_layout(name: str | None) -> str | None:
    if name is not None and name not in layouts.names():
        raise typer.BadParameter(f"there is no layout {name!r}; known are {', '.join(layouts.names())}")
    return name


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(trialparse.__version__)
        raise typer.Exit


Layout = Annotated[
    str | None,
    typer.Option(
        help="Read as this layout instead of recognising it (see `trialparse layouts`).", callback=_known_layout
    ),
]


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None: ...


@app.command()
def parse(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="INPUT",
            help="Files, folders or globs; - is stdin. Pages (.txt, .html, .md), records (.json, .jsonl, .ndjson, "
            ".xml, .csv, .tsv, .parquet), archives (.zip, .warc), each also with .gz or .zst.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="NAME.jsonl (or .jsonl.gz, .jsonl.zst), or a folder for Parquet tables."),
    ] = None,
    layout: Layout = None,
    workers: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where a run was cut off; after a whole run, read what is new.")
    ] = False,
    errors: Annotated[
        Path | None, typer.Option(help="File for the records that failed; if none is named, OUT.errors.jsonl.")
    ] = None,
    retry: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Read the dead letters in FILE, and of the inputs only what these are about."
        ),
    ] = None,
    mode: Annotated[
        Mode, typer.Option(help="A trial with an error: keep it, make it a dead letter, or stop at the first.")
    ] = "permissive",
    report: Annotated[Path | None, typer.Option(help="File for counts and the texts not understood, as JSON.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after this many records.")] = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only the trial with this id; may recur.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Field or column that holds a row's text; may recur.")
    ] = None,
    record_timeout: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=0.001, help="A record that takes longer fails, and the run goes on."),
    ] = None,
    max_chars: Annotated[int, typer.Option(min=1, help="Characters of a record that are read.")] = MAX_CHARS,
    max_expansion: Annotated[
        int, typer.Option(min=1, metavar="TIMES", help="A packed file may unpack to so many times its size.")
    ] = MAX_EXPANSION,
) -> None:
    """Read records into one line of JSON each, or into Parquet tables."""
    if not inputs and retry is None:
        raise typer.BadParameter("name an input, or dead letters by --retry", param_hint="INPUT")
    options = Options(
        inputs=tuple(inputs or ()),
        retry=retry,
        out=out,
        errors=errors,
        report=report,
        layout=layout,
        mode=mode,
        select=tuple(select or ()),
        fields=tuple(field or TEXT_FIELDS),
        workers=workers,
        limit=limit,
        resume=resume,
        record_timeout=record_timeout,
        max_chars=max_chars,
        max_expansion=max_expansion,
    )
    raise typer.Exit(run(options))


@app.command()
def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Page to read; - is stdin.")],
    layout: Layout = None,
) -> None:
    """Print a page's trial and its criteria as a tree, limits beside the text."""
    trial = trialparse.parse(_read(file), layout=layout)
    _console().print(trial_page(trial))
    raise typer.Exit(Exit.SOME_FAILED if _complain(file, trial) else Exit.GOOD)


@app.command()
def inspect(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Page to read; - is stdin.")],
    layout: Layout = None,
) -> None:
    """Print what each stage saw: layout scores, fields and their places, sections, outline, tokens, logic, limits."""
    console = _console()
    for line in stages(_read(file), layout):
        console.print(printable(line), soft_wrap=True)


@app.command()
def screen(
    patient: Annotated[
        Path, typer.Argument(metavar="PATIENT.json", help="What is known of the patient; see the docs.")
    ],
    trials: Annotated[
        list[str],
        typer.Argument(metavar="TRIAL", help="As INPUT of `trialparse parse`, and the JSONL that it writes."),
    ],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One line of JSON for each trial, with all reasons.")] = False,
    outcome: Annotated[
        list[str] | None, typer.Option(help="Only trials with this outcome: met, unknown, not_met; may recur.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 1,
) -> None:
    """Put the criteria of trials to a patient: met, unknown or not met, and why; best first."""
    known = _patient(patient)
    wanted = set(outcome or RANK)
    if wrong := wanted - set(RANK):
        raise typer.BadParameter(f"no outcome is called {', '.join(sorted(wrong))}", param_hint="--outcome")
    watched = Watched(Inputs(trials), _say, workers=workers)
    found = list(screening(known, watched))
    shown = [each for each in best_first(found) if each.verdict.outcome in wanted]
    if jsonl:
        for each in shown:
            to_stdout(each.as_json().encode() + b"\n")
    else:
        _console().print(verdict_table(shown))
    raise typer.Exit(Exit.after(len(found), watched.wrong))


@app.command()
def convert(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="As INPUT of `trialparse parse`, and the JSONL that it writes.", show_default=False
        ),
    ],
    to: Annotated[
        Target, typer.Option(help="HL7 FHIR R5: ResearchStudy and EvidenceVariable. CDISC USDM 4.0: a study's JSON.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help="NAME.jsonl: a document in each line; NAME.json: one Bundle, or one USDM study; else a folder, with a "
            "file for each trial. If none is named, lines on stdout. Nothing that exists is replaced.",
        ),
    ] = None,
    losses: Annotated[
        Path | None, typer.Option(help="File for what the documents do not hold: a line of JSON each.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 1,
) -> None:
    """Write trials as FHIR R5 or USDM 4.0, and say what these cannot hold."""
    raise typer.Exit(converting(Conversion(tuple(inputs), to, out, losses, workers)))


def _patient(path: Path) -> Patient:
    """The patient in a file; says on stderr what is wrong with it, and ends."""
    try:
        return Patient.model_validate_json(path.read_bytes())
    except OSError as error:
        _say(str(path), f"cannot be read: {error.strerror}")
    except ValidationError as error:
        for each in error.errors():
            _say(str(path), f"{'.'.join(map(str, each['loc'])) or 'patient'}: {each['msg']}")
    raise typer.Exit(Exit.USAGE)


@app.command()
def report(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="As of `trialparse parse`, and the JSONL that it writes."),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="File to write, for a browser.")] = Path("report.html"),
    patient: Annotated[
        Path | None, typer.Option(metavar="PATIENT.json", help="Put each criterion to this patient, as `screen` does.")
    ] = None,
    layout: Layout = None,
    workers: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 1,
) -> None:
    """Write a page that shows the text beside what was read of it: one file, for any browser, without a network."""
    known = None if patient is None else _patient(patient)
    try:
        read, failed = report_of(inputs, out, known, layout=layout, workers=workers, say=_say)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--out") from None
    except OSError as error:
        _say(str(out), f"cannot be written: {error.strerror or error}")
        raise typer.Exit(Exit.CANNOT_WRITE) from None
    typer.echo(printable(f"trialparse: {read:,} trials, {failed:,} with errors or not read: {out}"), err=True)
    raise typer.Exit(Exit.after(read, failed))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a trial."""
    typer.echo(json.dumps(trial_schema(), indent=2, ensure_ascii=False).encode())


@app.command("layouts")
def list_layouts() -> None:
    """List the page layouts and record formats, each with what it reads."""
    _describe(layouts.names())


@app.command("formats")
def list_formats() -> None:
    """List the record formats: JSON, XML and tables of registries."""
    _describe(layouts.format_names())


def _describe(names: Sequence[str]) -> None:
    width = max(map(len, names))
    for name in names:
        typer.echo(f"{name:{width}}  {layouts.load(name).description}")


Word = Annotated[str | None, typer.Argument(metavar="WORD", help="Only those with this word.", show_default=False)]


@app.command("measures")
def list_measures(word: Word = None) -> None:
    """List the measures that limits are read on: name, unit, LOINC code, and the words for each."""
    _list_with(word, ((row.name, row.unit, row.loinc, ", ".join(row.synonyms)) for row in measures().values()))


@app.command("units")
def list_units(word: Word = None) -> None:
    """List the units: UCUM code, what it measures, and its spellings."""
    _list_with(word, ((row.ucum, row.dimension, ", ".join(row.spellings)) for row in units().values()))


def _list_with(word: str | None, rows: Iterable[Sequence[str | None]]) -> None:
    """Print the rows, or those with a word, parted by tabs; it is said if there are none."""
    lines = ("\t".join(cell or "" for cell in row) for row in rows)
    found = [line for line in lines if word is None or word.casefold() in line.casefold()]
    for line in found:
        typer.echo(line)
    if not found:
        _say(str(word), "nothing in the lexicon has this word")
        raise typer.Exit(Exit.SOME_FAILED)


def _read(name: str) -> bytes:
    """What a file holds, as far as it is read; says on stderr why it cannot be, and ends."""
    most = Limits().record_bytes
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            data = file.read(most)
        what = foreign(data)
        if what is None:
            return data
        _say(name, f"is no text, but {what}")
    except IsADirectoryError:
        _say(name, "is a folder; name the files in it")
    except FileNotFoundError:
        _say(name, "no such file")
    except OSError as error:
        _say(name, f"cannot be read: {error.strerror}")
    except ValueError as error:  # a NUL in its name
        _say(name, f"cannot be read: {error}")
    raise typer.Exit(Exit.NOTHING_READABLE)


def _complain(name: str, trial: Trial) -> bool:
    """Say what made the reading of a page fail; true if something did."""
    errors = errors_of(trial)
    for message in errors:
        _say(name, message)
    return bool(errors)


def _say(name: str, reason: str) -> None:
    typer.echo(printable(f"trialparse: {'stdin' if name == '-' else name}: {reason}"), err=True)


def _console() -> Console:
    """Stdout for people: coloured only on a terminal, and never failing on a character it cannot encode."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return Console(highlight=False, markup=False, emoji=False)


def main() -> None:
    """Entry point of the console script. A full disk is an exit code, wherever it shows, and so are idle processes."""
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except WorkersFailError as error:
        sys.exit(say(Exit.NO_WORKERS, str(error)))
    except OSError as error:
        # what Python still holds for stdout goes nowhere, and without a word
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            sys.exit(Exit.BROKEN_PIPE)
        _say("stdout", f"cannot write: {error}")
        sys.exit(Exit.CANNOT_WRITE)
