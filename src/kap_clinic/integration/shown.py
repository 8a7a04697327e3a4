"""A progress note in the words a page shows: sentences, who signed when, what was added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kap.integration.note import sentences_of
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence
from kap_clinic.accounts.shown import day_of, moment_of
from kap_clinic.plans.queries import SessionLine

from .queries import NoteFile


@dataclass(frozen=True, kw_only=True)
class ShownNote:
    """One signed note with what was added to it."""

    id: UUID
    person: UUID
    title: str
    sentences: tuple[Sentence, ...]
    signed: str
    added: tuple[tuple[str, str], ...]
    needs_somebody: bool


def shown_note(file: NoteFile) -> ShownNote:
    """A note as it is read."""
    signed, clock = file.signed, file.time_zone

    def hour(at: Instant) -> str:
        return at.in_zone(clock).strftime("%H:%M")

    day = day_of(signed.note.session.opens_at.at, clock)
    return ShownNote(
        id=file.id,
        person=file.person,
        title=_("{session}, {day}").format(session=file.title, day=day),
        sentences=tuple(sentences_of(signed.note, hour)),
        signed=_signed(file, signed.by, signed.at),
        added=tuple((one.words, _signed(file, one.by, one.at)) for one in signed.amendments),
        needs_somebody=signed.note.risk.needs_somebody_today,
    )


def times_of(line: SessionLine) -> dict[str, Any]:
    """When a session was, or is planned to be, as the note first says it."""
    began, ended = (at.in_zone(line.time_zone) for at in (line.time.opens_at, line.time.closes_at))
    return {"on": began.date(), "began": began.time(), "ended": ended.time()}


def _signed(file: NoteFile, by: str, at: Instant) -> str:
    name = file.name_of(by) or _("a program")
    return _("Signed by {name}, {moment}").format(name=name, moment=moment_of(at.at, file.time_zone))
