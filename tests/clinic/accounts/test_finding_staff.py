"""Staff are found by any word of a name, page by page, through an index however many there are."""

from __future__ import annotations

import pytest

from kap_clinic.accounts import actions, queries
from kap_clinic.accounts.names import sort_name_of
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


def take_on(house, *names):
    from kap_clinic.accounts.models import Member

    for name in names:
        member = house.member("nurse", name=name)
        with house.acting():
            Member.objects.filter(id=member.id).update(sort_name=sort_name_of(name))


def test_people_are_found_by_the_beginning_of_a_name_whatever_its_accents(house, administrator):
    take_on(house, "María Núñez", "Nunzio Ferri", "Ana Keller")
    with house.acting() as act:
        found = {q: [one.name for one in queries.staff(act, search=q).lines] for q in
                 ("nun", "NÚÑ", "maria nun", "kel", "keller ana", "ana kel", "ana", "%", "xyz")}  # fmt: skip
    assert found == {
        "nun": ["Nunzio Ferri", "María Núñez"],
        "NÚÑ": ["Nunzio Ferri", "María Núñez"],
        "maria nun": ["María Núñez"],
        "kel": ["Ana Keller"],
        "keller ana": ["Ana Keller"],
        "ana kel": ["Ana Keller"],
        "ana": ["Ana Keller"],
        "%": [],
        "xyz": [],
    }


def test_the_list_goes_on_and_back_without_losing_or_repeating_anybody(house, administrator):
    take_on(house, *[f"Person {letter}" for letter in "ABCDEFG"], "Person A")
    seen, after, pages = [], None, []
    with house.acting() as act:
        while True:
            page = queries.staff(act, after=after, limit=3)
            pages.append([one.id for one in page.lines])
            seen += page.lines
            if page.after is None:
                break
            after = page.after
        back = queries.staff(act, before=pages[-1][0], limit=3)
    assert len({one.id for one in seen}) == len(seen) == 9
    letters = [one.name for one in seen if one.name.startswith("Person")]
    assert letters == sorted(letters)
    assert [one.id for one in back.lines] == pages[-2]


def test_the_list_and_a_person_ask_the_database_as_often_for_three_as_for_one(
    house, administrator, nurse, queries_of
):
    client = house.client_for(administrator)
    for address in ("/staff/", f"/staff/{nurse.id}/", "/api/v1/staff"):
        client.get(address)
    before = [queries_of(client, address) for address in ("/staff/", f"/staff/{nurse.id}/", "/api/v1/staff")]
    take_on(house, "Ana Keller", "Ben Tran")
    for role in ("therapist", "custodian"):
        actions.change_roles(
            organization=house.id, by=administrator, id=new_id(), member=nurse.id, roles=[role]
        )
    after = [queries_of(client, address) for address in ("/staff/", f"/staff/{nurse.id}/", "/api/v1/staff")]
    assert after == before


def test_a_hundred_thousand_people_are_searched_through_the_index(house, administrator):
    from django.db import connection

    with house.acting() as act:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL row_security = on")
            cursor.execute(
                "INSERT INTO accounts_account (id, password, email, is_active, created_at) "
                "SELECT gen_random_uuid(), '', 'p' || n || '@example.org', true, now() "
                "FROM generate_series(1, 100000) n"
            )
            cursor.execute(
                "INSERT INTO accounts_member (id, organization_id, account_id, name, sort_name, roles, "
                "phone_sealed, joined_at) SELECT gen_random_uuid(), %s, id, email, md5(email), "
                "'{nurse}', '', now() FROM accounts_account WHERE password = ''",
                [house.id],
            )
            cursor.execute(
                "INSERT INTO accounts_memberword (id, organization_id, member_id, word) "
                "SELECT gen_random_uuid(), organization_id, id, sort_name FROM accounts_member"
            )
            cursor.execute("ANALYZE accounts_member")
            cursor.execute("ANALYZE accounts_memberword")
            from django.test.utils import CaptureQueriesContext

            with CaptureQueriesContext(connection) as asked:
                found = queries.staff(act, search="abcd")
            cursor.execute(f"EXPLAIN (COSTS OFF) {asked[-1]['sql']}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
    assert 0 < len(found.lines) <= 50
    assert "member_word_by_word" in plan
    assert "Seq Scan" not in plan


def test_the_api_reads_the_staff_in_pages_and_one_person_with_the_history(house, administrator, nurse):
    client = house.client_for(nurse)
    listed = client.get("/api/v1/staff").json()
    assert (listed["schema"], listed["after"], len(listed["staff"])) == ("openkap.staff/1", None, 2)
    one = client.get(f"/api/v1/staff/{nurse.id}").json()
    assert (one["schema"], one["name"], one["sites"]) == ("openkap.staff-member/1", "Mira Anand", None)
    assert [change["kind"] for change in one["history"]] == ["joined"]
    engineer = house.client_for(house.member("engineer"))
    assert engineer.get("/api/v1/staff").status_code == 403
