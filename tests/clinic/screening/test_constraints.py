"""What the tables of screening promise by themselves, whoever writes to them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError

from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

NOON = datetime(2026, 1, 14, 12, tzinfo=UTC)


def write(bench, model, **told):
    with bench.house.acting():
        return model.objects.create(organization_id=bench.house.id, person_id=bench.person, **told).id


def link(bench, **more):
    from kap_clinic.screening.models import HistoryLink

    told = {"digest": "", "language": "en", "made_at": NOON, "made_by": new_id(), "expires_at": NOON, **more}
    return write(bench, HistoryLink, **told)


def answer(bench, **more):
    from kap_clinic.screening.models import HistoryAnswer

    told = {
        "question": "escort", "value": "yes", "version": 1, "language": "en", "is_confirmed": True,
        "answered_at": NOON, "answered_by": new_id(), "local_day": NOON.date(), **more,
    }  # fmt: skip
    return write(bench, HistoryAnswer, **told)


def signature(bench):
    from kap_clinic.screening.models import Signature

    told = {"number": 1, "previous": "", "digest": "", "text": "{}", "drug": "ketamine", "route": "iv"}
    return write(bench, Signature, **told, decision="wait", signed_at=NOON, signed_by=new_id())


def test_a_link_does_not_end_before_it_began(bench):
    with pytest.raises(IntegrityError, match="history_link_ends_after_it_began"):
        link(bench, expires_at=NOON - timedelta(seconds=1))


def test_a_withdrawn_link_says_who_and_when_or_neither(bench):
    with pytest.raises(IntegrityError, match="history_link_withdrawn_who_and_when"):
        link(bench, withdrawn_at=NOON)


def test_nothing_a_client_tells_by_link_is_ever_confirmed(bench):
    answer(bench)
    with pytest.raises(IntegrityError, match="history_answer_confirmed_by_staff"):
        answer(bench, link_id=link(bench))


def test_an_override_does_not_end_before_it_began(bench):
    from kap_clinic.screening.models import Override

    told = {"rule": "x", "verdict": "stop", "drug": "ketamine", "route": "iv", "why": "x", "reason": "x"}
    who = {"role": "medical_director", "made_at": NOON, "made_by": new_id()}
    with pytest.raises(IntegrityError, match="override_ends_after_it_began"):
        write(bench, Override, **told, **who, until=NOON - timedelta(seconds=1))


def test_two_signatures_of_a_person_never_carry_one_number(bench):
    signature(bench)
    with pytest.raises(IntegrityError, match="signature_number"):
        signature(bench)


def test_what_was_told_overridden_or_signed_is_never_changed(bench):
    from kap_clinic.screening.models import HistoryAnswer, Override, OverrideEntry, Signature

    for model in (HistoryAnswer, Override, OverrideEntry, Signature):
        with pytest.raises(ProgrammingError, match="permission denied"), bench.house.acting():
            model.objects.update(person_id=bench.person)
        with pytest.raises(ProgrammingError, match="permission denied"), bench.house.acting():
            model.objects.all()._raw_delete("default")
