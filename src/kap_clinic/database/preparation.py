"""Make a database ready: migrations as the owner, rights for the other roles, the installation's row."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections

from .global_tables import GLOBAL_TABLES
from .guards import APP_ROLE
from .identity import new_id

BACKUP_ROLE = "kap_backup"


def prepare(*, is_synthetic: bool = False) -> list[str]:
    """Migrate to this version and give every role its rights; safe to run again.

    Shape: the names of the migrations that ran. ``is_synthetic`` counts only for a new database.
    """
    before = _applied()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    call_command("createcachetable", database="owner", verbosity=0)
    _grant()
    _name_installation(is_synthetic)
    return sorted(_applied() - before)


def pending() -> list[str]:
    """Return the migrations this version has and the database lacks."""
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- slow import

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def _applied() -> set[str]:
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 -- slow import

    return {f"{app}.{name}" for app, name in MigrationRecorder(connections["owner"]).applied_migrations()}


def _grant() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}, {BACKUP_ROLE}")
        for table in GLOBAL_TABLES:
            rights = "SELECT" if table in ("django_migrations", "database_installation") else "ALL"
            cursor.execute(f"REVOKE ALL ON {table} FROM {APP_ROLE}; GRANT {rights} ON {table} TO {APP_ROLE}")
            cursor.execute(f"REVOKE TRUNCATE, REFERENCES, TRIGGER ON {table} FROM {APP_ROLE}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {APP_ROLE}")
        cursor.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {BACKUP_ROLE}")
        cursor.execute(f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {BACKUP_ROLE}")


def _name_installation(is_synthetic: bool) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO database_installation (id, is_synthetic, created_at, only_one) "
            "VALUES (%s, %s, now(), true) ON CONFLICT DO NOTHING",
            [new_id(), is_synthetic],
        )
