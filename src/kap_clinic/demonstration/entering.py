"""Fresh sign-in links of the demonstration, one for each set of roles."""

from __future__ import annotations

from collections.abc import Iterator

from kap.people.roles import role_of
from kap_clinic.accounts.demo_links import make_link
from kap_clinic.accounts.entrances import account_under

from .cast import CEDAR, JUNIPER


def fresh_links() -> Iterator[dict[str, str]]:
    """Make one link for the first person of each set of roles, organization by organization."""
    seen: set[tuple[str, ...]] = set()
    for organization in (CEDAR, JUNIPER):
        for person in organization.people:
            account = account_under(person.email)
            if account is None or person.roles in seen:
                continue
            seen.add(person.roles)
            yield {
                "name": person.name,
                "roles": " · ".join(str(role_of(role).name) for role in person.roles),
                "organization": organization.name,
                "path": f"/demo/{make_link(account.id)}",
            }
