"""The reference is read out of the code, and says when it cannot explain what it found there."""

from __future__ import annotations

import pytest

from kap.people.roles import ROLES
from kap.vocabulary.errors import DeclarationError
from kap_cli.bench import benchmarks_in
from kap_cli.reference.environment import MEANINGS, environment_page
from kap_cli.reference.roles import roles_page
from kap_cli.reference.tables import tables_page
from kap_clinic.database.global_tables import GLOBAL_TABLES

MODELS = '''
class SafeCount(TenantModel):
    """One count of one safe."""

class Draft(models.Model):
    """Nobody guarded this."""
'''
GUARDS = """
class Migration(migrations.Migration):
    operations = [GuardTable("SafeCount", is_history=True, shared_as="count")]
"""


def test_a_variable_nobody_explained_is_named(checkout) -> None:
    read = " ".join(f'told["{name}"]' for name in MEANINGS)
    here = checkout({"src/kap_clinic/config/environment.py": f'{read}\ntold["KAP_NEW"]\n'})
    with pytest.raises(DeclarationError, match="KAP_NEW"):
        environment_page(here.root)


def test_a_meaning_without_its_variable_is_named(checkout) -> None:
    read = " ".join(f'told["{name}"]' for name in MEANINGS if name != "KAP_PORT")
    here = checkout({"src/kap_clinic/config/environment.py": read})
    with pytest.raises(DeclarationError, match="KAP_PORT"):
        environment_page(here.root)


def test_a_guarded_table_is_listed_with_its_sentence_and_its_guard(checkout) -> None:
    app = "src/kap_clinic/pharmacy"
    page = tables_page(
        checkout({f"{app}/models.py": MODELS, f"{app}/migrations/0002_guards.py": GUARDS}).root
    )
    rows = [line for line in page.splitlines() if "`pharmacy_" in line]
    assert rows == [
        "| `pharmacy_safecount` | One count of one safe. | its organization only; a history; "
        "a Sharing grant of kind `count` opens single rows, to read |"
    ]


def test_models_in_several_files_and_rows_shared_by_another_column_are_listed_too(checkout) -> None:
    app = "src/kap_clinic/pharmacy"
    guards = GUARDS.replace(', shared_as="count"', "").replace(
        "]\n", ', ShareRows("SafeCount", kind="count", by="safe_id")]\n'
    )
    page = tables_page(
        checkout({f"{app}/models/counts.py": MODELS, f"{app}/migrations/0002_guards.py": guards}).root
    )
    assert "| `pharmacy_safecount` | One count of one safe. |" in page
    assert "a Sharing grant of kind `count` opens single rows, to read" in page


def test_every_global_table_is_listed_with_its_reason(checkout) -> None:
    page = tables_page(checkout({"src/kap_clinic/app.py": ""}).root)
    assert [table for table, why in GLOBAL_TABLES.items() if f"| `{table}` | {why} |" not in page] == []


def test_every_role_is_listed_with_its_sentence() -> None:
    page = roles_page()
    missing = [
        role.id for role in ROLES if f"| **{role.name}** (`{role.id}`) | {role.sentence} |" not in page
    ]
    assert missing == []


def test_a_file_that_cannot_be_run_is_no_benchmark(checkout) -> None:
    here = checkout(
        {"bench/pages.py": '"""Pages."""\ndef run(as_json): ...', "bench/people.py": "def make(): ..."}
    )
    assert benchmarks_in(here.root / "bench") == {"pages": "Pages."}
