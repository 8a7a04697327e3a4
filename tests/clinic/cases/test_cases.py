"""Cases: opened by who may ask, tried by who works on them, closed by a named answer; each act sealed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kap.histories.chain import first_break
from kap.vocabulary.errors import Refused
from kap_clinic.cases import actions, queries
from kap_clinic.database.identity import new_id

pytestmark = pytest.mark.database

NEXT_MONTH = (datetime.now(UTC) + timedelta(days=30)).date()


def act(desk, case, by=None, **said):
    return {"organization": desk.house.id, "by": by or desk.nurse, "id": new_id(), "case": case, **said}


def stands(desk, case):
    with desk.house.acting() as open_act:
        return queries.case_file(open_act, case)


def test_a_prescriber_asks_and_owns_the_request_and_the_trail_says_so(desk):
    case = desk.ask()
    found = stands(desk, case)
    assert (found.line.person_name, found.line.asked_of, found.line.owner_name, found.line.state.is_open) == (
        "Ana Keller", "Primary care", "Priya Natarajan", True,
    )  # fmt: skip
    assert [entry.kind for entry in found.entries] == ["case_opened@1"]
    assert desk.house.trail()[-1] == ("cases.ask_clearance", "done", desk.prescriber.id)


def test_a_nurse_does_not_ask_for_a_clearance_and_the_refusal_is_in_the_trail(desk):
    with pytest.raises(Refused, match="ask a specialty to clear a finding; that is the work of: Prescriber"):
        desk.ask(by=desk.nurse)
    with desk.house.acting() as open_act:
        assert queries.open_cases(open_act) == []
    assert desk.house.trail()[-1] == ("cases.ask_clearance", "refused", desk.nurse.id)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"asked_of": " "}, "Say who is asked"),
        ({"question": " "}, "Write what the specialty should answer"),
        ({"due_on": datetime(2020, 1, 1, tzinfo=UTC).date()}, "The day must lie ahead"),
        ({"person": new_id()}, "no chart with this id"),
        ({"owner": new_id()}, "Nobody who works here now"),
    ],
)
def test_what_makes_no_request_is_refused_with_a_sentence(desk, wrong, says):
    with pytest.raises(Refused, match=says):
        desk.ask(**wrong)


def test_the_same_click_twice_asks_once(desk):
    said = desk.asked()
    assert [actions.ask_clearance(**said), actions.ask_clearance(**said)] == [True, False]
    with pytest.raises(Refused, match="already recorded with other content"):
        actions.ask_clearance(**{**said, "asked_of": "Cardiology"})
    with desk.house.acting() as open_act:
        assert [line.asked_of for line in queries.open_cases(open_act)] == ["Primary care"]


def test_attempts_are_kept_and_a_second_click_counts_once(desk):
    case = desk.ask()
    said = act(desk, case, how="Telephoned, they call back on Thursday.")
    actions.record_attempt(**said)
    actions.record_attempt(**said)
    with pytest.raises(Refused, match="already recorded with other content"):
        actions.record_attempt(**{**said, "how": "Never telephoned."})
    found = stands(desk, case)
    assert found.line.tries == 1
    assert [entry.body for entry in found.entries][1:] == [{"how": "Telephoned, they call back on Thursday."}]


def test_a_case_is_handed_over_to_somebody_who_works_here(desk):
    case = desk.ask()
    actions.hand_over(**act(desk, case, owner=desk.nurse.id))
    assert stands(desk, case).line.owner_name == "Rosa Marquez"
    with pytest.raises(Refused, match="owns the case already"):
        actions.hand_over(**act(desk, case, owner=desk.nurse.id))


def test_a_named_answer_closes_the_case_until_a_day_and_nothing_follows(desk):
    case = desk.ask()
    said = act(
        desk, case, by=desk.prescriber, outcome="cleared-with-conditions", said_by="Dr. Odum, primary care",
        answer="Measure twice daily.", counts_until=NEXT_MONTH,
    )  # fmt: skip
    actions.close(**said)
    actions.close(**said)
    line = stands(desk, case).line
    assert (line.state.closing.outcome, line.state.closing.said_by, line.answer, line.counts_until) == (
        "cleared-with-conditions", "Dr. Odum, primary care", "Measure twice daily.", NEXT_MONTH,
    )  # fmt: skip
    with pytest.raises(Refused, match="This case is closed"):
        actions.record_attempt(**act(desk, case, how="Telephoned."))
    with desk.house.acting() as open_act:
        assert queries.open_cases(open_act) == []
        assert [one.id for one in queries.clearances_of(open_act, [desk.person])[desk.person]] == [case]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"said_by": " "}, "Say who gave this answer"),
        ({"counts_until": None}, "A clearance counts for a time"),
        ({"outcome": "cleared-with-conditions"}, "Write down the conditions"),
        ({"counts_until": datetime(2020, 1, 1, tzinfo=UTC).date()}, "at least until today"),
    ],
)
def test_an_answer_that_says_too_little_closes_nothing(desk, wrong, says):
    case = desk.ask()
    said = {"outcome": "cleared", "said_by": "Dr. Odum, primary care", "counts_until": NEXT_MONTH, **wrong}
    with pytest.raises(Refused, match=says):
        actions.close(**act(desk, case, by=desk.prescriber, **said))
    assert stands(desk, case).line.state.is_open


def test_a_nurse_tries_and_does_not_answer_and_a_custodian_does_neither(desk):
    case = desk.ask()
    with pytest.raises(Refused, match="that is the work of: Prescriber"):
        actions.close(**act(desk, case, outcome="no-longer-needed"))
    custodian = desk.house.member("custodian")
    with pytest.raises(Refused, match="record what was tried"):
        actions.record_attempt(**act(desk, case, by=custodian, how="Telephoned."))
    with pytest.raises(Refused, match="record what was tried"):
        actions.hand_over(**act(desk, case, by=custodian, owner=desk.nurse.id))


def test_a_nurse_of_another_site_sees_no_case_of_this_one(desk):
    from kap_clinic.organizations.actions import add_site
    from kap_clinic.people.actions import open_chart

    cedar, harbor, person = new_id(), new_id(), new_id()
    administrator = desk.house.member("administrator")
    for site, name in ((cedar, "Cedar"), (harbor, "Harbor")):
        add_site(organization=desk.house.id, by=administrator, id=site, name=name, time_zone="America/Denver")
    open_chart(organization=desk.house.id, by=desk.nurse, id=person, name="Ben Tal", birth="1980", site=cedar)
    case = desk.ask(person=person)
    stranger = desk.house.member("nurse", sites=[harbor])
    with pytest.raises(Refused, match="not at this site"):
        actions.record_attempt(**act(desk, case, by=stranger, how="Telephoned."))
    client = desk.house.client_for(stranger)
    assert client.get(f"/cases/{case}/").status_code == 403
    assert "Ben Tal" not in client.get("/cases/").content.decode()


def test_every_act_is_sealed_after_the_one_before_it(desk):
    from kap.histories.chain import SealedRow
    from kap_clinic.cases.models import CaseEntry

    case = desk.ask()
    for how in ("Telephoned.", "Wrote a letter."):
        actions.record_attempt(**act(desk, case, how=how))
    with desk.house.acting():
        rows = [
            SealedRow(row.number, row.previous, row.text, row.digest)
            for row in CaseEntry.objects.order_by("number")
        ]
    assert ([row.number for row in rows], first_break(rows)) == ([1, 2, 3], None)


def test_the_pages_show_the_case_and_close_it(desk):
    case = desk.ask()
    client = desk.house.client_for(desk.prescriber)
    assert "Clearance request, asked of Primary care" in client.get("/cases/").content.decode()
    page = client.get(f"/cases/{case}/").content.decode()
    assert "164/96 on three days: may she begin?" in page
    told = {
        "id": str(new_id()), "outcome": "cleared", "said_by": "Dr. Odum, primary care",
        "counts_until_0": str(NEXT_MONTH.month), "counts_until_1": str(NEXT_MONTH.day),
        "counts_until_2": str(NEXT_MONTH.year),
    }  # fmt: skip
    names = {
        f"counts_until_{part}": told[f"counts_until_{n}"] for n, part in enumerate(("month", "day", "year"))
    }
    answer = client.post(f"/cases/{case}/answer/", {**told, **names})
    assert answer.status_code == 302, answer.content.decode()
    assert "Cleared, said by Dr. Odum, primary care" in client.get(f"/cases/{case}/").content.decode()


def test_the_list_asks_the_database_as_often_for_three_cases_as_for_one(desk, queries_of):
    client = desk.house.client_for(desk.prescriber)
    desk.ask()
    client.get("/cases/")
    one = queries_of(client, "/cases/")
    desk.ask()
    desk.ask()
    assert queries_of(client, "/cases/") == one


def test_nobody_without_the_permission_opens_the_pages(desk):
    case = desk.ask()
    inspector = desk.house.client_for(desk.house.member("inspector"))
    nurse = desk.house.client_for(desk.nurse)
    assert [inspector.get(page).status_code for page in ("/cases/", f"/cases/{case}/")] == [403, 403]
    pages = [f"/cases/{case}/{page}/" for page in ("attempt", "hand-over", "answer")]
    assert [nurse.get(page).status_code for page in pages] == [200, 200, 403]


def test_the_day_board_shows_a_late_case_to_everybody_and_one_in_time_to_its_owner(desk):
    from kap_clinic.cases.models import Case
    from kap_clinic.organizations.actions import add_site

    administrator = desk.house.member("administrator")
    told = {"name": "Cedar", "time_zone": "America/Denver", "by": administrator, "id": new_id()}
    add_site(organization=desk.house.id, **told)
    case = desk.ask()
    boards = {who: desk.house.client_for(who) for who in (desk.prescriber, desk.nurse)}

    def says(who):
        return "Clearance request, asked of Primary care" in boards[who].get("/").content.decode()

    assert [says(who) for who in boards] == [True, False]
    with desk.house.acting(action="test.wait"):
        earlier = datetime.now(UTC) - timedelta(days=3)
        Case.objects.filter(id=case).update(due_at=earlier, opened_at=earlier - timedelta(days=1))
    assert [says(who) for who in boards] == [True, True]
    assert "the medical director must know" in boards[desk.nurse].get("/cases/").content.decode()
