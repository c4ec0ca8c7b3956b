"""Words and phrases that reach over clauses: denials, conditions, exceptions, explanations, counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from trialparse.lexicon.wording import words
from trialparse.requirements.claims import (
    gloss_at,
    heads_disease,
    heads_people,
    is_for_people,
    is_sex_condition,
    parallels,
    permits_limit,
    restricted,
    says_for_whom,
    tells_apart,
)
from trialparse.requirements.clauses import Clause, Link, Opener, Opens
from trialparse.requirements.counts import count_at
from trialparse.requirements.deeds import lets_in, shut_out
from trialparse.requirements.denials import lacks_outcome
from trialparse.requirements.neighbours import SUBJECTS
from trialparse.requirements.rows import RowBuilder
from trialparse.requirements.tokens import Token

OPENING = frozenset("NOT IF UNLESS FOR POP WITHIN WORD WITH SUBJECT AFTER FILL".split())
"""Tokens that may open something."""
_ELIGIBLE = 6
_SENTENCE = 12
"""Clauses in which its sentence has begun."""
_NAMED = 16
"""Characters before a denial in which `who` says that it is one of people."""
_GOES_ON = frozenset({"OF", "COMMA", "COLON", "THEN"})
_PEOPLE_LINKS = frozenset({Link.AND, Link.OR, Link.LIST, Link.WHO})
_OF_SUBJECT = _PEOPLE_LINKS | {Link.BESIDE}
_BEGINS = frozenset({Link.BESIDE, Link.STOP, Link.SEMI})
"""Links of a clause with which all that is said of what it is about begins."""
_ASKS = frozenset({"if", "proviso"})
"""Values of words that ask something of what is spoken of."""
_MOST = 4
"""More openers than this before one clause are no language."""


class OpenerReader(RowBuilder):
    """Opens what single tokens open."""

    _excludes: bool
    """Whether it is an exclusion criterion."""

    def _opener(self, i: int) -> int:
        """Open what the token at `i` opens; the token behind it, or 0 where it is a word like others."""
        token = self._tokens[i]
        last, clause = self._last, self._open_clause
        if clause is not None and len(clause.openers) >= _MOST:
            return 0
        match token.type:
            case "NOT":
                return self._deny(i)
            case "IF" | "UNLESS":
                return self._condition(i)
            case "FOR" | "POP" | "WITHIN" if self._begins_sentence and heads_people(self._text, self._tokens, i):
                return self._begin(Opens.IF, "people", i, prefix=True, silent=True)
            case "POP" if is_sex_condition(self._scene, i, last):
                return self._sex(i)
            case "FOR" if self._rows and last is not None and last.windows and not last.content:
                return self._begin(Opens.IF, "people", i)
            case "FOR" | "WITHIN" | "WITH" if self._fresh and heads_disease(self._scene, i):
                return self._begin(Opens.IF, "people", i, prefix=True, silent=True)
            case "FOR" | "POP" if self._rows and not self._row and says_for_whom(self._scene, i):
                return self._begin(Opens.IF, "people", i, silent=True)
            case "FOR" | "WITHIN" if is_for_people(self._scene, i, last):
                return self._begin(Opens.IF, "people", i)
            case "FOR" | "WORD" if parallels(self._scene, i, last):
                return self._begin(Opens.IF, "people", i, silent=True)
            case "WITH" if tells_apart(self._scene, i, last):
                return self._begin(Opens.IF, "people", i, silent=True)
            case "SUBJECT" if permits_limit(self._scene, i):
                return self._begin(Opens.IF, "people", i, prefix=True)
            case "AFTER" if self._fresh and self._text[token.end : token.end + 1].isspace():
                return self._begin(Opens.IF, "after", i, prefix=True, silent=True)
            case "WORD" if self._fresh and self._excepts_what_stands_before(token):
                return self._begin_condition(i, "except", prefix=False)
            case "WORD" | "FILL":
                return self._gloss(i)
        return 0

    def _begin(self, kind: Opens, word: str, i: int, *, prefix: bool = False, silent: bool = False) -> int:
        """A clause that an opener begins, beside the one before it if nothing joins them.

        The words of a `silent` opener are part of what it opens.
        """
        token = self._tokens[i]
        clause = self._open(token.end) if self._midway else self._clause(token.end)
        clause.start, clause.end = token.start if silent else token.end, token.end
        self._says(kind, word, token.start, clause.start, prefix=prefix)
        return i + 1

    # -- denials and explanations --------------------------------------------------------------------------------

    def _deny(self, i: int) -> int:
        token = self._tokens[i]
        if self._text[token.end : token.end + 1] == "-":
            return 0  # `a no-fault case`
        if after := shut_out(self._text, self._tokens, i):
            return 0 if self._midway else self._shut_out(i, after)
        if lets_in(self._text, self._tokens, i):
            return 0
        if lacks_outcome(self._text, self._tokens, i):
            clause = self._clause(token.start)
            clause.end, clause.content = token.end, clause.content + 1
            return i + 1
        if self._midway and tells_apart(self._scene, i, self._last):
            return self._begin(Opens.IF, "people", i, silent=True)  # `> 160 without treatment, > 140 with treatment`
        said = self._midway or (token.value == "outside" and not self._fresh)  # `any value outside ...` says of what
        if said and (token.value != "list" or self._row[-1].limit is None):
            self._denied = i if self._denied is None else self._denied
            self._row[-1].deeds.add("denied")
            return 0
        after = self._begin(Opens.NO, token.value, i)
        if self._scene.printed(i - 1) in words("either"):
            self._row[-1].deeds.add("either")
        return after

    def _shut_out(self, i: int, after: int) -> int:
        """`Patients are not eligible who ...`: the words deny nothing of what they shut out."""
        clause = self._clause(self._tokens[i].start)
        clause.start = clause.end = self._tokens[after - 1].end
        clause.deeds.add("bars")
        return after

    def _gloss(self, i: int) -> int:
        token = self._tokens[i]
        word = gloss_at(self._tokens, i) if token.type == "FILL" or token.value in glosses() else ""
        if word == "examples" and self._rows and not self._row:
            self._clause(token.start).deeds.add("example")
        if not word or self._last is None or not self._last.says or (self._fresh and self._link is not Link.LIST):
            return 0
        explained = self._last
        after = self._begin(Opens.GLOSS, word, i)
        clause = self._row[-1]
        clause.link = Link.BESIDE
        if word == "defines" and (self._tokens[i].value in words("meanings") or "who" in explained.deeds):
            clause.deeds.add("defines")
        return after

    def _counts(self, i: int) -> int:
        """Over the words of a count (`at least two of the following:`) that begins at `i`; `i` where none does."""
        count = count_at(self._text, self._tokens[i].start, self._tokens[-1].end)
        if count is None:
            return i
        if not self._fresh:
            if self._tokens[-1].end <= count.end or count.plain:
                return i  # a lead-in, whose list is printed below; all `of the following`
            self._part(None)
        self._pending = Opener(Opens.COUNT, "", count.start, count.end, count.minimum)
        while i < len(self._tokens) and self._tokens[i].start < count.end:
            i += 1
        return i

    # -- conditions ----------------------------------------------------------------------------------------------

    def _condition(self, i: int) -> int:
        token, last, clause = self._tokens[i], self._last, self._open_clause
        if self._is_participle(i):
            return 0
        deeds = set() if clause is None else clause.deeds
        lets, bars = not deeds.isdisjoint(("permits", "joins")), "bars" in deeds
        midway = self._midway or (lets and clause is not None and clause.link is Link.LIST and "who" not in deeds)
        asks = token.value in _ASKS or (lets and self._text[token.start : token.end].lower() in words("whenever"))
        prose = token.value == "" and last is not None and last.limit is None
        if prose and not asks and (midway or self._link is not Link.STOP):
            return 0  # `relapse in patients with X` is prose
        if midway and asks and self._eligible(i):
            return i + 1
        if asks and (after := self._topic(i)):
            return after
        if clause is not None and bars and not midway and token.value in _ASKS and clause.link in _BEGINS:
            clause.start = clause.end = token.end  # `are excluded if A, B or C`: all of it shuts out
            return i + 1
        word = "lets" if lets and asks else token.value
        word = "if" if word == "proviso" and self._tells_what_may_be() else word
        return self._begin_condition(i, word, prefix=not (midway or bars))

    def _tells_what_may_be(self) -> bool:
        """Whether the open sentence says what may be: `drainage may be continued as long as ...`."""
        near = self._row[: -_SENTENCE - 1 : -1]
        first = next((clause for clause in near if clause.link in (Link.STOP, Link.SEMI)), near[-1] if near else None)
        if first is None:
            return False
        printed = self._text[first.start : near[0].end].lower().split()
        return not words("may_be", "permits", "admits").isdisjoint(printed)

    def _excepts_what_stands_before(self, token: Token) -> bool:
        """`(excluding biopsies)`, but not `conditions excluding surgery`, nor at the beginning of a sentence."""
        return token.value in words("excludes") and not self._begins_sentence

    def _topic(self, i: int) -> int:
        """`Colchicine, if used, must ...`: what is spoken of is the condition; the token behind `if used`, or 0."""
        row, tokens = self._row, self._tokens
        said = self._scene.kind(i - 1) == "COMMA" and self._scene.kind(i + 2) == "COMMA"
        begins = len(row) == 1 or (len(row) > 1 and (row[-1].link in _BEGINS or row[-2].limit is not None))
        if not (said and begins) or tokens[i + 1].value not in words("taken") or not _is_plain(row[-1]):
            return 0
        row[-1].end = tokens[i + 1].end
        self._let_some(len(row) - 1)
        return i + 2

    def _begin_condition(self, i: int, word: str, *, prefix: bool) -> int:
        """A clause that the condition or exception at `i` begins; the token behind."""
        token, midway = self._tokens[i], self._midway
        excepts = word in ("except", "unless")
        people = word in ("", "cases") and token.type == "IF"
        kind = Opens.EXCEPT if excepts else Opens.IF
        if excepts:
            self._mark_released(self._last or self._around, i)
        after = self._begin(kind, word or "people", i, prefix=prefix, silent=people)
        if token.type == "UNLESS" and not excepts:
            self._says(Opens.NO, "list", token.start, token.end)
        if word == "cases" and not midway and self._scene.kind(i + 1) not in _GOES_ON | {""}:
            self._row[-1].content += 1  # `in doubtful cases` is a whole condition
            self._follow_from(i + 1)
        return after

    def _is_participle(self, i: int) -> bool:
        """`a history must be provided`, `provided by the sponsor`: the word is a verb's, and opens no condition."""
        token = self._tokens[i]
        if i == 0 or self._text[token.start : token.end].lower() != "provided":
            return False
        if self._text[token.start - 1] == "-" or self._scene.printed(i + 1) in words("provides"):
            return True
        before = self._text[self._tokens[i - 1].start : self._tokens[i - 1].end].lower().split()
        return not words("copulas").isdisjoint(before[-1:])

    def _mark_released(self, clause: Clause | None, i: int) -> None:
        """`resolved (except alopecia)`, `in all women (except sterile ones)`: say that the exception at `i` releases.

        What lasts and what people have is asked of them; else the exception is from things, which may not be those.
        """
        printed = [] if clause is None else self._text[clause.start : clause.end].lower().split()
        of_people = self._scene.kind(i - 1 - (self._scene.kind(i - 1) == "LPAR")) in SUBJECTS
        if clause is not None and (of_people or not words("states").isdisjoint(printed)):
            clause.deeds.add("releases")

    def _ends_case(self, i: int) -> bool:
        """`in doubtful cases of menopause a blood sample ...`: what the condition is one of begins with an article."""
        clause, token = self._open_clause, self._tokens[i]
        if clause is None or not any(opener.word == "cases" for opener in clause.openers):
            return False
        behind_noun = clause.content and self._tokens[i - 1].type not in ("OF", "WITH", "WITHIN", "FILL")
        return bool(behind_noun) and self._text[token.start : token.end].lower() in words("articles")

    def _follow_from(self, i: int) -> None:
        """What the open condition is one of begins at `i`."""
        self._connect(i, "COMMA")
        self._open(self._tokens[i].start).deeds.add("then")

    def _eligible(self, i: int) -> bool:
        """`Women are eligible if ...` asks it of women, `Metformin is allowed if ...` of those on metformin."""
        row, first = self._row, self._subject()
        subject = row[first:]
        if len(subject) > 1 and row[-1].link is Link.LIST and self._only_lets(row[-1]):
            row[-1].link = Link.BESIDE  # `men, or women on estrogens, may participate`
        deeds = frozenset[str]().union(*(clause.deeds for clause in subject))
        inside = bool(self._rows) and not self._excludes  # what may be is a remark there
        if "bars" in deeds or not deeds & {"joins", "permits"} or inside or any(c.openers for c in subject):
            return False
        people = "people" in subject[0].deeds
        may = any(token.value == "may" for token in self._tokens[max(0, i - _ELIGIBLE) : i])
        thing = not people and (may or "joins" in deeds or row[-1].limit is not None)
        if thing or (may and self._is_aside(i)):
            return False
        for clause in subject:
            clause.deeds -= {"joins", "permits"}
        if people and not first and row[-1].limit is not None and row[-1].limit.names == {"age"}:
            self._part(Link.BESIDE)  # `adults of 18 years or more are eligible if ...`: both are asked
        elif people and not (len(subject) == 1 and row[-1].plain):
            self._let_some(first)
        elif people:
            self._oblige(i)
        elif row[-1].content:
            self._let_some(self._list_start(_is_plain))
        if not self._fresh:  # all people: the words before are a mere frame
            self._part(row.pop().link)
        self._open(self._tokens[i].end).deeds.update(("obliges", "concedes"))
        return True

    def _subject(self) -> int:
        """Where those begin of whom a permission is said: behind limits and times, with the people who have them."""
        row, first = self._row, len(self._row) - 1
        farthest = max(0, first - _SENTENCE)
        while first > farthest and row[first].link in _OF_SUBJECT and "who" not in row[first].deeds:
            first -= 1
        if "who" not in row[first].deeds:
            return len(row) - 1
        while first and row[first].link in _PEOPLE_LINKS and _is_people(row[first - 1]):
            first -= 1
        return first

    def _only_lets(self, clause: Clause) -> bool:
        """Whether a clause says nothing but that somebody may be let in."""
        printed = self._text[clause.start : clause.end].lower().split()
        return words("frame", "joins", "permits").issuperset(printed)

    def _let_some(self, first: int) -> None:
        """What is let in begins with the clause `first`: who or what that is, is a condition."""
        clause = self._row[first]
        clause.openers.append(Opener(Opens.IF, "people", clause.start, clause.start, prefix=True))
        self._fresh = True

    def _is_aside(self, i: int) -> bool:
        """Whether what may be `if ...` is said in a sentence behind a demand, and lets people in beside it."""
        only = self._text[self._tokens[i].start : self._tokens[i].end].lower().startswith("only")
        near = self._row[: -_SENTENCE - 1 : -1]
        told = next((clause for clause in near if clause.openers or clause.link is Link.STOP), None)
        return told is not None and told is not self._row[0] and not (only or told.openers)

    def _list_start(self, may: Callable[[Clause], bool]) -> int:
        """Where the list begins that ends in the open clause, and whose other members are as `may` tells."""
        row, first = self._row, len(self._row) - 1
        while first and row[first].link in _PEOPLE_LINKS and may(row[first - 1]):
            first -= 1
        return first

    def _sex(self, i: int) -> int:
        """Women, men: the condition of what a colon follows, of the limit beside, or of the one before brackets."""
        token = self._tokens[i]
        follows = self._scene.kind(i + 1)
        around = self._around if not self._row else None
        if around is not None and around.limit is not None and follows == "RPAR":
            around.openers.append(Opener(Opens.IF, "people", token.start, token.end, closed=True))
            return i + 1
        if follows in ("COLON", "COMMA") and self._fresh:
            clause = self._open(token.start)
            clause.end, clause.content = token.end, 1
            self._says(Opens.IF, "people", token.start, token.start, prefix=True)
            return i + 1
        behind = self._behind_value
        if not behind:
            clause = self._clause(token.end)
            clause.start = clause.end = token.end
        self._says(Opens.IF, "people", token.start, token.end, prefix=not behind, closed=True)
        return i + 1

    def _oblige(self, i: int) -> None:
        """`Women of childbearing potential must ...`: whom it is asked of is a condition."""
        row = self._row
        if self._fresh or not row or self._tokens[i - 1].value in words("relatives"):
            return  # `women who must have surgery`
        denied = self._denied_people()
        if denied is None and not _may_be_people(row[-1]):
            return
        first = self._list_start(_may_be_people) if denied is None else denied
        if denied is not None or (row[first].link is not Link.WHO and restricted(self._tokens, row[first:], i)):
            start = row[first].openers[0].start if denied is not None else row[first].start
            row[first].openers.insert(0, Opener(Opens.IF, "people", start, start, prefix=True))
            self._fresh = True

    def _denied_people(self) -> int | None:
        """Where people and what they are not begin, if they end here: `women who are not menopausal or sterile`."""
        first = len(self._row) - 1
        while first and self._row[first].link in _PEOPLE_LINKS and _is_plain(self._row[first]):
            first -= 1
        clause = self._row[first]
        if [(opener.kind, opener.word) for opener in clause.openers] != [(Opens.NO, "word")]:
            return None
        named = self._text[max(0, clause.openers[0].start - _NAMED) : clause.openers[0].start].lower().split()
        people = "people" in clause.deeds and not words("relates").isdisjoint(named)
        return first if people and clause.limit is None and not clause.windows else None


@lru_cache(maxsize=1)
def glosses() -> frozenset[str]:
    """Words that may begin an explanation."""
    return words("examples", "defines") | {"such"}


def _is_plain(clause: Clause) -> bool:
    return clause.limit is None and not (clause.openers or clause.windows) and clause.deeds <= {"people", "who"}


def _is_people(clause: Clause) -> bool:
    return "who" in clause.deeds and _is_plain(clause)


def _may_be_people(clause: Clause) -> bool:
    settled = clause.openers or clause.windows or "obliges" in clause.deeds
    return "people" in clause.deeds and clause.limit is None and not settled
