"""Entries of an order as rows, and the order's row written again as they tell it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kap.dosing.orders import Order as OrderTold
from kap.dosing.orders import OrderState, order_from
from kap.histories.chain import Head, canonical_text, seal
from kap.histories.entries import Entry
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting

from .models import Order, OrderEntry

_NO_ORDER = sentence("This organization has no order with this id.")
_OTHER_CONTENT = sentence(
    "This was already recorded with other content, and nothing was changed. "
    "Open the page again to see what is recorded."
)


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
    return [_entry_in(row) for row in OrderEntry.objects.filter(order_id=order).order_by("number")]


def is_known(order: UUID, id: UUID, kind: str, said: Mapping[str, object]) -> bool:
    """Say whether this very entry was added before, by the same call sent again.

    Raises: Refused when the id holds something else.
    """
    row = OrderEntry.objects.filter(id=id).first()
    if row is None:
        return False
    entry = _entry_in(row)
    body = entry.body
    if row.order_id != order or entry.name != kind or any(body.get(key) != said[key] for key in said):
        raise Refused(_OTHER_CONTENT)
    return True


def add(act: Acting, row: Order, entry: Entry) -> OrderTold:
    """Seal one more entry behind the last, and write the order as it stands now."""
    rows = list(OrderEntry.objects.filter(order=row).order_by("number"))
    sealed = seal(entry.text, Head(rows[-1].number, rows[-1].digest) if rows else Head())
    OrderEntry.objects.create(
        id=entry.id, organization_id=act.organization, order=row, number=sealed.number,
        previous=sealed.previous, digest=sealed.digest, text=sealed.text, recorded_at=timezone.now(),
        recorded_by=act.actor.id,
    )  # fmt: skip
    told = order_from([*(_entry_in(one) for one in rows), entry])
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


def _entry_in(row: OrderEntry) -> Entry:
    told = json.loads(row.text)
    return Entry(
        id=row.id,
        happened_at=Instant.parse(told["happened_at"]),
        recorded_at=Instant.parse(told["recorded_at"]),
        by=told["by"],
        kind=told["kind"],
        content=canonical_text(told["body"]),
    )
