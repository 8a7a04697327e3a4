"""Safes in the words a page shows: what is in them, what left them, and the balance after every movement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.controlled_substances.containers import Holding, Safe
from kap.controlled_substances.log import state_after, volume_in
from kap.dosing.loading import packaged_limits
from kap.dosing.orders import OrderState
from kap.dosing.syringes import is_drawn_up
from kap.people.permissions import Permission
from kap.vocabulary.quantities import Volume
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import Acting
from kap_clinic.orders.queries import OrderFacts
from kap_clinic.website.parts import Act, Column, Empty, Need, Row, Status, Table

from . import queries
from .queries import DiscrepancyLine, MovementLine, SyringeLine

SOON = timedelta(days=30)
_NONE = Volume.ml(0)
_DONE: Mapping[str, Promise] = {
    "container_received": gettext_lazy("received"),
    "drug_drawn": gettext_lazy("drawn up"),
    "drug_given": gettext_lazy("given"),
    "drug_kept_back": gettext_lazy("not run in"),
    "drug_wasted": gettext_lazy("wasted"),
    "container_counted": gettext_lazy("counted"),
    "container_returned": gettext_lazy("sent back"),
    "container_broken": gettext_lazy("broken"),
}


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """One row of a container's log, with the balance after it.

    Shape: ``is_held`` where it concerns a syringe, which left the container when it was drawn up.
    Missing: ``left`` is empty where nothing came out, ``came`` where nothing came in.
    """

    number: int
    at: str
    what: str
    for_whom: str
    came: str
    left: str
    balance: str
    who: str
    differs: str = ""
    is_held: bool = False


def containers_table(held: Iterable[Holding], today: date) -> Table:
    """What a safe holds, the first to expire first."""
    return Table(
        caption=_("Containers"),
        columns=(
            Column(words=_("Lot")),
            Column(words=_("Drug")),
            Column(words=_("Left"), is_number=True),
            Column(words=_("That is"), is_number=True),
            Column(words=_("Expires")),
            Column(words=_("State")),
        ),
        rows=tuple(_container(one, today) for one in held),
        empty=Empty(what=_("The safe is empty."), how=_("Containers appear here when they are received.")),
    )


def _container(held: Holding, today: date) -> Row:
    label = held.container
    url = reverse("pharmacy:container", args=[label.id])
    drug = f"{label.drug.value} {label.concentration}"
    expires = date_format(label.expires_on, "j M Y")
    return Row(
        cells=(
            Act(label.lot, url), drug, str(held.remaining), str(held.mass), expires,
            state_of(held, today),
        )
    )  # fmt: skip


def state_of(held: Holding, today: date) -> Status:
    """How a container stands: empty, expired, soon so, open, or sealed."""
    if not held.is_here:
        return Status(words=_("no longer here"), tone="quiet")
    if not held.remaining.amount:
        return Status(words=_("empty"), tone="quiet")
    if held.container.expires_on < today:
        return Status(words=_("expired: do not draw"), tone="must")
    if held.container.expires_on - today <= SOON:
        return Status(words=_("expires soon"), tone="look")
    return Status(words=_("open") if held.opened_at else _("sealed"), tone="ink")


def needs_of(act: Acting, safe: UUID, clock: str) -> list[Need]:
    """What waits at a safe: syringes that hold something, and counts that differ."""
    waiting = [_syringe_need(line, clock, act) for line in queries.syringes_not_empty(act, safe)]
    return [*(_count_need(line, clock) for line in queries.discrepancies_of(act, safe)), *waiting]


def _syringe_need(line: SyringeLine, clock: str, act: Acting) -> Need:
    may = act.standing.permits(Permission.DRAW_UP)
    return Need(
        who=person_of(act, line.person_name),
        what=_("{mass} ({volume}) drawn up and neither given nor wasted").format(
            mass=line.left, volume=line.told.left
        ),
        where=_("drawn by {one} and {other}, {at}").format(
            one=line.drawn_by, other=line.second, at=moment_of(line.drawn_at, clock)
        ),
        act=Act(_("Waste the rest"), reverse("pharmacy:waste", args=[line.told.id])) if may else None,
    )


def _count_need(line: DiscrepancyLine, clock: str) -> Need:
    less = line.found < line.expected
    apart = line.expected - line.found if less else line.found - line.expected
    said = _("{volume} less than the log says") if less else _("{volume} more than the log says")
    return Need(
        who=_("lot {lot}").format(lot=line.lot),
        what=said.format(volume=apart),
        where=_("counted by {name}, {at}; a loss is reported within one business day").format(
            name=line.counted_by, at=moment_of(line.counted_at, clock)
        ) if less else _("counted by {name}, {at}").format(
            name=line.counted_by, at=moment_of(line.counted_at, clock)
        ),
        act=Act(_("Open"), reverse("pharmacy:container", args=[line.container])),
        tone="must" if less else "look",
    )  # fmt: skip


def person_of(act: Acting, name: str) -> str:
    """Name a client to those whose work it is; to others by initials."""
    if act.standing.permits(Permission.SEE_PEOPLE):
        return name
    return " ".join(f"{word[0]}." for word in name.split())


def ledger_of(act: Acting, lines: Iterable[MovementLine], clock: str) -> list[LedgerLine]:
    """The whole log of one container, the oldest first, with the balance after each row."""
    safe, found = Safe(), []
    for line in lines:
        before = _remaining(safe, line)
        safe = state_after(safe, line.entry)
        after = _remaining(safe, line)
        found.append(_ledger_line(act, line, (before, after), clock))
    return found


def _remaining(safe: Safe, line: MovementLine) -> Volume:
    id = UUID(line.entry.body["container"])
    return safe.holdings[id].remaining if id in safe.holdings else _NONE


def _ledger_line(act: Acting, line: MovementLine, balance: tuple[Volume, Volume], clock: str) -> LedgerLine:
    before, after = balance
    body, volume = line.entry.body, volume_in(line.entry.body["volume"])
    name, is_held = line.entry.name, bool(body.get("syringe")) and line.entry.name != "drug_drawn"
    is_count = name == "container_counted"
    what = " ".join(part for part in (str(_DONE[name]), str(volume) if is_held else "") if part)
    names = " + ".join(name for name in (line.by, line.second) if name)
    whom = person_of(act, line.person_name) if line.person_name else body.get("from") or body.get("to", "")
    return LedgerLine(
        number=line.number,
        at=moment_of(line.entry.happened_at.at, clock),
        what=f"{what}: {body['why']}" if body.get("why") else what,
        for_whom=whom,
        came=str(volume) if name == "container_received" else "",
        left="" if is_count or is_held or name == "container_received" else str(volume),
        is_held=is_held,
        balance=str(after),
        who=names,
        differs=_("the log said {volume}").format(volume=before) if is_count and before != after else "",
    )


def log_table(act: Acting, lines: list[MovementLine], clock: str) -> Table:
    """One page of a safe's log, the newest movement first."""
    return Table(
        caption=_("Every movement"),
        columns=(
            Column(words=_("No.")),
            Column(words=_("When")),
            Column(words=_("What")),
            Column(words=_("Volume"), is_number=True),
            Column(words=_("That is"), is_number=True),
            Column(words=_("Lot")),
            Column(words=_("For or from")),
            Column(words=_("Who")),
        ),
        rows=tuple(_movement(act, line, clock) for line in lines),
        empty=Empty(what=_("Nothing has moved yet.")),
    )


