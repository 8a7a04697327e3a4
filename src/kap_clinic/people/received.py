"""Files that were received, as plain values: what was understood, what was kept and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Q

from kap.vocabulary.sentences import Sentence, placeholders_of
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting

from .importing import Received, receive_file
from .listing import MOST_SHOWN, PersonLine, line_of
from .models import ExternalIdentifier, Import, Person, RecordedFact, Unread
from .queries import sentence_in


@dataclass(frozen=True, kw_only=True)
class ImportLine:
    """One file that was received, and what became of it."""

    id: UUID
    source: str
    form: str
    people: int
    resources: int
    understood: int
    facts: int
    unread: int
    unused: Mapping[str, int]
    received_at: datetime
    received_by: str
    written_at: datetime | None
    discarded_at: datetime | None
    because: str


@dataclass(frozen=True, kw_only=True)
class NotRead:
    """One reason why parts of a file were not understood, with a place where and how often."""

    why: Sentence
    place: str
    count: int


def take_in(organization: UUID, content: bytes, source: str) -> tuple[Received, ImportLine]:
    """Take a file in for the command line; return what became of it and its counts.

    Missing: without a source the file is its own, and replaces nothing that another one said.

    Raises: Refused; InputError when the file cannot be read.
    """
    by = Actor.program("command line")
    source = source.strip() or f"file {sha256(content).hexdigest()[:12]}"
    done = receive_file(organization=organization, by=by, content=content, source=source)
    with acting(organization, by, "people.see_import") as act:
        line = received(act, done.id)
    assert line is not None
    return done, line


def imports(act: Acting, person: UUID | None = None) -> list[ImportLine]:
    """Return the files received, or those that told of one person, the newest first."""
    rows = Import.objects.defer("file_sealed").filter(organization_id=act.organization)
    if person is not None:
        named = ExternalIdentifier.objects.filter(person_id=person).values("brought_by")
        told = RecordedFact.objects.filter(person_id=person, organization_id=act.organization)
        rows = rows.filter(Q(id__in=named) | Q(id__in=told.values("brought_by")))
    return _lines(rows.order_by("-received_at", "-id")[:MOST_SHOWN])


def received(act: Acting, id: UUID) -> ImportLine | None:
    """Return one file that was received; None for any other id."""
    rows = Import.objects.defer("file_sealed").filter(id=id, organization_id=act.organization)
    return next(iter(_lines(rows)), None)


def people_in(act: Acting, id: UUID) -> list[PersonLine]:
    """Return whose charts a file told of."""
    named = ExternalIdentifier.objects.filter(brought_by=id).values("person")
    told = RecordedFact.objects.filter(brought_by=id, organization_id=act.organization).values("person")
    rows = Person.objects.filter(Q(id__in=named) | Q(id__in=told), organization_id=act.organization)
    return [line_of(row) for row in rows.order_by("sort_name", "id")[:MOST_SHOWN]]


def not_read(act: Acting, id: UUID) -> list[NotRead]:
    """Return why parts of a file were not understood, the most frequent reason first.

    What the record itself said is left out: it belongs to the chart, and to those who may read it.
    """
    rows = Unread.objects.filter(brought_by=id, organization_id=act.organization)
    places: dict[str, list[str]] = {}
    for why, place in rows.order_by("recorded_at", "id").values_list("why", "came_from"):
        places.setdefault(sentence_in(why).template, []).append(place)
    found = [NotRead(why=_without_values(why), place=at[0], count=len(at)) for why, at in places.items()]
    return sorted(found, key=lambda one: -one.count)


def _without_values(template: str) -> Sentence:
    return Sentence(template, dict.fromkeys(placeholders_of(template), "[…]"))


def _lines(rows: Iterable[Import]) -> list[ImportLine]:
    found = list(rows)
    names = names_of(row.received_by for row in found)
    return [
        ImportLine(
            id=row.id, source=row.source, form=row.form, people=row.people, resources=row.resources,
            understood=row.understood, facts=row.facts, unread=row.unread,
            unused=json.loads(row.unused or "{}"), received_at=row.received_at,
            received_by=names.get(row.received_by, ""), written_at=row.written_at,
            discarded_at=row.discarded_at, because=row.because,
        )
        for row in found
    ]  # fmt: skip
