"""Two organizations that are strangers: statements and addresses that ask for what is not one's own."""

from __future__ import annotations

import random
import re
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from kap_clinic.database.door import Reason, outside
from kap_clinic.database.identity import new_id
from tests.routes import routes
from tests.rows import tenant_models

MARK = "Zanzibar"

READS = (
    "SELECT * FROM {t} WHERE organization_id = %(theirs)s",
    "SELECT * FROM {t} WHERE id = %(id)s",
    "SELECT * FROM {t} WHERE id = ANY(ARRAY[%(id)s]::uuid[])",
    "SELECT * FROM {t} WHERE organization_id <> %(ours)s",
    "SELECT * FROM {t} a WHERE EXISTS (SELECT 1 FROM {t} b WHERE b.id = %(id)s)",
    "SELECT {t} FROM {t} WHERE {t}::text LIKE '%%' || %(mark)s || '%%'",
    "SELECT count(*) FROM {t} WHERE id = %(id)s HAVING count(*) > 0",
    "WITH x AS (SELECT * FROM {t}) SELECT * FROM x WHERE id = %(id)s",
    "SELECT * FROM {t} TABLESAMPLE SYSTEM (100) WHERE organization_id = %(theirs)s",
    "SELECT * FROM {t} WHERE id = %(id)s FOR UPDATE",
)
WRITES = (
    "UPDATE {t} SET id = id WHERE id = %(id)s",
    "UPDATE {t} SET organization_id = %(ours)s WHERE id = %(id)s",
    "UPDATE {t} SET organization_id = %(theirs)s",
    "DELETE FROM {t} WHERE id = %(id)s",
    "DELETE FROM {t} WHERE organization_id = %(theirs)s",
    "INSERT INTO {t} SELECT * FROM {t} WHERE id = %(id)s",
    "TRUNCATE {t}",
    "ALTER TABLE {t} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY own_organization ON {t}",
    "COPY {t} TO STDOUT",
    "CREATE OR REPLACE VIEW v AS SELECT * FROM {t}",
    "SET ROLE kap_owner",
    "SET ROLE kap_backup",
    "SET row_security = off; SELECT * FROM {t} WHERE id = %(id)s",
    "LOCK TABLE {t} IN ACCESS EXCLUSIVE MODE",
)


def probe(ours: Any, sql: str, told: dict[str, Any], number: int) -> str:
    """Run one statement with our tenant set, then undo it; say whether it saw or changed theirs."""
    try:
        with transaction.atomic(), outside(Reason.SETUP), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('kap.organization', %s, true)", [str(ours.id)])
            cursor.execute(sql, told)
            rows = cursor.fetchall() if cursor.description else []
            transaction.set_rollback(True)
            if any(MARK in str(row) or str(told["theirs"]) in str(row) for row in rows):
                return "seen"
            if cursor.description is None and cursor.rowcount > 0 and "WHERE id" in sql:
                return "changed"
            return "nothing"
    except DatabaseError:
        return "refused"


def everything(house: Any) -> dict[str, list[Any]]:
    """Return every row of an organization as it sees itself."""
    seen = {}
    with outside(Reason.SETUP), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kap.organization', %s, true)", [str(house.id)])
        for model in tenant_models():
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t ORDER BY 1")
            seen[model._meta.db_table] = cursor.fetchall()
    return seen


def addresses() -> list[tuple[str, list[str]]]:
    """Return every address of the clinic as (template, names of its arguments)."""
    return [(route, re.findall(r"<(?:\w+:)?(\w+)>", route)) for route, _view in routes()]


def path_of(route: str, names: list[str], known: list[UUID], chance: random.Random) -> str:
    for name in names:
        value = str(chance.choice(known)) if chance.random() < 0.9 else str(new_id())
        route = re.sub(rf"<(?:\w+:)?{name}>", value, route, count=1)
    return route.replace("^", "").replace("$", "").replace("\\Z", "")
