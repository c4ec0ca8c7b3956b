"""Lark, driven by ready tokens: the longest stretch of tokens that a small grammar accepts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from lark import Lark, Transformer
from lark import Token as LarkToken
from lark.exceptions import UnexpectedInput
from lark.parsers.lalr_analysis import Shift
from lark.parsers.lalr_parser_state import ParserState

from trialparse.requirements.tokens import Token

END = "$END"
_END_TOKEN = LarkToken(END, "")
_LONGEST = 24
_REMEMBERED = 4096


@lru_cache(maxsize=8)
def grammar_text(name: str) -> str:
    """The source of `grammars/<name>.lark`."""
    return files("trialparse.grammars").joinpath(f"{name}.lark").read_text(encoding="utf-8")


class Island(NamedTuple):
    """What a grammar made of `tokens[first:stop]`."""

    value: Any
    first: int
    stop: int


class IslandParser:
    """An LALR parser for one grammar that reads as far as it can and says how far that was.

    How far depends on the types of the tokens alone, and the same few sequences come again and again: it is remembered.
    """

    def __init__(self, name: str, start: str, transformer: Transformer[Any, Any], *, skip: str = "") -> None:
        lark = Lark(grammar_text(name), parser="lalr", start=start, transformer=transformer)
        self._conf = lark.parse_interactive().parser_state.parse_conf
        self._conf.callbacks = _Callbacks(self._conf)
        self._skip = skip
        states = self._conf.parse_table.states.values()
        self._reads = {kind for actions in states for kind in actions if kind.isupper()} | {skip}
        self._stops = lru_cache(maxsize=_REMEMBERED)(self._find_stops)

    def longest(self, tokens: Sequence[Token], first: int) -> Island | None:
        """The longest acceptable stretch from `first` on; tokens of the `skip` type inside it are passed over."""
        types: list[str] = []
        reads = self._reads
        for token in tokens[first : first + _LONGEST]:
            if token.type not in reads:
                break
            types.append(token.type)
        for stop in self._stops(tuple(types)):
            value = self._parse(tokens, first, first + stop)
            if value is not None:
                return Island(value, first, first + stop)
        return None

    def whole(self, tokens: Sequence[Token]) -> Any:
        """What the grammar makes of all the tokens; None if it does not accept them."""
        return self._parse(tokens, 0, len(tokens))

    def _find_stops(self, types: tuple[str, ...]) -> tuple[int, ...]:
        """Where the parser could end, the farthest first."""
        table = self._conf.parse_table.states
        stacks = [self._conf.start_state]
        stops: list[int] = []
        for i, kind in enumerate(types):
            if kind == self._skip and i:
                continue
            if not _advance(table, stacks, kind):
                break
            if END in table[stacks[-1]]:
                stops.append(i + 1)
        return tuple(reversed(stops))

    def _parse(self, tokens: Sequence[Token], first: int, stop: int) -> Any:
        state: Any = ParserState(self._conf, None)  # type: ignore[arg-type]  # ready tokens need no lexer
        try:
            for i in range(first, stop):
                if tokens[i].type != self._skip:
                    state.feed_token(tokens[i])
            return state.feed_token(_END_TOKEN, True)
        except UnexpectedInput:
            return None


class _Callbacks(dict[Any, Any]):
    """Lark's semantic actions by the identity of the rule: hashing a rule costs more than most of the actions."""

    def __init__(self, conf: Any) -> None:
        super().__init__(conf.callbacks)
        rules = (arg for actions in conf.states.values() for action, arg in actions.values() if action is not Shift)
        self._by_id = {id(rule): conf.callbacks[rule] for rule in rules}

    def __getitem__(self, rule: Any) -> Any:
        return self._by_id[id(rule)]


def _advance(table: Any, stack: list[Any], kind: str) -> bool:
    """One step of the LALR automaton without its callbacks; False where the token does not fit."""
    while True:
        found = table[stack[-1]].get(kind)
        if found is None:
            return False
        action, target = found
        if action is Shift:
            stack.append(target)
            return True
        if target.expansion:
            del stack[-len(target.expansion) :]
        stack.append(table[stack[-1]][target.origin.name][1])
