"""Exact decimals: the arithmetic that all reading computes in, and numbers as people write them."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

TRAPS = [InvalidOperation, DivisionByZero, Overflow]
ARITHMETIC = Context(prec=60, rounding=ROUND_HALF_EVEN, Emin=-999_999, Emax=999_999, traps=TRAPS)
"""What all reading computes in; the caller's own decimal context changes no value."""


def written(value: Decimal) -> str:
    """Without trailing zeros and without an exponent: 75, not 75.000 nor 7.5E+1."""
    text = str(value)
    if text.isdigit():
        return text
    text = f"{value.normalize(ARITHMETIC):f}"
    return "0" if text == "-0" else text


def plain(value: Decimal) -> Decimal:
    """The decimal that is written so: `Decimal("10")` for `Decimal("1E+1")`."""
    return Decimal(written(value))
