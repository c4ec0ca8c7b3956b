"""What a text leaves out because it was just said: whose each number is (`respectively`), and of what a multiple."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from trialparse.lexicon.wording import words
from trialparse.requirements.amounts import Doubt
from trialparse.requirements.fit import fits, same_unit
from trialparse.requirements.limits import quantity_at
from trialparse.requirements.naming import LIMITS
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.tokens import Token, UnitMark
from trialparse.requirements.window import is_time

DEALS = "respectively"
_PARTS = frozenset({"AND", "OR", "COMMA", "SLASH"})
_PARTING = _PARTS | {"BUT", "LPAR", "SEMI"}
_VALUE = frozenset("AMOUNT CMP TIMES REF NORMAL TO BETWEEN POST OLD FILL PM INCL EXCL LPAR RPAR".split())
_EDGES = _PARTS | {"FILL", "LPAR", "RPAR"}
_NUMBER = frozenset({"AMOUNT", "REF"})
_OPENS = frozenset({"CMP", "BETWEEN"})
_ENDS = frozenset({"SEMI", "STOP"})
_IDLE = frozenset({"FILL", "SCALE", "OF", "SUBJECT", "FOR", "WITHIN", "COMMA"})
_BESIDE = frozenset({"FILL", "SCALE", "OF", "COLON", "COMMA", "FOR", "WITHIN"})
_LONGEST = 60
_BRACKET = 16
_SHORTEST = 2
_NAMES = frozenset({"WORD", "SUBJECT", "IMPRECISE", "FILL", "DISORDER"})
_LEADS = frozenset({"FOR", "WITH", "WITHIN"})
_FOR_WHOM = frozenset({"IF", "UNLESS", "FOR", "WITH", "WITHIN", "POP", "SUBJECT", "RPAR"})


class _Run(NamedTuple):
    """Numbers in a row: `≥ 13 and 12 g/dL`."""

    first: int
    stop: int
    members: tuple[tuple[Token, ...], ...]


def filled_in(tokens: list[Token], doubt: Doubt) -> list[Token]:
    """The tokens with what is left out between them; `doubt` is told of numbers that cannot be told apart."""
    if "TIMES" in [token.type for token in tokens]:
        tokens = _referring(_without_owner(tokens))
    if DEALS not in [token.value for token in tokens]:
        return tokens
    out = list(tokens)
    at = 0
    while (at := next((i for i in range(at, len(out)) if out[i].value == DEALS), -1)) >= 0:
        at = _to_end(out, at)
        start, word = _sentence_start(out, at), out[at]
        before = _dealt(out[start:at], doubt)
        out[start : at + 1] = [*before, Token("FILL", "", word.start, word.end)]
        at = start + len(before)
    return out


def _sentence_start(tokens: Sequence[Token], at: int) -> int:
    """Where the sentence begins that holds the word at `at`, or where the search for that ends."""
    far = max(0, at - _LONGEST)
    return next((i + 1 for i in range(at - 1, far, -1) if tokens[i].type in _ENDS), far)


def _without_owner(tokens: Sequence[Token]) -> list[Token]:
    """`1.5 x UCLA upper limit of normal`: whose limit of normal it is says nothing."""
    kinds = [token.type for token in tokens]
    return [
        token.turned("FILL", "") if kinds[max(0, i - 1) : i + 2] == ["TIMES", "WORD", "REF"] else token
        for i, token in enumerate(tokens)
    ]


def _to_end(tokens: list[Token], at: int) -> int:
    """`for men and women, respectively, ≥ 13 and ≥ 12 g/dL`: move a word before its numbers behind them; its place."""
    if any(tokens[i].type in _NUMBER for i in range(_sentence_start(tokens, at), at)):
        return at
    stop = next((i for i in range(at + 1, min(at + _LONGEST, len(tokens))) if tokens[i].type in _ENDS), len(tokens))
    place = tokens[stop - 1].end
    tokens[at:stop] = [*tokens[at + 1 : stop], Token("WORD", DEALS, place, place)]
    return stop - 1


def _referring(tokens: Sequence[Token]) -> list[Token]:
    """`≤ 3 × ULN (5 × if liver metastases)`, `or 5 times in men`: a multiple of the reference limit before it."""
    out: list[Token] = []
    reference: Token | None = None
    for i, token in enumerate(tokens):
        out.append(token)
        if token.type in ("REF", "STOP"):
            reference = token if token.type == "REF" else None
        if token.type != "TIMES" or reference is None or i + 1 == len(tokens) or tokens[i + 1].type not in _FOR_WHOM:
            continue
        parted = any(each.type in _PARTING for each in tokens[max(0, i - 4) : i])
        if parted and tokens[i - 1].type == "AMOUNT" and tokens[i - 1].value.unit is None:
            out.append(Token("REF", reference.value, token.end, token.end))
    return out


def _dealt(tokens: Sequence[Token], doubt: Doubt) -> list[Token]:
    """The tokens before the word in its sentence, each number beside what it is said of."""
    run = _last_run(tokens)
    if run is None:
        return list(tokens)
    between, behind = tokens[: run.first], tokens[run.stop :]
    paired = _by_people(tokens, run, between, behind) or _by_measures(run, between, behind)
    if paired or not _has(tokens[run.first : run.stop], _OPENS):
        return paired or list(tokens)
    unread = [
        token.turned("WORD", "") if token.type in _NUMBER | _OPENS else token for token in tokens[run.first : run.stop]
    ]
    doubt("unclear_pairing", unread[0].start, unread[-1].end)
    return [*between, *unread, *behind]


def _by_people(
    tokens: Sequence[Token], run: _Run, between: Sequence[Token], behind: Sequence[Token]
) -> list[Token] | None:
    """The tokens with a limit for each of the people in a list behind the numbers or before them; None without one."""
    count = len(run.members)
    for people, turned in ((_listed("POP", behind, count), False), (_listed("POP", between, count), True)):
        limits = _limits(run, (None,) * count) if people else ()
        if limits:
            return _to_people(tokens, run, limits, people, turned=turned)
    return None


def _by_measures(run: _Run, between: Sequence[Token], behind: Sequence[Token]) -> list[Token] | None:
    """The tokens with one limit that deals its numbers out to the measures of a list; None without one."""
    count = len(run.members)
    for names in (_listed("MEASURE", between, count, nearest=True), _listed("MEASURE", behind, count)):
        limits = _limits(run, names) if names else ()
        if limits:
            kept = [token for token in behind if token not in names]
            return [*between, _shared_limit(names, limits, run), *kept]
    return None


def _last_run(tokens: Sequence[Token]) -> _Run | None:
    """The last two numbers or more in a row."""
    stop = len(tokens)
    while stop:
        if tokens[stop - 1].type not in _VALUE | _PARTS:
            stop -= 1
            continue
        first = stop
        while first and tokens[first - 1].type in _VALUE | _PARTS:
            first -= 1
        run = _run(tokens, first, stop)
        if run is not None:
            return run
        stop = first
    return None


def _run(tokens: Sequence[Token], first: int, stop: int) -> _Run | None:
    """The numbers of a stretch; what stands in brackets says them again."""
    while first < stop and tokens[first].type in _EDGES:
        first += 1
    while first < stop and tokens[stop - 1].type in _EDGES and not _closes(tokens[first:stop]):
        stop -= 1
    members: list[list[Token]] = [[]]
    depth = 0
    for token in tokens[first:stop]:
        depth += (token.type == "LPAR") - (token.type == "RPAR")
        if depth or token.type == "RPAR":
            continue
        if token.type not in _PARTS:
            members[-1].append(token)
        elif members[-1]:
            members.append([])
    numbered = all(any(token.type in _NUMBER for token in member) for member in members)
    return _Run(first, stop, tuple(map(tuple, members))) if numbered and len(members) > 1 and not depth else None


def _closes(tokens: Sequence[Token]) -> bool:
    """Whether the last token closes a bracket among them."""
    kinds = [token.type for token in tokens]
    return kinds[-1] == "RPAR" and kinds.count("LPAR") == kinds.count("RPAR")


def _listed(kind: str, tokens: Sequence[Token], count: int, *, nearest: bool = False) -> tuple[Token, ...]:
    """So many tokens of a kind in a list; nothing where there are more, fewer, or other words among them."""
    found: list[int] = []
    for i in (i for i, token in enumerate(tokens) if token.type == kind):
        if kind != "MEASURE" or not found or tokens[found[-1]].value is not tokens[i].value:  # ALT (alanine …)
            found.append(i)
    found = found[-count:] if nearest else found
    if len(found) != count:
        return ()
    among = tokens[found[0] + 1 : found[-1]]
    parted = sum(token.type in ("AND", "OR", "COMMA", "SLASH") for token in among) >= count - 1
    if not parted or any(token.type not in _PARTS | _IDLE | {kind, "LPAR", "RPAR"} for token in among):
        return ()
    beside = tokens[found[-1] + 1 :] if nearest else ()
    again = {kind, "LPAR", "RPAR"}
    return () if any(token.type not in _BESIDE | again for token in beside) else tuple(tokens[i] for i in found)


class _Lent(NamedTuple):
    """What one member of a run says for all of them."""

    opens: Token | None
    closes: Token | None
    reference: list[Token]
    unit: UnitMark | None

    @classmethod
    def by(cls, run: _Run) -> _Lent:
        """A comparator before the first member, or else one behind the last; reference or unit of the last."""
        first, last = run.members[0], run.members[-1]
        return cls(
            next((token for token in first if token.type in _OPENS), None),
            next((token for token in last if token.type == "POST"), None),
            [token for token in last if token.type in ("TIMES", "REF")],
            next((t.value.unit for t in last if t.type == "AMOUNT" and t.value.unit is not None), None),
        )

    def compared(self, member: Sequence[Token]) -> list[Token]:
        """The member with a comparator."""
        if self.opens is not None and not _has(member, _OPENS):
            return [self.opens, *member]
        if self.closes is not None and not _has(member, _OPENS | {"POST"}):
            return [*member, self.closes]
        return list(member)

    def measured(self, member: Sequence[Token]) -> list[Token]:
        """The member with a reference or a unit."""
        if self.reference and not _has(member, {"REF"}):
            return [*member, *self.reference]
        if self.unit is None or any(t.value.unit is not None for t in member if t.type == "AMOUNT"):
            return list(member)
        return [t.turned(t.type, t.value._replace(unit=self.unit)) if t.type == "AMOUNT" else t for t in member]


def _limits(run: _Run, names: Sequence[Token | None]) -> tuple[Quantity, ...]:
    """The members as limits, with comparator, reference and unit of the one that has them; () where one is none."""
    lent = _Lent.by(run)
    limits: list[Quantity] = []
    for member, name in zip(run.members, names, strict=True):
        compared = lent.compared(member)
        quantity = _whole(lent.measured(compared), name) or _whole(compared, name)
        if quantity is None:
            return ()
        limits.append(quantity)
    return tuple(limits)


def _has(tokens: Iterable[Token], kinds: Iterable[str]) -> bool:
    return any(token.type in kinds for token in tokens)


def _whole(tokens: Sequence[Token], name: Token | None) -> Quantity | None:
    """The limit that all the tokens make, if it can be said of the measure."""
    island = quantity_at(tokens, 0)
    if island is None or island.stop != len(tokens):
        return None
    quantity: Quantity = island.value
    bounds = bool(quantity.bounds) and quantity.shape not in ("series", "pair")
    return quantity if bounds and (name is None or fits(name.value, quantity)) else None


def _shared_limit(names: Sequence[Token], limits: tuple[Quantity, ...], run: _Run) -> Token:
    """One limit that holds a bound for each of its measures."""
    last = run.members[-1][-1]
    dealt = tuple(zip(names, limits, strict=True))
    return Token("LIMIT", limits[0]._replace(dealt=dealt), run.members[0][0].start, last.end)


def _to_people(
    tokens: Sequence[Token], run: _Run, limits: Sequence[Quantity], people: Sequence[Token], *, turned: bool
) -> list[Token]:
    """`≥ 13 (men) and ≥ 12 g/dL (women)`, or with `turned` men … ≥ 13 and women ≥ 12 g/dL."""
    head = list(tokens[: run.first])
    if turned:
        first, last = (tokens.index(who) for who in (people[0], people[-1]))
        head = [*tokens[: first + 1], *tokens[last + 1 : run.first]]
    join = next((token for token in tokens[run.first : run.stop] if token.type in ("AND", "OR")), None)
    out: list[Token] = []
    for i, (member, quantity, who) in enumerate(zip(run.members, limits, people, strict=True)):
        limit = Token("LIMIT_TIME" if is_time(quantity) else "LIMIT", quantity, member[0].start, member[-1].end)
        if i:
            out.append(join or Token("AND", "", limit.start, limit.start))
        if turned:
            out += [who, limit] if i else [limit]
        else:
            brackets = (Token("LPAR", "LPAR", who.start, who.start), Token("RPAR", "RPAR", who.end, who.end))
            out += [limit, brackets[0], who, brackets[1]]
    return [*head, *out]


def for_some(tokens: list[Token]) -> list[Token]:
    """The tokens with brackets that hold the same limit for some people as conditions.

    `≤ 3 × ULN (for liver metastases, ≤ 5 × ULN)`, `≥ 18 years (Japan: ≥ 20 years)`, `< 140/90 (or < 130/80 in
    diabetics)`: what names the people opens a condition, whatever word leads to it.
    """
    out = list(tokens)
    for i in range(len(tokens) - 1, 0, -1):
        if tokens[i].type != "LPAR" or tokens[i - 1].type not in LIMITS:
            continue
        last = next((k for k in range(i + 1, min(i + _BRACKET, len(tokens))) if tokens[k].type == "RPAR"), i)
        inside = _with_condition(tokens[i + 1 : last], tokens[i - 1])
        if inside:
            out[i + 1 : last] = inside
    return out


def _with_condition(inside: Sequence[Token], before: Token) -> list[Token]:
    """What stands in brackets behind a limit, its people as a condition; nothing where it is no limit for some."""
    limits = [k for k, token in enumerate(inside) if token.type in LIMITS and not _numbers(inside, k)]
    if len(limits) == 1 and (other := _told_of_another(inside)):
        return other
    if len(limits) != 1 or any(token.type in ("IF", "UNLESS", "MEASURE", "NOT", "SEMI", "STOP") for token in inside):
        return []
    at = limits[0]
    if not _is_alike(inside[at].value, before.value):
        return []
    if at + 1 == len(inside):
        return _told_first(inside[:at], inside[at])
    lead = inside[at + 1]
    if inside[0].type == "OR" and at == 1 and lead.type in _LEADS:
        return [*inside[: at + 1], lead.turned("IF", ""), *inside[at + 2 :]]
    return []


def _numbers(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number only numbers what it stands beside: `type 1 diabetics`."""
    token = tokens[at]
    behind = at > 0 and (tokens[at - 1].type == "IMPRECISE" or tokens[at - 1].value in words("no_measures"))
    return token.type == "LIMIT" and behind and token.value.shape == "series"


