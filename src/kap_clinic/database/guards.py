"""Migration operations that guard a table: row-level security, composite references, histories."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation, OperationCategory

APP_ROLE = "kap_app"
TENANT = "current_setting('kap.organization')::uuid"


class _Guard(Operation):
    reduces_to_sql = True
    reversible = True
    category = OperationCategory.SQL

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing in Django's picture of the models."""

    def _table(self, app_label: str, state: Any, model: str) -> str:
        return str(state.apps.get_model(app_label, model)._meta.db_table)


class GuardTable(_Guard):
    """Force row-level security on a table and let the application role use it.

    Shape: ``shared_as`` names the kind under which a Sharing grant opens single rows of it, to read.
    """

    def __init__(self, model: str, *, is_history: bool = False, shared_as: str = "") -> None:
        """Hold what to guard."""
        self.model, self.is_history, self.shared_as = model, is_history, shared_as

    def deconstruct(self) -> Any:
        """Describe the operation for migrations."""
        return (
            type(self).__name__,
            [self.model],
            {"is_history": self.is_history, "shared_as": self.shared_as},
        )

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Guard {self.model} with row-level security"

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Guard the table."""
        table = self._table(app_label, to_state, self.model)
        # Foreign keys wait for a migration's end, where forced security would hide the rows they validate.
        for statement in schema_editor.deferred_sql:
            schema_editor.execute(statement, None)
        schema_editor.deferred_sql.clear()
        for statement in guard_statements(table, is_history=self.is_history, shared_as=self.shared_as):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the guards off, before the table itself goes."""
        table = self._table(app_label, from_state, self.model)
        for statement in unguard_statements(table, shared_as=self.shared_as):
            schema_editor.execute(statement)


def guard_statements(table: str, *, is_history: bool, shared_as: str) -> list[str]:
    """Return the SQL that guards a table of an organization."""
    rights = "SELECT, INSERT" if is_history else "SELECT, INSERT, UPDATE, DELETE"
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY own_organization ON {table} USING (organization_id = {TENANT}) "
        f"WITH CHECK (organization_id = {TENANT})",
        f"REVOKE ALL ON {table} FROM {APP_ROLE}",
        f"GRANT {rights} ON {table} TO {APP_ROLE}",
    ]
    if shared_as:
        statements.append(shared_policy(table, shared_as, f"{table}.id"))
    if is_history:
        statements += _append_only(table)
    return statements


def unguard_statements(table: str, *, shared_as: str) -> list[str]:
    """Return the SQL that takes the guards off again."""
    statements = [f"DROP TRIGGER IF EXISTS append_only_rows ON {table}"]
    statements.append(f"DROP TRIGGER IF EXISTS append_only_table ON {table}")
    if shared_as:
        statements.append(f"DROP POLICY shared_with_us ON {table}")
    return [
        *statements,
        f"DROP POLICY own_organization ON {table}",
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]


def shared_policy(table: str, kind: str, subject: str) -> str:
    """Return the SQL that lets the receiver of a live grant read the rows whose subject it names."""
    return (
        f"CREATE POLICY shared_with_us ON {table} FOR SELECT USING "
        f"(EXISTS (SELECT 1 FROM organizations_sharing s WHERE s.receiver_id = {TENANT} "
        f"AND s.organization_id = {table}.organization_id "
        f"AND s.kind = '{kind}' AND s.subject_id = {subject} AND s.ended_at IS NULL "
        f"AND (s.until IS NULL OR s.until > now())))"
    )


def _append_only(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER append_only_rows BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION kap_refuse_change()",
        f"CREATE TRIGGER append_only_table BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION kap_refuse_change()",
    ]


class ShareRows(_Guard):
    """Let a Sharing grant of one kind open the rows of a guarded table that belong to its subject, to read.

    Shape: ``by`` is the column that holds the subject's id, or a reference and that column of the row it
    refers to, like ``plan.person_id``.
    """

    def __init__(self, model: str, *, kind: str, by: str) -> None:
        """Hold what is opened, and by which column."""
        self.model, self.kind, self.by = model, kind, by

    def deconstruct(self) -> Any:
        """Describe the operation for migrations."""
        return (type(self).__name__, [self.model], {"kind": self.kind, "by": self.by})

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Let a grant of the kind {self.kind} open rows of {self.model}"

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Add the policy."""
        table = self._table(app_label, to_state, self.model)
        schema_editor.execute(shared_policy(table, self.kind, self._subject(app_label, to_state, table)))

    def _subject(self, app_label: str, state: Any, table: str) -> str:
        reference, dot, column = self.by.partition(".")
        if not dot:
            return f"{table}.{self.by}"
        field = state.apps.get_model(app_label, self.model)._meta.get_field(reference)
        return (
            f"(SELECT o.{column} FROM {field.related_model._meta.db_table} o "
            f"WHERE o.organization_id = {table}.organization_id AND o.id = {table}.{field.column})"
        )

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the policy away."""
        table = self._table(app_label, from_state, self.model)
        schema_editor.execute(f"DROP POLICY shared_with_us ON {table}")


REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION kap_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is a history: rows are added, never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""


class ReferWithin(_Guard):
    """Add the composite foreign key behind a ``WithinTenant`` field."""

    def __init__(self, model: str, field: str) -> None:
        """Hold which field refers."""
        self.model, self.field = model, field

    def deconstruct(self) -> Any:
        """Describe the operation for migrations."""
        return (type(self).__name__, [self.model, self.field], {})

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Keep {self.model}.{self.field} within its organization"

    def _name(self, table: str) -> str:
        return f"{table}_{self.field}_within"[:63]

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Add the constraint."""
        model = to_state.apps.get_model(app_label, self.model)
        field = model._meta.get_field(self.field)
        table, other = model._meta.db_table, field.related_model._meta.db_table
        # Existing rows are validated as the owner, whom forced security stops: it rests meanwhile.
        guarded = [name for name in dict.fromkeys((table, other)) if self._is_forced(schema_editor, name)]
        for name in guarded:
            schema_editor.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
        schema_editor.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {self._name(table)} "
            f"FOREIGN KEY (organization_id, {field.column}) REFERENCES {other} (organization_id, id) "
            f"DEFERRABLE INITIALLY IMMEDIATE"
        )
        for name in guarded:
            schema_editor.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")

    def _is_forced(self, schema_editor: Any, table: str) -> bool:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
            return bool(cursor.fetchone()[0])

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Drop the constraint."""
        table = self._table(app_label, from_state, self.model)
        schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {self._name(table)}")
