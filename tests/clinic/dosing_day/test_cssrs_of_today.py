"""The C-SSRS of the day is read from its form; it is typed only where nobody filled one in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from tests.in_room import Treatment

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database


def test_a_form_of_today_is_read_and_refuses_the_dose_when_it_is_high(day: Treatment) -> None:
    from kap_clinic.cases.crises import close_safety_case
    from kap_clinic.dosing_day import actions, giving

    session = day.started()
    browser, room = day.pharmacy.ward.client("nurse"), f"/dosing-day/{session}/"
    assert risk(day, session) == "unknown"
    assert 'name="suicide_risk"' in browser.get(room).content.decode()
    rated(day, "1=0 2=0 6=0")
    assert risk(day, session) == "proceed"
    assert 'name="suicide_risk"' not in browser.get(room).content.decode()
    asked_at = datetime.now(UTC).isoformat()
    browser.post(f"{room}checklist/", {"id": str(new_id()), "identity": "yes", "asked_at": asked_at})
    assert day.file(session).session.checklist["suicide-risk"].value == "none"
    rated(day, "1=1 2=1 5=1 6=0")
    assert risk(day, session) == "stop"
    day.answer_all(session)
    day.read(session)
    assert risk(day, session) == "stop"
    [case] = cases(day)
    close_safety_case(
        organization=day.house.id, by=day.house.member("medical_director"), id=new_id(), case=case.id,
        outcome="raised-in-error", said_by="Ada Odum, MD", answer="Seen; the form is to be asked again.",
    )  # fmt: skip
    with pytest.raises(Refused, match="C-SSRS since the last contact says: high"):
        giving.time_out(**day.by("nurse", session=session, second=day.second))
    actions.answer(**day.by("nurse", session=session, answers={"suicide-risk": "high"}))
    assert cases(day) == []


def rated(day: Treatment, given: str) -> None:
    """Rate the form since the last contact, written `question=answer`."""
    from kap_clinic.measures.actions import enter
    from kap_clinic.measures.asking import ask

    person = day.pharmacy.ward.person
    asked = day.by("nurse", person=person, instrument="cssrs-since-last-contact", filled_by="rater")
    ask(**asked)
    answers = dict(pair.split("=") for pair in given.split())
    enter(**day.by("nurse", asked=asked["id"], answers=answers))


def risk(day: Treatment, session: UUID) -> str:
    """What the time-out would say of the risk of suicide."""
    from kap_clinic.dosing_day.queries import before_the_dose

    file = day.file(session)
    with day.house.acting(day.staff["nurse"]) as act:
        found = before_the_dose(act, file, datetime.now(UTC))
    return next(one.verdict.value for one in found if one.rule == "suicide-risk")


def cases(day: Treatment) -> list[Any]:
    """The safety cases that are open."""
    from kap_clinic.cases.queries import open_safety_cases

    with day.house.acting() as act:
        return list(open_safety_cases(act))
