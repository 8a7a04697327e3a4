"""The import contracts refuse what the house refuses: a nameless room, an upward look, a stranger."""

import shutil
from pathlib import Path

import pytest

from kap_cli.checkout import Checkout
from kap_cli.promises.programs import contracts

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Checkout:
    shutil.copy(ROOT / ".importlinter", tmp_path)
    leave = shutil.ignore_patterns("__pycache__", "static", "templates", "locale")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=leave)
    return Checkout(tmp_path)


def write(copy: Checkout, name: str, text: str = "") -> None:
    path = copy.root / "src" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    (path.parent / "__init__.py").touch()


def test_the_house_as_it_stands_is_allowed(copy: Checkout) -> None:
    assert contracts(copy) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kap/astrology/stars.py", ""),
        ("kap/vocabulary/upward.py", "import kap.histories"),
        ("kap/people/upward.py", "import kap.casework.case"),
        ("kap/histories/out.py", "import kap_clinic"),
        ("kap_clinic/audit/out.py", "import kap_cli.doors"),
        ("kap_clinic/audit/models.py", "import kap_clinic.audit.queries"),
        ("kap_clinic/audit/actions.py", "import kap_clinic.audit.views"),
        ("kap_clinic/audit/store.py", "import kap_clinic.audit.actions"),
    ],
    ids=lambda one: one or "a room nobody placed",
)
def test_the_house_refuses(copy: Checkout, name: str, text: str) -> None:
    write(copy, "kap/casework/case.py")
    for layer in ("queries", "views", "actions"):
        if not (copy.root / f"src/kap_clinic/audit/{layer}.py").exists():
            write(copy, f"kap_clinic/audit/{layer}.py")
    write(copy, name, text)
    assert contracts(copy) != []


def test_strangers_do_not_meet(copy: Checkout) -> None:
    write(copy, "kap/screening/rule.py", "import kap.dosing.dose")
    write(copy, "kap/dosing/dose.py")
    assert "kap.screening.rule -> kap.dosing.dose (l.1)" in " ".join(contracts(copy))
