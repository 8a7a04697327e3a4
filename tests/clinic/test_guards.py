"""Every table is guarded or on the closed list; a new table without its guards fails here by itself."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from kap_clinic.database.global_tables import GLOBAL_TABLES

pytestmark = pytest.mark.database

TABLES = """
    SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner)
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""
POLICIES = "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies WHERE schemaname = 'public'"
KEYS = """
    SELECT conrelid::regclass::text, contype, confrelid::regclass::text,
           ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY k(n, o)
                 JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = n ORDER BY o)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'u', 'p')
"""
RIGHTS = """
    SELECT table_name, array_agg(privilege_type::text ORDER BY privilege_type)
    FROM information_schema.role_table_grants WHERE grantee = %s AND table_schema = 'public' GROUP BY 1
"""
OWN = "(organization_id = (current_setting('kap.organization'::text))::uuid)"
HISTORIES = {
    "accounts_memberchange",
    "accounts_secondsignature",
    "audit_entry",
    "audit_seal",
    "audit_sealhead",
    "cases_caseentry",
    "cases_plangiven",
    "cases_safetyplan",
    "dosing_day_administration",
    "dosing_day_devicebatch",
    "dosing_day_sessionentry",
    "dosing_day_sessionnote",
    "integration_noteentry",
    "measures_answer",
    "measures_profitstatement",
    "measures_scored",
    "on_call_callmade",
    "on_call_laddersigned",
    "orders_orderentry",
    "people_externalidentifier",
    "people_personchange",
    "people_recordedfact",
    "people_referral",
    "people_referralanswer",
    "people_referralrecord",
    "people_selfreferralswitch",
    "people_unread",
    "pharmacy_movement",
    "plans_planentry",
    "screening_historyanswer",
    "screening_override",
    "screening_overrideentry",
    "screening_signature",
    "screening_signeddecision",
}


@pytest.fixture
def catalog(database: str, cluster: Any) -> Any:
    """A superuser's look at the database's own catalog."""
    with psycopg.connect(**cluster.superuser_address(database).conninfo()) as connection:
        yield lambda sql, *told: connection.execute(sql, told).fetchall()


def _tenant_tables(catalog: Any) -> set[str]:
    return {name for name, *_ in catalog(TABLES)} - set(GLOBAL_TABLES)


def test_every_table_of_an_organization_forces_row_level_security_and_is_owned_by_the_owner(catalog):
    wrong = [
        name for name, is_on, is_forced, owner in catalog(TABLES)
        if (name not in GLOBAL_TABLES and not (is_on and is_forced)) or owner != "kap_owner"
    ]  # fmt: skip
    assert wrong == [], "Add GuardTable to the migration, or the table to GLOBAL_TABLES with its reason."


def test_the_closed_list_names_only_tables_that_exist(catalog):
    assert set(GLOBAL_TABLES) - {name for name, *_ in catalog(TABLES)} == set()


def test_no_global_table_has_an_organization_column(catalog):
    found = catalog("SELECT table_name FROM information_schema.columns WHERE column_name = 'organization_id'")
    assert {name for (name,) in found} & set(GLOBAL_TABLES) == set()


def test_every_guarded_table_keys_on_its_organization_for_reading_and_writing(catalog):
    own = {table for table, name, cmd, qual, check in catalog(POLICIES)
           if name == "own_organization" and cmd == "ALL" and qual == check == OWN}  # fmt: skip
    assert own == _tenant_tables(catalog)


def test_every_further_policy_only_reads(catalog):
    further = {(table, name): cmd for table, name, cmd, *_ in catalog(POLICIES) if name != "own_organization"}
    assert further == {
        ("organizations_sharing", "granted_to_us"): "SELECT",
        ("organizations_site", "shared_with_us"): "SELECT",
        ("people_person", "shared_with_us"): "SELECT",
        ("people_recordedfact", "shared_with_us"): "SELECT",
        ("people_unread", "shared_with_us"): "SELECT",
        ("plans_plan", "shared_with_us"): "SELECT",
        ("plans_planentry", "shared_with_us"): "SELECT",
        ("plans_plannedsession", "shared_with_us"): "SELECT",
        ("screening_historyanswer", "shared_with_us"): "SELECT",
        ("screening_signeddecision", "shared_with_us"): "SELECT",
    }


def test_every_guarded_table_is_unique_in_its_organization(catalog):
    unique = {table for table, kind, _, columns in catalog(KEYS)
              if kind == "u" and columns == ["organization_id", "id"]}  # fmt: skip
    assert _tenant_tables(catalog) - unique == set()


def test_no_reference_between_guarded_tables_can_leave_its_organization(catalog):
    tenant = _tenant_tables(catalog)
    wrong = [
        (table, other, columns) for table, kind, other, columns in catalog(KEYS)
        if kind == "f" and table in tenant and other in tenant and columns[0] != "organization_id"
    ]  # fmt: skip
    assert wrong == [], "Use WithinTenant and ReferWithin."


def test_every_within_tenant_field_has_its_composite_constraint(catalog):
    from django.apps import apps

    from kap_clinic.database.models import WithinTenant

    kept = {(table, columns[1]) for table, kind, _, columns in catalog(KEYS)
            if kind == "f" and columns[0] == "organization_id" and len(columns) == 2}  # fmt: skip
    declared = {
        (model._meta.db_table, field.column) for model in apps.get_models()
        for field in model._meta.local_fields if isinstance(field, WithinTenant)
    }  # fmt: skip
    assert declared == kept


def test_the_application_role_cannot_change_a_history(catalog):
    rights = dict(catalog(RIGHTS, "kap_app"))
    assert {name: rights[name] for name in HISTORIES} == dict.fromkeys(HISTORIES, ["INSERT", "SELECT"])


def test_every_history_has_a_trigger_that_says_no_too(catalog):
    found = catalog(
        "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only_rows' AND tgenabled = 'O'"
    )
    assert {name for (name,) in found} == HISTORIES


def test_the_application_role_never_truncates_and_never_alters(catalog):
    rights = dict(catalog(RIGHTS, "kap_app"))
    assert [name for name, has in rights.items() if {"TRUNCATE", "REFERENCES", "TRIGGER"} & set(has)] == []


def test_the_backup_role_reads_everything_and_writes_nothing(catalog):
    rights = dict(catalog(RIGHTS, "kap_backup"))
    assert rights == {name: ["SELECT"] for name, *_ in catalog(TABLES)}


def test_only_the_backup_role_sees_past_the_organizations(catalog):
    roles = catalog(
        "SELECT rolname, rolbypassrls, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles "
        "WHERE rolname IN ('kap_app', 'kap_owner', 'kap_backup') ORDER BY 1"
    )
    assert [tuple(row) for row in roles] == [
        ("kap_app", False, False, False, False),
        ("kap_backup", True, False, False, False),
        ("kap_owner", False, False, False, False),
    ]


def test_prefix_search_and_token_equality_may_use_an_index_under_row_level_security(catalog):
    leakproof = dict(catalog(
        "SELECT proname::text, proleakproof FROM pg_proc "
        "WHERE proname IN ('text_ge', 'text_lt', 'texteq', 'uuid_eq')"
    ))  # fmt: skip
    assert leakproof == {"text_ge": True, "text_lt": True, "texteq": True, "uuid_eq": True}
