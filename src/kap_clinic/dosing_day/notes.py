"""The session's note: assembled from the timeline, signed and so locked; what comes later is an amendment."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils import timezone

from kap.histories.chain import canonical_text
from kap.monitoring.note import note_of
from kap.monitoring.session import Session
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import acting
from kap_clinic.database.once import once
from kap_clinic.people.access import require_chart

from . import store
from .models import SessionNote

_NOT_LEFT = sentence("The note is signed once the person has left.")
_SIGNED = sentence("This note is signed and locked. Write an amendment.")
_NOT_SIGNED = sentence("The note is not signed yet: what it lacks belongs into the timeline.")
_CHANGED = sentence("The timeline has changed since this note was shown. Read it again, then sign.")
_NO_WORDS = sentence("Write what the note should say.")


@dataclass(frozen=True, kw_only=True)
class WrittenPassage:
    """A part of a note as it was signed."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Signed:
    """A note or an amendment as it was signed; a note has passages, an amendment has words."""

    number: int
    passages: tuple[WrittenPassage, ...]
    words: str
    at: datetime
    by: str


def assembled(session: Session, time_zone: str) -> tuple[WrittenPassage, ...]:
    """Return the note as the timeline tells it now, in the place's time."""
    people = {who for dose in session.doses for who in dose.people}
    people |= {alarm.taken_by for alarm in session.alarms if alarm.taken_by}
    names = names_of(UUID(who) for who in people)
    passages = note_of(
        session, lambda at: _clock(at, time_zone), lambda who: names.get(UUID(who)) or "a program"
    )
    return tuple(
        WrittenPassage(heading=str(one.heading), sentences=tuple(str(words) for words in one.sentences))
        for one in passages
    )


def fingerprint(passages: tuple[WrittenPassage, ...]) -> str:
    """Return the digest of a note as it was shown, so that nobody signs what they have not read."""
    return sha256(_text(passages).encode()).hexdigest()


def sign(*, organization: UUID, by: Actor, id: UUID, session: UUID, seen: str, time_zone: str) -> bool:
    """Sign the note as it was read, and lock it. Say whether this call signed it.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.sign_note") as act:
        row = store.found(act, session, is_locked=True)
        require_chart(act, row.person_id)
        act.require(Permission.SIGN_SESSION_NOTES, row.site_id)
        if row.left_at is None:
            raise Refused(_NOT_LEFT)
        before = SessionNote.objects.filter(session=row, number=1).first()
        if before is not None and before.id != id:
            raise Refused(_SIGNED)
        text = (
            before.text if before else _text(assembled(store.session_in(store.entry_rows(row.id)), time_zone))
        )
        digest = sha256(text.encode()).hexdigest()
        if digest != seen:
            raise Refused(_CHANGED)
        said = {"session_id": session, "number": 1, "text": text, "digest": digest}
        written = once(SessionNote, id, said, {"signed_at": timezone.now(), "signed_by": by.id})
        announce(act, "dosing_day", session)
        return written.is_new


def amend(*, organization: UUID, by: Actor, id: UUID, session: UUID, words: str) -> bool:
    """Add a signed amendment behind the note. Say whether this call added it.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.amend_note") as act:
        row = store.found(act, session, is_locked=True)
        require_chart(act, row.person_id)
        act.require(Permission.SIGN_SESSION_NOTES, row.site_id)
        if not words.strip():
            raise Refused(_NO_WORDS)
        known = list(SessionNote.objects.filter(session=row).order_by("number"))
        if not known:
            raise Refused(_NOT_SIGNED)
        again = next((one.number for one in known if one.id == id), None)
        text = canonical_text({"amendment": words.strip()})
        said = {
            "session_id": session, "number": again or known[-1].number + 1, "text": text,
            "digest": sha256(text.encode()).hexdigest(),
        }  # fmt: skip
        written = once(SessionNote, id, said, {"signed_at": timezone.now(), "signed_by": by.id})
        announce(act, "dosing_day", session)
        return written.is_new


def signed(session: UUID) -> list[Signed]:
    """Return the note and its amendments, as they were signed."""
    rows = list(SessionNote.objects.filter(session_id=session).order_by("number"))
    names = names_of(row.signed_by for row in rows)
    return [_signed(row, names.get(row.signed_by, "")) for row in rows]


def _signed(row: SessionNote, by: str) -> Signed:
    told = json.loads(row.text)
    passages = tuple(
        WrittenPassage(heading=one["heading"], sentences=tuple(one["sentences"]))
        for one in told.get("passages", ())
    )
    return Signed(
        number=row.number, passages=passages, words=told.get("amendment", ""), at=row.signed_at, by=by
    )  # fmt: skip


def _text(passages: tuple[WrittenPassage, ...]) -> str:
    return canonical_text(
        {"passages": [{"heading": one.heading, "sentences": list(one.sentences)} for one in passages]}
    )


def _clock(at: Instant, time_zone: str) -> str:
    return at.in_zone(time_zone).strftime("%H:%M")
