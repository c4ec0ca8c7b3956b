"""The row of clauses while it is built: which clause is open, the connective before the next one, brackets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from trialparse.lexicon.wording import words
from trialparse.requirements.claims import (
    Scene,
    is_mere_prose,
    opposed,
    other_people,
    paralleled,
    restates_limit,
)
from trialparse.requirements.clauses import Clause, Link, Opener, Opens, divided
from trialparse.requirements.marks import enumerates, enumerates_bracket
from trialparse.requirements.neighbours import Finding
from trialparse.requirements.quantity import in_days
from trialparse.requirements.tokens import Token
from trialparse.requirements.window import Elapsed

LINKS = {"AND": Link.AND, "OR": Link.OR, "BUT": Link.BUT, "SEMI": Link.SEMI, "STOP": Link.STOP, "COMMA": Link.LIST}
"""Tokens that part clauses."""
_WORDED = {Link.SEMI: {"AND": Link.SEMI_AND, "OR": Link.SEMI_OR}}
_OF_LISTS = frozenset({Opens.COUNT, Opens.EXCEPT})
"""What is said of a list before the mark of its first member."""
_KEPT = frozenset({Link.STOP, Link.SEMI_AND, Link.SEMI_OR})
_TIGHT = frozenset({Link.STOP, Link.OR, Link.AND})
_PARTS = frozenset({Link.STOP, Link.SEMI, Link.SEMI_AND, Link.SEMI_OR})
_NEAR = 12
"""Clauses back to which the limit is looked for that brackets are about."""
_PARTED = frozenset({"", "RPAR", *LINKS})
"""Tokens behind brackets with which the clause before these has ended."""
_SAMPLED = 42
"""Days: older values tell nothing of who enters a trial."""
_CLOSING = ".,;)]"
_WORDS = 32
_NEVER: Mapping[frozenset[str], int] = Counter()
_DEEPEST = 12
"""Brackets deeper than this are read as if they stood in those around them."""


class RowBuilder:
    """Opens clauses and closes them, in a row and in the rows of the brackets inside it."""

    def __init__(self, text: str, tokens: Sequence[Token], limits: Mapping[int, tuple[Finding, int]]) -> None:
        self._text = text
        self._tokens = tokens
        times = Counter(finding.names for finding, _ in limits.values()) if limits else _NEVER
        again = len(limits) > 1 and max(times.values()) > 1
        each_sex = again and len({token.value for token in tokens if token.type == "POP"}) > 1
        parallel = paralleled(tokens, limits, times) if again else frozenset()
        self._scene = Scene(text, tokens, limits, times, again, each_sex, parallel)
        self._row: list[Clause] = []
        self._rows: list[list[Clause]] = []
        """The rows of the brackets around the one that is open."""
        self._link: Link | None = None
        self._spaced = self._worded = False
        self._marked: int | None = None
        self._way = False
        """Whether what follows the connective may be another way to know or to treat what stands before it."""
        self._fresh = True
        """Whether the next token begins a clause."""
        self._denied: int | None = None
        """The token of a denial within the prose of the open clause."""
        self._pending: Opener | None = None
        """A count or an exception whose first member has not begun."""

    @property
    def _last(self) -> Clause | None:
        return self._row[-1] if self._row else None

    @property
    def _open_clause(self) -> Clause | None:
        """The clause that the next token goes on with."""
        return None if self._fresh or not self._row else self._row[-1]

    @property
    def _around(self) -> Clause | None:
        """The clause that the open brackets stand behind."""
        return self._rows[-1][-1] if self._rows else None

    @property
    def _midway(self) -> bool:
        """Whether the open clause has said something."""
        clause = self._open_clause
        return clause is not None and clause.says

    @property
    def _behind_value(self) -> bool:
        """Whether a limit has just been read."""
        clause = self._open_clause
        return clause is not None and clause.limit is not None

    @property
    def _begins_sentence(self) -> bool:
        """Whether the next token is the first one of a sentence outside brackets."""
        return not self._rows and (not self._row or (self._fresh and self._link is Link.STOP))

    def _clause(self, start: int) -> Clause:
        """The clause that is open, or a new one."""
        return self._open_clause or self._open(start)

    def _open(self, start: int) -> Clause:
        """A new clause behind the connectors seen."""
        clause = Clause(self._link or Link.BESIDE, start, start, spaced=self._spaced, worded=self._worded)
        clause.mark = self._marked
        if self._way:
            clause.deeds.add("way")
        self._continue(clause)
        self._row.append(clause)
        self._settle()
        if self._pending is not None:
            clause.openers.append(self._pending)
            self._pending = None
        return clause

    def _continue(self, clause: Clause) -> None:
        """Let a new clause stand beside the one before it where its first words go on about that: `, with`, `, who`."""
        if clause.link not in (Link.AND, Link.LIST):
            return
        first, second = self._first_words(clause.start)
        last = self._last
        if clause.link is Link.AND:
            prose = last is not None and last.limit is None and not last.windows
            clause.link = Link.BESIDE if prose and _by_means(first, second) else Link.AND
        else:
            if _excepts(last) and first in words("resumes"):
                clause.deeds.add("resumes")
            if "resumes" in clause.deeds or _goes_on(last, first, second):
                clause.link = Link.BESIDE
                clause.deeds.add("continues")

    def _first_words(self, start: int) -> tuple[str, str]:
        """The first two words from `start` on, in lower case; "" for what is not there."""
        found = [*self._text[start : start + _WORDS].lower().split(None, 2), "", ""]
        return found[0].rstrip(_CLOSING), found[1].rstrip(_CLOSING)

    def _settle(self) -> None:
        """Forget the connectors: a clause is open."""
        self._link, self._spaced, self._worded, self._fresh, self._denied = None, False, False, False, None
        self._marked, self._way = None, False

    def _part(self, link: Link | None) -> None:
        """The next token begins a clause, behind `link` unless a connective has been seen already."""
        self._link, self._fresh = self._link or link, True

    def _connect(self, i: int, kind: str) -> None:
        link = LINKS[kind]
        if kind == "AND" and (opposed(self._scene, i) or other_people(self._scene, i)):
            kind, link = "OR", Link.OR
        self._worded = self._worded or kind in ("AND", "OR")
        seen = self._link
        if seen is None or seen is Link.COLON:
            self._link, self._spaced = link, False
        elif kind in ("AND", "OR"):
            self._spaced = seen is Link.LIST
            self._link = _WORDED.get(seen, {}).get(kind) or (seen if seen in _TIGHT else link)
        elif kind in ("SEMI", "STOP", "BUT") and seen not in _KEPT:
            self._link = link
        self._fresh = True

    # -- brackets ------------------------------------------------------------------------------------------------

    def _bracket(self, i: int, opener: Opener | None) -> int:
        """Open or close a bracket; `opener` is what an opening one says of the clause before it. The token behind."""
        token = self._tokens[i]
        if token.type == "RPAR":
            follows = self._scene.kind(i + 1)
            self._close_bracket(token.end, last=follows in ("", "STOP"), parted=follows in _PARTED)
            return i + 1
        if enumerates_bracket(self._scene, self._text, i):
            self._enumerate(token.start, self._tokens[i + 2].end)
            return i + 3
        if restates_limit(self._scene, i):
            return i + 3
        if len(self._rows) < _DEEPEST:
            self._clause(token.start)
            self._rows.append(self._row)
            self._row, self._link, self._fresh = [], None, True
            if opener is not None:
                self._open(token.end).openers.append(opener)
        return i + 1

    def _close_bracket(self, end: int, *, last: bool = True, parted: bool = True) -> None:
        """Put what the innermost open bracket holds on the clause before it.

        It stands `last` in its sentence, or what follows is `parted` from that clause.
        """
        if not self._rows:
            if self._row and enumerates(self._row[-1]):
                mark = self._row.pop()
                self._link, self._spaced, self._worded, self._fresh = mark.link, mark.spaced, mark.worded, True
                self._pending = next((each for each in mark.openers if each.kind in _OF_LISTS), None)
                self._enumerate(mark.start, end)
            return
        inside, self._row = _remarks_in(self._row) if self._row else [[]], self._rows.pop()
        self._settle()
        for sentence in inside[:1]:
            self._annotate(sentence, end, parted=parted)
        if last and not self._rows:
            self._row.extend(clause for sentence in inside[1:] for clause in sentence)  # on a par with those around
        else:
            self._row[-1].remarks.extend(inside[1:])

    def _annotate(self, inside: list[Clause], end: int, *, parted: bool) -> None:
        """Say in the open clause what brackets behind it hold that end at `end`; `parted` if it ends there, too."""
        found = self._behind_which(inside)
        clause = found or self._row[-1]
        if inside and clause.opens(Opens.EXCEPT) and inside[0].opens(Opens.EXCEPT):
            inside[0].link = Link.BESIDE
            self._row.extend(inside)  # `other than X (except Y)`: both are exceptions from what stands before them
        elif inside and clause.limit is None and all(map(is_mere_prose, inside)):
            clause.end = end  # prose in brackets behind prose is prose
            clause.content += sum(each.content for each in inside)
            clause.deeds.update(*(each.deeds for each in inside))
        elif inside and clause.limit is None and clause.content and _tells_times(inside):
            clause.end = end  # `preparations (2 days before and 1 day before)`: of which kind they are
        elif parted and _is_time_of(inside, clause):
            for each in _alike(self._row[-_NEAR:], clause) if found is not None else (clause,):
                each.windows.extend(inside[0].windows)
            clause.end = end if clause.limit is None else clause.end
        elif inside:
            clause.remarks.append(inside)

    def _behind_which(self, inside: Sequence[Clause]) -> Clause | None:
        """The clause of a limit that brackets are about, though words stand between; None for the one before them.

        `≤ 3 x ULN if fibrosis (obtained within 7 days)`, `resolved to grade ≤ 1 by CTCAE (except alopecia)`.
        """
        last = self._row[-1]
        if not inside or last.limit is not None:
            return None
        sampled = inside[0].windows and self._first_words(inside[0].start)[0] in words("samples")
        sampled = sampled or (len(inside) == 1 and _is_recent(inside[0]))
        excepted = "trails" in last.deeds and inside[0].opens(Opens.EXCEPT)
        if not (excepted or (sampled and last.conditional)):
            return None
        near = self._row[: -_NEAR - 1 : -1]
        found = next((clause for clause in near if clause.limit is not None or clause.link in _PARTS), None)
        return None if found is None or found.limit is None else found

    def _enumerate(self, at: int, end: int) -> None:
        """A member of a list begins behind the mark at `at`; behind words that say nothing, it is still theirs."""
        if self._fresh or self._midway:
            link = self._link if self._link is not Link.BESIDE else None
            excepted = self._midway and self._row[-1].opens(Opens.EXCEPT)  # `except treated (1) A and (2) B`
            listed = Link.LIST if self._row and self._pending is None and not excepted else None
            self._link, self._fresh = link or listed, True
            self._marked = at
        elif self._row:
            clause = self._row[-1]
            clause.mark, clause.start, clause.end = at, end, end

    def _limited_again(self) -> bool:
        """`≥ 18 (≥ 20 in Japan)`: whether the limit in the brackets is on the measure of the one before them."""
        around, last = self._around, self._last
        if around is None or last is None or around.limit is None or last.limit is None:
            return False
        return around.limit.names == last.limit.names

    def _says(
        self, kind: Opens, word: str, start: int, end: int, *, prefix: bool = False, closed: bool = False
    ) -> None:
        """Put an opener on the open clause."""
        self._row[-1].openers.append(Opener(kind, word, start, end, prefix=prefix, closed=closed))


def _excepts(last: Clause | None) -> bool:
    """Whether the clause before is an exception behind a comma: `, other than X`."""
    return last is not None and last.link is Link.LIST and last.opens(Opens.EXCEPT)


def _goes_on(last: Clause | None, first: str, second: str) -> bool:
    """Whether two words behind a comma go on about what stands before it, unless that is a condition's own."""
    if first in words("dated_verbs") and (not second or second in words("means") or second.endswith("ly")):
        return True  # `except melanoma or skin cancer, treated adequately`
    if last is not None and last.conditional:
        return first in words("continues")
    return bool(second) and (first in words("modifiers") or _by_means(first, second))


