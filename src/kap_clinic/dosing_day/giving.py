"""The time-out, the dose and its stop: two people, and everything a dose touches in one transaction.

A dose given is a line of the medication record, a movement out of the syringe, an entry of the timeline, the
beginning of the planned session and a row of the audit: all of them, or none.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from django.utils import timezone

from kap.dosing.orders import OrderState
from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.monitoring import acts
from kap.monitoring.session import Given, Session
from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.quantities import Mass
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.second_signature import SecondPerson, signed_by_second
from kap_clinic.cases.queries import safety_case_that_holds
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.orders import queries as orders
from kap_clinic.orders.queries import OrderFacts
from kap_clinic.pharmacy import actions as pharmacy
from kap_clinic.pharmacy import queries as drawn
from kap_clinic.pharmacy import stopping
from kap_clinic.plans import actions as plans

from . import queries, store
from .actions import act_of, add, opened
from .models import Administration, DosingSession

_NO_ORDER = sentence("No order is released for this session. Ask the prescriber to release it.")
_SAFETY_FIRST = sentence(
    "A safety case about this client is open. See to it first: no dose until it is closed."
)
_OTHER_SYRINGE = sentence("This syringe was drawn for another order. Take the one of this session.")


def time_out(*, organization: UUID, by: Actor, id: UUID, session: UUID, second: SecondPerson) -> None:
    """Two people stop and agree that nothing is in the way.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.time_out") as act:
        row = opened(act, session)
        act.require(Permission.GIVE_DOSES, row.site_id)
        _released(act, row)
        signer = signed_by_second(
            act, id=id, second=second, needs=Permission.CHART_SESSIONS, site=row.site_id
        )
        _refuse_in_danger(act, row)
        now = timezone.now()
        findings = queries.before_the_dose(act, queries.session_file(act, session), now)
        add(
            act,
            row,
            act_of(id, by, now),
            lambda told, state: acts.timing_out(told, state, findings, str(signer)),
        )


def give(
    *, organization: UUID, by: Actor, id: UUID, session: UUID, syringe: UUID, second: SecondPerson
) -> Mass:
    """Give what is in the syringe, a second person standing by, and return how much that is.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.give") as act:
        row = opened(act, session)
        act.require(Permission.GIVE_DOSES, row.site_id)
        order = _released(act, row)
        _refuse_other(act, order, syringe)
        signer = signed_by_second(act, id=id, second=second, needs=Permission.GIVE_DOSES, site=row.site_id)
        if not Administration.objects.filter(id=id, session=row).exists():
            _refuse_in_danger(act, row)
        now = timezone.now()
        out = pharmacy.give_drawn(
            organization=organization, by=by, id=uuid5(id, "safe"), syringe=syringe, session=row.planned_id,
            happened_at=now,
        )  # fmt: skip
        what = order.what
        given = Given(order=order.id, drug=what.drug, amount=out.mass, route=what.route, over=what.over)
        is_new = add(
            act, row, act_of(id, by, now), lambda told, state: acts.giving(told, state, given, str(signer))
        )  # fmt: skip
        _record(row, id, given, syringe, by, signer)
        if is_new:
            plans.begin_session(
                organization=organization, by=by, id=uuid5(id, "plan"), session=row.planned_id, at=now
            )
        return out.mass


def stop_dose(
    *, organization: UUID, by: Actor, id: UUID, session: UUID, dose: UUID, amount_in: Mass, why: str
) -> None:
    """Stop a running dose and say how much went in; the rest is in the syringe again, to be wasted by two.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.stop_dose") as act:
        row, now = opened(act, session), timezone.now()
        act.require(Permission.GIVE_DOSES, row.site_id)

        def stopped(told: Act, state: Session) -> Entry:
            return acts.stopping(told, state, dose, amount_in, why)

        add(act, row, act_of(id, by, now), stopped)
        given = Administration.objects.get(id=dose, session=row)
        whole = Mass.mg(given.amount_mg)
        if amount_in < whole:
            stopping.keep_back(
                organization=organization, by=by, id=uuid5(id, "safe"), syringe=given.syringe_id,
                not_given=whole - amount_in, why=why, happened_at=now,
            )  # fmt: skip


def _released(act: Acting, row: DosingSession) -> OrderFacts:
    found = orders.order_for(act, row.planned_id)
    if found is None or found.state is not OrderState.RELEASED:
        raise Refused(_NO_ORDER)
    act.about(found.id)
    return found


def _refuse_in_danger(act: Acting, row: DosingSession) -> None:
    if safety_case_that_holds(act, row.person_id) is not None:
        raise Refused(_SAFETY_FIRST)


def _refuse_other(act: Acting, order: OrderFacts, syringe: UUID) -> None:
    held = drawn.syringe_in(act, syringe)
    if held is None or held.order != order.id:
        raise Refused(_OTHER_SYRINGE)


def _record(row: DosingSession, id: UUID, given: Given, syringe: UUID, by: Actor, signer: UUID) -> None:
    over = given.over.in_unit("min") if given.over else None
    said = {
        "session_id": row.id, "person_id": row.person_id, "order_id": given.order, "syringe_id": syringe,
        "drug": given.drug.value, "route": given.route.value, "amount_mg": given.amount.in_unit("mg"),
        "over_minutes": None if over is None else int(over), "given_by": by.id, "second": signer,
    }  # fmt: skip
    at = next(dose.began_at.at for dose in store.session_in(store.entry_rows(row.id)).doses if dose.id == id)
    once(Administration, id, said, {"given_at": at})
