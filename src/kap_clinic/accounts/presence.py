"""What a browser's session remembers of the person at it: since when, last used, locked, what is still due.

The session locks, it does not sign out; it ends at its absolute end. Times are seconds since 1970, UTC.
"""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase

SIGNED_IN_AT, USED_AT, LOCKED_AT = "kap_signed_in_at", "kap_used_at", "kap_locked_at"
LOCK_AFTER, END_AFTER = "kap_lock_after", "kap_end_after"
RETURN_TO, FACTOR_DUE = "kap_return_to", "kap_factor_due"

# Until an organization is chosen and says otherwise.
LOCK_MINUTES, SIGN_OUT_HOURS = 10, 12

Session = SessionBase


def begin(session: Session, at: float, *, is_factor_due: bool) -> None:
    """Remember that somebody signed in just now, and whether a second factor must still be set up."""
    session[SIGNED_IN_AT] = session[USED_AT] = int(at)
    for key in (LOCKED_AT, RETURN_TO, FACTOR_DUE):
        session.pop(key, None)
    if is_factor_due:
        session[FACTOR_DUE] = True


def keep_limits(session: Session, *, lock_minutes: int, sign_out_hours: int) -> None:
    """Remember what the organization has set, so that the next request knows it without asking."""
    for key, seconds in ((LOCK_AFTER, lock_minutes * 60), (END_AFTER, sign_out_hours * 3600)):
        if session.get(key) != seconds:
            session[key] = seconds


def has_ended(session: Session, at: float) -> bool:
    """Say whether the absolute end has come, however busy the person is."""
    since = session.setdefault(SIGNED_IN_AT, int(at))
    return at >= since + session.get(END_AFTER, SIGN_OUT_HOURS * 3600)


def is_locked(session: Session) -> bool:
    """Say whether the screen is locked."""
    return LOCKED_AT in session


def is_idle(session: Session, at: float) -> bool:
    """Say whether nobody has used the session for as long as the organization allows, and a quarter more.

    The page itself locks on the minute. It reports use only now and then, and what it has not yet reported
    must not lock somebody who is typing.
    """
    used, allowed = session.setdefault(USED_AT, int(at)), session.get(LOCK_AFTER, LOCK_MINUTES * 60)
    return at >= used + allowed + allowed // 4


def use(session: Session, at: float) -> None:
    """Remember that somebody is here; written at most every few seconds, for a session is a row."""
    grain = min(20, session.get(LOCK_AFTER, LOCK_MINUTES * 60) // 6)
    if at >= session.get(USED_AT, 0) + grain:
        session[USED_AT] = int(at)


def lock(session: Session, at: float, return_to: str) -> None:
    """Lock the screen, and remember the page to come back to."""
    session[LOCKED_AT] = int(at)
    session[RETURN_TO] = return_to


def unlock(session: Session, at: float) -> str:
    """Open the screen again and say where the person was."""
    session.pop(LOCKED_AT, None)
    session[USED_AT] = int(at)
    return str(session.pop(RETURN_TO, "") or "/")
