"""Exact numbers: what is given, counted or charged is a Decimal, never a binary float."""

from __future__ import annotations

import decimal
import re
from decimal import Decimal
from enum import Enum

from kap.vocabulary.errors import InputError

_PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_SMALLEST_EXPONENT, _LARGEST_EXPONENT = -30, 15

# Sums and products of what is written on a chart fit in 60 digits; one that does not is a mistake.
_EXACT = decimal.Context(prec=60, traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow])
_QUOTIENT = decimal.Context(prec=40, rounding=decimal.ROUND_HALF_EVEN)
_COUNTING = decimal.Context(prec=30, rounding=decimal.ROUND_HALF_EVEN)


class Rounding(Enum):
    """How a number is brought to what a syringe, a pump or a tablet can deliver."""

    HALF_EVEN = decimal.ROUND_HALF_EVEN
    DOWN = decimal.ROUND_DOWN


def exact(number: Decimal | int | str) -> Decimal:
    """Takes a number exactly as it was written.

    Raises: InputError for a float (0.1 is not exactly 0.1), a text that is not a plain number, infinity, or a
    number no clinic can measure.
    """
    if isinstance(number, bool) or not isinstance(number, Decimal | int | str):
        raise InputError(f"A {type(number).__name__} is not exact: give a Decimal, a whole number or a text.")
    if isinstance(number, str) and not _PLAIN_NUMBER.fullmatch(number):
        raise InputError(f"{number!r} is not a plain number: write digits with at most one point, like 0.5.")
    value = Decimal(number)
    if not value.is_finite() or (value and not _SMALLEST_EXPONENT <= value.adjusted() <= _LARGEST_EXPONENT):
        raise InputError(
            "The number is outside anything a clinic can measure: check the digits and the unit."
        )
    return value


def exact_sum(one: Decimal, other: Decimal) -> Decimal:
    """Adds without losing a digit.

    Raises: InputError when the sum cannot be written exactly.
    """
    try:
        return _EXACT.add(one, other)
    except decimal.Inexact as wrong:
        raise InputError("The sum has too many digits to be exact: check both numbers.") from wrong


def exact_product(one: Decimal, other: Decimal) -> Decimal:
    """Multiplies without losing a digit.

    Raises: InputError when the product cannot be written exactly.
    """
    try:
        return _EXACT.multiply(one, other)
    except decimal.Inexact as wrong:
        raise InputError("The product has too many digits to be exact: round one of the numbers.") from wrong


def quotient(one: Decimal, other: Decimal) -> Decimal:
    """Divides to 40 digits; the caller rounds to what can be given.

    Raises: InputError when dividing by nothing.
    """
    if not other:
        raise InputError("Nothing can be divided by zero: check the concentration, weight, rate or time.")
    return _QUOTIENT.divide(one, other)


def whole_steps(one: Decimal, step: Decimal, rounding: Rounding) -> Decimal:
    """Counts how many whole steps a number holds.

    Raises: InputError when the step is zero.
    """
    # The tail of a 40-digit quotient must not turn ten steps into nine when rounding down.
    steps = _COUNTING.plus(quotient(one, step))
    return steps.to_integral_value(rounding=rounding.value)


def plain(value: Decimal) -> str:
    """Writes a number as it is read aloud: no exponent, no trailing zero, always a leading zero.

    Source: ISMP List of Error-Prone Abbreviations, Symbols, and Dose Designations (trailing and naked zeros).

    >>> plain(Decimal("5.00")), plain(Decimal("0.50"))
    ('5', '0.5')
    """
    digits = format(value, "f")
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) if value else "0"
