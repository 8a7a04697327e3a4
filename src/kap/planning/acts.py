"""What is done to a plan, each act one entry of its history; what may not be done is refused here.

An entry that arrives late finds its place by when it happened: a session held before a move stays held.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.planning.course import BEGAN, ENDED, MADE, MET, MISSED, MOVED, STOPPED, Course, SessionState
from kap.planning.moving import moved
from kap.planning.planning import plan
from kap.protocols.definition import Protocol
from kap.vocabulary.errors import Refused
from kap.vocabulary.planned import PlannedTime
from kap.vocabulary.sentences import sentence

_NO_WHY = sentence("Say why, so that whoever reads the plan next understands it.")
_IS_STOPPED = sentence("This plan was stopped. Make a new plan to go on.")
_NOT_WAITING = sentence("This session does not wait any more: it is under way, held, met or missed.")
_NOT_UNDER_WAY = sentence("This session is not under way, so it cannot end.")
_ENDS_BEFORE = sentence("A session ends after it began: check both times.")


def making(act: Act, protocol: Protocol, start_on: date, zone: str) -> Entry:
    """Makes a plan from a protocol.

    Raises: InputError for an unknown zone, or a start outside the years a clinic plans in.
    """
    plan(protocol, start_on, zone)
    body = {"protocol": protocol.id, "version": protocol.version, "start_on": str(start_on), "zone": zone}
    return act.entry(f"{MADE}@1", body)


def meeting(act: Act, course: Course, session_id: str, because: str) -> Entry:
    """Says that a session needs not be held, because what it is for has been met.

    Raises: Refused when it does not wait, or nothing is said.
    """
    return _waiting(act, course, MET, session_id, because)


def moving(act: Act, course: Course, session_id: str, to: PlannedTime, because: str) -> Entry:
    """Moves a session, and all that hangs on it.

    Raises: Refused, with the reason, where it may not lie there.
    """
    entry = _waiting(
        act, course, MOVED, session_id, because,
        {"on": str(to.on), "at": to.at.isoformat("minutes"), "second": to.second},
    )  # fmt: skip
    moved(course.plan, session_id, to)
    return entry


def missing(act: Act, course: Course, session_id: str, because: str) -> Entry:
    """Says that a session was not held, and why.

    Raises: Refused when it does not wait, or nothing is said.
    """
    return _waiting(act, course, MISSED, session_id, because)


def beginning(act: Act, course: Course, session_id: str) -> Entry:
    """Says that a session began, at the moment the act happened; one held after all is no longer missed.

    Raises: Refused when it does not wait.
    """
    _refuse_stopped(course)
    course.plan.protocol.session(session_id)
    if course.state_of(session_id) not in (SessionState.PLANNED, SessionState.MISSED):
        raise Refused(_NOT_WAITING)
    return act.entry(f"{BEGAN}@1", {"session": session_id})


def ending(act: Act, course: Course, session_id: str) -> Entry:
    """Says that a session ended, at the moment the act happened.

    Raises: Refused when it is not under way, or would end before it began.
    """
    if course.state_of(session_id) is not SessionState.UNDER_WAY:
        raise Refused(_NOT_UNDER_WAY)
    if act.happened_at <= course.began[session_id]:
        raise Refused(_ENDS_BEFORE)
    return act.entry(f"{ENDED}@1", {"session": session_id})


def stopping(act: Act, course: Course, because: str) -> Entry:
    """Stops a plan; what was held stays held.

    Raises: Refused when it is stopped already, or nothing is said.
    """
    _refuse_stopped(course)
    _refuse_unsaid(because)
    return act.entry(f"{STOPPED}@1", {"because": because.strip()})


def _waiting(
    act: Act,
    course: Course,
    name: str,
    session_id: str,
    because: str,
    more: Mapping[str, object] | None = None,
) -> Entry:
    _refuse_stopped(course)
    course.plan.protocol.session(session_id)
    if course.state_of(session_id) is not SessionState.PLANNED:
        raise Refused(_NOT_WAITING)
    _refuse_unsaid(because)
    return act.entry(f"{name}@1", {"session": session_id, "because": because.strip(), **(more or {})})


def _refuse_stopped(course: Course) -> None:
    if course.stopped_because:
        raise Refused(_IS_STOPPED)


def _refuse_unsaid(because: str) -> None:
    if not because.strip():
        raise Refused(_NO_WHY)
