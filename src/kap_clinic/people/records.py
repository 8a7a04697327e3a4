"""What stands about many people at once, for lists that must not ask the database once a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from kap.people.permissions import Permission
from kap.screening.record import PersonRecord
from kap.vocabulary.facts import Fact
from kap.vocabulary.partial_dates import PartialDate
from kap_clinic.database.door import Acting

from .listing import PersonLine, people_at
from .models import RecordedFact
from .stored_facts import fact_in, read_moment

# Of one source's place, what was recorded last stands: a newer export of a record replaces the older one.
_STANDING = """
    SELECT * FROM (
        SELECT f.*, max(recorded_at) OVER (PARTITION BY person_id, source, place) AS newest
        FROM people_recordedfact f WHERE person_id = ANY(%s) AND organization_id = %s
    ) known WHERE recorded_at = newest AND value <> '' ORDER BY recorded_at, id
"""


def charts_at(act: Acting, stage: str) -> list[PersonLine]:
    """Return who stands at one stage and whose chart is open to this actor by role and site."""
    return [line for line in people_at(act, stage) if act.standing.permits(Permission.SEE_CHART, line.site)]


def records_of(act: Acting, lines: Iterable[PersonLine]) -> dict[UUID, PersonRecord]:
    """Return the records of people whose charts ``charts_at`` gave."""
    asked = {line.id: line for line in lines}
    facts: dict[UUID, list[Fact]] = {person: [] for person in asked}
    for row in RecordedFact.objects.raw(_STANDING, [list(asked), act.organization]):
        facts[row.person_id].append(fact_in(row))
    return {person: PersonRecord(str(person), tuple(known)) for person, known in facts.items()}


def birth_of(line: PersonLine) -> date | PartialDate | None:
    """Return the birth date as it was given, whole or in part; None where nobody gave one."""
    born = read_moment(line.birth)
    assert born is None or isinstance(born, date | PartialDate)
    return born
