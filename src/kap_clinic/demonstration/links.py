"""Print fresh sign-in links as JSON, one for each role; `./kap demo` runs this as a program of its own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator

import django


def fresh_links() -> Iterator[dict[str, str]]:
    """Make one link for the first person of each set of roles, organization by organization."""
    from kap.people.roles import role_of  # noqa: PLC0415 -- django insists
    from kap_clinic.accounts.demo_links import make_link  # noqa: PLC0415 -- django insists
    from kap_clinic.accounts.entrances import account_under  # noqa: PLC0415 -- django insists

    from .cast import CEDAR, JUNIPER  # noqa: PLC0415 -- django insists

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


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kap_clinic.config.settings")
    django.setup()
    sys.stdout.write(json.dumps(list(fresh_links())))
