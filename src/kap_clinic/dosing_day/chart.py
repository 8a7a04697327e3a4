"""The one chart of a session: oxygen above, pressure and heart below, the dose behind them, all on one clock.

Drawn as the paper record is: a pressure is two points joined by a line, the dose a band, a limit a broken
line. Everything in it also stands in the table under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from kap.monitoring.alarms import AlarmLimits, Level, packaged_alarms
from kap.monitoring.session import Dose, Session
from kap.monitoring.vitals import Channel
from kap.vocabulary.decimals import plain
from kap.vocabulary.moments import Instant

Points = Sequence[tuple[datetime, dict[Channel, Decimal]]]

_LEFT, _RIGHT, _TOP, _FOOT = 58, 14, 20, 74
_OXYGEN_HEIGHT, _BETWEEN = 74, 22
_LOWEST, _HIGHEST = 40, 220
_OXYGEN_LOWEST, _OXYGEN_HIGHEST = 84, 100
_SHORTEST = timedelta(minutes=75)
_ROOM_BEFORE, _ROOM_AHEAD = timedelta(minutes=4), timedelta(minutes=10)


@dataclass(frozen=True)
class Mark:
    """One mark: ``shape`` is line, path, rect, dot or text; ``kind`` is how it is painted."""

    shape: str
    kind: str
    at: tuple[str, ...]
    words: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class Drawing:
    """A chart of one size, ready to be painted.

    Units: the drawing's own, about one to a pixel.
    """

    width: int
    height: int
    marks: tuple[Mark, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Where things lie: the time from left to right, both scales from top to bottom."""

    width: int
    height: int
    begins: datetime
    ends: datetime
    time_zone: str

    def x(self, at: datetime) -> float:
        """How far right a moment lies."""
        whole = (self.ends - self.begins).total_seconds()
        return _LEFT + (at - self.begins).total_seconds() / whole * (self.width - _LEFT - _RIGHT)

    def y(self, number: Decimal | int) -> float:
        """How far down a pressure or a heart rate lies."""
        top, bottom = _TOP + _OXYGEN_HEIGHT + _BETWEEN, self.height - _FOOT
        held = min(max(float(number), _LOWEST), _HIGHEST)
        return bottom - (held - _LOWEST) / (_HIGHEST - _LOWEST) * (bottom - top)

    def oxygen_y(self, number: Decimal | int) -> float:
        """How far down a saturation lies."""
        held = min(max(float(number), _OXYGEN_LOWEST), _OXYGEN_HIGHEST)
        share = (held - _OXYGEN_LOWEST) / (_OXYGEN_HIGHEST - _OXYGEN_LOWEST)
        return _TOP + (1 - share) * _OXYGEN_HEIGHT

    @property
    def foot(self) -> int:
        """Where the lower scale ends."""
        return self.height - _FOOT


def drawing(
    session: Session, devices: Points, now: datetime, time_zone: str, *, width: int, height: int
) -> Drawing:
    """Draw a session's chart in one size."""
    frame = _frame(session, now, time_zone, width, height)
    marks = [
        *_doses(session, frame, now),
        *_clock(frame),
        *_limits(frame, packaged_alarms()),
        *_devices(devices, frame),
        *_hand(session, frame),
        *_rows(session, frame),
        *_happenings(session, frame),
    ]
    return Drawing(width, height, tuple(marks))


def _frame(session: Session, now: datetime, time_zone: str, width: int, height: int) -> Frame:
    begins = min(moment.at for moment in session.began.values()) - _ROOM_BEFORE
    last = session.leaving.at.at if session.leaving else now
    ends = max(last + (_ROOM_BEFORE if session.leaving else _ROOM_AHEAD), begins + _SHORTEST)
    return Frame(width=width, height=height, begins=begins, ends=ends, time_zone=time_zone)


def _doses(session: Session, frame: Frame, now: datetime) -> Iterator[Mark]:
    for dose in session.doses:
        left, right = frame.x(dose.began_at.at), frame.x(_end(dose, now))
        width = max(right - left, 3)
        yield Mark("rect", "dose", _all(left, _TOP, width, frame.foot - _TOP))
        yield Mark("line", "dose-edge", _all(left, _TOP, left, frame.foot))
        words = f"{dose.given.amount} {dose.given.route.value.upper()}"
        yield Mark("text", "dose-words", _all(left + 6, frame.foot - 8), words, "start")


def _end(dose: Dose, now: datetime) -> datetime:
    if dose.ended_at is not None:
        return dose.ended_at.at
    planned = dose.began_at.at + (dose.given.over.on_the_clock() if dose.given.over else timedelta(0))
    return max(planned, now)


