"""Who may open which chart: by role and site, or for a while with a reason that stays on the chart."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting

from .models import Opening, Person

_NO_CHART = sentence("This organization has no chart with this id.")


def person_in(act: Acting, person: UUID) -> Person:
    """Return the row of a chart of ours, and name it in the trail; who may read what is not asked here.

    Raises: Refused.
    """
    act.about(person)
    found = Person.objects.filter(id=person, organization_id=act.organization).first()
    if found is None:
        raise Refused(_NO_CHART)
    return found


def require_chart(act: Acting, person: UUID) -> Person:
    """Go on only with access to this chart: by role and site, or by an opening that has not run out.

    Raises: Refused, with the sentence a person reads.
    """
    found = person_in(act, person)
    if not may_see(act, found):
        act.require(Permission.SEE_CHART, found.site_id)
    return found


def may_see(act: Acting, person: Person) -> bool:
    """Say whether the facts of a chart are open to this actor now."""
    if act.standing.permits(Permission.SEE_CHART, person.site_id):
        return True
    # A role taken away also ends what it opened.
    return act.standing.permits(Permission.BREAK_GLASS) and _has_opening(act, person.id)


def _has_opening(act: Acting, person: UUID) -> bool:
    return Opening.objects.filter(
        person_id=person, member_id=act.actor.id, until__gt=timezone.now(), organization_id=act.organization
    ).exists()