def _movement(act: Acting, line: MovementLine, clock: str) -> Row:
    shown, volume = _ledger_line(act, line, (_NONE, _NONE), clock), volume_in(line.entry.body["volume"])
    url = reverse("pharmacy:container", args=[line.entry.body["container"]])
    return Row(
        cells=(
            str(line.number), shown.at, shown.what, str(volume), str(line.concentration * volume),
            Act(line.lot, url), shown.for_whom, shown.who,
        )
    )  # fmt: skip


def syringes_of_order(act: Acting, order: OrderFacts) -> Table:
    """What was drawn for one order, and what became of it."""
    lines = queries.syringes_of(act, order.id)
    return Table(
        caption=_("Drawn up"),
        columns=(
            Column(words=_("By")),
            Column(words=_("Drawn"), is_number=True),
            Column(words=_("Given"), is_number=True),
            Column(words=_("Wasted"), is_number=True),
            Column(words=_("Left"), is_number=True),
            Column(words=""),
        ),
        rows=tuple(_syringe_row(act, line) for line in lines),
        empty=Empty(what=_("Nothing was drawn for this order.")),
    )


def _syringe_row(act: Acting, line: SyringeLine) -> Row:
    strength, told = line.concentration, line.told
    waste: object = ""
    if told.left.amount and act.standing.permits(Permission.DRAW_UP):
        waste = Act(_("Waste the rest"), reverse("pharmacy:waste", args=[told.id]))
    return Row(
        cells=(
            f"{line.drawn_by} + {line.second}", str(line.mass), str(strength * told.given),
            str(strength * told.wasted), str(line.left), waste,
        )
    )  # fmt: skip


def may_draw(act: Acting, order: OrderFacts) -> bool:
    """Say whether whoever asks may draw this order up now."""
    may = act.standing.permits(Permission.DRAW_UP, order.site)
    if not may or order.state is not OrderState.RELEASED:
        return False
    drawn = queries.drawn_and_not_wasted(act, order.id)
    return not is_drawn_up(order.what.amount, drawn, packaged_limits().liquids)