def _clock(frame: Frame) -> Iterator[Mark]:
    step = timedelta(minutes=15 if frame.ends - frame.begins <= timedelta(hours=2) else 30)
    step = step * (2 if frame.width < 600 else 1)
    local = Instant(frame.begins).in_zone(frame.time_zone)
    minutes = int(step.total_seconds() // 60)
    at = local.replace(
        minute=local.minute // minutes * minutes if minutes < 60 else 0, second=0, microsecond=0
    )
    while at <= frame.ends:
        if at >= frame.begins:
            x = frame.x(at)
            yield Mark("line", "hour", _all(x, _TOP, x, frame.foot))
            yield Mark("text", "clock", _all(x, frame.foot + 18), at.strftime("%H:%M"))
        at += step
    for number in (_OXYGEN_LOWEST + 6, _OXYGEN_HIGHEST):
        yield Mark("text", "scale", _all(_LEFT - 8, frame.oxygen_y(number) + 5), str(number), "end")
    for number in range(60, _HIGHEST, 40):
        yield Mark("line", "grid", _all(_LEFT, frame.y(number), frame.width - _RIGHT, frame.y(number)))
        yield Mark("text", "scale", _all(_LEFT - 8, frame.y(number) + 5), str(number), "end")
    yield Mark("text", "band", _all(_LEFT - 8, frame.oxygen_y(_OXYGEN_LOWEST) + 3), "SpO₂", "end")
    yield Mark("text", "band", _all(_LEFT - 8, frame.y(_HIGHEST - 5)), "BP · HR", "end")


def _limits(frame: Frame, limits: AlarmLimits) -> Iterator[Mark]:
    right = frame.width - _RIGHT
    for y in (
        frame.oxygen_y(limits.oxygen_look_below.value),
        frame.y(limits.systolic_look.value),
        frame.y(limits.diastolic_look.value),
    ):
        yield Mark("line", "limit", _all(_LEFT, y, right, y))
    for number in (limits.systolic_look.value, limits.diastolic_look.value):
        yield Mark("text", "limit-words", _all(right, frame.y(number) - 5), plain(number), "end")
    low = limits.oxygen_look_below.value
    yield Mark("text", "limit-words", _all(right, frame.oxygen_y(low) + 15), plain(low), "end")


def _devices(devices: Points, frame: Frame) -> Iterator[Mark]:
    shown = devices[:: max(1, len(devices) // (frame.width // 2))]
    for channel, kind in ((Channel.OXYGEN, "oxygen-line"), (Channel.HEART_RATE, "heart-line")):
        points = [(at, numbers[channel]) for at, numbers in shown if channel in numbers]
        yield from _path(points, channel, kind, frame)


def _hand(session: Session, frame: Frame) -> Iterator[Mark]:
    for channel, kind in ((Channel.OXYGEN, "oxygen"), (Channel.HEART_RATE, "heart")):
        points = [(one.at.at, one.numbers[channel]) for one in session.readings if channel in one.numbers]
        yield from _path(points, channel, f"{kind}-line", frame)
        for at, number in points:
            yield Mark("dot", kind, _all(frame.x(at), _y(frame, channel, number)))
    for one in session.readings:
        x, upper, lower = frame.x(one.at.at), one.of(Channel.SYSTOLIC), one.of(Channel.DIASTOLIC)
        if upper is not None and lower is not None:
            yield Mark("line", "pressure", _all(x, frame.y(upper), x, frame.y(lower)))
        if upper is not None:
            yield Mark("path", "pressure", (_wedge(x, frame.y(upper), -7),))
        if lower is not None:
            yield Mark("path", "pressure", (_wedge(x, frame.y(lower), 7),))


def _wedge(x: float, y: float, height: int) -> str:
    return f"M{x - 6:.1f} {y + height:.1f}L{x:.1f} {y:.1f}L{x + 6:.1f} {y + height:.1f}"


def _y(frame: Frame, channel: Channel, number: Decimal) -> float:
    return frame.oxygen_y(number) if channel is Channel.OXYGEN else frame.y(number)


def _path(
    points: Iterable[tuple[datetime, Decimal]], channel: Channel, kind: str, frame: Frame
) -> Iterator[Mark]:
    known = [f"{frame.x(at):.1f} {_y(frame, channel, number):.1f}" for at, number in points]
    if len(known) > 1:
        yield Mark("path", kind, ("M" + "L".join(known),))


def _rows(session: Session, frame: Frame) -> Iterator[Mark]:
    """The numbers that stand under the clock as on paper: breathing and sedation."""
    for place, (channel, word) in enumerate(((Channel.BREATHS, "RR"), (Channel.SEDATION, "MOAA/S"))):
        y, last = frame.foot + 40 + 20 * place, float("-inf")
        yield Mark("text", "row", _all(_LEFT - 8, y), word, "end")
        for one in session.readings:
            x = frame.x(one.at.at)
            if channel in one.numbers and x - last >= 22:
                yield Mark("text", "row-number", _all(x, y), plain(one.numbers[channel]))
                last = x


def _happenings(session: Session, frame: Frame) -> Iterator[Mark]:
    for event in session.events:
        x = frame.x(event.at.at)
        yield Mark("path", "event", (f"M{x:.1f} {frame.foot - 1}l5 -7h-10z",))
    for alarm in session.alarms:
        x = frame.x(alarm.at.at)
        kind = "alarm-act" if alarm.level is Level.ACT else "alarm-look"
        yield Mark("path", kind, (f"M{x:.1f} {_TOP + 1}l6 -10h-12z",))


def _all(*numbers: float) -> tuple[str, ...]:
    return tuple(f"{number:.1f}" for number in numbers)
