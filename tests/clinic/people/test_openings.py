"""A chart of another site opens for a while with a reason; it shows, it ends, it is reviewed by another."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

WHY = {"because": "Called from the emergency department", "recipient": "Dr. Ortiz, ED", "hours": 1}


@pytest.fixture
def two_sites(charts):
    """A chart of Cedar, and a nurse who works at Harbor only."""
    from kap_clinic.organizations.actions import add_site

    sites = {}
    for name in ("Cedar", "Harbor"):
        sites[name] = new_id()
        add_site(
            organization=charts.house.id, by=charts.house.program, id=sites[name], name=name,
            time_zone="America/Denver",
        )  # fmt: skip
    return SimpleNamespace(
        house=charts.house,
        person=charts.open("Ben Torres", site=sites["Cedar"]),
        stranger=charts.house.member("nurse", name="Lena Whitfield", sites=[sites["Harbor"]]),
        director=charts.house.member("medical_director", name="Helen Osei"),
    )


def open_it(place, by=None, id=None, **more):
    from kap_clinic.people.openings import break_glass

    return break_glass(
        organization=place.house.id,
        by=by or place.stranger,
        id=id or new_id(),
        person=place.person,
        **{**WHY, **more},
    )


def header(place, by):
    from kap_clinic.people.queries import header_of

    with place.house.acting(by) as act:
        return header_of(act, place.person).name


def test_a_nurse_of_another_site_sees_nothing_until_she_says_why(two_sites):
    with pytest.raises(Refused, match="but not at this site"):
        header(two_sites, two_sites.stranger)
    open_it(two_sites)
    assert header(two_sites, two_sites.stranger) == "Ben Torres"


def test_an_opening_lets_read_and_not_record(two_sites):
    from kap_clinic.people.actions import add_facts

    open_it(two_sites)
    with pytest.raises(Refused, match="but not at this site"):
        add_facts(organization=two_sites.house.id, by=two_sites.stranger, person=two_sites.person, facts=[])


def test_an_opening_ends_by_itself(two_sites):
    from kap_clinic.people.models import Opening

    open_it(two_sites)
    with two_sites.house.acting():
        row = Opening.objects.get()
        Opening.objects.update(
            opened_at=row.opened_at - timedelta(hours=2), until=row.until - timedelta(hours=2)
        )
    with pytest.raises(Refused, match="but not at this site"):
        header(two_sites, two_sites.stranger)


def test_an_opening_belongs_to_one_person_and_one_chart(two_sites, charts):
    open_it(two_sites)
    another = two_sites.house.member("nurse", sites=[])
    with pytest.raises(Refused, match="but not at this site"):
        header(two_sites, another)


@pytest.mark.parametrize("role", ["administrator", "coordinator", "inspector", "engineer", "custodian"])
def test_roles_that_treat_nobody_never_open_a_chart(two_sites, role):
    with pytest.raises(Refused, match="may not open a chart of another site"):
        open_it(two_sites, by=two_sites.house.member(role, sites=[]))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"because": "urgent"}, "Say why you need this chart"),
        ({"recipient": " "}, "Say for whom"),
        ({"hours": 1000}, "Choose one of the times"),
    ],
)
def test_an_opening_needs_reason_recipient_and_time(two_sites, wrong, says):
    with pytest.raises(Refused, match=says):
        open_it(two_sites, **wrong)


def test_a_chart_that_is_open_anyway_is_not_opened_with_a_reason(two_sites):
    with pytest.raises(Refused, match="open to you in the ordinary way"):
        open_it(two_sites, by=two_sites.director)


def test_the_director_reviews_and_nobody_reviews_their_own(two_sites):
    from kap_clinic.people.openings import left_to_review, openings, review_opening

    id = new_id()
    open_it(two_sites, id=id)
    own = two_sites.house.member("medical_director", sites=[])
    mine = new_id()
    open_it(two_sites, by=own, id=mine)
    with pytest.raises(Refused, match="Nobody reviews what they opened themselves"):
        review_opening(organization=two_sites.house.id, by=own, id=mine)
    review_opening(organization=two_sites.house.id, by=two_sites.director, id=id)
    with two_sites.house.acting(two_sites.director) as act:
        assert left_to_review(act) == 1
        first, second = openings(act, two_sites.person)
    assert (first.id, first.reviewed_at) == (mine, None)
    assert (second.by, second.recipient, second.reviewed_by) == (
        "Lena Whitfield",
        "Dr. Ortiz, ED",
        "Helen Osei",
    )


def test_the_trail_names_who_opened_and_whose_chart(two_sites):
    open_it(two_sites)
    assert two_sites.house.trail()[-1] == ("people.break_glass", "done", two_sites.stranger.id)
