"""Rows of accounts that several actions write the same way."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import connection

from kap_clinic.database.door import Acting, Reason, outside

from .models import Account, Affiliation, Member, MemberChange, MemberWord
from .names import name_words, sort_name_of

_STAY_ONE = "SELECT pg_advisory_xact_lock(hashtextextended('kap.administrators ' || %s, 0))"


def make_account(email: str, password: str | None) -> Account:
    """Make an account whose address is proven: the link that led here was sent to it."""
    with outside(Reason.SIGN_IN):
        account = Account.objects.create_user(email, password)
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    return account


def make_member(
    act: Acting,
    *,
    id: UUID,
    account: UUID,
    name: str,
    roles: list[str],
    sites: list[UUID] | None,
    at: datetime,
) -> Member:
    """Take somebody on, or back: affiliation and member together, never one without the other."""
    member = Member.objects.filter(account_id=account).first() or Member(
        id=id, organization_id=act.organization, account_id=account
    )
    member.name, member.sort_name = name, sort_name_of(name)
    member.roles, member.sites = roles, sites
    member.joined_at, member.left_at = at, None
    member.save()
    write_words(act, member)
    with outside(Reason.SIGN_IN):
        Affiliation.objects.update_or_create(
            account_id=account,
            tenant_id=act.organization,
            defaults={"member_id": member.id, "ended_at": None},
        )
    return member


def write_words(act: Acting, member: Member) -> None:
    """Let every word of a member's name find them, and none of a name they no longer have."""
    MemberWord.objects.filter(member_id=member.id, organization_id=act.organization).delete()
    MemberWord.objects.bulk_create(
        MemberWord(organization_id=act.organization, member_id=member.id, word=word)
        for word in name_words(member.name)
    )


def end_affiliation(member: UUID, at: datetime) -> None:
    """Close the door of this organization to a member's account."""
    with outside(Reason.SIGN_IN):
        Affiliation.objects.filter(member_id=member, ended_at__isnull=True).update(ended_at=at)


def add_change(
    act: Acting, *, id: UUID, member: Member, kind: str, because: str, at: datetime
) -> MemberChange:
    """Add to a member's history what they are from now on, and who said so."""
    return MemberChange.objects.create(
        id=id, organization_id=act.organization, member_id=member.id, kind=kind, roles=member.roles,
        sites=member.sites, because=because, changed_at=at, changed_by=act.actor.id,
    )  # fmt: skip


def hold_administrators(act: Acting) -> None:
    """Let only one change of administrators happen at a time, so that two cannot remove each other."""
    with connection.cursor() as cursor:
        cursor.execute(_STAY_ONE, [str(act.organization)])


def other_administrators(member: UUID) -> int:
    """Count the administrators who would remain without this member."""
    return (
        Member.objects.filter(left_at__isnull=True, roles__contains=["administrator"])
        .exclude(id=member)
        .count()
    )


def hold_pin(member: UUID) -> None:
    """Let one try of a member's PIN be judged after the other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('kap.pin ' || %s, 0))", [str(member)])
