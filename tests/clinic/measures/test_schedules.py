"""Schedules ask in their time: by calendar and by dose, once, and write to clients by day where they are."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings
from django.core import mail
from tests.clinic.measures.conftest import ALL_OF_GAD7, open_chart

from kap.vocabulary.errors import Refused
from kap.vocabulary.zones import zone
from kap_clinic.database.identity import new_id
from kap_clinic.measures import actions, following
from kap_clinic.measures.jobs import do_what_is_due
from kap_clinic.measures.models import Asked, Reminder
from kap_clinic.people.contacts import Contact

pytestmark = pytest.mark.database

DENVER = "America/Denver"
TODAY = datetime.now(UTC).date()
# Noon in Denver, whichever offset it has today.
NOON = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=18, minutes=30)
NIGHT = NOON + timedelta(hours=12)


def follow(desk, starts_on=TODAY, **more):
    told = {"person": desk.person, "schedule_id": "usual", "starts_on": starts_on, "time_zone": DENVER}
    said = desk.by(desk.nurse, **{**told, **more})
    following.follow(**said)
    return said


def open_forms(desk):
    return {(form.instrument, form.filled_by) for form in desk.forms() if not form.ended}


def dose(desk, at, id=None):
    told = desk.by(desk.nurse, person=desk.person, happens_at=at, time_zone=DENVER)
    following.note_dose(**{**told, "id": id or told["id"]})
    return id or told["id"]


def test_a_schedule_is_followed_once_and_stopped_once(desk):
    said = follow(desk)
    assert following.follow(**said) is False
    for wrong, why in (
        ({"id": new_id()}, "follows a schedule already"),
        ({"id": new_id(), "schedule_id": "none"}, "no such schedule"),
        ({"id": new_id(), "time_zone": "Denver"}, "Give the time zone"),
    ):
        with pytest.raises(Refused, match=why):
            following.follow(**{**said, **wrong})
    for _again in range(2):
        following.stop_following(organization=desk.house.id, by=desk.nurse, id=said["id"])
    assert do_what_is_due(desk.house.id, NOON) == (0, 0, 0)
    with pytest.raises(Refused, match="no such schedule of this client"):
        following.stop_following(organization=desk.house.id, by=desk.nurse, id=new_id())
    with pytest.raises(Refused):
        following.follow(**desk.by(desk.house.member("inspector"), **{
            name: said[name] for name in ("person", "schedule_id", "starts_on", "time_zone")
        }))  # fmt: skip


def test_intake_is_asked_once_by_link_where_it_may_be_and_here_where_not(desk):
    follow(desk)
    assert do_what_is_due(desk.house.id, NOON)[1] == 6
    assert do_what_is_due(desk.house.id, NOON + timedelta(minutes=5))[1] == 0
    assert open_forms(desk) == {
        ("gad7", "link"), ("pc-ptsd-5", "link"), ("audit-c", "link"), ("phq9", "staff"), ("pcl5", "staff"),
        ("cssrs-screener", "rater"),
    }  # fmt: skip
    links = {form.link for form in desk.forms() if form.filled_by == "link"}
    assert len(links) == 1
    assert None not in links
    trail = [action for action, *_ in desk.house.trail()]
    assert "measures.look" not in trail


def test_what_was_answered_in_its_window_is_not_asked_again(desk):
    asked = desk.ask("gad7")
    actions.enter(**desk.by(desk.nurse, asked=asked, answers=ALL_OF_GAD7))
    follow(desk, starts_on=TODAY - timedelta(days=1))
    do_what_is_due(desk.house.id, datetime.now(UTC))
    assert [form.instrument for form in desk.forms()].count("gad7") == 1


def test_a_dose_asks_before_and_after_and_moves_what_nobody_has_begun(desk):
    # Intake was long ago: only doses ask.
    follow(desk, starts_on=TODAY - timedelta(days=200))
    first = dose(desk, NOON + timedelta(days=2))
    do_what_is_due(desk.house.id, NOON)
    assert open_forms(desk) == {("phq9", "staff"), ("gad7", "link"), ("cssrs-since-last-contact", "rater")}
    begun = next(form.id for form in desk.forms() if form.instrument == "phq9")
    actions.answer(**desk.by(desk.nurse, asked=begun, item="1", value="1"))
    dose(desk, NOON + timedelta(days=1), first)
    ends = {form.instrument: form.expires_at for form in desk.forms()}
    assert ends["gad7"] == NOON + timedelta(days=1)
    assert ends["phq9"] == NOON + timedelta(days=2), "it was begun, and keeps its time"
    for _again in range(2):
        following.call_off_dose(organization=desk.house.id, by=desk.nurse, id=first)
    assert open_forms(desk) == {("phq9", "staff")}
    following.call_off_dose(organization=desk.house.id, by=desk.nurse, id=new_id())


def test_what_nobody_answered_is_missed_and_waits_for_staff(desk):
    asked, begun = desk.ask("gad7"), desk.ask("audit-c")
    actions.answer(**desk.by(desk.nurse, asked=begun, item="1", value="1"))
    later = datetime.now(UTC) + timedelta(days=15)
    assert do_what_is_due(desk.house.id, later)[0] == 2
    assert (desk.state(asked), desk.state(begun)) == ("missed", "partial")
    client = desk.house.client_for(desk.nurse)
    assert "Ana Keller" in client.get("/measures/").content.decode()
    for form in (asked, begun):
        client.post(f"/measures/{desk.person}/forms/{form}/settle/")
    assert "No form waits for you" in client.get("/measures/").content.decode()


@pytest.fixture
def reachable(desk, monkeypatch):
    """A client with an e-mail address who follows a schedule, asked by day."""
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    mail.outbox = []
    person = open_chart(desk.house, desk.nurse, "Ben Tran", contact=Contact(email="ben@example.org"))
    follow(desk, person=person)
    return person


def test_a_client_is_written_to_by_day_twice_at_most_and_nothing_clinical(desk, reachable):
    assert do_what_is_due(desk.house.id, NIGHT)[2] == 0
    assert do_what_is_due(desk.house.id, NOON + timedelta(days=1))[2] == 1
    assert do_what_is_due(desk.house.id, NOON + timedelta(days=1, minutes=5))[2] == 0
    (letter,) = mail.outbox
    said = f"{letter.subject} {letter.body}".lower()
    assert letter.to == ["ben@example.org"]
    assert "/forms/" in said
    assert not [word for word in ("ben", "anxi", "gad", "audit", "ptsd", "ketamine", "dose") if word in said]
    due = NOON + timedelta(days=4)
    assert do_what_is_due(desk.house.id, due)[2] == 1
    assert do_what_is_due(desk.house.id, due + timedelta(days=1))[2] == 0


def untold(desk, at):
    from kap_clinic.measures.needs import needs_of

    with desk.house.acting(by=desk.nurse) as act:
        said = [str(need.what) for need in needs_of(act, at, DENVER)]
    return {what.rpartition(": ")[2] for what in said if "no message told them" in what}


def test_mail_that_fails_is_tried_again_and_whom_no_message_reached_waits_on_the_day_board(desk, reachable):
    from kap_clinic.measures.reminding import remind
    from kap_clinic.measures.rounds import ask_what_is_due

    follow(desk)
    ask_what_is_due(desk.house.id, NOON)

    def broken(_letter):
        raise ConnectionRefusedError

    for minutes in (0, 5, 30):
        assert remind(desk.house.id, NOON + timedelta(minutes=minutes), broken) == 0
    with desk.house.acting():
        assert sorted(Reminder.objects.values_list("result", flat=True)) == ["failed", "no-address"]
    assert untold(desk, NOON + timedelta(minutes=31)) == {
        "they have no e-mail address",
        "the mail server did not take it",
    }
    sent = []
    assert remind(desk.house.id, NOON + timedelta(minutes=59), sent.append) == 0
    assert remind(desk.house.id, NOON + timedelta(minutes=60), sent.append) == 1
    assert remind(desk.house.id, NOON + timedelta(minutes=95), sent.append) == 0
    assert untold(desk, NOON + timedelta(minutes=95)) == {"they have no e-mail address"}


def test_forms_are_asked_by_the_zone_of_the_client(desk):
    day = TODAY + timedelta(days=2)
    follow(desk, starts_on=day, time_zone="Pacific/Auckland")
    morning = datetime.combine(day, time(8), zone("Pacific/Auckland"))
    assert do_what_is_due(desk.house.id, morning - timedelta(minutes=1))[1] == 0
    assert do_what_is_due(desk.house.id, morning)[1] == 6
    with desk.house.acting():
        assert set(Asked.objects.values_list("opens_at", flat=True)) == {morning}


def test_the_day_board_names_what_was_missed_or_is_late_and_nothing_else(desk):
    from kap_clinic.organizations.actions import add_site

    add_site(
        organization=desk.house.id, by=desk.house.member("administrator"), id=new_id(), name="Cedar",
        time_zone=DENVER,
    )  # fmt: skip
    missed, _waits = desk.ask("gad7"), desk.ask("audit-c")
    desk.expire(missed)
    do_what_is_due(desk.house.id, NOON)
    board = desk.house.client_for(desk.nurse).get("/").content.decode()
    assert "Generalized Anxiety Disorder-7, with staff present" in board
    assert "Alcohol Use" not in board
