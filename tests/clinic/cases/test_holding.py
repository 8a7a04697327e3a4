"""While a safety case is open nobody is signed on or dosed; one that only waits for a note holds nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.clinic.screening.conftest import bench
from tests.in_room import treatment

from kap.vocabulary.errors import Refused
from kap_clinic.cases import crises
from kap_clinic.cases.queries import open_safety_cases, safety_case_that_holds
from kap_clinic.cases.safety_answers import act_on
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database
__all__ = ["bench"]


def give(bench, instrument, item, level):
    with bench.house.acting(action="test.answer") as act:
        act_on(
            act, person_id=bench.person, asked_id=new_id(), instrument=instrument, item=item, value="1",
            level=level, at=datetime.now(UTC),
        )  # fmt: skip
        found = safety_case_that_holds(act, bench.person)
        return found.state.kind.id if found else None


def test_item_nine_holds_the_signature_and_a_low_risk_noted_does_not(bench):
    bench.make_whole()
    assert give(bench, "cssrs-screener", "1", "low") is None
    bench.sign()
    assert give(bench, "cssrs-screener", "3", "moderate") == "same-day-assessment"
    with pytest.raises(Refused, match="A safety case about this client is open"):
        bench.sign()
    assert bench.sign(decision="wait")[1] is True


def test_nobody_is_dosed_while_a_crisis_is_open_and_a_dose_given_before_is_not_refused_again(clinic):
    from kap_clinic.dosing_day import giving
    from kap_clinic.dosing_day.models import Administration, DosingSession

    day = treatment(clinic)
    session = day.timed_out()
    with day.house.acting():
        person = DosingSession.objects.get(id=session).person_id
    told = day.giving(session)
    crisis = {
        "organization": day.house.id,
        "by": day.staff["nurse"],
        "person": person,
        "why": "Said goodbye.",
    }
    case = crises.open_crisis(**crisis, id=new_id())
    with pytest.raises(Refused, match="no dose until it is closed"):
        giving.give(**told)
    with day.house.acting():
        assert Administration.objects.count() == 0
    crises.close_safety_case(
        organization=day.house.id, by=day.house.member("medical_director"), id=new_id(), case=case,
        outcome="raised-in-error", said_by="Ada Odum, MD", answer="A wrong number.",
    )  # fmt: skip
    given = giving.give(**told)
    crises.open_crisis(**crisis, id=new_id())
    assert giving.give(**told) == given


def test_a_high_answer_on_the_checklist_before_a_dose_opens_the_crisis_once(clinic):
    from kap_clinic.dosing_day import actions

    day = treatment(clinic)
    session = day.started()
    told = day.by("nurse", session=session, answers={"suicide-risk": "high"})
    for _ in range(2):
        actions.answer(**told)
    actions.answer(**day.by("nurse", session=session, answers={"suicide-risk": "none"}))
    with day.house.acting() as act:
        (line,) = open_safety_cases(act)
    assert (line.state.kind.id, line.tries) == ("crisis", 0)
