"""Alarms.

Blood pressure: somebody looks from 160 or 100. Somebody acts from 180 or 110 when it lasts five minutes, and from 200
or 120 at once. Oxygen saturation: somebody looks below 94. Somebody acts below 92 when it lasts thirty seconds, and
below 90 at once. An alarm is called out when it rises, once, until a reading below every line has ended it.
"""

from uuid import UUID

from tests.cases import cases
from tests.spec.monitoring.room import vitals

from kap.monitoring.alarms import Level, Sign, Watch, packaged_alarms, watched
from kap.vocabulary.moments import Instant


@cases("""
    one reading                         | reading | level
    ------------------------------------+---------+------
    ordinary                            | 124/78  | quiet
    both just below the line to look    | 159/99  | quiet
    upper number on the line to look    | 160/78  | look
    lower number on the line to look    | 124/100 | look
    high, and not yet known to last     | 180/78  | look
    lower high, and not known to last   | 124/110 | look
    just below at once                  | 199/119 | look
    upper number at once                | 200/78  | act
    lower number at once                | 124/120 | act
    only the upper number, and low      | 120/?   | quiet
    only the upper number, and high     | 205/?   | act
    only the lower number, and high     | ?/100   | look
    nobody measured                     |         | quiet
""")
def test_one_blood_pressure(reading: str | None, level: str) -> None:
    assert _level(Sign.PRESSURE, [(0, reading)]) == level


@cases("""
    two readings                                 | first   | then    | seconds_later | level
    ---------------------------------------------+---------+---------+---------------+------
    high twice, just under five minutes apart    | 180/78  | 180/78  |           299 | look
    high twice, five minutes apart               | 180/78  | 180/78  |           300 | act
    the lower number high both times             | 130/110 | 130/110 |           300 | act
    the upper number once, the lower number then | 180/78  | 150/110 |           300 | act
    high, then only looked at                    | 180/78  | 179/109 |           300 | look
    looked at, then high                         | 160/78  | 180/78  |           300 | look
    at once, then high                           | 200/78  | 180/78  |            60 | act
    at once, then looked at                      | 200/78  | 165/78  |            60 | look
    at once, then ordinary                       | 200/78  | 130/78  |            60 | quiet
    looked at, then only half a reading          | 165/78  | 120/?   |           300 | look
    looked at, then nobody measured              | 165/78  |         |           300 | look
    high, then only half, high still             | 180/78  | 185/?   |           300 | act
""")
def test_two_blood_pressures(first: str, then: str | None, seconds_later: int, level: str) -> None:
    assert _level(Sign.PRESSURE, [(0, first), (seconds_later, then)]) == level


@cases("""
    readings                                      | first | then | seconds_later | level
    ----------------------------------------------+-------+------+---------------+------
    ordinary                                      |    98 |   98 |             1 | quiet
    on the line to look                           |    98 |   94 |             1 | quiet
    just below it                                 |    98 |   93 |             1 | look
    on the line that must last                    |    98 |   92 |             1 | look
    below it, just now                            |    98 |   91 |             1 | look
    below it, for just under thirty seconds       |    91 |   91 |            29 | look
    below it, for thirty seconds                  |    91 |   91 |            30 | act
    below it, and a breath between                |    91 |   92 |            30 | look
    on the line at once                           |    98 |   90 |             1 | look
    below it at once                              |    98 |   89 |             1 | act
    below it at once, then a little better        |    89 |   91 |             1 | act
    below it at once, then above the lasting line |    89 |   92 |             1 | look
    below it at once, then ordinary               |    89 |   97 |             1 | quiet
    nobody measured again                         |    91 |      |            60 | look
""")
def test_oxygen_saturation(first: int, then: int | None, seconds_later: int, level: str) -> None:
    assert _level(Sign.OXYGEN, [(0, first), (seconds_later, then)]) == level


