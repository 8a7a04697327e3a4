"""What was asked of a person, by which links and schedules, as plain values; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from kap_clinic.database.door import Acting
from kap_clinic.people.access import require_chart

from . import store
from .models import Asked, Followed, FormLink

MOST = 200


@dataclass(frozen=True, kw_only=True)
class AskedForm:
    """A form that was asked: how it is filled in, by when, how far it is, and how it ended.

    Missing: ``ended`` is empty while it is open, ``ended_at`` None with it.
    """

    id: UUID
    person: UUID
    person_name: str
    instrument: str
    version: int
    filled_by: str
    language: str
    link: UUID | None
    opens_at: datetime
    due_at: datetime
    expires_at: datetime
    asked_at: datetime
    ended: str
    ended_at: datetime | None
    is_settled: bool
    answered: int = 0


@dataclass(frozen=True, kw_only=True)
class LinkFacts:
    """A link that was given to a client; ``state`` is open, finished, withdrawn or over."""

    id: UUID
    language: str
    made_at: datetime
    expires_at: datetime
    state: str


@dataclass(frozen=True, kw_only=True)
class FollowedSchedule:
    """The schedule somebody follows, since when, and where they are."""

    id: UUID
    schedule: str
    starts_on: date
    time_zone: str


def asked_of(act: Acting, person: UUID) -> tuple[AskedForm, ...]:
    """Return everything that was asked of one person, the newest first.

    Raises: Refused without access to the chart.
    """
    require_chart(act, person)
    rows = _lined(act).filter(person_id=person).order_by("-asked_at", "-id")[:MOST]
    return _forms(act, rows)


def missed_of(act: Acting, person: UUID, instrument: str) -> tuple[AskedForm, ...]:
    """Return the forms of one instrument that this person was asked and did not answer, the oldest first.

    Raises: Refused without access to the chart.
    """
    require_chart(act, person)
    rows = _lined(act).filter(person_id=person, instrument=instrument, ended=store.MISSED)
    return _forms(act, rows.order_by("due_at", "id"))


def form(act: Acting, asked: UUID) -> AskedForm | None:
    """Return one form that was asked; None for any other id.

    Raises: Refused without access to the chart.
    """
    row = _lined(act).filter(id=asked).first()
    if row is None:
        return None
    require_chart(act, row.person_id)
    return _forms(act, [row])[0]


def waiting(act: Acting, at: datetime) -> tuple[AskedForm, ...]:
    """Return what waits for staff at the sites of whoever asks, what is due first first.

    Shape: forms that were missed or ended in part and nobody has seen to, and those to be filled in here.
    """
    rows = _lined(act).filter(
        Q(ended__in=(store.MISSED, store.PARTIAL), settled_at__isnull=True)
        | Q(ended="", filled_by__in=("staff", "rater"), opens_at__lte=at)
    )
    if act.standing.sites is not None:
        rows = rows.filter(Q(person__site__isnull=True) | Q(person__site__in=act.standing.sites))
    return _forms(act, rows.order_by("due_at", "id")[:MOST])


def links_of(act: Acting, person: UUID, at: datetime) -> tuple[LinkFacts, ...]:
    """Return the links that were given to one person, the newest first."""
    rows = FormLink.objects.filter(person_id=person, organization_id=act.organization)
    kept = list(rows.order_by("-made_at", "-id")[:MOST])
    forms = Asked.objects.filter(link__in=kept, ended="", organization_id=act.organization)
    is_open = set(forms.values_list("link_id", flat=True))
    return tuple(
        LinkFacts(
            id=row.id, language=row.language, made_at=row.made_at, expires_at=row.expires_at,
            state=_state(row, at, is_open=row.id in is_open),
        )
        for row in kept
    )  # fmt: skip


def followed_by(act: Acting, person: UUID) -> FollowedSchedule | None:
    """Return the schedule one person follows now; None where there is none."""
    row = Followed.objects.filter(person_id=person, stopped_at=None, organization_id=act.organization).first()
    if row is None:
        return None
    return FollowedSchedule(
        id=row.id, schedule=row.schedule, starts_on=row.starts_on, time_zone=row.time_zone
    )


def _lined(act: Acting) -> Any:
    return Asked.objects.filter(organization_id=act.organization).select_related("person")


def _forms(act: Acting, rows: Iterable[Any]) -> tuple[AskedForm, ...]:
    kept = list(rows)
    answered = store.answers_of(act, [row.id for row in kept])
    return tuple(
        AskedForm(
            id=row.id, person=row.person_id, person_name=row.person.name, instrument=row.instrument,
            version=row.version, filled_by=row.filled_by, language=row.language, link=row.link_id,
            opens_at=row.opens_at, due_at=row.due_at, expires_at=row.expires_at, asked_at=row.asked_at,
            ended=row.ended, ended_at=row.ended_at, is_settled=row.settled_at is not None,
            answered=sum(bool(one.value) for one in answered.get(row.id, {}).values()),
        )
        for row in kept
    )  # fmt: skip


def _state(row: FormLink, at: datetime, *, is_open: bool) -> str:
    if row.withdrawn_at:
        return "withdrawn"
    if not is_open:
        return "finished"
    return "over" if row.expires_at <= at else "open"
