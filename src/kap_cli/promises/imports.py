"""Who may know whom, where import-linter cannot say it: outside packages, and other apps' tables."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from kap_cli.checkout import Checkout
from kap_cli.promises.promise import WINGS

# What the core may use from outside, and in which room. Everything else is refused there.
OUTSIDE_THE_CORE: Final = {
    "kap": {"rfc8785", "yaml"},
    "kap.dosing.pharmacokinetics": {"numpy", "numba"},
    "kap.outcomes": {"numpy"},
    "kap.instruments.columns": {"numpy"},
    "kap.synthetic": {"numpy"},
    "kap.scheduling": {"ortools"},
}
# The core is given time, chance, files and the network; it does not fetch them.
REACHES_OUT: Final = {
    "asyncio", "glob", "http", "io", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil",
    "signal", "socket", "sqlite3", "subprocess", "tempfile", "threading", "time", "urllib",
}  # fmt: skip

# Inside an app, the upper may use the lower.
APP_LAYERS: Final = (
    {"urls"},
    {"views", "api", "jobs"},
    {"forms"},
    {"actions", "queries"},
    {"store"},
    {"models"},
)


def outsiders(checkout: Checkout) -> list[str]:
    """Names each import in the core of a package or a part of Python that is not for the core."""
    broken = []
    for name, tree in checkout.modules("src/kap/"):
        module = _dotted(name)
        allowed = set().union(*(may for room, may in OUTSIDE_THE_CORE.items() if _within(module, room)))
        for line, imported in _imports(tree):
            top = imported.split(".")[0]
            is_python = top in sys.stdlib_module_names and top not in REACHES_OUT
            if top != "kap" and not is_python and top not in allowed:
                broken.append(f"{name}:{line} imports {top}")
    return broken


def strangers(checkout: Checkout) -> list[str]:
    """Names each import of another app's tables; the ground floor's abstract ones are for everybody."""
    broken = []
    for name, tree in checkout.modules("src/kap_clinic/"):
        app = PurePosixPath(name).parts[2].removesuffix(".py")
        for line, imported in _imports(tree, f"kap_clinic.{app}"):
            parts = imported.split(".")
            is_table = parts[0] == "kap_clinic" and len(parts) > 2 and parts[2] == "models"
            if is_table and parts[1] not in (app, "database"):
                broken.append(f"{name}:{line} imports the tables of {parts[1]}")
    return broken


def layers(checkout: Checkout) -> list[str]:
    """Names each import inside an app that looks up; `site_views` is a layer of views like `views`."""
    broken = []
    for name, tree in checkout.modules("src/kap_clinic/"):
        package, _, module = _dotted(name).rpartition(".")
        for line, imported in _imports(tree, package):
            parts = imported.split(".")
            above = _layer(parts[2]) if imported.startswith(f"{package}.") and len(parts) > 2 else None
            below = _layer(module)
            if above is not None and below is not None and above < below:
                broken.append(f"{name}:{line} looks up to {parts[2]}")
    return broken


def wings(checkout: Checkout) -> list[str]:
    """Names each package under src that is no wing of the house, or that `.importlinter` leaves out."""
    found = {PurePosixPath(name).parts[1] for name in checkout.names if name.startswith("src/")}
    text = (checkout.root / ".importlinter").read_text(encoding="utf-8")
    roots = text.partition("root_packages =")[2].partition("[")[0].split()
    strange = [f"src/{name}: the house has no such wing" for name in sorted(found - set(WINGS))]
    return strange + [
        f".importlinter does not name {name}" for name in sorted(found & set(WINGS)) if name not in roots
    ]


def _imports(tree: ast.Module, package: str = "") -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # One dot is the package itself; two never occur inside an app without folders.
            start = [package] if node.level == 1 else []
            path = ".".join([*start, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{path}.{alias.name}") for alias in node.names)


def _layer(module: str) -> int | None:
    word = module.rsplit("_", 1)[-1]
    return next((place for place, layer in enumerate(APP_LAYERS) if word in layer), None)


def _dotted(name: str) -> str:
    return name.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _within(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")
