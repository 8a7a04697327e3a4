"""The medical director answers a stop with a reason and an end; the finding stays what it is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.clinic.screening.conftest import SOON, aneurysm, pressure

from kap.screening.screening import Treatment
from kap.vocabulary.errors import Refused
from kap.vocabulary.findings import Verdict
from kap.vocabulary.routes import Drug, Route
from kap_clinic.database.identity import new_id
from kap_clinic.screening import actions, overriding, telling

pytestmark = pytest.mark.database

IV = Treatment()


def test_the_medical_director_overrides_a_stop_which_stays_a_stop_beside_the_reason(bench):
    bench.make_whole()
    bench.record(aneurysm())
    said = bench.by(
        bench.director, rule="aneurysm-avm", treatment=IV, why="Coiled in 2019, imaging quiet.", until=SOON
    )
    assert [overriding.override(**said), overriding.override(**said)] == [True, False]
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
    overriding.override(**said)
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
        overriding.override(**bench.by(bench.director, **said))
    assert bench.house.trail()[-1] == ("screening.override", "refused", bench.director.id)


def test_only_the_medical_director_overrides_and_only_a_prescriber_signs(bench):
    bench.record(aneurysm())
    told = {"rule": "aneurysm-avm", "treatment": IV, "why": "Coiled in 2019.", "until": SOON}
    for person in (bench.nurse, bench.prescriber, bench.coordinator):
        with pytest.raises(Refused, match=r"You may not (override a finding|see what is known)"):
            overriding.override(**bench.by(person, **told))
    signing = {"treatment": IV, "decision": "wait", "words": "", "seen": actions.fingerprint(bench.whole())}
    for person in (bench.nurse, bench.director, bench.coordinator):
        with pytest.raises(Refused, match=r"You may not (sign a screening|see what is known)"):
            actions.sign(**bench.by(person, **signing))
    with pytest.raises(Refused, match="You may not"):
        telling.record_missing(**bench.by(bench.coordinator, facts=[pressure(118, 76)]))


def ending(bench, made, **other):
    said = {"override": made, "why": "The new imaging shows a leak.", **other}
    return {"organization": bench.house.id, "by": bench.director, "id": new_id(), **said}


def test_a_director_ends_an_override_before_its_day_and_the_stop_stands_by_itself_again(bench):
    bench.make_whole()
    bench.record(aneurysm())
    said = bench.by(bench.director, rule="aneurysm-avm", treatment=IV, why="Coiled in 2019.", until=SOON)
    overriding.override(**said)
    client = bench.house.client_for(bench.director)
    assert "End the override" in client.get(f"/screening/{bench.person}/").content.decode()
    page = f"/screening/{bench.person}/overrides/{said['id']}/end/"
    assert "Coiled in 2019." in client.get(page).content.decode()
    told = ending(bench, said["id"])
    assert client.post(page, {"id": str(told["id"]), "why": told["why"]}).status_code == 302
    assert overriding.end_override(**told) is False
    with pytest.raises(Refused, match="already ended"):
        overriding.end_override(**ending(bench, said["id"]))
    assert [one.rule for one in bench.whole().standing.in_the_way] == ["aneurysm-avm"]
    page = client.get(f"/screening/{bench.person}/").content.decode()
    assert "Ended before its day by Helen Osei" in page
    assert "The new imaging shows a leak." in page


def test_only_a_director_ends_an_override_and_says_why(bench):
    bench.record(aneurysm())
    said = bench.by(bench.director, rule="aneurysm-avm", treatment=IV, why="Coiled in 2019.", until=SOON)
    overriding.override(**said)
    for wrong, says in (
        ({"by": bench.prescriber}, "You may not override a finding"),
        ({"why": " "}, "Write why"),
        ({"override": new_id()}, "There is no such override"),
    ):
        with pytest.raises(Refused, match=says):
            overriding.end_override(**ending(bench, said["id"], **wrong))
    assert bench.house.trail()[-1] == ("screening.end_override", "refused", bench.director.id)
    stranger = bench.house.client_for(bench.director)
    assert stranger.get(f"/screening/{bench.person}/overrides/{new_id()}/end/").status_code == 404
