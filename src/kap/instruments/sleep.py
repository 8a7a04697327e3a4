"""The seven components of the Pittsburgh Sleep Quality Index, worked out of its clock times and answers.

The limits between the grades are declared with the instrument; how the answers come together is told here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

Numbers = Mapping[str, Decimal | None]
# By what is graded: the three limits between the grades 0, 1, 2 and 3.
Limits = Mapping[str, tuple[Decimal, ...]]
Computation = Callable[[Numbers, Limits], dict[str, Decimal | None]]

_DAY = 24 * 60
_BED, _MINUTES, _RISE, _HOURS, _LATE_ASLEEP = "1", "2", "3", "4", "5"
_DISTURBED = tuple(str(item) for item in range(6, 15))
_QUALITY, _MEDICINE, _AWAKE, _ENTHUSIASM = "15", "16", "17", "18"


def sleep_components(answers: Numbers, limits: Limits) -> dict[str, Decimal | None]:
    """The seven components, each 0 to 3.

    Missing: a component is None when an answer it needs is.
    """
    minutes, hours = answers[_MINUTES], answers[_HOURS]
    two = limits["two answers, at most"]
    waited = None if minutes is None else _above(minutes, limits["minutes to fall asleep, at most"])
    return {
        "quality": answers[_QUALITY],
        "latency": _graded_sum([waited, answers[_LATE_ASLEEP]], two),
        "duration": None if hours is None else _below(hours, limits["hours of sleep, at least"]),
        "efficiency": _efficiency(
            answers[_BED], answers[_RISE], hours, limits["percent of time in bed, at least"]
        ),
        "disturbance": _graded_sum([answers[item] for item in _DISTURBED], limits["nine answers, at most"]),
        "medicine": answers[_MEDICINE],
        "daytime": _graded_sum([answers[_AWAKE], answers[_ENTHUSIASM]], two),
    }


COMPUTED: Mapping[str, Computation] = {"sleep components": sleep_components}


def _efficiency(
    bed: Decimal | None, rise: Decimal | None, hours: Decimal | None, limits: tuple[Decimal, ...]
) -> Decimal | None:
    """The percent of the time in bed that was slept; to rise at or before the bed time is the next day."""
    if bed is None or rise is None or hours is None:
        return None
    in_bed = rise - bed if rise > bed else rise - bed + _DAY
    # Compared without dividing, so that exactly 85 percent is 85 percent.
    return _below(hours * 60 * 100, tuple(limit * in_bed for limit in limits))


def _graded_sum(answers: list[Decimal | None], limits: tuple[Decimal, ...]) -> Decimal | None:
    given = [answer for answer in answers if answer is not None]
    return _above(sum(given, Decimal(0)), limits) if len(given) == len(answers) else None


def _above(number: Decimal, limits: tuple[Decimal, ...]) -> Decimal:
    return Decimal(sum(number > limit for limit in limits))


def _below(number: Decimal, limits: tuple[Decimal, ...]) -> Decimal:
    return Decimal(sum(number < limit for limit in limits))
