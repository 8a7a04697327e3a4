"""A ward with a safe, a vial and two nurses."""

from __future__ import annotations

from typing import Any

import pytest
from tests.dosed import Dispensary, dispensary


@pytest.fixture
def pharmacy(clinic: Any) -> Dispensary:
    """Everything a dose needs, up to the order."""
    return dispensary(clinic)
