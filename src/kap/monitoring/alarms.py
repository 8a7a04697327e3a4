"""When vital signs call a person: two signs, two levels, and how a level is reached, kept and left.

A level is reached at once, or by a reading that lasts. It is called out when it rises, and again only after a
reading below every line has ended it. A reading that lacks a number neither raises nor ends anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum
from functools import cache
from types import MappingProxyType
from uuid import UUID

from kap.monitoring.packaged import text_of
from kap.monitoring.vitals import Channel, Vitals
from kap.screening.limits import Limit, Limits, limits_from
from kap.vocabulary.decimals import plain
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.sources import AnySource
from kap.vocabulary.spans import Span


class Sign(Enum):
    """What is watched."""

    PRESSURE = "blood-pressure"
    OXYGEN = "oxygen-saturation"


class Level(IntEnum):
    """How a sign stands: nothing to do, a person should look, a person must act now."""

    QUIET = 0
    LOOK = 1
    ACT = 2


class _Grade(IntEnum):
    """What one reading reaches by itself."""

    QUIET = 0
    LOOK = 1
    ACT_IF_IT_LASTS = 2
    ACT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmLimits(Limits):
    """The lines of both signs, and how long a reading must last where it must."""

    systolic_look: Limit
    diastolic_look: Limit
    systolic_lasting: Limit
    diastolic_lasting: Limit
    pressure_lasts: Limit
    systolic_at_once: Limit
    diastolic_at_once: Limit
    oxygen_look_below: Limit
    oxygen_lasting_below: Limit
    oxygen_lasts: Limit
    oxygen_at_once_below: Limit


@dataclass(frozen=True, slots=True)
class Watch:
    """How one sign stands: its level, and since when a reading that must last has lasted."""

    level: Level = Level.QUIET
    lasting_since: Instant | None = None


Watches = Mapping[Sign, Watch]
UNWATCHED: Watches = MappingProxyType({sign: Watch() for sign in Sign})


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A level that was reached: by which reading, why, and by which line."""

    sign: Sign
    level: Level
    reading: UUID
    at: Instant
    reason: Sentence
    source: AnySource


@dataclass(frozen=True, slots=True)
class Watched:
    """How every sign stands after some readings, and the alarms they raised, in order."""

    watches: Watches
    alarms: tuple[Alarm, ...] = ()


def watched(readings: Iterable[Vitals], limits: AlarmLimits, before: Watches = UNWATCHED) -> Watched:
    """How the signs stand after readings in the order they were taken."""
    watches, alarms = dict(before), []
    for reading in readings:
        for sign, watch in watches.items():
            after = watch_after(watch, sign, reading, limits)
            watches[sign] = after
            if after.level > watch.level:
                alarms.append(_alarm(sign, after.level, reading, limits))
    return Watched(MappingProxyType(watches), tuple(alarms))


def watch_after(watch: Watch, sign: Sign, reading: Vitals, limits: AlarmLimits) -> Watch:
    """How one sign stands after one more reading."""
    grade = _GRADES[sign](reading, limits)
    if grade is None:
        return watch
    if grade < _Grade.ACT_IF_IT_LASTS:
        return Watch(Level(grade.value))
    since = watch.lasting_since or reading.at
    has_lasted = reading.at.since(since) >= _lasts(sign, limits)
    # What had to act is not calmed by a reading that only would have to last.
    acts = grade is _Grade.ACT or has_lasted or watch.level is Level.ACT
    return Watch(Level.ACT if acts else Level.LOOK, since)


def _pressure_grade(reading: Vitals, limits: AlarmLimits) -> _Grade | None:
    upper, lower = reading.of(Channel.SYSTOLIC), reading.of(Channel.DIASTOLIC)
    for grade, over, under in (
        (_Grade.ACT, limits.systolic_at_once, limits.diastolic_at_once),
        (_Grade.ACT_IF_IT_LASTS, limits.systolic_lasting, limits.diastolic_lasting),
        (_Grade.LOOK, limits.systolic_look, limits.diastolic_look),
    ):
        if _reaches(upper, over) or _reaches(lower, under):
            return grade
    return None if upper is None or lower is None else _Grade.QUIET


def _reaches(number: Decimal | None, line: Limit) -> bool:
    return number is not None and number >= line.value


def _oxygen_grade(reading: Vitals, limits: AlarmLimits) -> _Grade | None:
    saturation = reading.of(Channel.OXYGEN)
    if saturation is None:
        return None
    for grade, below in (
        (_Grade.ACT, limits.oxygen_at_once_below),
        (_Grade.ACT_IF_IT_LASTS, limits.oxygen_lasting_below),
        (_Grade.LOOK, limits.oxygen_look_below),
    ):
        if saturation < below.value:
            return grade
    return _Grade.QUIET


_GRADES = {Sign.PRESSURE: _pressure_grade, Sign.OXYGEN: _oxygen_grade}


def _lasts(sign: Sign, limits: AlarmLimits) -> Span:
    limit = limits.pressure_lasts if sign is Sign.PRESSURE else limits.oxygen_lasts
    return Span.of(limit.value, limit.unit.value)


def _alarm(sign: Sign, level: Level, reading: Vitals, limits: AlarmLimits) -> Alarm:
    if sign is Sign.PRESSURE:
        reason = sentence("Blood pressure {reading} mmHg.", reading=reading.pressure)
        at_once = limits.systolic_at_once
        lasting, look = limits.systolic_lasting, limits.systolic_look
    else:
        reason = sentence("Oxygen saturation {number} %.", number=plain(reading.numbers[Channel.OXYGEN]))
        at_once = limits.oxygen_at_once_below
        lasting, look = limits.oxygen_lasting_below, limits.oxygen_look_below
    if level is Level.LOOK:
        line = look
    else:
        line = at_once if _GRADES[sign](reading, limits) is _Grade.ACT else lasting
    return Alarm(
        sign=sign, level=level, reading=reading.entry, at=reading.at, reason=reason, source=line.source
    )


@cache
def packaged_alarms() -> AlarmLimits:
    """The lines this version came with."""
    return limits_from("alarms.yaml", text_of("limits", "alarms.yaml"), AlarmLimits)
