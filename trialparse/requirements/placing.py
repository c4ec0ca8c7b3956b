"""Times whose clause is not the one they stand in: between commas, behind a contrast, for some, while a trial runs.

Took part, within 30 days, in a trial               one statement with its time
Radiotherapy within 4 weeks, or 2 weeks if local    another time for some, as in brackets
Colchicine within 14 days before and during it      either time
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trialparse.lexicon.wording import words
from trialparse.requirements.clauses import Clause, Link, Opens
from trialparse.requirements.window import Elapsed

_LISTS = frozenset({Link.LIST, Link.OR, Link.AND})
_ANDS = frozenset({Link.AND, Link.LIST_AND})
_NEAR = 12
"""Clauses back to which a sentence is asked whether it denies."""
_SHORT = 6
"""Words that a phrase which says when has at most."""


def placed(text: str, row: Sequence[Clause], *, any_of: bool) -> list[Clause]:
    """The clauses, each time with what it is said of; `any_of` where any of several times is enough."""
    if not any(clause.windows for clause in row):
        return list(row)
    out: list[Clause] = []
    for clause in row:
        if not out or clause.limit is not None or out[-1].limit is not None:
            out.append(clause)
        elif _tells_whom(clause, out):
            time = out.pop()
            _other_time(out[-1], time, clause)
        elif _is_behind_contrast(clause, out):
            out[-2].windows.extend(clause.windows)
            out[-2].remarks.extend(clause.remarks)
        elif clause.link in _ANDS and out[-1].windows and _says_when(text, clause):
            _while_it_runs(out, clause, any_of=any_of)
        else:
            _amid(text, out, clause)
            if clause.link is Link.LIST and clause.windows and _starts(text, clause):
                clause.link = Link.BESIDE
            if _ends_span(text, out[-1], clause):
                clause.link, clause.content, clause.start = Link.OR, 0, clause.windows[0].start
            out.append(clause)
    return [side for clause in out for side in _sides(clause)]


def _sides(clause: Clause) -> tuple[Clause, ...]:
    """`from 2 weeks before the first dose through 6 months after the last`: what happens does so on either side."""
    if len(clause.windows) != 2 or clause.limit is not None or clause.openers or clause.windows[1].led != "UNTIL":
        return (clause,)
    first, second = clause.windows
    apart = (first.direction, second.direction) == ("before", "after") and not first.kept
    if not apart or first.lower is not None or second.lower is not None:
        return (clause,)
    return replace(clause, windows=[first]), replace(clause, link=Link.OR, windows=[second], remarks=[])


def _while_it_runs(out: list[Clause], clause: Clause, *, any_of: bool) -> None:
    """`within 14 days before dosing and during the trial`: any of two times, or both of what is denied or kept up."""
    before = out[-1]
    if before.opens(Opens.NO) or (any_of and before.windows[-1].kept):
        before.end = clause.end
    elif any_of or _is_denied(out):
        clause.link = Link.OR
        clause.deeds.add("runs")
        before.remarks.append([clause])
    else:
        out.append(clause)


def _starts(text: str, clause: Clause) -> bool:
    """`plans to conceive, starting with the first visit through 30 days after the last`: when, and nothing else."""
    return not words("starts").isdisjoint(text[clause.start : clause.end].lower().split()[:1])


def _is_denied(row: Sequence[Clause]) -> bool:
    """Whether the sentence denies a list: any member of which must not be."""
    for clause in reversed(row[-_NEAR:]):
        if any(opener.kind is Opens.NO and opener.word != "word" for opener in clause.openers):
            return True
        if clause.link is Link.STOP:
            break
    return False


def _amid(text: str, out: list[Clause], clause: Clause) -> None:
    """`took part, within 30 days, in a trial`, `received within 30 days, a vaccine`: a time amid one clause."""
    apart = len(out) > 1 and out[-1].link is Link.LIST and not (out[-1].content or out[-1].openers)
    before = out[-2] if apart else out[-1]
    windows = out[-1].windows
    whole = clause.link is not Link.LIST or not clause.content or clause.windows or clause.openers
    if whole or not (windows and before.content) or before.remarks or out[-1].remarks or (apart and before.windows):
        return
    last = text[before.start : windows[0].start].rstrip(", ").lower().split()[-1:]
    first = text[clause.start : clause.end].lower().split()[:1]
    verb = bool(last) and (not words("happenings", "dated_verbs").isdisjoint(last) or last[0].endswith("ed"))
    goes_on = (
        verb or not words("attaches").isdisjoint(first) if apart else verb and not words("articles").isdisjoint(first)
    )
    if goes_on:
        clause.link = Link.BESIDE
        before.windows = windows
        if apart:
            del out[-1]


def _says_when(text: str, clause: Clause) -> bool:
    """`during the study`, `at any time throughout the trial`, `for the entire duration of treatment`."""
    printed = text[clause.start : clause.end].lower().split()
    at = next((i for i, word in enumerate(printed) if word in words("runs")), None)
    if at is None or not clause.plain or clause.content > _SHORT:
        return False
    return words("frame", "articles", "interposed").issuperset(printed[:at])


def _ends_span(text: str, before: Clause, clause: Clause) -> bool:
    """`starting 30 days before X and ending 30 days after it`: two sides of one span."""
    if clause.link not in _ANDS or clause.openers or not (before.windows and clause.windows):
        return False
    begins = text[before.start : before.windows[-1].start].lower().split()[-1:]
    ends = text[clause.start : clause.windows[0].start].lower().split()
    if words("starts").isdisjoint(begins) or not ends or not words("ends", "frame").issuperset(ends):
        return False
    return before.windows[-1].direction == "before" and clause.windows[0].direction == "after"


def _is_behind_contrast(clause: Clause, row: Sequence[Clause]) -> bool:
    """`A, but not B, within 4 weeks`: the time is that of what stands before the contrast."""
    if clause.content or clause.openers or clause.link is not Link.LIST or not clause.windows or len(row) < 2:
        return False
    contrast, before = row[-1], row[-2]
    apart = contrast.link is Link.BUT and contrast.opens(Opens.NO) and not contrast.windows
    return apart and before.content > 0 and before.limit is None and not before.windows


def _tells_whom(clause: Clause, row: Sequence[Clause]) -> bool:
    """`within 4 weeks, or within 2 weeks if it was local`: whether a clause says for whom the time before it is."""
    if len(row) < 2 or not clause.content or clause.windows or [o.kind for o in clause.openers] != [Opens.IF]:
        return False
    time, before = row[-1], row[-2]
    alone = not (time.content or time.openers or time.remarks) and len(time.windows) == 1
    if not alone or time.link not in _LISTS or clause.link is not Link.BESIDE or before.limit is not None:
        return False
    return len(before.windows) == 1 and _are_alike(before.windows[0], time.windows[0])


def _are_alike(first: Elapsed, second: Elapsed) -> bool:
    """Whether two times are bounded on the same side, and on the same side of an event."""
    same = (first.lower is None) == (second.lower is None) and (first.upper is None) == (second.upper is None)
    return same and second.direction in (None, first.direction)


def _other_time(clause: Clause, time: Clause, condition: Clause) -> None:
    """Give a clause another time for some, as brackets do."""
    first, other = clause.windows[0], time.windows[0]
    if other.direction is None:
        other = other._replace(direction=first.direction, anchor=first.anchor, anchored=first.anchored)
    time.windows, time.link = [other], Link.BESIDE
    clause.remarks.append([time, condition])
