"""Numbers of a report: the value in the unit it is kept in, and the upper end of normal printed beside it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from kap.screening.code_tables import Measured
from kap.vocabulary.bounds import Bound, Side
from kap.vocabulary.decimals import exact
from kap.vocabulary.errors import InputError
from kap.vocabulary.sentences import Sentence, sentence
from kap_fhir.shapes import JsonObject, codes_of, items_of, object_of, text_of
from kap_fhir.units import in_unit

NO_NUMBER = Sentence("No number was given.")
NO_SUCH_NUMBER = Sentence("The number is outside anything a clinic can measure.")
TWO_RANGES = Sentence("The report gives several ends of normal, and does not say which is this person's.")
UNREADABLE_RANGE = Sentence("The range of normal that the report gives cannot be read.")

NO_SUCH_BOUND = Sentence("The sign before the number is none that FHIR R4 has.")

_SIDES: Final = {side.value: side for side in Side}
_UCUM: Final = "http://unitsofmeasure.org"
_NUMBER: Final = r"([0-9]+(?:\.[0-9]+)?)"
_RANGE: Final = re.compile(rf"{_NUMBER}\s*(?:-|–|to)\s*{_NUMBER}\s*(\S.*?)?")
_BELOW: Final = re.compile(rf"(?:<=?|≤|less than|up to|under)\s*{_NUMBER}\s*(\S.*?)?", re.IGNORECASE)
_WRITTEN: Final = re.compile(rf"(<=|>=|<|>|)\s*{_NUMBER}\s*([^\s\d].*)?")
_BRACKETS: Final = str.maketrans("", "", "()[]")


def number_of(part: JsonObject, measured: Measured) -> Decimal | Bound | Sentence:
    """The value of an observation, or its bound, in the unit its concept is kept in, or why there is none."""
    quantity = object_of(part.get("valueQuantity"))
    whole = part.get("valueInteger")
    if not quantity and isinstance(whole, int) and not isinstance(whole, bool):
        quantity = {"value": whole}
    if not quantity and (words := _WRITTEN.fullmatch(text_of(part.get("valueString")))):
        quantity = {"value": Decimal(words[2]), "comparator": words[1], "unit": words[3]}
    value = _converted(quantity, measured)
    if not isinstance(value, Decimal):
        return value
    comparator = text_of(quantity.get("comparator"))
    if not comparator:
        return value
    return Bound(_SIDES[comparator], value) if comparator in _SIDES else NO_SUCH_BOUND


def upper_limit_of(part: JsonObject, measured: Measured) -> Decimal | Sentence | None:
    """The report's own upper end of normal, in the unit of the value.

    Missing: None where the report gives none; a sentence where it gives one that cannot be read or chosen.
    """
    ranges = [one for one in items_of(part.get("referenceRange")) if _is_of_normal(one)]
    limits = [limit for one in ranges if (limit := _upper(one, part, measured)) is not None]
    if any(isinstance(limit, Sentence) for limit in limits):
        return UNREADABLE_RANGE
    if len(set(limits)) > 1:
        return TWO_RANGES
    return limits[0] if limits else None


def _converted(quantity: JsonObject, measured: Measured) -> Decimal | Sentence:
    number = quantity.get("value")
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        return NO_NUMBER
    try:
        exact(Decimal(number))
    except InputError:
        return NO_SUCH_NUMBER
    code, unit = _units_of(quantity)
    values = {one: _kept(number, one, measured) for one in (code, unit) if one}
    read = {value for value in values.values() if value is not None}
    if len(read) > 1:
        return sentence("The number is in {code} by its code, in {unit} by its words.", code=code, unit=unit)
    if read:
        # Words beside a code may be anything; a code that is not understood may not be.
        return read.pop() if not code or values[code] is not None else _no_unit(code)
    without_unit = None if values else _kept(number, "", measured)
    return _no_unit(code or unit) if without_unit is None else without_unit


def _kept(number: int | Decimal, unit: str, measured: Measured) -> Decimal | None:
    return in_unit(Decimal(number), unit, str(measured.unit or ""), measured.concept)


def _no_unit(unit: str) -> Sentence:
    if not unit:
        return Sentence("The number has no unit.")
    return sentence("The unit {unit} is not one this is measured in.", unit=unit)


def _units_of(quantity: JsonObject) -> tuple[str, str]:
    """The UCUM code, and what is written beside the number."""
    code, system = text_of(quantity.get("code")), text_of(quantity.get("system"))
    return code if system in (_UCUM, "") else "", text_of(quantity.get("unit"))


def _is_of_normal(one: JsonObject) -> bool:
    kinds = codes_of(one.get("type"))
    return not kinds or "normal" in kinds or "normal range" in kinds


def _upper(one: JsonObject, part: JsonObject, measured: Measured) -> Decimal | Sentence | None:
    value_unit = next((one for one in _units_of(object_of(part.get("valueQuantity"))) if one), "")
    high = object_of(one.get("high"))
    if high:
        given = high if any(_units_of(high)) else {**high, "unit": value_unit}
        return _converted(given, measured)
    text = text_of(one.get("text"))
    if one.get("low") or not text:
        return None
    # Brackets set the numbers off; those of a unit ("m[IU]/mL") come after the numbers and are left alone.
    if text[:1] in "([":
        text = text.translate(_BRACKETS).strip()
    within, below = _RANGE.fullmatch(text), _BELOW.fullmatch(text)
    if within:
        return _converted({"value": Decimal(within[2]), "unit": within[3] or value_unit}, measured)
    if below:
        return _converted({"value": Decimal(below[1]), "unit": below[2] or value_unit}, measured)
    return UNREADABLE_RANGE


def value_element(part: JsonObject) -> str:
    """The name of the element that holds the value."""
    return next((element for element in part if element.startswith("value")), "value[x]")
