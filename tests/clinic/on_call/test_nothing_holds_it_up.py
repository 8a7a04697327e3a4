"""What is broken, locked or slow in one case, one message or one house holds up no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.conf import settings

from kap.vocabulary.errors import KapError
from kap_clinic.cases import crises
from kap_clinic.database.identity import new_id
from kap_clinic.on_call import climbing, sending
from kap_clinic.on_call.channels import channels_of
from kap_clinic.on_call.models import Duty, Message
from kap_clinic.people.actions import open_chart

pytestmark = pytest.mark.database


def another_crisis(station, house=None):
    """A crisis of somebody else."""
    house, by, person = house or station.house, station.nurse, new_id()
    if house is not station.house:
        by = house.member("nurse", name="Nia Berg", email="nia@example.org")
        house.member("medical_director", name="Hal Berg", email="hal@example.org")
    open_chart(organization=house.id, by=by, id=person, name="Ben Tran", birth="1979-02-02")
    return crises.open_crisis(organization=house.id, by=by, id=new_id(), person=person, why="Said goodbye.")


def climb_now(minutes=0):
    """Climb so many minutes from now."""
    return climbing.climb(
        channels_of(settings.ENVIRONMENT), datetime.now(UTC) + timedelta(minutes=minutes, seconds=1)
    )


def mailed(station):
    return sorted(str(one["To"]) for one in station.mail.letters)


def test_a_case_that_cannot_be_called_about_holds_up_no_other_and_the_sign_of_life_stays_away(
    station, clinic, monkeypatch
):
    station.put(station.nurse)
    broken, other = station.crisis(), another_crisis(station)
    another_crisis(station, clinic.organization("Birch House"))
    real = crises.stands

    def stands(act, case):
        if case == broken:
            raise LookupError
        return real(act, case)

    with monkeypatch.context() as patch, pytest.raises(KapError, match=r"1 left \(LookupError\)"):
        patch.setattr(crises, "stands", stands)
        climb_now()
    assert len(station.history(other)) == 1
    assert mailed(station) == ["first@example.org", "hal@example.org"]
    climb_now()
    assert len(station.history(broken)) == 1


def test_a_case_somebody_holds_locked_is_left_for_the_next_round(station, clinic, monkeypatch):
    station.put(station.nurse)
    locked, other = station.crisis(), another_crisis(station)
    monkeypatch.setattr(sending, "LONGEST_LOCK", "50ms")
    with psycopg.connect(**station.cluster.superuser_address(station.database).conninfo()) as holder:
        holder.execute("SELECT 1 FROM cases_case WHERE id = %s FOR UPDATE", [locked])
        with pytest.raises(KapError, match="1 left"):
            climb_now()
    assert [len(station.history(other)), len(station.history(locked))] == [1, 0]
    climb_now()
    assert len(station.history(locked)) == 1


def test_a_letter_that_cannot_be_written_and_one_that_cannot_be_opened_hold_up_no_other(station, monkeypatch):
    station.put(station.nurse)
    station.crisis()
    monkeypatch.setattr(sending, "AT_ONCE", 3)
    from kap_clinic.on_call.channels import Voice

    def unwritable(*_):
        raise UnicodeEncodeError("ascii", "x", 0, 1, "no")

    with monkeypatch.context() as patch:
        patch.setattr(Voice, "send", unwritable)
        station.climb()
    assert station.told() == [("Messages", "+15555550101"), ("Mail", "first@example.org")]
    another_crisis(station)
    with station.house.acting():
        Message.objects.filter(means="voice").update(address_sealed="v1:none:none:none")
    station.climb(minutes=1.1)
    assert [one[0] for one in station.told()].count("Messages") == 2
    with station.house.acting():
        kept = Message.objects.filter(means="voice", state="waiting")
        assert {one.because for one in kept} >= {"the address cannot be opened"}


def test_the_many_messages_of_one_house_wait_in_turn_with_the_few_of_another(station, clinic, monkeypatch):
    for number in range(14):
        station.house.member("nurse", name=f"Nurse {number}", email=f"nurse{number}@example.org")
    station.crisis()
    station.climb()
    sent = []
    another_crisis(station, clinic.organization("Birch House"))
    real = sending.send_some

    def told(organization, channels, at):
        found = real(organization, channels, at)
        sent.append((organization == station.house.id, found[1]))
        return found

    monkeypatch.setattr(climbing, "send_some", told)
    climb_now(15)
    assert [is_ours for is_ours, went in sent if went][:3] == [True, False, True]


def test_a_message_is_tried_for_as_long_as_its_case_waits(station):
    station.put(station.nurse)
    station.exchange.status = 503
    station.crisis()
    for minutes in range(0, 240, 5):
        station.climb(minutes=minutes)
    station.exchange.status = 0
    before = len(station.exchange.taken)
    station.climb(minutes=246)
    assert {one["to"] for one in station.exchange.taken[before:]} == {"+15555550101"}


def test_who_has_no_way_to_be_reached_is_passed_over_and_a_contact_nobody_can_read_is_none(station):
    station.put(station.nurse)
    station.put(station.backup, "backup", phone="+15555550102", email="second@example.org")
    case = station.crisis()
    with station.house.acting():
        Duty.objects.filter(place="on-call").update(contact_sealed="v1:none:none:none")
    station.climb()
    assert station.told() == [
        ("Calls", "+15555550102"), ("Messages", "+15555550102"), ("Mail", "second@example.org"),
    ]  # fmt: skip
    assert station.history(case)[0].startswith("Calling who is on call: Ben Ito by")


def test_a_house_whose_roster_cannot_be_read_keeps_no_other_from_being_warned(station, clinic, monkeypatch):
    from kap_clinic.cases.queries import open_safety_cases
    from kap_clinic.on_call import watching

    station.put(station.nurse, ends_at=station.began + timedelta(hours=1))
    clinic.organization("Birch House")
    real = watching._untested

    def untested(organization, at):
        if organization == station.house.id:
            raise LookupError
        return real(organization, at)

    monkeypatch.setattr(watching, "_untested", untested)
    with pytest.raises(KapError, match=r"1 left \(LookupError\)"):
        watching.watch(channels_of(settings.ENVIRONMENT), station.began + timedelta(hours=2))
    with station.house.acting() as act:
        assert "unheard" in [line.state.kind.id for line in open_safety_cases(act)]
