"""Lark, driven by ready tokens: the longest stretch of tokens that a small grammar accepts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from lark import Lark
from lark.parse_tree_builder import ExpandSingleChild
from lark.parsers.lalr_analysis import Shift

from trialparse.requirements.tokens import Token

END = "$END"
_LONGEST = 24
_REMEMBERED = 4096

Step = tuple[Callable[[list[Any]], Any] | None, int]
"""Of the automaton: an action and how many values it reduces; without an action the index of a token to shift."""
Way = tuple[Step, ...]


class _Reduction(NamedTuple):
    """A rule of the grammar that is complete: what is done with its parts, how many these are, and what it makes."""

    action: Callable[[list[Any]], Any] | None
    """None for a rung of the ladder that joins nothing."""
    size: int
    origin: str


_Moves = dict[int, dict[str, int | _Reduction]]
"""By the state of the automaton and what comes next: the state behind it, or the rule that is complete before it."""


@lru_cache(maxsize=8)
def grammar_text(name: str) -> str:
    """The source of `grammars/<name>.lark`."""
    return files("trialparse.grammars").joinpath(f"{name}.lark").read_text(encoding="utf-8")


class Island(NamedTuple):
    """What a grammar made of `tokens[first:stop]`."""

    value: Any
    first: int
    stop: int


class Spread:
    """Actions that take the parts of their rule as arguments: `lark.v_args` does so with two calls more for each.

    A rule with a part that means nothing, which is None, means nothing either.
    """

    def __init__(self, actions: object) -> None:
        self._actions = actions

    def __getattr__(self, name: str) -> Callable[[list[Any]], Any]:
        action = getattr(self._actions, name)
        return lambda parts: None if None in parts else action(*parts)


class IslandParser:
    """An LALR parser for one grammar that reads as far as it can and says how far that was.

    Which way Lark's automaton takes depends on the types of the tokens alone, and the same few sequences come again and
    again: the ways are remembered, and only the actions are run anew.
    """

    def __init__(self, name: str, start: str, actions: Any, *, skip: str = "") -> None:
        lark = Lark(grammar_text(name), parser="lalr", start=start, transformer=actions)
        conf = lark.parse_interactive().parser_state.parse_conf
        self._moves = _moves(conf)
        self._start, self._end = conf.start_state, conf.end_state
        self._skip = skip
        self._reads = {kind for moves in self._moves.values() for kind in moves if kind.isupper()} | {skip}
        self._ways = lru_cache(maxsize=_REMEMBERED)(self._find_ways)

    def longest(self, tokens: Sequence[Token], first: int) -> Island | None:
        """The longest acceptable stretch from `first` on; tokens of the `skip` type inside it are passed over."""
        types: list[str] = []
        reads = self._reads
        for token in tokens[first : first + _LONGEST]:
            if token.type not in reads:
                break
            types.append(token.type)
        for stop, way in self._ways(tuple(types)):
            value = _run(way, tokens, first)
            if value is not None:
                return Island(value, first, first + stop)
        return None

    def whole(self, tokens: Sequence[Token]) -> Any:
        """What the grammar makes of all the tokens; None if it does not accept them."""
        types = tuple(token.type for token in tokens)
        ways = (self._ways if len(types) <= _LONGEST else self._find_ways)(types, False)
        return _run(ways[0][1], tokens, 0) if ways else None

    def _find_ways(self, types: tuple[str, ...], anywhere: bool = True) -> tuple[tuple[int, Way], ...]:
        """Where the parser could end, the farthest first, and its way there; without `anywhere` only behind all."""
        stack = [self._start]
        steps: list[Step] = []
        ways: list[tuple[int, Way]] = []
        for i, kind in enumerate(types):
            if kind == self._skip and i:
                continue
            if not self._advance(stack, steps, kind, i):
                break
            last = i + 1 == len(types)
            if (anywhere or last) and END in self._moves[stack[-1]]:
                rest: list[Step] = []
                if self._advance(stack.copy(), rest, END, i):
                    ways.append((i + 1, (*steps, *rest)))
        return tuple(reversed(ways))

    def _advance(self, stack: list[Any], steps: list[Step], kind: str, at: int) -> bool:
        """One token through Lark's automaton; False where it does not fit."""
        while stack[-1] != self._end:
            move = self._moves[stack[-1]].get(kind)
            if move is None:
                return False
            if not isinstance(move, _Reduction):
                stack.append(move)
                steps.append((None, at))
                return True
            action, size, origin = move
            del stack[len(stack) - size :]
            stack.append(self._moves[stack[-1]][origin])
            if action is not None:
                steps.append((action, size))
        return True


def _moves(conf: Any) -> _Moves:
    """Lark's table with plain strings for keys: its own compare as slowly as Python code does."""
    reductions = {}
    for rule, action in conf.callbacks.items():
        size = len(rule.expansion)
        idle = size == 1 and isinstance(action, ExpandSingleChild)
        reductions[rule] = _Reduction(None if idle else action, size, str(rule.origin.name))
    return {
        state: {str(kind): to if action is Shift else reductions[to] for kind, (action, to) in actions.items()}
        for state, actions in conf.parse_table.states.items()
    }


def _run(way: Way, tokens: Sequence[Token], first: int) -> Any:
    values: list[Any] = []
    for action, number in way:
        if action is None:
            values.append(tokens[first + number])
        else:
            cut = len(values) - number
            value = action(values[cut:])
            del values[cut:]
            values.append(value)
    return values[-1]
