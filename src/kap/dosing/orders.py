"""An order for one dose: signed by a prescriber, released for its session; every change is a new entry.

Only what was proposed within limits is ordered, and only what was released is drawn up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from kap.dosing.documents import proposal_document
from kap.dosing.proposals import Proposal
from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.histories.history import reading_order, told_from
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.findings import Verdict
from kap.vocabulary.quantities import Mass, Volume
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.routes import Drug, Route
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.spans import Span
from kap.vocabulary.ucum import quantity_from

SIGNED, CHANGED, RELEASED, WITHDRAWN = "order_signed", "order_changed", "order_released", "order_withdrawn"
_IN_THE_WAY = (Verdict.STOP, Verdict.HOLD, Verdict.UNKNOWN)
Kind = TypeVar("Kind", bound=Quantity)

_IS_WITHDRAWN = sentence("This order was withdrawn. Write a new one.")
_NOT_RELEASED = sentence("This order is not released for its session. Ask the prescriber to release it.")
_RELEASED_TWICE = sentence("This order is released already.")
_NO_REASON = sentence("Write why. Everybody who reads the order reads your reason beside it.")
_NOT_INFUSED = sentence("Only what runs into a vein is given over a time or made up to a volume.")


class OrderState(Enum):
    """How an order stands."""

    SIGNED = "signed"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """What is to be given and how.

    Missing: `over` is None where nothing is infused, `made_up_to` where it is given undiluted.
    """

    drug: Drug
    route: Route
    amount: Mass
    over: Span | None = None
    made_up_to: Volume | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """An order as its entries tell it."""

    person: str
    session: str
    what: Ordered
    state: OrderState
    signed_by: str

    @property
    def is_open(self) -> bool:
        """Whether it may still lead to a dose."""
        return self.state is not OrderState.WITHDRAWN

    def require_released(self) -> None:
        """Go on only where it is released.

        Raises: Refused.
        """
        _need(self.is_open, _IS_WITHDRAWN)
        _need(self.state is OrderState.RELEASED, _NOT_RELEASED)


def ordered_from(proposal: Proposal, over: Span | None, made_up_to: Volume | None) -> Ordered:
    """What a prescriber orders: the dose that was proposed, with how it runs.

    Raises: Refused with the reason of the finding that stands in the way.
    """
    for finding in proposal.findings:
        if finding.verdict in _IN_THE_WAY:
            raise Refused(finding.because.reason)
    asked = proposal.asked
    _need(asked.route is Route.IV or (over is None and made_up_to is None), _NOT_INFUSED)
    assert proposal.dose is not None, "a proposal without a dose says why in a finding"
    return Ordered(drug=asked.drug, route=asked.route, amount=proposal.dose, over=over, made_up_to=made_up_to)


def signing(act: Act, person: str, session: str, what: Ordered, proposal: Proposal) -> Entry:
    """A prescriber signs an order, kept with the proposal as it was read."""
    body = {"person": person, "session": session, **_told(what), "proposal": proposal_document(proposal)}
    return act.entry(f"{SIGNED}@1", body)


def changing(act: Act, order: Order, what: Ordered, proposal: Proposal, why: str) -> Entry:
    """A prescriber orders something else in its place; it must be released anew.

    Raises: Refused when it was withdrawn, or no reason is told.
    """
    _need(order.is_open, _IS_WITHDRAWN)
    _need(bool(why.strip()), _NO_REASON)
    body = {**_told(what), "proposal": proposal_document(proposal), "why": why.strip()}
    return act.entry(f"{CHANGED}@1", body)


def releasing(act: Act, order: Order) -> Entry:
    """A prescriber releases it for its session.

    Raises: Refused when it was withdrawn or is released already.
    """
    _need(order.is_open, _IS_WITHDRAWN)
    _need(order.state is not OrderState.RELEASED, _RELEASED_TWICE)
    return act.entry(f"{RELEASED}@1", {"amount": order.what.amount.ucum})


def withdrawing(act: Act, order: Order, why: str) -> Entry:
    """A prescriber takes it back.

    Raises: Refused when it was withdrawn already, or no reason is told.
    """
    _need(order.is_open, _IS_WITHDRAWN)
    _need(bool(why.strip()), _NO_REASON)
    return act.entry(f"{WITHDRAWN}@1", {"why": why.strip()})


def order_from(entries: Iterable[Entry]) -> Order:
    """The order as its entries tell it, in the order things happened.

    Raises: InputError when no entry signs it.
    """
    unbegun = "An order begins with the entry that signed it; none is here."
    return told_from(reading_order(entries), state_after, unbegun)


def state_after(order: Order | None, entry: Entry) -> Order:
    """The order after one more entry.

    Raises: InputError for an entry before the signature, a second signature, or a kind not known here.
    """
    body = entry.body
    if entry.name == SIGNED and order is None:
        return Order(
            person=body["person"], session=body["session"], what=_read(body), state=OrderState.SIGNED,
            signed_by=entry.by,
        )  # fmt: skip
    if order is None or entry.name == SIGNED:
        raise InputError("An order is signed once, before anything else is done to it.")
    if not order.is_open:
        return order
    match entry.name:
        case "order_changed":
            return replace(order, what=_read(body), state=OrderState.SIGNED, signed_by=entry.by)
        case "order_released":
            return replace(order, state=OrderState.RELEASED)
        case "order_withdrawn":
            return replace(order, state=OrderState.WITHDRAWN)
    raise InputError(f"{entry.kind!r} is nothing that is done to an order.")


def _told(what: Ordered) -> dict[str, str | None]:
    return {
        "drug": what.drug.value,
        "route": what.route.value,
        "amount": what.amount.ucum,
        "over": what.over.ucum if what.over else None,
        "made_up_to": what.made_up_to.ucum if what.made_up_to else None,
    }


def _read(body: Mapping[str, Any]) -> Ordered:
    return Ordered(
        drug=Drug(body["drug"]),
        route=Route(body["route"]),
        amount=_of(Mass, body["amount"]),
        over=_of(Span, body["over"]) if body["over"] else None,
        made_up_to=_of(Volume, body["made_up_to"]) if body["made_up_to"] else None,
    )


def _of(kind: type[Kind], text: str) -> Kind:
    found = quantity_from(text)
    if not isinstance(found, kind):
        raise InputError(f"{text!r} is not a {kind.__name__}: the entry of this order was not written by us.")
    return found


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
