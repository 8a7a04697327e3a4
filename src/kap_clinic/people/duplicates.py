"""Who may already have a chart: same name, same birth date with a like name, or a known identifier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID, uuid5

from django.db.models import Q

from kap_clinic.accounts.names import sort_name_of
from kap_clinic.database.door import Acting

from .models import ExternalIdentifier, Person

# A slip of one or two letters in a name of usual length stays above; the birth date must agree as well.
_ALIKE = 0.8
_A_DAY = len("1980-05-17")


@dataclass(frozen=True, kw_only=True)
class PossibleDuplicate:
    """A chart that may be about the same person, and why one thinks so.

    Shape: ``why`` is identifier, name-and-birth, name or birth-and-like-name; ``is_certain`` when another
    system's own identifier, the birth date and the name agree.
    """

    person: UUID
    name: str
    birth: str
    stage: str
    why: str
    is_certain: bool = False


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Somebody for whom a chart is sought."""

    name: str
    birth: str = ""
    identifiers: tuple[tuple[str, str, str], ...] = ()


def external_id(organization: UUID, system: str, kind: str, value: str) -> UUID:
    """Return the id under which another system's name for somebody is kept here."""
    return uuid5(organization, "\n".join((system, kind, value)))


def possible_duplicates(act: Acting, sought: Iterable[Sought]) -> list[list[PossibleDuplicate]]:
    """Return for each the charts that may be theirs, the likeliest first; two queries for all of them."""
    people = list(sought)
    known = _by_identifier(act, people)
    names = {sort_name_of(one.name) for one in people}
    births = {one.birth for one in people if len(one.birth) == _A_DAY}
    asked = Q(sort_name__in=names) | Q(birth__in=births) | Q(id__in=set(known.values()))
    rows = list(Person.objects.filter(asked, organization_id=act.organization).order_by("sort_name", "id"))
    return [_of(act, one, rows, known) for one in people]


def _by_identifier(act: Acting, people: list[Sought]) -> dict[UUID, UUID]:
    ids = {external_id(act.organization, *one) for sought in people for one in sought.identifiers}
    found = ExternalIdentifier.objects.filter(id__in=ids, organization_id=act.organization)
    return dict(found.values_list("id", "person_id"))


def _of(act: Acting, sought: Sought, rows: list[Person], known: dict[UUID, UUID]) -> list[PossibleDuplicate]:
    theirs = {known.get(external_id(act.organization, *one)) for one in sought.identifiers}
    found = [(_why(sought, row, row.id in theirs), row) for row in rows]
    order = ("identifier", "name-and-birth", "birth-and-like-name", "name")
    return sorted(
        (
            PossibleDuplicate(
                person=row.id, name=row.name, birth=row.birth, stage=row.stage, why=why,
                is_certain=why == "identifier" and _is_surely(sought, row),
            )
            for why, row in found if why
        ),
        key=lambda one: order.index(one.why),
    )  # fmt: skip


def _why(sought: Sought, row: Person, is_identified: bool) -> str:
    if is_identified:
        return "identifier"
    name = sort_name_of(sought.name)
    if row.sort_name == name:
        return "name-and-birth" if _agree(sought.birth, row.birth) else "name"
    if len(sought.birth) == _A_DAY and sought.birth == row.birth and _are_alike(name, row.sort_name):
        return "birth-and-like-name"
    return ""


def _is_surely(sought: Sought, row: Person) -> bool:
    is_same_day = len(sought.birth) == _A_DAY and sought.birth == row.birth
    return is_same_day and _are_alike(sort_name_of(sought.name), row.sort_name)


def _agree(one: str, other: str) -> bool:
    # A part of a date agrees with every day in it; an unknown one with every date.
    return one.startswith(other) or other.startswith(one)


def _are_alike(one: str, other: str) -> bool:
    if set(one.split()) & set(other.split()):
        return True
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
