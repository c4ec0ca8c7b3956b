"""Limits on what the lexicon does not hold: `risk score ≥ 4`, `> 50 % stenosis`; doses and counts are none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from trialparse.lexicon.wording import words
from trialparse.requirements.fit import EXPOSURES, beyond, dimension, is_dose, is_plain
from trialparse.requirements.naming import Named, counts, is_between_words, name_before, name_behind, past_manner
from trialparse.requirements.neighbours import SUBJECTS, Finding, near
from trialparse.requirements.quantity import Quantity
from trialparse.requirements.tokens import Token

BARE = frozenset({"series", "pair", "classes"})
"""Shapes of what has no comparator and is no range."""
_BESIDE_NAME = frozenset({"FILL", "OF", "COLON", "SCALE"})
_POINT = "{score}"
_NEAR_DOSE = 8
_FARTHEST = 60
_TO_SCALE = 6
"""Tokens before a limit among which the word for a scale stands that ends its name."""


def unnamed(
    text: str, tokens: Sequence[Token], findings: Mapping[int, Finding], at: int, quantity: Quantity
) -> Finding | None:
    """The limit at `at` with the words around it that say what it is on, if it may be one on the patient."""
    before = near(tokens, at, -1)
    scored = quantity.shape == "series" and before == "SCALE" and quantity.lower != quantity.upper
    if ((quantity.shape in BARE or quantity.shape == "equal") and not scored) or not quantity.bounds:
        return None
    token, known = tokens[at], _known_before(tokens, at) if quantity.shape == "bound" else None
    if known is not None and beyond(known.value, quantity):
        return Finding((Named(known.value, known.start, known.end),), quantity, known.start, token.end)
    if (known is not None and quantity.out_of is not None) or _counts_things(tokens, at, quantity):
        return None
    name = _name(text, tokens, findings, at, quantity)
    if name is None:
        return None
    return Finding((name,), quantity, min(name.start, token.start), max(name.end, token.end))


def _is_amid(tokens: Sequence[Token], at: int) -> bool:
    """`a large (≥ 3 cm) mass`, but: `rash (> 30 %) requiring steroids`."""
    return is_between_words(tokens, at) and not tokens[at + 2].value.endswith(("ing", "ed"))


def _amid(tokens: Sequence[Token], at: int, quantity: Quantity) -> Named | None:
    """The name behind the brackets that a limit stands in amid it; none for people, or for how long a test takes."""
    unit, name = quantity.bounds[0].unit, name_behind(tokens, at + 1)
    later = len(tokens) if name is None else bisect_left(tokens, name.end, key=lambda token: token.start)
    behind = tokens[later].type if later < len(tokens) else ""
    timed = unit is not None and dimension(unit.ucum) == "time"
    return None if timed or behind in SUBJECTS else name


def _counts_things(tokens: Sequence[Token], at: int, quantity: Quantity) -> bool:
    """Whether a limit is a dose, or how many or how much there is of something."""
    counted = counts(tokens, at)
    if is_plain(quantity):
        return counted or (quantity.shape == "range" and near(tokens, at, -1) != "SCALE")
    ucum = quantity.bounds[0].unit.ucum if quantity.bounds[0].unit is not None else None
    if ucum == _POINT and near(tokens, at, 1) == "OF":
        return True  # at least one point of contact
    kind = dimension(ucum)
    return is_dose(ucum) or (kind == "volume" and counted) or (kind in EXPOSURES and _is_dosed(tokens, at))


def _name(
    text: str, tokens: Sequence[Token], findings: Mapping[int, Finding], at: int, quantity: Quantity
) -> Named | None:
    """The words before a limit, or else those behind it; of an exposure, those of its unit."""
    if _is_amid(tokens, at):
        return _amid(tokens, at, quantity)
    name = name_before(tokens, at)
    if name is not None and _is_taken(tokens, findings, at, name):
        return None  # > 20 pauses/hour over 10 seconds
    if name is not None and (name := past_manner(text, tokens, at, name)) is None:
        return None  # at the start ≥ 8
    name = _with_scale(text, tokens, name, at) if name is not None else name_behind(tokens, at)
    unit = quantity.bounds[0].unit
    if name is None and unit is not None and dimension(unit.ucum) in EXPOSURES:
        return Named(None, unit.start, unit.end)
    if name is not None and quantity.bounds[0].relative_to and _last(text, name) in words("ailments"):
        return None
    quotient = name is not None and quantity.out_of is not None and _is_quotient(text, name)
    return None if quotient else name


def _known_before(tokens: Sequence[Token], at: int) -> Token | None:
    """The measure right before the limit at `at`, which it does not fit."""
    i = at - 1
    while i >= 0 and tokens[i].type in _BESIDE_NAME:
        i -= 1
    return tokens[i] if i >= 0 and tokens[i].type == "MEASURE" else None


def _is_taken(tokens: Sequence[Token], findings: Mapping[int, Finding], at: int, name: Named) -> bool:
    """Whether words behind an earlier limit already say what that one is a limit on."""
    last = next((i for i in range(at - 1, max(-1, at - _FARTHEST), -1) if i in findings), None)
    if last is None:
        return False
    named = findings[last].measures[-1]
    return named.start >= tokens[last].end and named.start < name.end and name.start < named.end


def _last(text: str, name: Named) -> str:
    return text[name.start : name.end].lower().split()[-1]


def _is_quotient(text: str, name: Named) -> bool:
    """Whether a name is that of an acuity, of which 2/10 is a fifth."""
    return not words("quotients").isdisjoint(text[name.start : name.end].lower().split())


def _with_scale(text: str, tokens: Sequence[Token], name: Named, at: int) -> Named:
    """`risk score of`: a word for a scale right behind a name is its last one."""
    behind = next((token for token in tokens[max(0, at - _TO_SCALE) : at] if token.start >= name.end), None)
    if behind is None or behind.type != "SCALE":
        return name
    word = text[behind.start : behind.end].split()[0]
    return name._replace(end=behind.start + len(word)) if word.lower() in words("scales") else name


def _is_dosed(tokens: Sequence[Token], at: int) -> bool:
    return any(token.type == "DOSE" for token in tokens[max(0, at - _NEAR_DOSE) : at])
