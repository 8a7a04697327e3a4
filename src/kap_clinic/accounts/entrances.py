"""Coming in and going out: which organizations an account may enter, and what their trails learn of it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import Sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting

from .models import Account, Affiliation
from .page import MEMBER, ORGANIZATION, workplace_of

SIGN_IN = Actor.program("sign-in")

Workplace = tuple[UUID, UUID]
"""An organization, and the member somebody is there."""


def workplaces_of(account: UUID) -> list[Workplace]:
    """Return every organization this account may enter now, as which member, in the order of joining."""
    rows = Affiliation.objects.filter(account_id=account, ended_at__isnull=True).order_by("id")
    return [(row.tenant_id, row.member_id) for row in rows]


def is_open(where: Workplace) -> bool:
    """Say whether the member may still enter."""
    return Affiliation.objects.filter(tenant_id=where[0], member_id=where[1], ended_at__isnull=True).exists()


def enter(request: HttpRequest, where: Workplace) -> None:
    """Let this browser work in an organization from now on; both trails learn of it."""
    before = workplace_of(request)
    if before == where:
        return
    request.session[ORGANIZATION], request.session[MEMBER] = str(where[0]), str(where[1])
    if before is not None:
        transaction.on_commit(lambda: note(before, "accounts.sign_out"))
    transaction.on_commit(lambda: note(where, "accounts.sign_in"))


def note(where: Workplace, action: str) -> None:
    """Write one row into an organization's trail: this member, this action."""
    organization, member = where
    try:
        with acting(organization, Actor.member(member), action) as act:
            act.about(member)
    except Refused:
        # Somebody who has left meanwhile: the door has written the refusal itself.
        return


def note_refusal(where: Workplace, action: str, why: Sentence, *, by_person: bool = False) -> None:
    """Write one refusal into an organization's trail: by the sign-in page unless the person was known."""
    organization, member = where
    try:
        with acting(organization, Actor.member(member) if by_person else SIGN_IN, action) as act:
            act.about(member)
            raise Refused(why)
    except Refused:
        return


def account_under(email: str) -> Account | None:
    """Return the account of an e-mail address, whatever its case."""
    return Account.objects.filter(email__iexact=email.strip()).first()
