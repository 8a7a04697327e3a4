"""The proof of the trail also names what a hand in the database did to cases, signatures and overrides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module

import psycopg
import pytest
from django.db import connection
from tests.clinic.audit.chains import Chain
from tests.clinic.screening.conftest import SOON, aneurysm, pressure

from kap.histories.chain import link
from kap.screening.screening import Treatment
from kap_clinic.audit.chained import check_chains
from kap_clinic.audit.reading import read
from kap_clinic.database.identity import new_id
from kap_clinic.screening import overriding

pytestmark = pytest.mark.database


@pytest.fixture
def kept(bench, clinic, tmp_path):
    """Two signatures, an override that was ended, a case that was answered; and a superuser's hand."""
    from kap_clinic.cases.actions import ask_clearance, close, record_attempt

    bench.make_whole()
    bench.record(aneurysm(), pressure(164, 96))
    made = bench.by(bench.director, rule="aneurysm-avm", treatment=Treatment(), why="Coiled.", until=SOON)
    overriding.override(**made)
    told = {"organization": bench.house.id, "by": bench.director}
    overriding.end_override(**told, id=new_id(), override=made["id"], why="It leaks.")
    asked = bench.by(
        bench.prescriber, rule="blood-pressure", asked_of="Primary care", question="May she begin?",
        due_on=SOON, time_zone="UTC",
    )  # fmt: skip
    ask_clearance(**asked)
    told = {"organization": bench.house.id, "by": bench.prescriber, "case": asked["id"]}
    record_attempt(**told, id=new_id(), how="Called, no answer.")
    close(
        **told, id=new_id(), outcome="cleared", said_by="Dr. Odum", answer="With a pill.", counts_until=SOON
    )
    for decision in ("wait", "decline"):
        bench.sign(decision=decision)
    return Chain(clinic=clinic, house=bench.house, folder=tmp_path)


def test_what_nobody_touched_is_proven_row_by_row(kept):
    kept.seal()
    proof = kept.proof()
    assert proof.problems == ()
    checked = {one.kind: one.rows for one in proof.chains}
    assert (checked["cases"], checked["signatures"], checked["overrides"]) == (3, 2, 2)


TAMPERED = {
    "UPDATE screening_signature SET text = replace(text, 'wait', 'go-on')": "signatures changed",
    "UPDATE screening_signature SET text = 'x' WHERE number = 2": "signatures changed",
    "UPDATE screening_signature SET decision = 'go-on' WHERE number = 2": "signatures shown otherwise",
    "UPDATE screening_signature SET signed_by = gen_random_uuid()": "signatures shown otherwise",
    "DELETE FROM screening_signature WHERE number = 1": "signatures removed",
    "DELETE FROM screening_signature WHERE number = 2": "signatures lost",
    "UPDATE screening_override SET until = until + interval '1 year'": "overrides shown otherwise",
    "UPDATE screening_override SET why = 'Because.'": "overrides shown otherwise",
    "UPDATE screening_overrideentry SET text = replace(text, 'leaks', 'holds')": "overrides changed",
    "DELETE FROM screening_overrideentry WHERE number = 2": "overrides lost",
    "DELETE FROM screening_overrideentry": "overrides lost",
    "UPDATE cases_caseentry SET text = replace(text, 'no answer', 'she may')": "cases changed",
    "DELETE FROM cases_caseentry WHERE number = 2": "cases removed",
    "DELETE FROM cases_caseentry WHERE number = 3": "cases lost",
    "UPDATE cases_case SET counts_until = counts_until + 365": "cases shown otherwise",
    "UPDATE cases_case SET answer = ''": "cases shown otherwise",
    "UPDATE cases_case SET outcome = 'not-cleared'": "cases shown otherwise",
}


def test_each_thing_done_to_a_chain_is_named(kept, clinic):
    address, found = clinic.cluster.superuser_address(clinic.database), {}
    with psycopg.connect(**address.conninfo()) as server:

        def looked(query, values):
            return server.execute(query, values).fetchall()

        for statement in TAMPERED:
            server.execute("SET LOCAL session_replication_role = replica")
            server.execute(statement)
            _counts, problems = check_chains(looked, kept.house.id)
            found[statement] = problems[0].kind if problems else "nothing"
            server.rollback()
    assert found == TAMPERED


def test_a_chain_written_anew_with_its_arithmetic_mended_is_not_the_one_the_trail_speaks_of(kept, clinic):
    address = clinic.cluster.superuser_address(clinic.database)
    with psycopg.connect(**address.conninfo()) as server:

        def found():
            problems = check_chains(
                lambda query, told: server.execute(query, told).fetchall(), kept.house.id
            )[1]
            return [problem.kind for problem in problems]

        assert found() == []
        server.execute("SET LOCAL session_replication_role = replica")
        [(previous, text)] = server.execute("SELECT previous, text FROM screening_signature WHERE number = 2")
        text = text.replace("decline", "go-on")
        server.execute(
            "UPDATE screening_signature SET decision = 'go-on', text = %s, digest = %s WHERE number = 2",
            [text, link(previous, text)],
        )
        assert found() == ["signatures written anew", "sealed row gone"]
        server.rollback()
        server.execute("SET LOCAL session_replication_role = replica")
        server.execute("DELETE FROM cases_caseentry; DELETE FROM cases_case")
        assert found() == ["sealed row gone"], "nothing else in the database tells of it any more"


def test_overrides_made_before_they_were_sealed_are_sealed_as_they_stand(bench, clinic):
    from django.apps import apps

    from kap_clinic.screening.models import Override, OverrideEntry

    migration = import_module("kap_clinic.screening.migrations.0005_seal_overrides")
    made = {"verdict": "stop", "drug": "ketamine", "route": "iv", "why": "Coiled.", "reason": "An aneurysm."}
    who = {"role": "medical_director", "made_by": bench.director.id, "person_id": bench.person}
    with bench.house.acting(action="audit.seal"):
        for day, rule in enumerate(("aneurysm-avm", "bladder"), start=1):
            at = datetime(2026, 1, day, 9, 30, 0, 125, tzinfo=UTC)
            until = at + timedelta(days=400)
            Override.objects.create(
                id=new_id(), organization_id=bench.house.id, rule=rule, made_at=at, until=until, **made, **who
            )
        with connection.schema_editor(atomic=False) as editor:
            migration.seal_what_was_made(apps, editor)
        assert OverrideEntry.objects.count() == 2
        checked, problems = check_chains(read, bench.house.id)
    assert ({one.kind: one.rows for one in checked}["overrides"], problems) == (2, [])
    assert bench.whole().overrides[0].answer.by == "Helen Osei"
