"""An installation's keyring that a test may lose, rotate or open to the world."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def keys_home(clinic: Any, tmp_path: Path) -> Iterator[Path]:
    """A state folder of this test's own; nothing else reads or writes its keyring."""
    from django.conf import settings
    from django.test import override_settings

    own = dataclasses.replace(settings.ENVIRONMENT, home=tmp_path)
    with override_settings(ENVIRONMENT=own):
        yield tmp_path
