"""The roles and what each may do, as a reference page."""

from __future__ import annotations

from kap.people.permissions import Permission
from kap.people.roles import ROLES

_INTRODUCTION = """# Roles and permissions

A person may hold several roles, and may then do what any of them allows. Each permission is checked on the
page and again in the action behind it. A role may be limited to named sites. Roles are declared in
`src/kap/people/roles.py`.
"""


def roles_page() -> str:
    """Describes every role in its sentence, and every permission with the roles that give it."""
    lines = [_INTRODUCTION, "| role | what this person does |", "|---|---|"]
    lines += [f"| **{role.name}** (`{role.id}`) | {role.sentence} |" for role in ROLES]
    lines += ["", "## Who holds a permission", "", "| permission | may … | held by |", "|---|---|---|"]
    for permission in Permission:
        holders = [str(role.name) for role in ROLES if permission in role.permissions]
        lines.append(f"| `{permission}` | {permission.sentence} | {' · '.join(holders) or 'nobody'} |")
    return "\n".join([*lines, ""])
