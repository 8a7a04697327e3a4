"""Tells the measures when doses are, so that forms asked before and after one move with it."""

from __future__ import annotations

from kap.planning.course import SessionState
from kap.protocols.definition import SessionKind
from kap_clinic.database.door import Acting
from kap_clinic.measures import queries as measures
from kap_clinic.measures.following import call_off_dose, note_dose

from .models import Plan
from .queries import sessions_of_plan

_OFF = (SessionState.STOPPED, SessionState.MISSED)


def tell_doses(act: Acting, plan: Plan) -> None:
    """Say of each dose of a plan when it is or was, or that it will not be given."""
    known = set(measures.doses_of(act, plan.person_id))
    for line in sessions_of_plan(plan.id):
        if line.kind is not SessionKind.DOSE:
            continue
        happens_at = line.time.opens_at.at
        if line.state in _OFF:
            call_off_dose(organization=act.organization, by=act.actor, id=line.id)
        elif happens_at not in known:
            note_dose(
                organization=act.organization, by=act.actor, id=line.id, person=plan.person_id,
                happens_at=happens_at, time_zone=plan.time_zone,
            )  # fmt: skip
