"""Roles and credentials beyond the spec tables."""

from datetime import date

import pytest

from kap.people.credentials import Credential, CredentialKind
from kap.people.permissions import Permission
from kap.people.roles import ROLES, role_of, roles_permitting
from kap.vocabulary.errors import InputError


def test_every_role_has_an_id_of_its_own_a_name_and_a_sentence() -> None:
    assert len({role.id for role in ROLES}) == len(ROLES) == 11
    assert all(str(role.name) and str(role.sentence).endswith(".") for role in ROLES)


def test_every_permission_is_somebodys_work() -> None:
    assert all(roles_permitting(permission) for permission in Permission)


def test_an_inspector_changes_nothing() -> None:
    reading = ("see_", "export_", "verify_")
    assert all(permission.startswith(reading) for permission in role_of("inspector").permissions)


def test_a_role_nobody_knows_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="There is no role 'astrologer'; the roles are client, escort"):
        role_of("astrologer")


def test_a_permission_is_stored_by_its_name() -> None:
    assert Permission("see_audit") is Permission.SEE_AUDIT
    assert f"{Permission.SEE_AUDIT}" == "see_audit"


def test_a_credential_cannot_end_before_it_begins() -> None:
    with pytest.raises(InputError, match="before its first"):
        Credential(
            kind=CredentialKind.LIFE_SUPPORT,
            subject="ACLS",
            valid_from=date(2026, 1, 2),
            last_day=date(2026, 1, 1),
        )
