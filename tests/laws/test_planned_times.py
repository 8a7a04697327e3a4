"""Planned times: in every zone the clock on the wall shows what was planned, or the plan says why not."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kap.vocabulary.moments import Instant
from kap.vocabulary.planned import PlannedTime
from kap.vocabulary.zones import zone, zone_names

ZONES = st.sampled_from(sorted(zone_names()))
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@given(ZONES, st.dates(date(1971, 1, 1), date(2037, 12, 31)), st.times())
def test_an_ordinary_time_is_shown_by_the_clock_on_the_wall(name: str, on: date, at: time) -> None:
    planned = PlannedTime(on, at.replace(second=0, microsecond=0), name)
    if planned.reason is None:
        assert planned.instant.in_zone(name).replace(tzinfo=None) == datetime.combine(planned.on, planned.at)


@given(ZONES, st.integers(1971, 2037), st.integers(0, 10**6))
def test_around_every_change_of_the_clocks_the_plan_says_what_it_means(
    name: str, year: int, chosen: int
) -> None:
    for change in _changes(name, year):
        before, after = _offset(name, change - MINUTE), _offset(name, change)
        first, last = sorted([change + before, change + after])
        within = first + MINUTE * (chosen % max(1, (last - first) // MINUTE))
        planned = PlannedTime(within.date(), within.time().replace(tzinfo=None), name)
        shown = planned.instant.in_zone(name).replace(tzinfo=None)
        if after > before:
            assert planned.is_skipped
            assert shown - within.replace(tzinfo=None) == after - before
        else:
            again = PlannedTime(planned.on, planned.at, name, second=True)
            assert planned.is_repeated
            assert shown == again.instant.in_zone(name).replace(tzinfo=None)
            assert again.instant.at - planned.instant.at == before - after
        assert planned.reason is not None


@given(ZONES, st.integers(31_536_000, 2_145_916_799))
def test_a_moment_on_the_wall_is_the_same_moment(name: str, seconds: int) -> None:
    moment = Instant(datetime.fromtimestamp(seconds, UTC))
    assert Instant(moment.in_zone(name)) == moment
    assert Instant.parse(str(moment)) == moment


def _offset(name: str, at: datetime) -> timedelta:
    return at.astimezone(zone(name)).utcoffset() or timedelta(0)


def _changes(name: str, year: int) -> list[datetime]:
    """The minutes at which the clocks change in a year, in UTC."""
    days = [datetime(year, 1, 1, tzinfo=UTC) + DAY * number for number in range(365)]
    return [_the_minute(name, day) for day in days if _offset(name, day) != _offset(name, day + DAY)]


def _the_minute(name: str, day: datetime) -> datetime:
    low, high = 0, 24 * 60
    while high - low > 1:
        middle = (low + high) // 2
        changed = _offset(name, day + MINUTE * middle) != _offset(name, day)
        low, high = (low, middle) if changed else (middle, high)
    return day + MINUTE * high
