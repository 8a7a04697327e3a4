"""Clearance requests.

A clearance request is a clocked case: somebody owns it, it is due on a day, and every try is written down.
The clock never closes it. When it is late the prescriber must know; two days later, the medical director.
Only a person closes it, with an outcome, and an answer names who gave it.
"""

import re
from uuid import UUID

import pytest
from tests.cases import cases

from kap.casework.case import Case
from kap.casework.kinds import CLEARANCE_REQUEST
from kap.casework.work import Act, attempt, case_from, closing, handing_over, opening
from kap.vocabulary.errors import Refused
from kap.vocabulary.moments import Instant

ASKED = Instant.parse("2026-11-02T09:00:00Z")
DUE = Instant.parse("2026-11-12T09:00:00Z")


def act(number: int, at: Instant, by: str = "nurse") -> Act:
    return Act(id=UUID(int=number), happened_at=at, recorded_at=at, by=by)


def asked() -> list:
    return [opening(act(1, ASKED), CLEARANCE_REQUEST, DUE, "nurse")]


@cases("""
    when somebody looks             | at                   | percent gone | late | who must know
    --------------------------------+----------------------+--------------+------+-----------------
    at the moment it was asked      | 2026-11-02T09:00:00Z |            0 | no   |
    halfway                         | 2026-11-07T09:00:00Z |           50 | no   |
    a minute before it is due       | 2026-11-12T08:59:00Z |           99 | no   |
    at the moment it is due         | 2026-11-12T09:00:00Z |          100 | yes  | prescriber
    a minute less than two days late| 2026-11-14T08:59:00Z |          100 | yes  | prescriber
    two days late                   | 2026-11-14T09:00:00Z |          100 | yes  | medical_director
    a month late                    | 2026-12-12T09:00:00Z |          100 | yes  | medical_director
""")
def test_a_request_that_nobody_answers_rises(
    at: Instant, percent_gone: int, late: bool, who_must_know: str | None
) -> None:
    case = case_from(asked())
    assert (case.percent_gone(at), case.is_late(at), case.risen_to(at)) == (percent_gone, late, who_must_know)


@cases("""
    how it ended                          | outcome                 | answered by           | refused because
    --------------------------------------+-------------------------+-----------------------+----------------
    cleared by a named specialist         | cleared                 | Dr. Odum, cardiology  |
    cleared with conditions               | cleared-with-conditions | Dr. Odum, cardiology  |
    not cleared                           | not-cleared             | Dr. Odum, cardiology  |
    no longer needed, so nobody answered  | no-longer-needed        |                       |
    cleared by nobody in particular       | cleared                 |                       | Say who gave
    refused by nobody in particular       | not-cleared             |                       | Say who gave
""")
def test_only_a_named_person_answers(
    outcome: str, answered_by: str | None, refused_because: str | None
) -> None:
    case = case_from(asked())
    if refused_because:
        with pytest.raises(Refused, match=re.escape(refused_because)):
            closing(act(2, DUE), case, outcome, answered_by or "")
        return
    entries = [*asked(), closing(act(2, DUE), case, outcome, answered_by or "")]
    ended = case_from(entries).closing
    assert ended is not None
    assert (ended.outcome, ended.said_by, ended.by) == (outcome, answered_by or "", "nurse")


def test_every_try_is_kept_and_does_not_stop_the_clock() -> None:
    entries = asked()
    for day in (3, 4):
        at = Instant.parse(f"2026-11-0{day}T10:00:00Z")
        entries.append(attempt(act(day, at), case_from(entries), f"Telephoned on day {day}, no answer."))
    case = case_from(entries)
    assert [one.how for one in case.attempts] == [
        "Telephoned on day 3, no answer.",
        "Telephoned on day 4, no answer.",
    ]
    assert case.is_late(DUE)


def closed() -> Case:
    entries = asked()
    return case_from([*entries, closing(act(2, DUE), case_from(entries), "cleared", "Dr. Odum, cardiology")])


def test_a_closed_request_is_never_late_and_takes_no_further_act() -> None:
    case = closed()
    assert (case.is_late(Instant.parse("2027-01-01T00:00:00Z")), case.risen_to(DUE)) == (False, None)
    for further in (
        lambda: attempt(act(3, DUE), case, "Telephoned."),
        lambda: handing_over(act(3, DUE), case, "prescriber"),
        lambda: closing(act(3, DUE), case, "cleared", "Dr. Odum, cardiology"),
    ):
        with pytest.raises(Refused, match="This case is closed"):
            further()