def _by_means(first: str, second: str) -> bool:
    """`confirmed by`, `measured with`."""
    return first in words("participles") and second in words("means")


def _remarks_in(row: Sequence[Clause]) -> list[list[Clause]]:
    """What brackets hold, cut at full stops where a sentence lets in or shuts out; brackets in brackets are one."""
    tells = any(clause.deeds & {"permits", "joins", "bars"} for clause in row)
    out: list[list[Clause]] = []
    for sentence in divided(row, {Link.STOP} if tells else frozenset()):
        alone = sentence[0].remarks if len(sentence) == 1 and not sentence[0].openers else []
        out.extend(alone if alone and not replace(sentence[0], remarks=[]).says else [list(sentence)])
    return out


def _alike(row: Sequence[Clause], clause: Clause) -> list[Clause]:
    """The clauses that limit the same measures as one of them."""
    names = clause.limit and clause.limit.names
    return [each for each in row if each.limit is not None and each.limit.names == names]


def _tells_times(inside: Sequence[Clause]) -> bool:
    """Whether brackets hold nothing but several times, all of which are meant."""
    bare = all(not (each.content or each.openers or each.remarks or each.limit) for each in inside)
    timed = all(each.windows and all(window.bare for window in each.windows) for each in inside)
    return bare and timed and len(inside) > 1 and all(each.link is Link.AND for each in inside[1:])


def _is_recent(clause: Clause) -> bool:
    """`(within 10 days before registration)`: so short a time before the trial is when a value is taken."""
    window = clause.windows[0] if len(clause.windows) == 1 else None
    if window is None or clause.content or window.start > clause.start or window.anchor is None:
        return False
    days = None if window.upper is None else in_days(window.upper)
    return window.direction == "before" and days is not None and days <= _SAMPLED


def _is_time_of(inside: Sequence[Clause], clause: Clause) -> bool:
    """`recent infarction (within 6 months)`: brackets that hold the only time of what stands before them."""
    bare = len(inside) == 1 and not (inside[0].content or inside[0].openers or inside[0].remarks or inside[0].limit)
    return bare and bool(inside[0].windows) and not clause.windows and bool(clause.content or clause.limit)


def windows_beside(around: Clause | None) -> Sequence[Elapsed]:
    """The times of a clause of prose that brackets may give another one for."""
    return () if around is None or around.limit is not None else around.windows
