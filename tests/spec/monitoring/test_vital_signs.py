"""Vital signs that can be true.

A number no person shows is refused. An unusual one is asked about again, and charted once somebody confirms it. The
lower blood pressure lies below the upper one. A number nobody read stays away: it is not zero.
"""

from decimal import Decimal

import pytest
from tests.cases import cases
from tests.spec.monitoring.room import CALM, Room, numbers, vitals

from kap.monitoring.vitals import Channel, doubts, packaged_channels
from kap.vocabulary.errors import InputError, Refused


@cases("""
    what was typed                     | channel           | number | answer
    -----------------------------------+-------------------+--------+-----------
    an ordinary upper pressure         | systolic          |    124 |
    lowest usual upper pressure        | systolic          |     80 |
    just below the usual               | systolic          |     79 | unusual
    highest usual upper pressure       | systolic          |    220 |
    just above the usual               | systolic          |    221 | unusual
    lowest possible upper pressure     | systolic          |     40 | unusual
    below any person                   | systolic          |     39 | impossible
    highest possible upper pressure    | systolic          |    300 | unusual
    a digit too many                   | systolic          |   1240 | impossible
    lowest usual lower pressure        | diastolic         |     40 |
    below the usual lower pressure     | diastolic         |     39 | unusual
    highest usual lower pressure       | diastolic         |    130 |
    above the usual lower pressure     | diastolic         |    131 | unusual
    a lower pressure of nothing        | diastolic         |      0 | impossible
    slow heart                         | heart-rate        |     40 |
    slower than usual                  | heart-rate        |     39 | unusual
    fast heart                         | heart-rate        |    150 |
    faster than usual                  | heart-rate        |    151 | unusual
    no heart beat                      | heart-rate        |      0 | impossible
    full saturation                    | oxygen-saturation |    100 |
    more than full                     | oxygen-saturation |    101 | impossible
    lowest usual saturation            | oxygen-saturation |     85 |
    below the usual saturation         | oxygen-saturation |     84 | unusual
    slow breathing                     | respiratory-rate  |      6 |
    slower breathing                   | respiratory-rate  |      5 | unusual
    no breath                          | respiratory-rate  |      0 | unusual
    fast breathing                     | respiratory-rate  |     35 |
    faster breathing                   | respiratory-rate  |     36 | unusual
    awake                              | sedation          |      5 |
    more than awake                    | sedation          |      6 | impossible
    hard to wake                       | sedation          |      1 | unusual
""")
def test_what_cannot_be_is_refused_and_what_is_unusual_is_asked_again(
    channel: str, number: int, answer: str | None
) -> None:
    found = doubts(numbers({channel: number}), packaged_channels())
    said = ["impossible" if doubt.is_impossible else "unusual" for doubt in found]
    assert said == ([answer] if answer else [])


@cases("""
    both numbers of the cuff      | systolic | diastolic | impossible
    ------------------------------+----------+-----------+-----------
    the lower one lower           |      124 |        78 | no
    one apart                     |      100 |        99 | no
    both the same                 |      100 |       100 | yes
    the wrong way around          |       90 |       110 | yes
    only one of them              |       90 |           | no
    only the other                |          |       110 | no
""")
def test_the_lower_pressure_lies_below_the_upper(
    systolic: int | None, diastolic: int | None, impossible: bool
) -> None:
    found = doubts(numbers({"systolic": systolic, "diastolic": diastolic}), packaged_channels())
    assert any(doubt.is_impossible for doubt in found) is impossible


def test_what_cannot_be_is_said_before_what_is_unusual() -> None:
    found = doubts(numbers({"heart-rate": 160, "oxygen-saturation": 101}), packaged_channels())
    assert [doubt.channel for doubt in found] == [Channel.OXYGEN, Channel.HEART_RATE]
    assert str(found[0].reason) == (
        "Oxygen saturation 101 cannot be: it lies between 40 and 100. Read it again."
    )


def test_an_unusual_reading_is_charted_once_it_is_confirmed_and_an_impossible_one_never() -> None:
    fast = {**CALM, "heart-rate": 160}
    with pytest.raises(Refused, match=r"Heart rate 160 is unusual\. Measure again"):
        Room().reads(fast, confirmed=False)
    assert Room().reads(fast).session.readings[0].of(Channel.HEART_RATE) == Decimal(160)
    with pytest.raises(Refused, match="cannot be"):
        Room().reads({**CALM, "systolic": 1240})


def test_a_number_nobody_read_is_not_there() -> None:
    reading = vitals({"systolic": 124, "diastolic": None})
    assert (str(reading.pressure), reading.of(Channel.OXYGEN)) == ("124/?", None)
    assert vitals({"heart-rate": 70}).pressure is None


def test_a_reading_of_nothing_is_no_reading() -> None:
    with pytest.raises(InputError, match="at least one number"):
        vitals({})
