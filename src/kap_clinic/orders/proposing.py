"""A dose proposed for one planned session: what chart, plan and safe tell, asked of the core."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from kap.dosing.caps import Tightening
from kap.dosing.loading import packaged_limits
from kap.dosing.proposals import Before, DoseAsked, Proposal, propose
from kap.dosing.weights import Basis, Body, Formula, Weighing
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Fact
from kap.vocabulary.lengths import Length
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import DosePerWeight, Mass
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.routes import Drug, Route
from kap_clinic.database.door import Acting
from kap_clinic.people import queries as people
from kap_clinic.pharmacy import queries as pharmacy
from kap_clinic.plans.queries import SessionLine

WEIGHT, HEIGHT = "vital:weight", "vital:height"
Kind = TypeVar("Kind", bound=Quantity)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a prescriber asks for, before any limit.

    Missing: ``formula`` is None where the actual weight is reckoned on.
    """

    drug: Drug = Drug.KETAMINE
    route: Route = Route.IV
    amount: DosePerWeight | Mass
    basis: Basis = Basis.ACTUAL
    formula: Formula | None = None


def proposal_for(
    act: Acting, session: SessionLine, wish: Wish, now: datetime, tightenings: Iterable[Tightening] = ()
) -> Proposal:
    """Propose a dose for a planned session, as things are known now.

    The doses of the last days are counted at the session's own time. Raises: Refused without the chart;
    InputError where there are no limits for this drug and route.
    """
    doses = pharmacy.doses_at(act, session.person)
    facts = [known.fact for known in people.facts_of(act, session.person)]
    asked = DoseAsked(
        drug=wish.drug, route=wish.route, amount=wish.amount, basis=wish.basis, is_first=not doses
    )
    at, today = Instant(now), Instant(now).day_in(session.time_zone)
    begins = max(session.time.opens_at, at)
    before = Before(
        given_in_session=pharmacy.given_in(act, session.id),
        doses_at=tuple(one for one in doses if one < begins),
    )
    return propose(
        asked, body_of(facts, wish.formula, today), before, packaged_limits(), on=today, at=begins,
        tightenings=tightenings,
    )  # fmt: skip


def body_of(facts: Iterable[Fact], formula: Formula | None, today: date) -> Body:
    """Return a person's size as the chart tells it: every weighing in order, the newest height."""
    known = [fact for fact in facts if fact.is_known and fact.day is not None and fact.day <= today]
    known.sort(key=lambda fact: fact.day or today)
    heights = _measured(known, HEIGHT, Length)
    return Body(
        weighings=tuple(Weighing(mass, day) for day, mass in _measured(known, WEIGHT, Mass)),
        height=heights[-1][1] if heights else None,
        formula=formula,
    )


def _measured(facts: Iterable[Fact], what: str, kind: type[Kind]) -> list[tuple[date, Kind]]:
    found = []
    for fact in facts:
        if fact.what == what and fact.day is not None and (read := _quantity(fact, kind)) is not None:
            found.append((fact.day, read))
    return found


def _quantity(fact: Fact, kind: type[Kind]) -> Kind | None:
    """Read a measurement; one in a unit that is none of its kind is not relied on."""
    if isinstance(fact.value, kind):
        return fact.value
    if fact.unit is None or not isinstance(fact.value, int | Decimal):
        return None
    try:
        return kind.of(Decimal(fact.value), fact.unit.value)
    except InputError:
        return None
