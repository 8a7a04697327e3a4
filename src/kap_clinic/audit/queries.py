"""Who did what, whose, when: one page of the trail, newest first; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from kap.people.permissions import Permission
from kap_clinic.accounts.queries import names_of, staff
from kap_clinic.database.actors import MEMBER, PROGRAM
from kap_clinic.database.door import Acting
from kap_clinic.database.trail import REFUSED
from kap_clinic.keys.ring import home
from kap_clinic.organizations.queries import organization, receivers, site_names

from .backups import BackupStanding, standing
from .models import Entry, Seal, SealHead

PAGE = 50
_COLUMNS = (
    "id",
    "recorded_at",
    "action",
    "outcome",
    "actor_id",
    "actor_kind",
    "actor_program",
    "subjects",
    "why",
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which entries are asked for; what is left out does not narrow.

    Shape: ``start`` is included, ``end`` is not; ``actor`` is a member's id, or the beginning of a name.
    """

    start: datetime | None = None
    end: datetime | None = None
    actor: str = ""
    action: str = ""
    subject: UUID | None = None
    refused_only: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry as it is read.

    Missing: ``number`` is None until the sealer has been there; a name is empty where nobody here has it.
    """

    id: UUID
    recorded_at: datetime
    action: str
    outcome: str
    actor: UUID
    actor_kind: str
    actor_name: str
    subjects: tuple[tuple[UUID, str], ...]
    why: str
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class TrailPage:
    """One page of the trail, and the entries from which its neighbors start."""

    lines: list[Line]
    newer: UUID | None = None
    older: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """How far the trail is sealed: the last signed head, and when it was signed."""

    number: int
    at: datetime


def trail(
    act: Acting, asked: Asked, *, before: UUID | None = None, after: UUID | None = None, limit: int = PAGE
) -> TrailPage:
    """Return one page, newest first: entries older than ``before``, or the nearest newer than ``after``."""
    rows = _asked_for(act, asked)
    is_upwards = after is not None and before is None
    start = _place_of(act, after if is_upwards else before)
    if start is not None:
        rows = rows.filter(*(_newer(*start) if is_upwards else _older(*start)))
    order = ("recorded_at", "id") if is_upwards else ("-recorded_at", "-id")
    found = list(rows.order_by(*order).values_list(*_COLUMNS)[: limit + 1])
    has_more, found = len(found) > limit, found[:limit]
    if is_upwards:
        found.reverse()
    has_newer, has_older = (has_more, True) if is_upwards else (start is not None, has_more)
    return TrailPage(
        lines=_lines(act, found),
        newer=found[0][0] if found and has_newer else None,
        older=found[-1][0] if found and has_older else None,
    )


def refusals_about(act: Acting, subject: UUID, why: str, since: datetime) -> int:
    """Count how often something was refused for one reason, concerning one member, since then."""
    rows = Entry.objects.filter(
        organization_id=act.organization, outcome=REFUSED, why=why, subjects__contains=[subject],
        recorded_at__gte=since,
    )  # fmt: skip
    return rows.count()


def sealed(act: Acting) -> Sealed | None:
    """Return how far the trail is sealed; None before the first seal."""
    heads = SealHead.objects.filter(organization_id=act.organization).order_by("-number")
    found = heads.values_list("number", "at").first()
    return found and Sealed(number=found[0], at=datetime.fromisoformat(found[1]))


def backup_standing(act: Acting) -> BackupStanding:
    """Return when the last backup was made and last proven by a drill.

    Raises: Refused.
    """
    act.require(Permission.SEE_BACKUPS)
    return standing(home())


def _asked_for(act: Acting, asked: Asked) -> QuerySet[Entry]:
    rows = Entry.objects.filter(organization_id=act.organization)
    narrowing: dict[str, Any] = {
        "recorded_at__gte": asked.start,
        "recorded_at__lt": asked.end,
        "action": asked.action or None,
        "outcome": REFUSED if asked.refused_only else None,
    }
    rows = rows.filter(**{name: value for name, value in narrowing.items() if value is not None})
    if asked.subject is not None:
        rows = rows.filter(subjects__contains=[asked.subject])
    if asked.actor:
        people = _people_called(act, asked.actor)
        program = Q(actor_kind=PROGRAM, actor_program__startswith=asked.actor.strip().lower())
        rows = rows.filter(Q(actor_id__in=people) | program)
    return rows


def people_to_choose(act: Acting) -> list[tuple[str, str]]:
    """Return the staff, also those who have left, by id and name; the first five hundred."""
    return [(str(line.id), line.name) for line in staff(act, with_left=True, limit=500).lines]


def _people_called(act: Acting, actor: str) -> list[UUID]:
    try:
        return [UUID(actor)]
    except ValueError:
        return [line.id for line in staff(act, search=actor, with_left=True).lines]


def _lines(act: Acting, found: Iterable[tuple[Any, ...]]) -> list[Line]:
    rows = list(found)
    people = {row[4] for row in rows} | {subject for row in rows for subject in row[7]}
    names = _names(act, people) if rows else {}
    numbers = dict(
        Seal.objects.filter(entry_id__in=[row[0] for row in rows]).values_list("entry_id", "number")
    )
    return [replace(_line(row, names), number=numbers.get(row[0])) for row in rows]


def _names(act: Acting, ids: set[UUID]) -> dict[UUID, str]:
    return {act.organization: organization().name, **site_names(), **receivers(ids), **names_of(ids)}


def _line(row: tuple[Any, ...], names: dict[UUID, str]) -> Line:
    id, recorded_at, action, outcome, actor, kind, program, subjects, why = row
    return Line(
        id=id,
        recorded_at=recorded_at,
        action=action,
        outcome=outcome,
        actor=actor,
        actor_kind=kind,
        actor_name=names.get(actor, "") if kind == MEMBER else program,
        subjects=tuple((subject, names.get(subject, "")) for subject in subjects),
        why=why,
    )


def _place_of(act: Acting, entry: UUID | None) -> tuple[datetime, UUID] | None:
    if entry is None:
        return None
    found = Entry.objects.filter(organization_id=act.organization, id=entry)
    return found.values_list("recorded_at", "id").first()


def _older(at: datetime, id: UUID) -> tuple[Q, Q]:
    # The first condition is what the index uses; the second settles entries of one microsecond.
    return Q(recorded_at__lte=at), Q(recorded_at__lt=at) | Q(id__lt=id)


def _newer(at: datetime, id: UUID) -> tuple[Q, Q]:
    return Q(recorded_at__gte=at), Q(recorded_at__gt=at) | Q(id__gt=id)