@cases("""
    the story of four readings             | one    | two    | three  | four   | called
    ---------------------------------------+--------+--------+--------+--------+---------------
    nothing at all                         | 120/70 | 121/70 | 122/70 | 123/70 |
    high, and it stays                     | 165/70 | 166/70 | 167/70 | 168/70 | look
    high, higher, and it stays             | 165/70 | 200/70 | 201/70 | 199/70 | look act
    high, ordinary, and high again         | 165/70 | 120/70 | 165/70 | 120/70 | look look
    at once                                | 200/70 | 120/70 | 200/70 | 165/70 | act act
    it lasts                               | 180/70 | 181/70 | 182/70 | 183/70 | look act
    acted on, better, worse again          | 200/70 | 165/70 | 200/70 | 200/70 | act act
""")
def test_an_alarm_is_called_out_when_it_rises(
    one: str, two: str, three: str, four: str, called: str | None
) -> None:
    readings = [
        _reading(Sign.PRESSURE, 300 * place, read) for place, read in enumerate((one, two, three, four))
    ]
    raised = watched(readings, packaged_alarms()).alarms
    assert " ".join(alarm.level.name.lower() for alarm in raised) == (called or "")


@cases("""
    what was read                    | sign              | reading | reason                      | line
    ---------------------------------+-------------------+---------+-----------------------------+-----------
    a high pressure                  | blood-pressure    | 165/78  | Blood pressure 165/78 mmHg. | Unverified
    a pressure at once               | blood-pressure    | 205/78  | Blood pressure 205/78 mmHg. | Unverified
    a low saturation                 | oxygen-saturation | 93      | Oxygen saturation 93 %.     | Unverified
    a saturation at once             | oxygen-saturation | 88      | Oxygen saturation 88 %.     | Unverified
""")
def test_an_alarm_says_its_reading_and_the_source_of_its_line(
    sign: str, reading: str, reason: str, line: str
) -> None:
    [alarm] = watched([_reading(Sign(sign), 0, reading)], packaged_alarms()).alarms
    assert (str(alarm.reason), alarm.reading, alarm.source.citation.startswith(line)) == (
        reason,
        UUID(int=1),
        True,
    )


def test_a_pressure_that_has_lasted_names_the_line_that_must_last() -> None:
    readings = [_reading(Sign.PRESSURE, seconds, "182/78") for seconds in (0, 300)]
    last = watched(readings, packaged_alarms()).alarms[-1]
    assert (last.level, last.source) == (Level.ACT, packaged_alarms().systolic_lasting.source)


def test_a_watch_is_taken_up_where_it_was_left() -> None:
    readings = [_reading(Sign.OXYGEN, seconds, 91) for seconds in (0, 15, 30, 45)]
    first = watched(readings[:2], packaged_alarms())
    second = watched(readings[2:], packaged_alarms(), first.watches)
    assert [alarm.level for alarm in (*first.alarms, *second.alarms)] == [Level.LOOK, Level.ACT]
    assert second.watches == watched(readings, packaged_alarms()).watches


def test_a_sign_nobody_has_read_is_quiet_and_says_nothing_more() -> None:
    assert watched([], packaged_alarms()).watches[Sign.OXYGEN] == Watch(Level.QUIET, None)


def _level(sign: Sign, read: list[tuple[int, object]]) -> str:
    readings = [_reading(sign, seconds, number) for seconds, number in read]
    return watched(readings, packaged_alarms()).watches[sign].level.name.lower()


def _reading(sign: Sign, seconds: int, read: object):
    whole = {"heart-rate": 70}
    if read is not None and sign is Sign.OXYGEN:
        whole["oxygen-saturation"] = int(str(read))
    if read is not None and sign is Sign.PRESSURE:
        upper, lower = (None if part == "?" else int(part) for part in str(read).split("/"))
        whole |= {"systolic": upper, "diastolic": lower}
    reading = vitals(whole)
    return type(reading)(
        entry=reading.entry,
        at=Instant.parse(f"2026-11-21T09:{seconds // 60:02}:{seconds % 60:02}-07:00"),
        numbers=reading.numbers,
    )
