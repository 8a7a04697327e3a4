"""Fresh sign-in links of the demonstration, one for each set of roles.

Written without Django: the pages already answer, and loading it again would make everybody wait.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg

from kap_clinic.config.environment import Environment
from kap_clinic.database.addresses import role_addresses
from kap_clinic.database.identity import new_id

from .cast import CEDAR, JUNIPER, Organization, Person

_LINK = """
    INSERT INTO accounts_demolink (id, account_id, digest, made_at)
    SELECT %s, id, %s, %s FROM accounts_account WHERE email = %s
"""


def fresh_links(environment: Environment) -> list[dict[str, str]]:
    """Make one link for the first person of each set of roles, organization by organization.

    Raises: psycopg.Error where no demonstration is loaded.
    """
    with psycopg.connect(**role_addresses(environment)["app"].conninfo()) as connection:
        return [
            _described(organization, person, environment.origin, token)
            for organization, person in _one_of_each()
            if (token := _link(connection, person.email))
        ]


def _one_of_each() -> Iterator[tuple[Organization, Person]]:
    seen: set[tuple[str, ...]] = set()
    for organization in (CEDAR, JUNIPER):
        for person in organization.people:
            if person.roles not in seen:
                seen.add(person.roles)
                yield organization, person


def _link(connection: psycopg.Connection, email: str) -> str:
    token = secrets.token_urlsafe(24)
    digest = hashlib.sha256(token.encode()).hexdigest()
    made = connection.execute(_LINK, [new_id(), digest, datetime.now(UTC), email])
    return token if made.rowcount else ""


def _described(organization: Organization, person: Person, origin: str, token: str) -> dict[str, str]:
    return {
        "name": person.name,
        "roles": " · ".join(str(role.name) for role in person.said_roles),
        "organization": organization.name,
        "url": f"{origin}/demo/{token}",
    }
