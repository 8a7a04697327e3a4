"""Schedules that clients follow, and the doses forms are anchored to: begun, moved, stopped, called off."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from kap.instruments.loading_schedules import schedule, schedule_ids
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap.vocabulary.zones import zone_names
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.people.access import person_in

from . import store
from .models import Asked, Followed, Occasion
from .rounds import DOSE, forms_of, id_of

_NO_SCHEDULE = sentence("There is no such schedule. Choose one from the list.")
_FOLLOWS = sentence("This client follows a schedule already. Stop it before beginning another.")
_NO_ZONE = sentence("Give the time zone where the client is, such as America/Denver.")
_NOT_FOLLOWED = sentence("There is no such schedule of this client.")


def follow(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, schedule_id: str, starts_on: date,
    time_zone: str,
) -> bool:  # fmt: skip
    """Let one client follow a schedule from a local day on; its forms are asked in their time.

    Raises: Refused.
    """
    with acting(organization, by, "measures.follow") as act:
        act.require(Permission.ASK_MEASURES, person_in(act, person).site_id)
        act.about(id)
        if schedule_id not in schedule_ids():
            raise Refused(_NO_SCHEDULE)
        if time_zone not in zone_names():
            raise Refused(_NO_ZONE)
        running = Followed.objects.filter(person_id=person, stopped_at=None, organization_id=act.organization)
        if running.exclude(id=id).exists():
            raise Refused(_FOLLOWS)
        said = {
            "person_id": person, "schedule": schedule(schedule_id).key, "starts_on": starts_on,
            "time_zone": time_zone,
        }  # fmt: skip
        written = once(Followed, id, said, {"begun_at": timezone.now(), "begun_by": by.id})
        announce(act, "measures", person)
        return written.is_new


def stop_following(*, organization: UUID, by: Actor, id: UUID) -> None:
    """Stop a schedule; what was asked already stays asked.

    Raises: Refused.
    """
    with acting(organization, by, "measures.stop_following") as act:
        found = Followed.objects.select_for_update().filter(id=id, organization_id=act.organization).first()
        if found is None:
            raise Refused(_NOT_FOLLOWED)
        act.require(Permission.ASK_MEASURES, person_in(act, found.person_id).site_id)
        act.about(id)
        if found.stopped_at is None:
            found.stopped_at, found.stopped_by = timezone.now(), by.id
            found.save()
            announce(act, "measures", found.person_id)


def note_dose(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, happens_at: datetime, time_zone: str
) -> None:
    """Say when a dose is or was; forms anchored to it that nobody has begun move with it.

    Shape: ``id`` is the id of the dose itself; the same dose said again with another time has moved.
    Whoever may plan or give the dose may say so: no further permission is asked for.
    """
    with acting(organization, by, "measures.note_dose") as act:
        person_in(act, person)
        act.about(id)
        said = {"person_id": person, "kind": DOSE}
        noted = {"happens_at": happens_at, "time_zone": time_zone}
        row = once(Occasion, id, said, noted).row
        if (row.happens_at, row.time_zone, row.called_off_at) != (happens_at, time_zone, None):
            row.happens_at, row.time_zone, row.called_off_at = happens_at, time_zone, None
            row.save()
        _move(act, id, person)
        announce(act, "measures", person)


def call_off_dose(*, organization: UUID, by: Actor, id: UUID) -> None:
    """Say that a dose will not be given; forms anchored to it that nobody has begun are taken back."""
    with acting(organization, by, "measures.call_off_dose") as act:
        row = Occasion.objects.select_for_update().filter(id=id, organization_id=act.organization).first()
        if row is None or row.called_off_at is not None:
            return
        act.about(id, row.person_id)
        row.called_off_at = timezone.now()
        row.save()
        for asked in _untouched(act, id):
            asked.ended, asked.ended_at, asked.ended_by = store.WITHDRAWN, timezone.now(), by.id
            asked.save()
        announce(act, "measures", row.person_id)


def _untouched(act: Acting, occasion: UUID) -> list[Asked]:
    """The open forms anchored to an occasion that hold no answer yet, locked."""
    rows = Asked.objects.select_for_update().filter(
        anchored_to=occasion, ended="", organization_id=act.organization
    )
    kept = list(rows.order_by("id"))
    answered = store.answers_of(act, [row.id for row in kept])
    return [row for row in kept if row.id not in answered]


def _move(act: Acting, occasion: UUID, person: UUID) -> None:
    followed = Followed.objects.filter(person_id=person, stopped_at=None, organization_id=act.organization)
    for row in followed:
        due = {id_of(row, form): form for form in forms_of(act, row)}
        for asked in _untouched(act, occasion):
            form = due.get(asked.id)
            if form is not None:
                asked.opens_at, asked.due_at = form.opens_at.at, form.due_at.at
                asked.expires_at = form.closes_at.at
                asked.save()
