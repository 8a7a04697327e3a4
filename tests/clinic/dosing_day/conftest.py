"""The day of a dose: ordered, released, drawn up."""

from __future__ import annotations

from typing import Any

import pytest
from tests.in_room import Treatment, treatment


@pytest.fixture
def day(clinic: Any) -> Treatment:
    """Everything a dose needs, up to the room."""
    return treatment(clinic)
