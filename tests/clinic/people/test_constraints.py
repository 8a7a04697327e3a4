"""What the tables of people promise by themselves, whoever writes to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)


def opening(charts, **more):
    from kap_clinic.people.models import Opening

    told = {"because": "x", "recipient": "x", "opened_at": NOON, "until": NOON + timedelta(hours=1), **more}
    with charts.house.acting():
        Opening.objects.create(
            organization_id=charts.house.id, person_id=charts.person, member_id=charts.nurse.id, **told
        )


def test_an_opening_does_not_end_before_it_began(charts):
    with pytest.raises(IntegrityError, match="opening_ends_after_it_began"):
        opening(charts, until=NOON - timedelta(seconds=1))


def test_a_review_says_who_and_when_or_neither(charts):
    opening(charts)
    with pytest.raises(IntegrityError, match="opening_reviewed_who_and_when"):
        opening(charts, reviewed_at=NOON)


def test_a_written_import_says_who_and_when_or_neither(charts):
    from kap_clinic.people.models import Import

    counts = dict.fromkeys(("people", "resources", "understood", "facts", "unread"), 0)
    with pytest.raises(IntegrityError, match="import_written_who_and_when"), charts.house.acting():
        Import.objects.create(
            organization_id=charts.house.id, digest="", source="x", form="fhir", file_sealed="",
            received_at=NOON, received_by=new_id(), written_at=NOON, **counts,
        )  # fmt: skip


def test_a_chart_cannot_point_at_a_site_of_another_house(charts, clinic):
    from kap_clinic.organizations.actions import add_site
    from kap_clinic.people.models import Person

    other, site = clinic.organization("Juniper"), new_id()
    add_site(organization=other.id, by=other.program, id=site, name="Taos", time_zone="America/Denver")
    with pytest.raises(IntegrityError, match="people_person_site_within"), charts.house.acting():
        Person.objects.filter(id=charts.person).update(site_id=site)
