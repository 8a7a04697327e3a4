"""What two people do with a dose: draw it up for an order, give it, waste what is left.

Each act has the id its maker gave it: sent twice, it is done once. Everything a movement touches (log,
container, syringe, head of the chain, audit) is written in one transaction, under the lock of the safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from kap.controlled_substances.log import DRAWN, GIVEN, WASTED, volume_in
from kap.controlled_substances.movements import Drawing, drawing, giving, wasting_rest
from kap.dosing.loading import packaged_limits
from kap.dosing.orders import OrderState
from kap.dosing.syringes import (
    Preparation,
    concentration_guard,
    drawn_volume_guard,
    is_drawn_up,
    prepare,
)
from kap.histories.acts import Act
from kap.people.permissions import Permission
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.findings import Finding, Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.quantities import Concentration, Mass, Volume
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.accounts.second_signature import SecondPerson, signed_by_second
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import OTHER_CONTENT
from kap_clinic.orders import queries as orders
from kap_clinic.orders.queries import OrderFacts

from . import queries, store
from .places import registered_site

_NO_ORDER = sentence("This organization has no order with this id.")
_NOT_RELEASED = sentence("This order is not released for its session. Ask the prescriber to release it.")
_ELSEWHERE = sentence("This container is in the safe of another site than the one the dose is ordered for.")
_OTHER_DRUG = sentence("This container holds another drug than the one that was ordered.")
_DRAWN_ALREADY = sentence("This order was drawn up already. Waste what was drawn before drawing again.")
_OTHER_SESSION = sentence("This syringe was drawn for another session.")
_NOT_MEASURED = sentence(
    "Give an amount that the syringe can show: the log keeps four places of a milliliter."
)


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was given from a syringe, and what is left in it; ``is_new`` is False for an act sent again."""

    volume: Volume
    mass: Mass
    left: Volume
    is_new: bool


def draw_up(
    *, organization: UUID, by: Actor, id: UUID, order: UUID, container: UUID, label: Concentration | None,
    drawn: Volume, second: SecondPerson,
) -> bool:  # fmt: skip
    """Draw up a released order, two people reading label and syringe; say whether it was new.

    Shape: ``id`` is the movement's and the new syringe's; ``label`` is the concentration the second person
    reads off the container, ``drawn`` the volume the first reads off the syringe.
    Raises: Refused, where label, syringe, order, place or person do not fit.
    """
    with acting(organization, by, "pharmacy.draw_up") as act:
        what = _released(act, order)
        act.require(Permission.DRAW_UP, what.site)
        place = registered_site(what.site)
        opened = store.container_opened(act, container)
        act.about(id, order, what.person)
        said = {"container": str(container), "order": str(order), "volume": drawn.ucum}
        if store.is_known(id, DRAWN, said):
            return False
        _need(opened.row.site_id == what.site, _ELSEWHERE)
        held = opened.told.holding(container).container
        _need(held.drug is what.what.drug, _OTHER_DRUG)
        right = to_draw(act, what, held.concentration)
        liquids, route = packaged_limits().liquids, what.what.route
        _pass(concentration_guard(label, held.concentration, route, liquids, made_up_to=right.made_up_to))
        _pass(drawn_volume_guard(drawn, right, liquids))
        signer = signed_by_second(act, id=id, second=second, needs=Permission.DRAW_UP, site=what.site)
        now = timezone.now()
        entry = drawing(
            _act(id, by, now), opened.told, Drawing(container, id, str(order), drawn), second=str(signer),
            on=Instant(now).day_in(place.time_zone),
        )  # fmt: skip
        store.write(act, opened, entry)
        announce(act, "pharmacy", opened.row.id, order)
        return True


