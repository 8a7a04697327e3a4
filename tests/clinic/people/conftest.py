"""A house with one chart in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from tests.clinic.people.records import SOURCE, bundle

from kap_clinic.database.identity import new_id


@dataclass(frozen=True, kw_only=True)
class Charts:
    """A house, somebody who may record in it, and the chart of Ana Keller."""

    house: Any
    nurse: Any
    person: UUID

    def open(self, name: str, birth: str = "", **more: Any) -> UUID:
        """Open a chart as the nurse."""
        from kap_clinic.people.actions import open_chart

        id = new_id()
        open_chart(organization=self.house.id, by=self.nurse, id=id, name=name, birth=birth, **more)
        return id


@pytest.fixture
def charts(clinic: Any) -> Charts:
    """One house, one nurse, one chart."""
    house = clinic.organization("Cedar House")
    nurse = house.member("nurse", name="Rosa Marquez")
    first = Charts(house=house, nurse=nurse, person=new_id())
    return Charts(house=house, nurse=nurse, person=first.open("Ana Keller", "1984-03-27"))


@pytest.fixture
def queries_of():
    """Return how many queries a page needs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client: Any, address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return count


@pytest.fixture
def receive(charts):
    """Bring a file in as the nurse, or as somebody else."""
    from kap_clinic.people.importing import receive_file

    def do(*resources, content=None, by=None, source=SOURCE, **more):
        told = content if content is not None else bundle(*resources)
        return receive_file(
            organization=charts.house.id, by=by or charts.nurse, content=told, source=source, **more
        )

    return do


@pytest.fixture
def look(charts):
    """Count and read inside the house."""
    from kap_clinic.people import listing, models, queries

    class Look:
        def people(self):
            with charts.house.acting(charts.nurse) as act:
                return {line.name: line.id for line in listing.people(act).lines}

        def facts(self, person):
            with charts.house.acting(charts.nurse) as act:
                return [(known.fact.what, known.fact.came_from) for known in queries.facts_of(act, person)]

        def unread(self, person):
            with charts.house.acting(charts.nurse) as act:
                return [part.came_from for part in queries.not_understood(act, person)]

        def count(self, name):
            with charts.house.acting(charts.nurse):
                return getattr(models, name).objects.count()

    return Look()
