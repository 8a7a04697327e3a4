"""A plan as it is lived: made, moved, sessions held or missed, stopped; told by its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import Enum
from typing import Any

from kap.histories.entries import Entry
from kap.histories.history import reading_order, told_from
from kap.planning.plan import Plan
from kap.planning.planning import plan
from kap.protocols.shelf import protocol
from kap.vocabulary.errors import InputError
from kap.vocabulary.moments import Instant, Window
from kap.vocabulary.planned import PlannedTime

MADE, MOVED, MET = "plan_made", "session_moved", "session_met"
BEGAN, ENDED, MISSED, STOPPED = "session_began", "session_ended", "session_missed", "plan_stopped"


class SessionState(Enum):
    """How far one session of a plan has come."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    HELD = "held"
    MET = "met"
    MISSED = "missed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A plan with what became of its sessions.

    Missing: an empty `stopped_because` says that the plan goes on.
    """

    plan: Plan
    began: Mapping[str, Instant] = field(default_factory=dict)
    ended: Mapping[str, Instant] = field(default_factory=dict)
    missed: Mapping[str, str] = field(default_factory=dict)
    stopped_because: str = ""

    def state_of(self, session_id: str) -> SessionState:
        """How far one session has come."""
        if session_id in self.plan.changes.met:
            return SessionState.MET
        if session_id in self.ended:
            return SessionState.HELD
        if session_id in self.began:
            return SessionState.UNDER_WAY
        if session_id in self.missed:
            return SessionState.MISSED
        return SessionState.STOPPED if self.stopped_because else SessionState.PLANNED


def course_from(entries: Iterable[Entry]) -> Course:
    """The course as its entries tell it, in the order things happened; what was held on paper may come first.

    Raises: InputError when no entry makes the plan.
    """
    # The plan is made before anything counts against it, even what happened before it was written down.
    made_first = sorted(reading_order(entries), key=lambda entry: entry.name != MADE)
    unbegun = "A course begins with the entry that made its plan; none is here."
    return told_from(made_first, state_after, unbegun)


def state_after(course: Course | None, entry: Entry) -> Course:
    """The course after one more entry; what was already held is not laid anywhere else.

    Raises: InputError for an entry that stands before the plan, makes it twice, or is of no kind known here.
    """
    body = entry.body
    if entry.name == MADE and course is None:
        made_from = protocol(body["protocol"], body["version"])
        return Course(plan=plan(made_from, date.fromisoformat(body["start_on"]), body["zone"]))
    if course is None or entry.name == MADE:
        raise InputError("A plan is made once, before anything else is done to it.")
    if entry.name == STOPPED:
        return replace(course, stopped_because=body["because"])
    if entry.name not in _AFTER:
        raise InputError(f"{entry.kind!r} is nothing that is done to a plan.")
    return _AFTER[entry.name](course, body["session"], entry)


def _after_moved(course: Course, session: str, entry: Entry) -> Course:
    body = entry.body
    to = PlannedTime(
        date.fromisoformat(body["on"]), time.fromisoformat(body["at"]), course.plan.zone, body["second"]
    )
    return _laid_again(course, moved={**course.plan.changes.moved, session: to})


def _after_met(course: Course, session: str, entry: Entry) -> Course:
    return _laid_again(course, met=course.plan.changes.met | {session})


def _after_began(course: Course, session: str, entry: Entry) -> Course:
    length = course.plan.protocol.session(session).timing.length
    held = {**course.plan.changes.held, session: Window.lasting(length, entry.happened_at)}
    missed = {name: why for name, why in course.missed.items() if name != session}
    began = {**course.began, session: entry.happened_at}
    return _laid_again(replace(course, began=began, missed=missed), held=held)


def _after_ended(course: Course, session: str, entry: Entry) -> Course:
    if session not in course.began:
        raise InputError("A session ends after it began; nothing says that this one did.")
    held = {**course.plan.changes.held, session: Window(course.began[session], entry.happened_at)}
    return _laid_again(replace(course, ended={**course.ended, session: entry.happened_at}), held=held)


def _after_missed(course: Course, session: str, entry: Entry) -> Course:
    return replace(course, missed={**course.missed, session: entry.body["because"]})


_AFTER: Mapping[str, Callable[[Course, str, Entry], Course]] = {
    MOVED: _after_moved,
    MET: _after_met,
    BEGAN: _after_began,
    ENDED: _after_ended,
    MISSED: _after_missed,
}


def _laid_again(course: Course, **changed: Any) -> Course:
    made = course.plan
    changes = replace(made.changes, **changed)
    return replace(course, plan=plan(made.protocol, made.start_on, made.zone, changes))
