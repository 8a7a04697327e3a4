"""What is known of safes, as plain values; run inside ``acting()``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Min

from kap.controlled_substances.containers import Holding
from kap.controlled_substances.containers import Syringe as SyringeTold
from kap.controlled_substances.log import GIVEN
from kap.histories.entries import Entry
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration, Mass, Volume
from kap_clinic.accounts.queries import names_of
from kap_clinic.database.door import Acting
from kap_clinic.database.sealed import entries_in

from . import store
from .models import Container, Discrepancy, Movement, Safe, Syringe

PAGE = 25


@dataclass(frozen=True, kw_only=True)
class SafeLine:
    """One safe: where it stands, how many containers it holds, and how many counts differ."""

    id: UUID
    site: UUID
    movements: int


@dataclass(frozen=True, kw_only=True)
class SyringeLine:
    """What was drawn for an order, by which two people, from which container, and what is left of it."""

    told: SyringeTold
    order: UUID
    person: UUID
    person_name: str
    concentration: Concentration
    drawn_at: datetime
    drawn_by: str
    second: str

    @property
    def mass(self) -> Mass:
        """How much of the drug was drawn."""
        return self.concentration * self.told.drawn

    @property
    def left(self) -> Mass:
        """How much of it is neither given nor wasted."""
        return self.concentration * self.told.left


@dataclass(frozen=True, kw_only=True)
class DiscrepancyLine:
    """A count that found something else than the log said."""

    container: UUID
    lot: str
    expected: Volume
    found: Volume
    counted_at: datetime
    counted_by: str


@dataclass(frozen=True, kw_only=True)
class MovementLine:
    """One row of a safe's log, with the names of those who stood behind it."""

    number: int
    entry: Entry
    concentration: Concentration
    lot: str
    by: str
    second: str
    person_name: str


@dataclass(frozen=True, kw_only=True)
class LogPage:
    """One page of a log, the newest row first; ``older`` is the number from which the next page starts."""

    lines: list[MovementLine]
    older: int | None = None


def safes(act: Acting) -> list[SafeLine]:
    """Return the safes of the sites open to whoever asks."""
    rows = Safe.objects.filter(organization_id=act.organization)
    if act.standing.sites is not None:
        rows = rows.filter(site_id__in=act.standing.sites)
    return [SafeLine(id=row.id, site=row.site_id, movements=row.number) for row in rows.order_by("opened_at")]


def safe_of(act: Acting, safe: UUID) -> SafeLine | None:
    """Return one safe; None for any other id."""
    return next((line for line in safes(act) if line.id == safe), None)


def safe_at(act: Acting, site: UUID) -> SafeLine | None:
    """Return the safe of a site; None where it has none."""
    return next((line for line in safes(act) if line.site == site), None)


def containers_of(act: Acting, safe: UUID, *, with_gone: bool = False) -> list[Holding]:
    """Return what a safe holds, the first to expire first."""
    rows = Container.objects.filter(safe_id=safe, organization_id=act.organization)
    if not with_gone:
        rows = rows.filter(is_here=True)
    return [store.holding_in(row) for row in rows.order_by("expires_on", "received_at", "id")]


def container_in(act: Acting, container: UUID) -> tuple[UUID, Holding] | None:
    """Return the safe a container is in, and the container; None for any other id."""
    row = Container.objects.filter(id=container, organization_id=act.organization).first()
    return None if row is None else (row.safe_id, store.holding_in(row))


def syringes_of(act: Acting, order: UUID) -> list[SyringeLine]:
    """Return what was drawn for an order, the newest first."""
    return _syringes(Syringe.objects.filter(order_id=order, organization_id=act.organization))


def syringes_not_empty(act: Acting, safe: UUID) -> list[SyringeLine]:
    """Return what was drawn from a safe and is neither given nor wasted yet."""
    rows = Syringe.objects.filter(container__safe_id=safe, organization_id=act.organization)
    return _syringes(rows.filter(drawn_ml__gt=F("given_ml") + F("wasted_ml")))


def syringe_in(act: Acting, syringe: UUID) -> SyringeLine | None:
    """Return one syringe; None for any other id."""
    return next(iter(_syringes(Syringe.objects.filter(id=syringe, organization_id=act.organization))), None)


