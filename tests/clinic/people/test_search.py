"""A person is found by any word of the name, however it is typed, through an index and in one house only."""

from __future__ import annotations

import pytest

from kap_clinic.people import listing

pytestmark = pytest.mark.database


@pytest.fixture
def found(charts):
    """Search as the nurse; return the names."""

    def search(word):
        with charts.house.acting(charts.nurse) as act:
            return [line.name for line in listing.people(act, search=word).lines]

    return search


def test_every_word_of_a_name_finds_it_typed_either_way_round(charts, found):
    for name in ("Ana Kovač", "Gabriel García Márquez", "Anna-María O'Neil", "Ben Torres"):
        charts.open(name)
    for word, names in {
        "ana": ["Ana Keller", "Ana Kovač"],
        "kovac": ["Ana Kovač"],
        "Ana Kov": ["Ana Kovač"],
        "kov ana": ["Ana Kovač"],
        "garcia": ["Gabriel García Márquez"],
        "MÁRQ": ["Gabriel García Márquez"],
        "maria": ["Anna-María O'Neil"],
        "neil": ["Anna-María O'Neil"],
        "ann": ["Anna-María O'Neil"],
        "ben keller": [],
        "an_": [],
        "%": [],
    }.items():
        assert found(word) == names, word
    assert len(found("")) == len(found("  ")) == 5


def test_a_name_brought_in_by_a_file_is_found_by_its_first_name_and_in_its_own_house_only(charts, found):
    from kap_clinic.people.importing import receive_file

    sheet = b"name,birth_date\nZora Novak,1990-01-01\n"
    receive_file(organization=charts.house.id, by=charts.nurse, content=sheet, source="A sheet")
    assert found("zora") == ["Zora Novak"]


def test_another_house_finds_nobody_of_ours(charts, clinic):
    other = clinic.organization("Juniper")
    with other.acting(other.member("nurse")) as act:
        assert listing.people(act, search="ana").lines == []


def test_fifty_thousand_people_are_searched_through_the_index_in_one_query(charts):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with charts.house.acting(charts.nurse) as act, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_person (id, organization_id, name, sort_name, birth, sex, pronouns, "
            "language, contact_sealed, stage, opened_at, opened_by) "
            "SELECT gen_random_uuid(), %s, md5(n::text), "
            "md5(n::text), '', '', '', '', '', 'referral', now(), gen_random_uuid() "
            "FROM generate_series(1, 50000) n",
            [charts.house.id],
        )
        cursor.execute(
            "INSERT INTO people_nameword (id, organization_id, person_id, word) "
            "SELECT gen_random_uuid(), organization_id, id, name FROM people_person"
        )
        cursor.execute("ANALYZE people_person")
        cursor.execute("ANALYZE people_nameword")
        with CaptureQueriesContext(connection) as asked:
            people = listing.people(act, search="abcd").lines
        cursor.execute(f"EXPLAIN (COSTS OFF) {asked[-1]['sql']}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert 0 < len(people) <= 50
    assert len(asked) == 1
    assert "name_word_by_word" in plan
    assert "Seq Scan" not in plan.replace("Seq Scan on organizations_sharing", "")


def test_names_of_before_are_found_after_the_migration(charts, clinic, found):
    from importlib import import_module

    from django.apps import apps
    from django.db import connection, transaction

    from kap_clinic.database.door import Reason, outside
    from kap_clinic.people.models import NameWord

    with charts.house.acting(charts.nurse):
        NameWord.objects.all().delete()
    assert found("ana") == []
    migration = import_module("kap_clinic.people.migrations.0006_words_of_names")
    with transaction.atomic(), outside(Reason.SETUP), connection.schema_editor() as editor:
        migration.write_words(apps, editor)
    assert found("ana") == found("keller") == ["Ana Keller"]
