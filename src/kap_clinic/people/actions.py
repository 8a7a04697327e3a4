"""What is done to a chart: opened, moved on, facts added; each verb loads, decides, writes and audits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.utils import timezone

from kap.people.permissions import Permission
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.facts import Fact
from kap.vocabulary.partial_dates import PartialDate
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.names import sort_name_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.identity import new_id
from kap_clinic.database.once import once
from kap_clinic.organizations.queries import site_names

from . import store
from .access import person_in, require_chart
from .contacts import Contact, seal_contact
from .journey import LOST, REFERRAL, STAGES
from .models import Person, PersonChange
from .store import Origin
from .stored_facts import read_moment

CLINIC = "this clinic"

_NAMELESS = sentence("A chart needs a name.")
_NO_BIRTH = sentence("Write the birth date like 1980-05-17, or 1980-05 or 1980 where that is all you know.")
_NO_SITE = sentence("One of these sites is not a site of this organization. Choose from the list.")
_NO_STAGE = sentence("A person is moved on to one of the stages of the journey.")
_WHY_LOST = sentence("Say why this person was lost, so that the next one is not.")


def open_chart(
    *, organization: UUID, by: Actor, id: UUID, name: str, birth: str = "", sex: str = "", pronouns: str = "",
    language: str = "", contact: Contact | None = None, site: UUID | None = None, stage: str = REFERRAL,
) -> bool:  # fmt: skip
    """Open a chart, once; say whether this call did it.

    Raises: Refused.
    """
    with acting(organization, by, "people.open_chart") as act:
        act.require(Permission.OPEN_CHARTS, site)
        act.about(id)
        said = {
            **_said_of(name, birth), "sex": sex, "pronouns": pronouns, "language": language,
            "site_id": _site(site),
        }  # fmt: skip
        at = timezone.now()
        noted = {"stage": stage, "opened_at": at, "opened_by": by.id}
        written = once(Person, id, said, noted)
        if written.is_new:
            written.row.contact_sealed = seal_contact(act, contact, "people_person", id)
            written.row.save(update_fields=["contact_sealed"])
            store.add_words(act, id, name)
            add_change(act, id, "opened", stage)
        return written.is_new


def move_to_stage(*, organization: UUID, by: Actor, person: UUID, stage: str, because: str = "") -> None:
    """Say how far a person has come; saying it twice says it once.

    Raises: Refused.
    """
    with acting(organization, by, "people.move_to_stage") as act:
        found = person_in(act, person)
        act.require(Permission.OPEN_CHARTS, found.site_id)
        if stage not in STAGES and stage != LOST:
            raise Refused(_NO_STAGE)
        if stage == LOST and not because.strip():
            raise Refused(_WHY_LOST)
        if found.stage != stage:
            Person.objects.filter(id=person).update(stage=stage)
            add_change(act, person, "stage", stage, because.strip())


def reach_stage(act: Acting, person: UUID, stage: str) -> None:
    """Move a person on as their plan goes on, and never back; whoever keeps its sessions may say so.

    Raises: Refused.
    """
    found, order = person_in(act, person), list(STAGES)
    if found.stage in order and order.index(found.stage) < order.index(stage):
        Person.objects.filter(id=person).update(stage=stage)
        add_change(act, person, "stage", stage)


def add_facts(
    *, organization: UUID, by: Actor, person: UUID, facts: Sequence[Fact], source: str = CLINIC,
    place: Callable[[Fact], str] | None = None,
) -> int:  # fmt: skip
    """Add facts to a chart; return how many.

    Of one source's ``place`` only what was recorded last stands. Missing: without ``place`` they stand
    beside everything known before, and replace nothing.

    Raises: Refused.
    """
    with acting(organization, by, "people.add_facts") as act:
        found = require_chart(act, person)
        act.require(Permission.RECORD_FACTS, found.site_id)
        origin = Origin(source=source, brought_by=None, at=timezone.now())
        own = f"recorded/{new_id()}"
        return store.add_facts(act, person, [(place(fact) if place else own, fact) for fact in facts], origin)


def add_change(act: Acting, person: UUID, kind: str, value: str, because: str = "") -> None:
    """Add to a chart's history what was said about it, and by whom."""
    PersonChange.objects.create(
        id=new_id(), organization_id=act.organization, person_id=person, kind=kind, value=value[:160],
        because=because[:240], changed_at=timezone.now(), changed_by=act.actor.id,
    )  # fmt: skip


def _said_of(name: str, birth: str) -> dict[str, str]:
    if not name.strip():
        raise Refused(_NAMELESS)
    return {"name": name.strip()[:120], "sort_name": sort_name_of(name), "birth": birth_said(birth)}


def birth_said(birth: str) -> str:
    """Return a birth date as it was given, once it is known to be one.

    Raises: Refused.
    """
    try:
        found = read_moment(birth.strip()[:10])
    except (InputError, ValueError) as wrong:
        raise Refused(_NO_BIRTH) from wrong
    return found.text if isinstance(found, PartialDate) else str(found or "")


def _site(site: UUID | None) -> UUID | None:
    if site is not None and site not in site_names():
        raise Refused(_NO_SITE)
    return site
