"""Lists of people and enquiries as plain values; names and stages only, nothing of a chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from kap_clinic.accounts.names import LAST, fold
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting

from .contacts import Contact
from .enquiries import Said, contact_of, said_in
from .journey import ENQUIRY, LOST
from .models import Enquiry, NameWord, Person, PersonChange

PAGE = 50
MOST_SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """One person in a list."""

    id: UUID
    name: str
    birth: str
    stage: str
    site: UUID | None
    opened_at: datetime


@dataclass(frozen=True)
class PeoplePage:
    """One page of the list, with the people from whom the pages around it start."""

    lines: list[PersonLine]
    before: UUID | None = None
    after: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class EnquiryLine:
    """One enquiry in the pipeline."""

    id: UUID
    name: str
    came_by: str
    stage: str
    because: str
    asked_at: datetime


@dataclass(frozen=True, kw_only=True)
class LostLine:
    """Somebody who was lost after a chart was opened: at which stage, and why."""

    line: PersonLine
    at_stage: str
    because: str


@dataclass(frozen=True, kw_only=True)
class EnquiryFacts:
    """One enquiry with what was said, opened only for its page."""

    line: EnquiryLine
    birth: str
    language: str
    heard: str
    contact: Contact
    said: Said
    person: UUID | None
    taken_by: str


@dataclass(frozen=True, kw_only=True)
class ChartChange:
    """One entry of a chart's own history."""

    kind: str
    value: str
    because: str
    at: datetime
    by: str


def people(
    act: Acting, *, search: str = "", after: UUID | None = None, before: UUID | None = None, limit: int = PAGE
) -> PeoplePage:
    """Return one page of people by name; each word searched for begins a word of the name.

    Missing: an unknown ``after`` or ``before`` starts at the beginning.
    """
    backwards = before is not None and after is None
    ours = Person.objects.filter(organization_id=act.organization)
    asked = before if backwards else after
    start = ours.filter(id=asked).values_list("sort_name", "id").first() if asked else None
    rows = ours.filter(*_found_by(act, search))
    if start is not None:
        name, id = start
        # The first condition is what the index uses; the second settles people of the same name.
        rows = (
            rows.filter(Q(sort_name__lte=name), Q(sort_name__lt=name) | Q(id__lt=id))
            if backwards
            else rows.filter(Q(sort_name__gte=name), Q(sort_name__gt=name) | Q(id__gt=id))
        )
    rows = rows.order_by("-sort_name", "-id") if backwards else rows.order_by("sort_name", "id")
    lines = [line_of(row) for row in rows[: limit + 1]]
    more, lines = len(lines) > limit, lines[:limit]
    if backwards:
        lines.reverse()
    if not lines:
        return PeoplePage([])
    has_before, has_after = (more, True) if backwards else (start is not None, more)
    return PeoplePage(
        lines, before=lines[0].id if has_before else None, after=lines[-1].id if has_after else None
    )


def people_at(act: Acting, stage: str) -> list[PersonLine]:
    """Return who stands at one stage, the longest waiting first."""
    rows = Person.objects.filter(organization_id=act.organization, stage=stage)
    return [line_of(row) for row in rows.order_by("opened_at", "id")[:MOST_SHOWN]]


def lost_people(act: Acting) -> list[LostLine]:
    """Return who was lost after a chart was opened, the newest first: at which stage, and why."""
    lost = Person.objects.filter(organization_id=act.organization, stage=LOST)
    rows = {row.id: row for row in lost.order_by("-opened_at", "-id")[:MOST_SHOWN]}
    told: dict[UUID, list[PersonChange]] = {}
    moved = PersonChange.objects.filter(person_id__in=rows, kind__in=("opened", "stage"))
    for change in moved.order_by("-changed_at", "-id"):
        told.setdefault(change.person_id, []).append(change)
    return [
        LostLine(
            line=line_of(row),
            at_stage=next((one.value for one in told.get(id, ()) if one.value != LOST), ""),
            because=next((one.because for one in told.get(id, ()) if one.value == LOST), ""),
        )
        for id, row in rows.items()
    ]


def enquiries(act: Acting, stage: str) -> list[EnquiryLine]:
    """Return the enquiries that wait, or were lost: those the longest waiting, these the newest first."""
    rows = Enquiry.objects.filter(organization_id=act.organization, stage=stage, person__isnull=True)
    order = ("-changed_at", "-id") if stage == LOST else ("asked_at", "id")
    return [_enquiry(row) for row in rows.order_by(*order)[:MOST_SHOWN]]


def stage_counts(act: Acting) -> dict[str, int]:
    """Return how many stand at each stage, enquiries without a chart included."""
    charts = Person.objects.filter(organization_id=act.organization)
    counts = dict(charts.values_list("stage").annotate(Count("id")).order_by())
    asked = Enquiry.objects.filter(organization_id=act.organization, person__isnull=True)
    for stage, count in asked.values_list("stage").annotate(Count("id")).order_by():
        counts[stage] = counts.get(stage, 0) + count
    return {ENQUIRY: 0, **counts}


def enquiry(act: Acting, id: UUID) -> EnquiryFacts | None:
    """Return one enquiry with what was said; None for any other id."""
    row = Enquiry.objects.filter(id=id, organization_id=act.organization).first()
    if row is None:
        return None
    return EnquiryFacts(
        line=_enquiry(row), birth=row.birth, language=row.language, heard=row.heard,
        contact=contact_of(act, row), said=said_in(act, row), person=row.person_id,
        taken_by=names_of([row.asked_by]).get(row.asked_by, ""),
    )  # fmt: skip


def changes(act: Acting, person: UUID) -> list[ChartChange]:
    """Return a chart's own history, the newest first."""
    rows = list(PersonChange.objects.filter(person_id=person).order_by("-changed_at", "-id")[:200])
    names = names_of(row.changed_by for row in rows)
    return [
        ChartChange(
            kind=row.kind, value=row.value, because=row.because, at=row.changed_at,
            by=names.get(row.changed_by, ""),
        )
        for row in rows
    ]  # fmt: skip


def _found_by(act: Acting, search: str) -> list[Q]:
    # Comparisons that leak nothing, so that row-level security lets them use the index; ILIKE would not.
    return [
        Q(id__in=NameWord.objects.filter(
            organization_id=act.organization, word__gte=word, word__lt=word + LAST
        ).values("person_id"))
        for word in fold(search).split()
    ]  # fmt: skip


def line_of(row: Person) -> PersonLine:
    return PersonLine(
        id=row.id, name=row.name, birth=row.birth, stage=row.stage, site=row.site_id, opened_at=row.opened_at
    )


def _enquiry(row: Enquiry) -> EnquiryLine:
    return EnquiryLine(
        id=row.id, name=row.name, came_by=row.came_by, stage=row.stage, because=row.because,
        asked_at=row.asked_at,
    )  # fmt: skip
