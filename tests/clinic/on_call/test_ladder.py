"""The minutes of a ladder: shown with their default, signed by the medical director, climbed since."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from kap.casework.ladder_times import minutes_of
from kap.casework.safety import CRISIS
from kap.vocabulary.errors import Refused
from kap_clinic.cases import crises
from kap_clinic.database.identity import new_id
from kap_clinic.on_call import ladder
from kap_clinic.on_call.models import LadderSigned

pytestmark = pytest.mark.database


def sets(station, by=None, **other):
    """Have the medical director set the minutes of a crisis."""
    told = {"id": new_id(), "kind": "crisis", "minutes": [0, 2, 4, 6], "why": "Our drills of May."}
    return ladder.set_minutes(organization=station.house.id, by=by or station.director, **told | other)


def test_the_minutes_that_were_signed_are_climbed_by_cases_opened_since_and_by_no_other(station):
    station.put(station.nurse)
    station.put(station.backup, "backup", phone="+15555550102", email="second@example.org")
    station.crisis()
    station.climb()
    sets(station)
    assert station.climb(minutes=2) == 0
    assert station.climb(minutes=5) == 3
    told = {"organization": station.house.id, "by": station.director, "id": new_id(), "why": "Spring drill."}
    drill = crises.start_drill(**told)
    with station.house.acting() as act:
        state = ladder.paced(crises.stands(act, drill), ladder.signed(act))
    assert minutes_of(state.kind) == (0, 2, 4, 6)


def test_only_the_medical_director_signs_only_what_can_be_climbed_and_what_it_rests_on(station):
    with pytest.raises(Refused, match="set after how many minutes"):
        sets(station, by=station.nurse)
    with pytest.raises(Refused, match="set after how many minutes"):
        sets(station, by=station.house.member("administrator"))
    for wrong, says in (
        ({"minutes": [0, 5, 5, 6]}, "later than the one before"),
        ({"kind": "safety-note", "minutes": []}, "not set by a house"),
        ({"why": "  "}, "what these minutes rest on"),
    ):
        with pytest.raises(Refused, match=says):
            sets(station, **wrong)
    id = new_id()
    assert [sets(station, id=id), sets(station, id=id)] == [True, False]
    with pytest.raises(Refused, match="other content"):
        sets(station, id=id, minutes=[0, 3, 4, 6])
    with station.house.acting(action="test.write"):
        with pytest.raises(DatabaseError), transaction.atomic():
            LadderSigned.objects.filter(id=id).update(minutes="0,1,2,3")
    assert [name for name, *_ in station.house.trail()].count("on_call.set_minutes") == 8


def test_what_was_signed_for_other_steps_than_there_are_gives_way_to_the_default(station):
    sets(station)
    with station.house.acting(action="test.write") as act:
        row = LadderSigned.objects.get()
        row.id, row.minutes = new_id(), "0,5,10"
        row.save(force_insert=True)
        assert len(ladder.signed(act)) == 2
        newest_first = sorted(ladder.signed(act), key=lambda one: len(one.minutes))
        assert ladder.in_force(CRISIS, newest_first, station.at(minutes=60)) is None
        assert ladder.in_force(CRISIS, newest_first[1:], station.at(minutes=60)).minutes == (0, 2, 4, 6)


def test_the_page_shows_the_default_beside_what_was_signed_and_asks_as_often_for_three_as_for_one(station):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    director = station.house.client_for(station.director)
    page = director.get("/on-call/ladder/").content.decode()
    assert page.count("checked by nobody") == 5
    told = {"id": str(new_id()), "step_2": "2", "step_3": "20", "step_4": "30", "why": "Our drills of May."}
    assert director.post("/on-call/ladder/crisis/", told).status_code == 302
    page = director.get("/on-call/ladder/").content.decode()
    assert "20 min, later" in page
    assert "Our drills of May." in page
    wrong = director.post("/on-call/ladder/crisis/", {**told, "id": str(new_id()), "step_3": "1"})
    assert (wrong.status_code, "later than the one before" in wrong.content.decode()) == (200, True)

    def asked():
        with CaptureQueriesContext(connection) as made:
            assert director.get("/on-call/ladder/").status_code == 200
        return len(made)

    one = asked()
    for minutes in ([0, 3, 6, 9], [0, 4, 8, 12]):
        sets(station, minutes=minutes)
    assert asked() == one
    nurse = station.house.client_for(station.nurse)
    custodian = station.house.client_for(station.house.member("custodian"))
    pages = ("/on-call/ladder/", "/on-call/ladder/crisis/", "/on-call/ladder/safety-note/")
    found = {page: [one.get(page).status_code for one in (custodian, nurse, director)] for page in pages}
    assert found == dict(zip(pages, ([403, 200, 200], [403, 403, 200], [403, 403, 404]), strict=True))
