"""What is done in a session; the core says whether it may be, entry and row are written in one transaction.

Every act takes the id its maker gave it: sent twice, by a double tap or a retry, it is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import partial
from uuid import UUID, uuid5

from django.utils import timezone

from kap.casework.safety import kind_of_level
from kap.histories.acts import Act
from kap.histories.entries import Entry
from kap.monitoring import acts
from kap.monitoring.alarms import packaged_alarms, watched
from kap.monitoring.checklist import RISKS, SUICIDE_RISK
from kap.monitoring.going_home import may_go_home, packaged_going_home
from kap.monitoring.session import Left, Session
from kap.monitoring.timeline import session_from
from kap.monitoring.vitals import BY_HAND, Channel, Vitals, packaged_channels
from kap.people.permissions import Permission
from kap.protocols.definition import SessionKind
from kap.vocabulary.errors import Refused
from kap.vocabulary.findings import Verdict
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import sentence
from kap_clinic.cases.crises import open_or_raise
from kap_clinic.database.actors import Actor
from kap_clinic.database.announce import announce
from kap_clinic.database.door import Acting, acting
from kap_clinic.database.once import once
from kap_clinic.database.sealed import before, entries_in
from kap_clinic.people.access import require_chart
from kap_clinic.plans import actions as plans
from kap_clinic.plans import queries as planned

from . import store
from .models import DosingSession
from .queries import cssrs_of_today

CHANGED = "dosing_day"
_LATEST_HOURS = 12

_NOT_A_DOSE = sentence("Only a session with a dose is begun here. Choose one from the day board.")
_NOT_WAITING = sentence("This session has begun already, or is no longer wanted.")
_AHEAD = sentence("This has not happened yet. Give a time that has passed.")

Make = Callable[[Act, Session], Entry]


def start(*, organization: UUID, by: Actor, id: UUID, planned_session: UUID) -> bool:
    """Begin a planned dosing session: the person is in the room. Say whether this call began it.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.start") as act:
        line = planned.planned_session(act, planned_session)
        act.require(Permission.CHART_SESSIONS, line.site)
        act.about(id)
        if line.kind is not SessionKind.DOSE:
            raise Refused(_NOT_A_DOSE)
        before = DosingSession.objects.filter(planned_id=planned_session).values_list("id", flat=True).first()
        if before not in (None, id) or (before is None and not line.is_waiting):
            raise Refused(_NOT_WAITING)
        now = timezone.now()
        said = {"planned_id": planned_session, "person_id": line.person, "site_id": line.site}
        written = once(DosingSession, id, said, {"arrived_at": now, "begun_by": by.id, "phase": "arrived"})
        if written.is_new:
            row = store.found(act, id, is_locked=True)
            _kept(act, row, [], acts.arriving(act_of(uuid5(id, "arrival"), by, now)))
        return written.is_new


def answer(*, organization: UUID, by: Actor, id: UUID, session: UUID, answers: Mapping[str, str]) -> None:
    """Answer items of a checklist: before the dose, or before leaving.

    Raises: Refused, or InputError for an answer that is not on the list.
    """
    with acting(organization, by, "dosing_day.answer") as act:
        for item, said in answers.items():
            row, is_new = _write(act, session, uuid5(id, item), partial(_answered, item=item, said=said))
            if is_new and item == SUICIDE_RISK and RISKS[said] is not Verdict.PROCEED:
                if said == cssrs_of_today(act, row.person_id, row.site.time_zone, timezone.now()):
                    continue  # the form raised its case as it was answered, and it may have been ended since
                _raise_alarm(act, uuid5(id, "alarm"), row.person_id, said)


def take_vitals(
    *, organization: UUID, by: Actor, id: UUID, session: UUID, numbers: Mapping[Channel, Decimal],
    is_by_voice: bool = False, is_confirmed: bool = False, at: datetime | None = None,
) -> None:  # fmt: skip
    """Chart vital signs somebody took, and call out what they raise.

    Raises: Refused, or InputError when nothing was read.
    """
    with acting(organization, by, "dosing_day.take_vitals") as act:

        def taken(told: Act, state: Session) -> Entry:
            vitals = Vitals(
                entry=told.id,
                at=told.happened_at,
                numbers=numbers,
                is_by_voice=is_by_voice,
                came_from=BY_HAND,
            )
            return acts.taking(told, state, vitals, packaged_channels(), is_confirmed=is_confirmed)

        _write(act, session, id, taken, at)


def note_event(*, organization: UUID, by: Actor, id: UUID, session: UUID, what: str, words: str = "") -> None:
    """Note something that happened, in one tap.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.note_event") as act:
        _write(act, session, id, lambda told, state: acts.noting(told, state, what, words))


def strike(*, organization: UUID, by: Actor, id: UUID, session: UUID, entry: UUID, why: str) -> None:
    """Strike a reading or an event that was charted wrongly.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.strike") as act:
        _write(act, session, id, lambda told, state: acts.striking(told, state, entry, why))


