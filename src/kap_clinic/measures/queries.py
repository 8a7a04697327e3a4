"""What a person's forms scored, as plain values; run inside ``acting()``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting
from kap_clinic.people.access import require_chart

from .models import Occasion, Scored


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


def doses_of(act: Acting, person: UUID) -> tuple[datetime, ...]:
    """Return when this person is or was dosed, as the occasions forms are anchored to tell it."""
    rows = Occasion.objects.filter(
        person_id=person, kind="dose", called_off_at__isnull=True, organization_id=act.organization
    )
    return tuple(rows.order_by("happens_at").values_list("happens_at", flat=True))


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
