"""A roster for each site: who is called there, which hours nobody covers, and the duty handed over."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from tests.clones import urls_of

from kap.casework.calls import Called
from kap.vocabulary.errors import Refused
from kap_clinic.cases import crises
from kap_clinic.cases import queries as cases
from kap_clinic.database.identity import new_id
from kap_clinic.on_call import actions, coverage, queries
from kap_clinic.on_call.channels import channels_of
from kap_clinic.on_call.watching import watch

pytestmark = pytest.mark.database

ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 12, 25, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def sites(station):
    """Two sites; the nurse works at Cedar, the backup at Harbor, the director everywhere."""
    from kap_clinic.organizations.actions import add_site

    administrator, found = station.house.member("administrator"), {}
    for name in ("Cedar", "Harbor"):
        found[name] = new_id()
        add_site(organization=station.house.id, by=administrator, id=found[name], name=name, time_zone="UTC")
    return found


def called(station, at, site):
    with station.house.acting() as act:
        reach = queries.reachable(act, at, site)
    return {who.value: sorted(one.name for one in reach[who]) for who in (Called.ON_CALL, Called.EVERYBODY)}


def gaps(station, start, until):
    with station.house.acting() as act:
        return [
            ((one.window.opens_at.at - start) / DAY, (one.window.closes_at.at - start) / DAY, one.sites)
            for one in coverage.gaps(act, start, until)
        ]


def questions(station):
    with station.house.acting() as act:
        return [
            (line.state.kind.id, line.owner_name, cases.case_file(act, line.id).question)
            for line in cases.open_safety_cases(act)
        ]


def test_a_site_calls_its_own_people_first_and_those_for_every_site_where_it_has_none(station, sites):
    cedar, harbor = sites["Cedar"], sites["Harbor"]
    lena = station.house.member("nurse", name="Lena Berg", email="lena@example.org", sites=[harbor])
    station.put(station.nurse, site=cedar)
    assert called(station, station.began, cedar)["on-call"] == ["Rosa Marquez"]
    assert called(station, station.began, harbor)["on-call"] == []
    assert called(station, station.began, None)["on-call"] == ["Rosa Marquez"]
    with station.house.acting() as act:
        hearing = queries.may_send_safety_forms(act, station.began)
        at_cedar, at_harbor = (
            queries.may_send_safety_forms(act, station.began, one) for one in (cedar, harbor)
        )
    assert str(hearing.why).startswith("Nobody is on call for Harbor now")
    assert (at_cedar.why == hearing.why, at_harbor.why == hearing.why) == (False, True)
    station.put(station.backup)
    assert called(station, station.began, harbor)["on-call"] == ["Ben Ito"]
    station.put(lena, site=harbor)
    assert called(station, station.began, harbor)["on-call"] == ["Lena Berg"]
    assert called(station, station.began, cedar)["on-call"] == ["Rosa Marquez"]
    assert called(station, station.began, None)["on-call"] == ["Ben Ito"]
    # Nobody is called about a case of a site they could not open: Lena works at Harbor alone.
    assert "Lena Berg" not in called(station, station.began, cedar)["everybody"]
    with pytest.raises(Refused, match="do not work at every site"):
        station.put(lena)
    with pytest.raises(Refused, match="do not work at every site"):
        station.put(lena, site=cedar)


def test_the_gaps_of_each_site_are_shown_apart_and_those_of_all_as_one(station, sites):
    start, cedar = station.began, sites["Cedar"]
    station.put(station.nurse, starts_at=start - DAY, ends_at=start + 2 * DAY)
    assert gaps(station, start, start + 3 * DAY) == [(2, 3, ())]
    station.put(station.backup, site=cedar, starts_at=start, ends_at=start + 14 * DAY)
    assert gaps(station, start, start + 3 * DAY) == [(2, 3, ("Harbor",))]
    page = station.house.client_for(station.director).get("/on-call/").content.decode()
    assert "Nobody is on call, Harbor." in page
    assert "first, Cedar" in page


def test_a_gap_within_a_week_is_a_case_of_the_directors_once_and_is_loud_when_it_comes(station, sites):
    channels = channels_of(settings.ENVIRONMENT)
    cedar, harbor = sites["Cedar"], sites["Harbor"]
    station.put(station.nurse, starts_at=NOON - DAY, ends_at=NOON + 20 * DAY, site=cedar)
    station.put(station.backup, starts_at=NOON - DAY, ends_at=NOON + 6 * DAY, site=harbor)
    watch(channels, NOON - timedelta(hours=10))
    assert questions(station) == []
    for minutes in (0, 1):
        watch(channels, NOON + timedelta(minutes=minutes))
    assert questions(station) == [
        ("roster-gap", "Ada Odum", "Nobody is on call from 31 Dec 2026 12:00 UTC at Harbor.")
    ]
    # Nobody answered the test of that day: the hours nobody covers are noted in the case it opened.
    for minutes in (0, 1):
        watch(channels, NOON + 6 * DAY + timedelta(minutes=minutes))
    assert [kind for kind, *_ in questions(station)] == ["roster-gap", "unheard"]
    with station.house.acting() as act:
        unheard = cases.open_safety_cases(act)[-1].id
        noted = [one.how for one in crises.stands(act, unheard).attempts]
    assert noted.count("Nobody is on call now at Harbor.") == 1


def test_everybody_on_call_within_a_day_is_tested_and_nobody_beyond(station):
    for hours, member in ((0, station.nurse), (20, station.backup), (25, station.director)):
        begins = NOON + timedelta(hours=hours)
        station.put(member, starts_at=begins, ends_at=begins + DAY, email="someone@example.org")
    watch(channels_of(settings.ENVIRONMENT), NOON)
    with station.house.acting() as act:
        assert sorted(one.name for one in queries.daily_tests(act)) == ["Ben Ito", "Rosa Marquez"]


def test_a_duty_is_handed_over_at_a_moment_and_both_halves_say_so(station, sites):
    duty = station.put(station.nurse, site=sites["Cedar"])
    told = {"organization": station.house.id, "by": station.nurse, "duty": duty}
    to_ben = {"id": new_id(), "member": station.backup.id, "email": "b@example.org"}
    with pytest.raises(Refused, match="over by then"):
        actions.hand_over(**told, **to_ben, at=station.began + 2 * DAY)
    at = station.began + timedelta(hours=5)
    for _ in range(2):
        actions.hand_over(**told, **to_ben, at=at)
    for moment, who in ((at - timedelta(minutes=1), "Rosa Marquez"), (at, "Ben Ito")):
        assert called(station, moment, sites["Cedar"])["on-call"] == [who]
    assert gaps(station, station.began, station.began + DAY) == [(0, 1, ("Harbor",))]
    with pytest.raises(Refused, match="was handed over"):
        actions.end_duty(organization=station.house.id, by=station.director, duty=duty)
    page = station.house.client_for(station.director).get("/on-call/").content.decode()
    assert "handed over by Rosa Marquez" in page
    assert [name for name, *_ in station.house.trail()].count("on_call.hand_over_duty") == 3


def test_the_command_tells_the_roster_to_a_program_without_a_number(station, sites, tmp_path):
    station.put(station.nurse, site=sites["Cedar"])
    told = {**os.environ, **urls_of(station.cluster, station.database), "KAP_HOME": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-m", "kap_cli", "oncall", "--json"], cwd=ROOT, capture_output=True, text=True,
        env={**told, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert (said.returncode, said.stderr) == (0, "")
    answer = json.loads(said.stdout)
    [roster] = answer["organizations"]
    assert (answer["schema"], roster["is_heard"]) == ("openkap.oncall/1", False)
    assert [(one["name"], one["called"], one["site"]) for one in roster["now"]] == [
        ("Rosa Marquez", "on-call", "Cedar")
    ]
    assert [one["sites"] for one in roster["gaps"]] == [["Harbor"], ["Cedar"]]
    assert "+1555" not in said.stdout