def take_alarm(
    *, organization: UUID, by: Actor, id: UUID, session: UUID, alarm: UUID, done: str = ""
) -> None:
    """Take an alarm: somebody is there.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.take_alarm") as act:
        _write(act, session, id, lambda told, state: acts.taking_alarm(told, state, alarm, done))


def hold_dose(*, organization: UUID, by: Actor, id: UUID, session: UUID, why: str) -> None:
    """Record that the dose is not given now.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.hold_dose") as act:
        _write(act, session, id, lambda told, state: acts.holding(told, state, why))


def end_dose(*, organization: UUID, by: Actor, id: UUID, session: UUID, dose: UUID) -> None:
    """Record that the dose has run in.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.end_dose") as act:
        act.require(Permission.GIVE_DOSES)
        _write(act, session, id, lambda told, state: acts.ending(told, state, dose))


def move_to_recovery(*, organization: UUID, by: Actor, id: UUID, session: UUID) -> None:
    """Record that the person rests.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.move_to_recovery") as act:
        _write(act, session, id, lambda told, state: acts.moving_to_recovery(told, state))


def let_go(*, organization: UUID, by: Actor, id: UUID, session: UUID, to: Left, companion: str) -> None:
    """Let the person go home or to their lodging, once every criterion is met.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.let_go") as act:
        act.require(Permission.LET_GO)

        def left(told: Act, state: Session) -> Entry:
            findings = may_go_home(state, packaged_going_home(), told.happened_at, to)
            return acts.leaving(told, state, findings, to, companion)

        row, is_new = _write(act, session, id, left)
        if is_new:
            plans.end_session(
                organization=organization,
                by=by,
                id=uuid5(id, "plan"),
                session=row.planned_id,
                at=timezone.now(),
            )


def leave_undosed(*, organization: UUID, by: Actor, id: UUID, session: UUID, why: str) -> None:
    """Record that the person leaves without a dose, and why.

    Raises: Refused.
    """
    with acting(organization, by, "dosing_day.leave_undosed") as act:
        act.require(Permission.LET_GO)
        row, is_new = _write(act, session, id, lambda told, state: acts.leaving_undosed(told, state, why))
        if is_new:
            plans.miss_session(
                organization=organization, by=by, id=uuid5(id, "plan"), session=row.planned_id, because=why
            )


def _raise_alarm(act: Acting, id: UUID, person: UUID, level: str) -> None:
    """Open or raise the client's safety case, in the transaction that keeps the answer."""
    kind = kind_of_level(level)
    if kind is not None:
        why = f"C-SSRS since the last contact, asked before a dose: {level}."
        open_or_raise(act, id=id, person=person, kind=kind, why=why, at=timezone.now())


def _answered(told: Act, state: Session, *, item: str, said: str) -> Entry:
    return acts.answering(told, state, item, said)


def opened(act: Acting, session: UUID) -> DosingSession:
    """Return a session, locked, once this actor may chart in it.

    Raises: Refused.
    """
    row = store.found(act, session, is_locked=True)
    require_chart(act, row.person_id)
    act.require(Permission.CHART_SESSIONS, row.site_id)
    return row


def act_of(id: UUID, by: Actor, now: datetime, at: datetime | None = None) -> Act:
    """One act's own id, when it happened, when it was written down, and by whom."""
    return Act(id=id, happened_at=Instant(at or now), recorded_at=Instant(now), by=str(by.id))


def _write(
    act: Acting, session: UUID, id: UUID, make: Make, at: datetime | None = None
) -> tuple[DosingSession, bool]:
    row, now = opened(act, session), timezone.now()
    if at is not None and not row.arrived_at <= at <= now:
        raise Refused(_AHEAD)
    return row, add(act, row, act_of(id, act.actor, now, at), make)


def add(act: Acting, row: DosingSession, told: Act, make: Make) -> bool:
    """Add what ``make`` makes of the session as it stood, with the alarms it raises; say whether it was new.

    Raises: Refused.
    """
    rows = store.entry_rows(row.id)
    entry = make(told, session_from(before(entries_in(rows), told.id)))
    return _kept(act, row, rows, entry)


def _kept(act: Acting, row: DosingSession, rows: list[store.SessionEntry], entry: Entry) -> bool:
    if not store.add(act, row, rows, entry):
        return False
    session = store.session_in(rows)
    known = {alarm.id for alarm in session.alarms}
    for alarm in watched(session.readings, packaged_alarms()).alarms:
        # The reading and the level name an alarm: whoever tells the story again calls nobody twice.
        alarm_id = uuid5(alarm.reading, f"{alarm.sign.value} {alarm.level.name}")
        if alarm_id not in known:
            told = Act(id=alarm_id, happened_at=alarm.at, recorded_at=entry.recorded_at, by=entry.by)
            store.add(act, row, rows, acts.raising(told, alarm))
    store.write_again(row, store.session_in(rows), rows[-1].number)
    announce(act, CHANGED, row.id)
    return True
