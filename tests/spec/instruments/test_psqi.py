"""PSQI.

Seven components of 0 to 3 out of clock times, minutes, hours and fourteen answers (Buysse 1989). Each form
is written as bed time, minutes, rise time, hours, the nine reasons 5b to 5j after 5a, then quality,
medicine, awake, enthusiasm.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import scored


@cases("""
    the form        | given                           | total |       band | quality | medicine
    ----------------+---------------------------------+-------+------------+---------+---------
    the best sleep  | 23:00 10 07:00 7.5 14x0         |     0 | good sleep |       0 |        0
    five            | 23:00 10 07:00 7.5 10x0 3 2 2x0 |     5 | good sleep |       3 |        2
    six             | 23:00 10 07:00 7.5 10x0 3 3 2x0 |     6 | poor sleep |       3 |        3
    the worst sleep | 22:00 90 08:00 4 14x3           |    21 | poor sleep |       3 |        3
""")
def test_the_total_is_seven_components_and_above_five_is_poor(
    given: str | None,
    total: Decimal | None,
    band: str | None,
    quality: Decimal | None,
    medicine: Decimal | None,
) -> None:
    found = scored("psqi", given)
    assert (found.total, found.band, found.subscales["quality"], found.subscales["medicine"]) == (
        total,
        band,
        quality,
        medicine,
    )


@cases("""
    the form        | given  | duration
    ----------------+--------+---------
    more than seven | 4=7.25 |        0
    seven           | 4=7    |        1
    six             | 4=6    |        1
    just under six  | 4=5.9  |        2
    five            | 4=5    |        2
    just under five | 4=4.9  |        3
    not answered    | 4=.    |
""")
def test_hours_slept_grade_the_duration(given: str | None, duration: Decimal | None) -> None:
    found = scored("psqi", given)
    assert found.subscales["duration"] == duration


@cases("""
    the form                 | given    | latency
    -------------------------+----------+--------
    15 minutes, never        | 2=15 5=0 |       0
    16 minutes, never        | 2=16 5=0 |       1
    30 minutes, once a week  | 2=30 5=1 |       1
    31 minutes, once a week  | 2=31 5=1 |       2
    60 minutes, twice a week | 2=60 5=2 |       2
    61 minutes, twice a week | 2=61 5=2 |       3
    5a missing               | 2=61 5=. |
""")
def test_minutes_and_5a_together_grade_the_latency(given: str | None, latency: Decimal | None) -> None:
    found = scored("psqi", given)
    assert found.subscales["latency"] == latency


@cases("""
    the form                       | given                  | efficiency
    -------------------------------+------------------------+-----------
    85 percent                     | 1=23:00 3=07:00 4=6.8  |          0
    just under 85                  | 1=23:00 3=07:00 4=6.79 |          1
    75 percent                     | 1=23:00 3=07:00 4=6    |          1
    just under 75                  | 1=23:00 3=07:00 4=5.99 |          2
    65 percent                     | 1=23:00 3=07:00 4=5.2  |          2
    just under 65                  | 1=23:00 3=07:00 4=5.19 |          3
    to bed after midnight          | 1=00:30 3=08:30 4=6.8  |          0
    the same minute is a whole day | 1=07:00 3=07:00 4=12   |          3
    no rise time                   | 1=23:00 4=7            |
""")
def test_hours_slept_of_hours_in_bed_grade_the_efficiency_across_midnight(
    given: str | None, efficiency: Decimal | None
) -> None:
    found = scored("psqi", given)
    assert found.subscales["efficiency"] == efficiency


@cases("""
    the form   | given                                    | disturbance
    -----------+------------------------------------------+------------
    none       | 6=0 7=0 8=0 9=0 10=0 11=0 12=0 13=0      |           0
    one        | 6=1 7=0 8=0 9=0 10=0 11=0 12=0 13=0      |           1
    nine       | 6=1 7=1 8=1 9=1 10=1 11=1 12=1 13=2      |           1
    ten        | 6=1 7=1 8=1 9=1 10=1 11=1 12=2 13=2      |           2
    eighteen   | 6=2 7=2 8=2 9=2 10=2 11=2 12=2 13=2 14=2 |           2
    nineteen   | 6=3 7=2 8=2 9=2 10=2 11=2 12=2 13=2 14=2 |           3
    5b missing | 7=0 8=0 9=0 10=0 11=0 12=0 13=0          |
""")
def test_nine_reasons_grade_the_disturbance(given: str | None, disturbance: Decimal | None) -> None:
    """A blank other reason (5j) is none."""
    found = scored("psqi", given)
    assert found.subscales["disturbance"] == disturbance


@cases("""
    the form               | given        | daytime
    -----------------------+--------------+--------
    none                   | 17=0 18=0    |       0
    two                    | 17=1 18=1    |       1
    three                  | 17=1 18=2    |       2
    four                   | 17=2 18=2    |       2
    five                   | 17=3 18=2    |       3
    by the paper's numbers | 5a=0 8=3 9=3 |       3
    one missing            | 17=3         |
""")
def test_two_answers_grade_the_day(given: str | None, daytime: Decimal | None) -> None:
    """The paper's own numbers are understood where one of them is used."""
    found = scored("psqi", given)
    assert found.subscales["daytime"] == daytime
