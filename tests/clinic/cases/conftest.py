"""A house with a chart, the people who work on its cases, and one request for clearance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kap_clinic.database.identity import new_id


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A house, its prescriber and nurse, and the chart of Ana Keller."""

    house: Any
    prescriber: Any
    nurse: Any
    person: UUID

    def asked(self, **other: Any) -> dict[str, Any]:
        """What is said when a clearance is asked for."""
        return {
            "organization": self.house.id, "by": self.prescriber, "id": new_id(), "person": self.person,
            "rule": "blood-pressure", "asked_of": "Primary care",
            "question": "164/96 on three days: may she begin?",
            "due_on": (datetime.now(UTC) + timedelta(days=9)).date(), "time_zone": "America/Denver", **other,
        }  # fmt: skip

    def ask(self, **other: Any) -> UUID:
        """Ask for a clearance; return the case."""
        from kap_clinic.cases.actions import ask_clearance

        said = self.asked(**other)
        ask_clearance(**said)
        case: UUID = said["id"]
        return case


@pytest.fixture
def desk(clinic: Any) -> Desk:
    """One house with one chart."""
    from kap_clinic.people.actions import open_chart

    house = clinic.organization("Cedar House")
    nurse = house.member("nurse", name="Rosa Marquez")
    prescriber = house.member("prescriber", name="Priya Natarajan")
    person = new_id()
    open_chart(organization=house.id, by=nurse, id=person, name="Ana Keller", birth="1984-03-27")
    return Desk(house=house, prescriber=prescriber, nurse=nurse, person=person)


@pytest.fixture
def queries_of() -> Any:
    """Return how many queries a page needs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client: Any, address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return count
