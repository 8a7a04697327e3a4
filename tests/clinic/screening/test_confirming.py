"""A clinician confirms the history with the client; a confirmed no ends what an earlier yes began."""

from __future__ import annotations

import pytest
from tests.clinic.screening.conftest import NOTHING_EVER

from kap.vocabulary.errors import Refused
from kap_clinic.database.identity import new_id
from kap_clinic.screening import telling

pytestmark = pytest.mark.database


def test_confirming_a_no_ends_what_an_earlier_yes_began(bench):
    from kap_clinic.screening.links import answer, give_link
    from kap_clinic.screening.tokens import token_of

    link = bench.by(bench.nurse, language="en")
    give_link(**link)
    told = {"organization": bench.house.id, "link": link["id"], "token": token_of(link["id"])}
    answer(**told, id=new_id(), question="aneurysm-or-avm", value="yes")
    answer(**told, id=new_id(), question="aneurysm-or-avm", value="no")
    assert bench.verdicts()["aneurysm-avm"] == "stop"
    client = bench.house.client_for(bench.nurse)
    page = client.get(f"/screening/{bench.person}/history/").content.decode()
    assert "Yes (told by the client" in page
    answers = {f"q-{question}": value for question, value in NOTHING_EVER.items()}
    sent = client.post(f"/screening/{bench.person}/history/", {"id": str(new_id()), **answers})
    assert sent.status_code == 302
    assert bench.verdicts()["aneurysm-avm"] == "proceed"


def test_a_history_is_confirmed_by_staff_who_may_and_not_with_nothing(bench):
    with pytest.raises(Refused, match="Nothing was filled in"):
        telling.confirm_history(**bench.by(bench.nurse, answers={}))
    with pytest.raises(Refused, match="no such question or answer"):
        telling.confirm_history(**bench.by(bench.nurse, answers={"shoe-size": "yes"}))
    therapist = bench.house.member("therapist")
    with pytest.raises(Refused, match="You may not confirm a health history"):
        telling.confirm_history(**bench.by(therapist, answers=NOTHING_EVER))
    assert bench.whole().told == ()
    assert bench.house.trail()[-1] == ("screening.confirm_history", "refused", therapist.id)
