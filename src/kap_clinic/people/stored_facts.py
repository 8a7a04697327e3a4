"""How a fact is written into a row and read back as the very same fact."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kap.histories.chain import canonical_text
from kap.vocabulary import codes, quantities
from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.bounds import Bound, Side
from kap.vocabulary.codes import Code, UcumUnit
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Course, Fact, FactStatus, FactValue
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate
from kap.vocabulary.quantity import Quantity


def _kinds(module: Any, base: type) -> dict[str, type]:
    found = {name: one for name, one in vars(module).items() if isinstance(one, type)}
    return {name: one for name, one in found.items() if issubclass(one, base) and one is not base}


_QUANTITIES: Mapping[str, Any] = _kinds(quantities, Quantity)
_CODES: Mapping[str, Any] = _kinds(codes, Code)

_READ: Mapping[str, Callable[..., FactValue]] = {
    "bool": bool,
    "int": int,
    "text": str,
    "decimal": Decimal,
    "day": date.fromisoformat,
    "part of a date": PartialDate,
    "moment": Instant.parse,
}


def written_value(value: FactValue) -> str:
    """Write a value as canonical JSON: its kind, and the exact text of it."""
    return canonical_text(_parts(value))


def _parts(value: FactValue) -> list[Any]:
    match value:
        case bool():
            return ["bool", value]
        case int():
            return ["int", str(value)]
        case str():
            return ["text", value]
        case Decimal():
            return ["decimal", str(value)]
        case date():
            return ["day", value.isoformat()]
        case PartialDate():
            return ["part of a date", value.text]
        case Instant():
            return ["moment", str(value)]
        case BloodPressure():
            return [
                "blood pressure",
                *(None if n is None else str(n) for n in (value.systolic, value.diastolic)),
            ]
        case Bound():
            return ["bound", value.side.value, str(value.number)]
        case Quantity():
            return [type(value).__name__, str(value.value), value.unit]
        case Code():
            return [type(value).__name__, value.value]
    raise InputError(f"A fact's value cannot be a {type(value).__name__}: use one of the house's own values.")


def read_value(text: str) -> FactValue:
    """Read a value back.

    Raises: InputError for a kind this version does not know.
    """
    kind, *said = json.loads(text)
    if kind in _READ:
        return _READ[kind](*said)
    if kind == "blood pressure":
        upper, lower = (None if number is None else Decimal(number) for number in said)
        return BloodPressure(upper, lower)
    if kind == "bound":
        return Bound(Side(said[0]), Decimal(said[1]))
    if kind in _QUANTITIES:
        quantity: Quantity = _QUANTITIES[kind](Decimal(said[0]), said[1])
        return quantity
    if kind in _CODES:
        code: Code = _CODES[kind](*said)
        return code
    raise InputError(f"This version does not know values of the kind {kind!r}: update it.")


def written_moment(when: Instant | date | PartialDate | None) -> str:
    """Write the day or moment a fact holds for; nothing where it has none."""
    return "" if when is None else str(when)


def read_moment(text: str) -> Instant | date | PartialDate | None:
    """Read it back: its length says how much of it is known."""
    if not text:
        return None
    if len(text) > len("1980-05-17"):
        return Instant.parse(text)
    return date.fromisoformat(text) if len(text) == len("1980-05-17") else PartialDate(text)


def columns_of(fact: Fact) -> dict[str, str]:
    """Write a fact into the columns of a row.

    Missing: a missing fact has an empty value.
    """
    return {
        "what": fact.what,
        "value": "" if fact.value is None else written_value(fact.value),
        "unit": fact.unit.value if fact.unit else "",
        "held_at": written_moment(fact.when),
        "local_day": fact.local_day.isoformat() if fact.local_day else "",
        "status": fact.status.value,
        "course": fact.course.value if fact.course else "",
        "upper_limit": "" if fact.upper_limit is None else str(fact.upper_limit),
        "came_from": fact.came_from,
    }


def fact_in(row: Any) -> Fact:
    """Read the fact of a row back, equal to the one that was written."""
    return Fact(
        what=row.what,
        value=read_value(row.value) if row.value else None,
        unit=UcumUnit(row.unit) if row.unit else None,
        when=read_moment(row.held_at),
        local_day=date.fromisoformat(row.local_day) if row.local_day else None,
        status=FactStatus(row.status),
        course=Course(row.course) if row.course else None,
        upper_limit=Decimal(row.upper_limit) if row.upper_limit else None,
        came_from=row.came_from,
    )
