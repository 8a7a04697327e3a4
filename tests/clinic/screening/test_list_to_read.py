"""The prescriber's list: red items and changes only, everybody else counted."""

from __future__ import annotations

import pytest
from tests.clinic.screening.conftest import aneurysm, pressure

pytestmark = pytest.mark.database


def test_the_list_shows_red_and_changed_and_counts_the_rest(bench):
    quiet = bench.open("Ben Tal")
    bench.record(aneurysm())
    client = bench.house.client_for(bench.prescriber)
    page = client.get("/screening/").content.decode()
    assert "Ana Keller" in page
    assert "Ben Tal" not in page
    assert "1 more person is being screened" in page
    bench.sign(decision="decline")
    assert "Ana Keller" not in client.get("/screening/").content.decode()
    bench.record(pressure(164, 96))
    page = client.get("/screening/").content.decode()
    assert "Changed since it was signed" in page
    assert bench.whole(quiet).signed is None


def test_the_list_asks_the_database_as_often_for_three_people_as_for_one(bench, queries_of):
    client = bench.house.client_for(bench.prescriber)
    bench.record(aneurysm())
    client.get("/screening/")
    one = queries_of(client, "/screening/")
    for name in ("Ben Tal", "Cleo Marsh"):
        bench.record(aneurysm(), person=bench.open(name))
    assert queries_of(client, "/screening/") == one
