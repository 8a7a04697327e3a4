"""Numbers that are refused.

What cannot be true is refused where it is written, with what to do, and never guessed at.
"""

import pytest
from tests.cases import cases

from kap.vocabulary.errors import InputError
from kap.vocabulary.ucum import quantity_from


@cases("""
    what was wrong                     | written             | refusal_begins
    -----------------------------------+---------------------+--------------------------------------------
    no unit                            | 35                  | '35' is not a number, a space and a unit
    an ambiguous unit                  | 35 mcg              | '35 mcg' is not a number, a space and a unit
    a unit that is not measured here   | 35 furlong          | '35 furlong' is not a number, a space
    a word for a number                | some mg             | 'some' is not a plain number
    a comma for a point                | 0,5 mg              | '0,5' is not a plain number
    a naked point                      | .5 mg               | '.5' is not a plain number
    an exponent                        | 1e3 mg              | '1e3' is not a plain number
    below zero                         | -1 mg               | A Mass cannot be negative
    beyond any clinic                  | 10000000000000000 g | The number is outside anything a clinic
""")
def test_a_number_that_cannot_be_true_is_refused_with_what_to_do(written: str, refusal_begins: str) -> None:
    with pytest.raises(InputError) as refused:
        quantity_from(written)
    assert str(refused.value).startswith(refusal_begins)
