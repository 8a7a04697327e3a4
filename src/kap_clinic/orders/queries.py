"""What is known of orders, as plain values; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kap.dosing.orders import Ordered, OrderState
from kap.histories.entries import Entry
from kap.vocabulary.quantities import Mass, Volume
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.spans import Span
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting

from . import store
from .models import Order

MOST = 100


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """One order as it stands: for whom, for which planned session, what, and who signed and released it.

    Missing: ``released_at`` is None while it is not released for its session.
    """

    id: UUID
    person: UUID
    person_name: str
    session: UUID
    session_title: str
    site: UUID
    what: Ordered
    state: OrderState
    signed_at: datetime
    signed_by: str
    released_at: datetime | None
    released_by: str


@dataclass(frozen=True, kw_only=True)
class OrderFile:
    """An order with everything that was done to it."""

    facts: OrderFacts
    entries: tuple[Entry, ...]
    names: dict[UUID, str]


def order_of(act: Acting, id: UUID) -> OrderFacts | None:
    """Return one order as it stands; None for any other id.

    Whoever calls asks for permission and chart: ``facts.person`` and ``facts.site`` say whose and where.
    """
    return _first(act, id=id)


def order_for(act: Acting, session: UUID) -> OrderFacts | None:
    """Return the order that goes for a planned session; None where there is none, or it was withdrawn."""
    return _first(act, session_id=session, state__in=("signed", "released"))


def orders_for(act: Acting, sessions: Iterable[UUID]) -> dict[UUID, OrderFacts]:
    """Return the order that goes for each of these planned sessions; those without one are left out."""
    rows = Order.objects.filter(
        organization_id=act.organization, session_id__in=list(sessions), state__in=("signed", "released")
    )
    return {order.session: order for order in _facts(rows)}


def orders_of(act: Acting, person: UUID) -> list[OrderFacts]:
    """Return every order for a person, the newest first."""
    rows = Order.objects.filter(person_id=person, organization_id=act.organization)
    return _facts(rows.order_by("-signed_at", "-id")[:MOST])


def released_at_site(act: Acting, site: UUID) -> list[OrderFacts]:
    """Return the orders released at a site, the newest release first."""
    rows = Order.objects.filter(site_id=site, state="released", organization_id=act.organization)
    return _facts(rows.order_by("-released_at", "-id")[:MOST])


def order_file(act: Acting, id: UUID) -> OrderFile | None:
    """Return one order with its history; None for any other id."""
    facts = order_of(act, id)
    if facts is None:
        return None
    entries = tuple(store.entries_of(id))
    return OrderFile(facts=facts, entries=entries, names=names_of(UUID(entry.by) for entry in entries))


def _first(act: Acting, **named: Any) -> OrderFacts | None:
    rows = Order.objects.filter(organization_id=act.organization, **named)
    return next(iter(_facts(rows[:1])), None)


def _facts(rows: Any) -> list[OrderFacts]:
    found = list(rows.select_related("person", "session"))
    said = {row.signed_by for row in found} | {row.released_by for row in found if row.released_by}
    names = names_of(said)
    return [_of(row, names) for row in found]


def _of(row: Any, names: dict[UUID, str]) -> OrderFacts:
    what = Ordered(
        drug=Drug(row.drug),
        route=Route(row.route),
        amount=Mass.mg(row.amount_mg),
        over=Span.minutes(row.over_minutes) if row.over_minutes else None,
        made_up_to=Volume.ml(row.made_up_to_ml) if row.made_up_to_ml else None,
    )
    return OrderFacts(
        id=row.id, person=row.person_id, person_name=row.person.name, session=row.session_id,
        session_title=row.session.title, site=row.site_id, what=what, state=OrderState(row.state),
        signed_at=row.signed_at, signed_by=names.get(row.signed_by, ""), released_at=row.released_at,
        released_by=names.get(row.released_by, ""),
    )  # fmt: skip
