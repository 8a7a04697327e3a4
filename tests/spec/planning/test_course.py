"""A plan as it is lived.

A plan is made once. After that its sessions are moved, held, missed or met, each as an entry with who and when;
nothing is edited. What happened late is told in the order it happened, and a session held after all is no
longer missed.
"""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from tests.cases import cases
from tests.spec.planning.days import DENVER, JUNE, done, shown, there

from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.planning import acts
from kap.planning.course import Course, SessionState, course_from, state_after
from kap.protocols.shelf import protocol
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.moments import Instant

MADE = Instant.parse("2026-05-20T16:00:00Z")
FIRST = there("06-02 09:00").instant
NOON = there("06-02 12:00").instant


def made() -> list[Entry]:
    return [acts.making(done(1, MADE), protocol("intensive-5-day"), JUNE, DENVER)]


def after(*entries: Entry) -> Course:
    return course_from([*made(), *entries])


def dose_began(at: Instant = FIRST) -> Entry:
    return acts.beginning(done(2, at), after(), "dose-1")


def dose_held() -> list[Entry]:
    began = dose_began()
    return [began, acts.ending(done(3, NOON), after(began), "dose-1")]


def test_a_plan_begins_with_every_session_planned() -> None:
    course = after()
    assert {course.state_of(event.session.id) for event in course.plan.events} == {SessionState.PLANNED}


@cases("""
    what became of the first dose | entries         | state     | second dose | integration until
    ------------------------------+-----------------+-----------+-------------+------------------
    nothing yet                   | none            | planned   | 06-04 09:00 | 06-03 09:00
    it began as planned           | began           | under way | 06-04 09:00 | 06-03 09:00
    it began an hour late         | began late      | under way | 06-04 10:00 | 06-03 10:00
    it was held                   | held            | held      | 06-04 09:00 | 06-03 09:00
    it was missed                 | missed          | missed    | 06-04 09:00 | 06-03 09:00
    it was held after all         | missed and held | held      | 06-04 09:00 | 06-03 09:00
    it was moved                  | moved           | planned   | 06-05 09:00 | 06-04 09:00
    the plan was stopped          | stopped         | stopped   | 06-04 09:00 | 06-03 09:00
    held, then the plan stopped   | held, stopped   | held      | 06-04 09:00 | 06-03 09:00
    met by something else         | met             | met       | 06-04 09:00 | 06-03 09:00
""")
def test_what_follows_counts_from_what_was_held(
    entries: str, state: str, second_dose: str, integration_until: str
) -> None:
    missed = acts.missing(done(4, FIRST), after(), "dose-1", "Blood pressure too high.")
    moving = acts.moving(done(5, MADE), after(), "dose-1", there("06-03 09:00"), "A cold.")
    stopped = acts.stopping(done(6, NOON), after(), "Wishes to stop.")
    course = after(
        *{
            "none": [],
            "began": [dose_began()],
            "began late": [dose_began(there("06-02 10:00").instant)],
            "held": dose_held(),
            "missed": [missed],
            "missed and held": [missed, *dose_held()],
            "moved": [moving],
            "stopped": [stopped],
            "held, stopped": [*dose_held(), stopped],
            "met": [acts.meeting(done(7, MADE), after(), "dose-1", "Given elsewhere.")],
        }[entries]
    )
    until = course.plan.event("integration-1").window.closes_at.in_zone(DENVER).strftime("%m-%d %H:%M")
    assert (course.state_of("dose-1").value, shown(course.plan, "dose-2"), until) == (
        state, second_dose, integration_until,
    )  # fmt: skip


@cases("""
    what somebody tries                   | refused because
    --------------------------------------+----------------
    beginning a dose twice                | does not wait any more
    ending a dose that never began        | is not under way
    ending a dose as it begins            | ends after it began
    missing a dose that is under way      | does not wait any more
    missing a session without a reason    | Say why
    moving a session without a reason     | Say why
    stopping without a reason             | Say why
    moving in a stopped plan              | This plan was stopped
    beginning in a stopped plan           | This plan was stopped
    stopping twice                        | This plan was stopped
    moving a dose too close to the other  | 48 h must pass
""")
def test_what_may_not_be_done_is_refused(refused_because: str, request: pytest.FixtureRequest) -> None:
    story = request.node.callspec.id
    under_way, whole = after(dose_began()), after()
    stopped = after(acts.stopping(done(6, MADE), whole, "Wishes to stop."))
    now = done(9, NOON)
    tries = {
        "beginning a dose twice": lambda: acts.beginning(now, under_way, "dose-1"),
        "ending a dose that never began": lambda: acts.ending(now, whole, "dose-1"),
        "ending a dose as it begins": lambda: acts.ending(done(9, FIRST), under_way, "dose-1"),
        "missing a dose that is under way": lambda: acts.missing(now, under_way, "dose-1", "Late."),
        "missing a session without a reason": lambda: acts.missing(now, whole, "dose-1", " "),
        "moving a session without a reason": lambda: acts.moving(
            now, whole, "dose-1", there("06-02 10:00"), ""
        ),
        "stopping without a reason": lambda: acts.stopping(now, whole, ""),
        "moving in a stopped plan": lambda: acts.moving(
            now, stopped, "dose-1", there("06-02 10:00"), "Late."
        ),
        "beginning in a stopped plan": lambda: acts.beginning(now, stopped, "dose-1"),
        "stopping twice": lambda: acts.stopping(now, stopped, "Again."),
        "moving a dose too close to the other": lambda: acts.moving(
            now, whole, "dose-2", there("06-04 08:00"), "Late."
        ),
    }
    with pytest.raises(Refused, match=re.escape(refused_because)):
        tries[story]()


def test_what_was_held_on_paper_before_the_plan_was_written_counts() -> None:
    on_paper = acts.beginning(done(2, Instant(MADE.at - timedelta(days=1))), after(), "screening")
    assert course_from([on_paper, *made()]).state_of("screening") is SessionState.UNDER_WAY


def test_entries_that_tell_no_plan_are_refused() -> None:
    with pytest.raises(InputError, match="none is here"):
        course_from([])
    with pytest.raises(InputError, match="made once"):
        course_from([dose_began()])
    with pytest.raises(InputError, match="made once"):
        state_after(after(), made()[0])
    ended = dose_held()[1]
    with pytest.raises(InputError, match="nothing says that this one did"):
        after(ended)
    act = Act(id=UUID(int=8), happened_at=NOON, recorded_at=NOON, by="nurse")
    strange = Entry(
        **{
            **{name: getattr(act, name) for name in ("id", "happened_at", "recorded_at", "by")},
            "kind": "weighed@1",
            "content": '{"session":"dose-1"}',
        }
    )
    with pytest.raises(InputError, match="nothing that is done to a plan"):
        after(strange)
