"""Tokens, limits and windows -> clauses: a cut at each connective, bracket, and word that denies or conditions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trialparse.lexicon.wording import words
from trialparse.requirements.claims import (
    AGE,
    joins_people,
    names_part,
    norms_at,
    restates_limit,
    tells_apart,
)
from trialparse.requirements.clauses import Clause, Link, Opener, Opens
from trialparse.requirements.counts import tells_count
from trialparse.requirements.deeds import demands_of
from trialparse.requirements.denials import Denied, before_verb, denied
from trialparse.requirements.idioms import is_idiom
from trialparse.requirements.marks import marks_with_stops
from trialparse.requirements.neighbours import SUBJECTS, Finding, outside_brackets
from trialparse.requirements.openers import OPENING
from trialparse.requirements.prose import ProseReader
from trialparse.requirements.rows import LINKS, windows_beside
from trialparse.requirements.tokens import Token
from trialparse.requirements.window import Elapsed, ended, lasting, like, paused

_TIMES = frozenset({"TIME", "LIMIT_TIME"})
_MAY_NAME_PART = frozenset({"IMPRECISE", "WORD", "FOR", "WITHIN"})
_NEAR = 12
"""Clauses back to which, or the start of the sentence, the words are looked for that say what a time is of."""
_SAID = 400
"""Likewise characters."""
_PUNCTUATION = "()[],.;:"
_NEAR_WAY = 3
"""Tokens before a connective among which the word stands for the way that another one is beside."""
_WORDED = frozenset({"AND", "OR"})
_RESTATES = frozenset({"OR", "SLASH"})
_PARTS = frozenset({*LINKS, "THEN", "COLON", "LPAR", "RPAR", "FILL"}) | _TIMES
"""Tokens that may part clauses."""
_KINDS = {"state": "states", "event": "happenings"}


class Cutter(ProseReader):
    """Walks the tokens of one criterion from left to right."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        limits: Mapping[int, tuple[Finding, int]],
        windows: Mapping[int, tuple[Elapsed, int]],
        *,
        excludes: bool = False,
        chosen: bool = False,
    ) -> None:
        marks = marks_with_stops(text, tokens) if tokens else frozenset()
        super().__init__(text, tokens, limits, limits.keys() | windows.keys() | marks)
        self._limits = limits
        self._windows = windows
        self._excludes = excludes
        self._chosen = chosen
        """Whether it is one of several any of which is enough, so that the part of the trial it names is asked for."""
        self._marks = marks
        self._ways = words("ways")
        self._counting = bool(tokens) and tells_count(text, tokens[0].start, tokens[-1].end)
        self._of_one_sex = len({token.value for token in tokens if token.type == "POP"}) == 1
        self._interposed = False
        """Whether a comma stood before what another one ends: `that, in the opinion of X,`."""
        self._named: set[str] = set()
        """The measures limited so far."""

    def run(self) -> list[Clause]:
        """The clauses; those of brackets stand in `remarks` of the clause before them."""
        i, size = 0, len(self._tokens)
        while i < size:
            after = self._counts(i) if self._counting else i
            i = after if after > i else self._step(i)
        while self._rows:
            self._close_bracket(self._tokens[-1].end)
        return self._row

    def _step(self, i: int) -> int:
        """Read the token at `i`, or the limit or window that begins with it; the token behind."""
        token = self._tokens[i]
        kind = token.type
        anew = self._begins_sentence or (self._fresh and self._link is Link.SEMI)
        if anew and kind in _MAY_NAME_PART and (colon := names_part(self._text, self._tokens, i)):
            return self._part_of_trial(i, colon)
        if i in self._starts:
            return self._start(i, token)
        if kind == "WORD":
            after = self._opener(i) if token.value in self._telling else self._plain_words(i)
            return after or self._word(i)
        if kind == "FOR" and self._behind_value and (after := norms_at(self._text, self._tokens, i)) > i:
            return after
        if kind in _RESTATES and restates_limit(self._scene, i, closed=False):
            return i + 2
        after = self._connective(i, token) if kind in _PARTS else 0
        return after or (self._opener(i) if kind in OPENING else 0) or self._word(i)

    def _part_of_trial(self, i: int, colon: int) -> int:
        """`Cohort B:` before the token `colon`: what follows is asked of those in it."""
        if self._chosen:
            self._clause(self._tokens[i].start)
        else:
            self._begin(Opens.IF, "people", i, prefix=True, silent=True)
        clause = self._row[-1]
        clause.end, clause.content = self._tokens[colon - 1].end, 1
        return colon

    def _start(self, i: int, token: Token) -> int:
        """Read what begins with the token at `i` that is neither prose nor a connective; the token behind."""
        if i in self._marks:
            self._enumerate(token.start, self._tokens[i + 1].end)
            return i + 2
        if i in self._limits:
            return self._limit(i)
        elapsed, after = self._windows[i]
        return self._time(token, elapsed, after)

    def _time(self, token: Token, elapsed: Elapsed, after: int) -> int:
        """Put a time on the open clause; the token behind, which is `after`."""
        last = self._last
        if not self._fresh and self._denied is not None and last is not None and not (last.limit or last.windows):
            self._deny_midway(last, self._denied, elapsed)
        clause = self._clause(token.start)
        near = self._row[-_NEAR:]
        scope = next((each for each in reversed(near) if each.openers or each.link is Link.STOP), near[0])
        sentence = next((each for each in reversed(near) if each.link is Link.STOP), near[0])
        printed = self._said(scope.start, token.start)
        of = next((kind for kind, row in _KINDS.items() if not words(row).isdisjoint(printed)), "")
        kept = not words("kept", "states").isdisjoint(self._said(sentence.start, token.start))
        if "stops" in clause.deeds or (of == "state" and clause.limit is None):
            elapsed = lasting(elapsed)
        elif not (kept or any(window.upper is None for window in clause.windows)):
            happens = self._excludes or not words("intends", "happenings").isdisjoint(printed)
            done = self._excludes and not words("doings").isdisjoint(printed)
            elapsed = ended(elapsed, happens=happens, done=done)
        clause.windows.append(elapsed._replace(of=of, kept=kept))
        i, stop = elapsed.aside or (after, after)
        while i < stop:
            i = self._step(i)
        return after

    def _said(self, start: int, end: int) -> frozenset[str]:
        """The last words of a stretch of text, in lower case."""
        return frozenset(word.strip(_PUNCTUATION) for word in self._text[max(start, end - _SAID) : end].lower().split())

    def _connective(self, i: int, token: Token) -> int:
        """Part clauses at a connective, a bracket or a time in one; the token behind, or 0 for others."""
        kind = token.type
        if kind in LINKS and not self._is_idle(i, kind):
            if kind in _WORDED:
                self._way = any(near.value in self._ways for near in self._tokens[max(0, i - _NEAR_WAY) : i])
            self._connect(i, kind)
        elif kind == "THEN":
            self._connect(i, "COMMA")
            self._open(token.end).deeds.add("then")
        elif kind == "COLON":
            self._colon(i)
        elif kind in ("LPAR", "RPAR"):
            apart = kind == "LPAR" and tells_apart(self._scene, i, self._last)
            return self._bracket(i, Opener(Opens.IF, "people", token.start, token.end) if apart else None)
        elif kind in _TIMES and (other := self._other_time(token)) is not None:
            self._clause(token.start).windows.append(other)
        elif not (self._fresh and token.value == "adverb"):  # `However, women must ...`
            return 0
        return i + 1

    def _colon(self, i: int) -> None:
        """Part clauses, unless it is `except for: A, B`, where nothing stands before the colon."""
        clause = self._open_clause
        if clause is not None and "people" in clause.deeds and not clause.says and not clause.openers:
            clause.content = int(self._scene.again)  # `adults: BMI < 30, children: BMI < 25`
        named = not words("exceptions").isdisjoint(self._printed(self._tokens[i - 1]).split()[-1:])
        if clause is None or clause.says or named or not clause.opens(Opens.EXCEPT):
            self._part(Link.COLON)  # `with this exception: patients may ...` is a sentence
        else:
            clause.start = clause.end = self._tokens[i].end

    def _is_idle(self, i: int, kind: str) -> bool:
        """Whether a connective parts nothing: `men or women`, `at or after 6 months`."""
        if self._tokens[i - 1].type == "POP" and joins_people(self._scene, i):
            return True
        related = self._scene.printed(i - 1) in words("relatives") and i + 1 not in self._windows
        if kind == "COMMA" and (self._interposed or related):
            self._interposed = not self._interposed
            return True  # `a disease that, in the opinion of X, would ...`
        return kind in _WORDED and is_idiom(self._tokens, i)

    def _other_time(self, token: Token) -> Elapsed | None:
        """`within 4 weeks (6 weeks for nitrosoureas)`: a time in brackets is bounded as the one before them."""
        before = windows_beside(self._around)
        return paused(self._text, token) or (like(before[0], token) if len(before) == 1 else None)

    # -- limits --------------------------------------------------------------------------------------------------

    def _limit(self, i: int) -> int:
        finding, after = self._limits[i]
        inside = self._tokens[i:after]
        if not self._fresh and self._denied is not None:
            self._part_at(self._tokens[self._denied])
        clause = self._whole(self._holder(finding))
        clause.again = finding.names <= self._named
        self._named.update(finding.names)
        clause.limit, self._behind = finding, None
        end = finding.measures[-1].end
        clause.limit_any = any(t.type == "OR" and t.end <= end for t in inside)
        clause.deeds |= demands_of(self._text, inside)
        self._open_inside(inside, finding)
        if (event := finding.event) is not None:
            if event.start <= clause.start:
                clause.content = 0  # the words before the limit are the event
            self._says(Opens.IF, "event", event.start, event.end, closed=True)
            while after < len(self._tokens) and self._tokens[after].start < event.end:
                after += 1
        if not clause.content and finding.names == AGE and (end := self._one_sex(i, clause)):
            clause.end, clause.content = end, 1
        if clause.content == 1 and i and self._tokens[i - 1].value in words("blood"):
            clause.content = 0  # `e.g., serum AST > 3 x ULN`: what the measure is measured in
        if not clause.content:
            attached = self._first_words(clause.start)[0] in words("attaches") or self._grades(i, finding)
            if clause.link is Link.LIST and attached:
                clause.link = Link.BESIDE
            clause.start = clause.end = finding.start
        return max(after, i + 1)

    def _one_sex(self, i: int, clause: Clause) -> int:
        """`Women aged 40 or older`: where the people before the age at `i` end, if of one sex alone; else 0."""
        near = self._tokens[max(0, i - _NEAR) : i]
        people = [t for t in near if t.type in SUBJECTS and clause.start <= t.start < clause.end]
        told = self._of_one_sex and not clause.openers and any(token.type == "POP" for token in people)
        return people[-1].end if told else 0

    def _grades(self, i: int, finding: Finding) -> bool:
        """`heart failure, NYHA class IV`: behind the comma stands how bad it is."""
        if i < 2 or self._tokens[i - 1].type != "COMMA" or self._tokens[i - 2].type != "DISORDER":
            return False
        return self._tokens[i - 2].value.name in finding.names

    def _holder(self, finding: Finding) -> Clause:
        """The clause for a limit: the open one, unless that has a limit, a time or is the limit's condition."""
        clause = self._clause(finding.start)
        if self._is_of_time_before(clause):
            before = self._row[-2]
            before.windows.extend(clause.windows)
            before.end = clause.windows[-1].end
            del self._row[-1]
            clause = self._open(finding.start)
        if self._follows_exception(clause) and finding.names & self._named:
            clause.deeds.add("then")
        turns = self._turns(clause, finding)
        if clause.limit is None and not (clause.windows and clause.content) and not turns:
            return clause
        clause = self._open(finding.start)
        clause.deeds.update({"then"} if turns else ())
        return clause

    def _is_of_time_before(self, clause: Clause) -> bool:
        """`gout currently or within 6 months with urate > 8 mg/dL`: the time is not the limit's."""
        before = self._row[-2] if len(self._row) > 1 else None
        said = clause.content or clause.openers or clause.limit or clause.link is not Link.OR
        if before is None or said or not clause.windows or not before.content or before.limit is not None:
            return False
        return not words("now").isdisjoint(self._text[before.start : before.end].lower().split()[-1:])

    def _whole(self, clause: Clause) -> Clause:
        """`actual or estimated clearance`: the clause with what says of which kind its limit is, too, left out."""
        before = self._row[-2] if len(self._row) > 1 else None
        said = clause.content or clause.openers or clause.spaced or clause.link not in (Link.OR, Link.AND)
        if before is None or said or not (before.half and before.plain):
            return clause
        clause.link, clause.spaced, clause.worded = before.link, before.spaced, before.worded
        del self._row[-2]
        return clause

    def _open_inside(self, inside: Sequence[Token], finding: Finding) -> None:
        """People and denials between a measure and its limit: `waist: females > 35 inches`, `outside 90-160`."""
        people = next((t for t in inside if t.type == "POP"), None)
        if people is not None and self._scene.times[finding.names] > 1:
            self._says(Opens.IF, "people", people.start, people.end, prefix=True, closed=True)
        denied = next((t for t in outside_brackets(inside) if t.type == "NOT"), None)
        if denied is not None:
            self._says(Opens.NO, "word", denied.start, denied.end)

    def _turns(self, clause: Clause, finding: Finding) -> bool:
        """`in patients with X ≤ 5 x ULN`: the limit is no part of the condition, but what it is a condition of."""
        if clause.limit is not None or not clause.content:
            return False
        if not (clause.conditional or self._tells_where(clause, finding)):
            return False
        return finding.shared or bool(finding.names & self._named)

    def _tells_where(self, clause: Clause, finding: Finding) -> bool:
        """`age ≥ 18 years (in Japan aged 20 or older)`: whom another limit on the same measure is for."""
        around = self._around
        if around is None or around.limit is None or around.limit.names != finding.names or not clause.plain:
            return False
        if self._first_words(clause.start)[0] not in words("places"):
            return False
        clause.openers.append(Opener(Opens.IF, "people", clause.start, clause.start, prefix=True))
        return True

    def _follows_exception(self, clause: Clause) -> bool:
        """`≤ 3 x ULN, except in X, who may have ≤ 5 x ULN`: behind the comma the exception has its own limit."""
        before = self._row[-2] if len(self._row) > 1 else None
        if before is None or before.limit is not None or clause.content or clause.openers:
            return False
        return before.opens(Opens.EXCEPT) and clause.link in (Link.LIST, Link.BESIDE)

    def _deny_midway(self, clause: Clause, at: int, elapsed: Elapsed) -> None:
        """A denial in the midst of prose that a time follows."""
        token, end = self._tokens[at], clause.end
        match denied(self._text, self._tokens, at, self._row, elapsed, excludes=self._excludes):
            case Denied.ALL:
                self._says(Opens.NO, token.value, token.start, token.end)
                clause.left_out = (token.start, token.end)
            case Denied.BEHIND:
                self._part_at(token)
                behind = self._row[-1]
                behind.end, behind.content = max(end, token.end), 1
                behind.deeds |= clause.deeds & {"stops"}

    def _part_at(self, token: Token) -> None:
        """A denial in the midst of prose that a limit follows: the limit is denied, and not the prose before."""
        clause = self._row[-1]
        if clause.start < token.start:
            clause.end = before_verb(self._text, clause.start, token.start)
            if words("frame").issuperset(self._text[clause.start : clause.end].lower().split()):
                clause.content = 0
            self._open(token.end)
            self._says(Opens.NO, token.value, token.start, token.end)
