"""The ward of the demonstration: who acts, where, and the ids that are the same on every machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kap.vocabulary.zones import zone
from kap_clinic.accounts.queries import staff
from kap_clinic.accounts.second_signature import SecondPerson
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.plans.queries import SessionLine, sessions_of

from .cast import PIN, TABLET

CLOCK = "America/Denver"


@dataclass(frozen=True, kw_only=True)
class Ward:
    """The organization, one site of it, and its members by name."""

    organization: UUID
    site: UUID
    id_of: Callable[..., UUID]
    members: dict[str, Actor]

    def by(self, name: str, /, *words: str, **said: Any) -> dict[str, Any]:
        """Return what an action of one member is told; the words give its id."""
        who = {"organization": self.organization, "by": self.members[name]}
        return {**who, "id": self.id_of(*words), **said} if words else {**who, **said}

    def second(self, name: str) -> SecondPerson:
        """Return what somebody gives who stands second at the tablet."""
        return SecondPerson(member=self.members[name].id, pin=PIN, device=TABLET)

    def person(self, name: str) -> UUID:
        """Return the id of somebody who is treated here."""
        return self.id_of("client", name)

    def sessions(self, name: str) -> list[SessionLine]:
        """Return what is planned for somebody, in time."""
        with acting(self.organization, self.members["Priya Natarajan"], "plans.see_plan") as act:
            return sessions_of(act, self.person(name))

    def session(self, name: str, session: str) -> SessionLine:
        """Return one session of somebody's plan."""
        return next(line for line in self.sessions(name) if line.session == session)


def ward_of(organization: UUID, site: UUID, by: Actor, id_of: Callable[..., UUID]) -> Ward:
    """Find the members of the staff by name."""
    with acting(organization, by, "accounts.see_staff") as act:
        members = {line.name: Actor.member(line.id) for line in staff(act).lines}
    return Ward(organization=organization, site=site, id_of=id_of, members=members)


def local(moment: datetime) -> datetime:
    """Return a moment as the clock of the ward shows it."""
    return moment.astimezone(zone(CLOCK))
