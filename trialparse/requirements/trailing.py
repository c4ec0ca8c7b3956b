"""What stands behind a limit or a time and goes on about it, and is no member of a list of criteria.

LVEF ≤ 40 % measured by echocardiography, CT or MRI     allergy (grade ≥ 3) to the drug or its excipients
IOP > 21 mmHg at the screening or randomization visit   4 weeks after the last course of drugs or radiotherapy
"""

from __future__ import annotations

from collections.abc import Sequence

from trialparse.lexicon.wording import words
from trialparse.requirements.clauses import Clause, Link
from trialparse.requirements.idioms import are_opposites

_GOES_ON = frozenset({Link.LIST, Link.OR, Link.AND})
_TIGHT = frozenset({Link.OR, Link.AND})
_SHORT = 6
"""Words that the name of a means or an occasion has at most."""
_PAIR = 2
"""Words behind the first one of `treated or untreated`."""
_MEMBER = 3
"""Words that the second member of an event has at most."""


def gone_on(text: str, row: Sequence[Clause]) -> list[Clause]:
    """The clauses, those that go on about the limit or time before them being one with that."""
    out: list[Clause] = []
    for clause in row:
        before = out[-1] if out else None
        if before is None or clause.link not in _GOES_ON or not 0 < clause.content <= _SHORT or not _is_prose(clause):
            out.append(clause)
        elif (first := _referred_to(text, out, clause)) is not None:
            for each in (*out[first + 1 :], clause):
                _take(out[first], each)
            del out[first + 1 :]
        elif _ends_event(text, before, clause):
            last = before.windows[-1]
            anchor = last.anchor and (last.anchor[0], clause.end)
            before.windows[-1] = last._replace(end=clause.end, anchor=anchor)
            _take(before, clause)
        elif not _tells_more(text, before, clause):
            out.append(clause)
    return out


def _tells_more(text: str, before: Clause, clause: Clause) -> bool:
    """Whether a clause is now told by the one before it; one that says how its value was found stands beside it."""
    behind_limit = _is_behind_limit(before)
    if behind_limit and clause.link is Link.OR and _finds(text, clause):
        _take(before, clause)
        return True
    if behind_limit and clause.link is Link.LIST and _printed(text, clause)[0] in words("ways"):
        clause.link = Link.BESIDE  # `, by ultrasound or X-ray`
        return False
    if not clause.plain:
        return False
    if _says_all(text, clause):
        _take(before, clause)
        return True
    if "manner" in before.deeds and _names_means(text, clause):
        clause.link = Link.BESIDE
        clause.deeds.add("manner")
        return False
    if not (behind_limit and _names_occasion(text, clause)):
        return False
    if before.limit is None:
        _take(before, clause)
    return True


def _is_prose(clause: Clause) -> bool:
    return clause.limit is None and not (clause.openers or clause.remarks)


def _take(before: Clause, clause: Clause) -> None:
    """Make the words of a clause part of the one before it."""
    if before.limit is None:
        before.end = clause.end
        before.content += clause.content
    before.windows.extend(clause.windows)
    before.deeds |= clause.deeds


def _referred_to(text: str, out: Sequence[Clause], clause: Clause) -> int | None:
    """`allergy (grade ≥ 3) to A, B or its excipients`: the clause with brackets amid it that `clause` goes on about."""
    if clause.link not in _TIGHT or words("refers_back").isdisjoint(_printed(text, clause)):
        return None
    first = len(out) - 1
    while first and out[first].link is Link.LIST and out[first].plain:
        first -= 1
    before = out[first]
    limits = [each.limit for remark in before.remarks for each in remark if each.limit is not None]
    amid = bool(limits) and all(limit.end < before.end for limit in limits)
    return first if amid and before.limit is None and not before.windows else None


def _ends_event(text: str, before: Clause, clause: Clause) -> bool:
    """`after the last course of drugs or radiotherapy`: the event of the time before has another member."""
    last = before.windows[-1] if before.windows else None
    if last is None or last.anchor is None or clause.link not in _TIGHT or clause.spaced or not clause.plain:
        return False
    if last.direction != "after":
        return False  # `before the first dose of the drug or longer`
    if clause.content > _MEMBER or before.end > last.end:
        return False
    head, of, named = text[last.anchor[0] : last.anchor[1]].lower().rpartition(" of ")
    course = bool(of) and not words("courses").isdisjoint(head.split())
    began = _printed(text, clause)[0] in words("frame", "spans", "articles")  # `or at any time`
    return course and not began and words("trial").isdisjoint(named.split())


def _says_all(text: str, clause: Clause) -> bool:
    """`treated or untreated`: whichever it is."""
    first, *others = _printed(text, clause)
    return len(others) == _PAIR and are_opposites(first, others[-1])


def _is_behind_limit(clause: Clause) -> bool:
    return clause.limit is not None or "trails" in clause.deeds


def _printed(text: str, clause: Clause) -> list[str]:
    return [word.strip("()[].,;") for word in text[clause.start : clause.end].lower().split()]


def _names_means(text: str, clause: Clause) -> bool:
    """Whether a clause names a way to measure: `CT scanning`, `angiography`."""
    endings = tuple(words("means_endings"))
    return any(word in words("measuring") or word.endswith(endings) for word in _printed(text, clause))


def _finds(text: str, clause: Clause) -> bool:
    """`(measured) or estimated using a formula`: whether a clause says how a value was found, and of no other."""
    first, second = [*_printed(text, clause), ""][:2]
    return first in words("found") and (not second or second in words("means"))


def _names_occasion(text: str, clause: Clause) -> bool:
    """Whether a clause names when something is done in the trial, and nothing else: `randomization visits`."""
    printed = _printed(text, clause)
    if clause.link in _TIGHT and words("visits").issuperset(printed):
        return True  # `> 45 kg at screening and randomization`
    named = words("occasions", "beginnings", "frame", "articles")
    return not words("occasions").isdisjoint(printed) and all(word in named or word.isdigit() for word in printed)
