"""Django is set up before these tests import its models; two organizations that are strangers."""

from typing import Any

import django
import pytest

django.setup()


@pytest.fixture
def two(clinic: Any) -> Any:
    """Two organizations with a row in every table; theirs are marked."""
    from tests.rows import fill
    from tests.strangers import MARK

    ours, theirs = clinic.organization("Ours"), clinic.organization(MARK)
    fill(ours, "Own")
    return ours, theirs, fill(theirs, MARK)
