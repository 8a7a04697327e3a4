"""The pages of people: what each role finds there, and that a longer list asks no more of the database."""

from __future__ import annotations

import json

import pytest

from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


def page(charts, by, address, **sent):
    client = charts.house.client_for(by)
    return client.post(address, sent) if sent else client.get(address)


def words(response):
    return response.content.decode()


def test_a_nurse_finds_somebody_by_the_beginning_of_the_name(charts):
    charts.open("Ben Torres", "1979")
    client = charts.house.client_for(charts.nurse)
    assert "Ana Keller" in words(client.get("/people/"))
    found = words(client.post("/people/", {"q": "tor"}, follow=True))
    assert ("Ben Torres" in found, "Ana Keller" in found) == (True, False)


def test_a_chart_shows_facts_with_date_and_origin_to_those_who_treat(charts):
    from datetime import date

    from kap.vocabulary.facts import Course, Fact
    from kap_clinic.people.actions import add_facts

    told = Fact(what="aneurysm", value="Aneurysm of the aorta", when=date(2026, 1, 12), course=Course.PAST,
                came_from="Condition/c1#code")  # fmt: skip
    no_allergy = Fact(what="allergy:ketamine", value=False, when=date(2026, 1, 12), course=Course.DENIED,
                      came_from="history/a#allergy")  # fmt: skip
    add_facts(organization=charts.house.id, by=charts.nurse, person=charts.person, facts=[told, no_allergy])
    seen = words(page(charts, charts.nurse, f"/people/{charts.person}/"))
    for part in (
        "Aneurysm of the aorta",
        "12 Jan 2026",
        "Condition/c1#code",
        "past",
        "none to ketamine, 12 Jan 2026; others not asked",
    ):
        assert part in seen
    desk = words(page(charts, charts.house.member("coordinator"), f"/people/{charts.person}/"))
    assert ("Ana Keller" in desk, "Aneurysm" in desk) == (True, False)
    assert "your work does not need it" in desk
    # To a coordinator this is the ordinary state: nobody has to look into it.
    assert 'data-tone="look"' not in desk


def test_a_chart_says_what_the_history_told_of_allergies_and_that_the_screening_is_signed(charts):
    from datetime import UTC, date, datetime

    from kap_clinic.screening.models import HistoryAnswer, Signature

    told = {"organization_id": charts.house.id, "person_id": charts.person}
    with charts.house.acting():
        HistoryAnswer.objects.create(
            **told, question="ketamine-allergy", value="no", version=1, language="en", is_confirmed=True,
            answered_at=datetime(2026, 1, 12, 9, tzinfo=UTC), answered_by=charts.nurse.id,
            local_day=date(2026, 1, 12),
        )  # fmt: skip
        Signature.objects.create(
            **told, number=1, previous="0" * 64, digest="1" * 64, text="{}", drug="ketamine", route="im",
            decision="go-on", signed_at=datetime(2026, 1, 13, tzinfo=UTC), signed_by=charts.nurse.id,
        )  # fmt: skip
    seen = words(page(charts, charts.nurse, f"/people/{charts.person}/"))
    assert "allergies: none to ketamine, 12 Jan 2026; others not asked" in seen
    assert 'aria-current="step"' in seen.partition("preparation")[0].rpartition("<li")[2]


def test_an_administrator_sees_no_chart_and_no_list(charts):
    administrator = charts.house.member("administrator")
    for address in ("/people/", f"/people/{charts.person}/", "/people/pipeline/", "/people/records/"):
        assert page(charts, administrator, address).status_code == 403


def test_somebody_of_another_house_finds_nothing(charts, clinic):
    other = clinic.organization("Juniper")
    response = other.client_for(other.member("nurse")).get(f"/people/{charts.person}/")
    assert (response.status_code, b"Keller" in response.content) == (403, False)


def test_a_coordinator_takes_an_enquiry_and_opens_a_chart_beside_a_possible_duplicate(charts):
    desk, id = charts.house.member("coordinator"), str(new_id())
    said = {"id": id, "name": "Ana Keler", "birth": "1984-03-27", "phone": "555", "came_by": "telephone"}
    kept = page(charts, desk, "/people/enquiries/new/", **said)
    assert kept.url == f"/people/enquiries/{id}/"
    assert "1 enquiry waits for an answer." in words(page(charts, desk, "/"))
    assert "enquiry waits" not in words(page(charts, charts.nurse, "/"))
    client = charts.house.client_for(desk)
    asked = words(client.get(f"/people/enquiries/{id}/chart/"))
    assert "Side by side" in asked
    assert "the same birth date and a like name" in asked
    unanswered = client.post(f"/people/enquiries/{id}/chart/", {"person": str(new_id())})
    assert unanswered.status_code == 200
    answered = {"person": str(new_id()), "same": str(charts.person)}
    assert client.post(f"/people/enquiries/{id}/chart/", answered).url == f"/people/{charts.person}/"


