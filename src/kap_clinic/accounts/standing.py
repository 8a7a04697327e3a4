"""What an actor is in an organization at this moment: one query, made inside the transaction that acts."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.actors import MEMBER, Actor, Standing

_STANDING = """
    SELECT m.name, m.roles, m.sites, o.name, o.language, o.lock_after_minutes, o.sign_out_after_hours
    FROM accounts_member m JOIN organizations_organization o ON o.id = m.organization_id
    WHERE m.id = %s AND m.organization_id = %s AND m.left_at IS NULL
"""
_GONE = sentence("You no longer work in this organization. Ask an administrator if you should.")


def standing_of(organization: UUID, actor: Actor) -> Standing:
    """Return the actor's name, roles and sites as they are now.

    Raises: Refused for somebody who has left or never joined.
    """
    if actor.kind != MEMBER:
        return Standing(name=actor.name, is_program=True)
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [actor.id, organization])
        row = cursor.fetchone()
    if row is None:
        raise Refused(_GONE)
    name, roles, sites, *house = row
    keys = ("organization", "language", "lock_after_minutes", "sign_out_after_hours")
    return Standing(
        name=name,
        roles=frozenset(roles),
        sites=None if sites is None else frozenset(sites),
        about=dict(zip(keys, house, strict=True)),
    )
