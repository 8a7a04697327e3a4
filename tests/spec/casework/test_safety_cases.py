"""Safety answers, crises and who is called.

An answer about suicide opens a case, and a worse answer raises the same case: a person has one. Nobody is left
to remember it: while nobody acknowledges the case, calls climb from who is on call to everybody, each at its own
minute, computed from what is stored. Acknowledging stops the climbing and not the clock: a case that is late all
the same calls the medical director. Only a named person closes it, and a crisis ends as safe only after lethal
means were talked about and a safety plan was given.
"""

import re
from uuid import UUID

import pytest
from tests.cases import cases

from kap.casework.calls import Called, calls_of, is_of_a_late_case, what_is_due, who_hears
from kap.casework.case import Case
from kap.casework.kinds import KINDS, kind_of
from kap.casework.safety import CRISIS, is_worse, kind_of_level
from kap.casework.work import Act, case_from, closing, noting, opening, raising
from kap.histories.entries import Entry
from kap.vocabulary.errors import InputError, Refused
from kap.vocabulary.moments import Instant
from kap.vocabulary.spans import Span

NIGHT = Instant.parse("2026-12-25T02:00:00Z")


def act(number: int, at: Instant, by: str = "nurse") -> Act:
    return Act(id=UUID(int=number), happened_at=at, recorded_at=at, by=by)


def opened(kind_id: str, at: Instant = NIGHT) -> list[Entry]:
    kind = kind_of(kind_id)
    assert kind.lasts is not None
    return [opening(act(1, at), kind, at.plus(kind.lasts), "nurse")]


def due(case: Case, at: Instant) -> str:
    return ", ".join(one.call.who.value for one in what_is_due(case, at))


@cases("""
    what was answered                            | level    | opens or raises to  | hours it may take
    ---------------------------------------------+----------+---------------------+------------------
    an answer that is only to be read            | note     |                     |
    PHQ-9 item 9 above zero                      | screen   | safety-questions    |  1
    C-SSRS question 1 or 2                       | low      | safety-note         | 24
    C-SSRS question 3, or behavior long ago      | moderate | same-day-assessment |  8
    MADRS item 10 of 4 or more                   | urgent   | same-day-assessment |  8
    C-SSRS question 4 or 5, or recent behavior   | high     | crisis              |  1
""")
def test_what_an_answer_asks_for(
    level: str, opens_or_raises_to: str | None, hours_it_may_take: int | None
) -> None:
    kind = kind_of_level(level)
    if kind is None:
        assert (opens_or_raises_to, hours_it_may_take) == (None, None)
        return
    assert (kind.id, kind.lasts) == (opens_or_raises_to, Span.hours(hours_it_may_take or 0))


def test_a_level_no_instrument_declares_is_a_mistake() -> None:
    with pytest.raises(InputError, match="moderate, urgent, high, not 'total'"):
        kind_of_level("total")


@cases("""
    what waits and what comes              | now                 | then                | raised
    ---------------------------------------+---------------------+---------------------+-------
    the questions, and they found low risk | safety-questions    | safety-note         | yes
    a note, and question 3 was yes         | safety-note         | same-day-assessment | yes
    a note waits, and item 9 once more     | safety-note         | safety-questions    | yes
    an assessment, and question 4 was yes  | same-day-assessment | crisis              | yes
    the questions, and question 5 was yes  | safety-questions    | crisis              | yes
    a crisis, and item 9 once more         | crisis              | safety-questions    | no
    an assessment, and question 3 again    | same-day-assessment | same-day-assessment | no
    hours ahead nobody covers, now one     | roster-gap          | unheard             | no
    a drill is never raised                | crisis-drill        | crisis              | no
    a clearance is no safety case          | clearance-request   | crisis              | no
""")
def test_a_case_is_only_raised(now: str, then: str, raised: bool) -> None:
    assert is_worse(kind_of(then), kind_of(now)) is raised


