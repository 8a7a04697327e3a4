"""The workbench: what is missing is filled in one place, answers stand by findings, a signature keeps all."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.utils.html import escape
from tests.clinic.screening.conftest import NOTHING_EVER, SOON, TODAY, aneurysm, pressure

from kap.histories.chain import SealedRow, first_break
from kap.screening.questions import packaged_history
from kap.screening.screening import Treatment
from kap.vocabulary.errors import Refused
from kap.vocabulary.findings import Verdict
from kap.vocabulary.routes import Drug, Route
from kap_clinic.database.identity import new_id
from kap_clinic.screening import actions

pytestmark = pytest.mark.database

IV = Treatment()


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


def test_the_medical_director_overrides_a_stop_which_stays_a_stop_beside_the_reason(bench):
    bench.make_whole()
    bench.record(aneurysm())
    said = bench.by(
        bench.director, rule="aneurysm-avm", treatment=IV, why="Coiled in 2019, imaging quiet.", until=SOON
    )
    assert [actions.override(**said), actions.override(**said)] == [True, False]
    standing = bench.whole().standing
    (stop,) = [one for one in standing.screening.findings if one.rule == "aneurysm-avm"]
    assert (stop.verdict, standing.answer_to(stop).by, standing.in_the_way) == (
        Verdict.STOP,
        "Helen Osei",
        (),
    )
    page = bench.house.client_for(bench.prescriber).get(f"/screening/{bench.person}/").content.decode()
    assert "Overridden by Helen Osei, medical director" in page
    assert "Coiled in 2019, imaging quiet." in page


def test_an_override_counts_for_the_drug_and_the_route_it_was_made_for(bench):
    from kap_clinic.screening.queries import whole_of

    bench.record(aneurysm())
    said = bench.by(bench.director, rule="aneurysm-avm", treatment=IV, why="Coiled in 2019.", until=SOON)
    actions.override(**said)
    nasal = Treatment(Drug.ESKETAMINE, Route.IN)
    with bench.house.acting() as act:
        whole = whole_of(act, bench.person, nasal, datetime.now(UTC), "UTC")
    assert "aneurysm-avm" in [one.rule for one in whole.standing.in_the_way]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"rule": "brain"}, "No rule says this any more"),
        ({"rule": "blood-pressure"}, "This finding cannot be overridden"),
        ({"why": "  "}, "Write why"),
        ({"until": date(2020, 1, 1)}, "An override ends"),
    ],
)
def test_what_is_no_override_is_refused_with_a_sentence(bench, wrong, says):
    bench.record(aneurysm(), pressure(190, 120))
    said = {"rule": "aneurysm-avm", "treatment": IV, "why": "Coiled in 2019.", "until": SOON, **wrong}
    with pytest.raises(Refused, match=says):
        actions.override(**bench.by(bench.director, **said))
    assert bench.house.trail()[-1] == ("screening.override", "refused", bench.director.id)


def test_only_the_medical_director_overrides_and_only_a_prescriber_signs(bench):
    bench.record(aneurysm())
    told = {"rule": "aneurysm-avm", "treatment": IV, "why": "Coiled in 2019.", "until": SOON}
    for person in (bench.nurse, bench.prescriber, bench.coordinator):
        with pytest.raises(Refused, match=r"You may not (override a finding|see what is known)"):
            actions.override(**bench.by(person, **told))
    signing = {"treatment": IV, "decision": "wait", "words": "", "seen": actions.fingerprint(bench.whole())}
    for person in (bench.nurse, bench.director, bench.coordinator):
        with pytest.raises(Refused, match=r"You may not (sign a screening|see what is known)"):
            actions.sign(**bench.by(person, **signing))
    with pytest.raises(Refused, match="You may not"):
        actions.record_missing(**bench.by(bench.coordinator, facts=[pressure(118, 76)]))


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


def sign(bench, **other):
    seen = actions.fingerprint(bench.whole())
    said = {"treatment": IV, "decision": "go-on", "words": "Discussed with her.", "seen": seen}
    told = bench.by(bench.prescriber, **{**said, "has_assessed_the_rest": True, **other})
    return told, actions.sign(**told)


def test_a_signature_keeps_what_was_read_and_a_later_change_shows(bench):
    bench.make_whole()
    told, is_new = sign(bench)
    assert (is_new, actions.sign(**told)) == (True, False)
    with pytest.raises(Refused, match="already signed with other content"):
        actions.sign(**{**told, "words": "Something else."})
    whole = bench.whole()
    assert (whole.signed.signed_by, whole.signed.decision, whole.signed.words, whole.differences) == (
        "Priya Natarajan", "go-on", "Discussed with her.", (),
    )  # fmt: skip
    bench.record(aneurysm())
    page = bench.house.client_for(bench.prescriber).get(f"/screening/{bench.person}/").content.decode()
    assert "Changed since it was signed" in page
    assert "was PROCEED, is STOP" in page
    assert [one["verdict"] for one in bench.whole().signed.screening["findings"]].count("stop") == 0


def test_nobody_signs_what_changed_while_they_read_it(bench):
    bench.make_whole()
    seen = actions.fingerprint(bench.whole())
    bench.record(aneurysm())
    with pytest.raises(Refused, match="changed since this page was shown"):
        sign(bench, seen=seen)
    assert bench.whole().signed is None


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({}, "still stands in the way"),
        ({"decision": "maybe"}, "Choose one of the decisions"),
    ],
)
def test_nobody_goes_on_while_a_finding_stands_in_the_way(bench, other, says):
    with pytest.raises(Refused, match=says):
        sign(bench, **other)
    assert sign(bench, decision="wait")[1] is True


def test_going_on_needs_a_word_about_the_rules_that_are_not_delivered(bench):
    bench.make_whole()
    with pytest.raises(Refused, match="rules are not delivered yet"):
        sign(bench, has_assessed_the_rest=False)


def test_signatures_are_sealed_one_after_the_other(bench):
    from kap_clinic.screening.models import Signature

    for decision in ("wait", "decline"):
        sign(bench, decision=decision)
    with bench.house.acting():
        rows = [
            SealedRow(row.number, row.previous, row.text, row.digest)
            for row in Signature.objects.order_by("number")
        ]
    assert ([row.number for row in rows], first_break(rows)) == ([1, 2], None)


def test_the_signing_page_carries_the_mark_of_what_it_shows(bench):
    bench.make_whole()
    client = bench.house.client_for(bench.prescriber)
    page = client.get(f"/screening/{bench.person}/sign/").content.decode()
    (mark,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', page)
    told = {
        "id": str(new_id()), "seen": mark, "decision": "go-on",
        "words": "Read together.", "has_assessed_the_rest": "on",
    }  # fmt: skip
    assert client.post(f"/screening/{bench.person}/sign/", told).status_code == 302
    assert "Signed by Priya Natarajan" in client.get(f"/screening/{bench.person}/").content.decode()


def test_a_stranger_to_charts_opens_no_page_of_screening(bench):
    administrator = bench.house.client_for(bench.house.member("administrator"))
    pages = ("", "missing/", "sign/", "history/", "aneurysm-avm/override/", "blood-pressure/ask/")
    assert [administrator.get(f"/screening/{bench.person}/{page}").status_code for page in pages] == [403] * 6
    assert bench.house.client_for(bench.nurse).get(f"/screening/{new_id()}/").status_code == 403


def test_the_list_shows_red_and_changed_and_counts_the_rest(bench):
    quiet = bench.open("Ben Tal")
    bench.record(aneurysm())
    client = bench.house.client_for(bench.prescriber)
    page = client.get("/screening/").content.decode()
    assert "Ana Keller" in page
    assert "Ben Tal" not in page
    assert "1 more person is being screened" in page
    sign(bench, decision="decline")
    assert "Ana Keller" not in client.get("/screening/").content.decode()
    bench.record(pressure(164, 96))
    page = client.get("/screening/").content.decode()
    assert "Changed since it was signed" in page
    assert bench.whole(quiet).signed is None


def test_the_list_asks_the_database_as_often_for_three_people_as_for_one(bench, queries_of):
    client = bench.house.client_for(bench.prescriber)
    bench.record(aneurysm())
    client.get("/screening/")
    one = queries_of(client, "/screening/")
    for name in ("Ben Tal", "Cleo Marsh"):
        bench.record(aneurysm(), person=bench.open(name))
    assert queries_of(client, "/screening/") == one


def test_confirming_a_no_ends_what_an_earlier_yes_began(bench):
    from kap_clinic.screening.links import answer, give_link
    from kap_clinic.screening.tokens import token_of

    link = bench.by(bench.nurse, language="en")
    give_link(**link)
    told = {"organization": bench.house.id, "link": link["id"], "token": token_of(link["id"])}
    answer(**told, id=new_id(), question="aneurysm-or-avm", value="yes")
    answer(**told, id=new_id(), question="aneurysm-or-avm", value="no")
    assert bench.verdicts()["aneurysm-avm"] == "stop"
    client = bench.house.client_for(bench.nurse)
    page = client.get(f"/screening/{bench.person}/history/").content.decode()
    assert "Yes (told by the client" in page
    answers = {f"q-{question}": value for question, value in NOTHING_EVER.items()}
    sent = client.post(f"/screening/{bench.person}/history/", {"id": str(new_id()), **answers})
    assert sent.status_code == 302
    assert bench.verdicts()["aneurysm-avm"] == "proceed"


def test_a_history_is_confirmed_by_staff_who_may_and_not_with_nothing(bench):
    with pytest.raises(Refused, match="Nothing was filled in"):
        actions.confirm_history(**bench.by(bench.nurse, answers={}))
    with pytest.raises(Refused, match="no such question or answer"):
        actions.confirm_history(**bench.by(bench.nurse, answers={"shoe-size": "yes"}))
    therapist = bench.house.member("therapist")
    with pytest.raises(Refused, match="You may not confirm a health history"):
        actions.confirm_history(**bench.by(therapist, answers=NOTHING_EVER))
    assert bench.whole().told == ()
    assert bench.house.trail()[-1] == ("screening.confirm_history", "refused", therapist.id)


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
        actions.record_missing(**{**bench.by(lena, facts=[pressure(118, 76)]), "person": person})
