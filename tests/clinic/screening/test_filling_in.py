"""What is missing is filled in on one page, and becomes dated facts that say where they come from."""

from __future__ import annotations

import pytest
from django.utils.html import escape
from tests.clinic.screening.conftest import TODAY

from kap.screening.questions import packaged_history
from kap.vocabulary.findings import Verdict
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


def test_a_chart_with_nothing_in_it_is_unknown_and_every_gap_can_be_filled_in_one_form(bench):
    assert set(bench.verdicts().values()) == {"unknown", "proceed"}
    page = bench.house.client_for(bench.nurse).get(f"/screening/{bench.person}/missing/").content.decode()
    bleeding = escape(packaged_history().questions["brain-bleeding"].words["en"])
    for question in ("Blood pressure, upper number", "Pregnancy test", bleeding):
        assert question in page
    bench.make_whole()
    standing = bench.whole().standing
    assert ([one.rule for one in standing.in_the_way], standing.verdict) == ([], Verdict.UNKNOWN)


def test_the_form_writes_dated_facts_that_say_where_they_come_from(bench):
    client, sent = bench.house.client_for(bench.nurse), new_id()
    told = {
        "id": str(sent), "systolic": "164", "diastolic": "96", "q-brain-bleeding": "no",
        "rules": "blood-pressure intracerebral-hemorrhage",
        "on_month": str(TODAY.month), "on_day": str(TODAY.day), "on_year": str(TODAY.year),
    }  # fmt: skip
    for _click in range(2):
        assert client.post(f"/screening/{bench.person}/missing/", told).status_code == 302
    found = {one.rule: one for one in bench.whole().standing.screening.findings}
    (reading,) = found["blood-pressure"].because.facts
    assert (found["blood-pressure"].verdict, str(reading.value), reading.day, reading.came_from) == (
        Verdict.HOLD, "164/96", TODAY, f"workbench/{sent}#blood-pressure",
    )  # fmt: skip
    assert found["intracerebral-hemorrhage"].verdict is Verdict.PROCEED
    assert [row[:2] for row in bench.house.trail()].count(("screening.record_missing", "done")) == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"systolic": "164"}, "A blood pressure has two numbers"),
        ({"systolic": "164", "diastolic": "96", "on_year": "2031"}, "This day has not come yet"),
        (
            {"systolic": "164", "diastolic": "96", "on_year": "", "on_month": "", "on_day": ""},
            "Enter the day on which",
        ),
        ({"alt": "22"}, "Enter the upper limit the laboratory printed"),
        ({}, "Nothing was filled in"),
    ],
)
def test_half_a_fact_is_explained_and_not_written(bench, wrong, says):
    day = {"on_month": str(TODAY.month), "on_day": str(TODAY.day), "on_year": str(TODAY.year)}
    before = bench.verdicts()
    answer = bench.house.client_for(bench.nurse).post(
        f"/screening/{bench.person}/missing/", {"id": str(new_id()), **day, **wrong}
    )
    assert (answer.status_code, says in answer.content.decode()) == (200, True)
    assert bench.verdicts() == before
