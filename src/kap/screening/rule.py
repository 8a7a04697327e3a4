"""A screening rule: its id, the limits it decides by, and the pure function that answers with one finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kap.screening.known import Known
from kap.screening.limits import Limits
from kap.vocabulary.findings import Finding


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as the registry holds it."""

    id: str
    limits: type[Limits]
    finding: Callable[[Known, Any], Finding]
