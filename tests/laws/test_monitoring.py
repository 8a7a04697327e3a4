"""What always holds of a dosing session, whatever arrives and in whatever order."""

from decimal import Decimal
from itertools import accumulate
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from tests.spec.monitoring.room import CALM, at, dosed

from kap.monitoring import acts
from kap.monitoring.alarms import Level, packaged_alarms, watched
from kap.monitoring.timeline import session_from
from kap.monitoring.vitals import Channel, Vitals

NUMBERS = st.fixed_dictionaries(
    {},
    optional={
        Channel.SYSTOLIC: st.integers(60, 240).map(Decimal),
        Channel.DIASTOLIC: st.integers(40, 140).map(Decimal),
        Channel.OXYGEN: st.integers(80, 100).map(Decimal),
    },
).filter(bool)
STEPS = st.lists(st.tuples(st.integers(0, 7), NUMBERS), max_size=30)


def _readings(steps):
    minutes = accumulate(minutes for minutes, _ in steps)
    return [
        Vitals(entry=UUID(int=place + 1), at=at(minute), numbers=numbers)
        for place, (minute, (_, numbers)) in enumerate(zip(minutes, steps, strict=True))
    ]


@given(STEPS, st.integers(0, 30))
def test_a_watch_that_is_interrupted_calls_what_an_uninterrupted_one_calls(steps, cut):
    readings, limits = _readings(steps), packaged_alarms()
    first = watched(readings[:cut], limits)
    second = watched(readings[cut:], limits, first.watches)
    whole = watched(readings, limits)
    assert (second.watches, (*first.alarms, *second.alarms)) == (whole.watches, whole.alarms)


@given(STEPS)
def test_no_reading_that_must_be_acted_on_at_once_passes_without_an_alarm_that_says_so(steps):
    readings, limits = _readings(steps), packaged_alarms()
    watches = watched(readings, limits).watches
    level = Level.QUIET
    for reading in readings:
        saturation = reading.of(Channel.OXYGEN)
        if saturation is not None:
            level = Level.ACT if saturation < limits.oxygen_at_once_below.value else Level.QUIET
    if level is Level.ACT:
        assert Level.ACT in {watch.level for watch in watches.values()}


@given(st.randoms(use_true_random=False))
def test_entries_tell_the_same_session_in_whatever_order_they_arrive(random):
    room = dosed().at(20).reads(CALM).at(30).reads({**CALM, "systolic": 150}).at(50).ends()
    room.add(acts.noting(room.at(25).next(), room.session, "nausea"))
    shuffled = list(room.entries)
    random.shuffle(shuffled)
    assert session_from(shuffled) == room.session
