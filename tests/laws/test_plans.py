"""Plans: in every zone, from every first day, sessions stand in order, doses apart, windows kept."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kap.planning.moving import moved
from kap.planning.plan import Plan
from kap.planning.planning import plan
from kap.protocols.definition import SessionKind, WithinDose
from kap.protocols.shelf import library
from kap.vocabulary.errors import Refused
from kap.vocabulary.planned import PlannedTime
from kap.vocabulary.zones import zone_names

PROTOCOLS = st.sampled_from(library())
ZONES = st.sampled_from(sorted(zone_names()))
STARTS = st.dates(date(1971, 1, 1), date(2037, 12, 31))


def holds(made: Plan) -> None:
    """What must be true of every plan in which nothing has been held yet."""
    rules = made.protocol.doses
    for event in made.events:
        assert event.window.opens_at <= event.time.opens_at, event.session.id
        assert event.time.closes_at <= event.window.closes_at, event.session.id
        assert event.time.length == event.session.timing.length
        for need in event.session.needs:
            assert made.event(need).time.closes_at <= event.window.opens_at, event.session.id
        rule = event.session.timing.window
        if isinstance(rule, WithinDose):
            dose = made.event(rule.dose).time
            assert event.window.opens_at >= dose.closes_at
            assert event.window.closes_at == dose.opens_at.plus(rule.limit.amount)
    for earlier, later in pairwise(made.events):
        assert earlier.time.closes_at <= later.time.opens_at
    doses = [event for event in made.events if event.session.kind is SessionKind.DOSE]
    for earlier, later in pairwise(doses):
        assert later.time.opens_at >= earlier.time.opens_at.plus(rules.spacing.amount)


@given(PROTOCOLS, STARTS, ZONES)
def test_a_plan_holds_everywhere_and_always(protocol: Any, start: date, zone: str) -> None:
    made = plan(protocol, start, zone)
    holds(made)
    for event in made.events:
        written = datetime.combine(event.time.opens_at.day_in(zone), time(0))
        assert made.day_of(event) == (written.date() - start).days + 1


@given(PROTOCOLS, STARTS, ZONES, st.data())
def test_a_move_is_refused_with_a_reason_or_leaves_a_plan_that_holds(
    protocol: Any, start: date, zone: str, data: st.DataObject
) -> None:
    made = plan(protocol, start, zone)
    for _ in range(data.draw(st.integers(1, 3))):
        session = data.draw(st.sampled_from(protocol.sessions)).id
        shift = timedelta(minutes=15 * data.draw(st.integers(-96, 300)))
        to = made.event(session).time.opens_at.in_zone(zone).replace(tzinfo=None) + shift
        try:
            made = moved(made, session, PlannedTime(to.date(), to.time(), zone))
        except Refused:
            continue
        holds(made)


@given(PROTOCOLS, STARTS, ZONES)
def test_a_session_away_from_its_hour_says_why(protocol: Any, start: date, zone: str) -> None:
    made = plan(protocol, start, zone)
    for event in made.events:
        when = event.session.timing.when
        if hasattr(when, "at") and event.time.opens_at.in_zone(zone).time() != when.at:
            assert event.reasons, event.session.id
