"""Going home, or to the lodging.

Time alone is never enough: sixty minutes after an infusion, ninety after an injection, two hours after a lozenge, a
tablet or a spray; and a blood pressure taken since, below 160/100, its upper number at least 90, both numbers within
20 % of the first reading of the day; oxygen, awake by voice, steady, somebody there, instructions, no alarm open.
"""

import pytest
from tests.cases import cases
from tests.spec.monitoring.room import CALM, Room, at, by_route, dosed, finding, said

from kap.monitoring import acts
from kap.monitoring.alarms import packaged_alarms, watched
from kap.monitoring.gate import blocking
from kap.monitoring.going_home import may_go_home, packaged_going_home
from kap.monitoring.session import Left
from kap.vocabulary.errors import Refused
from kap.vocabulary.routes import Route

LEAVING = {"steady": "yes", "instructed": "yes", "with-whom": "escort"}


def recovered(read: dict, *, by_voice: bool = True, answers: dict | None = None) -> Room:
    """A room an hour after an infusion of forty minutes, measured just now."""
    room = dosed().at(50).ends().at(110)
    return room.reads({**CALM, **read}, by_voice=by_voice).answers(LEAVING if answers is None else answers)


def criteria(room: Room, to: Left = Left.HOME):
    """Every criterion at the room's minute."""
    return may_go_home(room.session, packaged_going_home(), at(room.minute), to)


@cases("""
    the story                                | route | ends_at | minute | answer
    -----------------------------------------+-------+---------+--------+----------------
    an infusion, an hour after its end       | iv    |      50 |    110 | proceed
    an infusion, a minute less               | iv    |      50 |    109 | hold: remeasure
    an infusion nobody recorded the end of   | iv    |         |    240 | unknown: fact
    an injection, ninety minutes ago         | im    |         |    100 | proceed
    an injection, a minute less              | sc    |         |     99 | hold: remeasure
    a lozenge, two hours ago                 | sl    |         |    130 | proceed
    a minute less, a lozenge                 | sl    |         |    129 | hold: remeasure
    a tablet, two hours ago                  | po    |         |    130 | proceed
    a spray, two hours ago                   | in    |         |    130 | proceed
    a spray, a minute less                   | in    |         |    129 | hold: remeasure
""")
def test_how_long_somebody_stays(route: str, ends_at: int | None, minute: int, answer: str) -> None:
    room = dosed(by_route(Route(route)))
    if ends_at is not None:
        room.at(ends_at).ends()
    assert said(finding(criteria(room.at(minute)), "time-since-the-dose")) == answer


@cases("""
    what the wait says                | minute | reason
    ----------------------------------+--------+------------------------------------------------
    an hour left                      |     50 | 60 min of 60 min are left since the dose ended.
    twenty-five minutes left          |     85 | 25 min of 60 min are left since the dose ended.
    half a minute left                |  109.5 | 1 min of 60 min are left since the dose ended.
""")
def test_the_time_that_is_left_is_said(minute: str, reason: str) -> None:
    room = dosed().at(50).ends().at(minute)
    assert str(finding(criteria(room), "time-since-the-dose").because.reason) == reason


@cases("""
    the reading of now, after 124/78 | systolic | diastolic | pressure           | near_the_first
    ---------------------------------+----------+-----------+--------------------+-------------------
    as before                        |      124 |        78 | proceed            | proceed
    within a fifth above             |      148 |        93 | proceed            | proceed
    upper number a fifth above       |      149 |        78 | proceed            | hold: remeasure
    lower number a fifth above       |      124 |        94 | proceed            | hold: remeasure
    within a fifth below             |      100 |        63 | proceed            | proceed
    upper number a fifth below       |       99 |        70 | proceed            | hold: remeasure
    upper number just below its line |      159 |        80 | proceed            | hold: remeasure
    upper number on its line         |      160 |        80 | hold: remeasure    | hold: remeasure
    lower number just below its line |      140 |        99 | proceed            | hold: remeasure
    lower number on its line         |      140 |       100 | hold: remeasure    | hold: remeasure
    upper number on the lowest line  |       90 |        60 | proceed            | hold: remeasure
    upper number below it            |       89 |        60 | hold: remeasure    | hold: remeasure
    only the upper number            |      124 |           | unknown: remeasure | unknown: remeasure
    nobody measured                  |          |           | unknown: remeasure | unknown: remeasure
""")
def test_the_blood_pressure(
    systolic: int | None, diastolic: int | None, pressure: str, near_the_first: str
) -> None:
    found = criteria(recovered({"systolic": systolic, "diastolic": diastolic}))
    assert said(finding(found, "blood-pressure")) == pressure
    assert said(finding(found, "near-the-first-pressure")) == near_the_first


