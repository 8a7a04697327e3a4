"""Results that are only a bound.

A laboratory that writes “< 5” says on which side of 5 the true value lies, and no more. A line is surely passed,
or surely not, only where the whole of that side lies beyond it.
"""

from decimal import Decimal

import pytest
from tests.cases import cases

from kap.vocabulary.bounds import Bound, Side
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Fact


@cases("""
    result                 | side | number | line | surely_below | surely_above
    -----------------------+------+--------+------+--------------+-------------
    less than the line     | <    | 5      | 5    | yes          | no
    less than under it     | <    | 4      | 5    | yes          | no
    less than over it      | <    | 6      | 5    | no           | no
    at most the line       | <=   | 5      | 5    | no           | no
    at most under it       | <=   | 4.9    | 5    | yes          | no
    more than the line     | >    | 5      | 5    | no           | yes
    more than over it      | >    | 6      | 5    | no           | yes
    more than under it     | >    | 4      | 5    | no           | no
    at least the line      | >=   | 5      | 5    | no           | no
    at least over it       | >=   | 5.1    | 5    | no           | yes
""")
def test_what_a_bound_says_about_a_line(
    side: str, number: Decimal, line: Decimal, surely_below: bool, surely_above: bool
) -> None:
    bound = Bound(Side(side), number)
    assert (bound.is_surely_below(line), bound.is_surely_above(line)) == (surely_below, surely_above)


def test_a_bound_reads_as_it_is_charted_and_needs_its_unit() -> None:
    bound = Bound(Side.BELOW, Decimal("5.0"))
    assert str(bound) == "< 5"
    with pytest.raises(InputError, match="needs a unit"):
        Fact(what="lab:hcg", value=bound, came_from="Observation/o1#value")
    fact = Fact(what="lab:hcg", value=bound, unit=UcumUnit("m[iU]/mL"), came_from="Observation/o1#value")
    assert "< 5 m[iU]/mL" in str(fact.in_words())


def test_a_bound_holds_an_exact_number() -> None:
    with pytest.raises(InputError):
        Bound(Side.ABOVE, Decimal("NaN"))
