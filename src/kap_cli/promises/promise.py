"""A promise of the repository."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kap_cli.checkout import Checkout

WINGS = ("kap", "kap_fhir", "kap_clinic", "kap_cli")


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """One sentence the repository keeps; `broken` names the places where it does not, empty when kept."""

    name: str
    sentence: str
    mend: str
    broken: Callable[[Checkout], list[str]]
