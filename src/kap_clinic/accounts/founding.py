"""A new organization and its first administrator, made together by whoever runs the installation."""

from __future__ import annotations

from uuid import UUID

from kap.people.roles import ADMINISTRATOR
from kap_clinic.database.actors import Actor
from kap_clinic.database.identity import new_id
from kap_clinic.database.preparation import prepare
from kap_clinic.organizations.actions import found_organization

from .invitations import invite, link_of

BY = Actor.program("command line")


def found_with_administrator(
    *, name: str, administrator: str, email: str, language: str = "en"
) -> tuple[UUID, str]:
    """Found an organization and invite its administrator; return its id and the link that lets them join.

    Raises: Refused.
    """
    prepare()
    organization, invitation = new_id(), new_id()
    found_organization(id=organization, by=BY, name=name, language=language)
    invite(
        organization=organization, by=BY, id=invitation, email=email, name=administrator,
        roles=[ADMINISTRATOR.id], sites=None,
    )  # fmt: skip
    return organization, link_of(organization, invitation)