@cases("""
    minutes since a crisis opened | minutes | called by then
    ------------------------------+---------+----------------------------------------------
    at once                       |       0 | on-call
    a minute before the backup    |       4 | on-call
    five minutes                  |       5 | on-call, backup
    a minute before the director  |       9 | on-call, backup
    ten minutes                   |      10 | on-call, backup, medical-director
    fourteen minutes              |      14 | on-call, backup, medical-director
    fifteen minutes               |      15 | on-call, backup, medical-director, everybody
    a minute before it is again   |      29 | on-call, backup, medical-director, everybody
    everybody again               |      30 | on-call, backup, medical-director, everybody, everybody
    and again, the newest alone   |      45 | on-call, backup, medical-director, everybody, everybody
    late besides: the director    |      60 | on-call, backup, medical-director, everybody, everybody, medical-director
    after a night's silence       |     600 | on-call, backup, medical-director, everybody, everybody, medical-director
""")
def test_nobody_answers_a_crisis_and_it_climbs(minutes: int, called_by_then: str) -> None:
    assert due(case_from(opened("crisis")), NIGHT.plus(Span.minutes(minutes))) == called_by_then


def test_the_first_call_goes_out_though_the_clock_was_set_back_behind_the_opening() -> None:
    later = NIGHT.plus(Span.hours(1))
    assert due(case_from(opened("crisis", later)), NIGHT) == "on-call"
    assert due(case_from(opened("safety-note", later)), NIGHT) == ""


@cases("""
    what waits                      | kind                | asked after minutes | again | under the key
    --------------------------------+---------------------+---------------------+-------+---------------
    everybody was called            | crisis              |                  29 |       |
    a quarter of an hour later      | crisis              |                  30 |     1 | 4+1
    a minute before the next time   | crisis              |                  44 |     1 | 4+1
    the next time                   | crisis              |                  45 |     2 | 4+2
    a drill does not go on for ever | crisis-drill        |                 600 |       |
    moderate risk                   | same-day-assessment |                 600 |       |
    a kind that calls nobody        | safety-note         |                 600 |       |
""")
def test_what_is_called_again_until_somebody_takes_it(
    kind: str, asked_after_minutes: int, again: int | None, under_the_key: str | None
) -> None:
    found = what_is_due(case_from(opened(kind)), NIGHT.plus(Span.minutes(asked_after_minutes)))
    repeated = [(one.again, one.key.split("/")[1]) for one in found if one.again]
    assert repeated == ([(again, under_the_key)] if again else [])


@cases("""
    kind of case                      | kind                | called after minutes
    ----------------------------------+---------------------+------------------------------------------------
    the questions are to be asked     | safety-questions    | on-call 0, backup 30, medical-director 60
    low risk is a note, and no call   | safety-note         |
    moderate risk is assessed today   | same-day-assessment | on-call 0, backup 30, medical-director 60
    a crisis                          | crisis              | on-call 0, backup 5, medical-director 10, everybody 15
    a drill climbs like a crisis      | crisis-drill        | on-call 0, backup 5, medical-director 10, everybody 15
    a roster that might not hear      | unheard             | backup 0, medical-director 30
    hours ahead that nobody covers    | roster-gap          | medical-director 0
    a clearance calls nobody          | clearance-request   |
""")
def test_who_is_called_and_when(kind: str, called_after_minutes: str | None) -> None:
    said = [f"{one.who.value} {one.after.in_unit('min')}" for one in kind_of(kind).calls]
    assert ", ".join(said) == (called_after_minutes or "")


