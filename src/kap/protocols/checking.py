"""Whether a protocol can be lived: sessions in order, needs met, doses apart, windows kept.

Counted as in a week in which no clock changes; what a change of the clocks does is planning's to say.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

from kap.protocols.definition import After, OnDay, Protocol, Session, SessionKind, WithinDose
from kap.vocabulary.errors import DeclarationError

Wrong = Callable[[str, str], DeclarationError]
"""Makes the refusal: which session (or nothing, for the whole document), and what is wrong with it."""

Held = dict[str, tuple[timedelta, timedelta]]
"""When each session begins and ends, counted from the first moment of day 1."""


def check(protocol: Protocol, wrong: Wrong) -> None:
    """Refuses a protocol nobody could hold.

    Raises: DeclarationError, about the session that does not fit.
    """
    _check_names(protocol, wrong)
    held: Held = {}
    before: Session | None = None
    for session in protocol.sessions:
        _check_references(protocol, session, held, wrong)
        held[session.id] = _held(session, held)
        _check_moments(session, before, held, wrong)
        before = session
    _check_doses(protocol, held, wrong)


def _check_names(protocol: Protocol, wrong: Wrong) -> None:
    phases = [phase.id for phase in protocol.phases]
    sessions = {session.id for session in protocol.sessions}
    for session in protocol.sessions:
        if session.phase not in phases:
            raise wrong(session.id, f"there is no phase {session.phase!r}; the phases are {_list(phases)}.")
    for phase in phases:
        if all(session.phase != phase for session in protocol.sessions):
            raise wrong("", f"no session is in the phase {phase!r}: take it out.")
    for measure in protocol.measures:
        for name in measure.sessions:
            if name not in sessions:
                raise wrong("", f"{measure.instrument} is measured at {name!r}, which is no session.")
    if not protocol.about.routes:
        raise wrong("", "a protocol names at least one route.")
    if not protocol.dose_sessions:
        raise wrong("", "a protocol gives at least one dose.")


def _check_references(protocol: Protocol, session: Session, held: Held, wrong: Wrong) -> None:
    when, window = session.timing.when, session.timing.window
    named = [*session.needs, *([when.session] if isinstance(when, After) else [])]
    for name in (*named, *([window.dose] if isinstance(window, WithinDose) else [])):
        if name not in held:
            raise wrong(session.id, f"{name!r} is no session that is held before this one.")
    if isinstance(window, WithinDose) and protocol.session(window.dose).kind is not SessionKind.DOSE:
        raise wrong(session.id, f"{window.dose!r} is no dose, so no window counts from it.")
    if session.kind is SessionKind.INTEGRATION and not isinstance(window, WithinDose):
        raise wrong(session.id, "integration belongs into a window after a dose: say within which.")
    if isinstance(when, After) and (between := _on_their_own_hour(protocol, when.session, session.id)):
        # What follows a session follows it at once, or a session on its own hour could push it late.
        raise wrong(session.id, f"{between!r} stands between this session and the one it follows.")


def _on_their_own_hour(protocol: Protocol, first: str, last: str) -> str:
    names = [session.id for session in protocol.sessions]
    between = protocol.sessions[names.index(first) + 1 : names.index(last)]
    return next((one.id for one in between if isinstance(one.timing.when, OnDay)), "")


def _held(session: Session, held: Held) -> tuple[timedelta, timedelta]:
    when = session.timing.when
    if isinstance(when, OnDay):
        begins = timedelta(days=when.day - 1, hours=when.at.hour, minutes=when.at.minute)
    else:
        begins = held[when.session][1] + when.by.on_the_clock()
    return begins, begins + session.timing.length.on_the_clock()


def _check_moments(session: Session, before: Session | None, held: Held, wrong: Wrong) -> None:
    begins, ends = held[session.id]
    if before is not None and begins < held[before.id][1]:
        raise wrong(session.id, f"it begins before {before.id!r} has ended: write sessions in their order.")
    window = session.timing.window
    if isinstance(window, WithinDose) and ends > held[window.dose][0] + window.limit.amount.on_the_clock():
        raise wrong(session.id, f"it ends later than {window.limit.amount} after {window.dose!r} began.")


def _check_doses(protocol: Protocol, held: Held, wrong: Wrong) -> None:
    rules = protocol.doses
    for session in protocol.dose_sessions:
        if session.timing.length < rules.over.amount:
            raise wrong(session.id, f"it is shorter than the {rules.over.amount} the dose takes.")
    for earlier, later in pairwise(protocol.dose_sessions):
        if held[later.id][0] - held[earlier.id][0] < rules.spacing.amount.on_the_clock():
            raise wrong(later.id, f"it begins less than {rules.spacing.amount} after {earlier.id!r}.")


def _list(names: list[str]) -> str:
    return ", ".join(names)
