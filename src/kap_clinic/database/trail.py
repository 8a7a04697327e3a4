"""The audit row: one plain insert for each outermost ``acting()``, never holding a value of the record."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from .actors import Actor
from .identity import new_id

DONE = "done"
REFUSED = "refused"

_INSERT = """
    INSERT INTO audit_entry
        (id, organization_id, action, outcome, actor_id, actor_kind, actor_program, subjects, why,
         digests, recorded_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s::uuid[], %s, %s::text[], clock_timestamp())
"""


def write_audit_row(
    organization: UUID, actor: Actor, action: str, subjects: Iterable[UUID], outcome: str, *, why: str = "",
    digests: Iterable[str] = (),
) -> None:  # fmt: skip
    """Add one row to the organization's trail, inside the transaction it speaks of.

    Shape: ``why`` is a refusal's template, without its values; ``digests`` are of what was sealed beside it.
    """
    row = (
        new_id(), organization, action, outcome, actor.id, actor.kind, actor.name,
        sorted(str(subject) for subject in subjects), why, list(digests),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, row)
