"""What is known of one person, as plain values; run inside ``acting()``, with access to the chart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max

from kap.screening.record import NotUnderstood, PersonRecord
from kap.vocabulary.facts import Fact
from kap.vocabulary.partial_dates import PartialDate
from kap.vocabulary.sentences import Sentence
from kap_clinic.database.door import Acting

from .access import may_see, require_chart
from .models import Person, RecordedFact, Unread
from .stored_facts import fact_in, read_moment

# Of one source's place, what was recorded last stands: a newer export of a record replaces the older one.
_STANDING = """
    SELECT * FROM (
        SELECT f.*, max(recorded_at) OVER (PARTITION BY source, place) AS newest
        FROM people_recordedfact f WHERE person_id = %s AND organization_id = %s
    ) known WHERE recorded_at = newest AND value <> '' ORDER BY recorded_at, id
"""


@dataclass(frozen=True, kw_only=True)
class KnownFact:
    """A fact that stands in a chart, with where it came from and who recorded it when."""

    id: UUID
    fact: Fact
    source: str
    recorded_at: datetime
    recorded_by: UUID


@dataclass(frozen=True, kw_only=True)
class ChartHeader:
    """What stands above every page of one chart.

    Missing: ``birth`` is None and words are empty where nobody said; ``site`` None is the whole organization.
    """

    id: UUID
    name: str
    birth: date | PartialDate | None
    sex: str
    pronouns: str
    language: str
    stage: str
    site: UUID | None

    def age_on(self, day: date) -> int | None:
        """Return the age in whole years; None where the birth date is not known to the day."""
        born = self.birth
        if not isinstance(born, date):
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def header_of(act: Acting, person: UUID) -> ChartHeader:
    """Return what stands above the pages of a chart.

    Raises: Refused without access to it.
    """
    return header_in(require_chart(act, person))


def header_in(row: Person) -> ChartHeader:
    """Return the header of a chart that was opened."""
    born = read_moment(row.birth)
    assert born is None or isinstance(born, date | PartialDate)
    return ChartHeader(
        id=row.id, name=row.name, birth=born, sex=row.sex, pronouns=row.pronouns, language=row.language,
        stage=row.stage, site=row.site_id,
    )  # fmt: skip


def record_of(act: Acting, person: UUID) -> PersonRecord:
    """Return everything that stands about one person, as a screening takes it.

    Raises: Refused without access to the chart.
    """
    facts = tuple(known.fact for known in facts_of(act, person))
    return PersonRecord(str(person), facts, tuple(not_understood(act, person)))


def facts_of(act: Acting, person: UUID) -> list[KnownFact]:
    """Return the facts that stand, in the order they were recorded.

    Raises: Refused without access to the chart.
    """
    require_chart(act, person)
    return known_facts(act.organization, person)


def known_facts(organization: UUID, person: UUID) -> list[KnownFact]:
    """Return the facts of an organization's chart; who may read it was asked before."""
    rows = RecordedFact.objects.raw(_STANDING, [person, organization])
    return [
        KnownFact(
            id=row.id, fact=fact_in(row), source=row.source, recorded_at=row.recorded_at,
            recorded_by=row.recorded_by,
        )
        for row in rows
    ]  # fmt: skip


def not_understood(act: Acting, person: UUID) -> list[NotUnderstood]:
    """Return what of a person's records became no fact, each place once, by its newest reading.

    Raises: Refused without access to the chart.
    """
    require_chart(act, person)
    return known_unread(act.organization, person)


def known_unread(organization: UUID, person: UUID) -> list[NotUnderstood]:
    """Return what became no fact in an organization's chart; who may read it was asked before."""
    rows = Unread.objects.filter(person_id=person, organization_id=organization)
    kept = list(rows.order_by("recorded_at", "id"))
    newest = _newest_facts(organization, person) if kept else {}
    for row in kept:
        newest[row.source, row.place] = max(
            row.recorded_at, newest.get((row.source, row.place), row.recorded_at)
        )
    return [
        NotUnderstood(row.came_from, sentence_in(row.why))
        for row in kept
        if row.recorded_at == newest[row.source, row.place]
    ]


def _newest_facts(organization: UUID, person: UUID) -> dict[tuple[str, str], datetime]:
    # What became a fact later was understood at last.
    rows = RecordedFact.objects.filter(person_id=person, organization_id=organization)
    places = rows.values_list("source", "place").annotate(Max("recorded_at")).order_by()
    return {(source, place): at for source, place, at in places}


def sentence_in(text: str) -> Sentence:
    """Read a kept reason back, so that it can still be said in any language."""
    template, values = json.loads(text)
    return Sentence(template, values)


def may_see_facts(act: Acting, person: UUID) -> bool:
    """Say whether the facts of this chart are open to the actor now."""
    row = Person.objects.filter(id=person, organization_id=act.organization).first()
    return row is not None and may_see(act, row)


def standing_places(act: Acting, person: UUID, source: str) -> set[str]:
    """Return the places of one source that facts of this chart stand on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT place FROM people_recordedfact "
            "WHERE person_id = %s AND organization_id = %s AND source = %s",
            [person, act.organization, source],
        )
        return {place for (place,) in cursor.fetchall()}
