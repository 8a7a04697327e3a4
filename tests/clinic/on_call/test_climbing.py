"""A crisis climbs its ladder once a step, by mail and the gateway's protocol, until somebody takes it."""

from __future__ import annotations

import re

import pytest

from kap.casework.calls import Called
from kap_clinic.cases import crises
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

FIRST = [("Calls", "+15555550101"), ("Messages", "+15555550101"), ("Mail", "first@example.org")]
SECOND = [("Calls", "+15555550102"), ("Messages", "+15555550102"), ("Mail", "second@example.org")]


def staffed(station):
    station.put(station.nurse)
    station.put(station.backup, "backup", phone="+15555550102", email="second@example.org")
    return station.crisis()


def new(station, before):
    return [one for one in station.told() if one not in before]


def test_nobody_answers_and_it_climbs_once_a_step_to_everybody(station):
    case = staffed(station)
    assert station.climb() == 3
    assert station.told() == FIRST
    assert [station.climb(), station.climb(minutes=4.9)] == [0, 0]
    station.climb(minutes=5)
    assert station.told() == [*sorted(FIRST[:2] + SECOND[:2]), FIRST[2], SECOND[2]]
    station.climb(minutes=5)
    station.climb(minutes=10)
    assert ("Mail", "ada@example.org") in station.told()
    station.climb(minutes=15)
    # Everybody: the two on duty by their duty's addresses again, the director by her own.
    assert (len(station.exchange.taken), len(station.mail.letters)) == (8, 6)
    assert [station.climb(minutes=15), station.climb(minutes=29)] == [0, 0]
    assert [one.split(":")[0] for one in station.history(case)] == [
        "Calling who is on call", "Calling the backup", "Calling the medical director", "Calling everybody",
    ]  # fmt: skip


def test_everybody_is_called_again_until_somebody_takes_it(station):
    case = staffed(station)
    station.climb(minutes=15)
    sent = len(station.exchange.taken)
    assert [bool(station.climb(minutes=minute)) for minute in (30, 44, 45, 130)] == [True, False, True, True]
    assert len(station.exchange.taken) > sent
    again = [one.split(":")[0] for one in station.history(case) if "again" in one]
    assert again == [f"Nobody has taken it. Calling everybody again, time {time}" for time in (2, 3, 8)]
    crises.take(organization=station.house.id, by=station.nurse, id=new_id(), case=case)
    assert station.climb(minutes=200) == 0


def test_no_message_holds_a_name_or_a_clinical_word_and_each_leads_behind_the_sign_in(station):
    staffed(station)
    for minutes in (0, 5, 10, 15):
        station.climb(minutes=minutes)
    texts = [one["body"] + one["twiml"] for one in station.exchange.taken]
    texts += [f"{one['Subject']} {one.get_payload()}" for one in station.mail.letters]
    forbidden = re.compile(r"ana|keller|crisis|suicid|safety|risk|client|patient|goodbye|cedar", re.I)
    assert [text for text in texts if forbidden.search(text)] == []
    links = re.findall(r"https://kap\.example\.org(/on-call/calls/[0-9a-f-]{36}/)", " ".join(texts))
    assert len(links) == 10
    from django.test import Client

    answer = Client(HTTP_HOST="localhost").get(links[0])
    assert (answer.status_code, "/account/login/" in answer["Location"]) == (302, True)
    assert station.house.client_for(station.backup).get(links[0]).status_code == 302


def test_taking_the_case_stops_the_climbing_and_what_still_waited_is_not_sent(station):
    case = staffed(station)
    station.exchange.status = 503
    station.climb()
    assert station.told() == [("Mail", "first@example.org")]
    crises.take(organization=station.house.id, by=station.nurse, id=new_id(), case=case)
    station.exchange.status = 0
    assert [station.climb(minutes=minutes) for minutes in (1, 5, 15, 59)] == [0, 0, 0, 0]


def test_a_case_taken_and_late_all_the_same_calls_the_medical_director(station):
    case = staffed(station)
    crises.take(organization=station.house.id, by=station.nurse, id=new_id(), case=case)
    station.climb(minutes=60)
    assert station.told() == [("Mail", "ada@example.org")]
    assert station.history(case) == ["Calling the medical director: Ada Odum by e-mail."]


