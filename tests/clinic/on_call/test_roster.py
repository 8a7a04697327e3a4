"""The roster: put on call, handed over, ended; gaps shown; tests sent, answered or given up, with a case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from kap.casework.calls import Called
from kap.vocabulary.errors import Refused
from kap_clinic.cases import queries as cases
from kap_clinic.database.identity import new_id
from kap_clinic.on_call import actions, coverage, queries
from kap_clinic.on_call.channels import channels_of
from kap_clinic.on_call.watching import watch

pytestmark = pytest.mark.database

NOON = datetime(2026, 12, 25, 12, 0, tzinfo=UTC)


def on_duty(station, at=None):
    with station.house.acting() as act:
        return [(one.place.value, one.somebody.name) for one in queries.on_duty(act, at or datetime.now(UTC))]


def hearing(station, at=None):
    with station.house.acting() as act:
        return queries.may_send_safety_forms(act, at or datetime.now(UTC))


def open_kinds(station):
    with station.house.acting() as act:
        return [line.state.kind.id for line in cases.open_safety_cases(act)]


def test_the_first_called_comes_before_the_backup_and_only_while_their_duty_lasts(station):
    station.put(station.backup, "backup", phone="", email="second@example.org")
    station.put(station.nurse)
    assert on_duty(station) == [("on-call", "Rosa Marquez"), ("backup", "Ben Ito")]
    assert on_duty(station, station.began + timedelta(days=1)) == []
    with station.house.acting() as act:
        reach = queries.reachable(act, datetime.now(UTC))
    assert [(who.value, [one.name for one in reach[who]]) for who in Called] == [
        ("on-call", ["Rosa Marquez"]), ("backup", ["Ben Ito"]), ("medical-director", ["Ada Odum"]),
        ("everybody", ["Rosa Marquez", "Ben Ito", "Ada Odum"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"place": "somewhere"}, "first, or as backup"),
        ({"ends_at": NOON, "starts_at": NOON}, "ends after it begins"),
        ({"ends_at": NOON - timedelta(days=4000), "starts_at": NOON - timedelta(days=4001)}, "over already"),
        ({"phone": "555 0101"}, "with its country"),
        ({"phone": "", "email": " "}, "must be reached"),
    ],
)
def test_a_duty_that_could_not_be_called_is_refused(station, wrong, says):
    with pytest.raises(Refused, match=says):
        station.put(station.nurse, **wrong)
    assert on_duty(station) == []


def test_nobody_is_called_about_a_case_they_could_not_take(station):
    custodian = station.house.member("custodian", name="Nia Adey")
    with pytest.raises(Refused, match="may not take a case"):
        station.put(custodian)
    page = station.house.client_for(station.director).get("/on-call/put/").content.decode()
    assert ("Nia Adey" in page, "Ben Ito" in page) == (False, True)


def test_who_keeps_no_roster_changes_none_but_hands_their_own_duty_over(station):
    duty = station.put(station.nurse)
    told = {"organization": station.house.id, "duty": duty}
    with pytest.raises(Refused, match="put people on call"):
        actions.end_duty(**told, by=station.backup)
    with pytest.raises(Refused, match="have this duty already"):
        actions.hand_over(
            **told, by=station.nurse, id=new_id(), member=station.nurse.id, email="a@example.org"
        )
    said = {
        **told,
        "by": station.nurse,
        "id": new_id(),
        "member": station.backup.id,
        "email": "b@example.org",
    }
    for _ in range(2):
        actions.hand_over(**said)
    assert on_duty(station) == [("on-call", "Ben Ito")]
    with pytest.raises(Refused, match="over already"):
        actions.end_duty(**told, by=station.director)
    with pytest.raises(Refused, match="no such duty"):
        actions.end_duty(organization=station.house.id, by=station.director, duty=new_id())


def test_a_gap_is_seen_before_it_comes_and_a_duty_taken_back_leaves_one(station):
    start = station.began
    duty = station.put(
        station.nurse, starts_at=start + timedelta(hours=8), ends_at=start + timedelta(hours=20)
    )
    with station.house.acting() as act:
        gaps = coverage.gaps(act, start, start + timedelta(hours=24))
    assert [(one.window.opens_at.at - start, one.window.closes_at.at - start) for one in gaps] == [
        (timedelta(0), timedelta(hours=8)), (timedelta(hours=20), timedelta(hours=24)),
    ]  # fmt: skip
    actions.end_duty(organization=station.house.id, by=station.director, duty=duty)
    with station.house.acting() as act:
        assert len(coverage.gaps(act, start, start + timedelta(hours=24))) == 1


def test_forms_about_safety_go_out_only_after_a_test_was_really_answered_within_a_day(station):
    assert "Nobody is on call" in str(hearing(station).why)
    station.put(station.nurse, ends_at=station.began + timedelta(days=3))
    assert "No test message was answered" in str(hearing(station).why)
    told = {
        "organization": station.house.id,
        "by": station.director,
        "channels": channels_of(settings.ENVIRONMENT),
    }
    actions.send_test(**told)
    station.climb()
    assert (len(station.mail.letters), len(station.exchange.made("Messages"))) == (1, 1)
    assert not hearing(station).is_heard
    link = station.exchange.taken[0]["body"].split("https://kap.example.org")[1]
    assert station.house.client_for(station.backup).post(link).status_code == 200
    assert not hearing(station).is_heard
    assert station.house.client_for(station.nurse).post(link).status_code == 302
    assert hearing(station).is_heard
    assert hearing(station, station.began + timedelta(hours=23)).is_heard
    assert not hearing(station, datetime.now(UTC) + timedelta(hours=24, minutes=1)).is_heard


def test_an_answer_opens_its_case_even_while_no_sealed_contact_can_be_read(station):
    from kap_clinic.cases.safety_answers import act_on
    from kap_clinic.on_call.models import Duty

    station.put(station.backup, "backup", phone="", email="second@example.org")
    station.put(station.nurse, gives_number=True)
    told = {"person_id": station.person, "instrument": "phq9", "item": "9", "value": "1", "level": "screen"}
    numbers = []
    for breaks in (False, True):
        with station.house.acting(action="test.answer") as act:
            if breaks:
                Duty.objects.update(contact_sealed="v1:nothing that was ever sealed")
            shown = act_on(act, **told, asked_id=new_id(), at=datetime.now(UTC))
            numbers.append(shown.on_call_phone)
            (line,) = cases.open_safety_cases(act)
    assert (numbers, line.owner_name) == (["+15555550101", ""], "Rosa Marquez")


def test_a_test_is_sent_once_a_day_in_daylight_and_one_nobody_answers_opens_a_case(station):
    channels = channels_of(settings.ENVIRONMENT)
    station.put(station.nurse, starts_at=NOON - timedelta(days=1), ends_at=NOON + timedelta(days=9))
    for hour in (-5, 0, 0.5):
        watch(channels, NOON + timedelta(hours=hour))
    with station.house.acting() as act:
        assert [one.made_at for one in queries.daily_tests(act)] == [NOON]
    watch(channels, NOON + timedelta(minutes=59))
    assert open_kinds(station) == []
    for _ in range(2):
        watch(channels, NOON + timedelta(minutes=60))
    assert open_kinds(station) == ["unheard"]
    watch(channels, NOON + timedelta(hours=21))
    with station.house.acting() as act:
        tests = queries.daily_tests(act)
    assert [one.failed_at is None for one in tests] == [True, False]


def test_an_hour_nobody_covers_opens_one_case_where_a_roster_is_kept_and_none_where_there_is_none(station):
    channels = channels_of(settings.ENVIRONMENT)
    watch(channels, NOON)
    assert open_kinds(station) == []
    duty = station.put(station.nurse)
    actions.end_duty(organization=station.house.id, by=station.director, duty=duty)
    before = len(station.house.trail())
    for minutes in (1, 2, 3):
        watch(channels, datetime.now(UTC) + timedelta(minutes=minutes))
    assert open_kinds(station) == ["unheard"]
    assert len(station.house.trail()) == before + 1


def test_the_pages_keep_the_roster_and_every_one_asks_for_its_permission(station):
    client = station.house.client_for(station.director)
    assert "Nobody is on the roster" in client.get("/on-call/").content.decode()
    day, later = station.began, station.began + timedelta(days=1)
    told = {
        "id": str(new_id()), "member": str(station.nurse.id), "place": "on-call", "phone": "+15555550101",
        "from_time": "00:00", "until_time": "23:00",
        **{f"from_day_{part}": getattr(day, part) for part in ("month", "day", "year")},
        **{f"until_day_{part}": getattr(later, part) for part in ("month", "day", "year")},
    }  # fmt: skip
    answer = client.post("/on-call/put/", told)
    assert answer.status_code == 302, answer.content.decode()
    page = client.get("/on-call/").content.decode()
    assert page.count("Rosa Marquez") >= 2
    assert client.post("/on-call/test/").status_code == 302
    assert client.post("/on-call/drill/", {"id": str(new_id()), "why": "Spring drill."}).status_code == 302
    custodian = station.house.client_for(station.house.member("custodian"))
    nurse = station.house.client_for(station.backup)
    duty = on_duty_id(station)
    pages = {
        "/on-call/": (403, 200), "/on-call/put/": (403, 403), "/on-call/test/": (403, 403),
        "/on-call/drill/": (403, 403), f"/on-call/duties/{duty}/hand-over/": (403, 403),
        f"/on-call/duties/{duty}/end/": (403, 403), f"/on-call/duties/{new_id()}/end/": (403, 404),
        f"/on-call/calls/{new_id()}/": (403, 404),
    }  # fmt: skip
    found = {page: (custodian.get(page).status_code, nurse.get(page).status_code) for page in pages}
    assert found == pages


def on_duty_id(station):
    with station.house.acting() as act:
        return queries.on_duty(act, datetime.now(UTC))[0].id


def test_the_roster_asks_the_database_as_often_for_three_duties_as_for_one(station):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = station.house.client_for(station.director)

    def asked():
        with CaptureQueriesContext(connection) as queries_made:
            assert client.get("/on-call/").status_code == 200
        return len(queries_made)

    station.put(station.nurse)
    asked()
    one = asked()
    for days in (1, 2):
        span = {
            "starts_at": station.began + timedelta(days=days),
            "ends_at": station.began + timedelta(days=days + 1),
        }
        station.put(station.nurse, **span)
    assert asked() == one