@cases("""
    what became of the steps                          | step 1 in vain at | step 2 in vain at | asked after | calls due
    --------------------------------------------------+-------------------+-------------------+-------------+----------------------------
    nothing is known: each at its minute              |                   |                   |           4 | on-call
    nobody picked up in the first minute              |                 1 |                   |           1 | on-call, backup
    known, but asked about the minute before          |                 2 |                   |           1 | on-call
    the backup did not pick up either                 |                 1 |                 2 |           2 | on-call, backup, medical-director
    the others still have their minute                |                 1 |                 2 |          14 | on-call, backup, medical-director
    everybody at the minute of the last step          |                 1 |                 2 |          15 | on-call, backup, medical-director, everybody
    learned only after the minute: it had climbed     |                 7 |                   |           5 | on-call, backup
""")
def test_a_step_that_reached_nobody_brings_the_next_one_forward(
    step_1_in_vain_at: int | None, step_2_in_vain_at: int | None, asked_after: int, calls_due: str
) -> None:
    case = case_from(opened("crisis"))
    keys = [one.key for one in calls_of(case)]
    known = {
        key: NIGHT.plus(Span.minutes(minute))
        for key, minute in zip(keys, (step_1_in_vain_at, step_2_in_vain_at), strict=False)
        if minute is not None
    }
    found = what_is_due(case, NIGHT.plus(Span.minutes(asked_after)), known)
    assert ", ".join(one.call.who.value for one in found) == calls_due
    minutes = [call.after for call in case.kind.calls]
    hurried = [one.due_at < NIGHT.plus(after) for one, after in zip(found, minutes, strict=False)]
    assert [one.is_hurried for one in found] == hurried


@cases("""
    what was done                                 | acknowledged after | asked after | calls due
    ----------------------------------------------+--------------------+-------------+-----------------
    taken at once: nobody further                 |                  1 |          30 |
    taken after the backup was called             |                  6 |          30 |
    taken, a minute before it is late             |                  1 |          59 |
    taken, and late all the same                  |                  1 |          60 | medical-director
""")
def test_taking_a_crisis_stops_the_climbing_and_not_the_clock(
    acknowledged_after: int, asked_after: int, calls_due: str | None
) -> None:
    entries = opened("crisis")
    taken = noting(act(2, NIGHT.plus(Span.minutes(acknowledged_after))), case_from(entries), "acknowledged")
    found = what_is_due(case_from([*entries, taken]), NIGHT.plus(Span.minutes(asked_after)))
    assert ", ".join(one.call.who.value for one in found) == (calls_due or "")
    assert all(is_of_a_late_case(one.key) for one in found)
    assert not any(is_of_a_late_case(one.key) for one in calls_of(case_from(entries)))


def test_a_raised_case_is_called_about_anew_and_keeps_what_was_noted() -> None:
    entries = opened("same-day-assessment")
    taken = noting(act(2, NIGHT.plus(Span.minutes(1))), case_from(entries), "acknowledged", "I call her.")
    later = NIGHT.plus(Span.minutes(20))
    raised = raising(act(3, later), case_from([*entries, taken]), CRISIS, later.plus(Span.hours(1)))
    case = case_from([*entries, taken, raised])
    assert (case.kind.id, case.acknowledged_at, case.has_noted("acknowledged")) == ("crisis", None, True)
    assert due(case, later) == "on-call"
    assert {one.key for one in calls_of(case)}.isdisjoint(one.key for one in calls_of(case_from(entries)))


def test_a_case_is_not_lowered_and_not_raised_into_the_past() -> None:
    case = case_from(opened("crisis"))
    with pytest.raises(Refused, match="only to one that is more urgent"):
        raising(act(2, NIGHT), case, kind_of("safety-note"), NIGHT.plus(Span.hours(1)))
    with pytest.raises(Refused, match="due after it is opened"):
        raising(act(2, NIGHT), case_from(opened("safety-note")), CRISIS, NIGHT)


def test_of_two_raisings_written_down_in_turn_the_worse_stands() -> None:
    entries = opened("safety-questions")
    early, late = NIGHT.plus(Span.minutes(1)), NIGHT.plus(Span.minutes(2))
    milder = raising(act(2, late), case_from(entries), kind_of("safety-note"), late.plus(Span.days(1)))
    worse = raising(act(3, early), case_from(entries), CRISIS, early.plus(Span.hours(1)))
    assert case_from([*entries, milder, worse]).kind.id == "crisis"


