"""A denial in the midst of prose that a time follows: what of the prose it denies, and whether the time is that of it.

Insulin must not be started within 12 hours    all of it
Cancer that has not been in remission for 2 years    what stands behind it
A drug that has not been approved within 14 days     nothing that the time is said of
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from trialparse.lexicon.wording import words
from trialparse.requirements.clauses import Clause, Link, Opens
from trialparse.requirements.deeds import first_word
from trialparse.requirements.neighbours import SUBJECTS
from trialparse.requirements.tokens import Token
from trialparse.requirements.window import Elapsed

_OF_SUBJECT = frozenset({Link.OR, Link.AND, Link.LIST_OR})
_AUXILIARIES = 2
"""Words that a denied verb begins with at most: `that has`, `who do`."""

_OUTCOME = 3
"""Words in which `lack of` comes to what is lacking."""


class Denied(Enum):
    """What of a clause a denial within it denies."""

    NOTHING = "nothing"
    BEHIND = "what stands behind it"
    ALL = "all of it"


def denied(
    text: str,
    tokens: Sequence[Token],
    at: int,
    row: Sequence[Clause],
    elapsed: Elapsed,
    *,
    excludes: bool,
) -> Denied:
    """What the denial at `tokens[at]` denies of the last clause of `row`, behind which the time `elapsed` stands."""
    clause = row[-1]
    first = at
    while first and tokens[first - 1].start >= clause.start:
        first -= 1
    before = [text[token.start : token.end].lower() for token in tokens[first:at]]
    if not words("agrees").isdisjoint(before) or before[-1:] == ["of"] or _in_list(row):
        return Denied.NOTHING  # `agree not to`, `at risk of not being`
    related = not words("relatives").isdisjoint(before)
    of_people = any(token.type in SUBJECTS for token in tokens[first:at])
    behind = text[tokens[at].end : elapsed.start].lower().split()
    states = not words("states").isdisjoint(behind)
    asked = not excludes or (first_word(text, tokens[at]) in words("incapable") and not states)
    if not (related or of_people) and _is_only_verb(text, tokens[at], before, asked=asked):
        return Denied.ALL
    lasts = elapsed.lower is not None and elapsed.lower.inclusive
    within = elapsed.upper is not None and tokens[at].value == "list"
    dated = lasts or within or states or "who" in before
    return Denied.BEHIND if clause.content and dated else Denied.NOTHING


def _in_list(row: Sequence[Clause]) -> bool:
    """`A or B must not be given`: the clause is the end of a list, and the denial is that of all of it."""
    if len(row) == 1 or row[-1].link not in _OF_SUBJECT:
        return False
    earlier = row[-2]
    return earlier.content > 0 and not (earlier.windows or earlier.limit or earlier.deeds)


def _is_only_verb(text: str, token: Token, before: Sequence[str], *, asked: bool) -> bool:
    """`Insulin must not be started`, `insulin was not given`.

    In an exclusion criterion what has a thing that is not so has the thing: `seizures are not controlled`; but where
    something cannot be done, it is not: `insulin cannot be started`.
    """
    if token.value == "bar":
        return True
    auxiliaries = words("verbs", "lets", "copulas")
    printed = {text[token.start : token.end].lower(), *before[-1:]}
    return asked and not printed.isdisjoint(auxiliaries)


def lacks_outcome(text: str, tokens: Sequence[Token], at: int) -> bool:
    """`lack of response to colchicine`: it was given and did not help, which the words at `at` do not deny."""
    if first_word(text, tokens[at]) not in words("lacks"):
        return False
    behind = tokens[at + 1 : at + 1 + _OUTCOME]
    named = next((i for i, token in enumerate(behind) if token.value in words("outcomes")), None)
    return named is not None and all(token.type == "WORD" for token in behind[:named])


def tells_why(text: str, tokens: Sequence[Token], at: int, clause: Clause | None) -> bool:
    """`not recovered from toxicity due to ...`: whether at `at` stands why something is not so, which is not denied."""
    behind = text[tokens[at + 1].start : tokens[at + 1].end].lower() if at + 1 < len(tokens) else ""
    if clause is None or not clause.says or behind not in words("before_causes"):
        return False
    return any(opener.kind is Opens.NO and opener.word == "word" for opener in clause.openers)


def ends_with_time(text: str, clause: Clause | None, token: Token) -> bool:
    """`an infection within 4 weeks that required surgery`: whether the time before a token ends what it is said of."""
    if clause is None or clause.limit is not None or not (clause.content and clause.windows):
        return False
    end = clause.windows[-1].end
    return clause.end <= end and text[end : token.start].isspace()


def before_verb(text: str, start: int, end: int) -> int:
    """Where prose ends before the auxiliary verb at its end that is denied: `toxicity that has`."""
    head = text[start:end].rstrip()
    for _ in range(_AUXILIARIES):
        last = head.rpartition(" ")[2]
        if last.lower() not in words("verbs", "relatives"):
            break
        head = head[: -len(last)].rstrip()
    return start + len(head)
