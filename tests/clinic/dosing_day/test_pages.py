"""The room's pages: open to those who may, without script, live for a screen that opened the room."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.dosed import PIN, TOKEN
from tests.in_room import Treatment

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.dosing_day import actions, notes
from kap_clinic.dosing_day.models import SessionNote
from kap_clinic.dosing_day.rooms import rooms_of
from kap_clinic.plans.models import PlannedSession

pytestmark = pytest.mark.database


def client_of(day: Treatment, role: str) -> Any:
    """A browser of this role on the clinic's tablet."""
    client = day.house.client_for(day.staff[role])
    client.cookies["kap_device"] = TOKEN
    return client


def test_the_room_is_worked_without_script_by_those_who_may(day: Treatment) -> None:
    session = day.ready()
    nurse, url = client_of(day, "nurse"), f"/dosing-day/{session}/"
    assert client_of(day, "custodian").get(url).status_code == 403
    assert nurse.get(f"/dosing-day/{new_id()}/").status_code == 403
    page = nurse.get(url).content.decode()
    assert "We both say: this is Ana Keller, 35 mg ketamine IV" in page
    sent = {"id": new_id(), "second": str(day.pharmacy.second.id), "pin": PIN}
    assert nurse.post(f"{url}time-out/", sent).status_code == 302
    wrong = nurse.post(f"{url}vitals/", {"id": new_id(), "systolic": "1240"})
    assert (wrong.status_code, "cannot be" in wrong.content.decode()) == (422, True)
    unusual = nurse.post(f"{url}vitals/", {"id": new_id(), "heart_rate": "160"}).content.decode()
    assert "I measured again: this is right" in unusual
    assert "Type at least one number" in nurse.post(f"{url}vitals/", {"id": new_id()}).content.decode()
    given = {"id": new_id(), "syringe": str(day.syringe), "second": sent["second"], "pin": PIN}
    assert [nurse.post(f"{url}give/", given).status_code for _ in range(2)] == [302, 302]
    assert nurse.post(f"{url}event/", {"id": new_id(), "what": "nausea"}).status_code == 302
    page = nurse.get(url).content.decode()
    assert "The dose runs" in page
    assert page.count("35 mg ketamine IV over 40 min") == 1
    therapist = client_of(day, "therapist")
    assert therapist.post(f"{url}end/", {"id": new_id(), "dose": str(given["id"])}).status_code == 403


def test_a_screen_fetches_what_is_new_only_after_it_opened_the_room(day: Treatment) -> None:
    session = day.started()
    nurse, url = client_of(day, "nurse"), f"/dosing-day/{session}/"
    opened = nurse.get(url).content.decode()
    [proof] = re.findall(r'data-room-proof="([^"]+)"', opened)
    before = len(day.house.trail())
    for number in range(3):
        day.read(session, systolic=120 + number)
    for seen, wanted in ((0, [1, 2, 3, 4]), (1, [2, 3, 4]), (3, [4]), (4, [])):
        fresh = nurse.get(f"{url}since/{seen}/", headers={"X-Room-Proof": proof}).content.decode()
        assert sorted(int(one) for one in re.findall(r'data-number="(\d+)"', fresh)) == wanted
        assert 'data-room-seen="4"' in fresh
    assert "122/78" in nurse.get(f"{url}tiles/", headers={"X-Room-Proof": proof}).content.decode()
    assert len(day.house.trail()) == before + 3
    for headers in ({}, {"X-Room-Proof": "forged"}):
        assert nurse.get(f"{url}since/0/", headers=headers).status_code == 403
    other = client_of(day, "prescriber").get(f"{url}since/0/", headers={"X-Room-Proof": proof})
    assert other.status_code == 403


