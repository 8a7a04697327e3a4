"""Chains of one person, signatures and overrides: numbered under a lock, each row sealed after the last."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import connection

from kap.histories.chain import Head

from .models import OverrideEntry, Signature


def hold_chain(name: str, person: UUID) -> None:
    """Let nobody else add to this chain of this person until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{name} {person}"])


def head_of(model: type[Signature | OverrideEntry], person: UUID) -> Head:
    """Return the end of this person's chain."""
    last = model._default_manager.filter(person_id=person).order_by("-number").first()
    return Head(last.number, last.digest) if last else Head()


def body_of(text: str) -> dict[str, Any]:
    """Return what an entry says, from its canonical text."""
    body: dict[str, Any] = json.loads(text)["body"]
    return body
