"""Words -> the prose of clauses: what they add to the open one, and where one opens another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from trialparse.lexicon.people import whose
from trialparse.lexicon.wording import words
from trialparse.requirements.clauses import Clause, Link, Opens
from trialparse.requirements.deeds import deed_words, deeds_at
from trialparse.requirements.denials import ends_with_time, tells_why
from trialparse.requirements.neighbours import SUBJECTS, Finding
from trialparse.requirements.openers import OpenerReader, glosses
from trialparse.requirements.tokens import Token

_CONTENT = frozenset({"WORD", "MEASURE", "AMOUNT", "CLASS", "DOSE", "DISORDER"})
_LEADS_ON = frozenset({"WORD", "SCALE", "FILL"})
_ENDS = frozenset({"", "COMMA", "SEMI", "STOP", "RPAR"})
_SPANS = frozenset({"WITHIN", "FOR"})
_LETS = frozenset({"permits", "joins"})


class ProseReader(OpenerReader):
    """Reads what is neither limit nor time nor connective."""

    def __init__(
        self,
        text: str,
        tokens: Sequence[Token],
        limits: Mapping[int, tuple[Finding, int]],
        starts: Set[int],
    ) -> None:
        super().__init__(text, tokens, limits)
        self._starts = starts
        """Tokens with which something else than prose begins."""
        self._frame, self._spans, self._telling = words("frame"), words("spans"), _telling()
        self._turning = words("relates", "relatives", "causes")
        self._behind: Token | None = None
        """The first word behind the limit of the open clause."""

    def _plain_words(self, i: int) -> int:
        """Add the words from `i` on that do nothing but go on with open prose; the token behind, 0 if none is open."""
        clause, tokens = self._open_clause, self._tokens
        if clause is None or clause.limit is not None:
            return 0
        leads_on = bool(clause.openers) and clause.leads_on
        telling, frame, starts, size = self._telling, self._frame, self._starts, len(tokens)
        while i < size and tokens[i].type == "WORD" and tokens[i].value not in telling and i not in starts:
            content = tokens[i].value not in frame
            if content or not (leads_on and clause.content):
                clause.end = tokens[i].end
            clause.content += content
            clause.half = clause.half and not content
            i += 1
        return i

    def _word(self, i: int) -> int:
        """Add a token to the open clause; the token behind."""
        token = self._tokens[i]
        kind = token.type
        telling = kind != "WORD" or token.value in self._telling
        deeds = deeds_at(self._text, self._tokens, i) if telling else ()
        for deed in deeds:
            if deed == "obliges":
                self._oblige(i)
            self._clause(token.start).deeds.add(deed)
        content = self._is_content(token)
        if self._is_behind_limit(token, content=content and _LETS.isdisjoint(deeds)):
            return i + 1
        if kind == "FILL" or (kind == "WORD" and token.value in self._turning):
            self._turn(i, token)
        opened = self._fresh and kind == "NOT"
        clause = self._clause(token.start)
        self._denied = i if opened else self._denied
        if telling and (kind in SUBJECTS or not clause.content):
            self._mark(clause, token, i)
        ends = kind == "FILL" and self._scene.kind(i + 1) in _ENDS  # `at Korean sites`
        if content or ends or kind not in _LEADS_ON or not clause.content or not clause.leads_on:
            clause.end = token.end
        if content:
            clause.half = token.value in words("halves") and (clause.half or not clause.content)
        clause.content += content
        return i + 1

    def _turn(self, i: int, token: Token) -> None:
        """Open a clause at a word that turns to something else: what people have, or what a case is one of."""
        if token.type == "FILL":
            if self._ends_case(i):
                self._follow_from(i)
        elif token.value in words("relates") and self._is_of_people(i):
            self._part(Link.WHO)
            self._open(token.start).deeds.add("people")
        elif token.value in words("relatives") and ends_with_time(self._text, self._open_clause, token):
            self._part(Link.BESIDE)
            self._open(token.start).deeds.add("tells")
        elif token.value in words("causes") and tells_why(self._text, self._tokens, i, self._open_clause):
            self._part(Link.BESIDE)
            self._open(token.start).deeds.update(("tells", "causes"))

    def _is_behind_limit(self, token: Token, *, content: bool) -> bool:
        """Whether a token stands behind a limit and says nothing more; one that does opens a clause."""
        if not self._behind_value:
            return False
        if not content or token.type == "MEASURE":
            self._behind = self._behind or token
            return True
        self._trail(self._behind or token)
        return False

    def _is_content(self, token: Token) -> bool:
        """Whether a token says something, and is no mere frame of what others say."""
        if token.type == "WORD":
            return token.value not in self._frame
        if token.type in _SPANS:
            return self._printed(token) in self._spans
        if token.type == "LIMIT":  # one that nothing read as a limit
            return token.value.shape == "bound" and token.value.bounds[0].unit is not None
        return token.type in _CONTENT

    def _is_of_people(self, i: int) -> bool:
        """Whether one clause before names people, and what they have, so that `who` says more of all of them."""
        clause = self._open_clause
        if clause is None or not clause.content or clause.limit is not None:
            return False
        if self._text[self._tokens[i].start : self._tokens[i].end].isupper():
            return False  # the WHO
        if self._scene.kind(i - 1) in SUBJECTS or self._tokens[i - 1].value in whose().others:
            return False
        named = 0
        for before in reversed(self._row):
            if before.conditional:
                return False
            named += "people" in before.deeds
            if before.link in (Link.STOP, Link.SEMI):
                break
        return named == 1

    def _trail(self, first: Token) -> None:
        """What stands behind a limit is another clause; behind a limit said again in brackets, whom that is for."""
        again = self._limited_again()
        manner = self._printed(first) in words("means", "participles")
        self._open(first.start).deeds.update(("trails", "manner") if manner else ("trails",))
        if again:
            self._says(Opens.IF, "people", first.start, first.start)

    def _mark(self, clause: Clause, token: Token, i: int) -> None:
        """Note what the first words of a clause say of it."""
        if token.type in SUBJECTS:
            clause.deeds.update(("people", "who") if clause.content <= 1 else ("people",))
        if clause.content:
            return
        if token.start == clause.start and self._begins_anew(clause, self._printed(token)):
            clause.deeds.add("verb")
        if token.value in words("remarks") and self._scene.kind(i + 1) == "COLON":
            clause.deeds.add("remarks")
            clause.link = Link.STOP
        if token.value in words("exceptions"):
            clause.deeds.add("exceptions")
        if token.value in words("pointers") and self._scene.kind(i + 1) == "SCALE":
            clause.deeds.add("points")

    @staticmethod
    def _begins_anew(clause: Clause, word: str) -> bool:
        """Whether a first word is the verb of a clause of its own."""
        return word in words("verbs") or (clause.link is Link.AND and word in words("past_verbs"))

    def _printed(self, token: Token) -> str:
        return self._text[token.start : token.end].lower()


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """Words that may open or do something, or that are asked for by name; all others are content or frame."""
    named = "remarks excludes exceptions pointers verbs past_verbs halves relates relatives causes".split()
    return glosses().union(deed_words(), words("meanwhile", *named))
