"""Tokens, limits and windows -> clauses: a cut at each connective, bracket, and word that denies or conditions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import regex

from trialparse.lexicon.wording import words
from trialparse.requirements.claims import (
    Scene,
    enumerates,
    enumerates_bracket,
    gloss_at,
    is_for_people,
    is_gloss,
    is_sex_condition,
    joins_people,
    opposed,
    permits_limit,
    restates_limit,
    restricted,
    tells_apart,
)
from trialparse.requirements.clauses import Clause, Link, Opener, Opens
from trialparse.requirements.neighbours import Finding
from trialparse.requirements.tokens import Token
from trialparse.requirements.window import Elapsed, lasting, like

_CONTENT = frozenset({"WORD", "MEASURE", "AMOUNT", "CLASS", "DOSE"})
_DEEDS = ("obliges", "permits", "bars", "joins", "admits", "allows", "stops")
_OPPOSITE = {"permits": "bars", "bars": "permits"}
_DENIED_NEAR = 2
_LONGEST_PRONOUN = 6
_EVENT_REACH = 2
_ELIGIBLE = 6
_LEADS_ON = frozenset({"WORD", "SCALE", "FILL"})
_TIMES = frozenset({"TIME", "LIMIT_TIME"})
_LINKS = {"AND": Link.AND, "OR": Link.OR, "BUT": Link.BUT, "SEMI": Link.SEMI, "STOP": Link.STOP, "COMMA": Link.LIST}
_DEEPEST = 12
"""Brackets deeper than this are read as if they stood in those around them."""
_COUNT_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "a": 1}
_COUNT = regex.compile(
    r"""(?:at\s++least\s++|a\s++minimum\s++of\s++|any\s++|[>≥]=?\s*+)?
        (?:(?P<n>\d|one|two|three|four|five|a)\s++(?:\(\d\)\s*+)?(?:or\s++more\s++)?(?:additional\s++)?)?+
        (?:of\s++(?:the\s++following|these)|(?:of\s++)?the\s++following|of(?=\s*+:))(?:\s++\w++){0,4}+\s*+:""",
    regex.VERBOSE | regex.IGNORECASE,
)
_EVERY = regex.compile(r"(?!any\b|of\b)", regex.IGNORECASE)


class Cutter:
    """Walks the tokens of one criterion from left to right."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        limits: Mapping[int, tuple[Finding, int]],
        windows: Mapping[int, tuple[Elapsed, int]],
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._limits = limits
        self._windows = windows
        times = Counter(finding.names for finding, _ in limits.values())
        sexes = {token.value for token in tokens if token.type == "POP"}
        each_sex = len(sexes) > 1 and max(times.values(), default=0) > 1
        self._scene = Scene(tokens, limits, times, each_sex)
        self._row: list[Clause] = []
        self._rows: list[list[Clause]] = []
        """The rows of the brackets around the one that is open."""
        self._link: Link | None = None
        self._spaced = self._worded = False
        self._fresh = True
        """Whether the next token begins a clause."""
        self._denied: Token | None = None
        """A denial within the prose of the open clause."""
        self._behind: Token | None = None
        """The first word behind the limit of the open clause."""
        self._named: frozenset[str] = frozenset()
        """The measures limited so far."""
        self._pending: Opener | None = None
        """A count whose first member has not begun."""

    def run(self) -> list[Clause]:
        """The clauses; those of brackets stand in `remarks` of the clause before them."""
        i = 0
        while i < len(self._tokens):
            i = self._counted(i) if self._fresh else self._step(i)
        while self._rows:
            self._close_bracket(len(self._tokens))
        return self._row

    # -- one token -----------------------------------------------------------------------------------------------

    def _step(self, i: int) -> int:
        token = self._tokens[i]
        kind = token.type
        if i in self._limits:
            return self._limit(i)
        if i in self._windows:
            elapsed, after = self._windows[i]
            clause = self._clause(token.start)
            clause.windows.append(lasting(elapsed) if "stops" in clause.deeds else elapsed)
            return after
        if kind in ("OR", "SLASH") and restates_limit(self._scene, i, closed=False):
            return i + 2
        if kind in _LINKS and not joins_people(self._scene, i):
            self._connect(i, kind)
        elif kind == "THEN":
            self._connect(i, "COMMA")
            self._open(token.end).deeds.add("then")
        elif kind == "COLON":
            self._link, self._fresh = self._link or Link.COLON, True
        elif kind in ("LPAR", "RPAR"):
            return self._bracket(i)
        elif kind in _TIMES and (other := self._other_time(token)) is not None:
            self._clause(token.start).windows.append(other)
        elif not (after := self._opener(i)):
            self._word(i)
        else:
            return after
        return i + 1

    def _connect(self, i: int, kind: str) -> None:
        link = _LINKS[kind]
        if kind == "AND" and opposed(self._scene, i):
            kind, link = "OR", Link.OR
        self._worded = self._worded or kind in ("AND", "OR")
        if self._link is None or self._link is Link.COLON:
            self._link, self._spaced = link, False
        elif kind in ("AND", "OR"):
            self._spaced = self._link is Link.LIST
            joined = {Link.SEMI: {"AND": Link.SEMI_AND, "OR": Link.SEMI_OR}}.get(self._link, {}).get(kind)
            self._link = joined or (self._link if self._link in (Link.STOP, Link.OR, Link.AND) else link)
        elif kind in ("SEMI", "STOP", "BUT"):
            self._link = link if self._link not in (Link.STOP, Link.SEMI_AND, Link.SEMI_OR) else self._link
        self._fresh = True

    def _clause(self, start: int) -> Clause:
        """The clause that is open, or a new one."""
        if self._fresh or not self._row:
            return self._open(start)
        return self._row[-1]

    def _open(self, start: int, link: Link | None = None) -> Clause:
        """A new clause behind the connectors seen."""
        clause = Clause(self._link or link or Link.BESIDE, start, start, spaced=self._spaced, worded=self._worded)
        if clause.link is Link.LIST and self._modifies(start):
            clause.link = Link.BESIDE
        self._row.append(clause)
        self._link, self._spaced, self._worded, self._fresh, self._denied = None, False, False, False, None
        if self._pending is not None:
            clause.openers.append(self._pending)
            self._pending = None
        return clause

    def _counted(self, i: int) -> int:
        """One step, over the words of a count (`at least two of the following:`) if one begins here."""
        start = self._tokens[i].start
        match = _COUNT.match(self._text, start, self._tokens[-1].end)
        if match is None or (match["n"] is None and _EVERY.match(match.group())):
            return self._step(i)
        number = (match["n"] or "1").lower()
        minimum = _COUNT_WORDS.get(number) or int(number)
        self._pending = Opener(Opens.COUNT, "", match.start(), match.end(), minimum)
        while i < len(self._tokens) and self._tokens[i].start < match.end():
            i += 1
        return i

    def _modifies(self, start: int) -> bool:
        """`, with`, `, who`: the comma parts no list."""
        return self._text[start : start + _LONGEST_PRONOUN].lower().startswith(("with ", "who ", "whose ", "which ", "as "))

    def _word(self, i: int) -> None:
        token = self._tokens[i]
        value = self._first_word(token)
        for deed in _DEEDS:
            if value in words(deed) and self._does(deed, i):
                if deed == "obliges":
                    self._oblige(i)
                self._clause(token.start).deeds.add(deed)
        content = value in words("spans") or (
            token.type in _CONTENT and (token.type != "WORD" or value not in words("frame"))
        )
        if not self._fresh and self._row and self._row[-1].limit is not None:
            if not content or token.type == "MEASURE":
                self._behind = self._behind or token
                return
            behind = token if self._behind is None else self._behind
            again = self._rows and self._rows[-1][-1].limit is not None
            again = again and self._rows[-1][-1].limit.names == self._row[-1].limit.names
            clause = self._open(behind.start)  # what stands behind a limit is another clause
            clause.deeds.add("trails")
            if again:  # `≥ 18 (≥ 20 in Japan)`
                clause.openers.append(Opener(Opens.IF, "people", behind.start, behind.start))
        clause = self._clause(token.start)
        if token.type in ("SUBJECT", "POP"):
            clause.deeds.update(("people", "who") if clause.content <= 1 else ("people",))
        if value in words("unconditional"):
            clause.deeds.add("unconditional")
        if not clause.content and value in words("remarks") and self._next_is(i, "COLON"):
            clause.deeds.add("remarks")
            clause.link = Link.STOP
        if not clause.content and value in words("exceptions"):
            clause.deeds.add("exceptions")
        if content or token.type not in _LEADS_ON or not self._conditional(clause):
            clause.end = token.end
        clause.content += content

    @staticmethod
    def _conditional(clause: Clause) -> bool:
        """Whether a clause is a condition, whose last words lead on to what it is a condition of: `who may have`."""
        return any(opener.kind in (Opens.IF, Opens.EXCEPT) for opener in clause.openers)

    def _does(self, deed: str, i: int) -> bool:
        """Whether a word does what its row says where it stands."""
        denied = any(token.type == "NOT" for token in self._tokens[max(0, i - _DENIED_NEAR) : i])
        if deed in _OPPOSITE:
            if denied and self._denied is not None:
                self._clause(self._tokens[i].start).deeds.add(_OPPOSITE[deed])
            return not denied
        if deed == "joins":
            nearby = self._tokens[max(0, i - 3) : i]
            return any(t.value in ("may", "can", "will") for t in nearby) and not any(t.type == "NOT" for t in nearby)
        return deed != "allows" or not self._next_is(i, "NOT")

    def _first_word(self, token: Token) -> str:
        """Of phrases, too: `must be`, `should not exceed`."""
        return self._text[token.start : token.end].partition(" ")[0].lower()

    def _next_is(self, i: int, kind: str) -> bool:
        return i + 1 < len(self._tokens) and self._tokens[i + 1].type == kind

    # -- limits --------------------------------------------------------------------------------------------------

    def _limit(self, i: int) -> int:
        finding, after = self._limits[i]
        if not self._fresh and self._row and self._denied is not None:
            self._part_at(self._denied)
        clause = self._clause(finding.start)
        if self._excepted(clause) and finding.names & self._named:
            clause.deeds.add("then")
        if clause.limit is not None or (clause.windows and clause.content) or self._turns(clause, finding):
            turned = self._turns(clause, finding)
            clause = self._open(finding.start)
            clause.deeds.update({"then"} if turned else ())
        self._named |= finding.names
        clause.limit, self._behind = finding, None
        inside = self._tokens[i:after]
        people = next((t for t in inside if t.type == "POP"), None)
        if people is not None and self._scene.times[finding.names] > 1:
            clause.openers.append(Opener(Opens.IF, "people", people.start, people.end, prefix=True, closed=True))
        denied = next((t for t in inside if t.type == "NOT"), None)
        if denied is not None:
            clause.openers.append(Opener(Opens.NO, "word", denied.start, denied.end))
        end = finding.measures[-1].end
        if finding.names == {"age"}:
            clause.openers.extend(self._age_at(clause, i, after))
        if any(self._first_word(t) in words("obliges") for t in inside):
            clause.deeds.add("obliges")
        clause.limit_any = any(t.type == "OR" and t.end <= end for t in inside)
        if not clause.content:
            clause.start = clause.end = finding.start
        return max(after, i + 1)

    def _age_at(self, clause: Clause, first: int, stop: int) -> list[Opener]:
        """`onset before age 17`, `xanthoma prior to the age of 10`: an age at an event, not the candidate's own."""
        around = self._tokens[max(0, first - _EVENT_REACH) : stop + _EVENT_REACH]
        event = next((t for t in around if t.value in words("events")), None)
        if event is not None:
            return [Opener(Opens.IF, "event", event.start, event.end, closed=True)]
        nearest = self._tokens[first - 1 : first + 1] if first else ()
        if clause.content and not clause.openers and any(self._first_word(t) in words("earlier") for t in nearest):
            clause.content = 0
            return [Opener(Opens.IF, "event", clause.start, clause.end, closed=True)]
        return []

    def _turns(self, clause: Clause, finding: Finding) -> bool:
        """`in patients with X ≤ 5 x ULN`: the limit is no part of the condition, but what it is a condition of."""
        conditional = clause.limit is None and self._conditional(clause)
        return conditional and clause.content > 0 and (finding.shared or bool(finding.names & self._named))

    def _excepted(self, clause: Clause) -> bool:
        """`≤ 3 x ULN, except in X, who may have ≤ 5 x ULN`: behind the comma the exception has its own limit."""
        before = self._row[-2] if len(self._row) > 1 else None
        if (
            before is None
            or clause.content
            or clause.openers
            or clause.link not in (Link.LIST, Link.BESIDE)
            or before.limit is not None
        ):
            return False
        return any(opener.kind is Opens.EXCEPT for opener in before.openers)

    def _part_at(self, token: Token) -> None:
        """A denial in the midst of prose that a limit follows: the limit is denied, and not the prose before."""
        clause = self._row[-1]
        if clause.start >= token.start:
            return
        clause.end = token.start
        self._fresh = True
        self._open(token.end).openers.append(Opener(Opens.NO, token.value, token.start, token.end))

    # -- brackets ------------------------------------------------------------------------------------------------

    def _bracket(self, i: int) -> int:
        token = self._tokens[i]
        if token.type == "RPAR":
            if self._rows:
                self._close_bracket(token.end)
            elif self._row and enumerates(self._row[-1]):
                self._row.pop()
                self._link, self._fresh = self._link or Link.LIST, True
            return i + 1
        if enumerates_bracket(self._scene, i):
            self._link, self._fresh = self._link or (Link.LIST if self._row else None), True
            return i + 3
        if restates_limit(self._scene, i):
            return i + 3
        if len(self._rows) < _DEEPEST:
            self._clause(token.start)
            self._rows.append(self._row)
            self._row, self._link, self._fresh = [], None, True
            if tells_apart(self._scene, i, self._rows[-1][-1]):
                opener = Opener(Opens.IF, "people", token.start, token.end)
                self._open(token.end).openers.append(opener)
        return i + 1

    def _close_bracket(self, end: int) -> None:
        inside, self._row = self._row, self._rows.pop()
        self._link, self._spaced, self._worded, self._fresh, self._denied = None, False, False, False, None
        if not inside:
            return
        clause = self._row[-1]
        if clause.limit is None and all(map(is_gloss, inside)):
            clause.end = end  # prose in brackets behind prose is prose
            clause.content += sum(each.content for each in inside)
            clause.deeds.update(*(each.deeds for each in inside))
            return
        clause.remarks.append(inside)

    def _other_time(self, token: Token) -> Elapsed | None:
        """`within 4 weeks (6 weeks for nitrosoureas)`: a time in brackets is bounded as the one before them."""
        around = self._rows[-1][-1] if self._rows else None
        if around is None or around.limit is not None or len(around.windows) != 1:
            return None
        return like(around.windows[0], token)

    # -- openers -------------------------------------------------------------------------------------------------

    def _opener(self, i: int) -> int:
        """Open what the token at `i` opens; the token behind it, or 0 where it is a word like others."""
        token = self._tokens[i]
        kind = token.type
        if kind == "NOT":
            return self._deny(i)
        if kind in ("IF", "UNLESS"):
            return self._condition(i)
        if kind == "POP" and is_sex_condition(self._scene, i, self._last()):
            return self._sex(i)
        if kind == "FOR" and self._rows and self._row and self._row[-1].windows and not self._row[-1].content:
            return self._begin(Opens.IF, "people", i)
        if kind == "WITH" and tells_apart(self._scene, i, self._last()):
            return self._begin(Opens.IF, "people", i, silent=True)
        if kind in ("FOR", "WITHIN") and is_for_people(self._scene, i, self._last()):
            return self._begin(Opens.IF, "people", i)
        if kind == "SUBJECT" and permits_limit(self._scene, i):
            return self._begin(Opens.IF, "people", i, prefix=True)
        if kind == "AFTER" and (self._fresh or not self._row) and self._text[token.end : token.end + 1].isspace():
            return self._begin(Opens.IF, "after", i, prefix=True, silent=True)
        word = gloss_at(self._tokens, i)
        if word and self._row and self._row[-1].says and (not self._fresh or self._link is Link.LIST):
            after = self._begin(Opens.GLOSS, word, i)
            self._row[-1].link = Link.BESIDE
            if word == "defines" and (token.value in words("meanings") or "who" in self._row[-2].deeds):
                self._row[-1].deeds.add("defines")
            return after
        return 0

    def _last(self) -> Clause | None:
        return self._row[-1] if self._row else None

    def _begin(self, kind: Opens, word: str, i: int, *, prefix: bool = False, silent: bool = False) -> int:
        """A clause that an opener begins, beside the one before it if nothing joins them.

        The words of a `silent` opener are part of what it opens.
        """
        token = self._tokens[i]
        fresh = self._fresh or not self._row or not self._row[-1].says
        clause = self._clause(token.end) if fresh else self._open(token.end, Link.BESIDE)
        clause.start = clause.end = token.start if silent else token.end
        clause.openers.append(Opener(kind, word, token.start, clause.start, prefix=prefix))
        return i + 1

    def _deny(self, i: int) -> int:
        token = self._tokens[i]
        clause = self._last()
        midway = not self._fresh and clause is not None and clause.says
        if midway and tells_apart(self._scene, i, clause):
            return self._begin(Opens.IF, "people", i, silent=True)  # `> 160 without treatment, > 140 with treatment`
        if midway and token.value != "list":
            self._denied = self._denied or token
            return 0
        return self._begin(Opens.NO, token.value, i)

    def _condition(self, i: int) -> int:
        token = self._tokens[i]
        clause = self._last()
        midway = not self._fresh and clause is not None and clause.says
        limited = clause is not None and clause.limit is not None
        if token.value == "" and not limited and (midway or (clause is not None and self._link is not Link.STOP)):
            return 0  # `relapse in patients with X` is prose
        kind = Opens.EXCEPT if token.value == "except" else Opens.IF
        if midway and token.value == "if" and clause is not None and self._eligible(clause, i):
            return i + 1
        people = token.value == "" and token.type == "IF"
        after = self._begin(kind, token.value or "people", i, prefix=not midway, silent=people)
        if token.type == "UNLESS" and kind is Opens.IF:
            self._row[-1].openers.append(Opener(Opens.NO, "list", token.start, token.end))
        return after

    def _eligible(self, clause: Clause, i: int) -> bool:
        """`Women are eligible if ...` asks it of women."""
        if clause.deeds & {"joins", "bars"} or "permits" not in clause.deeds or len(clause.openers) > 0:
            return False
        if any(token.value == "may" for token in self._tokens[max(0, i - _ELIGIBLE) : i]):
            return False
        clause.deeds.discard("permits")
        self._oblige(i)
        if not self._fresh:  # all people: the words before are a mere frame
            self._row.pop()
            self._link, self._fresh = clause.link, True
        self._open(self._tokens[i].end).deeds.add("obliges")
        return True

    def _sex(self, i: int) -> int:
        token = self._tokens[i]
        follows = self._tokens[i + 1].type if i + 1 < len(self._tokens) else ""
        around = self._rows[-1][-1] if self._rows and not self._row else None
        if around is not None and around.limit is not None and follows == "RPAR":
            around.openers.append(Opener(Opens.IF, "people", token.start, token.end, closed=True))
            return i + 1
        if follows in ("COLON", "COMMA") and self._fresh:
            clause = self._open(token.start)
            clause.end, clause.content = token.end, 1
            clause.openers.append(Opener(Opens.IF, "people", token.start, token.start, prefix=True))
            return i + 1
        clause = self._last()
        behind = not self._fresh and clause is not None and clause.limit is not None
        if not behind or clause is None:
            clause = self._clause(token.end)
            clause.start = clause.end = token.end
        clause.openers.append(Opener(Opens.IF, "people", token.start, token.end, prefix=not behind, closed=True))
        return i + 1

    def _oblige(self, i: int) -> None:
        """`Women of childbearing potential must ...`: whom it is asked of is a condition."""
        row = self._row
        if self._fresh or not row or not _may_be_people(row[-1]):
            return
        first = len(row) - 1
        while first and row[first].link in (Link.AND, Link.OR, Link.LIST) and _may_be_people(row[first - 1]):
            first -= 1
        if restricted(self._tokens, row[first:], i):
            row[first].openers.append(Opener(Opens.IF, "people", row[first].start, row[first].start, prefix=True))
            self._fresh = True


def _may_be_people(clause: Clause) -> bool:
    settled = clause.openers or clause.windows or "obliges" in clause.deeds
    return "people" in clause.deeds and clause.limit is None and not settled
