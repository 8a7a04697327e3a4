"""Proposals and orders in the words a page shows: the arithmetic line by line, its limits, the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kap.dosing.caps import Cap
from kap.dosing.loading import packaged_limits
from kap.dosing.orders import Ordered, OrderState
from kap.dosing.proposals import Proposal, Step
from kap.dosing.syringes import concentration_guard, prepare
from kap.histories.entries import Entry
from kap.vocabulary.errors import InputError
from kap.vocabulary.findings import Verdict
from kap.vocabulary.quantities import Concentration
from kap.vocabulary.sentences import Sentence
from kap.vocabulary.sources import AnySource
from kap_clinic.accounts.shown import day_of, moment_of
from kap_clinic.website.parts import Act, Column, Day, Empty, Happening, Row, Status, Table
from kap_clinic.website.shown import address_of_source

from .forms import ROUTES
from .queries import OrderFacts, OrderFile

STATES: Mapping[OrderState, tuple[Promise, str]] = {
    OrderState.SIGNED: (gettext_lazy("signed, not released yet"), "look"),
    OrderState.RELEASED: (gettext_lazy("released for its session"), "done"),
    OrderState.WITHDRAWN: (gettext_lazy("withdrawn"), "quiet"),
}
_DONE: Mapping[str, Promise] = {
    "order_signed": gettext_lazy("Order signed"),
    "order_changed": gettext_lazy("Order changed"),
    "order_released": gettext_lazy("Released for the session"),
    "order_withdrawn": gettext_lazy("Order withdrawn"),
}


@dataclass(frozen=True, kw_only=True)
class ShownLine:
    """One line of the arithmetic, or one limit: the amount, the words, the source and whether it decided."""

    amount: str
    words: Sentence
    source: str = ""
    source_url: str = ""
    is_unverified: bool = False
    decides: bool = False


def steps_of(proposal: Proposal) -> list[ShownLine]:
    """The arithmetic, line by line; a limit that made it less is marked."""
    return [_step(step) for step in proposal.steps]


def caps_of(proposal: Proposal) -> list[ShownLine]:
    """Every limit that binds, the tightest first."""
    return [_cap(cap) for cap in proposal.caps]


def volumes_of(what: Ordered) -> Table:
    """What is drawn from each container the drug comes in, what that holds, and how fast it runs."""
    known = packaged_limits().liquids.concentrations.at
    return Table(
        caption=_("What to draw"),
        columns=(
            Column(words=_("Container")),
            Column(words=_("Draw"), is_number=True),
            Column(words=_("Holds"), is_number=True),
            Column(words=_("Pump"), is_number=True),
        ),
        rows=tuple(_volume(what, strength) for strength in known),
        empty=Empty(what=_("Nothing can be drawn.")),
    )


def _volume(what: Ordered, strength: Concentration) -> Row:
    liquids = packaged_limits().liquids
    guard = concentration_guard(strength, strength, what.route, liquids, made_up_to=what.made_up_to)
    if guard.verdict is not Verdict.PROCEED:
        return Row(cells=(str(strength), Status(words=guard.because.reason, tone="look"), "", ""))
    try:
        made = prepare(what.amount, strength, liquids, made_up_to=what.made_up_to, over=what.over)
    except InputError as wrong:
        return Row(cells=(str(strength), Status(words=str(wrong), tone="look"), "", ""))
    return Row(cells=(str(strength), str(made.drawn), str(made.dose), str(made.rate or "")))


def in_words(what: Ordered) -> str:
    """An order as it is read aloud: 35 mg ketamine into a vein, over 40 min."""
    said = _("{amount} {drug} {route}").format(
        amount=what.amount, drug=what.drug.value, route=ROUTES[what.route]
    )
    if what.over:
        said += _(", over {span}").format(span=what.over)
    if what.made_up_to:
        said += _(", made up to {volume}").format(volume=what.made_up_to)
    return said


def state_of(order: OrderFacts) -> Status:
    """How an order stands, with its tone."""
    words, tone = STATES[order.state]
    return Status(words=words, tone=tone)


def facts_of(order: OrderFacts, clock: str) -> list[tuple[str, object]]:
    """Who signed and released it, and when."""
    signed = _("{name}, {at}").format(name=order.signed_by, at=moment_of(order.signed_at, clock))
    released = "—"
    if order.released_at is not None:
        released = _("{name}, {at}").format(name=order.released_by, at=moment_of(order.released_at, clock))
    return [
        (_("State"), state_of(order)),
        (_("Session"), order.session_title),
        (_("Signed by"), signed),
        (_("Released by"), released),
    ]


def history_of(file: OrderFile, clock: str) -> list[Day]:
    """What was done to an order, day by day."""
    entries = sorted(file.entries, key=lambda entry: (entry.happened_at, entry.id))
    return [
        Day(day, tuple(_happening(entry, file.names, clock) for entry in of_day))
        for day, of_day in groupby(entries, key=lambda entry: day_of(entry.happened_at.at, clock))
    ]


def orders_table(orders: list[OrderFacts], clock: str) -> Table:
    """The orders for one person, the newest first."""
    return Table(
        caption=_("Orders"),
        columns=(
            Column(words=_("Session")),
            Column(words=_("Dose")),
            Column(words=_("State")),
            Column(words=_("Signed")),
            Column(words=""),
        ),
        rows=tuple(
            Row(
                cells=(
                    order.session_title, in_words(order.what), state_of(order),
                    _("{name}, {day}").format(name=order.signed_by, day=day_of(order.signed_at, clock)),
                    Act(_("Open"), reverse("orders:order", args=[order.id])),
                )
            )
            for order in orders
        ),
        empty=Empty(
            what=_("No dose is ordered."),
            how=_("A prescriber orders it from the plan, at the dosing session it is for."),
        ),
    )  # fmt: skip


def _step(step: Step) -> ShownLine:
    if step.source is None:
        return ShownLine(amount=str(step.comes_to), words=step.what)
    return _sourced(str(step.comes_to), step.what, step.source, decides=True)


def _cap(cap: Cap) -> ShownLine:
    return _sourced(str(cap.at_most), cap.reason, cap.source)


def _sourced(amount: str, words: Sentence, source: AnySource, *, decides: bool = False) -> ShownLine:
    return ShownLine(
        amount=amount,
        words=words,
        source=source.citation,
        source_url=address_of_source(source),
        is_unverified=not source.verified,
        decides=decides,
    )


def _happening(entry: Entry, names: dict[UUID, str], clock: str) -> Happening:
    body = entry.body
    what = body.get("amount", "")
    return Happening(
        at=entry.happened_at.in_zone(clock).strftime("%H:%M"),
        what=_DONE[entry.name],
        detail=what,
        by=names.get(UUID(entry.by), ""),
        notes=(body["why"],) if "why" in body else (),
        weight="strong" if entry.name in ("order_signed", "order_released") else "",
    )