@cases("""
    when it was measured             | read_at | minute | answer
    ---------------------------------+---------+--------+-------------------
    just now                         |     110 |    110 | proceed
    fifteen minutes ago              |     110 |    125 | proceed
    sixteen minutes ago              |     110 |    126 | unknown: remeasure
    at the end of the dose           |      50 |     65 | proceed
    before the dose ended            |      49 |     60 | unknown: remeasure
""")
def test_a_reading_counts_when_it_was_taken_since_the_dose_and_lately(
    read_at: int, minute: int, answer: str
) -> None:
    room = dosed()
    if read_at < 50:
        room.at(read_at).reads(CALM, by_voice=True).at(50).ends()
    else:
        room.at(50).ends().at(read_at).reads(CALM, by_voice=True)
    assert said(finding(criteria(room.at(minute)), "blood-pressure")) == answer


@cases("""
    the story                         | rule   | oxygen | sedation | by_voice | answer
    ----------------------------------+--------+--------+----------+----------+-------------------
    ordinary saturation               | oxygen |     98 |        5 | yes      | proceed
    saturation on the line            | oxygen |     94 |        5 | yes      | proceed
    saturation below the line         | oxygen |     93 |        5 | yes      | hold: remeasure
    nobody measured the saturation    | oxygen |        |        5 | yes      | unknown: remeasure
    awake by voice                    | awake  |     98 |        5 | yes      | proceed
    drowsy by voice                   | awake  |     98 |        4 | yes      | hold: remeasure
    looked awake, nobody spoke        | awake  |     98 |        5 | no       | unknown: remeasure
    nobody looked                     | awake  |     98 |          | yes      | unknown: remeasure
""")
def test_oxygen_and_waking(
    rule: str, oxygen: int | None, sedation: int | None, by_voice: bool, answer: str
) -> None:
    read = {"oxygen-saturation": oxygen, "sedation": sedation}
    assert said(finding(criteria(recovered(read, by_voice=by_voice)), rule)) == answer


@cases("""
    the story                            | item       | answer                       | to      | verdict
    -------------------------------------+------------+------------------------------+---------+--------------
    steady                               | steady     | yes                          | home    | proceed
    not steady                           | steady     | no                           | home    | hold: fact
    nobody looked                        | steady     |                              | home    | unknown: fact
    instructed                           | instructed | yes                          | home    | proceed
    not understood                       | instructed | no                           | home    | hold: fact
    nobody instructed                    | instructed |                              | home    | unknown: fact
    home with an escort                  | companion  | escort                       | home    | proceed
    home with nobody                     | companion  | no                           | home    | hold: fact
    home, only an overnight observer     | companion  | overnight observer: J. Weber | home    | hold: fact
    home, nobody said with whom          | companion  |                              | home    | unknown: fact
    lodging with a named observer        | companion  | overnight observer: J. Weber | lodging | proceed
    lodging, only an escort              | companion  | escort                       | lodging | hold: fact
    lodging with nobody                  | companion  | no                           | lodging | hold: fact
    lodging, nobody said with whom       | companion  |                              | lodging | unknown: fact
""")
def test_steady_instructed_and_with_somebody(item: str, answer: str | None, to: str, verdict: str) -> None:
    asked = "with-whom" if item == "companion" else item
    answers = {name: said for name, said in LEAVING.items() if name != asked}
    room = recovered({}, answers=answers | ({asked: answer} if answer else {}))
    assert said(finding(criteria(room, Left(to)), item)) == verdict


def test_somebody_who_meets_every_criterion_goes_home() -> None:
    room = recovered({})
    found = criteria(room)
    assert blocking(found) == ()
    room.add(acts.leaving(room.next(), room.session, found, Left.HOME, "her sister"))
    leaving = room.session.leaving
    assert leaving is not None
    assert (leaving.how, leaving.companion, leaving.by) == (Left.HOME, "her sister", "nurse")


def test_an_alarm_nobody_has_taken_keeps_somebody_here() -> None:
    room = recovered({"systolic": 165})
    [alarm] = watched(room.session.readings, packaged_alarms()).alarms
    room.add(acts.raising(room.next(), alarm))
    assert said(finding(criteria(room), "alarms")) == "hold: fact"
    called = room.session.open_alarms[0].id
    room.add(acts.taking_alarm(room.next("prescriber"), room.session, called, "Second reading in 5 min."))
    assert said(finding(criteria(room), "alarms")) == "proceed"


def test_nobody_leaves_while_a_criterion_is_not_met() -> None:
    room = recovered({"systolic": 165})
    with pytest.raises(Refused, match="The blood pressure is 165/78"):
        acts.leaving(room.next(), room.session, criteria(room), Left.HOME, "her sister")


def test_without_a_reading_before_the_dose_nobody_knows_what_is_near() -> None:
    room = dosed()
    [first] = [entry for entry in room.entries if entry.name == "vitals_taken"]
    room.at(50).ends().add(acts.striking(room.next(), room.session, first.id, "Another person's cuff."))
    room.at(110).reads(CALM, by_voice=True)
    assert said(finding(criteria(room), "near-the-first-pressure")) == "unknown: remeasure"


def test_a_reading_dated_after_now_does_not_count() -> None:
    room = recovered({})
    assert said(finding(criteria(room.at(109)), "blood-pressure")) == "unknown: remeasure"
