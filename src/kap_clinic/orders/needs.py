"""What of orders waits for a prescriber on the day board: doses of the coming day not ordered or released."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kap.dosing.orders import OrderState
from kap.people.permissions import Permission
from kap.protocols.definition import SessionKind
from kap.vocabulary.moments import Instant
from kap_clinic.accounts.shown import moment_of
from kap_clinic.database.door import Acting
from kap_clinic.plans.queries import SessionLine, sessions_between
from kap_clinic.website.parts import Act, Need

from . import queries
from .queries import OrderFacts
from .shown import in_words

AHEAD = timedelta(hours=24)


def needs_of(act: Acting, site: UUID, at: Instant) -> list[Need]:
    """Return the dosing sessions of the next day at a place that a prescriber must still order or release.

    Missing: empty for whoever may not order there.
    """
    if not act.standing.permits(Permission.ORDER_DOSES, site):
        return []
    coming = sessions_between(act, site, at, Instant(at.at + AHEAD))
    doses = [line for line in coming if line.kind is SessionKind.DOSE and line.is_waiting]
    known = queries.orders_for(act, [line.id for line in doses])
    found = (_need(line, known.get(line.id)) for line in doses)
    return [need for need in found if need is not None]


def _need(line: SessionLine, order: OrderFacts | None) -> Need | None:
    where = _("{session}, {begins}").format(
        session=line.title, begins=moment_of(line.time.opens_at.at, line.time_zone)
    )
    if order is None:
        url = reverse("orders:propose", args=[line.id])
        what, step = _("no dose is ordered"), Act(_("Order the dose"), url)
    elif order.state is OrderState.SIGNED:
        url = reverse("orders:release", args=[order.id])
        what = _("{dose}: signed, not released").format(dose=in_words(order.what))
        step = Act(_("Release"), url)
    else:
        return None
    return Need(who=line.person_name, what=what, where=where, act=step, tone="act")