@cases("""
    how a crisis ends                        | outcome         | noted                       | said by  | refused because
    -----------------------------------------+-----------------+-----------------------------+----------+-----------------------------
    safe, counseled, with a plan             | safe-with-plan  | means-counseled, plan-given | Dr. Odum |
    safe, but the plan was not given         | safe-with-plan  | means-counseled             | Dr. Odum | Safety plan made
    safe, but means were not talked about    | safe-with-plan  | plan-given                  | Dr. Odum | Counseled on keeping firearms
    with the emergency department            | emergency-care  |                             | Dr. Odum |
    opened in error                          | raised-in-error |                             | Dr. Odum |
    nobody is named                          | emergency-care  |                             |          | Say who gave
""")
def test_how_a_crisis_may_end(
    outcome: str, noted: str | None, said_by: str | None, refused_because: str | None
) -> None:
    entries = opened("crisis")
    for number, what in enumerate((noted or "").replace(" ", "").split(",") if noted else [], start=2):
        entries.append(noting(act(number, NIGHT), case_from(entries), what))
    case = case_from(entries)
    if refused_because:
        with pytest.raises(Refused, match=re.escape(refused_because)):
            closing(act(9, NIGHT), case, outcome, said_by or "")
        return
    entries.append(closing(act(9, NIGHT), case, outcome, said_by or ""))
    assert what_is_due(case_from(entries), NIGHT.plus(Span.days(3))) == ()


@cases("""
    who is there                             | step             | on call | backup | director | others | called
    -----------------------------------------+------------------+---------+--------+----------+--------+---------
    the one it names                         | on-call          | Rosa    | Ben    | Odum     | Lea    | Rosa
    nobody on call: the next one up          | on-call          |         | Ben    | Odum     | Lea    | Ben
    no roster at all: the director           | on-call          |         |        | Odum     | Lea    | Odum
    no director either: everybody            | backup           |         |        |          | Lea    | Lea
    nobody at all                            | on-call          |         |        |          |        |
    a step up never falls back down          | medical-director | Rosa    | Ben    |          |        |
""")
def test_a_step_with_nobody_goes_to_the_next_one_up(
    step: str,
    on_call: str | None,
    backup: str | None,
    director: str | None,
    others: str | None,
    called: str | None,
) -> None:
    names = (on_call, backup, director, others)
    reachable = {who: [name] if name else [] for who, name in zip(Called, names, strict=True)}
    assert who_hears(Called(step), reachable) == ((called,) if called else ())


def test_what_cannot_be_noted_in_a_case_is_a_mistake() -> None:
    for kind, says in (("crisis", "notes acknowledged, with-them"), ("clearance-request", "notes nothing")):
        case = case_from([opening(act(1, NIGHT), kind_of(kind), NIGHT.plus(Span.days(1)), "nurse")])
        with pytest.raises(InputError, match=says):
            noting(act(2, NIGHT), case, "sung")


@cases("""
    kind of case                        | kind             | whose until taken
    ------------------------------------+------------------+------------------
    a crisis                            | crisis           | on-call
    a note calls nobody                 | safety-note      | on-call
    whoever is on call did not answer   | unheard          | backup
    hours ahead that nobody covers      | roster-gap       | medical-director
""")
def test_whose_a_case_is_until_somebody_takes_it(kind: str, whose_until_taken: str) -> None:
    assert kind_of(kind).first_called.value == whose_until_taken


def test_every_kind_that_calls_says_how_long_it_lasts_and_calls_when_late() -> None:
    assert {kind.id for kind in KINDS if kind.calls and not (kind.lasts and kind.late_call)} == {
        "crisis-drill"
    }