def give_drawn(
    *, organization: UUID, by: Actor, id: UUID, syringe: UUID, session: UUID, given: Mass | None = None,
    happened_at: datetime | None = None,
) -> Given:  # fmt: skip
    """Give what is in a syringe, or the part given until it was stopped; call it inside ``acting()``.

    The dosing day joins this from its own action, so that timeline, log and audit are one transaction; the
    same ``id`` sent again changes nothing and answers the same. What is left waits in the syringe, for
    ``waste``.

    Shape: ``session`` is the planned session of the order. Missing: without ``given`` it is all that is left.
    Raises: Refused where the order no longer stands, the session is another, or that much is not in it.
    """
    with acting(organization, by, "pharmacy.give") as act:
        act.about(id)
        opened = store.syringe_opened(act, syringe)
        held = opened.told.syringe(syringe)
        strength = opened.told.holding(held.container).container.concentration
        known = store.is_known(id, GIVEN, {"syringe": str(syringe), "session": str(session)})
        if known is not None:
            volume = volume_in(known.body["volume"])
            _need(given is None or given == strength * volume, OTHER_CONTENT)
            return Given(volume=volume, mass=strength * volume, left=held.left, is_new=False)
        what = _released(act, UUID(held.order))
        act.require(Permission.GIVE_DOSES, what.site)
        registered_site(what.site)
        _need(what.session == session, _OTHER_SESSION)
        volume = held.left if given is None else _measured(given, strength)
        moment = max(happened_at or timezone.now(), queries.drawn_at(syringe))
        entry = giving(_act(id, by, moment), opened.told, syringe, volume, session=str(session))
        left = store.write(act, opened, entry).syringe(syringe).left
        announce(act, "pharmacy", opened.row.id, UUID(held.order))
        return Given(volume=volume, mass=strength * volume, left=left, is_new=True)


def waste(*, organization: UUID, by: Actor, id: UUID, syringe: UUID, second: SecondPerson) -> bool:
    """Waste all that is left in a syringe, before a witness; say whether it was new.

    Raises: Refused.
    """
    with acting(organization, by, "pharmacy.waste") as act:
        act.about(id)
        opened = store.syringe_opened(act, syringe)
        act.require(Permission.DRAW_UP, opened.row.site_id)
        if store.is_known(id, WASTED, {"syringe": str(syringe)}):
            return False
        site = opened.row.site_id
        witness = signed_by_second(act, id=id, second=second, needs=Permission.SIGN_SECOND, site=site)
        told = _act(id, by, timezone.now())
        store.write(act, opened, wasting_rest(told, opened.told, syringe, witness=str(witness)))
        announce(act, "pharmacy", opened.row.id, UUID(opened.told.syringe(syringe).order))
        return True


def to_draw(act: Acting, what: OrderFacts, concentration: Concentration) -> Preparation:
    """Return what is to be drawn for an order from a container of this strength.

    Raises: Refused where it was drawn already, or cannot be measured.
    """
    drawn = queries.drawn_and_not_wasted(act, what.id)
    ordered, liquids = what.what, packaged_limits().liquids
    _need(not is_drawn_up(ordered.amount, drawn, liquids), _DRAWN_ALREADY)
    try:
        return prepare(
            ordered.amount - drawn, concentration, liquids,
            made_up_to=ordered.made_up_to, over=ordered.over,
        )  # fmt: skip
    except InputError as wrong:
        raise Refused(_NOT_MEASURED) from wrong


def _released(act: Acting, order: UUID) -> OrderFacts:
    found = orders.order_of(act, order)
    if found is None:
        raise Refused(_NO_ORDER)
    _need(found.state is OrderState.RELEASED, _NOT_RELEASED)
    return found


def _measured(mass: Mass, strength: Concentration) -> Volume:
    volume = mass / strength
    _need(strength * volume == mass and store.is_fine(volume), _NOT_MEASURED)
    return volume


def _pass(finding: Finding) -> None:
    if finding.verdict not in (Verdict.PROCEED, Verdict.CAUTION):
        raise Refused(finding.because.reason)


def _act(id: UUID, by: Actor, happened_at: datetime) -> Act:
    recorded_at = Instant(timezone.now())
    return Act(id=id, happened_at=Instant(happened_at), recorded_at=recorded_at, by=str(by.id))


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
