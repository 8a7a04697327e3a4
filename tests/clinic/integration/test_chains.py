"""The proof of the trail also names what a hand in the database did to plans and progress notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from tests.planned import Ward, ward

from kap.integration.note import Modality, ProgressNote, Rated, Risk
from kap.vocabulary.moments import Instant, Window
from kap_clinic.audit.chained import check_chains
from kap_clinic.integration.actions import amend_note, sign_note
from kap_clinic.plans.actions import hold_session, stop_plan

pytestmark = pytest.mark.database
NOW = datetime.now(UTC).replace(microsecond=0)
TAMPERED = {
    "SELECT 1": "nothing",
    "UPDATE plans_planentry SET text = replace(text, 'Enough', 'More')": "plans changed",
    "UPDATE plans_planentry SET recorded_by = gen_random_uuid()": "plans shown otherwise",
    "DELETE FROM plans_planentry WHERE number = 2": "plans removed",
    "DELETE FROM plans_planentry WHERE text LIKE '%plan_stopped%'": "plans lost",
    "UPDATE integration_noteentry SET text = replace(text, 'Rest', 'Run')": "notes changed",
    "DELETE FROM integration_noteentry WHERE number = 2": "notes lost",
    "DELETE FROM integration_noteentry": "notes lost",
}


@pytest.fixture
def kept(clinic: Any) -> Ward:
    """A plan with a dose and a note, amended, and stopped."""
    made = ward(clinic)
    made.sign_screening()
    made = made.with_plan()
    began = NOW - timedelta(hours=6)
    dose = made.by("nurse", session=made.session("dose-1").id)
    hold_session(**dose, began_at=began, ended_at=began + timedelta(hours=2))
    note = ProgressNote(
        session=Window(Instant(NOW - timedelta(hours=2)), Instant(NOW - timedelta(hours=1))),
        modality=Modality.ART, disturbance=Rated(None, None), belief=Rated(None, None), plan="Rest.",
        risk=Risk.NONE,
    )  # fmt: skip
    signed = made.by("therapist", session=made.session("integration-1").id, note=note)
    sign_note(**signed)
    amend_note(**made.by("therapist", note=signed["id"], words="Slept well."))
    stop_plan(**made.by("prescriber", plan=made.plan, because="Enough."))
    return made


def test_each_thing_done_to_a_plan_or_a_note_is_named(kept: Ward, clinic: Any) -> None:
    address, found = clinic.cluster.superuser_address(clinic.database), {}
    with psycopg.connect(**address.conninfo()) as server:

        def read(query: Any, values: Any) -> Any:
            return server.execute(query, values).fetchall()

        for statement in TAMPERED:
            server.execute("SET LOCAL session_replication_role = replica")
            server.execute(statement)
            _counts, problems = check_chains(read, kept.house.id)
            found[statement] = problems[0].kind if problems else "nothing"
            server.rollback()
    assert found == TAMPERED
