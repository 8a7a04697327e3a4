"""The pages of forms: what they show, whom they let in, and that a longer list needs no more queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.clinic.measures.conftest import ALL_OF_GAD7, RATED, open_chart

from kap_clinic.database.identity import new_id
from kap_clinic.measures import actions, following

pytestmark = pytest.mark.database


@pytest.fixture
def queries_of():
    """Return how many queries a page needs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client, address):
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    return count


def entered(desk, answers, days_ago, instrument="gad7"):
    asked = desk.ask(instrument)
    at = datetime.now(UTC) - timedelta(days=days_ago)
    actions.enter(**desk.by(desk.nurse, asked=asked, answers=answers, given_at=at))
    return asked


def test_a_course_is_drawn_with_its_bands_doses_and_gaps_and_told_in_rows(desk):
    client = desk.house.client_for(desk.nurse)
    address = f"/measures/{desk.person}/courses/gad7/"
    assert "There are not yet two scores" in client.get(address).content.decode()
    entered(desk, dict.fromkeys(ALL_OF_GAD7, "3"), 20)
    entered(desk, ALL_OF_GAD7, 3)
    missed = desk.ask()
    desk.expire(missed)
    from kap_clinic.measures.closing import close_what_is_over

    close_what_is_over(desk.house.id, datetime.now(UTC))
    told = desk.by(desk.nurse, person=desk.person, time_zone="UTC")
    following.note_dose(**told, happens_at=datetime.now(UTC) - timedelta(days=10))
    page = client.get(address).content.decode()
    for said in (
        "From 21 on", "to 7 on", "over 2 scores, 1 dose, 1 missed", "the last before the first dose",
        "severe", "dose 1", "\N{MINUS SIGN}14", "nhs talking therapies", "Reliable improvement", "no score",
    ):  # fmt: skip
        assert said in page, said
    assert page.count("<polyline") == 2, "one way in each of the two sizes"
    assert page.count('class="missed"') == 2
    assert client.get(f"/measures/{desk.person}/courses/none/").status_code == 404


def test_a_form_without_a_scale_has_rows_and_no_picture(desk):
    asked = desk.ask(RATED, "rater")
    actions.enter(**desk.by(desk.nurse, asked=asked, answers={"1": "1", "2": "0", "6": "0"}))
    page = desk.house.client_for(desk.nurse).get(f"/measures/{desk.person}/courses/{RATED}/").content.decode()
    assert '<svg class="course-picture' not in page
    assert "low" in page
    assert "no published rule of change" in page


def test_subscales_have_a_tab_each(desk):
    entered(desk, {str(number): "1" for number in range(1, 21)}, 5, "pcl5")
    entered(desk, {str(number): "2" for number in range(1, 21)}, 1, "pcl5")
    client, address = desk.house.client_for(desk.nurse), f"/measures/{desk.person}/courses/pcl5/"
    page = client.get(address).content.decode()
    assert "?scale=" in page
    scale = page.split("?scale=")[2].split('"')[0]
    assert client.get(f"{address}?scale={scale}").status_code == 200


def test_one_page_shows_what_was_asked_and_what_came(desk, queries_of):
    client, address = desk.house.client_for(desk.nurse), f"/measures/{desk.person}/"
    entered(desk, ALL_OF_GAD7, 5)
    one = queries_of(client, address)
    for days in (1, 2):
        entered(desk, ALL_OF_GAD7, days)
    assert queries_of(client, address) == one
    page = client.get(address).content.decode()
    assert "7 · mild" in page
    assert "Follows no schedule" in page


def test_what_waits_needs_as_many_queries_for_three_as_for_one(desk, queries_of):
    client = desk.house.client_for(desk.nurse)
    desk.ask()
    one = queries_of(client, "/measures/")
    for name in ("Ben Tran", "Mia Sol"):
        desk.ask(person=open_chart(desk.house, desk.nurse, name))
    assert queries_of(client, "/measures/") == one


