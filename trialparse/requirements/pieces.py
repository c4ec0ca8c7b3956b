"""Tokens, findings and windows -> the pieces that `grammars/requirement.lark` joins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from trialparse.requirements.naming import LIMITS
from trialparse.requirements.neighbours import Finding, by_first_token, outside_brackets, restates
from trialparse.requirements.output import Item, Requirement, Writer
from trialparse.requirements.prose import JOINS, Prose, merge_prose
from trialparse.requirements.tidy import tidy
from trialparse.requirements.tokens import Token, new_token
from trialparse.requirements.window import Elapsed

_CONTENT = frozenset({"WORD", "MEASURE", "AMOUNT", "CLASS", "DOSE"})
# prose made of nothing but these asserts nothing beside the limits it frames
_FRAME = frozenset(
    "must should shall will would may can have has had be been being is are was were with who whose which that this "
    "these those as at on by to in for per or and if when than then there their his her its it they he she any all "
    "both either each every other also only also following below above least one more defined documented determined "
    "measured calculated estimated based according using assessed confirmed required eligible included includes "
    "including include excluded inclusion exclusion criteria criterion time enrollment enrolment screening baseline "
    "study known current currently presence evidence demonstrated eg ie etc not from meet meets regardless "
    "gender sex male female inclusive able aged old years institutional normal limits range".split()
)
_GLOSS_WORDS = 4
_NEAR = 4
_PERMIT_WORDS = 10
_EVENTS = frozenset("onset diagnosis diagnosed menarche menopause appearance".split())
_EVENT_REACH = 2
_DEEPEST = 16
_CLAUSE = 60


class Pieces:
    """Turns the tokens of one criterion into pieces."""

    def __init__(
        self,
        tokens: Sequence[Token],
        findings: Mapping[int, Finding],
        windows: Mapping[int, tuple[Elapsed, int]],
        writer: Writer,
    ) -> None:
        self._tokens = tokens
        self._writer = writer
        self._windows = windows
        self._by_start = by_first_token(tokens, findings)
        self._by_stop = {after: finding for finding, after in self._by_start.values()}
        self._times = Counter(finding.names for finding, _ in self._by_start.values())
        # `men ≥ 65 or women ≥ 55 years`: as many limits on one measure as sexes named
        sexes = {token.value for token in tokens if token.type == "POP"}
        self._each_sex = len(sexes) > 1 and max(self._times.values(), default=0) > 1
        self._out: list[Token] = []
        self._depth = 0

    def run(self) -> list[Token]:
        """The pieces; a Token's value is an `Item`, or for PRE and POST a condition."""
        i = 0
        while i < len(self._tokens):
            i = self._next(i, len(self._tokens), self._out)
        return tidy(self._settle(self._out))

    # -- collecting ----------------------------------------------------------------------------------------------

    def _next(self, i: int, stop: int, out: list[Token]) -> int:
        token = self._tokens[i]
        if i in self._by_start:
            finding, after = self._by_start[i]
            people = self._people_inside(i, after, finding)
            if people is not None:
                out.append(Token("COND", people, finding.start, finding.start))
            if any(t.type == "NOT" for t in outside_brackets(self._tokens[i:after])):
                out.append(Token("NOT", None, finding.start, finding.start))  # blood pressure outside 90-160
            out.append(Token("ITEM", self._item(finding, i, after), finding.start, finding.end))
            return max(after, i + 1)
        if i in self._windows:
            elapsed, after = self._windows[i]
            self._add_window(elapsed, out)
            return after
        kind = token.type
        if kind == "LPAR" and (self._enumerates(i) or self._restates(i)):
            return i + 3
        if kind in ("IF", "UNLESS") or (kind in ("WITH", "LPAR") and self._tells_apart(i, out)):
            return self._condition(i, stop, out)
        if kind == "SUBJECT" and self._permits(i):
            return self._condition(i + 1, stop, out)
        if kind in ("FOR", "WITHIN") and self._is_population(i, out):
            return self._condition(i, stop, out)
        if kind == "POP" and self._is_condition(i):
            holder = self._writer.statement(token.start, token.end)
            out.append(Token("COND", holder, token.start, token.end))
            return i + 1
        if kind in ("SEMI", "STOP"):
            joins = kind == "SEMI" and i + 1 < len(self._tokens) and self._tokens[i + 1].type == "OR"
            if not joins:  # `A; or B`: the or joins what the semicolons part
                out.append(Token("SEP", None, token.start, token.end))
        elif kind == "AND" and self._parts_sides(i):
            out.append(Token("OR", None, token.start, token.end))
        elif kind == "THEN":
            out.append(Token("COMMA", None, token.start, token.end))
        elif kind in JOINS or kind in ("LPAR", "RPAR", "NOT", "COLON"):
            out.append(Token(kind, None, token.start, token.end))
        elif kind == "BUT":
            out.append(Token("AND", None, token.start, token.end))
        else:
            content = int(kind in _CONTENT and token.value not in _FRAME)
            out.append(new_token(("TEXT", Prose(token.start, token.end, content, ()), token.start, token.end)))
        return i + 1

    def _parts_sides(self, i: int) -> bool:
        """`< 6.5 % and > 10 %`: no value meets both, so either is meant."""
        before, behind = self._by_stop.get(i), self._by_start.get(i + 1)
        if before is None or behind is None or not behind[0].shared or before.names != behind[0].names:
            return False
        low, high = before.quantity.bounds, behind[0].quantity.bounds
        if len(low) != 1 or len(high) != 1:
            return False
        opposed = before.quantity.lower is None and behind[0].quantity.upper is None
        return opposed and low[0].value < high[0].value and low[0].relative_to == high[0].relative_to

    def _people_inside(self, first: int, stop: int, finding: Finding) -> Requirement | None:
        """`Waist: females > 35 inches, males > 40`: people between a measure and one of its several limits."""
        if self._times[finding.names] < 2:
            return None
        people = next((t for t in self._tokens[first:stop] if t.type == "POP"), None)
        return None if people is None else self._writer.statement(people.start, people.end)

    def _item(self, finding: Finding, first: int, stop: int) -> Item:
        thresholds = self._writer.thresholds(finding)
        names = finding.names
        if names == {"age"} and (event := self._event(first, stop)) is not None:
            held = {"kind": "if", "condition": event, "then": thresholds[0], "otherwise": None}
            return Item(held, names, finding.shared, True)
        if len(thresholds) == 1:
            return Item(thresholds[0], names, finding.shared)
        kind = "any" if self._any_of(finding, first, stop) else "all"
        return Item({"kind": kind, "items": thresholds}, names, finding.shared)

    def _event(self, first: int, stop: int) -> Requirement | None:
        """`onset before age 17`, `age at diagnosis`: an age at an event, not the candidate's own."""
        around = self._tokens[max(0, first - _EVENT_REACH) : stop + _EVENT_REACH]
        event = next((t for t in around if t.value in _EVENTS), None)
        return None if event is None else self._writer.statement(event.start, event.end)

    def _any_of(self, finding: Finding, first: int, stop: int) -> bool:
        if finding.quantity.second is not None:
            return finding.quantity.upper is None
        end = finding.measures[-1].end
        return any(t.type == "OR" and t.end <= end for t in self._tokens[first:stop])

    def _add_window(self, elapsed: Elapsed, out: list[Token]) -> None:
        windows = self._writer.windows(elapsed)
        for back in range(1, min(len(out), _NEAR) + 1):
            piece = out[-back]
            if piece.type == "ITEM":
                for threshold in _thresholds(piece.value.requirement):
                    threshold["windows"].extend(windows)
                return
            if piece.type != "TEXT" or piece.value.content:
                break
        out.append(Token("TEXT", Prose(elapsed.start, elapsed.end, 0, windows), elapsed.start, elapsed.end))

    # -- conditions ----------------------------------------------------------------------------------------------

    def _is_condition(self, i: int) -> bool:
        """Women, men: a condition where they stand alone in brackets, before a colon or beside a shared limit."""
        tokens = self._tokens
        before = tokens[i - 1].type if i else ""
        after = tokens[i + 1].type if i + 1 < len(tokens) else ""
        if (before == "LPAR" and after == "RPAR") or after == "COLON":
            return True
        follows = self._by_start.get(i + 1) or (self._by_start.get(i + 2) if after in ("COLON", "FILL") else None)
        if follows is not None and (follows[0].shared or (follows[0].start != tokens[i].start and before in JOINS)):
            return follows[0].names != {"age"} or self._each_sex
        if follows is not None and self._each_sex:
            return True
        printed, last = tokens[i], _last_said(self._out)
        return (
            last is not None
            and last.type == "ITEM"
            and "age" not in last.value.names
            and (printed.end - printed.start >= len("in men") or self._each_sex)
            and after in ("", "COMMA", "SEMI", "STOP", "OR", "AND", "LPAR", "RPAR")
        )

    def _enumerates(self, i: int) -> bool:
        """`(a)`, `(2)` before an item of a list inside the text."""
        if i + 3 >= len(self._tokens) or self._tokens[i + 2].type != "RPAR":
            return False
        inside = self._tokens[i + 1]
        return (
            inside.end - inside.start <= 2 and inside.type in ("WORD", "FILL", "LIMIT") and i + 1 not in self._by_start
        )

    def _restates(self, i: int) -> bool:
        """`(133 µmol/L)` behind a limit says it again."""
        inside = self._tokens[i + 1 : i + 3]
        closed = len(inside) == 2 and inside[0].type in LIMITS and inside[1].type == "RPAR"
        return closed and i + 1 not in self._by_start and restates(self._tokens, i + 1)

    def _is_population(self, i: int, out: Sequence[Token]) -> bool:
        """`> 35 % for children < 3 years`, `(≥ 75 for HCC patients)`: whom the limit before it is for."""
        if not out or out[-1].type != "ITEM" or not out[-1].value.names:
            return False
        reach = 1 if self._times[out[-1].value.names] < 2 else _GLOSS_WORDS
        behind = self._tokens[i + 1 : i + 1 + reach]
        people = next((k for k, token in enumerate(behind) if token.type == "SUBJECT"), None)
        return people is not None and all(token.type in ("WORD", "FILL") for token in behind[:people])

    def _permits(self, i: int) -> bool:
        """`Patients with bone metastases may have ...`: the limit behind it is theirs alone."""
        if i + 1 >= len(self._tokens) or self._tokens[i + 1].type != "WITH":
            return False
        for j in range(i + 2, min(i + 2 + _PERMIT_WORDS, len(self._tokens))):
            if self._tokens[j].value == "may":
                return True
            if self._tokens[j].type == "COLON" and j + 1 in self._by_start and self._by_start[j + 1][0].shared:
                return True
            if j in self._by_start or self._tokens[j].type in ("SEMI", "STOP"):
                break
        return False

    def _tells_apart(self, i: int, out: Sequence[Token]) -> bool:
        """Of two limits on one measure, `with ...` or a remark in brackets behind one says for whom it holds."""
        if not out or out[-1].type != "ITEM" or not out[-1].value.names:
            return False
        if self._tokens[i].type == "WITH" and out[-1].value.shared:
            return True  # a child bullet: `≤ 5 x ULN with liver metastases`
        names = out[-1].value.names
        if self._times[names] < 2 or i + 1 >= len(self._tokens):
            return False
        for j in range(i + 1, min(i + _CLAUSE, len(self._tokens))):
            if self._tokens[j].type in ("SEMI", "STOP", "RPAR", "IF"):
                return j > i + 1 + (self._tokens[i].type == "LPAR")  # `(LLRR)` explains a word
            if j in self._by_start and names & self._by_start[j][0].names:
                return False
        return True

    def _condition(self, i: int, stop: int, out: list[Token]) -> int:
        self._depth += 1
        after = self._read_condition(i, stop, out) if self._depth <= _DEEPEST else 0
        self._depth -= 1
        if after:
            return after
        token = self._tokens[i]
        out.append(Token("TEXT", Prose(token.start, token.end, 0, []), token.start, token.end))
        return i + 1

    def _read_condition(self, i: int, stop: int, out: list[Token]) -> int:
        """Append the condition that the token at `i` opens; the token after it, or 0 where it opens none."""
        tokens = self._tokens
        first, opener = i + 1, tokens[i].type
        limited = _limited(out) if tokens[i].value == "except" else frozenset()
        inner: list[Token] = []
        last, content = self._span_condition(i, stop, limited, out, inner)
        after = last
        while limited and after < stop and after not in self._by_start and _leads_on(tokens[after]):
            after += 1
        # `≤ 3 x ULN, except in X, who may have ≤ 5 x ULN`: what is excepted is the condition of the second limit
        turns = after in self._by_start and tokens[after - 1].type not in ("OR", "AND")
        turns = turns and bool(self._by_start[after][0].names & limited)
        while last > first and (tokens[last - 1].type in (*JOINS, "COLON") or (turns and _leads_on(tokens[last - 1]))):
            last -= 1
        if last == first or not content or any(t.value == "consent" for t in tokens[first:last]):
            return 0
        requirement = self._holder(inner, tokens[first].start, tokens[last - 1].end)
        if not turns:
            after = last
        if after < stop and tokens[after].type == "THEN":  # `unless X, in which case ≤ 5 x ULN`: likewise
            turns, after = True, after + 1
        elif opener == "LPAR" and after < stop and tokens[after].type == "RPAR":
            after += 1
        if turns:
            out.append(Token("SEP", None, tokens[first].start, tokens[first].start))
        elif opener == "UNLESS":
            requirement = {"kind": "not", "item": requirement}
        out.append(Token("COND", requirement, tokens[i].start, tokens[last - 1].end))
        return after

    def _span_condition(
        self, i: int, stop: int, limited: frozenset[str], out: Sequence[Token], inner: list[Token]
    ) -> tuple[int, int]:
        """Collect what the condition at `i` holds into `inner`; the token where it ends, and how much it says."""
        tokens = self._tokens
        j, depth, content = i + 1, 0, 0
        while j < stop:
            kind = tokens[j].type
            depth += (kind == "LPAR") - (kind == "RPAR")
            ends = kind in ("SEMI", "STOP", "THEN", "IF", "UNLESS") or tokens[j].value == "may"
            if depth < 0 or ends or (kind == "COMMA" and content and (not out or out[-1].type != "ITEM")):
                break
            finding = self._by_start.get(j)
            if finding is not None and (
                self._goes_on(finding[0], tokens[j - 1].type if content else "", inner)
                or (content and finding[0].names & limited)
            ):
                break
            before = len(inner)
            content += kind == "POP"
            j = self._next(j, stop, inner)
            content += sum(p.type == "ITEM" or (p.type == "TEXT" and bool(p.value.content)) for p in inner[before:])
        return j, content

    @staticmethod
    def _goes_on(finding: Finding, before: str, inner: Sequence[Token]) -> bool:
        """Whether a limit inside what began as a condition is the one that the condition is for."""
        if any(piece.type == "ITEM" and piece.value.names == finding.names for piece in inner):
            return False  # if < 10 or > 40 degrees
        return finding.shared or before in (*JOINS, "COLON")

    def _holder(self, inner: Sequence[Token], start: int, end: int) -> Requirement:
        """What a condition says: its limits, and its prose as a whole."""
        items = [piece.value.requirement for piece in inner if piece.type == "ITEM"]
        prose = sum(piece.value.content for piece in inner if piece.type == "TEXT")
        windows = [w for piece in inner if piece.type == "TEXT" for w in piece.value.windows]
        if prose or not items:
            items.insert(0, self._writer.statement(start, end, windows))
        return items[0] if len(items) == 1 else {"kind": "all", "items": items}

    # -- settling ------------------------------------------------------------------------------------------------

    def _settle(self, pieces: list[Token]) -> list[Token]:
        """Prose joined to stretches and kept where it says something; conditions told apart; connectors of lists."""
        merged = merge_prose(pieces)
        out: list[Token] = []
        for i, piece in enumerate(merged):
            if piece.type == "TEXT":
                run: Prose = piece.value
                if self._says_something(merged, i):
                    statement = self._writer.statement(run.start, run.end, run.windows)
                    out.append(Token("ITEM", Item(statement), run.start, run.end))
                elif run.windows:
                    _lend_windows(merged, i, run.windows)
            elif piece.type == "COND":
                if _ends_clause(merged, i) and len(out) > 1 and out[-1].type == "COMMA":
                    out.pop()  # `≤ 3 x ULN, unless ...`
                behind = bool(out) and out[-1].type in ("ITEM", "RPAR", "POST")
                kind = "POST" if behind or _in_own_brackets(merged, i) else "PRE"
                out.append(Token(kind, piece.value, piece.start, piece.end))
            elif piece.type != "COLON":
                out.append(piece)
        return out

    @staticmethod
    def _says_something(pieces: Sequence[Token], i: int) -> bool:
        run: Prose = pieces[i].value
        if not run.content:
            return False
        after = pieces[i + 1].type if i + 1 < len(pieces) else ""
        if after == "COLON":
            return False
        alone = i > 1 and pieces[i - 1].type == "LPAR" and after == "RPAR"
        return not (alone and run.content <= _GLOSS_WORDS and pieces[i - 2].type == "ITEM")


