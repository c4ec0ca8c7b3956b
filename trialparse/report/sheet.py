"""One trial as data for the report page: its text in pieces, its criteria as cards, and what was read of them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from trialparse.evaluate.patient import Patient
from trialparse.models.diagnostic import Diagnostic
from trialparse.models.eligibility import Criterion
from trialparse.models.marks import Mark, Piece, Range, in_own_text, pieces, requirement_marks
from trialparse.models.tree import head_fields
from trialparse.models.trial import Trial
from trialparse.models.verdict import TrialVerdict
from trialparse.report.cards import cards_of, reason_line
from trialparse.report.coverage import Numerals, numerals, shares
from trialparse.report.verdicts import why

KEPT = 20_000
"""Characters before and behind the criteria that a page keeps of a record."""

Data = dict[str, Any]


class Sheet(NamedTuple):
    """A trial for the page."""

    entry: Data
    """Its line in the list of trials."""
    body: Data
    """What is drawn when it is opened."""


class Ground(NamedTuple):
    """The text on the left and what is marked in it."""

    text: str
    criteria: tuple[tuple[Criterion, Range], ...]
    marks: list[Mark]
    block: Range
    """Of the criteria; the text around it may be cut."""
    printed: bool
    """Whether it is the record's own text; else it was put together from the criteria."""


def make_sheet(trial: Trial, source: str | None, patient: Patient | None = None) -> Sheet:
    """The data of one trial.

    Args:
        trial: as it was parsed.
        source: the text that it was parsed from; None, or another text: the criteria's own texts are shown.
        patient: whom the criteria are put to.
    """
    ground = _printed(trial, source) if source is not None and _is_of(trial, source) else _put_together(trial)
    counted = numerals(ground.criteria, ground.text, ground.marks)
    remarks = list(dict.fromkeys((*trial.diagnostics, *trial.eligibility.diagnostics)))
    owners = _owners(ground, remarks)
    marks = [*ground.marks, *counted.marks, *_remarked(ground, remarks, owners)]
    start, end = ground.block
    first, last = max(0, start - KEPT), min(len(ground.text), end + KEPT)
    block = list(pieces(ground.text, marks, start, end))
    verdict, verdicts = (None, {}) if patient is None else patient.judge_every(trial.eligibility, trial.trial_id)
    cards = cards_of(trial.eligibility, verdicts)
    loose: list[list[str]] = []
    for remark, owner in zip(remarks, owners, strict=True):
        (loose if owner is None else cards[owner]["remarks"]).append(_remark(remark))
    return Sheet(
        _entry(trial, counted, cards, verdict),
        {
            "facts": [[label, value] for label, value in head_fields(trial) if value],
            "remarks": loose,
            "shares": shares(block, marks),
            "numerals": [counted.total, counted.unread],
            "printed": ground.printed,
            "json": ground.printed and ground.text.lstrip()[:1] in ("{", "["),
            "left_out": [first, len(ground.text) - last],
            "text": {
                "before": _plain(pieces(ground.text, marks, first, start)),
                "block": _plain(block),
                "after": _plain(pieces(ground.text, marks, end, last)),
            },
            "marks": [[mark.kind, mark.criterion, *mark.paths] for mark in marks],
            "cards": list(cards.values()),
            "verdict": None if verdict is None else _verdict(verdict),
        },
    )


def _is_of(trial: Trial, source: str) -> bool:
    """Whether the trial's offsets are into this text."""
    if trial.source.length != len(source):
        return False
    return trial.source.sha256 == sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def _printed(trial: Trial, source: str) -> Ground:
    """The record's own text."""
    eligibility = trial.eligibility
    marks = [Mark(span.start, span.end, "heading") for span in eligibility.headings]
    criteria = tuple((each, (each.span.start, each.span.end)) for _, each in eligibility.criteria())
    for criterion, place in criteria:
        marks += [_own(criterion, *place), *requirement_marks(criterion)]
    # what stands in a criterion may be written elsewhere: a time of its lead-in, a field behind the criteria
    ends = [(mark.start, mark.end) for mark in marks if mark.kind in ("heading", "criterion")]
    block = (min(start for start, _ in ends), max(end for _, end in ends)) if ends else (0, 0)
    return Ground(source, criteria, marks, block, printed=True)


