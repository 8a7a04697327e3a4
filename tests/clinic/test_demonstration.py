"""The demonstration shows somebody at each point of the journey, and loading it again changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

pytestmark = pytest.mark.database

PEOPLE = ("Ana Kowalczyk", "Ben Torres", "Miriam Feld")
PLANNED = ("Ben Torres", "Hannah Weiss", "Marcus Reid", "Sofia Lindgren", "Elena Petrou")


def test_somebody_is_at_each_point_of_the_journey_and_one_session_runs(database: str) -> None:
    from kap_clinic.demonstration.live import Live
    from kap_clinic.demonstration.loading import load

    load()
    once = _seen()
    load()
    assert _seen() == once
    assert once["in the way"] == {
        "Ana Kowalczyk": [("blood-pressure", "hold")],
        "Ben Torres": [],
        "Miriam Feld": [("aneurysm-avm", "stop")],
    }
    assert once["at risk"] == {
        "Ana Kowalczyk": "caution", "Ben Torres": "proceed", "Miriam Feld": "hold",
    }  # fmt: skip
    assert once["asked"] == [("primary care", "Priya Natarajan")]
    assert once["links"] == ["open"]
    assert once["next"] == {
        "Ben Torres": "preparation-1", "Hannah Weiss": "dose-1", "Marcus Reid": "rest-1",
        "Sofia Lindgren": "integration-1", "Elena Petrou": None,
    }  # fmt: skip
    assert once["ordered"] == ("released", "29 mg")
    assert once["in the room"] == (2, "40 mg")
    assert once["scores"] == [19, 18, 12, 9, 8, 7, 6]
    # Three vials of 10 mL; 32, 32, 36 and 40 mg drawn at 50 mg/mL.
    assert once["left in the safe"] == Decimal("27.2")
    live, before = Live(), _batches()
    live.turn()
    live.turn()
    assert _batches() == before + 2


@pytest.mark.slow
@pytest.mark.parametrize("hour", [0, 7, 23])
def test_it_is_loaded_at_any_hour_of_the_day(database: str, hour: int) -> None:
    from kap_clinic.demonstration.clock import at_clock
    from kap_clinic.demonstration.loading import load

    yesterday = datetime.now(UTC).replace(hour=hour, minute=20) - timedelta(days=1)
    with at_clock(yesterday):
        load()
    seen = _seen()
    assert (seen["in the way"]["Ben Torres"], seen["ordered"]) == ([], ("released", "29 mg"))


def _seen() -> dict[str, Any]:
    from kap.screening.screening import Treatment
    from kap_clinic.cases.queries import cases_of
    from kap_clinic.database.door import acting
    from kap_clinic.demonstration.cast import CEDAR, id_of
    from kap_clinic.demonstration.loading import DEMO
    from kap_clinic.pharmacy.queries import containers_of
    from kap_clinic.plans.queries import sessions_of
    from kap_clinic.screening.queries import links_of, whole_of

    now = datetime.now(UTC)
    people = {name: id_of("client", name) for name in (*PEOPLE, *PLANNED)}
    with acting(id_of(CEDAR.name), DEMO, "test.look") as act:
        wholes = {name: whole_of(act, people[name], Treatment(), now, "UTC") for name in PEOPLE}
        planned = {name: sessions_of(act, people[name]) for name in PLANNED}
        held = containers_of(act, id_of("safe"))
        return {
            "in the way": {
                name: [(one.rule, one.verdict.value) for one in whole.standing.in_the_way][:1]
                for name, whole in wholes.items()
            },
            "asked": [
                (line.asked_of, line.owner_name)
                for line in cases_of(act, people["Ana Kowalczyk"])
                if line.rule == "blood-pressure"
            ],
            "at risk": {
                name: next(
                    one for one in whole.standing.screening.findings if one.rule == "suicide-risk"
                ).verdict.value
                for name, whole in wholes.items()
            },
            "links": [link.state for link in links_of(act, people["Miriam Feld"], now)],
            "next": {
                name: next((line.session for line in lines if line.is_waiting), None)
                for name, lines in planned.items()
            },
            "left in the safe": sum(one.remaining.in_unit("mL") for one in held),
            **_course(act, people),
        }


def _course(act: Any, people: dict[str, UUID]) -> dict[str, Any]:
    """What orders, rooms and scores say of those who are being treated."""
    from kap.vocabulary.moments import Instant
    from kap_clinic.demonstration.cast import id_of
    from kap_clinic.dosing_day.queries import session_file
    from kap_clinic.orders.queries import orders_of
    from kap_clinic.outcomes.queries import outcome_of

    now = Instant(datetime.now(UTC))
    [order] = orders_of(act, people["Hannah Weiss"])
    room = session_file(act, id_of("room", "Marcus Reid", "dose-1")).session
    scored = outcome_of(act, people["Elena Petrou"], now)
    phq9 = scored.outcomes["phq9"]
    assert phq9.course is not None, "she was scored seven times"
    return {
        "ordered": (order.state.value, str(order.what.amount)),
        "in the room": (len(room.readings), str(room.running.given.amount) if room.running else ""),
        "scores": [int(point.number or 0) for point in phq9.course.points],
    }


def _batches() -> int:
    from kap_clinic.database.door import acting
    from kap_clinic.demonstration.cast import CEDAR, id_of
    from kap_clinic.demonstration.loading import DEMO
    from kap_clinic.dosing_day.models import DeviceBatch

    with acting(id_of(CEDAR.name), DEMO, "test.look"):
        return DeviceBatch.objects.filter(session_id=id_of("room", "Marcus Reid", "dose-1")).count()
