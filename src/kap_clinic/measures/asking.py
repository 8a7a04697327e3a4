"""Forms are asked of a person: by link, on paper entered by staff, or rated by a clinician.

A form that holds a safety item goes out by link only while somebody hears the answer; otherwise it is
answered with staff present. Wording goes out only where its license and an official translation allow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from kap.instruments.definition import AnsweredBy, Instrument
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.on_call.queries import may_send_safety_forms
from kap_clinic.people.access import person_in

from . import store
from .models import Asked, ProfitStatement
from .shelf import definition_of, holds_safety
from .words import language_for, why_not_sent

LINK, STAFF, RATER = "link", "staff", "rater"
BY_HAND, CALENDAR, BEFORE_DOSE, AFTER_DOSE = "by-hand", "calendar", "before-dose", "after-dose"
DUE_AFTER = timedelta(days=3)
OPEN_FOR = timedelta(days=14)
CONTACT = timedelta(hours=1)
CONTACT_DAY = timedelta(days=1)

_NOBODY_FILLS = sentence("Choose who fills it in: the client by link, staff, or a clinician who rates.")
_RATED_ONLY = sentence("This scale is rated by a clinician.")
_NOT_RATED = sentence("The client answers this form; a clinician does not rate it.")
_IS_OVER = sentence("This form has ended. What was answered stays; ask it again if it is needed.")
_NOT_MISSED = sentence("Only a form that was missed, or ended in part, is settled.")


@dataclass(frozen=True, kw_only=True)
class Timing:
    """When a form opens, is due and closes, and what it is timed by.

    Missing: ``anchored_to`` is None where it is timed by the calendar or by hand.
    """

    opens_at: datetime
    due_at: datetime
    expires_at: datetime
    anchor: str = BY_HAND
    anchored_to: UUID | None = None

    @classmethod
    def from_now(cls, now: datetime) -> Timing:
        """Return the timing of a form asked by hand."""
        return cls(opens_at=now, due_at=now + DUE_AFTER, expires_at=now + OPEN_FOR)

    @classmethod
    def at_this_contact(cls, now: datetime) -> Timing:
        """Return the timing of a form that is asked while the client is here."""
        return cls(opens_at=now, due_at=now + CONTACT, expires_at=now + CONTACT_DAY)


def ask(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, instrument: str, filled_by: str,
    language: str = "", timing: Timing | None = None, followed: UUID | None = None,
) -> bool:  # fmt: skip
    """Ask a form of one person; a link is made for it afterwards (``links.give_link``).

    Missing: without a ``language`` it is asked in the client's, where there are official words in it here.
    Raises: Refused with the reason why this form cannot be filled in this way.
    """
    with acting(organization, by, "measures.ask") as act:
        chart = person_in(act, person)
        act.require(Permission.ASK_MEASURES, chart.site_id)
        act.about(id)
        now = timezone.now()
        definition = definition_of(instrument)
        language = language or language_for(act, definition, chart.language)
        refuse_unfit(act, definition, filled_by, language, chart.site_id)
        when = timing or Timing.from_now(now)
        said = {
            "person_id": person, "instrument": definition.id, "version": definition.version,
            "filled_by": filled_by, "language": language, "anchor": when.anchor,
            "anchored_to": when.anchored_to, "followed_id": followed,
        }  # fmt: skip
        noted = {
            "opens_at": when.opens_at, "due_at": when.due_at, "expires_at": when.expires_at,
            "asked_at": now, "asked_by": by.id,
        }  # fmt: skip
        written = once(Asked, id, said, noted)
        if written.is_new:
            announce(act, "measures", person)
        return written.is_new


def refuse_unfit(
    act: Acting, definition: Instrument, filled_by: str, language: str, site: UUID | None,
    at: datetime | None = None,
) -> None:  # fmt: skip
    """Go on only where this form may be filled in by these people of a site, in this way, at a moment.

    Missing: without ``at`` it is now.
    Raises: Refused.
    """
    is_rated = definition.about.answered_by is AnsweredBy.CLINICIAN
    if filled_by not in (LINK, STAFF, RATER):
        raise Refused(_NOBODY_FILLS)
    if filled_by == RATER and not is_rated:
        raise Refused(_NOT_RATED)
    if filled_by == STAFF and is_rated:
        raise Refused(_RATED_ONLY)
    if filled_by != LINK:
        return
    why = why_not_sent(act, definition, language)
    if why is not None:
        raise Refused(why)
    if holds_safety(definition):
        hearing = may_send_safety_forms(act, at or timezone.now(), site)
        if not hearing.is_heard:
            raise Refused(hearing.why)


def may_be_sent(
    act: Acting, definition: Instrument, language: str, site: UUID | None, at: datetime | None = None
) -> bool:
    """Say whether a form may go to a client of a site by link at a moment.

    Missing: without ``at`` it is now.
    """
    try:
        refuse_unfit(act, definition, LINK, language, site, at)
    except Refused:
        return False
    return True


def withdraw(*, organization: UUID, by: Actor, asked: UUID) -> None:
    """Take a form back that nobody needs any more; answers that were given stay.

    Raises: Refused.
    """
    with acting(organization, by, "measures.withdraw") as act:
        row = store.locked(act, asked)
        act.require(Permission.ASK_MEASURES, person_in(act, row.person_id).site_id)
        if row.ended == store.WITHDRAWN:
            return
        if row.ended:
            raise Refused(_IS_OVER)
        row.ended, row.ended_at, row.ended_by = store.WITHDRAWN, timezone.now(), by.id
        row.save()
        announce(act, "measures", row.person_id)


def settle(*, organization: UUID, by: Actor, asked: UUID) -> None:
    """Take a missed form off the list of what waits: somebody has seen to it.

    Raises: Refused.
    """
    with acting(organization, by, "measures.settle") as act:
        row = store.locked(act, asked)
        act.require(Permission.ASK_MEASURES, person_in(act, row.person_id).site_id)
        if row.ended not in (store.MISSED, store.PARTIAL):
            raise Refused(_NOT_MISSED)
        if row.settled_at is None:
            row.settled_at, row.settled_by = timezone.now(), by.id
            row.save()
            announce(act, "measures", row.person_id)


def say_profit(*, organization: UUID, by: Actor, id: UUID, is_for_profit: bool) -> bool:
    """Say whether the house is run for profit; the statement stands beside those before it.

    Raises: Refused.
    """
    with acting(organization, by, "measures.say_profit") as act:
        act.require(Permission.SAY_PROFIT)
        act.about(id)
        noted = {"said_at": timezone.now(), "said_by": by.id}
        return once(ProfitStatement, id, {"is_for_profit": is_for_profit}, noted).is_new
