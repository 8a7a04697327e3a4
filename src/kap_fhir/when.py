"""When something in a record was: kept as exactly as it was written, and no more exactly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate
from kap_fhir.shapes import JsonObject, object_of, text_of

_REMEMBERED: Final = 4096  # what was done at one visit has its moment in common
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class When:
    """A moment, a day, or part of a day; `local_day` is the calendar day a moment fell on where it happened.

    Missing: `at` is None where nothing was said or where what was said is no date.
    """

    at: Instant | date | PartialDate | None = None
    local_day: date | None = None
    is_unreadable: bool = False


NEVER_SAID: Final = When()
UNREADABLE: Final = When(is_unreadable=True)


def when(value: object) -> When:
    """Reads a FHIR date, dateTime or instant.

    Missing: a time without its offset is no moment; the day it names is kept.
    """
    text = text_of(value)
    return _read(text) if text else NEVER_SAID


@lru_cache(_REMEMBERED)
def _read(text: str) -> When:
    try:
        if len(text) < 10:
            return When(PartialDate(text))
        if not _DAY.fullmatch(text[:10]) or (text[10:] and not _TIME.fullmatch(text[10:])):
            return UNREADABLE
        day = date.fromisoformat(text[:10])
        if len(text) == 10:
            return When(day)
        moment = datetime.fromisoformat(text)
        return When(day) if moment.utcoffset() is None else When(Instant(moment), day)
    except (InputError, ValueError, OverflowError):
        return UNREADABLE


def first_said(resource: JsonObject, *elements: str) -> When:
    """The first of these elements that holds a date; of a period, its start, else its end."""
    unreadable = False
    for element in elements:
        value = resource.get(element)
        period = object_of(value)
        for one in (period.get("start"), period.get("end")) if period else (value,):
            read = when(one)
            if read.at is not None:
                return read
            unreadable = unreadable or read.is_unreadable
    return UNREADABLE if unreadable else NEVER_SAID


def has_come(moment: When, on: date | None) -> bool:
    """Whether a moment lies on or before a day; without a day, whether it was said at all."""
    match moment.at:
        case None:
            return False
        case PartialDate() as part:
            day = part.first_day
        case Instant() as instant:
            day = moment.local_day or instant.at.date()
        case date() as day:
            pass
    return on is None or day <= on
