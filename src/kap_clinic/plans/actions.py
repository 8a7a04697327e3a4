"""What is done to a plan; the core says whether it may be, entry and sessions are written in one transaction.

The dosing day joins ``begin_session`` and ``end_session`` from inside its own ``acting()``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils import timezone

from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.people.permissions import Permission
from kap.planning import acts
from kap.planning.course import Course, course_from
from kap.planning.planning import plan as laid_plan
from kap.protocols.definition import Protocol, SessionKind
from kap.protocols.shelf import protocol as protocol_of
from kap.screening.screening import Treatment
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.planned import PlannedTime
from kap.vocabulary.sentences import Sentence, sentence
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.organizations import queries as organizations
from kap_clinic.people import actions as people
from kap_clinic.people.access import require_chart
from kap_clinic.screening import queries as screenings

from . import store
from .models import Plan
from .telling import tell_doses

SIGNED_GO_ON = "go-on"
# How far somebody has come once a session of a kind has begun.
_STAGES = {
    SessionKind.DOSE: "dosing", SessionKind.INTEGRATION: "integration", SessionKind.DISCHARGE: "discharge",
    SessionKind.FOLLOW_UP: "follow-up",
}  # fmt: skip

_NO_PROTOCOL = sentence("There is no such protocol. Choose one from the library.")
_NO_SITE = sentence("A plan is kept at a site of this organization that is open. Choose one from the list.")
_HAS_PLAN = sentence(
    "This person has a plan that goes on. Stop it first, with the reason, then make another."
)
_NOT_YET = sentence("This has not happened yet. Give a time that has passed.")
_NO_TIME = sentence("Give the time the session began, and a later one at which it ended.")


def make_plan(
    *, organization: UUID, by: Actor, id: UUID, person: UUID, protocol: str, start_on: date, site: UUID,
    has_begun: bool = False,
) -> bool:  # fmt: skip
    """Make a person's plan from a protocol, once a screening for it is signed “go on”.

    Shape: ``has_begun`` where it began before it was written down here, so that its days may lie in the past.
    Raises: Refused.
    """
    with acting(organization, by, "plans.make_plan") as act:
        found = require_chart(act, person)
        act.require(Permission.MAKE_PLANS, found.site_id)
        act.about(id)
        made_from, place = _protocol(protocol), _open_site(site)
        now = timezone.now()
        said = {
            "person_id": person, "site_id": site, "protocol": made_from.id, "version": made_from.version,
            "start_on": start_on,
        }  # fmt: skip
        if Plan.objects.filter(id=id, organization_id=act.organization).exists():
            return once(Plan, id, said).is_new
        signed_on = _signed_on(act, person, made_from, place.time_zone)
        if not has_begun:
            _refuse_late(made_from, start_on, place.time_zone, now)
        _need(not Plan.objects.filter(person_id=person, stopped_at__isnull=True).exists(), _HAS_PLAN)
        noted = {"time_zone": place.time_zone, "made_at": now, "made_by": by.id}
        row = once(Plan, id, said, noted).row
        store.add(act, row, acts.making(_act(id, by, now), made_from, start_on, place.time_zone))
        _meet_screening(act, row, signed_on, now)
        tell_doses(act, row)
        people.reach_stage(act, person, "preparation")
        announce(act, "plans", id)
        return True


def move_session(
    *, organization: UUID, by: Actor, id: UUID, session: UUID, to: PlannedTime, because: str
) -> None:
    """Move a session, and all that hangs on it, with the reason.

    Raises: Refused, with the reason, where it may not lie there.
    """
    with acting(organization, by, "plans.move_session") as act:
        name = _open_session(act, session, Permission.MOVE_SESSIONS)
        _write(act, session, id, lambda told, course: acts.moving(told, course, name, to, because))


def miss_session(*, organization: UUID, by: Actor, id: UUID, session: UUID, because: str) -> None:
    """Record that a session was not held, and why.

    Raises: Refused.
    """
    with acting(organization, by, "plans.miss_session") as act:
        name = _open_session(act, session, Permission.KEEP_SESSIONS)
        _write(act, session, id, lambda told, course: acts.missing(told, course, name, because))


def begin_session(*, organization: UUID, by: Actor, id: UUID, session: UUID, at: datetime) -> None:
    """Record that a session began; windows and spacing count from this moment on.

    Raises: Refused.
    """
    with acting(organization, by, "plans.begin_session") as act:
        name = _open_session(act, session, Permission.KEEP_SESSIONS)
        _write(act, session, id, lambda told, course: acts.beginning(told, course, name), at)
        row = store.session_in(act, session)
        if stage := _STAGES.get(SessionKind(row.kind)):
            people.reach_stage(act, row.person_id, stage)


def end_session(*, organization: UUID, by: Actor, id: UUID, session: UUID, at: datetime) -> None:
    """Record that a session ended; what follows it is laid from this moment on.

    Raises: Refused.
    """
    with acting(organization, by, "plans.end_session") as act:
        name = _open_session(act, session, Permission.KEEP_SESSIONS)
        _write(act, session, id, lambda told, course: acts.ending(told, course, name), at)


def hold_session(
    *, organization: UUID, by: Actor, id: UUID, session: UUID, began_at: datetime, ended_at: datetime
) -> None:
    """Record a session that was held, from when to when.

    Raises: Refused.
    """
    with acting(organization, by, "plans.hold_session"):
        _need(began_at < ended_at, _NO_TIME)
        begin_session(organization=organization, by=by, id=id, session=session, at=began_at)
        end_session(organization=organization, by=by, id=uuid5(id, "ended"), session=session, at=ended_at)


def stop_plan(*, organization: UUID, by: Actor, id: UUID, plan: UUID, because: str) -> None:
    """Stop a plan, with the reason; what was held stays held.

    Raises: Refused.
    """
    with acting(organization, by, "plans.stop_plan") as act:
        row = store.locked(act, plan)
        act.require(Permission.MAKE_PLANS, require_chart(act, row.person_id).site_id)
        now = timezone.now()
        course = course_from(store.entries_before(plan, id))
        if store.add(act, row, acts.stopping(_act(id, by, now), course, because)):
            tell_doses(act, row)
            row.stopped_at, row.stopped_by = now, by.id
            row.save(update_fields=["stopped_at", "stopped_by"])
            announce(act, "plans", plan)


def _write(
    act: Acting, session: UUID, id: UUID, make: Callable[[Act, Course], Entry], at: datetime | None = None
) -> None:
    row = store.session_in(act, session)
    plan = store.locked(act, row.plan_id)
    now = timezone.now()
    _need(at is None or at <= now, _NOT_YET)
    entry = make(_act(id, act.actor, now, at), course_from(store.entries_before(plan.id, id)))
    if store.add(act, plan, entry, is_timed=at is not None):
        tell_doses(act, plan)
        announce(act, "plans", plan.id)


def _open_session(act: Acting, session: UUID, permission: Permission) -> str:
    act.about(session)
    row = store.session_in(act, session)
    act.require(permission, require_chart(act, row.person_id).site_id)
    return row.session


def _meet_screening(act: Acting, row: Plan, signed_on: date, now: datetime) -> None:
    for session in protocol_of(row.protocol).sessions:
        if session.kind is SessionKind.SCREENING:
            course = course_from(store.entries_of(row.id))
            told = _act(uuid5(row.id, session.id), act.actor, now)
            because = str(sentence("Screening signed on {day}.", day=signed_on.isoformat()))
            store.add(act, row, acts.meeting(told, course, session.id, because))


def _signed_on(act: Acting, person: UUID, made_from: Protocol, clock: str) -> date:
    about = made_from.about
    for route in about.routes:
        signed = screenings.signatures(act, [person], Treatment(about.drug, route)).get(person)
        if signed is not None and signed.decision == SIGNED_GO_ON:
            return Instant(signed.signed_at).day_in(clock)
    routes = ", ".join(route.value for route in about.routes)
    raise Refused(
        sentence(
            "No screening is signed “go on” for {drug} by {routes}. Sign it first, then make the plan.",
            drug=about.drug.value, routes=routes,
        )
    )  # fmt: skip


def _refuse_late(made_from: Protocol, start_on: date, clock: str, now: datetime) -> None:
    for event in laid_plan(made_from, start_on, clock).events:
        if event.session.kind is not SessionKind.SCREENING and event.time.opens_at.at <= now:
            raise Refused(
                sentence(
                    "“{session}” would lie in the past. Choose a later first day.",
                    session=event.session.title,
                )
            )


def _protocol(name: str) -> Protocol:
    try:
        return protocol_of(name)
    except InputError as wrong:
        raise Refused(_NO_PROTOCOL) from wrong


def _open_site(site: UUID) -> organizations.SiteFacts:
    for place in organizations.sites(with_shared=False):
        if place.id == site and place.closed_at is None:
            return place
    raise Refused(_NO_SITE)


def _act(id: UUID, by: Actor, now: datetime, at: datetime | None = None) -> Act:
    return Act(id=id, happened_at=Instant(at or now), recorded_at=Instant(now), by=str(by.id))


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
