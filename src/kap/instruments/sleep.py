"""The seven components of the Pittsburgh Sleep Quality Index, worked out of its clock times and answers.

Source: Buysse et al. 1989, Psychiatry Research 28:193-213, scoring (10.1016/0165-1781(89)90047-4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

Numbers = Mapping[str, Decimal | None]

_DAY = 24 * 60
_BED, _MINUTES, _RISE, _HOURS = "1", "2", "3", "4"
_LATE_ASLEEP = "5"
_DISTURBED = tuple(str(item) for item in range(6, 15))
_QUALITY, _MEDICINE, _AWAKE, _ENTHUSIASM = "15", "16", "17", "18"


def sleep_components(answers: Numbers) -> dict[str, Decimal | None]:
    """The seven components, each 0 to 3.

    Missing: a component is None when an answer it needs is.
    """
    return {
        "quality": answers[_QUALITY],
        "latency": _latency(answers[_MINUTES], answers[_LATE_ASLEEP]),
        "duration": _duration(answers[_HOURS]),
        "efficiency": _efficiency(answers[_BED], answers[_RISE], answers[_HOURS]),
        "disturbance": _disturbance([answers[item] for item in _DISTURBED]),
        "medicine": answers[_MEDICINE],
        "daytime": _halved_sum([answers[_AWAKE], answers[_ENTHUSIASM]]),
    }


Computation = Callable[[Numbers], dict[str, Decimal | None]]

COMPUTED: Mapping[str, Computation] = {"sleep components": sleep_components}


def _latency(minutes: Decimal | None, cannot_sleep: Decimal | None) -> Decimal | None:
    if minutes is None:
        return None
    return _halved_sum([_grade(minutes, 15, 30, 60), cannot_sleep])


def _duration(hours: Decimal | None) -> Decimal | None:
    """More than 7 hours, 6 to 7, 5 to 6, less than 5."""
    if hours is None:
        return None
    return Decimal(0 if hours > 7 else 1 if hours >= 6 else 2 if hours >= 5 else 3)


def _efficiency(bed: Decimal | None, rise: Decimal | None, hours: Decimal | None) -> Decimal | None:
    """Hours slept of the hours in bed; a bed time in the evening is before the rise time of the next day."""
    if bed is None or rise is None or hours is None:
        return None
    # A rise time at or before the bed time is the next day's.
    in_bed = rise - bed if rise > bed else rise - bed + _DAY
    slept = hours * 60 * 100
    reached = (slept >= 85 * in_bed, slept >= 75 * in_bed, slept >= 65 * in_bed)
    return Decimal(3 - sum(reached))


def _disturbance(answers: list[Decimal | None]) -> Decimal | None:
    """The nine reasons for trouble sleeping, added: none, 1 to 9, 10 to 18, 19 to 27."""
    given = [answer for answer in answers if answer is not None]
    return _grade(sum(given, Decimal(0)), 0, 9, 18) if len(given) == len(answers) else None


def _halved_sum(answers: list[Decimal | None]) -> Decimal | None:
    """Two answers added: none, 1 to 2, 3 to 4, 5 to 6."""
    given = [answer for answer in answers if answer is not None]
    return _grade(sum(given, Decimal(0)), 0, 2, 4) if len(given) == len(answers) else None


def _grade(number: Decimal, none: int, mild: int, moderate: int) -> Decimal:
    return Decimal(0 if number <= none else 1 if number <= mild else 2 if number <= moderate else 3)
