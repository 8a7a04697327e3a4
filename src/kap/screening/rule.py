"""A screening rule: its id, the limits it decides by, and the pure function that answers.

A rule answers with one finding; with two only where it asks two questions and one answer would hide the
other, as a silence about the person hides what is known about the family.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kap.screening.known import Known
from kap.screening.limits import Limits
from kap.vocabulary.findings import Finding

Found = Finding | tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as the registry holds it."""

    id: str
    limits: type[Limits]
    answer: Callable[[Known, Any], Found]

    def findings(self, known: Known, limits: Limits) -> tuple[Finding, ...]:
        """What the rule finds, at least one finding."""
        found = self.answer(known, limits)
        return found if isinstance(found, tuple) else (found,)
