"""A ward whose screening is signed, and one with a plan."""

from __future__ import annotations

from typing import Any

import pytest
from tests.planned import Ward, ward


@pytest.fixture
def cleared(clinic: Any) -> Ward:
    """Ana Keller's screening is signed “go on”."""
    made = ward(clinic)
    made.sign_screening()
    return made


@pytest.fixture
def planned(cleared: Ward) -> Ward:
    """Ana Keller has a plan for the five days that begin next week."""
    return cleared.with_plan()


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
