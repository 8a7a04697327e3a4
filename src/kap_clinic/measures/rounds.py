"""What schedules ask by now: worked out anew from the schedule, the doses and the answers, and then asked.

No timer is kept, so that a stopped server asks late and never forgets. A form is asked once an occasion,
under an id made from the schedule a client follows, the round and the occasion.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from kap.instruments.definition import AnsweredBy
from kap.instruments.loading_schedules import schedule
from kap.instruments.schedules import Anchor, Dose, DueForm, due_forms
from kap.vocabulary.errors import KapError
from kap.vocabulary.moments import Instant
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, acting
from kap_clinic.people.access import person_in

from . import asking
from .asking import LINK, RATER, STAFF, Timing
from .links import give_link, page_language
from .models import Asked, Followed, Occasion, Scored
from .shelf import definition_of

LOG = logging.getLogger("kap.measures")
CLOCK = Actor.program("schedules of forms")
LOOK = "measures.look"
DOSE = "dose"
_ANCHORS = {
    Anchor.START: asking.CALENDAR,
    Anchor.BEFORE_DOSE: asking.BEFORE_DOSE,
    Anchor.AFTER_DOSE: asking.AFTER_DOSE,
}


def ask_what_is_due(organization: UUID, at: datetime) -> int:
    """Ask every form that is due by now, each client in a transaction of their own; return how many."""
    with acting(organization, CLOCK, LOOK) as act:
        rows = Followed.objects.filter(stopped_at=None, organization_id=act.organization)
        running = tuple(rows.order_by("id").values_list("id", flat=True))
    return sum(_ask_or_log(organization, followed, at) for followed in running)


def _ask_or_log(organization: UUID, followed: UUID, at: datetime) -> int:
    """One client's trouble must not keep the forms of the next from being asked."""
    try:
        return _ask_one(organization, followed, at)
    except KapError as failed:
        LOG.error("a schedule could not be asked: %s", failed)
        return 0


def _ask_one(organization: UUID, followed: UUID, at: datetime) -> int:
    with acting(organization, CLOCK, "measures.ask_by_schedule") as act:
        row = Followed.objects.select_for_update().filter(id=followed, organization_id=act.organization).get()
        due = [form for form in forms_of(act, row) if form.is_open(Instant(at))]
        if row.stopped_at is not None or not due:
            act.action = LOOK
            return 0
        new = [form for form in _not_asked(act, row, due) if _ask(act, row, form)]
        if any(row.filled_by == LINK for row in _asked_now(act, row, new)):
            give_link(
                organization=organization, by=CLOCK, id=uuid5(followed, f"link {at.isoformat()}"),
                person=row.person_id, language=page_language(person_in(act, row.person_id).language),
            )  # fmt: skip
        return len(new)


def forms_of(act: Acting, row: Followed) -> list[DueForm]:
    """Return every form a schedule asks of one client, with the doses as they stand."""
    doses = Occasion.objects.filter(
        person_id=row.person_id, kind=DOSE, called_off_at=None, organization_id=act.organization
    )
    given = [Dose(str(dose.id), Instant(dose.happens_at)) for dose in doses.order_by("happens_at")]
    return due_forms(schedule(row.schedule.partition("@")[0]), row.starts_on, row.time_zone, given)


def _not_asked(act: Acting, row: Followed, due: list[DueForm]) -> list[DueForm]:
    """Leave out what was asked already, is open now, or was answered inside its window."""
    ids = {form: id_of(row, form) for form in due}
    known = set(
        Asked.objects.filter(id__in=ids.values(), organization_id=act.organization).values_list(
            "id", flat=True
        )
    )
    mine = {"person_id": row.person_id, "organization_id": act.organization}
    is_open = set(Asked.objects.filter(ended="", **mine).values_list("instrument", flat=True))
    answered: dict[str, list[Instant]] = {}
    for instrument, given_at in Scored.objects.filter(**mine).values_list("instrument", "happened_at"):
        answered.setdefault(instrument, []).append(Instant(given_at))
    found: dict[str, DueForm] = {}
    for form in due:
        if ids[form] in known or form.form in is_open or form.is_answered(answered.get(form.form, ())):
            continue
        # Two rounds that open together ask the same form once.
        found.setdefault(form.form, form)
    return list(found.values())


def _ask(act: Acting, row: Followed, form: DueForm) -> bool:
    definition = definition_of(form.form)
    person = person_in(act, row.person_id)
    language = person.language or "en"
    filled_by = RATER if definition.about.answered_by is AnsweredBy.CLINICIAN else LINK
    if filled_by == LINK and not asking.may_be_sent(act, definition, language, person.site_id):
        filled_by = STAFF
    is_dose = form.anchor is not Anchor.START
    timing = Timing(
        opens_at=form.opens_at.at, due_at=form.due_at.at, expires_at=form.closes_at.at,
        anchor=_ANCHORS[form.anchor], anchored_to=UUID(form.occasion) if is_dose else None,
    )  # fmt: skip
    return asking.ask(
        organization=act.organization, by=act.actor, id=id_of(row, form), person=row.person_id,
        instrument=form.form, filled_by=filled_by, timing=timing, followed=row.id,
        # What goes by link was found fit to be read in the client's language; staff read the original.
        language=language if filled_by == LINK else "en",
    )  # fmt: skip


def _asked_now(act: Acting, row: Followed, forms: Iterable[DueForm]) -> Iterable[Asked]:
    return Asked.objects.filter(id__in=[id_of(row, form) for form in forms], organization_id=act.organization)


def id_of(row: Followed, form: DueForm) -> UUID:
    """Return the id under which a form is asked on its occasion."""
    return uuid5(row.id, f"{form.round} {form.form} {form.occasion}")
