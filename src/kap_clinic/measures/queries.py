"""What was asked of a person and what it scored, as plain values; run inside ``acting()``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q

from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting
from kap_clinic.people.access import require_chart

from . import store
from .models import Asked, Occasion, Scored

MOST = 200


@dataclass(frozen=True, kw_only=True)
class SafetyPoint:
    """An answer that was a safety matter: the item, what was answered, and how urgent that is."""

    item: str
    value: str
    level: str


@dataclass(frozen=True, kw_only=True)
class Point:
    """What one form scored: a point of a chart, with all the engine said about it.

    Shape: ``happened_at`` is when the answers were given; ``subscales`` and ``derived`` by name.
    Missing: ``total`` is None where the instrument has none or too little was answered; ``band`` empty then;
    ``rater`` empty where the client answered.
    """

    asked: UUID
    instrument: str
    version: int
    happened_at: datetime
    total: Decimal | None
    band: str
    is_complete: bool
    subscales: Mapping[str, Decimal | None]
    derived: Mapping[str, object]
    safety: tuple[SafetyPoint, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    rater: str = ""
    number: int = 1

    @property
    def key(self) -> str:
        """The instrument in the version it was given under."""
        return f"{self.instrument}@{self.version}"


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


def scores_of(act: Acting, person: UUID, instrument: str) -> tuple[Point, ...]:
    """Return every score of one person under one instrument, the oldest first; corrections applied.

    Missing: an occasion without a score is in ``missed_of``; nothing here stands for it.
    Raises: Refused without access to the chart.
    """
    require_chart(act, person)
    return _points(_scored(act).filter(person_id=person, instrument=instrument))


def all_scores_of(act: Acting, person: UUID) -> tuple[Point, ...]:
    """Return every score of one person under any instrument, the oldest first; corrections applied.

    Raises: Refused without access to the chart.
    """
    require_chart(act, person)
    return _points(_scored(act).filter(person_id=person))


def newest_scores(act: Acting, people: Iterable[UUID], instrument: str) -> dict[UUID, Point]:
    """Return the newest score of each of these people under one instrument, with one query for all of them.

    Missing: who has no score is not in it. Whoever calls has checked that these charts are open to them.
    """
    found: dict[UUID, Point] = {}
    rows = list(_scored(act).filter(person_id__in=set(people), instrument=instrument))
    for row, point in zip(_standing(rows), _points(rows), strict=True):
        found[row.person_id] = point
    return found


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


def doses_of(act: Acting, person: UUID) -> tuple[datetime, ...]:
    """Return when this person is or was dosed, as the occasions forms are anchored to tell it."""
    rows = Occasion.objects.filter(
        person_id=person, kind="dose", called_off_at__isnull=True, organization_id=act.organization
    )
    return tuple(rows.order_by("happens_at").values_list("happens_at", flat=True))


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


def _scored(act: Acting) -> Any:
    return Scored.objects.filter(organization_id=act.organization).order_by(
        "happened_at", "asked_id", "number"
    )


def _standing(rows: Iterable[Any]) -> list[Any]:
    """Of each form the score that counts: the one with the highest number."""
    return list({row.asked_id: row for row in rows}.values())


def _points(rows: Iterable[Any]) -> tuple[Point, ...]:
    kept = _standing(rows)
    names = names_of(row.rater for row in kept if row.rater)
    return tuple(_point(row, json.loads(row.result, parse_float=Decimal), names) for row in kept)


def _point(row: Any, said: Mapping[str, Any], names: Mapping[UUID, str]) -> Point:
    return Point(
        asked=row.asked_id, instrument=row.instrument, version=row.version, happened_at=row.happened_at,
        total=row.total, band=row.band, is_complete=row.is_complete,
        subscales={name: _decimal(value) for name, value in said["subscales"].items()},
        derived=said["derived"], missing=tuple(said["missing"]), notes=tuple(said["notes"]),
        safety=tuple(
            SafetyPoint(item=one["item"], value=str(one["value"]), level=one["level"])
            for one in said["safety"]
        ),
        rater=names.get(row.rater, ""), number=row.number,
    )  # fmt: skip


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
