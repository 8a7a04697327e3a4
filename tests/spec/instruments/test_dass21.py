"""DASS-21.

Three scales of seven answers of 0 to 3, each sum doubled; there is no total.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.instruments.forms import safety, scored


@cases("""
    the form                  | given                            | total | depression | anxiety | stress
    --------------------------+----------------------------------+-------+------------+---------+-------
    nothing                   | 21x0                             |       |          0 |       0 |      0
    everything                | 21x3                             |       |         42 |      42 |     42
    only depression           | 3=1 5=1 10=1 13=1 16=1 17=1 21=1 |       |         14 |         |
    only anxiety              | 2=2 4=2 7=2 9=2 15=2 19=2 20=2   |       |            |      28 |
    only stress               | 1=3 6=3 8=3 11=3 12=3 14=3 18=3  |       |            |         |     42
    one of depression missing | 20x1 .                           |       |         14 |      14 |     14
    two of depression missing | 2x1 . 17x1 .                     |       |            |      14 |     14
""")
def test_each_scale_is_seven_answers_added_and_doubled(
    given: str | None,
    total: Decimal | None,
    depression: Decimal | None,
    anxiety: Decimal | None,
    stress: Decimal | None,
) -> None:
    found = scored("dass21", given)
    assert (
        found.total,
        found.subscales["depression"],
        found.subscales["anxiety"],
        found.subscales["stress"],
    ) == (total, depression, anxiety, stress)


@cases("""
    the form                    | given                            | depression |  depression band
    ----------------------------+----------------------------------+------------+-----------------
    the highest normal          | 3=2 5=2 10=0 13=0 16=0 17=0 21=0 |          8 |           normal
    the lowest mild             | 3=2 5=2 10=1 13=0 16=0 17=0 21=0 |         10 |             mild
    the highest mild            | 3=2 5=2 10=2 13=0 16=0 17=0 21=0 |         12 |             mild
    the lowest moderate         | 3=2 5=2 10=2 13=1 16=0 17=0 21=0 |         14 |         moderate
    the highest moderate        | 3=2 5=2 10=2 13=2 16=2 17=0 21=0 |         20 |         moderate
    the lowest severe           | 3=2 5=2 10=2 13=2 16=2 17=1 21=0 |         22 |           severe
    the highest severe          | 3=2 5=2 10=2 13=2 16=2 17=2 21=1 |         26 |           severe
    the lowest extremely severe | 3=2 5=2 10=2 13=2 16=2 17=2 21=2 |         28 | extremely severe
""")
def test_depression_is_banded(
    given: str | None, depression: Decimal | None, depression_band: str | None
) -> None:
    found = scored("dass21", given)
    assert (found.subscales["depression"], found.derived["depression_band"]) == (depression, depression_band)


@cases("""
    the form                    | given                          | anxiety |     anxiety band
    ----------------------------+--------------------------------+---------+-----------------
    the highest normal          | 2=3 4=0 7=0 9=0 15=0 19=0 20=0 |       6 |           normal
    mild                        | 2=3 4=1 7=0 9=0 15=0 19=0 20=0 |       8 |             mild
    the lowest moderate         | 2=3 4=2 7=0 9=0 15=0 19=0 20=0 |      10 |         moderate
    the highest moderate        | 2=3 4=3 7=1 9=0 15=0 19=0 20=0 |      14 |         moderate
    the lowest severe           | 2=3 4=3 7=2 9=0 15=0 19=0 20=0 |      16 |           severe
    the highest severe          | 2=3 4=3 7=3 9=0 15=0 19=0 20=0 |      18 |           severe
    the lowest extremely severe | 2=3 4=3 7=3 9=1 15=0 19=0 20=0 |      20 | extremely severe
""")
def test_anxiety_is_banded(given: str | None, anxiety: Decimal | None, anxiety_band: str | None) -> None:
    found = scored("dass21", given)
    assert (found.subscales["anxiety"], found.derived["anxiety_band"]) == (anxiety, anxiety_band)


@cases("""
    the form                    | given                           | stress |      stress band
    ----------------------------+---------------------------------+--------+-----------------
    the highest normal          | 1=3 6=3 8=1 11=0 12=0 14=0 18=0 |     14 |           normal
    the lowest mild             | 1=3 6=3 8=2 11=0 12=0 14=0 18=0 |     16 |             mild
    the highest mild            | 1=3 6=3 8=3 11=0 12=0 14=0 18=0 |     18 |             mild
    the lowest moderate         | 1=3 6=3 8=3 11=1 12=0 14=0 18=0 |     20 |         moderate
    the highest moderate        | 1=3 6=3 8=3 11=3 12=0 14=0 18=0 |     24 |         moderate
    the lowest severe           | 1=3 6=3 8=3 11=3 12=1 14=0 18=0 |     26 |           severe
    the highest severe          | 1=3 6=3 8=3 11=3 12=3 14=1 18=0 |     32 |           severe
    the lowest extremely severe | 1=3 6=3 8=3 11=3 12=3 14=2 18=0 |     34 | extremely severe
""")
def test_stress_is_banded(given: str | None, stress: Decimal | None, stress_band: str | None) -> None:
    found = scored("dass21", given)
    assert (found.subscales["stress"], found.derived["stress_band"]) == (stress, stress_band)


@cases("""
    the form   | given  | urgency
    -----------+--------+--------
    not at all | 21x0   |
    sometimes  | 20x0 1 | 21 note
""")
def test_life_without_meaning_is_a_soft_flag(given: str | None, urgency: str | None) -> None:
    found = scored("dass21", given)
    assert safety(found) == urgency
