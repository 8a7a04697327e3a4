"""Promises that another program keeps: lint, format, types, import contracts, migrations."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from kap_cli.checkout import Checkout
from kap_cli.promises.promise import WINGS
from kap_clinic.config.environment import environment_of_a_child

_DJANGO = {"DJANGO_SETTINGS_MODULE": "kap_clinic.config.settings"}
_TREES = ("src", "tests", "bench")


def lint(checkout: Checkout) -> list[str]:
    """Runs the linter over our trees."""
    return _said(checkout, "ruff", "check", "--quiet", "--output-format=concise", *_trees(checkout.root))


def layout(checkout: Checkout) -> list[str]:
    """Runs the formatter over our trees, changing nothing."""
    return _said(checkout, "ruff", "format", "--quiet", "--diff", *_trees(checkout.root), only="--- ")


def types(checkout: Checkout) -> list[str]:
    """Checks the types of all four wings: strictly but in the clinic."""
    built = {name.split("/")[1] for name in checkout.names if name.startswith("src/")}
    wings = [f"src/{wing}" for wing in WINGS if wing in built]
    return _said(checkout, "mypy", "--no-error-summary", *wings, only=": error:")


def contracts(checkout: Checkout) -> list[str]:
    """Checks who knows whom against `.importlinter`."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return _said(checkout, "-c", code, "--no-cache", module=False, only="->") or []


def migrations(checkout: Checkout) -> list[str]:
    """Asks Django whether the tables and the migrations say the same, and whether they are one line."""
    changed = _said(checkout, "django", "makemigrations", "--check", "--dry-run", "--no-color")
    return changed + _crooked_lines(checkout)


def _crooked_lines(checkout: Checkout) -> list[str]:
    broken = []
    for folder in sorted({Path(name).parent for name in checkout.names if "/migrations/" in name}):
        written = sorted(path.stem for path in (checkout.root / folder).glob("[0-9]*.py"))
        numbers = [name.split("_")[0] for name in written]
        last = checkout.root / folder / "max_migration.txt"
        if len(set(numbers)) < len(numbers):
            broken.append(f"{folder}: two migrations share a number")
        if not last.is_file() or not written or last.read_text(encoding="utf-8").strip() != written[-1]:
            broken.append(f"{folder}: max_migration.txt does not name the last migration")
    return broken


def _trees(root: Path) -> list[str]:
    return [tree for tree in _TREES if (root / tree).is_dir()]


def _said(checkout: Checkout, *command: str, only: str = "", module: bool = True) -> list[str]:
    """Gives the lines a program complained with, or none when it was content."""
    # Django's settings are loaded: they get a state folder of their own, so that nobody's is touched.
    with tempfile.TemporaryDirectory() as home:
        ran = subprocess.run(
            [sys.executable, *(["-m"] if module else []), *command],
            cwd=checkout.root,
            env=environment_of_a_child(
                {"PYTHONPATH": str(checkout.root / "src"), "KAP_HOME": home, **_DJANGO}
            ),
            capture_output=True,
            text=True,
            check=False,
        )
    if ran.returncode == 0:
        return []
    lines = [line.strip() for line in (ran.stdout + ran.stderr).splitlines() if line.strip()]
    chosen = [line.removeprefix("--- ") for line in lines if only in line]
    return chosen or lines[-5:] or [f"{command[0]} ended with {ran.returncode}"]