def test_a_chart_is_not_opened_twice_without_an_answer(charts):
    client = charts.house.client_for(charts.nurse)
    said = {"id": str(new_id()), "name": "Ana Keller", "birth": "1984-03-27"}
    asked = client.post("/people/new/", said)
    assert (asked.status_code, b"Side by side" in asked.content) == (200, True)
    opened = client.post("/people/new/", {**said, "same": "another"})
    assert opened.url == f"/people/{said['id']}/"


def test_a_file_comes_in_by_the_page_and_says_what_was_not_understood(charts):
    from django.core.files.uploadedfile import SimpleUploadedFile

    coded = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z99.99"}]}
    ben = {"resourceType": "Patient", "id": "b", "name": [{"text": "Ben Torres"}], "birthDate": "1979-01-02"}
    ill = {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/b"}, "code": coded}
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": ben}, {"resource": ill}]}
    client = charts.house.client_for(charts.nurse)
    file = SimpleUploadedFile("ben.json", json.dumps(bundle).encode())
    done = client.post("/people/records/new/", {"source": "St. Mary's", "file": file}, follow=True)
    assert "Ben Torres" in words(done)
    assert "Condition/c#code" in words(done)
    # What the record itself said is for those who may read the chart, not for this page.
    assert "Z99.99" not in words(done)
    wrong = SimpleUploadedFile("x.json", b"hello")
    refused = client.post("/people/records/new/", {"source": "St. Mary's", "file": wrong})
    assert "not JSON" in words(refused)


def test_a_waiting_file_asks_side_by_side_and_is_then_written(charts):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = charts.house.client_for(charts.nurse)
    file = SimpleUploadedFile("a.csv", b"name,birth_date\nAna Keller,1984-03-27\n")
    asked = client.post("/people/records/new/", {"source": "St. Mary's", "file": file}, follow=True)
    where = asked.redirect_chain[-1][0]
    assert where.endswith("/who/")
    assert "Who is Ana Keller?" in words(asked)
    done = client.post(where, {"who_0": str(charts.person)}, follow=True)
    assert "The records are in the charts." in words(done)


def test_a_nurse_of_another_site_opens_a_chart_with_a_reason_and_the_director_reviews_it(charts):
    from kap_clinic.organizations.actions import add_site

    sites = [new_id(), new_id()]
    for number, site in enumerate(sites):
        add_site(organization=charts.house.id, by=charts.house.program, id=site, name=f"Site {number}",
                 time_zone="America/Denver")  # fmt: skip
    person = charts.open("Ben Torres", site=sites[0])
    stranger = charts.house.member("nurse", name="Lena Whitfield", sites=[sites[1]])
    director = charts.house.member("medical_director", name="Helen Osei")
    assert "Open with a reason" in words(page(charts, stranger, f"/people/{person}/"))
    said = {"id": str(new_id()), "because": "Called from the ED", "recipient": "myself", "hours": "1"}
    page(charts, stranger, f"/people/{person}/open/", **said)
    assert "Nothing yet." in words(page(charts, stranger, f"/people/{person}/"))
    assert "Lena Whitfield opened this chart with a reason" in words(
        page(charts, director, f"/people/{person}/")
    )
    assert "1 opening waits for your review" in words(page(charts, director, "/people/openings/"))
    assert "Charts opened with a reason" in words(page(charts, director, "/"))
    client = charts.house.client_for(director)
    client.post(f"/people/openings/{said['id']}/review/")
    assert "Reviewed by Helen Osei" in words(client.get("/people/openings/"))
    assert "Charts opened with a reason" not in words(client.get("/"))


@pytest.mark.parametrize(
    "address", ["/people/", "/people/pipeline/", "/people/records/", "/people/openings/"]
)
def test_three_rows_ask_no_more_of_the_database_than_one(charts, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = charts.house.client_for(charts.house.member("medical_director"))

    def asked():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    one = asked()
    for name in ("Ben Torres", "Cleo Marsh"):
        charts.open(name)
    assert asked() == one
