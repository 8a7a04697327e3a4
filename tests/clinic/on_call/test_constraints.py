"""What the tables of calls promise by themselves, whoever writes to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from kap_clinic.cases.models import Case
from kap_clinic.database.identity import new_id
from kap_clinic.on_call.models import CallMade, Duty

pytestmark = pytest.mark.database

NOW = datetime.now(UTC)


def refused(error, write):
    with pytest.raises(error), transaction.atomic():
        write()


def test_a_step_is_claimed_once_a_person_has_one_open_safety_case_and_a_call_is_never_changed(station):
    case = station.crisis()
    claim = {"organization_id": station.house.id, "case_id": case, "key": "crisis/1/now", "who": "on-call"}
    with station.house.acting(action="test.write"):
        call = CallMade.objects.create(**claim, due_at=NOW, made_at=NOW)
        refused(IntegrityError, lambda: CallMade.objects.create(**claim, due_at=NOW, made_at=NOW))
        refused(DatabaseError, lambda: CallMade.objects.filter(id=call.id).update(who="backup"))
        row = Case.objects.get(id=case)
        row.id = new_id()
        refused(IntegrityError, lambda: row.save(force_insert=True))
        duty = Duty(
            organization_id=station.house.id, member_id=station.nurse.id, place="on-call", starts_at=NOW,
            ends_at=NOW - timedelta(hours=1), made_at=NOW, made_by=station.nurse.id,
        )  # fmt: skip
        refused(IntegrityError, duty.save)