def discrepancies_of(act: Acting, safe: UUID) -> list[DiscrepancyLine]:
    """Return the counts of a safe that differ from its log, the newest first."""
    rows = Discrepancy.objects.filter(container__safe_id=safe, organization_id=act.organization)
    found = list(rows.select_related("container").order_by("-counted_at", "-id"))
    names = names_of(row.counted_by for row in found)
    return [
        DiscrepancyLine(
            container=row.container_id, lot=row.container.lot, expected=Volume.ml(row.expected_ml),
            found=Volume.ml(row.found_ml), counted_at=row.counted_at,
            counted_by=names.get(row.counted_by, ""),
        )
        for row in found
    ]  # fmt: skip


def log_of(
    act: Acting, safe: UUID, *, container: UUID | None = None, before: int | None = None, limit: int = PAGE
) -> LogPage:
    """Return one page of a safe's log, or of one container in it, the newest row first."""
    rows = Movement.objects.filter(safe_id=safe, organization_id=act.organization)
    if container is not None:
        rows = rows.filter(container_id=container)
    if before is not None:
        rows = rows.filter(number__lt=before)
    rows = rows.select_related("container", "syringe__order__person").order_by("-number")
    found = list(rows[: limit + 1])
    lines = _lines(found[:limit])
    return LogPage(lines=lines, older=lines[-1].number if len(found) > limit else None)


def drawn_and_not_wasted(act: Acting, order: UUID) -> Mass:
    """Return how much of an order is in syringes or given."""
    rows = Syringe.objects.filter(order_id=order, organization_id=act.organization)
    parts = rows.values_list("drawn_ml", "wasted_ml", "container__concentration")
    return _summed((drawn - wasted, strength) for drawn, wasted, strength in parts)


def given_in(act: Acting, session: UUID) -> Mass:
    """Return how much was given in one planned session."""
    rows = Syringe.objects.filter(order__session_id=session, organization_id=act.organization)
    return _summed(rows.values_list("given_ml", "container__concentration"))


def doses_at(act: Acting, person: UUID) -> tuple[Instant, ...]:
    """Return when a person was given a dose here: one moment for each session, the first giving in it."""
    rows = Movement.objects.filter(
        kind=GIVEN, syringe__order__person_id=person, organization_id=act.organization
    )
    firsts = rows.values("syringe__order__session_id").annotate(at=Min("happened_at")).order_by("at")
    return tuple(Instant(row["at"]) for row in firsts)


def drawn_at(syringe: UUID) -> datetime:
    """Return when a syringe was drawn."""
    return Syringe.objects.values_list("drawn_at", flat=True).get(id=syringe)


def _summed(parts: Iterable[tuple[Decimal, Decimal]]) -> Mass:
    masses = (Concentration.mg_per_ml(strength) * Volume.ml(volume) for volume, strength in parts)
    return sum(masses, start=Mass.mg(0))


def _syringes(rows: Any) -> list[SyringeLine]:
    found = list(rows.select_related("container", "order__person").order_by("-drawn_at", "-id"))
    names = names_of(who for row in found for who in (row.drawn_by, row.second))
    return [
        SyringeLine(
            told=store.syringe_in(row), order=row.order_id, person=row.order.person_id,
            person_name=row.order.person.name,
            concentration=Concentration.mg_per_ml(row.container.concentration), drawn_at=row.drawn_at,
            drawn_by=names.get(row.drawn_by, ""), second=names.get(row.second, ""),
        )
        for row in found
    ]  # fmt: skip


def _lines(rows: list[Any]) -> list[MovementLine]:
    entries = entries_in(rows)
    names = names_of(UUID(who) for entry in entries for who in _who(entry))
    return [
        MovementLine(
            number=row.number, entry=entry,
            concentration=Concentration.mg_per_ml(row.container.concentration), lot=row.container.lot,
            by=names.get(UUID(entry.by), ""), second=_second(entry, names),
            person_name=row.syringe.order.person.name if row.syringe else "",
        )
        for row, entry in zip(rows, entries, strict=True)
    ]  # fmt: skip


def _who(entry: Entry) -> list[str]:
    body = entry.body
    return [who for who in (entry.by, body.get("second"), body.get("witness")) if who]


def _second(entry: Entry, names: dict[UUID, str]) -> str:
    body = entry.body
    who = body.get("second") or body.get("witness")
    return names.get(UUID(who), "") if who else ""
