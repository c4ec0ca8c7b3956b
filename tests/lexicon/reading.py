"""How the tests of the lexicon read a line: the limits, the first amount, the measure a phrase stands for."""

from __future__ import annotations

from trialparse import parse_criterion
from trialparse.models.eligibility import Eligibility
from trialparse.models.requirement import Threshold
from trialparse.models.views import thresholds_of
from trialparse.requirements.lexer import lex
from trialparse.requirements.tokens import Amount, Token
from trialparse.text.readable import make_readable


def thresholds(line: str) -> list[Threshold]:
    """The limits of one criterion."""
    eligibility = Eligibility(inclusion=(parse_criterion(line),))
    return [flat.threshold for flat in thresholds_of(eligibility)]


def tokens(line: str) -> list[Token]:
    """The lexer's tokens of one line."""
    text = make_readable(line).text
    return lex(text, 0, len(text))


def amount(line: str) -> Amount | None:
    """The first number with its unit."""
    return next((token.value for token in tokens(line) if token.type == "AMOUNT"), None)
