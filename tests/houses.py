"""Organizations and their staff for tests, made through the door like everything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Reason, acting, outside
from kap_clinic.database.identity import new_id

PASSWORD = "correct horse battery"
_numbers = count(1)


@cache
def _hashed() -> str:
    """Hash PASSWORD once a process: argon2 takes a fifth of a second each time, on purpose."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


@dataclass(frozen=True, kw_only=True)
class House:
    """One organization under test."""

    id: UUID
    name: str

    @property
    def program(self) -> Actor:
        """The program that sets tests up."""
        return Actor.program("setup")

    def acting(self, by: Actor | None = None, action: str = "test.look") -> Any:
        """Open this organization's data."""
        return acting(self.id, by or self.program, action)

    def member(self, *roles: str, name: str = "", email: str = "", sites: list[UUID] | None = None) -> Actor:
        """Take somebody on: an account with PASSWORD, a member with these roles."""
        from kap_clinic.accounts.models import Account, Affiliation, Member, MemberChange
        from kap_clinic.accounts.names import sort_name_of
        from kap_clinic.accounts.store import write_words

        number = next(_numbers)
        name = name or f"Person {number}"
        member_id, at = new_id(), datetime.now(UTC)
        with self.acting(action="test.member") as act:
            with outside(Reason.SETUP):
                email = email or f"person{number}@example.org"
                account = Account.objects.create(email=email, password=_hashed())
                Affiliation.objects.create(account=account, tenant_id=self.id, member_id=member_id)
            member = Member.objects.create(
                id=member_id, organization_id=self.id, account=account, name=name,
                sort_name=sort_name_of(name), roles=list(roles), sites=sites, joined_at=at,
            )  # fmt: skip
            write_words(act, member)
            MemberChange.objects.create(
                organization_id=self.id, member_id=member_id, kind="joined", roles=list(roles), sites=sites,
                changed_at=at, changed_by=self.program.id,
            )  # fmt: skip
        return Actor.member(member_id)

    def account_of(self, member: Actor) -> Any:
        """Return the account behind a member."""
        from kap_clinic.accounts.models import Account, Affiliation

        return Account.objects.get(id=Affiliation.objects.get(member_id=member.id).account_id)

    def client_for(self, member: Actor) -> Any:
        """Return a test client with a session of this member, made without walking the sign-in page."""
        from django.conf import settings
        from django.test import Client

        client = Client(HTTP_HOST="localhost")
        client.cookies[settings.SESSION_COOKIE_NAME] = self.session_for(member).session_key
        return client

    def session_for(self, member: Actor) -> Any:
        """Write a session as the sign-in page would leave it: this account, working here as this member."""
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        from kap_clinic.accounts.page import MEMBER, ORGANIZATION
        from kap_clinic.accounts.sessions import SessionStore

        account = self.account_of(member)
        session = SessionStore()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session[ORGANIZATION], session[MEMBER] = str(self.id), str(member.id)
        session.save()
        return session

    def trail(self) -> list[tuple[str, str, UUID]]:
        """Return (action, outcome, actor) of every row but those tests themselves leave, oldest first."""
        from kap_clinic.audit.models import Entry

        with self.acting():
            rows = Entry.objects.exclude(action__startswith="test.").order_by("recorded_at", "id")
            return [(row.action, row.outcome, row.actor_id) for row in rows]


@dataclass(frozen=True, kw_only=True)
class Clinic:
    """A fresh database and the cluster it lives in."""

    cluster: Any
    database: str

    def organization(self, name: str = "Cedar House") -> House:
        """Found an organization."""
        from kap_clinic.organizations.models import Organization, Tenant

        house = House(id=new_id(), name=name)
        with outside(Reason.SETUP):
            Tenant.objects.create(id=house.id)
        with house.acting(action="test.found"):
            Organization.objects.create(id=house.id, organization_id=house.id, name=name)
        return house
