"""What may not be done now.

An act out of its order, by one person where two are needed, or without the reason it asks for is refused with its
reason, and changes nothing.
"""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from tests.cases import cases
from tests.spec.monitoring.room import ORDER, READY, Room, dosed, gone, infusion, ready, recovering

from kap.histories.entries import Entry
from kap.monitoring import acts
from kap.monitoring.session import Left
from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Mass

REFUSED: dict[str, tuple[Callable[[], Room], Callable[[Room], Entry]]] = {
    "a dose before the time-out": (
        ready,
        lambda room: acts.giving(room.next(), room.session, infusion(), "prescriber"),
    ),
    "the same order again": (
        recovering,
        lambda room: acts.giving(room.next(), room.session, infusion(), "prescriber"),
    ),
    "another dose while one runs": (
        dosed,
        lambda room: acts.giving(room.next(), room.session, infusion(UUID(int=901)), "prescriber"),
    ),
    "a dose by one person": (
        lambda: ready().at(10).times_out(),
        lambda room: acts.giving(room.next(), room.session, infusion(), "nurse"),
    ),
    "a dose with nobody": (
        lambda: ready().at(10).times_out(),
        lambda room: acts.giving(room.next(), room.session, infusion(), ""),
    ),
    "a time-out by one person": (
        ready,
        lambda room: acts.timing_out(room.next(), room.session, room.findings(), "nurse"),
    ),
    "a second time-out": (
        lambda: ready().at(10).times_out(),
        lambda room: acts.timing_out(room.next(), room.session, room.findings(), "prescriber"),
    ),
    "a time-out while something is unknown": (
        lambda: Room().at(5).answers(READY),
        lambda room: acts.timing_out(room.next(), room.session, room.findings(), "prescriber"),
    ),
    "the end of a dose that does not run": (
        recovering,
        lambda room: acts.ending(room.next(), room.session, room.session.doses[0].id),
    ),
    "the end of another dose": (
        dosed,
        lambda room: acts.ending(room.next(), room.session, ORDER),
    ),
    "stopping with more than the dose": (
        dosed,
        lambda room: acts.stopping(
            room.next(), room.session, room.session.doses[0].id, Mass.mg("35.1"), "Distress."
        ),
    ),
    "stopping without a reason": (
        dosed,
        lambda room: acts.stopping(room.next(), room.session, room.session.doses[0].id, Mass.mg(35), " "),
    ),
    "holding without a reason": (ready, lambda room: acts.holding(room.next(), room.session, "")),
    "an event that is not on the list": (
        ready,
        lambda room: acts.noting(room.next(), room.session, "sneezing"),
    ),
    "striking a dose": (
        dosed,
        lambda room: acts.striking(room.next(), room.session, room.session.doses[0].id, "Wrong."),
    ),
    "taking an alarm that is not there": (
        ready,
        lambda room: acts.taking_alarm(room.next(), room.session, ORDER, ""),
    ),
    "recovery while a dose runs": (dosed, lambda room: acts.moving_to_recovery(room.next(), room.session)),
    "recovery before a dose": (ready, lambda room: acts.moving_to_recovery(room.next(), room.session)),
    "leaving without a dose by the criteria": (
        ready,
        lambda room: acts.leaving(room.next(), room.session, (), Left.HOME, "her sister"),
    ),
    "leaving undosed after a dose": (
        recovering,
        lambda room: acts.leaving_undosed(room.next(), room.session, "Went."),
    ),
    "anything after they left": (gone, lambda room: acts.noting(room.next(), room.session, "nausea")),
}


@cases("""
    what somebody tries                     | refused_because
    ----------------------------------------+------------------------------------------
    a dose before the time-out              | The time-out comes before the dose.
    the same order again                    | This order has been given.
    another dose while one runs             | A dose is running.
    a dose by one person                    | A second person is needed
    a dose with nobody                      | A second person is needed
    a time-out by one person                | A second person is needed
    a second time-out                       | The time-out is done already.
    a time-out while something is unknown   | There is no whole blood pressure
    the end of a dose that does not run     | There is no such dose running
    the end of another dose                 | There is no such dose running
    stopping with more than the dose        | More than the dose cannot have gone in.
    stopping without a reason               | Say why
    holding without a reason                | Say why
    an event that is not on the list        | This event is not on the list.
    striking a dose                         | Only readings and events can be struck.
    taking an alarm that is not there       | This alarm is not in this session
    recovery while a dose runs              | A dose is running.
    recovery before a dose                  | Nothing was given yet.
    leaving without a dose by the criteria  | Nothing was given yet.
    leaving undosed after a dose            | A dose was given
    anything after they left                | The person has left.
""")
def test_what_may_not_be_done_now_is_refused(request: pytest.FixtureRequest, refused_because: str) -> None:
    begin, attempt = REFUSED[request.node.callspec.id]
    room = begin()
    with pytest.raises(Refused, match=re.escape(refused_because)):
        attempt(room)
