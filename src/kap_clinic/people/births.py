"""The birth date of a chart: refined by a record that knows more, never overwritten by one that differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting

from .access import person_in
from .actions import add_change, birth_said
from .models import Person, PersonChange
from .stored_facts import read_moment

BIRTH, DIFFERS = "birth", "birth-differs"

_WHY = sentence("Say how you know, for example: seen on the passport.")
_EMPTY = sentence("Write the birth date that is right.")


@dataclass(frozen=True, kw_only=True)
class BirthConflict:
    """A record gave another birth date than the chart, and nobody has said which is right."""

    birth: str
    source: str

    @property
    def words(self) -> str:
        """The other birth date as it is read."""
        return born_in_words(self.birth)


def born_in_words(birth: str) -> str:
    """Write a birth date as it is read, in one piece; a part of one as it was given."""
    born = read_moment(birth)
    words = date_format(born, "j M Y") if isinstance(born, date) else birth
    return words.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}")


def compare_birth(act: Acting, person: UUID, told: str, source: str) -> None:
    """Take a birth date that says more than the chart's; keep one that differs for somebody to settle."""
    row = Person.objects.get(id=person, organization_id=act.organization)
    if not told or row.birth.startswith(told):
        return
    if told.startswith(row.birth):
        _write(act, row, told, source)
    elif conflict_of(act, person) != BirthConflict(birth=told, source=source):
        add_change(act, person, DIFFERS, told, source)


def settle_birth(*, organization: UUID, by: Actor, person: UUID, birth: str, because: str) -> None:
    """Say which birth date is right, and how one knows; what records said stays in them.

    Raises: Refused.
    """
    with acting(organization, by, "people.settle_birth") as act:
        row = person_in(act, person)
        act.require(Permission.OPEN_CHARTS, row.site_id)
        said = birth_said(birth)
        if not said:
            raise Refused(_EMPTY)
        if not because.strip():
            raise Refused(_WHY)
        _write(act, row, said, because.strip())


def conflict_of(act: Acting, person: UUID) -> BirthConflict | None:
    """Return the birth date that waits to be settled; None where none does."""
    rows = PersonChange.objects.filter(
        person_id=person, organization_id=act.organization, kind__in=(BIRTH, DIFFERS)
    )
    newest = rows.order_by("-changed_at", "-id").first()
    if newest is None or newest.kind == BIRTH:
        return None
    return BirthConflict(birth=newest.value, source=newest.because)


def _write(act: Acting, row: Person, birth: str, because: str) -> None:
    Person.objects.filter(id=row.id, organization_id=act.organization).update(birth=birth)
    add_change(act, row.id, BIRTH, birth, because)