def test_the_room_asks_the_database_no_more_often_the_longer_it_lasts(day: Treatment) -> None:
    session = day.started()
    nurse, counts = client_of(day, "nurse"), []
    day.read(session)
    for _ in range(2):
        nurse.get(f"/dosing-day/{session}/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            nurse.get(f"/dosing-day/{session}/")
        counts.append(len(asked))
        day.read(session)
        day.read(session, systolic=130)
    assert counts[0] == counts[1]


def test_the_board_lists_todays_doses_with_as_many_queries_for_one_as_for_three(day: Treatment) -> None:
    ward, counts, shown = day.pharmacy.ward, [], []
    line = ward.session("dose-1")
    for extra in ((), ("dose-1a", "dose-1b")):
        with day.house.acting(day.staff["nurse"]) as act:
            for name in extra:
                row = PlannedSession.objects.get(id=line.id)
                row.id, row.session = new_id(), name
                row.save(force_insert=True)
            with CaptureQueriesContext(connection) as asked:
                shown.append(rooms_of(act, ward.site, line.time.opens_at.at))
            counts.append(len(asked))
    assert [len(rooms) for rooms in shown] == [1, 3]
    assert counts[0] == counts[1]
    assert (shown[0][0].who, shown[0][0].standing, shown[0][0].may_start) == ("Ana Keller", "not begun", True)
    started = client_of(day, "nurse").post(f"/dosing-day/start/{line.id}/", {"id": str(shown[0][0].new_id)})
    assert started.url == f"/dosing-day/{shown[0][0].new_id}/"
    with day.house.acting(day.staff["custodian"]) as act:
        assert rooms_of(act, ward.site, line.time.opens_at.at) == []


def test_a_note_is_signed_once_as_it_was_read_and_only_added_to(day: Treatment) -> None:
    session = day.started()
    zone = {"session": session, "time_zone": "America/Denver"}
    with pytest.raises(Refused, match="once the person has left"):
        notes.sign(**day.by("nurse", seen="", **zone))
    actions.leave_undosed(**day.by("nurse", session=session, why="Feels unwell."))
    file = day.file(session)
    with day.house.acting(day.staff["nurse"]):
        seen = notes.fingerprint(notes.assembled(file.session, "America/Denver"))
    amendment = day.by("nurse", session=session, words="Comes back on Monday.")
    for other, said in (
        ({"seen": "0" * 64}, "has changed since"),
        ({"by": day.staff["therapist"]}, "You may not"),
    ):
        with pytest.raises(Refused, match=said):
            notes.sign(**{**day.by("nurse", seen=seen, **zone), **other})
    with pytest.raises(Refused, match="not signed yet"):
        notes.amend(**amendment)
    told = day.by("nurse", seen=seen, **zone)
    assert [notes.sign(**told), notes.sign(**told)] == [True, False]
    with pytest.raises(Refused, match="signed and locked"):
        notes.sign(**day.by("prescriber", seen=seen, **zone))
    assert [notes.amend(**amendment), notes.amend(**amendment)] == [True, False]
    with pytest.raises(Refused, match="Write what the note should say"):
        notes.amend(**day.by("nurse", session=session, words=" "))
    with day.house.acting():
        signed = notes.signed(session)
        assert SessionNote.objects.count() == 2
    assert [one.number for one in signed] == [1, 2]
    assert signed[0].passages[-1].sentences[0].endswith("without a dose: Feels unwell.")
    assert (signed[1].words, signed[1].by) == ("Comes back on Monday.", "Rosa Marquez")
    page = client_of(day, "therapist").get(f"/dosing-day/{session}/note/").content.decode()
    assert "Signed and locked" in page
    assert "Sign the amendment" not in page


def test_a_device_sends_its_readings_over_the_api(day: Treatment) -> None:
    from datetime import UTC, datetime

    session = day.started()
    batch = {
        "id": str(new_id()),
        "device": "monitor 2",
        "readings": [{"at": datetime.now(UTC).isoformat(), "numbers": {"oxygen-saturation": 97}}],
    }
    url, nurse = f"/api/v1/dosing-day/{session}/readings", client_of(day, "nurse")
    answers = [nurse.post(url, batch, content_type="application/json") for _ in range(2)]
    assert [(one.status_code, one.json()["is_new"]) for one in answers] == [(200, True), (200, False)]
    naive = {**batch, "id": str(new_id()), "readings": [{"at": "2026-01-14T12:00:00", "numbers": {}}]}
    assert nurse.post(url, naive, content_type="application/json").status_code == 422
    refused = client_of(day, "custodian").post(
        url, {**batch, "id": str(new_id())}, content_type="application/json"
    )
    assert refused.status_code == 403
