"""What the tables of cases promise by themselves, whoever writes to them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, ProgrammingError

from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)


def test_a_closed_case_says_who_and_when_or_neither(desk):
    from kap_clinic.cases.models import Case

    case = desk.ask()
    with pytest.raises(IntegrityError, match="case_closed_who_and_when"), desk.house.acting():
        Case.objects.filter(id=case).update(closed_at=NOON)


def test_two_entries_of_a_case_never_carry_one_number(desk):
    from kap_clinic.cases.models import CaseEntry

    case = desk.ask()
    with pytest.raises(IntegrityError, match="case_entry_number"), desk.house.acting():
        CaseEntry.objects.create(
            organization_id=desk.house.id, case_id=case, number=1, previous="", digest="", text="{}",
            recorded_at=NOON, recorded_by=new_id(),
        )  # fmt: skip


def test_an_entry_is_never_changed_nor_taken_out(desk):
    from kap_clinic.cases.models import CaseEntry

    desk.ask()
    for spoil in (lambda: CaseEntry.objects.update(text="{}"), lambda: CaseEntry.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), desk.house.acting():
            spoil()


def test_a_case_cannot_concern_a_person_of_another_house(desk, clinic):
    from kap_clinic.cases.models import Case
    from kap_clinic.people.actions import open_chart

    other, person, case = clinic.organization("Juniper"), new_id(), desk.ask()
    open_chart(organization=other.id, by=other.program, id=person, name="Ben Tal", birth="1980")
    with pytest.raises(IntegrityError, match="cases_case_person_within"), desk.house.acting():
        Case.objects.filter(id=case).update(person_id=person)
