"""`./kap found`: a new installation gets its first organization and the link of its first administrator."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from kap_clinic.accounts.founding import found_with_administrator

pytestmark = pytest.mark.database


def test_the_link_lets_the_first_administrator_join_and_nobody_else_is_there(clinic):
    organization, link = _found("Birch Clinic")
    path = link.partition("localhost:8000")[2]
    answer = Client(HTTP_HOST="localhost").get(path, follow=True)
    assert (answer.status_code, "Birch Clinic" in answer.text) == (200, True)
    from kap_clinic.accounts.models import Invitation, Member
    from kap_clinic.database.actors import Actor
    from kap_clinic.database.door import acting

    with acting(organization, Actor.program("setup"), "test.look"):
        assert [(one.name, one.roles, one.sites) for one in Invitation.objects.all()] == [
            ("Ada Quist", ["administrator"], None)
        ]
        assert Member.objects.count() == 0


def test_two_organizations_may_be_founded_in_one_installation(clinic):
    first, _ = _found("Birch Clinic")
    second, _ = _found("Elm Practice")
    assert isinstance(first, UUID)
    assert first != second


def _found(name: str) -> tuple[UUID, str]:
    return found_with_administrator(name=name, administrator="Ada Quist", email="ada@example.org")
