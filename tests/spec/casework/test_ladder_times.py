"""The minutes of a ladder, as a house sets them.

OpenKAP's own minutes are checked by nobody. A medical director may set others, earlier or later, for each kind of
case that calls more than one step; whom a step calls, and how, stays. A drill climbs like a crisis.
"""

import re

import pytest
from tests.cases import cases

from kap.casework.kinds import kind_of
from kap.casework.ladder_times import SETTABLE, minutes_of, sets_pace_of, with_minutes
from kap.casework.safety import CRISIS
from kap.vocabulary.errors import Refused


@cases("""
    what the medical director sets           | kind             | minutes         | refused because
    -----------------------------------------+------------------+-----------------+-----------------------
    OpenKAP's own minutes for a crisis       | crisis           | 0, 5, 10, 15    |
    quicker                                  | crisis           | 0, 2, 4, 6      |
    slower, the last step when it is late    | crisis           | 0, 10, 20, 60   |
    the last step once it is late            | crisis           | 0, 10, 20, 61   | minute 60 or before
    the first call waits                     | crisis           | 1, 5, 10, 15    | goes out at once
    two steps at one minute                  | crisis           | 0, 5, 5, 15     | later than the one before
    a step before the one before it          | crisis           | 0, 10, 5, 15    | later than the one before
    a step is left out                       | crisis           | 0, 5, 10        | has 4 steps
    a step too many                          | safety-questions | 0, 5, 10, 15    | has 3 steps
    the questions, called about sooner       | safety-questions | 0, 10, 20       |
""")
def test_which_minutes_a_house_may_set(kind: str, minutes: str, refused_because: str | None) -> None:
    asked = [int(one) for one in minutes.split(",")]
    if refused_because:
        with pytest.raises(Refused, match=re.escape(refused_because)):
            with_minutes(kind_of(kind), asked)
        return
    paced = with_minutes(kind_of(kind), asked)
    assert list(minutes_of(paced)) == asked
    assert [(one.who, one.means) for one in paced.calls] == [
        (one.who, one.means) for one in kind_of(kind).calls
    ]


def test_the_kinds_whose_minutes_are_set_and_a_drill_that_climbs_like_a_crisis() -> None:
    assert [kind.id for kind in SETTABLE] == ["safety-questions", "same-day-assessment", "crisis", "unheard"]
    assert sets_pace_of(kind_of("crisis-drill")) is CRISIS
    assert sets_pace_of(CRISIS) is CRISIS
    assert minutes_of(kind_of("crisis-drill")) == minutes_of(CRISIS) == (0, 5, 10, 15)
