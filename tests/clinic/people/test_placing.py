"""Records that meet a chart: they refine a birth date, overwrite none, and may be put aside."""

from __future__ import annotations

import pytest
from tests.clinic.people.records import SOURCE, condition, patient

from kap.vocabulary.errors import Refused

pytestmark = pytest.mark.database


def test_a_record_that_knows_more_of_a_birth_date_refines_the_chart(receive, charts):
    from kap_clinic.people.importing import place_people
    from kap_clinic.people.listing import changes, people

    for known in ("1979", "1979-01", ""):
        person = charts.open(f"Ben Torres{known}", known)
        done = receive(patient(id=f"b{known}", name=f"Ben Torres{known}", born="1979-01-02"))
        answers = {f"b{known}": person}
        place_people(organization=charts.house.id, by=charts.nurse, id=done.id, answers=answers)
        with charts.house.acting(charts.nurse) as act:
            told = [(one.kind, one.value, one.because) for one in changes(act, person)]
            births = {line.id: line.birth for line in people(act).lines}
        assert births[person] == "1979-01-02"
        assert ("birth", "1979-01-02", SOURCE) in told


def test_a_record_that_differs_overwrites_no_birth_date_and_waits_to_be_settled(receive, charts, look):
    from kap_clinic.people import births
    from kap_clinic.people.importing import place_people

    def conflict():
        with charts.house.acting(charts.nurse) as act:
            found = births.conflict_of(act, charts.person)
            return found and (found.birth, found.source)

    done = receive(patient(born="1984-03-28"))
    place_people(organization=charts.house.id, by=charts.nurse, id=done.id, answers={"p1": charts.person})
    receive(patient(born="1984-03-28"), condition())
    assert conflict() == ("1984-03-28", SOURCE)
    client = charts.house.client_for(charts.house.member("coordinator"))
    seen = client.get(f"/people/{charts.person}/").content.decode()
    assert ("Two birth dates" in seen, "born 27 Mar 1984" in seen) == (True, True)
    settle = {"organization": charts.house.id, "by": charts.nurse, "person": charts.person}
    for told, says in (
        ({"birth": "", "because": "passport"}, "Write the birth date that is right"),
        ({"birth": "1984-03-28", "because": " "}, "how you know"),
        ({"birth": "28/3/84", "because": "passport"}, "Write the birth date like"),
        ({"birth": "1984-03-28", "because": "x", "by": charts.house.member("therapist")}, "work of"),
    ):
        with pytest.raises(Refused, match=says):
            births.settle_birth(**{**settle, **told})
    assert conflict() is not None
    told = {"birth": "1984-03-27", "because": "seen on the passport"}
    assert client.post(f"/people/{charts.person}/birth/", told).status_code == 302
    assert conflict() is None
    assert "Two birth dates" not in client.get(f"/people/{charts.person}/").content.decode()


def test_a_waiting_file_is_put_aside_for_a_reason_and_sent_again_asks_again(receive, look, charts):
    from kap_clinic.people.discarding import discard_file
    from kap_clinic.people.importing import place_people

    done = receive(patient(), condition())
    aside = {"organization": charts.house.id, "by": charts.nurse, "id": done.id}
    for other, says in (
        ({"because": " "}, "Say why this file"),
        ({"because": "x", "id": charts.person}, "no such file"),
        ({"because": "x", "by": charts.house.member("therapist")}, "work of"),
    ):
        with pytest.raises(Refused, match=says):
            discard_file(**{**aside, **other})
    client = charts.house.client_for(charts.nurse)
    assert "Put this file aside" in client.get(f"/people/records/{done.id}/who/").content.decode()
    told = {"because": "Sent to us by mistake"}
    for _click in range(2):
        assert client.post(f"/people/records/{done.id}/aside/", told).url == "/people/records/"
    assert "put aside" in client.get("/people/records/").content.decode()
    assert (
        "Sent to us by mistake" in client.get(f"/people/records/{done.id}/who/", follow=True).content.decode()
    )
    with pytest.raises(Refused, match="put aside"):
        place_people(organization=charts.house.id, by=charts.nurse, id=done.id, answers={"p1": None})
    assert (look.count("RecordedFact"), look.count("Person")) == (0, 1)
    again = receive(patient(), condition())
    assert (again.id, again.is_written, len(again.questions)) == (done.id, False, 1)
    place_people(organization=charts.house.id, by=charts.nurse, id=done.id, answers={"p1": charts.person})
    with pytest.raises(Refused, match="in the charts already"):
        discard_file(**aside, because="too late")
