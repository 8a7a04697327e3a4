"""What people answered about suicide on any form, as screening and the dosing day count it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kap.instruments.definition import Instrument
from kap.screening.filled_forms import FilledForm, facts_from_forms, forms_about_suicide
from kap.screening.record import NotUnderstood
from kap.vocabulary.errors import Refused
from kap.vocabulary.facts import Fact
from kap.vocabulary.moments import Instant
from kap_clinic.database.door import Acting

from .models import Answer
from .shelf import definition_of
from .store import WITHDRAWN


def forms_about_suicide_of(
    act: Acting, people: Iterable[UUID], clock: str
) -> dict[UUID, list[FilledForm | NotUnderstood]]:
    """Return every such form these people answered as far as it goes, with one query for all of them.

    An answer counts as it was last corrected, on the day it was given. A form that was taken back was not
    finished: what was said in it stays said. Missing: who answered none is not in it; an answer that was
    passed over, or corrected to nothing, was not given. Whoever calls has checked that these charts are open.
    """
    rows = Answer.objects.filter(
        asked__person_id__in=set(people), asked__instrument__in=forms_about_suicide(),
        organization_id=act.organization,
    )  # fmt: skip
    together: dict[UUID, list[Answer]] = {}
    for row in rows.select_related("asked").order_by("recorded_at", "id"):
        together.setdefault(row.asked_id, []).append(row)
    found: dict[UUID, list[FilledForm | NotUnderstood]] = {}
    for answers in together.values():
        found.setdefault(answers[0].asked.person_id, []).append(_form(answers, clock))
    return found


def facts_about_suicide(act: Acting, person: UUID, clock: str) -> tuple[Fact, ...]:
    """Return what one person's forms say about suicide."""
    forms = forms_about_suicide_of(act, [person], clock).get(person, [])
    return facts_from_forms(form for form in forms if isinstance(form, FilledForm))[0]


def _form(answers: list[Answer], clock: str) -> FilledForm | NotUnderstood:
    asked = answers[0].asked
    place = f"form/{asked.id}"
    try:
        definition: Instrument = definition_of(asked.instrument, asked.version)
    except Refused as gone:
        return NotUnderstood(place, gone.sentence)
    # A correction says what was meant then; it does not make the form one of the day it is corrected.
    given_at = Instant(max(row.given_at for row in answers if not row.why))
    return FilledForm(
        definition=definition,
        answers={row.item: row.value for row in answers},
        when=given_at,
        local_day=given_at.day_in(clock),
        came_from=place,
        is_finished=asked.ended != WITHDRAWN,
    )
