"""Five people beyond their screening: planned, ordered for today, in the room, after a dose, finished."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from kap.vocabulary.planned import PlannedTime
from kap.vocabulary.zones import zone
from kap_clinic.plans.actions import move_session

from . import courses, doses
from .clock import at_clock
from .courses import Told
from .monitor import send
from .ward import CLOCK, Ward, local

FINISHED = Told(
    name="Elena Petrou", birth="1976-02-11", pronouns="she/her", sex="female", weight_kg=64,
    scores={
        "screening": "333222220", "dose-1": "333222210", "dose-2": "222211110", "discharge": "211111110",
        "follow-up-1": "211110110", "follow-up-2": "111110110", "follow-up-3": "111110100",
    },
    said={20: "“The wall has moved back.”"}, ratings=(8, 3),
)  # fmt: skip
AFTER_A_DOSE = Told(
    name="Sofia Lindgren", birth="1990-08-23", pronouns="she/her", sex="female", weight_kg=72,
    scores={"screening": "332222220", "dose-1": "332222220"}, said={30: "“I can hear the sea.”"},
)  # fmt: skip
IN_THE_ROOM = Told(
    name="Marcus Reid", birth="1969-12-02", pronouns="he/him", sex="male", weight_kg=80,
    scores={"screening": "323222210", "dose-1": "323222210"},
)  # fmt: skip
ORDERED = Told(
    name="Hannah Weiss", birth="1987-05-19", pronouns="she/her", sex="female", weight_kg=58,
    scores={"screening": "332322220"},
)  # fmt: skip
CLEARED = "Ben Torres"
DOSED_BEFORE = timedelta(minutes=13)
_FINISHED_AGO = timedelta(days=39)
_TREATED = range(7, 19)
_WINDOW = (timedelta(hours=6), timedelta(hours=23))


def load_journeys(ward: Ward, now: datetime) -> None:
    """Tell the five courses, each only once, the oldest first, so that the log of the safe reads in time."""
    _finish(ward, now)
    _wait_for_integration(ward, now)
    _be_in_the_room(ward, now)
    _be_ordered_today(ward, now)
    if not ward.sessions(CLEARED):
        courses.sign(ward, CLEARED, now)
        courses.plan(ward, CLEARED, local(now).date() + timedelta(days=7))


def _finish(ward: Ward, now: datetime) -> None:
    first = local(now - _FINISHED_AGO)
    if courses.is_new(ward, FINISHED, first - courses.LEAD):
        courses.begin(ward, FINISHED, first.date(), _noon(first))
        courses.walk(ward, FINISHED, now, lot="K-2207")


def _wait_for_integration(ward: Ward, now: datetime) -> None:
    dosed = dosed_lately(now)
    first = local(dosed - timedelta(days=1))
    if courses.is_new(ward, AFTER_A_DOSE, first - courses.LEAD):
        courses.begin(ward, AFTER_A_DOSE, first.date(), _noon(first))
        courses.walk(ward, AFTER_A_DOSE, dosed, lot="K-2231", before="dose-1")
        line = ward.session(AFTER_A_DOSE.name, "dose-1")
        courses.dose(ward, AFTER_A_DOSE, line, dosed, lot="K-2231")
        courses.walk(ward, AFTER_A_DOSE, now, lot="K-2231", before="integration-1")


def _be_in_the_room(ward: Ward, now: datetime) -> None:
    dosed = now - DOSED_BEFORE
    first = local(dosed - timedelta(days=1))
    if courses.is_new(ward, IN_THE_ROOM, first - courses.LEAD):
        courses.begin(ward, IN_THE_ROOM, first.date(), _noon(first))
        courses.walk(ward, IN_THE_ROOM, dosed, lot="K-2231", before="dose-1")
        with at_clock(dosed - timedelta(hours=1)):
            doses.order(ward, IN_THE_ROOM.name, "dose-1")
        room = doses.begin(ward, IN_THE_ROOM.name, "dose-1", "K-2231", dosed)
        with at_clock(dosed + timedelta(minutes=10)):
            doses.take(ward, room, 10)
        _watched(ward, room, dosed)


def _watched(ward: Ward, room: UUID, dosed: datetime) -> None:
    """What the monitor sent so far, a batch every other minute."""
    for minutes in range(-20, DOSED_BEFORE // timedelta(minutes=1), 2):
        at = dosed + timedelta(minutes=minutes)
        with at_clock(at):
            nurse = ward.members["Rosa Marquez"]
            send(ward.organization, nurse, ward.id_of("batch", str(room), str(minutes)), room, [at], dosed)


def _be_ordered_today(ward: Ward, now: datetime) -> None:
    begins = _quarter_after(now + timedelta(minutes=40))
    first = local(begins - timedelta(days=1))
    if courses.is_new(ward, ORDERED, first - courses.LEAD):
        courses.begin(ward, ORDERED, first.date(), _noon(first))
        courses.walk(ward, ORDERED, now, lot="K-2240", before="dose-1")
        with at_clock(now - timedelta(minutes=30)):
            there = local(begins)
            line = ward.session(ORDERED.name, "dose-1")
            move_session(
                **ward.by("Rosa Marquez", "moved", ORDERED.name), session=line.id,
                to=PlannedTime(there.date(), there.time(), CLOCK), because="The room is in use until then.",
            )  # fmt: skip
            doses.order(ward, ORDERED.name, "dose-1")


def dosed_lately(now: datetime) -> datetime:
    """Return the full hour of a working day nearest to twenty hours ago whose window of 24 hours is open."""
    soonest, longest = _WINDOW
    hours = [_full_hour(now) - timedelta(hours=ago) for ago in range(24)]
    likely = [one for one in hours if now - longest <= one <= now - soonest and local(one).hour in _TREATED]
    return min(likely, key=lambda one: abs((now - one) - timedelta(hours=20)))


def _full_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _quarter_after(moment: datetime) -> datetime:
    return _full_hour(moment) + timedelta(minutes=15 * (moment.minute // 15 + 1))


def _noon(day: datetime) -> datetime:
    return datetime.combine(day.date(), time(12), zone(CLOCK))
