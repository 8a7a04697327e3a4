"""Promises a table keeps by itself, written once for every table that makes them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


def who_and_when(act: str, *, name: str) -> models.CheckConstraint:
    """Promise that a row says both when an act was done and by whom, or neither."""
    fields = (f"{act}_at__isnull", f"{act}_by__isnull")
    both, neither = (Q(**dict.fromkeys(fields, is_missing)) for is_missing in (False, True))
    return models.CheckConstraint(condition=neither | both, name=name)