def test_a_gateway_that_refuses_is_tried_again_and_a_second_look_sends_nothing_twice(station):
    staffed(station)
    station.exchange.status = 429
    station.climb()
    station.exchange.status = 0
    assert [station.climb(seconds=5), station.climb(seconds=20), station.climb(seconds=40)] == [0, 2, 0]
    assert station.told() == FIRST


def test_a_message_taken_by_the_gateway_whose_answer_was_lost_is_found_and_not_sent_again(station):
    staffed(station)
    station.exchange.dies_after_taking = "Messages"
    assert station.climb() == 2
    assert station.climb(minutes=2) == 1
    assert station.told() == FIRST


def test_a_call_whose_answer_was_lost_is_made_again_and_says_the_same_number(station):
    """A gateway's list does not tell one call from another: rather twice than not at all."""
    staffed(station)
    station.exchange.dies_after_taking = "Calls"
    assert [station.climb(), station.climb(minutes=2)] == [2, 1]
    assert [one for one in station.told() if one[0] != "Calls"] == FIRST[1:]
    first, again = station.exchange.made("Calls")
    assert re.search(r"Call number (\d \d \d \d)\.", first["twiml"]) is not None
    assert first["twiml"] == again["twiml"]


def test_a_sender_killed_between_claim_and_end_is_noticed_and_its_message_goes_out_once(station, monkeypatch):
    from kap_clinic.on_call import sending

    staffed(station)

    def killed(*_):
        raise KeyboardInterrupt

    # As a kill -9 leaves it: taken by everybody out there, and no end recorded here.
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(sending, "_record", killed)
        station.climb()
    assert station.told() == FIRST
    assert station.climb(seconds=30) == 0
    assert station.climb(seconds=70) == 3
    assert [one for one in station.told() if one[0] == "Messages"] == FIRST[1:2]
    assert len({one["twiml"] for one in station.exchange.made("Calls")}) == 1
    assert len(station.mail.by_name()) == 1


def test_with_nobody_on_call_the_first_step_calls_the_director(station):
    case = station.crisis()
    station.climb()
    assert station.told() == [("Mail", "ada@example.org")]
    assert station.history(case) == ["Calling who is on call: Ada Odum by e-mail."]


def test_only_who_works_at_the_clients_site_is_called_beyond_those_on_duty(station):
    from kap_clinic.on_call.queries import reachable
    from kap_clinic.organizations.actions import add_site

    cedar, harbor = new_id(), new_id()
    administrator = station.house.member("administrator")
    for site, name in ((cedar, "Cedar"), (harbor, "Harbor")):
        add_site(
            organization=station.house.id, by=administrator, id=site, name=name, time_zone="America/Denver"
        )
    station.house.member("medical_director", name="Hal Berg", sites=[harbor])
    with station.house.acting() as act:
        directors = [
            sorted(one.name for one in reachable(act, station.began, site)[Called.DIRECTOR])
            for site in (None, cedar, harbor)
        ]
    assert directors == [["Ada Odum", "Hal Berg"], ["Ada Odum"], ["Ada Odum", "Hal Berg"]]


def test_a_drill_says_so_in_every_message_and_climbs_the_same(station):
    station.put(station.nurse)
    case = crises.start_drill(
        organization=station.house.id, by=station.director, id=new_id(), why="Spring drill."
    )
    station.climb()
    texts = [one["body"] + one["twiml"] for one in station.exchange.taken]
    texts += [str(one["Subject"]) for one in station.mail.letters]
    assert (len(texts), all("drill" in text.lower() for text in texts)) == (3, True)
    crises.take(organization=station.house.id, by=station.nurse, id=new_id(), case=case)
    assert station.climb(minutes=5) == 0


def test_looking_leaves_no_row_in_the_trail_and_calling_does(station):
    before = len(station.house.trail())
    station.climb()
    assert len(station.house.trail()) == before
    staffed(station)
    station.climb()
    actions = [action for action, *_ in station.house.trail()]
    assert actions.count("on_call.make_call") == 1
    assert actions.count("on_call.record_message") == 3
