"""The pages of a safety case: what to do now first; taken with one press; noted, planned, closed."""

from __future__ import annotations

import pytest

from kap_clinic.cases import crises, queries, safety_plans
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

PARTS = {"signs": "I stop sleeping.", "ask": "My sister Lea, +1 555 0100.", "means": "Lea keeps the tablets."}


@pytest.fixture
def crisis(desk):
    return crises.open_crisis(
        organization=desk.house.id, by=desk.nurse, id=new_id(), person=desk.person, why="Said goodbye."
    )


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_page_says_what_to_do_now_and_one_press_takes_the_case(desk, crisis):
    client = desk.house.client_for(desk.nurse)
    assert client.get(f"/cases/{crisis}/")["Location"] == f"/cases/{crisis}/safety/"
    page = text(client, f"/cases/{crisis}/safety/")
    for words in ("Do not leave them alone. No dose today.", "Take this case first", "tel:911", "I take it"):
        assert words in page
    assert client.post(f"/cases/{crisis}/take/", {"id": str(new_id())}).status_code == 302
    page = text(client, f"/cases/{crisis}/safety/")
    assert "I take it" not in page
    assert "Go to them, or stay on the line" in page
    assert (
        client.post(
            f"/cases/{crisis}/done/with-them/", {"id": str(new_id()), "words": "On the line."}
        ).status_code
        == 302
    )
    page = text(client, f"/cases/{crisis}/safety/")
    assert "On the line." in page
    assert "agree who keeps them away tonight" in page
    assert client.get(f"/cases/{crisis}/done/sung/").status_code == 404


def test_everybody_who_sees_cases_sees_it_first_on_the_day_board_and_in_the_list(desk, crisis):
    from kap_clinic.organizations.actions import add_site

    add_site(
        organization=desk.house.id, by=desk.house.member("administrator"), id=new_id(), name="Cedar",
        time_zone="America/Denver",
    )  # fmt: skip
    board = text(desk.house.client_for(desk.prescriber), "/")
    assert board.index("Crisis: never left alone") < board.index("nobody has taken it yet")
    assert "Ana Keller: Crisis: never left alone" in text(desk.house.client_for(desk.nurse), "/cases/")
    crises.take(organization=desk.house.id, by=desk.nurse, id=new_id(), case=crisis)
    assert "Rosa Marquez has taken it" in text(desk.house.client_for(desk.prescriber), "/")


def test_a_plan_is_written_given_and_noted_in_the_case_and_the_case_is_closed(desk, crisis):
    nurse = desk.house.client_for(desk.nurse)
    person, told = desk.person, {"organization": desk.house.id, "by": desk.nurse}
    assert "No plan was written yet" in text(nurse, f"/cases/plan/{person}/")
    assert nurse.get(f"/cases/plan/{person}/give/").status_code == 404
    empty = nurse.post(f"/cases/plan/{person}/write/", {"id": str(new_id()), "signs": "Alone."})
    assert "Write at least how they notice it" in empty.content.decode()
    assert nurse.post(f"/cases/plan/{person}/write/", {"id": str(new_id()), **PARTS}).status_code == 302
    safety_plans.write_plan(**told, id=new_id(), person=person, parts=PARTS | {"alone": "I walk."})
    sheet = text(nurse, f"/cases/plan/{person}/")
    assert ("version 2" in sheet, "I walk." in sheet, "988" in sheet) == (True, True, True)
    assert nurse.post(f"/cases/plan/{person}/give/", {"id": str(new_id()), "how": "paper"}).status_code == 302
    crises.note_done(**told, id=new_id(), case=crisis, what="means-counseled", words="Lea has them.")
    director = desk.house.client_for(desk.house.member("medical_director"))
    ending = {
        "id": str(new_id()), "outcome": "safe-with-plan", "said_by": "Ada Odum, MD", "answer": "Call at 9.",
    }  # fmt: skip
    assert director.post(f"/cases/{crisis}/end/", ending).status_code == 302
    page = text(director, f"/cases/{crisis}/safety/")
    assert "Version 2. On paper, in their hand." in page
    assert "Safe now, with a safety plan, said by Ada Odum, MD" in page


def test_every_part_of_a_plan_is_said_in_the_clients_language():
    from kap_clinic.cases.safety_shown import plan_in

    parts = dict.fromkeys(safety_plans.PARTS, "Lea")
    english, spanish = ([words for words, _ in plan_in(one, parts)] for one in ("en", "es"))
    assert (len(english), set(english) & set(spanish)) == (7, set())


def test_a_plan_lies_sealed_in_the_database_and_a_second_click_writes_it_once(desk):
    from kap_clinic.cases.models import SafetyPlan

    said = {"organization": desk.house.id, "by": desk.nurse, "id": new_id(), "person": desk.person}
    assert [safety_plans.write_plan(**said, parts=PARTS) for _ in range(2)] == [True, False]
    with desk.house.acting():
        sealed = SafetyPlan.objects.get().text_sealed
    assert (sealed.startswith("v1:"), "Lea" in sealed) == (True, False)


def test_a_crisis_is_opened_on_its_page_and_a_drill_shows_what_it_measured(desk):
    nurse = desk.house.client_for(desk.nurse)
    answer = nurse.post(f"/cases/crisis/{desk.person}/", {"id": str(new_id()), "why": "Said goodbye."})
    assert answer.status_code == 302
    assert "Said goodbye." in text(nurse, answer["Location"])
    drill = crises.start_drill(
        organization=desk.house.id, by=desk.house.member("medical_director"), id=new_id(), why="Spring."
    )
    page = text(nurse, f"/cases/{drill}/safety/")
    for words in ("DRILL: crisis", "What the drill measured", "nobody took it"):
        assert words in page


def test_nobody_without_the_permission_opens_these_pages(desk, crisis):
    custodian = desk.house.client_for(desk.house.member("custodian"))
    coordinator = desk.house.client_for(desk.house.member("coordinator"))
    person = desk.person
    pages = {
        f"/cases/{crisis}/safety/": (403, 200), f"/cases/{crisis}/take/": (403, 200),
        f"/cases/{crisis}/done/with-them/": (403, 200), f"/cases/{crisis}/end/": (403, 403),
        f"/cases/crisis/{person}/": (403, 200), f"/cases/plan/{person}/": (403, 403),
        f"/cases/plan/{person}/write/": (403, 403), f"/cases/plan/{person}/give/": (403, 403),
    }  # fmt: skip
    found = {page: (custodian.get(page).status_code, coordinator.get(page).status_code) for page in pages}
    assert found == pages


def test_the_strip_asks_the_database_as_often_for_three_cases_as_for_one(desk, crisis, queries_of):
    from kap_clinic.people.actions import open_chart

    client = desk.house.client_for(desk.nurse)
    client.get("/")
    one = queries_of(client, "/")
    for name in ("Ben Tal", "Cam Ode"):
        person = new_id()
        open_chart(organization=desk.house.id, by=desk.nurse, id=person, name=name, birth="1980")
        crises.open_crisis(
            organization=desk.house.id, by=desk.nurse, id=new_id(), person=person, why="Said goodbye."
        )
    with desk.house.acting() as act:
        assert len(queries.open_safety_cases(act)) == 3
    assert queries_of(client, "/") == one
