"""How long something lasts, exactly; a length of time has no direction and is never negative."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar

from kap.vocabulary.decimals import exact_product
from kap.vocabulary.errors import InputError
from kap.vocabulary.quantity import Quantity

_MICROSECONDS = Decimal(1_000_000)


class Span(Quantity):
    """A length of time. A day is 24 hours here; a calendar day is a date."""

    __slots__ = ()
    UNITS: ClassVar[Mapping[str, Decimal]] = {
        "s": Decimal(1),
        "min": Decimal(60),
        "h": Decimal(3600),
        "d": Decimal(86_400),
        "wk": Decimal(604_800),
    }

    @classmethod
    def seconds(cls, number: Decimal | int | str) -> Span:
        """So many seconds."""
        return cls.of(number, "s")

    @classmethod
    def minutes(cls, number: Decimal | int | str) -> Span:
        """So many minutes."""
        return cls.of(number, "min")

    @classmethod
    def hours(cls, number: Decimal | int | str) -> Span:
        """So many hours."""
        return cls.of(number, "h")

    @classmethod
    def days(cls, number: Decimal | int | str) -> Span:
        """So many times 24 hours."""
        return cls.of(number, "d")

    @classmethod
    def between(cls, duration: timedelta) -> Span:
        """The span a clock measured, to the microsecond.

        Raises: InputError when it runs backward.
        """
        microseconds = duration // timedelta(microseconds=1)
        return cls.seconds(Decimal(microseconds) / _MICROSECONDS)

    def on_the_clock(self) -> timedelta:
        """The same span as a clock counts it.

        Raises: InputError when it is finer than a microsecond: round it first.
        """
        microseconds = exact_product(self.amount, _MICROSECONDS)
        if microseconds % 1:
            raise InputError("A clock counts whole microseconds: round the span first.")
        return timedelta(microseconds=int(microseconds))