def _put_together(trial: Trial) -> Ground:
    """The criteria's own texts, one a line, where the record's is not at hand."""
    lines: list[str] = []
    marks: list[Mark] = []
    criteria: list[tuple[Criterion, Range]] = []
    at = 0
    section = None

    def add(text: str, indent: str = "") -> Range:
        nonlocal at
        lines.append(f"{indent}{text}\n")
        start = at + len(indent)
        at += len(lines[-1])
        return start, start + len(text)

    for name, criterion in trial.eligibility.criteria():
        if name != section:
            section = name
            marks.append(Mark(*add(f"{name.capitalize()} criteria"), "heading"))
        start, end = add(criterion.text, "  " * (criterion.id.count(".") + 1))
        criteria.append((criterion, (start, end)))
        marks.append(_own(criterion, start, end))
        found = requirement_marks(criterion, in_own_text(criterion))
        marks += [mark._replace(start=mark.start + start, end=mark.end + start) for mark in found]
    return Ground("".join(lines), tuple(criteria), marks, (0, at), printed=False)


def _own(criterion: Criterion, start: int, end: int) -> Mark:
    return Mark(start, end, "heading" if criterion.heading else "criterion", criterion.id)


# -- remarks -----------------------------------------------------------------------------------------------------------


def _owners(ground: Ground, remarks: Sequence[Diagnostic]) -> list[str | None]:
    """For each remark the criterion that it is about."""
    places = sorted(
        ((each.span.start, each.span.end, each.id) for each, _ in ground.criteria), key=lambda place: place[:2]
    )
    starts = [start for start, _, _ in places]
    owners: list[str | None] = []
    for remark in remarks:
        at = -1 if remark.span is None else bisect_right(starts, remark.span.start) - 1
        inside = remark.span is not None and at >= 0 and remark.span.start < places[at][1]
        owners.append(places[at][2] if inside else None)
    return owners


def _remarked(ground: Ground, remarks: Sequence[Diagnostic], owners: Sequence[str | None]) -> Iterator[Mark]:
    """The places of the remarks, where the text is the record's own."""
    for remark, owner in zip(remarks, owners, strict=True):
        if ground.printed and remark.span is not None:
            yield Mark(remark.span.start, remark.span.end, "remark", owner)


def _remark(remark: Diagnostic) -> list[str]:
    return [remark.code, remark.severity, remark.message]


# -- what comes of it --------------------------------------------------------------------------------------------------


def _entry(trial: Trial, counted: Numerals, cards: dict[str, Data], verdict: TrialVerdict | None) -> Data:
    return {
        "id": trial.trial_id,
        "title": trial.brief_title or trial.official_title,
        "path": trial.source.path,
        "criteria": len(cards),
        "numerals": [counted.total, counted.unread],
        "outcome": None if verdict is None else verdict.outcome,
    }


def _verdict(verdict: TrialVerdict) -> Data:
    fields = [each for each in verdict.criteria if each.section == "record"]
    return {
        "outcome": verdict.outcome,
        "why": why(verdict),
        "fields": [[each.criterion, each.outcome, *map(reason_line, each.reasons)] for each in fields],
    }


def _plain(found: Iterable[Piece]) -> list[list[str | int]]:
    return [[piece.text, *piece.marks] for piece in found]


class Facets:
    """In how many trials each measure and each kind of remark is found."""

    def __init__(self) -> None:
        self._found: dict[str, Counter[str]] = {"measures": Counter(), "remarks": Counter()}

    def add(self, body: Data) -> None:
        """Take those of a sheet."""
        remarks = [*body["remarks"], *(remark for card in body["cards"] for remark in card["remarks"])]
        self._found["remarks"].update({code for code, *_ in remarks})
        self._found["measures"].update({name for card in body["cards"] for name in card["measures"]})

    def data(self) -> Data:
        """Names with their numbers of trials, in the order of the names."""
        return {name: sorted(counter.items()) for name, counter in self._found.items()}