def test_staff_asks_gives_a_link_and_enters_a_sheet_by_the_pages(desk):
    client, base = desk.house.client_for(desk.nurse), f"/measures/{desk.person}/"
    assert b"Generalized" in client.get(f"{base}ask/").content
    told = {"id": new_id(), "instruments": ["gad7", RATED], "how": "link"}
    asked = client.post(f"{base}ask/", told)
    assert asked["Location"] == f"{base}link/{told['id']}/"
    given = client.get(asked["Location"]).content.decode()
    assert f"/forms/{desk.house.id}/{told['id']}/" in given
    refused = client.post(f"{base}ask/", {**told, "id": new_id(), "instruments": ["phq9"]})
    assert "with staff present" in refused.content.decode()
    rated = next(form.id for form in desk.forms() if form.instrument == RATED)
    sheet = client.get(f"{base}forms/{rated}/enter/").content.decode()
    assert "Rosa Marquez" in sheet
    assert "Asked only after question 2, from Yes on." in sheet
    answers = {"i-1": "0", "i-2": "0", "i-6": "0", "rater": str(desk.therapist.id), "id": new_id()}
    done = client.post(f"{base}forms/{rated}/enter/", answers, follow=True).content.decode()
    assert "Tom Reyes" in done
    assert "complete" in done
    assert b"Print this sheet" in client.get(f"{base}forms/{desk.ask()}/paper/").content
    for page in ("link/", "schedule/", f"link/{told['id']}/withdraw/"):
        assert client.get(f"{base}{page}").status_code == 200
    client.post(f"{base}link/{told['id']}/withdraw/")
    assert b"opens nothing any more" in client.get(f"{base}link/{told['id']}/").content


def test_a_coordinator_asks_and_does_not_read(desk):
    client, base = desk.house.client_for(desk.coordinator), f"/measures/{desk.person}/"
    done = client.post(f"{base}ask/", {"id": new_id(), "instruments": ["gad7"], "how": "staff"})
    assert done["Location"] == f"/people/{desk.person}/"
    asked = desk.forms()[0].id
    for page in ("", "courses/gad7/", f"forms/{asked}/", f"forms/{asked}/enter/"):
        assert client.get(f"{base}{page}").status_code == 403
    assert client.get("/measures/").status_code == 403


def test_a_chart_of_another_site_stays_closed(desk):
    from kap_clinic.organizations.actions import add_site

    site = new_id()
    add_site(
        organization=desk.house.id, by=desk.house.member("administrator"), id=site, name="North",
        time_zone="UTC",
    )  # fmt: skip
    elsewhere = desk.house.member("nurse", sites=[new_id()])
    person = open_chart(desk.house, desk.nurse, "Ben Tran", site=site)
    desk.ask(person=person)
    client = desk.house.client_for(elsewhere)
    assert client.get(f"/measures/{person}/").status_code == 403
    assert "Ben Tran" not in client.get("/measures/").content.decode()


def test_the_library_says_who_may_show_which_words(desk):
    client = desk.house.client_for(desk.director)
    page = client.get("/measures/library/").content.decode()
    assert "nobody has said that this house is run without profit" in page
    one = client.get("/measures/library/isi/").content.decode()
    assert "only the score may be recorded" in one
    assert client.get("/measures/library/none/").status_code == 404
    client.post("/measures/library/profit/", {"id": new_id(), "is_for_profit": "no"})
    assert "run without profit: words" in client.get("/measures/library/").content.decode()
    assert desk.house.client_for(desk.nurse).get("/measures/library/profit/").status_code == 403


def test_a_form_of_somebody_else_is_not_found_under_this_chart(desk):
    ben = open_chart(desk.house, desk.nurse, "Ben Tran")
    asked, client = desk.ask(person=ben), desk.house.client_for(desk.nurse)
    for page in ("", "enter/", "paper/", "withdraw/", "settle/", "correct/1/"):
        assert client.get(f"/measures/{desk.person}/forms/{asked}/{page}").status_code == 404
    assert client.get(f"/measures/{ben}/forms/{asked}/correct/99/").status_code == 404


def test_who_reads_another_language_is_asked_together(desk):
    from kap_clinic.people.models import Person

    client, address = desk.house.client_for(desk.nurse), f"/measures/{desk.person}/ask/"
    assert "This client reads" not in client.get(address).content.decode()
    with desk.house.acting():
        Person.objects.filter(id=desk.person).update(language="es")
    page = client.get(address).content.decode()
    assert "This client reads Spanish. A form without official words in it" in page
