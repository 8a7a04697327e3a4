"""The workbench: clearances beside the findings, and who may open its pages."""

from __future__ import annotations

import pytest
from tests.clinic.screening.conftest import SOON, pressure

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.screening import telling

pytestmark = pytest.mark.database


def test_a_clearance_answers_the_hold_until_its_day_and_a_later_no_takes_it_back(bench):
    from kap_clinic.cases.actions import ask_clearance, close

    bench.make_whole()
    bench.record(pressure(164, 96))
    assert [one.rule for one in bench.whole().standing.in_the_way] == ["blood-pressure"]
    for outcome, left in (("cleared", []), ("not-cleared", ["blood-pressure"])):
        asked = bench.by(
            bench.prescriber, rule="blood-pressure", asked_of="Primary care", question="May she begin?",
            due_on=SOON, time_zone="UTC",
        )  # fmt: skip
        ask_clearance(**asked)
        close(
            organization=bench.house.id, by=bench.prescriber, id=new_id(), case=asked["id"], outcome=outcome,
            said_by="Dr. Odum, primary care", counts_until=SOON,
        )  # fmt: skip
        assert [one.rule for one in bench.whole().standing.in_the_way] == left


def test_a_stranger_to_charts_opens_no_page_of_screening(bench):
    administrator = bench.house.client_for(bench.house.member("administrator"))
    pages = ("", "missing/", "sign/", "history/", "aneurysm-avm/override/", "blood-pressure/ask/")
    assert [administrator.get(f"/screening/{bench.person}/{page}").status_code for page in pages] == [403] * 6
    assert bench.house.client_for(bench.nurse).get(f"/screening/{new_id()}/").status_code == 403


def test_a_chart_opened_with_a_reason_opens_its_screening_to_read_and_no_more(bench):
    from kap_clinic.organizations.actions import add_site
    from kap_clinic.people.actions import open_chart
    from kap_clinic.people.openings import break_glass

    cedar, harbor, person = new_id(), new_id(), new_id()
    told = {"organization": bench.house.id, "by": bench.house.program}
    for site, name in ((cedar, "Cedar"), (harbor, "Harbor")):
        add_site(**told, id=site, name=name, time_zone="America/Denver")
    open_chart(**told, id=person, name="Ben Tal", birth="1980", site=cedar)
    lena = bench.house.member("nurse", sites=[harbor])
    client = bench.house.client_for(lena)
    assert client.get(f"/screening/{person}/").status_code == 403
    break_glass(
        organization=bench.house.id, by=lena, id=new_id(), person=person, hours=4, recipient="Night nurse",
        because="I cover the night at Cedar House",
    )  # fmt: skip
    assert client.get(f"/screening/{person}/").status_code == 200
    with pytest.raises(Refused, match="not at this site"):
        telling.record_missing(**{**bench.by(lena, facts=[pressure(118, 76)]), "person": person})
