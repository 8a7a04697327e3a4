"""The lock under which signatures of one person are numbered."""

from uuid import UUID

from django.db import connection


def hold_signatures(person: UUID) -> None:
    """Let nobody else sign for this person until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"signature {person}"])
