"""A sealed trail of nine rows in three batches."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def chain(clinic: Any, tmp_path: Path) -> Any:
    """An organization with nine sealed rows and three signed heads."""
    from tests.clinic.audit.chains import Chain

    made = Chain(clinic=clinic, house=clinic.organization(), folder=tmp_path)
    made.fill(2)
    made.seal()
    for _ in range(2):
        made.fill(3)
        made.seal()
    return made


@pytest.fixture
def django_queries() -> Any:
    """A context that collects the statements sent meanwhile."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    return lambda: CaptureQueriesContext(connection)
