"""Entries of an order as rows, and the order's row written again as they tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kap.dosing.orders import Order as OrderTold
from kap.dosing.orders import OrderState, order_from
from kap.histories.entries import Entry
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting
from kap_clinic.database.once import OTHER_CONTENT
from kap_clinic.database.sealed import entries_in, entry_in, head_of, seal_behind

from .models import Order, OrderEntry

_NO_ORDER = sentence("This organization has no order with this id.")


def locked(act: Acting, order: UUID) -> Order:
    """Return an order of ours, locked until the transaction ends, and name it and its person in the trail.

    Raises: Refused.
    """
    act.about(order)
    found = Order.objects.select_for_update().filter(id=order, organization_id=act.organization).first()
    if found is None:
        raise Refused(_NO_ORDER)
    act.about(found.person_id)
    return found


def entries_of(order: UUID) -> list[Entry]:
    """Return the entries of an order in the order they were recorded."""
    return entries_in(OrderEntry.objects.filter(order_id=order).order_by("number"))


def is_known(order: UUID, id: UUID, kind: str, said: Mapping[str, object]) -> bool:
    """Say whether this very entry was added before, by the same call sent again.

    Raises: Refused when the id holds something else.
    """
    row = OrderEntry.objects.filter(id=id).first()
    if row is None:
        return False
    entry = entry_in(row)
    body = entry.body
    if row.order_id != order or entry.name != kind or any(body.get(key) != said[key] for key in said):
        raise Refused(OTHER_CONTENT)
    return True


def add(act: Acting, row: Order, entry: Entry) -> OrderTold:
    """Seal one more entry behind the last, and write the order as it stands now."""
    rows = list(OrderEntry.objects.filter(order=row).order_by("number"))
    seal_behind(act, OrderEntry, head_of(rows), entry, order=row)
    told = order_from([*entries_in(rows), entry])
    if rows:
        write(row, told, by=act.actor.id, at=entry.happened_at.at)
    return told


def write(row: Order, told: OrderTold, *, by: UUID, at: datetime) -> None:
    """Write the row of an order as its entries tell it."""
    what, was_released = told.what, row.state == OrderState.RELEASED.value
    row.amount_mg = what.amount.in_unit("mg")
    row.over_minutes = int(what.over.in_unit("min")) if what.over else None
    row.made_up_to_ml = what.made_up_to.in_unit("mL") if what.made_up_to else None
    row.drug, row.route, row.state = what.drug.value, what.route.value, told.state.value
    if told.state is OrderState.SIGNED:
        row.signed_at, row.signed_by = at, by
        row.released_at = row.released_by = None
    elif told.state is OrderState.RELEASED and not was_released:
        row.released_at, row.released_by = at, by
    row.save()
