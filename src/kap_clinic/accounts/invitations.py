"""Inviting somebody to the staff, and their coming: the link works once, for seven days, until withdrawn.

The link's token is never stored. It is made from this installation's secret, the invitation and the sending,
so the same click sends the same mail; the database holds its digest only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from secrets import compare_digest
from uuid import UUID

from django.utils import timezone

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.identity import new_id
from kap_clinic.database.once import once

from . import store
from .actions import roles_named, sites_named
from .entrances import account_under
from .jobs import link_to, send_invitation
from .models import Account, Invitation, Member
from .tokens import digest_of, token_of

VALID_FOR = timedelta(days=7)
INVITEE = Actor.program("invitation")

_NO_INVITATION = sentence("There is no such invitation.")
_NOT_VALID = sentence(
    "This link does not open an invitation. It may have been used, withdrawn or replaced by a newer one, "
    "or its seven days are over. Ask for a new one."
)
_WORKS_HERE = sentence("Somebody with this e-mail address works here already.")
_CAME = sentence("This invitation was accepted. Change the person's roles instead.")
_WITHDRAWN = sentence("This invitation was withdrawn. Invite the person anew.")
_HAS_ACCOUNT = sentence(
    "There is an account with this e-mail address. Sign in with it, then open the link again."
)
_OTHER_ACCOUNT = sentence(
    "This invitation is for another e-mail address. Sign out, then open the link again."
)


def invite(
    *, organization: UUID, by: Actor, id: UUID, email: str, name: str, roles: Sequence[str],
    sites: Sequence[UUID] | None,
) -> None:  # fmt: skip
    """Invite a person by e-mail; sent twice, it goes out once.

    Raises: Refused.
    """
    with acting(organization, by, "accounts.invite") as act:
        act.require(Permission.INVITE_STAFF)
        address = email.strip().lower()
        if Member.objects.filter(account__email__iexact=address, left_at__isnull=True).exists():
            raise Refused(_WORKS_HERE)
        said = {
            "email": address, "name": name.strip(), "roles": roles_named(roles), "sites": sites_named(sites),
        }  # fmt: skip
        written = once(Invitation, id, said, {**_sending(id, id), "invited_by": by.id})
        act.about(id)
        if written.is_new:
            send_invitation.defer(organization=str(organization), invitation=str(id), sending=str(id))


def send_again(*, organization: UUID, by: Actor, id: UUID, sending: UUID) -> None:
    """Send an invitation again with a new link; the old link stops working.

    Raises: Refused.
    """
    with acting(organization, by, "accounts.send_invitation_again") as act:
        found = _own(act, id)
        if found.accepted_at is not None:
            raise Refused(_CAME)
        if found.withdrawn_at is not None:
            raise Refused(_WITHDRAWN)
        fresh = _sending(id, sending)
        if found.digest != fresh["digest"]:
            Invitation.objects.filter(id=id).update(**fresh)
            send_invitation.defer(organization=str(organization), invitation=str(id), sending=str(sending))


def withdraw(*, organization: UUID, by: Actor, id: UUID) -> None:
    """Withdraw an invitation; its link stops working at once.

    Raises: Refused.
    """
    with acting(organization, by, "accounts.withdraw_invitation") as act:
        found = _own(act, id)
        if found.accepted_at is not None:
            raise Refused(_CAME)
        if found.withdrawn_at is None:
            found.withdrawn_at, found.withdrawn_by = timezone.now(), by.id
            found.save()


def opened(act: Acting, id: UUID, token: str) -> Invitation:
    """Return the invitation a link opens, locked until this transaction ends.

    Raises: Refused with one sentence, whatever is wrong with the link.
    """
    found = Invitation.objects.select_for_update().filter(id=id).first()
    if found is None or not compare_digest(found.digest, digest_of(token)):
        raise Refused(_NOT_VALID)
    act.about(id)
    if found.withdrawn_at or found.accepted_at or found.expires_at <= timezone.now():
        raise Refused(_NOT_VALID)
    return found


def accept(
    *, organization: UUID, invitation: UUID, token: str, name: str, password: str = "",
    account: Account | None = None,
) -> tuple[Account, UUID]:  # fmt: skip
    """Join the staff with a new account and its password, or with the account that is signed in.

    Raises: Refused.
    """
    with acting(organization, INVITEE, "accounts.accept_invitation") as act:
        found, at = opened(act, invitation, token), timezone.now()
        joining = account or _new_account(found, password)
        if joining.email.lower() != found.email.lower():
            raise Refused(_OTHER_ACCOUNT)
        member = store.make_member(
            act, id=new_id(), account=joining.id, name=name.strip() or found.name, roles=found.roles,
            sites=found.sites, at=at,
        )  # fmt: skip
        store.add_change(act, id=new_id(), member=member, kind="joined", because="", at=at)
        found.accepted_at, found.accepted_by = at, member.id
        found.save()
        act.about(member.id)
        return joining, member.id


def link_of(organization: UUID, invitation: UUID) -> str:
    """Return the link of an invitation's first sending, for whoever has no mail server yet."""
    return link_to(organization, invitation, token_of(invitation, invitation))


def has_account(email: str) -> bool:
    """Say whether somebody has an account under this address, so that they sign in instead."""
    return account_under(email) is not None


def _new_account(invitation: Invitation, password: str) -> Account:
    if has_account(invitation.email):
        raise Refused(_HAS_ACCOUNT)
    return store.make_account(invitation.email, password or None)


def _own(act: Acting, id: UUID) -> Invitation:
    act.require(Permission.INVITE_STAFF)
    found = Invitation.objects.select_for_update().filter(id=id).first()
    if found is None:
        raise Refused(_NO_INVITATION)
    act.about(id)
    return found


def _sending(invitation: UUID, sending: UUID) -> dict[str, object]:
    now = timezone.now()
    digest = digest_of(token_of(invitation, sending))
    return {"digest": digest, "invited_at": now, "expires_at": now + VALID_FOR}
