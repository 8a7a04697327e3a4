"""Moments, windows and zones beyond the spec tables."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.planned import PlannedTime
from kap.vocabulary.spans import Span
from kap.vocabulary.zones import zone

NOON = Instant.parse("2026-11-21T12:00:00Z")


def test_a_time_without_a_zone_is_no_moment() -> None:
    with pytest.raises(InputError, match="without a zone"):
        Instant(datetime.fromisoformat("2026-11-21T12:00:00"))
    with pytest.raises(InputError, match="without a zone"):
        Instant.parse("2026-11-21T12:00:00")
    with pytest.raises(InputError, match="'noon' is not a time"):
        Instant.parse("noon")


def test_a_moment_is_the_same_on_every_clock() -> None:
    mountain = timezone(timedelta(hours=-7))
    assert Instant(datetime(2026, 11, 21, 5, tzinfo=mountain)) == NOON
    assert NOON.day_in("Pacific/Auckland") == date(2026, 11, 22)
    assert str(NOON) == "2026-11-21T12:00:00+00:00"


def test_a_span_leads_from_one_moment_to_another_and_back() -> None:
    later = NOON.plus(Span.minutes(90))
    assert later == Instant.parse("2026-11-21T13:30:00Z")
    assert later.since(NOON) == Span.minutes(90)
    assert later.minus(Span.minutes(90)) == NOON


def test_what_comes_later_was_not_earlier() -> None:
    with pytest.raises(InputError, match="cannot be negative"):
        NOON.since(NOON.plus(Span.seconds(1)))


def test_a_moment_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(InputError, match="beyond the calendar"):
        NOON.plus(Span.days(4_000_000))
    with pytest.raises(InputError, match="before the calendar"):
        NOON.minus(Span.days(4_000_000))
    with pytest.raises(InputError, match="beyond the calendar"):
        NOON.plus(Span.days(4_000_000_000))


def test_a_span_finer_than_a_clock_is_rounded_first() -> None:
    assert Span.seconds("0.000001").on_the_clock() == timedelta(microseconds=1)
    with pytest.raises(InputError, match="round the span first"):
        Span.seconds("0.0000001").on_the_clock()


def test_a_window_closes_after_it_opens() -> None:
    assert Window.lasting(Span.hours(2), NOON).length == Span.hours(2)
    with pytest.raises(InputError, match="must close after it opens"):
        Window(NOON, NOON)


def test_a_zone_has_a_name_people_know() -> None:
    assert zone("America/Denver").key == "America/Denver"
    for wrong in ("Denver", "../../etc/passwd", ""):
        with pytest.raises(InputError, match="not an IANA time zone"):
            zone(wrong)


def test_a_planned_time_takes_the_zone_of_its_place() -> None:
    with pytest.raises(InputError, match="give the time without one"):
        PlannedTime(date(2026, 11, 21), time(9, tzinfo=UTC), "America/Denver")


def test_there_is_no_second_of_a_time_shown_once() -> None:
    with pytest.raises(InputError, match="only once"):
        PlannedTime(date(2026, 11, 21), time(9), "America/Denver", second=True)


def test_a_time_of_a_skipped_day_names_the_day_it_starts_on() -> None:
    reason = PlannedTime(date(2011, 12, 30), time(9), "Pacific/Apia").reason
    assert str(reason) == "The clocks skip 09:00; this starts at 2011-12-31 09:00."
