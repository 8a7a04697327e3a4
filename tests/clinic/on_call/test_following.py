"""What became of texts and calls is asked of the gateway, shown on the case, and hurries the ladder."""

from __future__ import annotations

import re

import pytest

from kap.vocabulary.errors import KapError
from kap_clinic.cases import crises
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

BACKUP = [("Calls", "+15555550102"), ("Messages", "+15555550102"), ("Mail", "second@example.org")]


@pytest.fixture
def case(station):
    """A crisis nobody has taken, whose first step went out."""
    station.put(station.nurse)
    station.put(station.backup, "backup", phone="+15555550102", email="second@example.org")
    case = station.crisis()
    assert station.climb() == 3
    return case


def follow(station, minutes=0.0, seconds=1.0):
    """Ask the gateway what became of everything, so long after the case was opened."""
    from django.conf import settings

    from kap_clinic.on_call.channels import channels_of
    from kap_clinic.on_call.following import follow

    return follow(channels_of(settings.ENVIRONMENT), station.at(minutes, seconds))


def becomes(station, what, status, number=0):
    """Have the gateway say from now on how far one text or call came."""
    station.exchange.became[station.exchange.made(what)[number]["sid"]] = status


def told_to(station, phone):
    return [one for one in station.told() if one[1] in (phone, "second@example.org")]


def shown(station, case):
    """What the case's page says of each message of the calls."""
    page = station.house.client_for(station.nurse).get(f"/cases/{case}/safety/").content.decode()
    table = page[page.index("Who was called") :].split("</table>")[0]
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in table.split("<tr")[2:]]


def test_a_call_nobody_picked_up_is_shown_and_the_backup_is_called_at_once(station, case):
    becomes(station, "Messages", "delivered")
    becomes(station, "Calls", "ringing")
    assert [follow(station, seconds=5), follow(station, seconds=6)] == [3 - 1, 0]
    assert station.climb(seconds=10) == 0
    becomes(station, "Calls", "no-answer")
    assert [follow(station, minutes=1), follow(station, minutes=1.1)] == [1, 0]
    assert [station.climb(minutes=1, seconds=5), station.climb(minutes=1, seconds=6)] == [3, 0]
    assert told_to(station, "+15555550102") == BACKUP
    assert station.history(case)[-1] == (
        "The step before reached nobody. Calling the backup now: Ben Ito by voice, SMS, e-mail."
    )
    rows = shown(station, case)
    assert [row for row in rows if "not picked up after 1 min 01 s" in row and "telephone" in row]
    assert [row for row in rows if "on their telephone after 5 s" in row and "text message" in row]
    assert [row for row in rows if "taken by the mail server" in row and "e-mail" in row]
    # The ladder beyond keeps its minutes, and no step is climbed twice.
    assert [station.climb(minutes=5), station.climb(minutes=9)] == [0, 0]
    station.climb(minutes=10)
    assert ("Mail", "ada@example.org") in station.told()


def test_a_call_that_was_answered_hurries_nobody_and_stops_nothing(station, case):
    becomes(station, "Messages", "undelivered")
    becomes(station, "Calls", "completed")
    assert follow(station, minutes=1) == 2
    assert [station.climb(minutes=1), station.climb(minutes=4.9)] == [0, 0]
    assert station.climb(minutes=5) == 3
    assert any("picked up (by them, or a mailbox)" in row for row in shown(station, case))


def test_of_two_who_are_called_both_must_have_been_called_in_vain(station):
    station.put(station.nurse)
    station.put(station.backup, phone="+15555550102", email="second@example.org")
    station.put(station.director, "backup", phone="+15555550103", email="")
    station.crisis()
    assert station.climb() == 6
    becomes(station, "Calls", "busy")
    follow(station, minutes=1)
    assert station.climb(minutes=1, seconds=5) == 0
    becomes(station, "Calls", "failed", number=1)
    follow(station, minutes=2)
    assert station.climb(minutes=2, seconds=5) == 2


def test_the_ladder_climbs_to_its_end_at_once_where_nobody_picks_up_and_not_after_it_was_taken(station, case):
    for minutes in (1, 2):
        for one in station.exchange.made("Calls"):
            station.exchange.became[one["sid"]] = "no-answer"
        follow(station, minutes=minutes)
        station.climb(minutes=minutes, seconds=5)
    # Who is on call, the backup, and the director, who has no telephone: their mail may have been read.
    assert len(station.history(case)) == 3
    assert station.climb(minutes=9) == 0
    crises.take(organization=station.house.id, by=station.nurse, id=new_id(), case=case)
    follow(station, minutes=10)
    assert station.climb(minutes=20) == 0


def test_a_gateway_that_does_not_say_leaves_the_ladder_at_its_minutes_and_is_asked_again(station, case):
    station.exchange.status = 500
    with pytest.raises(KapError, match=r"Nobody says what became of .*: the gateway answered 500"):
        follow(station, minutes=1)
    station.exchange.status = 0
    becomes(station, "Calls", "a word of a later version")
    assert follow(station, minutes=2) == 1
    assert station.climb(minutes=4.9) == 0
    # After a quarter of an hour nobody will say any more, whatever it would be.
    becomes(station, "Calls", "no-answer")
    assert follow(station, minutes=16) == 0
    before = len(station.house.trail())
    assert follow(station, minutes=17) == 0
    assert len(station.house.trail()) == before


def test_a_daily_test_whose_text_was_not_delivered_says_so(station):
    from django.conf import settings

    from kap_clinic.on_call import actions
    from kap_clinic.on_call.channels import channels_of

    station.put(station.nurse)
    told = {"organization": station.house.id, "by": station.director}
    actions.send_test(**told, channels=channels_of(settings.ENVIRONMENT))
    station.climb()
    becomes(station, "Messages", "undelivered")
    assert follow(station, seconds=5) == 1
    page = station.house.client_for(station.director).get("/on-call/").content.decode()
    assert "the text was not delivered" in page
