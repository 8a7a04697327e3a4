"""What is done to a progress note: signed with the session it tells of, then only added to."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from kap.histories.acts import Act
from kap.integration.note import ProgressNote as Told
from kap.integration.writing import amending, signing
from kap.people.permissions import Permission
from kap.planning.course import SessionState
from kap.protocols.definition import SessionKind
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.people.access import require_chart
from kap_clinic.plans import actions as plans
from kap_clinic.plans import queries as planned
from kap_clinic.plans.queries import SessionLine

from . import store
from .models import ProgressNote

_NO_INTEGRATION = sentence("This is no integration session; its note is written where it is held.")
_HAS_NOTE = sentence("This session has a signed note. Add to that note instead.")


def sign_note(*, organization: UUID, by: Actor, id: UUID, session: UUID, note: Told) -> bool:
    """Sign a progress note; a session that was not recorded as held is, from when to when the note says.

    Raises: Refused.
    """
    with acting(organization, by, "integration.sign_note") as act:
        line = planned.planned_session(act, session)
        act.require(Permission.WRITE_NOTES, require_chart(act, line.person).site_id)
        act.about(id, session)
        if line.kind is not SessionKind.INTEGRATION:
            raise Refused(_NO_INTEGRATION)
        if ProgressNote.objects.filter(session_id=session).exclude(id=id).exists():
            raise Refused(_HAS_NOTE)
        said = {"person_id": line.person, "session_id": session}
        written = once(ProgressNote, id, said, {"signed_at": timezone.now(), "signed_by": by.id})
        store.add(act, id, signing(_act(act, id), note))
        if written.is_new:
            _hold(act, id, line, note)
            announce(act, "integration", line.person)
        return written.is_new


def amend_note(*, organization: UUID, by: Actor, id: UUID, note: UUID, words: str) -> bool:
    """Add to a signed note; what was signed stays as it was signed.

    Raises: Refused.
    """
    with acting(organization, by, "integration.amend_note") as act:
        row = store.locked(act, note)
        act.require(Permission.WRITE_NOTES, require_chart(act, row.person_id).site_id)
        act.about(id)
        is_new = store.add(act, note, amending(_act(act, id), words))
        if is_new:
            announce(act, "integration", row.person_id)
        return is_new


def _hold(act: Acting, id: UUID, line: SessionLine, note: Told) -> None:
    told: dict[str, Any] = {"organization": act.organization, "by": act.actor, "session": line.id}
    began, ended = note.session.opens_at.at, note.session.closes_at.at
    if line.state in (SessionState.PLANNED, SessionState.MISSED):
        plans.hold_session(**told, id=uuid5(id, "held"), began_at=began, ended_at=ended)
    elif line.state is SessionState.UNDER_WAY:
        plans.end_session(**told, id=uuid5(id, "ended"), at=ended)


def _act(act: Acting, id: UUID) -> Act:
    now = Instant(timezone.now())
    return Act(id=id, happened_at=now, recorded_at=now, by=str(act.actor.id))
