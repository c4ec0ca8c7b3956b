"""Prose: neighbouring clauses without a limit are one statement, unless they are events with a time each, or a list
whose members a denial or an exclusion criterion means one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from trialparse.lexicon.wording import words
from trialparse.requirements.clauses import Clause, Link, Opener, Opens, of_each
from trialparse.requirements.window import Elapsed, in_time_order, same_side

_ALWAYS = frozenset({Link.BESIDE, Link.COLON})
_JOINED = frozenset({Link.AND, Link.OR, Link.LIST, Link.LIST_AND, Link.LIST_OR})
_LEADING = frozenset({Link.LIST, Link.LIST_AND, Link.LIST_OR, Link.COLON, Link.BESIDE})
"""Links behind a time that opens a clause: `Within 14 days, ...`."""
_CHOICES_OF_ONE = frozenset({Link.OR, Link.LIST_OR})
_CHOICES_OF_MANY = _CHOICES_OF_ONE | {Link.LIST, Link.LIST_AND}
_VERB = 20
_SHORT = 4
"""More words than these behind `or` are no second means of measurement."""
_TURNS = frozenset({"then", "obliges", "concedes"})
_APART = frozenset({"then", "remarks", "exceptions", "resumes", "tells"})
"""What is said by a clause of its own, whatever stands before it."""
_ANDS = frozenset({Link.AND, Link.LIST_AND})
_CHOICES = frozenset({Link.OR, Link.LIST_OR, Link.WIDE_OR})
_LISTS = frozenset({Link.AND, Link.LIST, Link.LIST_AND, Link.LIST_OR})
_PARTS = frozenset({Link.STOP, Link.SEMI, Link.SEMI_AND, Link.SEMI_OR})
_EACH = {Link.AND: Link.OR, Link.LIST_AND: Link.LIST_OR, Link.LIST: Link.LIST_OR}
"""How things join of which one thing is said, where any of them is enough."""


def merge(text: str, row: Sequence[Clause], *, any_of: bool, listed: bool = False) -> list[Clause]:
    """The clauses with prose put together again.

    Args:
        text: readable text.
        row: clauses with their links settled.
        any_of: whether a list of commas means any of its members, whatever joins them (an exclusion criterion).
        listed: whether it stands for the list that a lead-in announces, and commas alone part its members.
    """
    out: list[Clause] = []
    first = 0
    for i in range(1, len(row) + 1):
        if i == len(row) or not _may_merge(row[i - 1], row[i]):
            whole = i - first > 1 and (not first or row[first].link in _PARTS)
            out.extend(_run(row[first:i], any_of, listed, _ruled(text, row[first:i]) if whole else 0))
            first = i
    return _without_frames(out)


def _may_merge(before: Clause, clause: Clause) -> bool:
    if before.limit is not None or clause.limit is not None:
        return False
    if _dates(before) and clause.link is Link.OR and clause.content and not clause.openers:
        return True
    if not all(_is_inside(before, row) for row in before.remarks) and not _is_another_way(clause):
        return False
    if clause.openers and not _is_gloss(clause):
        return False
    if not clause.deeds.isdisjoint(_APART) or ("obliges" in clause.deeds and before.openers):
        return False
    if before.windows and clause.windows and clause.content:
        return False
    if "verb" in clause.deeds and clause.link in _ANDS and any(opener.kind is Opens.NO for opener in before.openers):
        return False
    if clause.link in _ALWAYS:
        return clause.link is Link.BESIDE or not before.conditional
    if clause.link not in _JOINED or before.windows or _has_trailed(before, clause):
        return False
    if before.half:
        return True
    return not any(inner.limit is not None for remark in clause.remarks for inner in remark)


def _dates(clause: Clause) -> list[Elapsed]:
    """`Current (within 28 days) or planned use`: the times, where nothing is said before brackets that tell when."""
    bare = not (clause.content or clause.windows or clause.openers)
    inside = [each for remark in clause.remarks for each in remark] if bare else []
    if not all(each.windows and not (each.content or each.openers or each.limit) for each in inside):
        return []
    return [window for each in inside for window in each.windows]


def _is_another_way(clause: Clause) -> bool:
    """`glaucoma (pressure > 21 mmHg) requiring medical or surgical treatment`: one thing, whatever is done about it."""
    return "way" in clause.deeds and clause.content <= _SHORT and not clause.windows and not clause.spaced


def _has_trailed(before: Clause, clause: Clause) -> bool:
    """Whether what stands behind a limit ends before a clause; `by echocardiogram or MUGA` does not."""
    if "trails" not in before.deeds:
        return False
    goes_on = clause.link in (Link.OR, Link.AND) and not clause.spaced and clause.content <= _SHORT
    return "manner" not in before.deeds or not goes_on or bool(clause.windows)


def _is_inside(clause: Clause, remark: Sequence[Clause]) -> bool:
    """`brief periods (less than 1 month) off therapy`: brackets amid a clause that only say how long or when."""
    excepts = remark[0].opens(Opens.EXCEPT)  # `tumors (except lymphoma) that are bulky or recurrent`
    plain = all(each.limit is None and not (each.remarks or each.deeds) for each in remark)
    plain = plain and not any(each.openers for each in remark[excepts:])
    last = remark[-1]
    return plain and clause.end > max([last.end, *(window.end for window in last.windows)]) + 1


def _is_gloss(clause: Clause) -> bool:
    return [opener.kind for opener in clause.openers] == [Opens.GLOSS]


def _run(run: Sequence[Clause], any_of: bool, listed: bool, ruled: int) -> list[Clause]:
    """One stretch of prose, as one clause or as the members of its list, of which so many things are `ruled` on."""
    run = [*run[: ruled - 1], _together(run[ruled - 1 :])] if ruled else _explained(run, any_of)
    if not ruled and not (
        _means_members(run, any_of) or (listed and any(clause.link is Link.LIST for clause in run[1:]))
    ):
        return [_together(run)]
    out = [run[0]]
    closed = False
    for clause in run[1:]:
        closed |= clause.spaced
        goes_on = clause.link in _ALWAYS or (closed and clause.link is Link.AND)  # `A, B, and C with D and E`
        if not _is_gloss(clause) and (goes_on or not clause.content):
            out[-1] = _together([out[-1], clause])
        else:
            out.append(clause)
    times = out[-1].windows or out[0].windows
    lies_back = run[0].opens(Opens.EXCEPT) and _lies_back(out[-1])
    for clause in out:  # one time at the end of a list is everybody's
        clause.windows = clause.windows or ([] if lies_back else list(times))
        clause.link = _EACH.get(clause.link, clause.link) if ruled and clause is not out[0] else clause.link
    return out


def _explained(run: Sequence[Clause], any_of: bool) -> Sequence[Clause]:
    """`drugs or foods that inhibit X, such as A, B and C`: what a list of examples is of, as one clause."""
    at = next((i for i, clause in enumerate(run) if i and _is_gloss(clause)), 0)
    if at <= 1 or _means_members(run[:at], any_of):
        return run
    return [_together(run[:at]), *run[at:]]


def _lies_back(clause: Clause) -> bool:
    """`except skin cancer or other cancers cured more than 5 years ago`: how long ago at least these were."""
    return bool(clause.windows) and all(w.upper is None and w.lower is not None for w in clause.windows)


def _ruled(text: str, run: Sequence[Clause]) -> int:
    """`Steroids and azathioprine are not permitted`: how many things at the start of a stretch this is said of.

    It is said of each of them. People, and things told apart by more words (`tumors with A and B`), may have to be all
    that is said of them.
    """
    last = next((i for i, clause in enumerate(run) if not clause.deeds.isdisjoint(("permits", "bars"))), 0)
    things = run[: last + 1]
    if not any(clause.link in _EACH for clause in things[1:]):
        return 0
    if any("people" in clause.deeds or _is_gloss(clause) for clause in things):
        return 0
    told_apart = not words("modifiers").isdisjoint(text[run[0].start : run[0].end].lower().split())
    return 0 if told_apart else len(things)


def _means_members(run: Sequence[Clause], any_of: bool) -> bool:
    """Whether the words of a list do not say how its members join: under a denial, and where any member excludes."""
    links = {clause.link for clause in run[1:]}
    if any(map(_lists, run[0].openers)):
        whose = all(opener.kind is Opens.IF for opener in run[0].openers) and not of_each(run)
        return not links.isdisjoint(_LISTS - {Link.AND} if whose else _LISTS)
    if any_of:
        return Link.LIST_AND in links
    # commas that mean `or` because of a word which stands behind this stretch
    return Link.LIST_OR in links and not any(clause.worded for clause in run[1:])


def _lists(opener: Opener) -> bool:
    """Whether an opener takes the members of a list one by one: denied, excepted, counted, or people with a duty."""
    return opener.kind in (Opens.NO, Opens.EXCEPT, Opens.COUNT) or (
        opener.kind is Opens.IF and opener.word == "people" and opener.prefix
    )


def _together(run: Sequence[Clause]) -> Clause:
    first = run[0]
    for clause in run[1:]:
        if not (clause.content or clause.windows or clause.remarks):
            first.end = max(first.end, clause.end)
            if "people" in first.deeds | clause.deeds:
                first.deeds |= clause.deeds & {"bars"}  # `smokers are not permitted`
            continue
        if not first.content and not first.openers and not first.windows:
            clause.windows[:0] = _dates(first)
            if clause.link in (Link.AND, Link.OR):
                clause.start = first.start  # `a prior or concurrent malignancy`
            clause.link, clause.openers = first.link, first.openers
            clause.deeds |= first.deeds & _TURNS
            first = clause
            continue
        first.end = clause.end
        first.content += clause.content
        first.windows.extend(clause.windows)
        first.remarks.extend(clause.remarks)
        first.deeds |= clause.deeds
    return first


def _without_frames(row: Sequence[Clause]) -> list[Clause]:
    """Clauses that say nothing are dropped, and times that stand alone go to the clause that they are said of."""
    out: list[Clause] = []
    link: Link | None = None
    for clause, following in zip_longest(row, row[1:]):
        clause.link = link or clause.link
        link = None
        if clause.content or clause.limit is not None or clause.remarks or clause.openers:
            out.append(clause)
        elif clause.windows:
            link = _lend(clause, out, following)
        elif _decides(clause) and out:
            _decided(clause, out)
        elif following is not None:
            link = _passed_on(clause, following)
            following.deeds |= clause.deeds & _TURNS if "then" in clause.deeds else set()
            if following.content and following.link in (Link.AND, Link.OR):
                following.start = clause.start  # `current or former smokers`
    return [clause for clause in out if clause.says or clause.openers]


def _passed_on(clause: Clause, following: Clause) -> Link | None:
    """The link that a clause has behind one that says nothing, unless it begins anew: `at screening. Gout ...`."""
    return None if following.link in _PARTS else clause.link


def _decides(clause: Clause) -> bool:
    return "then" in clause.deeds and not clause.deeds.isdisjoint(("bars", "permits", "joins"))


def _decided(clause: Clause, out: Sequence[Clause]) -> None:
    """`If TSH is low, the patient is not eligible`: what the outcome of a condition makes of it."""
    first = next((before for before in reversed(out) if before.link is Link.STOP), out[0])
    first.deeds.add("bars" if "bars" in clause.deeds else "remarks")


def _lend(clause: Clause, out: list[Clause], following: Clause | None) -> Link | None:
    """Give the times of a clause that holds nothing else away; the link that the clause behind it has then."""
    apart = following is not None and (following.opens(Opens.EXCEPT) or _is_of_another(following, clause))
    continues = following is not None and out and "continues" in following.deeds  # `A, within 5 years, using B`
    if following is not None and following.link in _LEADING and not (apart or continues):
        if following.content and following.limit is None and not following.openers:
            following.start = min(following.start, clause.windows[0].start)
        following.windows[:0] = clause.windows
        return clause.link
    if not out or _is_of_another(clause, out[-1]):
        out.append(clause)
    elif out[-1].limit is None and (clause.link in _CHOICES or _lie_apart(out[-1], clause)):
        before = out[-1]  # `within 30 days before screening or 14 days after surgery`
        windows = [same_side(window, before.windows) for window in clause.windows]
        out.append(replace(before, link=Link.OR, openers=[], windows=windows, remarks=[]))
    else:
        out[-1].windows.extend(_as_bounded(window, clause, out[-1]) for window in clause.windows)
    return None


def _as_bounded(window: Elapsed, clause: Clause, before: Clause) -> Elapsed:
    """`within 2 weeks after A and 4 weeks after B`: a bare time is bounded as the one before it."""
    last = before.windows[-1:]
    alike = clause.link in _ANDS and all(w.direction == window.direction and not w.kept for w in last)
    return same_side(window, last) if alike else window


def _lie_apart(before: Clause, clause: Clause) -> bool:
    """`within 4 weeks before dosing and for 2 weeks after it`: nothing that happens does so at both times."""
    if clause.link not in _ANDS or len(before.windows) != 1:
        return False
    first, second = before.windows[0], same_side(clause.windows[0], before.windows)
    happens = not first.kept and first.lower is None and second.lower is None
    return happens and (first.direction, second.direction) == ("before", "after")


def _is_of_another(clause: Clause, before: Clause) -> bool:
    """`≥ 3 weeks from chemotherapy and ≥ 7 weeks from surgery`: times alone, each since an event of its own."""
    times = (*before.windows, *clause.windows)
    alone = not before.content and before.limit is None and bool(before.windows)
    return alone and all(time.anchor is not None and time.direction == "after" for time in times)


def share_anchors(text: str, row: Sequence[Clause]) -> None:
    """`A within 3 weeks, B within 6 weeks before entry`: times without an event take that of the next with one."""
    if not any(clause.windows for clause in row):
        return
    event = None
    for clause in reversed(row):
        for i in range(len(clause.windows) - 1, -1, -1):
            window = clause.windows[i]
            if window.anchor is not None:
                event = window
            elif event is not None and window.direction is None and not (window.anchored or _is_inside_it(clause, i)):
                dated = window._replace(anchor=event.anchor, direction=event.direction)
                clause.windows[i] = in_time_order(text, dated)
        if clause.link is Link.STOP:
            event = None
    _share_label_times(row)


def _is_inside_it(clause: Clause, i: int) -> bool:
    """`steroids for > 2 weeks within 3 months before screening`: how long it lasted, at some time in these months."""
    lasts, behind = clause.windows[i], clause.windows[i + 1 : i + 2]
    return lasts.upper is None and bool(behind) and behind[0].lower is None and behind[0].direction == "before"


def share_times(text: str, row: Sequence[Clause], *, any_of: bool) -> None:
    """One time at the end of a list is everybody's, whatever stands between: limits, brackets, examples, exceptions.

    `steroids (> 10 mg daily) or azathioprine within 14 days`, `drugs such as A and B within 14 days`,
    `biologics other than X within 55 days`.
    """
    crossed = _CHOICES_OF_MANY if any_of else _CHOICES_OF_ONE
    times: Sequence[Elapsed] = ()
    for before, clause in zip_longest(reversed(row[:-1]), reversed(row)):
        times = () if clause.limit is not None else _shared(clause, times)
        given = before is not None and clause.link is Link.WIDE_OR and any_of and _was_given(text, before)
        if times and not given and not _hands_on(text, clause, times, crossed):
            times = ()


def _shared(clause: Clause, times: Sequence[Elapsed]) -> Sequence[Elapsed]:
    """The times of a clause of prose, which takes those behind it if it has none; none where it may not share them."""
    if clause.windows:
        alike = not times or list(times) == clause.windows  # else the members have a time each
        return clause.windows if alike and all(map(_looks_back, clause.windows)) else ()
    if times and clause.content and clause.deeds.isdisjoint(("trails", "then")):
        clause.windows = list(times)
    return times


def _hands_on(text: str, clause: Clause, times: Sequence[Elapsed], crossed: frozenset[Link]) -> bool:
    """Whether a time reaches from a clause to the one before it."""
    kinds = {opener.kind for opener in clause.openers}
    if kinds == {Opens.EXCEPT}:
        return not _is_its_own(text, times[0])
    return kinds == {Opens.GLOSS} or (not kinds and clause.link in crossed)


def _was_given(text: str, clause: Clause) -> bool:
    """`injection of A into B or C, or D within 4 weeks`: what is done at some time, and no state that lasts."""
    printed = text[clause.start : clause.end].lower().split()
    if not words("now", "ever", "kept", "obliges").isdisjoint(printed):
        return False
    return any(
        word in words("doings") and (after in words("attaches") or word in words("happenings"))
        for word, after in pairwise([*printed, ""])
    )


def _looks_back(window: Elapsed) -> bool:
    return window.upper is not None and window.lower is None and window.direction != "after"


def _is_its_own(text: str, time: Elapsed) -> bool:
    """`except cancers treated within 1 year`: the time is when what is excepted was done."""
    before = text[max(0, time.start - _VERB) : time.start].split()
    return not before or before[-1].lower() in words("dated_verbs")


def _share_label_times(row: Sequence[Clause]) -> None:
    """`any of the following within 30 days: A, B, C`: the time before the colon is that of all behind it."""
    times: Sequence[Elapsed] = ()
    for before, clause in pairwise(row):
        if clause.link is Link.COLON and before.windows and before.content:
            times = before.windows
        elif clause.link in (Link.STOP, Link.SEMI):
            times = ()
        if times and clause.limit is None and not clause.windows and not clause.openers:
            clause.windows = list(times)
