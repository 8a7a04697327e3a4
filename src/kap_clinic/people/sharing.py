"""One person's chart read by another organization: for a purpose, in the trail of both, ended any time.

What the grant opens is what the row policies name: who this is, the facts with their origin, what was told in
the health history, what nobody understood, what was signed, and the plan with its sessions and their history.
Contacts, findings, notes and everything sealed stay with the giver, whose keys alone open them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from kap.people.permissions import Permission
from kap.screening.record import NotUnderstood
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.organizations import granting
from kap_clinic.organizations.granting import PERSON, Terms
from kap_clinic.organizations.queries import Grant, grants
from kap_clinic.plans.queries import PlanFile, shared_plan
from kap_clinic.screening.decided import SharedDecision, shared_decisions
from kap_clinic.screening.told import shared_history

from .access import person_in, require_chart
from .actions import CLINIC, add_change
from .models import Person
from .queries import ChartHeader, KnownFact, header_in, known_facts, known_unread

READER = Actor.program("shared access")
_PLANS = Permission.SEE_PLANS

_NO_GRANT = sentence("This organization has granted no such access.")


@dataclass(frozen=True, kw_only=True)
class SharedLine:
    """One chart that another organization lets us read."""

    grant: Grant
    header: ChartHeader


@dataclass(frozen=True, kw_only=True)
class SharedChart:
    """Everything a grant opens of one chart."""

    line: SharedLine
    facts: Sequence[KnownFact]
    unread: Sequence[NotUnderstood]
    decisions: Sequence[SharedDecision]
    plan: PlanFile | None


def share_chart(*, organization: UUID, by: Actor, id: UUID, person: UUID, terms: Terms) -> bool:
    """Let another organization read one person's chart, for a purpose; once.

    Raises: Refused.
    """
    with acting(organization, by, "people.share_chart") as act:
        found = require_chart(act, person)
        act.require(Permission.SHARE_CHART, found.site_id)
        is_new = granting.grant(act, id=id, kind=PERSON, subject=person, terms=terms)
        if is_new:
            add_change(act, person, "shared", terms.receiver_name, terms.because)
        return is_new


def end_sharing_of_chart(*, organization: UUID, by: Actor, id: UUID) -> None:
    """End that another organization reads a chart; ending it twice ends it once.

    Raises: Refused.
    """
    with acting(organization, by, "people.end_sharing_of_chart") as act:
        found = granting.given(act, id, PERSON)
        if found is None:
            act.require(Permission.SHARE_CHART)
            raise Refused(_NO_GRANT)
        act.require(Permission.SHARE_CHART, person_in(act, found.subject_id).site_id)
        if granting.end(act, found):
            add_change(act, found.subject_id, "unshared", found.receiver_name)


def note_reading(grant: Grant, *, reader: UUID) -> None:
    """Leave a row in the giver's own trail: this organization read the chart under this grant."""
    with acting(grant.other, READER, "people.read_shared_chart") as act:
        act.about(grant.id, grant.subject, reader)


def shared_with_us(act: Acting) -> list[SharedLine]:
    """Return the charts others let us read now, by name."""
    now = timezone.now()
    # By giver and chart: a grant of somebody else's opens nothing, whatever it names.
    live = {(one.other, one.subject): one for one in grants(PERSON) if not one.is_given and one.is_live(now)}
    rows = Person.objects.filter(id__in={person for _, person in live}).order_by("sort_name", "id")
    return [
        SharedLine(grant=live[row.organization_id, row.id], header=header_in(row))
        for row in rows
        if (row.organization_id, row.id) in live
    ]


def shared_chart(act: Acting, grant: UUID) -> SharedChart | None:
    """Return what a live grant to us opens; None for any other id."""
    line = next((one for one in shared_with_us(act) if one.grant.id == grant), None)
    if line is None:
        return None
    act.about(grant, line.header.id, line.grant.other)
    giver, person = line.grant.other, line.header.id
    return SharedChart(
        line=line,
        facts=[*_known(giver, person, line.grant.other_name), *_told(giver, person)],
        unread=known_unread(giver, person),
        decisions=shared_decisions(giver, person),
        plan=shared_plan(giver, person, line.grant.other_name) if act.standing.permits(_PLANS) else None,
    )


def _known(giver: UUID, person: UUID, giver_name: str) -> list[KnownFact]:
    """What the giver calls its own clinic is not the reader's."""
    facts = known_facts(giver, person)
    return [replace(one, source=giver_name) if one.source == CLINIC else one for one in facts]


def _told(giver: UUID, person: UUID) -> list[KnownFact]:
    return [
        KnownFact(
            id=told.id, fact=replace(fact, came_from=told.question), source=gettext("health history"),
            recorded_at=told.answered_at, recorded_by=told.answered_by,
        )
        for fact, told in shared_history(giver, person)
    ]  # fmt: skip


def given_for(person: UUID, now: datetime) -> list[tuple[Grant, str]]:
    """Return who may read one of our charts and who granted it, those who still may first."""
    found = [one for one in grants(PERSON, person) if one.is_given]
    names = names_of(one.granted_by for one in found)
    ordered = sorted(found, key=lambda one: not one.is_live(now))
    return [(one, names.get(one.granted_by, "")) for one in ordered]