def _told_of_another(inside: Sequence[Token]) -> list[Token]:
    """`for Gilbert's disease, direct bilirubin ≤ ULN`: some people have a limit on another measure."""
    at = next((k for k, token in enumerate(inside) if token.type == "MEASURE"), 0)
    if at <= _SHORTEST or inside[0].type not in _LEADS or inside[-1].type not in LIMITS:
        return []
    if inside[at - 1].type not in ("COMMA", "COLON") or _has(inside[: at - 1], LIMITS | {"COMMA", "COLON", "POP"}):
        return []
    parted = inside[at - 1].turned("COMMA", "COMMA")
    return [inside[0].turned("IF", ""), *inside[1 : at - 1], parted, *inside[at:]]


def _told_first(head: Sequence[Token], limit: Token) -> list[Token]:
    """`for liver metastases, ≤ 5 × ULN`; `Japan: ≥ 20 years`; `in men, ≥ 11 g/dL`; `type 1 diabetics < 9 %`."""
    if [token.type for token in head] in (["POP", "COMMA"], ["POP", "COLON"]):
        return [head[0], limit]
    if head and all(token.type in _NAMES or _numbers(head, k) for k, token in enumerate(head)):
        return _told_by_name(head, limit)
    if len(head) < _SHORTEST or head[-1].type not in ("COMMA", "COLON") or _has(head[:-1], {"COMMA", "COLON", "POP"}):
        return []
    first, parted = head[0], head[-1].turned("COMMA", "COMMA")
    if first.type in _LEADS:
        return [first.turned("IF", ""), *head[1:-1], parted, limit]
    named = first.type in ("WORD", "SUBJECT") and not any(token.value in words("asides") for token in head)
    if head[-1].type != "COLON" or not named:
        return []
    return [Token("IF", "", first.start, first.start), *head[:-1], parted, limit]


def _told_by_name(head: Sequence[Token], limit: Token) -> list[Token]:
    """`type 1 diabetics < 9 %`, but `normal < 5.6 mmol/L` is said of nobody."""
    if any(token.value in words("asides") for token in head) or not _has(head, {"WORD", "SUBJECT"}):
        return []
    opens, parts = Token("IF", "", head[0].start, head[0].start), Token("COMMA", "COMMA", limit.start, limit.start)
    named = [token.turned("WORD", "") if token.type == "LIMIT" else token for token in head]
    return [opens, *named, parts, limit]


def _is_alike(limit: Quantity, before: Quantity) -> bool:
    """Whether two limits may be of one measure: bounded alike and in one unit."""
    if limit.shape not in ("bound", "pair", "range") or not limit.bounds or not before.bounds:
        return False
    return limit.bounds[0].relative_to == before.bounds[0].relative_to and same_unit(limit, before)
