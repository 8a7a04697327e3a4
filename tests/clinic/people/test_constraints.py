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


def imported(charts, **more):
    from kap_clinic.people.models import Import

    counts = dict.fromkeys(("people", "resources", "understood", "facts", "unread"), 0)
    told = {"digest": "", "source": "x", "form": "fhir", "file_sealed": "", "received_at": NOON}
    return Import.objects.create(
        organization_id=charts.house.id, received_by=new_id(), **told, **counts, **more
    )


def test_a_written_import_says_who_and_when_or_neither(charts):
    with pytest.raises(IntegrityError, match="import_written_who_and_when"), charts.house.acting():
        imported(charts, written_at=NOON)


@pytest.mark.parametrize("more", [{}, {"discarded_by": new_id(), "written_at": NOON, "written_by": new_id()}])
def test_a_file_put_aside_says_who_and_when_and_is_in_no_chart(charts, more):
    with pytest.raises(IntegrityError, match="import_discarded_who_and_when"), charts.house.acting():
        imported(charts, discarded_at=NOON, **more)


def test_the_end_of_a_support_says_who_and_when_or_neither(charts):
    from kap_clinic.people.models import SupportPerson

    told = {"name": "Luis", "does": "escort", "may_be_told": "times", "named_at": NOON, "named_by": new_id()}
    with pytest.raises(IntegrityError, match="support_ended_who_and_when"), charts.house.acting():
        SupportPerson.objects.create(
            organization_id=charts.house.id, person_id=charts.person, ended_at=NOON, **told
        )


def test_a_file_comes_with_a_referral_once(charts):
    from kap_clinic.people.models import Referral, ReferralRecord

    ours, at = {"organization_id": charts.house.id}, {"joined_at": NOON, "joined_by": new_id()}
    with pytest.raises(IntegrityError, match="referral_record_once"), charts.house.acting():
        file = imported(charts)
        referral = Referral.objects.create(
            **ours, person_id=charts.person, referrer="Dr. Odum", received_at=NOON, received_by=new_id()
        )
        for _again in range(2):
            ReferralRecord.objects.create(**ours, referral=referral, brought_by=file, **at)


def test_a_chart_cannot_point_at_a_site_of_another_house(charts, clinic):
    from kap_clinic.organizations.actions import add_site
    from kap_clinic.people.models import Person

    other, site = clinic.organization("Juniper"), new_id()
    add_site(organization=other.id, by=other.program, id=site, name="Taos", time_zone="America/Denver")
    with pytest.raises(IntegrityError, match="people_person_site_within"), charts.house.acting():
        Person.objects.filter(id=charts.person).update(site_id=site)
