"""What the tables of measures promise by themselves, whoever writes to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from tests.clinic.measures.conftest import ALL_OF_GAD7

from kap_clinic.database.identity import new_id
from kap_clinic.measures import actions
from kap_clinic.measures.models import Answer, Asked, Followed, FormLink, Occasion, Reminder, Scored

pytestmark = pytest.mark.database

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)
EARLIER = NOON - timedelta(seconds=1)
LINK = {"digest": "", "language": "en", "made_at": NOON, "made_by": new_id(), "expires_at": NOON}
FOLLOWED = {
    "schedule": "usual@1",
    "starts_on": NOON.date(),
    "time_zone": "UTC",
    "begun_at": NOON,
    "begun_by": new_id(),
}
ASKED = {
    "instrument": "gad7", "version": 1, "filled_by": "staff", "language": "en", "anchor": "by-hand",
    "opens_at": NOON, "due_at": NOON, "expires_at": NOON, "asked_at": NOON, "asked_by": new_id(),
}  # fmt: skip


def test_no_row_says_who_without_when_or_ends_before_it_began(desk):
    broken = [
        (FormLink, {**LINK, "expires_at": EARLIER}, "form_link_ends_after_it_began"),
        (FormLink, {**LINK, "withdrawn_at": NOON}, "form_link_withdrawn_who_and_when"),
        (Followed, {**FOLLOWED, "stopped_by": new_id()}, "followed_stopped_who_and_when"),
        (Asked, {**ASKED, "due_at": EARLIER}, "asked_opens_before_it_ends"),
        (Asked, {**ASKED, "expires_at": EARLIER}, "asked_opens_before_it_ends"),
        (Asked, {**ASKED, "ended": "missed"}, "asked_ended_who_and_when"),
        (Asked, {**ASKED, "ended_at": NOON, "ended_by": new_id()}, "asked_ended_who_and_when"),
    ]
    with desk.house.acting() as act:
        for model, told, promise in broken:
            with pytest.raises(IntegrityError, match=promise), transaction.atomic():
                model.objects.create(organization_id=act.organization, person_id=desk.person, **told)


def test_a_score_has_its_own_number_and_a_message_is_claimed_once(desk):
    asked = desk.ask()
    actions.enter(**desk.by(desk.nurse, asked=asked, answers=ALL_OF_GAD7))
    link = desk.link()
    with desk.house.acting() as act:
        first = Scored.objects.get()
        again = {
            field.attname: getattr(first, field.attname) for field in Scored._meta.local_fields
        } | {"id": new_id()}  # fmt: skip
        with pytest.raises(IntegrityError, match="scored_number"), transaction.atomic():
            Scored.objects.create(**again)
        told = {"organization_id": act.organization, "link_id": link, "kind": "first", "claimed_at": NOON}
        Reminder.objects.create(**told)
        with pytest.raises(IntegrityError, match="reminder_once"), transaction.atomic():
            Reminder.objects.create(**told)


def test_answers_and_scores_are_only_added(desk):
    asked = desk.ask()
    actions.enter(**desk.by(desk.nurse, asked=asked, answers=ALL_OF_GAD7))
    with desk.house.acting():
        for change in (
            lambda: Answer.objects.update(value="3"),
            lambda: Answer.objects.all().delete(),
            lambda: Scored.objects.update(total=0),
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                change()


def test_no_row_refers_to_another_organization(desk, clinic):
    other = clinic.organization("Birch House")
    with other.acting() as act:
        told = {"organization_id": act.organization, "kind": "dose", "happens_at": NOON, "time_zone": "UTC"}
        with pytest.raises(IntegrityError, match="person"):
            with transaction.atomic():
                Occasion.objects.create(person_id=desk.person, **told)
                from django.db import connection

                connection.check_constraints()
