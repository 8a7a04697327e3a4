"""A referral: who sent somebody and why, what came along, what they were told; and where everybody stands."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.people import referrals, referred
from kap_clinic.people.access import person_in
from kap_clinic.people.actions import move_to_stage
from kap_clinic.people.contacts import Contact
from kap_clinic.people.referrals import Referrer

pytestmark = pytest.mark.database

ODUM = Referrer(name="Dr. Odum", practice="Elm Practice", contact=Contact(phone="555 0150"))
WHY = "Depression that two medicines did not lift"


@pytest.fixture
def refer(charts):
    """Keep a referral of Ana as the nurse, or as somebody else; return its id."""

    def take(by=None, id=None, referrer=ODUM, on=date(2026, 1, 12), **more):
        id = id or new_id()
        said = {"organization": charts.house.id, "person": charts.person, "referrer": referrer}
        referrals.take_referral(**said, by=by or charts.nurse, id=id, why=WHY, on=on, **more)
        return id

    return take


@pytest.fixture
def file(charts):
    """Bring a file about Ana in; return its id."""
    from kap_clinic.people.importing import place_people, receive_file

    ana = {"resourceType": "Patient", "id": "a", "name": [{"text": "Ana Keller"}], "birthDate": "1984-03-27"}
    told = {"organization": charts.house.id, "by": charts.nurse}
    done = receive_file(**told, content=json.dumps(ana).encode(), source="Elm Practice")
    place_people(**told, id=done.id, answers={"a": charts.person})
    return done.id


def day(name, month, day, year):
    """Write a day into its three boxes."""
    return {f"{name}_month": month, f"{name}_day": day, f"{name}_year": year}


def read(charts, by):
    with charts.house.acting(by) as act:
        return referred.referrals(act, person_in(act, charts.person))


def test_a_referral_is_kept_once_sealed_with_its_files_and_what_was_told_back(charts, refer, file):
    from kap_clinic.people.models import Referral

    id = refer(records=[file])
    refer(id=id, records=[file])
    answer = {"organization": charts.house.id, "by": charts.nurse, "referral": id, "outcome": "accepted"}
    told = new_id()
    for _click in range(2):
        referrals.tell_back(**answer, id=told, how="by letter", on=date(2026, 2, 3))
    (one,) = read(charts, charts.nurse)
    assert (one.referrer, one.why, one.on) == (ODUM, WHY, date(2026, 1, 12))
    assert one.records == ((file, "Elm Practice"),)
    assert [(said.outcome, said.how, said.by) for said in one.told] == [
        ("accepted", "by letter", "Rosa Marquez")
    ]
    with charts.house.acting():
        row = Referral.objects.get(id=id)
        assert "Depression" not in row.why_sealed
        assert "555" not in row.contact_sealed
    # Who may open a chart but not read it sees who referred, never why.
    assert [(one.referrer.name, one.why) for one in read(charts, charts.house.member("coordinator"))] == [
        ("Dr. Odum", "")
    ]


def test_a_referral_without_a_name_or_a_day_to_come_is_refused_and_only_some_may_take_one(charts, refer):
    tomorrow = timezone.now().date() + timedelta(days=1)
    for other, says in (
        ({"referrer": Referrer(name=" ")}, "Write the name"),
        ({"on": tomorrow}, "in the future"),
        ({"records": [new_id()]}, "no such file"),
        ({"by": charts.house.member("therapist")}, "work of"),
    ):
        with pytest.raises(Refused, match=says):
            refer(**other)
    id, said = refer(), {"organization": charts.house.id, "by": charts.nurse}
    answer = {"id": new_id(), "referral": id, "outcome": "accepted", "how": "by letter"}
    answer |= {"on": date(2026, 2, 3)}
    for other, says in (
        ({"outcome": "lunch"}, "one of the outcomes"),
        ({"how": ""}, "how they were told"),
        ({"on": tomorrow}, "in the future"),
        ({"referral": new_id()}, "no such referral"),
        ({"by": charts.house.member("custodian")}, "work of"),
    ):
        with pytest.raises(Refused, match=says):
            referrals.tell_back(**{**said, **answer, **other})
    with pytest.raises(Refused, match="no such file"):
        referrals.join_records(**said, referral=id, records=[new_id()])


def test_a_letter_becomes_a_chart_its_records_are_joined_and_its_sender_told(charts, file):
    client = charts.house.client_for(charts.house.member("coordinator"))
    ids = {"id": str(new_id()), "referral": str(new_id())}
    letter = {
        **ids, "referrer": "Dr. Odum", "practice": "Elm Practice", "why": WHY, "name": "Ana Keller",
        "birth": "1984-03-27", **day("referred_on", 1, 12, 2026),
    }  # fmt: skip
    asked = client.post("/people/referrals/new/", letter)
    assert (asked.status_code, "Side by side" in asked.content.decode()) == (200, True)
    chart = f"/people/{charts.person}/"
    assert client.post("/people/referrals/new/", {**letter, "same": str(charts.person)}).url == chart
    seen = client.get(chart).content.decode()
    assert ("Dr. Odum, Elm Practice" in seen, "12 Jan 2026" in seen, WHY in seen) == (True, True, False)
    address = f"/people/referrals/{ids['referral']}/"
    assert client.post(f"{address}records/", {"records": [str(file)]}).url == chart
    told = {"id": str(new_id()), "outcome": "finished", "how": "by letter", **day("on", 2, 3, 2026)}
    assert client.post(f"{address}told/", told).url == chart
    assert "treatment finished, by letter, 3 Feb 2026" in client.get(chart).content.decode()
    new = {**letter, "id": str(new_id()), "referral": str(new_id()), "name": "Ben Torres", "birth": ""}
    assert client.post("/people/referrals/new/", new).url == f"/people/{new['id']}/"
    another = {"referral": str(new_id()), "referrer": "Dr. Bly"}
    assert client.post(f"{chart}referral/", another).url == chart
    assert client.get(f"/people/referrals/{new_id()}/told/").status_code == 404


def test_the_pipeline_shows_every_stage_who_referred_who_must_be_told_and_why_somebody_was_lost(
    charts, refer, queries_of
):
    refer()
    desk = charts.house.member("coordinator")
    client = charts.house.client_for(desk)
    page = client.get("/people/pipeline/").content.decode()
    assert ("Dr. Odum, Elm Practice" in page, "told nothing" in page) == (True, False)
    one = queries_of(client, "/people/pipeline/")
    for name in ("Ben Torres", "Cleo Marsh"):
        charts.open(name)
    assert queries_of(client, "/people/pipeline/") == one
    told = {"organization": charts.house.id, "by": charts.nurse, "person": charts.person}
    move_to_stage(**told, stage="screening")
    move_to_stage(**told, stage="lost", because="Moved to another state")
    page = client.get("/people/pipeline/").content.decode()
    for part in ("Moved to another state", "Decided, and the referrer was told nothing"):
        assert part in page
    assert "1 referral was decided, and nobody told back." in client.get("/").content.decode()
    with charts.house.acting(desk) as act:
        from kap_clinic.people.listing import lost_people

        assert [(lost.at_stage, lost.because) for lost in lost_people(act)] == [
            ("screening", "Moved to another state")
        ]


def test_today_is_the_day_it_is_at_the_house(charts, refer):
    from kap_clinic.demonstration.clock import at_clock
    from kap_clinic.organizations.actions import add_site

    add_site(
        organization=charts.house.id, by=charts.house.member("administrator"), id=new_id(), name="Harbor",
        time_zone="Pacific/Auckland",
    )  # fmt: skip
    evening = timezone.now().replace(hour=20)
    with at_clock(evening):
        there = evening.date() + timedelta(days=1)
        refer(on=there)
        with pytest.raises(Refused, match="in the future"):
            refer(on=there + timedelta(days=1))