def _limited(pieces: Sequence[Token]) -> frozenset[str]:
    """What the limit just said is a limit of."""
    said = [p for p in pieces[-_NEAR:] if p.type not in ("LPAR", "COMMA") and (p.type != "TEXT" or p.value.content)]
    return said[-1].value.names if said and said[-1].type == "ITEM" else frozenset()


def _leads_on(token: Token) -> bool:
    """`, who can have`: words between a condition and its limit."""
    return token.type in ("SCALE", "FILL", "COMMA", "COLON") or token.value in _FRAME


def _last_said(pieces: Sequence[Token]) -> Token | None:
    """The last piece that is not an empty particle."""
    return next((p for p in reversed(pieces[-_NEAR:]) if p.type != "TEXT" or p.value.content), None)


def _thresholds(requirement: Requirement) -> list[Requirement]:
    inner = requirement["then"] if requirement["kind"] == "if" else requirement
    items: list[Requirement] = inner.get("items", [inner])
    return items


def _lend_windows(pieces: Sequence[Token], i: int, windows: Sequence[Requirement]) -> None:
    """Windows in prose that is not kept go to the next limit, or else to the one before."""
    for piece in [*pieces[i + 1 : i + _CLAUSE], *reversed(pieces[max(0, i - _CLAUSE) : i])]:
        if piece.type == "ITEM":
            for threshold in _thresholds(piece.value.requirement):
                threshold.setdefault("windows", []).extend(windows)
            return


def _ends_clause(pieces: Sequence[Token], i: int) -> bool:
    return i + 1 == len(pieces) or pieces[i + 1].type in ("SEP", "RPAR")


def _in_own_brackets(pieces: Sequence[Token], i: int) -> bool:
    return 0 < i < len(pieces) - 1 and pieces[i - 1].type == "LPAR" and pieces[i + 1].type == "RPAR"


def any_content(pieces: Sequence[Token]) -> bool:
    """Whether anything is left to join."""
    return any(piece.type == "ITEM" for piece in pieces)
