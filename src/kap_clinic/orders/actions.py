"""What a prescriber does with an order: signs, changes, releases, withdraws; each act one entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.utils import timezone

from kap.dosing import orders
from kap.dosing.documents import proposal_document
from kap.dosing.orders import Order as OrderTold
from kap.dosing.orders import Ordered, ordered_from
from kap.dosing.proposals import Proposal
from kap.histories.acts import Act
from kap.histories.chain import canonical_text
from kap.histories.entries import Entry
from kap.people.permissions import Permission
from kap.planning.course import SessionState
from kap.protocols.definition import SessionKind
from kap.screening.screening import Treatment
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Volume
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.spans import Span
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.pharmacy import queries as pharmacy
from kap_clinic.pharmacy.places import registered_site
from kap_clinic.plans import queries as plans
from kap_clinic.plans.queries import SessionLine
from kap_clinic.screening import queries as screenings

from . import store
from .models import Order
from .proposing import Wish, proposal_for

GO_ON = "go-on"

_NOT_A_DOSE = sentence("An order is for a dosing session, and this session is none.")
_NOT_WAITING = sentence("This session has begun or is over: an order comes before it.")
_NOT_CLEARED = sentence("No screening is signed “go on” for this drug and route. Sign the screening first.")
_HAS_ORDER = sentence("This session has an order. Change it, or withdraw it first.")
_CHANGED = sentence(
    "The proposal changed since this page was shown, and nothing was signed. Read it again, then sign."
)
_DRAWN = sentence("This order is drawn up. Waste what was drawn first, then change or withdraw it.")


def sign_order(
    *, organization: UUID, by: Actor, id: UUID, session: UUID, wish: Wish, over: Span | None,
    made_up_to: Volume | None, seen: str,
) -> bool:  # fmt: skip
    """Sign an order for a planned dosing session, as the proposal was read; say whether it was new.

    Shape: ``seen`` is what ``fingerprint`` gave for the proposal on the page.
    Raises: Refused.
    """
    with acting(organization, by, "orders.sign") as act:
        planned = _dosing_session(act, session)
        act.about(id, planned.person)
        said = {"session": str(session), "person": str(planned.person)}
        if store.is_known(id, id, orders.SIGNED, said):
            return False
        _need(planned.state is SessionState.PLANNED, _NOT_WAITING)
        _refuse_uncleared(act, planned, wish)
        _need(not Order.objects.filter(session_id=session).exclude(state="withdrawn").exists(), _HAS_ORDER)
        proposal, what = _proposed(act, planned, wish, over, made_up_to, seen)
        entry = orders.signing(_act(id, by), str(planned.person), str(session), what, proposal)
        _begin(act, id, planned, what, entry)
        announce(act, "orders", id)
        return True


def change_order(
    *, organization: UUID, by: Actor, id: UUID, order: UUID, wish: Wish, over: Span | None,
    made_up_to: Volume | None, seen: str, why: str,
) -> bool:  # fmt: skip
    """Order something else in its place, with the reason; it must be released anew.

    Raises: Refused.
    """

    def make(told: Act, known: OrderTold) -> Entry:
        planned = _dosing_session(act, UUID(known.session))
        _need(planned.state is SessionState.PLANNED, _NOT_WAITING)
        _refuse_uncleared(act, planned, wish)
        proposal, what = _proposed(act, planned, wish, over, made_up_to, seen)
        return orders.changing(told, known, what, proposal, why)

    with acting(organization, by, "orders.change") as act:
        return _add(act, id, order, orders.CHANGED, {"why": why.strip()}, make)


def release_order(*, organization: UUID, by: Actor, id: UUID, order: UUID) -> bool:
    """Release an order for its session, while the screening still stands; from then on it may be drawn up.

    Raises: Refused.
    """

    def make(told: Act, known: OrderTold) -> Entry:
        planned = _dosing_session(act, UUID(known.session))
        what = known.what
        _refuse_uncleared(act, planned, Wish(drug=what.drug, route=what.route, amount=what.amount))
        return orders.releasing(told, known)

    with acting(organization, by, "orders.release") as act:
        return _add(act, id, order, orders.RELEASED, {}, make)


def withdraw_order(*, organization: UUID, by: Actor, id: UUID, order: UUID, why: str) -> bool:
    """Take an order back, with the reason; what was drawn for it must be wasted first.

    Raises: Refused.
    """

    def make(told: Act, known: OrderTold) -> Entry:
        return orders.withdrawing(told, known, why)

    with acting(organization, by, "orders.withdraw") as act:
        return _add(act, id, order, orders.WITHDRAWN, {"why": why.strip()}, make)


def fingerprint(proposal: Proposal) -> str:
    """Return the mark of a proposal as it is read, so that nobody signs what they have not seen."""
    return sha256(canonical_text(proposal_document(proposal)).encode()).hexdigest()


def _dosing_session(act: Acting, session: UUID) -> SessionLine:
    planned = plans.planned_session(act, session)
    act.require(Permission.ORDER_DOSES, planned.site)
    _need(planned.kind is SessionKind.DOSE, _NOT_A_DOSE)
    registered_site(planned.site)
    return planned


def _refuse_uncleared(act: Acting, planned: SessionLine, wish: Wish) -> None:
    treatment = Treatment(wish.drug, wish.route)
    signed = screenings.signatures(act, [planned.person], treatment).get(planned.person)
    _need(signed is not None and signed.decision == GO_ON, _NOT_CLEARED)


def _proposed(
    act: Acting, planned: SessionLine, wish: Wish, over: Span | None, made_up_to: Volume | None, seen: str
) -> tuple[Proposal, Ordered]:
    proposal = proposal_for(act, planned, wish, timezone.now())
    _need(seen == fingerprint(proposal), _CHANGED)
    return proposal, ordered_from(proposal, over, made_up_to)


def _begin(act: Acting, id: UUID, planned: SessionLine, what: Ordered, entry: Entry) -> None:
    at: datetime = entry.happened_at.at
    row = Order.objects.create(
        id=id, organization_id=act.organization, person_id=planned.person, session_id=planned.id,
        site_id=planned.site, drug=what.drug.value, route=what.route.value,
        amount_mg=what.amount.in_unit("mg"),
        over_minutes=int(what.over.in_unit("min")) if what.over else None,
        made_up_to_ml=what.made_up_to.in_unit("mL") if what.made_up_to else None, state="signed",
        signed_at=at, signed_by=act.actor.id,
    )  # fmt: skip
    store.add(act, row, entry)


def _add(
    act: Acting, id: UUID, order: UUID, kind: str, said: Mapping[str, object],
    make: Callable[[Act, OrderTold], Entry],
) -> bool:  # fmt: skip
    act.about(id)
    row = store.locked(act, order)
    act.require(Permission.ORDER_DOSES, row.site_id)
    if store.is_known(order, id, kind, said):
        return False
    known = orders.order_from(store.entries_of(order))
    if kind != orders.RELEASED:
        _need(not pharmacy.drawn_and_not_wasted(act, order).amount, _DRAWN)
    store.add(act, row, make(_act(id, act.actor), known))
    announce(act, "orders", order)
    return True


def _act(id: UUID, by: Actor) -> Act:
    now = Instant(timezone.now())
    return Act(id=id, happened_at=now, recorded_at=now, by=str(by.id))


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
