"""Clauses -> one expression: what each reaches over, then `grammars/requirement.lark` joins them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from trialparse.requirements import algebra
from trialparse.requirements.clauses import Clause, Link, Opener, Opens, of_each
from trialparse.requirements.expression import All, AnyOf, Bounded, Expression, If, Said, walk
from trialparse.requirements.parser import IslandParser
from trialparse.requirements.polarity import DENIED, PLAIN, Polarity, within_of
from trialparse.requirements.reach import consequence, end, holds_beside, names_things, turns
from trialparse.requirements.remarks import UNASKED, Role, begins, brackets, role_of, sentences, told, unlabelled
from trialparse.requirements.tokens import Token
from trialparse.requirements.window import absent

_MOST_SCOPES = 120  # more conditions and denials in one criterion are no language
_POSTFIX = frozenset({Opens.IF, Opens.EXCEPT, Opens.GLOSS})
_LET_IN = Polarity(excludes=True)
"""Among people who are let in if they meet something."""
_UNDER = {"list": DENIED, "bar": Polarity(any_of=True, found=True)}
"""What joins mean under a denial, by the word that denies."""


class Ladder:
    """Writes clauses as the terminals of the grammar."""

    def __init__(self, polarity: Polarity) -> None:
        self._out: list[Token] = []
        self._polarity = polarity

    def terminals(self, row: Sequence[Clause]) -> list[Token]:
        """The terminals of a row of clauses."""
        exceptions: list[Sequence[Clause]] = []
        for sentence, place in sentences(row, self._polarity):
            sentence, role = told(sentence, place)
            if role is Role.EXCEPTION and not place.opens:
                exceptions.append(sentence)
                continue
            if not place.opens:
                self._put(self._polarity.terminal(Link.STOP), None, sentence[0].start)
            self._sentence(sentence, role)
        for sentence in exceptions:
            conditional = any(clause.opens(Opens.IF) for clause in sentence)
            within = _LET_IN if conditional else DENIED
            self._wrapped(
                "EXCEPTING", sentence, within, not self._polarity.asked, opened=begins(sentence, Opens.EXCEPT)
            )
        return self._out

    def _sentence(self, sentence: Sequence[Clause], role: Role) -> None:
        if role is Role.NOTE:
            self._note(sentence)
        elif role is Role.DENIED:
            self._wrapped("NO", sentence, PLAIN)
        else:
            self._range(sentence, 0, len(sentence), self._polarity)

    def _note(self, row: Sequence[Clause]) -> None:
        """What binds nobody: its words, and with them the limits and times it names."""
        windows = tuple(window for clause in row if clause.limit is None for window in clause.windows)
        self._wrapped("NOTE", row, PLAIN, Said(row[0].begins, _end_of(row), windows, asserts=False))

    # -- writing -------------------------------------------------------------------------------------------------

    def _put(self, kind: str, value: object, at: int) -> None:
        self._out.append(Token(kind, value, at, at))

    def _wrapped(
        self, kind: str, row: Sequence[Clause], polarity: Polarity, value: object = None, *, opened: int = 0
    ) -> None:
        """A row between a terminal and its CLOSE; so many of its first openers are said by the terminal."""
        self._put(kind, value, row[0].start)
        self._range(row, 0, len(row), polarity, row[0].openers[opened:])
        self._put("CLOSE", None, row[-1].end)

    def _range(
        self, row: Sequence[Clause], first: int, stop: int, polarity: Polarity, openers: Sequence[Opener] | None = None
    ) -> None:
        """Write `row[first:stop]`; `openers` are those of the first clause that are not written yet."""
        at = first
        while at < stop:
            head = row[at].openers if openers is None or at > first else openers
            attached = at > first and bool(head) and self._follows(row, at, stop, head[0])
            if at > first and not attached:
                self._put(polarity.terminal(row[at].link), None, row[at].start)
            at = self._clause(row, at, stop, polarity, head, attached=attached)

    @staticmethod
    def _follows(row: Sequence[Clause], at: int, stop: int, opener: Opener) -> bool:
        """Whether an opener is said of what stands before it, whatever connective does."""
        if opener.kind not in _POSTFIX or opener.closed:
            return False
        if opener.kind is Opens.GLOSS:
            return True
        reach = end(opener, row, at, stop)
        if opener.kind is Opens.IF and opener.prefix:
            behind_comma = row[at].link in (Link.LIST, Link.LIST_AND, Link.BESIDE)
            return behind_comma and consequence(row, at, reach) == reach and row[at].limit is None
        return consequence(row, at, reach) == reach or not turns(row, at, reach)

    def _clause(
        self,
        row: Sequence[Clause],
        at: int,
        stop: int,
        polarity: Polarity,
        openers: Sequence[Opener],
        *,
        attached: bool,
    ) -> int:
        """Write the clause at `at` and all that its openers reach over; the clause behind.

        `attached` to what stands before it, the first opener is said of that.
        """
        if not openers:
            return self._plain(row, at, polarity)
        opener, rest = openers[0], openers[1:]
        if opener.closed:
            return self._closed(row, at, stop, polarity, opener, rest)
        reach = end(opener, row, at, stop)
        if opener.kind is Opens.NO:
            self._put("NO", None, opener.start)
            row = [*row[:at], *_absent(row[at:reach], opener), *row[reach:]]
            self._range(row, at, reach, _UNDER.get(opener.word, DENIED._replace(tight=False)), rest)
        elif opener.kind is Opens.COUNT:
            self._put("COUNT", opener.minimum, opener.start)
            self._range(row, at, reach, polarity._replace(any_of=True), rest)
        elif opener.kind is Opens.GLOSS:
            if not attached:
                return self._clause(row, at, stop, polarity, rest, attached=False)
            self._put("GLOSS", "any" if opener.word == "examples" and polarity.any_of else "all", opener.start)
            self._range(row, at, reach, polarity, rest)
        else:
            return self._conditional(row, at, reach, polarity, opener, rest, attached=attached)
        self._put("CLOSE", None, row[reach - 1].end)
        return reach

    def _conditional(
        self,
        row: Sequence[Clause],
        at: int,
        reach: int,
        polarity: Polarity,
        opener: Opener,
        rest: Sequence[Opener],
        *,
        attached: bool,
    ) -> int:
        """Write a condition or an exception and, where it stands before it, what it is one of; the clause behind."""
        excepts = opener.kind is Opens.EXCEPT
        within = within_of(opener)
        then = consequence(row, at, reach)
        if not excepts and not of_each(row[at:then]):
            within = within._replace(tight=False, found=within.tight)
        if attached:
            if any("unconditional" in clause.deeds for clause in row[at:then]):
                return reach
            self._put("EXCEPT" if excepts else "WHEN", holds_beside(row, at, reach, polarity), opener.start)
            self._range(row, at, reach, within, rest)
        elif then < reach:
            let_in = "concedes" in row[then].deeds and polarity in (_LET_IN, DENIED)
            self._put("IF", let_in or (opener.word == "after" and polarity.excludes), opener.start)
            self._condition(row, at, then, within, opener, rest, negated=excepts and not turns(row, at, reach))
            self._range(row, then, reach, PLAIN if let_in else polarity)
        elif not excepts:
            return self._clause(row, at, reach, polarity, rest, attached=False)
        else:
            self._put("NO", None, opener.start)
            self._range(row, at, reach, within, rest)
        self._put("CLOSE", None, row[reach - 1].end)
        return reach

    def _condition(
        self,
        row: Sequence[Clause],
        at: int,
        then: int,
        within: Polarity,
        opener: Opener,
        rest: Sequence[Opener],
        *,
        negated: bool,
    ) -> None:
        """Write the condition up to `then`; of an exception it is that none of it holds."""
        if negated:
            self._put("NO", None, opener.start)
        self._range(row, at, then, within, rest)
        for _ in range(1 + negated):
            self._put("CLOSE", None, row[then - 1].end)

    def _closed(
        self, row: Sequence[Clause], at: int, stop: int, polarity: Polarity, opener: Opener, rest: Sequence[Opener]
    ) -> int:
        """`> 450 ms in men`: the condition is of the limit alone, and not of the words before it."""
        clause = row[at]
        if clause.content and clause.limit is not None:
            self._put("CLAUSE", Said(clause.start, clause.end), clause.start)
            self._put("BESIDE", None, clause.end)
        self._put("IF", None, opener.start)
        self._put("CLAUSE", Said(opener.start, opener.end), opener.start)
        self._put("CLOSE", None, opener.end)
        limit = replace(clause, content=0) if clause.limit is not None else clause
        behind = self._clause([limit], 0, 1, polarity, rest, attached=False) + at
        self._put("CLOSE", None, clause.end)
        return min(behind, stop)

    def _plain(self, row: Sequence[Clause], at: int, polarity: Polarity) -> int:
        clause = row[at]
        remarks = clause.remarks
        if clause.content or clause.limit is not None or clause.windows or not remarks:
            self._put("CLAUSE", meaning(clause, any_of=polarity.any_of), clause.start)
        else:
            self._wrapped("GROUP", remarks[0], polarity)
            remarks = remarks[1:]
        for remark in remarks:
            self._remark(clause, remark, polarity)
        return at + 1

    def _remark(self, clause: Clause, remark: Sequence[Clause], polarity: Polarity) -> None:
        """Write what brackets say of the clause before them."""
        first = remark[0].openers[0] if remark[0].openers else None
        match role_of(remark, brackets(clause, polarity)):
            case Role.NOTE:
                self._put("REMARK", None, remark[0].start)
                self._note(remark)
                self._put("CLOSE", None, remark[-1].end)
            case Role.OTHER_TIME if clause.limit is None and clause.windows:
                other = replace(_said(clause), windows=tuple(remark[0].windows))
                condition = replace(remark[-1], windows=remark[-1].windows if len(remark) > 1 else [])
                self._wrapped("INSTEAD", [condition], PLAIN, other, opened=1)
            case Role.EXCEPTION:
                opened = int(first is not None and first.kind is Opens.EXCEPT)
                within = DENIED if first is None else within_of(first)
                holds = not polarity.asked or (opened and names_things(clause, remark, bracketed=True))
                self._wrapped("EXCEPT", unlabelled(remark), within, holds, opened=opened)
            case Role.DENIED:
                self._put("REMARK", "any" if polarity.excludes else None, remark[0].start)
                self._wrapped("NO", remark, PLAIN)
                self._put("CLOSE", None, remark[-1].end)
            case Role.CONDITION | Role.OTHER_TIME if first is not None and first.closed:
                self._put("WHEN", not polarity.binding, first.start)
                self._put("CLAUSE", Said(first.start, first.end), first.start)
                self._put("CLOSE", None, first.end)
            case Role.CONDITION | Role.OTHER_TIME:
                self._wrapped("WHEN", remark, PLAIN, not polarity.binding, opened=1)
            case _ if remark[0].link is Link.OR and not any(each.openers for each in remark):
                self._put("REMARK", "any", remark[0].start)
                self._range(remark, 0, len(remark), Polarity(any_of=polarity.any_of, found=not polarity.asked))
                self._put("CLOSE", None, remark[-1].end)
            case _:
                self._wrapped("REMARK", remark, Polarity(any_of=polarity.any_of, found=not polarity.asked))


def _absent(row: Sequence[Clause], opener: Opener) -> Iterator[Clause]:
    """Clauses that an opener denies, with the time for which something must be absent as that in which it is not."""
    for i, clause in enumerate(row):
        if i and any(other.kind is not Opens.GLOSS for other in clause.openers):
            yield from row[i:]
            return
        windows = [absent(window, always=opener.word != "word") for window in clause.windows]
        yield replace(clause, windows=windows) if windows and clause.limit is None else clause


def _end_of(row: Sequence[Clause]) -> int:
    last = row[-1]
    ends = [window.end for window in last.windows] + ([] if last.limit is None else [last.limit.end])
    return max([last.end, *ends])


def meaning(clause: Clause, *, any_of: bool) -> Expression:
    """What one clause asserts, its openers and brackets left out; with `any_of`, several measures any of which may."""
    if clause.limit is None:
        return _said(clause)
    windows = tuple(clause.windows)
    bounded = Bounded(clause.limit, windows, clause.limit_any or any_of)
    return algebra.conjunction([Said(clause.start, clause.end), bounded]) if clause.content else bounded


def _said(clause: Clause) -> Said:
    """The prose of a clause with its times."""
    windows = tuple(clause.windows)
    if not windows:
        return Said(min(clause.start, clause.end), max(clause.start, clause.end), left_out=clause.left_out)
    beside = [window for window in windows if window.start <= clause.end + 1 and clause.start <= window.end + 1]
    ends = [clause.start, clause.end, *(end for window in beside for end in (window.start, window.end))]
    return Said(min(ends), max(ends), windows, left_out=clause.left_out)


class _Meaning:
    def text(self, parts: list[Any]) -> Expression:
        return _value(parts[0])

    def note(self, parts: list[Any]) -> Expression:
        said: Said = parts[0].value
        limits = [item for item in walk(_value(parts[1])) if isinstance(item, Bounded)]
        return If(said, algebra.conjunction(limits)) if limits else said

    def all_of(self, parts: list[Any]) -> Expression:
        return _joined([_value(part) for part in parts if _holds(part)])

    def any_of(self, parts: list[Any]) -> Expression:
        items = algebra.replaced(algebra.facing(_telling([_value(part) for part in parts if _holds(part)])))
        apart = len(items) > 1 and all(isinstance(item, If) and item.otherwise is None for item in items)
        same = apart and len({algebra.limited(item) for item in items}) == 1
        return algebra.conjunction(items) if same else algebra.disjunction(items)

    def when(self, parts: list[Any]) -> Expression:
        term, condition = _value(parts[0]), _value(parts[2])
        if parts[1].value is None:  # `despite`: how it is, and no condition of what is asked
            return algebra.conjunction([term, condition])
        if not algebra.limited(term):
            return algebra.conjunction([term, condition]) if parts[1].value else algebra.conditional(condition, term)
        return algebra.conditional(condition, term)

    def instead(self, parts: list[Any]) -> Expression:
        return If(_value(parts[2]), parts[1].value, _value(parts[0]))

    def unless(self, parts: list[Any]) -> Expression:
        return algebra.unless(_value(parts[0]), _value(parts[2]), binding=parts[1].value is False)

    def gloss(self, parts: list[Any]) -> Expression:
        items = [_value(parts[0]), _value(parts[2])]
        if parts[1].value == "any":
            return algebra.disjunction(items)
        return algebra.conjunction(items)

    def remark(self, parts: list[Any]) -> Expression:
        items = [_value(parts[0]), _value(parts[2])]
        return algebra.disjunction(items) if parts[1].value == "any" else _joined(items)

    def group(self, parts: list[Any]) -> Expression:
        return _value(parts[1])

    def denied(self, parts: list[Any]) -> Expression:
        return algebra.denial(_value(parts[1]))

    def conditional(self, parts: list[Any]) -> Expression:
        condition, then = _value(parts[1]), _value(parts[3])
        return algebra.conjunction([condition, then]) if parts[0].value else algebra.conditional(condition, then)

    def counted(self, parts: list[Any]) -> Expression:
        inner = _value(parts[1])
        items = inner.items if isinstance(inner, All | AnyOf) else (inner,)
        return algebra.counted(parts[0].value, items)


def _joined(items: list[Expression]) -> Expression:
    return algebra.conjunction(algebra.replaced(algebra.conjuncts(_telling(items))))


def _telling(items: list[Expression]) -> list[Expression]:
    """The items without notes that hold neither a limit nor a time, unless there are no others."""
    return [item for item in items if not (isinstance(item, Said) and not item.asserts and not item.windows)] or items


def _holds(part: Any) -> bool:
    return not isinstance(part, Token) or part.type == "CLAUSE"


def _value(part: Any) -> Expression:
    item: Expression = part.value if isinstance(part, Token) else part
    return item


@lru_cache(maxsize=1)
def _parser() -> IslandParser:
    return IslandParser("requirement", "requirement", _Meaning())


def join(row: Sequence[Clause], polarity: Polarity) -> Expression | None:
    """One expression of all clauses; None where the grammar refuses them."""
    if len(row) == 1 and not (row[0].openers or row[0].remarks or row[0].deeds - UNASKED):
        return meaning(row[0], any_of=polarity.any_of)  # most criteria: nothing to join
    terminals = Ladder(polarity).terminals(row)
    if sum(token.type == "CLOSE" for token in terminals) > _MOST_SCOPES:
        return None
    whole = _parser().whole(terminals)
    return None if whole is None else _value(whole)
