"""Progress notes: signed once with the session they tell of, read by those who treat, and only added to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.planned import Ward, ward

from kap.integration.note import Modality, ProgressNote, Rated, Risk
from kap.planning.course import SessionState
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant, Window
from kap_clinic.database.identity import new_id
from kap_clinic.integration import actions, queries
from kap_clinic.plans.actions import hold_session

pytestmark = pytest.mark.database
NOW = datetime.now(UTC).replace(microsecond=0)
BEGAN = NOW - timedelta(hours=2)


@pytest.fixture
def dosed(clinic: Any) -> Ward:
    """Ana Keller had her first dose this morning."""
    made = ward(clinic)
    made.sign_screening()
    made = made.with_plan()
    dose = made.session("dose-1").id
    began = NOW - timedelta(hours=6)
    hold_session(**made.by("nurse", session=dose, began_at=began, ended_at=began + timedelta(hours=2)))
    return made


def told(**other: Any) -> ProgressNote:
    """A note as a therapist writes it."""
    said: dict[str, Any] = {
        "session": Window(Instant(BEGAN), Instant(BEGAN + timedelta(minutes=75))),
        "modality": Modality.EMDR, "disturbance": Rated(Decimal(7), Decimal(2)),
        "belief": Rated(None, Decimal(6)), "plan": "The same target tomorrow.", "risk": Risk.NONE,
    }  # fmt: skip
    return ProgressNote(**{**said, **other})


def signed(dosed: Ward, session: str = "integration-1", **other: Any) -> dict[str, Any]:
    """Let the therapist sign a note; say what was told."""
    said = dosed.by("therapist", session=dosed.session(session).id, note=told(**other))
    actions.sign_note(**said)
    return said


def test_a_note_is_signed_once_and_holds_its_session(dosed: Ward) -> None:
    said = signed(dosed)
    assert actions.sign_note(**said) is False
    session = dosed.session("integration-1")
    assert (session.state, session.began_at) == (SessionState.HELD, BEGAN)
    with dosed.house.acting(dosed.staff["nurse"]) as act:
        (found,) = queries.notes_of(act, dosed.person)
    assert found.signed.note == said["note"]
    assert found.name_of(found.signed.by) == "Jonah Ferreira"
    assert ("integration.sign_note", "done", dosed.staff["therapist"].id) in dosed.house.trail()
    for other, why in (
        ({"note": told(plan="Rest.")}, "other content"),
        ({"id": new_id()}, "has a signed note"),
        ({"id": new_id(), "session": dosed.session("practice-1").id}, "no integration session"),
        ({"by": dosed.staff["custodian"], "id": new_id()}, "You may not"),
    ):
        with pytest.raises(Refused, match=why):
            actions.sign_note(**{**said, **other})


def test_a_note_is_only_added_to(dosed: Ward) -> None:
    note = signed(dosed)["id"]
    added = dosed.by("prescriber", note=note, words="Read with the client.")
    assert (actions.amend_note(**added), actions.amend_note(**added)) == (True, False)
    with dosed.house.acting(dosed.staff["nurse"]) as act:
        found = queries.note_file(act, note)
    assert found is not None
    assert [one.words for one in found.signed.amendments] == ["Read with the client."]
    with pytest.raises(Refused, match="You may not"):
        actions.amend_note(**dosed.by("coordinator", note=note, words="Mine."))
    with pytest.raises(Refused, match="no progress note"):
        actions.amend_note(**dosed.by("therapist", note=new_id(), words="Nowhere."))
    with dosed.house.acting(), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("UPDATE integration_noteentry SET text = '{}'")


def test_a_session_under_way_ends_with_its_note(dosed: Ward) -> None:
    from kap_clinic.plans.actions import begin_session

    session = dosed.session("integration-1").id
    begin_session(**dosed.by("therapist", session=session, at=BEGAN))
    signed(dosed)
    assert dosed.session("integration-1").ended_at == BEGAN + timedelta(minutes=75)


def test_a_therapist_writes_reads_and_adds_through_pages(dosed: Ward) -> None:
    therapist, session = dosed.client("therapist"), dosed.session("integration-1").id
    write, notes = (
        reverse("integration:write", args=[session]),
        reverse("integration:notes", args=[dosed.person]),
    )
    began = BEGAN.astimezone(dosed.session("integration-1").time.opens_at.in_zone("America/Denver").tzinfo)
    form = {
        "id": new_id(), "on_month": began.month, "on_day": began.day, "on_year": began.year,
        "began": began.strftime("%H:%M"), "ended": (began + timedelta(minutes=60)).strftime("%H:%M"),
        "modality": "ART", "suds_before": "8", "suds_after": "0", "plan": "Sleep early.", "risk": "moderate",
    }  # fmt: skip
    assert "No note is signed yet." in therapist.get(notes).content.decode()
    assert "Say what was heard" in therapist.post(write, form).content.decode()
    assert "11" in therapist.post(write, {**form, "suds_before": "11"}).content.decode()
    assert (
        therapist.post(write, {**form, "risk_words": "Thoughts, no plan; the prescriber comes."}).url == notes
    )
    shown = therapist.get(notes).content.decode()
    for words in ("Disturbance (SUDS): 8 before, 0 after.", "Belief (VOC): not rated.", "Jonah Ferreira"):
        assert words in shown
    with dosed.house.acting(dosed.staff["nurse"]) as act:
        (found,) = queries.notes_of(act, dosed.person)
    assert therapist.get(write).url == notes
    amend = reverse("integration:amend", args=[found.id])
    assert therapist.post(amend, {"id": new_id(), "words": "She slept."}).url == notes
    assert "She slept." in therapist.get(notes).content.decode()
    assert therapist.get(reverse("integration:amend", args=[new_id()])).status_code == 404
    for address in (write, notes, amend):
        assert dosed.client("administrator").get(address).status_code == 403


def test_the_notes_ask_no_more_for_two_than_for_one(dosed: Ward) -> None:
    therapist, notes = dosed.client("therapist"), reverse("integration:notes", args=[dosed.person])

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert therapist.get(notes).status_code == 200
        return len(found)

    signed(dosed)
    therapist.get(notes)
    one = asked()
    signed(dosed, "integration-2")
    assert asked() == one
