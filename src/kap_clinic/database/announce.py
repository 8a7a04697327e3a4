"""Tell open screens that something changed, on commit: what kind and which ids, never values."""

import json
from uuid import UUID

from django.db import connection

from .door import Acting


def announce(act: Acting, what: str, *ids: UUID) -> None:
    """Notify the stream; PostgreSQL delivers it only if the transaction commits."""
    notice = {"organization": str(act.organization), "what": what, "ids": [str(one) for one in ids]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('kap_changes', %s)", [json.dumps(notice)])
