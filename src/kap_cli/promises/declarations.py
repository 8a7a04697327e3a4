"""Thresholds: bands neither overlap nor leave a gap, and every number that decides has its source."""

from __future__ import annotations

import ast
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from itertools import pairwise

import kap
from kap.vocabulary.bands import Bands
from kap.vocabulary.errors import DeclarationError
from kap.vocabulary.sources import Source, UnverifiedSource
from kap_cli.checkout import Checkout

# The words of the house hold no clinical threshold; every other room of the core might.
_NOT_CLINICAL = ("src/kap/vocabulary/", "src/kap/histories/")
_NOBODYS_THRESHOLD = (-1, 0, 1)


def bands(checkout: Checkout) -> list[str]:
    """Names each scale whose bands overlap, leave a gap, or have no source."""
    try:
        declared = list(declared_bands())
    except DeclarationError as wrong:
        return [str(wrong)]
    return [f"{where}: {fault}" for where, scale in declared for fault in _faults(scale)]


def declared_bands() -> Iterator[tuple[str, Bands]]:
    """Finds every scale a module of the core declares, whatever value holds it.

    Raises: DeclarationError when a room cannot be loaded because a declaration in it is wrong.
    """
    for found in pkgutil.walk_packages(kap.__path__, "kap."):
        for name, value in vars(import_module(found.name)).items():
            if not name.startswith("__"):
                yield from ((f"{found.name}.{name}", scale) for scale in _bands_inside(value))


def thresholds(checkout: Checkout) -> list[str]:
    """Names each number in a clinical room that decides something and is not declared with its source."""
    broken = []
    for name, tree in checkout.modules("src/kap/"):
        if name.startswith(_NOT_CLINICAL):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                numbers = _bare_numbers(_sides(node))
                broken += [f"{name}:{node.lineno} compares with {number}" for number in numbers]
        for statement in tree.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
                # A whole number on its own is form (how many lines are shown); a limit is an exact Decimal.
                declared = [one for one in _bare_numbers([statement.value]) if not one.isdigit()]
                broken += [f"{name}:{statement.lineno} declares {number}" for number in declared]
    return broken


def _faults(scale: Bands) -> Iterator[str]:
    for lower, upper in pairwise(scale.bands):
        if lower.highest is None or upper.lowest is None or lower.highest + scale.step != upper.lowest:
            yield f"{lower.name} and {upper.name} do not meet"
    if not isinstance(scale.source, Source | UnverifiedSource):
        yield "has no source"


def _bands_inside(value: object) -> Iterator[Bands]:
    if isinstance(value, Bands):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for held in fields(value):
            yield from _bands_inside(getattr(value, held.name))
    elif isinstance(value, Mapping):
        yield from (scale for held in value.values() for scale in _bands_inside(held))
    elif isinstance(value, tuple | list | set | frozenset):
        yield from (scale for held in value for scale in _bands_inside(held))


def _sides(compared: ast.Compare) -> list[ast.expr]:
    sides = [compared.left, *compared.comparators]
    # How many there are of something is form; the core asks it of its own declarations.
    counts = [side for side in sides if isinstance(side, ast.Call) and ast.unparse(side.func) == "len"]
    return [] if counts else sides


def _bare_numbers(nodes: Iterable[ast.expr]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                if number not in _NOBODYS_THRESHOLD:
                    yield str(number)
            case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=number)]):
                yield f"Decimal({number!r})"
