"""What a safe holds: containers with what is left in them, and syringes drawn from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from uuid import UUID

from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration, Mass, Volume
from kap.vocabulary.routes import Drug
from kap.vocabulary.sentences import sentence

NOTHING = Volume.ml(0)

_NO_CONTAINER = sentence("This safe has no such container. Open the safe again to see what it holds.")
_NO_SYRINGE = sentence("This safe has no such syringe. Open the safe again to see what was drawn.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A vial as its label tells it."""

    id: UUID
    drug: Drug
    concentration: Concentration
    lot: str
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A container in the safe: what it came with, what is left by the log, and whether it is still here.

    Missing: `opened_at` is None while nothing was drawn from it.
    """

    container: Container
    filled: Volume
    remaining: Volume
    opened_at: Instant | None = None
    is_here: bool = True

    @property
    def mass(self) -> Mass:
        """How much of the drug is left in it."""
        return self.container.concentration * self.remaining


@dataclass(frozen=True, slots=True, kw_only=True)
class Syringe:
    """What was drawn for one order, and what became of it."""

    id: UUID
    container: UUID
    order: str
    drawn: Volume
    given: Volume = NOTHING
    wasted: Volume = NOTHING

    @property
    def left(self) -> Volume:
        """What is neither given nor wasted yet."""
        return self.drawn - self.given - self.wasted


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """A count that found something else than the log says; a value, until a person explains it."""

    count: UUID
    container: UUID
    expected: Volume
    found: Volume

    @property
    def is_loss(self) -> bool:
        """Whether less was there than should be."""
        return self.found < self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Safe:
    """What a safe holds at a moment."""

    holdings: Mapping[UUID, Holding] = field(default_factory=dict)
    syringes: Mapping[UUID, Syringe] = field(default_factory=dict)
    discrepancies: tuple[Discrepancy, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "holdings", MappingProxyType(dict(self.holdings)))
        object.__setattr__(self, "syringes", MappingProxyType(dict(self.syringes)))

    def holding(self, container: UUID) -> Holding:
        """A container that was received here.

        Raises: Refused.
        """
        if container not in self.holdings:
            raise Refused(_NO_CONTAINER)
        return self.holdings[container]

    def syringe(self, syringe: UUID) -> Syringe:
        """A syringe that was drawn here.

        Raises: Refused.
        """
        if syringe not in self.syringes:
            raise Refused(_NO_SYRINGE)
        return self.syringes[syringe]

    def with_holding(self, holding: Holding) -> Safe:
        """The safe with this container as it is now."""
        return replace(self, holdings={**self.holdings, holding.container.id: holding})

    def with_syringe(self, syringe: Syringe) -> Safe:
        """The safe with this syringe as it is now."""
        return replace(self, syringes={**self.syringes, syringe.id: syringe})
