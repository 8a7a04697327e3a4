"""A safe's rows as the core's values, and one movement written: log, container, syringe and head together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from kap.controlled_substances.containers import Container as Label
from kap.controlled_substances.containers import Holding
from kap.controlled_substances.containers import Safe as SafeTold
from kap.controlled_substances.containers import Syringe as SyringeTold
from kap.controlled_substances.log import state_after
from kap.histories.chain import GENESIS, Head
from kap.histories.entries import Entry
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration, Volume
from kap.vocabulary.routes import Drug
from kap.vocabulary.sentences import sentence
from kap_clinic.database.door import Acting
from kap_clinic.database.once import OTHER_CONTENT
from kap_clinic.database.sealed import entry_in, seal_behind

from .models import Container, Discrepancy, Movement, Safe, Syringe

PLACES = 4

_NO_SAFE = sentence("This organization has no such safe. Open one at a site with a DEA registration.")
_NO_CONTAINER = sentence("This organization has no such container. Open the safe again.")
_NO_SYRINGE = sentence("This organization has no such syringe. Open the order again.")


@dataclass(frozen=True)
class Opened:
    """A safe whose row is locked, and what of it a movement concerns, as the core sees it."""

    row: Safe
    told: SafeTold


def safe_locked(act: Acting, safe: UUID) -> Safe:
    """Return a safe of ours, locked until the transaction ends: its log grows by one writer at a time.

    Raises: Refused.
    """
    act.about(safe)
    found = Safe.objects.select_for_update().filter(id=safe, organization_id=act.organization).first()
    if found is None:
        raise Refused(_NO_SAFE)
    return found


def container_opened(act: Acting, container: UUID) -> Opened:
    """Lock the safe of a container, and read the container.

    Raises: Refused.
    """
    known = Container.objects.filter(id=container, organization_id=act.organization).first()
    if known is None:
        raise Refused(_NO_CONTAINER)
    row = safe_locked(act, known.safe_id)
    known.refresh_from_db()
    act.about(container)
    return Opened(row, SafeTold(holdings={known.id: holding_in(known)}))


def syringe_opened(act: Acting, syringe: UUID) -> Opened:
    """Lock the safe a syringe was drawn from, and read the syringe and its container.

    Raises: Refused.
    """
    known = Syringe.objects.filter(id=syringe, organization_id=act.organization).first()
    if known is None:
        raise Refused(_NO_SYRINGE)
    opened = container_opened(act, known.container_id)
    known.refresh_from_db()
    act.about(syringe, known.order_id)
    return Opened(opened.row, opened.told.with_syringe(syringe_in(known)))


def is_known(id: UUID, kind: str, said: Mapping[str, object]) -> Entry | None:
    """Return the movement this very call has written before, as after a second tap or a cut connection.

    Raises: Refused when the id holds something else.
    """
    row = Movement.objects.filter(id=id).first()
    if row is None:
        return None
    entry = entry_in(row)
    body = entry.body
    if entry.name != kind or any(body.get(name) != value for name, value in said.items()):
        raise Refused(OTHER_CONTENT)
    return entry


def write(act: Acting, opened: Opened, entry: Entry) -> SafeTold:
    """Write one movement: the log's next row, the container and the syringe as they are now, the head."""
    after, body = state_after(opened.told, entry), entry.body
    container = UUID(body["container"])
    _write_container(act, opened.row, after.holding(container), entry)
    named = body.get("syringe")
    syringe = after.syringe(UUID(named)) if named else None
    if syringe is not None:
        _write_syringe(act, syringe, entry)
    _append(act, opened.row, entry, container, syringe.id if syringe else None)
    for found in after.discrepancies:
        Discrepancy.objects.create(
            id=found.count, organization_id=act.organization, container_id=container,
            expected_ml=found.expected.in_unit("mL"), found_ml=found.found.in_unit("mL"),
            counted_at=entry.happened_at.at, counted_by=act.actor.id,
        )  # fmt: skip
    return after


def _append(act: Acting, safe: Safe, entry: Entry, container: UUID, syringe: UUID | None) -> None:
    row = seal_behind(
        act, Movement, Head(safe.number, safe.digest), entry, safe=safe, container_id=container,
        syringe_id=syringe, kind=entry.name, happened_at=entry.happened_at.at,
    )  # fmt: skip
    safe.number, safe.digest = row.number, row.digest
    safe.save(update_fields=["number", "digest"])


def _write_container(act: Acting, safe: Safe, held: Holding, entry: Entry) -> None:
    now = {
        "remaining_ml": held.remaining.in_unit("mL"),
        "opened_at": held.opened_at.at if held.opened_at else None,
        "is_here": held.is_here,
    }
    rows = Container.objects.filter(id=held.container.id, organization_id=act.organization)
    if rows.update(**now):
        return
    label = held.container
    Container.objects.create(
        id=label.id, organization_id=act.organization, safe=safe, drug=label.drug.value,
        concentration=label.concentration.in_unit("mg/mL"), lot=label.lot, expires_on=label.expires_on,
        filled_ml=held.filled.in_unit("mL"), received_at=entry.happened_at.at, **now,
    )  # fmt: skip


def _write_syringe(act: Acting, held: SyringeTold, entry: Entry) -> None:
    now = {"given_ml": held.given.in_unit("mL"), "wasted_ml": held.wasted.in_unit("mL")}
    rows = Syringe.objects.filter(id=held.id, organization_id=act.organization)
    if rows.update(**now):
        return
    Syringe.objects.create(
        id=held.id, organization_id=act.organization, container_id=held.container,
        order_id=UUID(held.order), drawn_ml=held.drawn.in_unit("mL"), drawn_at=entry.happened_at.at,
        drawn_by=act.actor.id, second=UUID(entry.body["second"]), **now,
    )  # fmt: skip


def is_fine(volume: Volume) -> bool:
    """Say whether a volume fits the log's four places of a milliliter."""
    places = volume.in_unit("mL").normalize().as_tuple().exponent
    return isinstance(places, int) and places >= -PLACES


def begin_safe(act: Acting, id: UUID, site: UUID) -> Safe:
    """Return the row of a new, empty safe, not yet saved."""
    return Safe(
        id=id, organization_id=act.organization, site_id=site, number=0, digest=GENESIS,
        opened_at=timezone.now(), opened_by=act.actor.id,
    )  # fmt: skip


def holding_in(row: Container) -> Holding:
    """Return a container's row as the core sees it."""
    label = Label(
        id=row.id, drug=Drug(row.drug), concentration=Concentration.mg_per_ml(row.concentration),
        lot=row.lot, expires_on=row.expires_on,
    )  # fmt: skip
    return Holding(
        container=label, filled=Volume.ml(row.filled_ml), remaining=Volume.ml(row.remaining_ml),
        opened_at=Instant(row.opened_at) if row.opened_at else None, is_here=row.is_here,
    )  # fmt: skip


def syringe_in(row: Syringe) -> SyringeTold:
    """Return a syringe's row as the core sees it."""
    return SyringeTold(
        id=row.id, container=row.container_id, order=str(row.order_id), drawn=Volume.ml(row.drawn_ml),
        given=Volume.ml(row.given_ml), wasted=Volume.ml(row.wasted_ml),
    )  # fmt: skip
