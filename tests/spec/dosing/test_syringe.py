"""What is in the syringe.

The volume is rounded down to what a syringe shows; what it holds is then the dose, exactly. Label and syringe are
read by a person and compared with what the container was received as and what the dose comes to. A slip of ten is
said as such: ketamine comes as 10, 50 and 100 mg/mL. The strongest is not given undiluted into a vein.
"""

import pytest
from tests.cases import cases
from tests.spec.dosing.asking import LIMITS, said

from kap.dosing.syringes import concentration_guard, drawn_volume_guard, prepare
from kap.dosing.syringes import is_drawn_up as drawn_up
from kap.vocabulary.errors import InputError
from kap.vocabulary.quantities import Concentration, Mass, Volume, VolumeRate
from kap.vocabulary.routes import Route
from kap.vocabulary.spans import Span

LIQUIDS = LIMITS.liquids


@cases("""
    what is drawn for                | dose    | concentration | made_up_to | over   | drawn   | holds   | rate
    ---------------------------------+---------+---------------+------------+--------+---------+---------+-----------
    the usual infusion, in a bag     | 35 mg   | 50 mg/mL      | 50 mL      | 40 min | 0.7 mL  | 35 mg   | 75 mL/h
    the usual infusion, in a syringe | 35 mg   | 10 mg/mL      |            | 40 min | 3.5 mL  | 35 mg   | 5.2 mL/h
    an injection                     | 60 mg   | 100 mg/mL     |            |        | 0.6 mL  | 60 mg   |
    a volume between two marks       | 35.5 mg | 100 mg/mL     |            |        | 0.35 mL | 35 mg   |
    just fits                        | 35 mg   | 10 mg/mL      | 3.5 mL     |        | 3.5 mL  | 35 mg   |
""")
def test_a_dose_becomes_a_volume_and_a_rate(
    dose: Mass,
    concentration: Concentration,
    made_up_to: Volume | None,
    over: Span | None,
    drawn: Volume,
    holds: Mass,
    rate: VolumeRate | None,
) -> None:
    found = prepare(dose, concentration, LIQUIDS, made_up_to=made_up_to, over=over)
    assert (found.drawn, found.dose, found.rate) == (drawn, holds, rate)


@cases("""
    of an order of 35.5 mg            | drawn   | is drawn up
    ----------------------------------+---------+------------
    nothing yet                       | 0 mg    | no
    less than a mark is left          | 35 mg   | yes
    just a mark of the strongest left | 34.5 mg | no
    all of it                         | 35.5 mg | yes
    half, after a dose was stopped    | 20 mg   | no
""")
def test_an_order_is_drawn_up_once_less_than_a_mark_is_left(drawn: Mass, is_drawn_up: bool) -> None:
    assert drawn_up(Mass.mg("35.5"), drawn, LIQUIDS) is is_drawn_up


@cases("""
    what cannot be drawn            | dose   | concentration | made_up_to
    --------------------------------+--------+---------------+-----------
    less than a mark of the syringe | 0.5 mg | 100 mg/mL     |
    more than it is made up to      | 35 mg  | 10 mg/mL      | 3.4 mL
""")
def test_what_no_syringe_can_do_is_refused(
    dose: Mass, concentration: Concentration, made_up_to: Volume | None
) -> None:
    with pytest.raises(InputError, match=r"use a weaker container|make it up to more"):
        prepare(dose, concentration, LIQUIDS, made_up_to=made_up_to)


@cases("""
    label and log                            | read      | logged    | route | made_up_to | answer                | words
    -----------------------------------------+-----------+-----------+-------+------------+-----------------------+-------------------
    they agree                               | 50 mg/mL  | 50 mg/mL  | iv    |            | proceed               | reads 50 mg/mL
    nobody read the label                    |           | 50 mg/mL  | iv    |            | unknown: fact         | Nobody has read
    another concentration                    | 50 mg/mL  | 10 mg/mL  | iv    |            | stop today: remeasure | received as 10 mg/mL.
    ten times weaker                         | 10 mg/mL  | 100 mg/mL | iv    |            | stop today: remeasure | a slip of ten
    ten times stronger                       | 100 mg/mL | 10 mg/mL  | iv    |            | stop today: remeasure | a slip of ten
    one that ketamine does not come in       | 20 mg/mL  | 20 mg/mL  | iv    |            | stop today: remeasure | not a concentration
    the strongest, into a vein, undiluted    | 100 mg/mL | 100 mg/mL | iv    |            | stop today: fact      | undiluted
    the strongest, into a vein, diluted      | 100 mg/mL | 100 mg/mL | iv    | 50 mL      | proceed               | reads 100 mg/mL
    the strongest, into the muscle           | 100 mg/mL | 100 mg/mL | im    |            | proceed               | reads 100 mg/mL
""")
def test_the_label_is_read_and_compared(
    read: Concentration | None,
    logged: Concentration,
    route: Route,
    made_up_to: Volume | None,
    answer: str,
    words: str,
) -> None:
    found = concentration_guard(read, logged, route, LIQUIDS, made_up_to=made_up_to)
    assert (said(found), words in str(found.because.reason)) == (answer, True)


@cases("""
    35 mg from 50 mg/mL is 0.7 mL       | drawn   | answer                | words
    ------------------------------------+---------+-----------------------+----------------------
    just that                           | 0.7 mL  | proceed               | 0.7 mL at 50 mg/mL is 35 mg
    just that, in microliters           | 700 uL  | proceed               | is 35 mg
    one mark too little                 | 0.69 mL | stop today: remeasure | is 0.7 mL.
    one mark too much                   | 0.71 mL | stop today: remeasure | is 0.7 mL.
    ten times too much                  | 7 mL    | stop today: remeasure | a slip of ten
    ten times too little                | 0.07 mL | stop today: remeasure | a slip of ten
""")
def test_the_syringe_is_read_and_compared(drawn: Volume, answer: str, words: str) -> None:
    right = prepare(Mass.mg(35), Concentration.mg_per_ml(50), LIQUIDS)
    found = drawn_volume_guard(drawn, right, LIQUIDS)
    assert (said(found), words in str(found.because.reason)) == (answer, True)


@cases("""
    a small dose from 100 mg/mL | dose   | answer
    ----------------------------+--------+--------
    just what measures well     | 10 mg  | proceed
    a mark less                 | 9 mg   | caution
""")
def test_a_volume_too_small_to_measure_well_asks_for_a_weaker_container(dose: Mass, answer: str) -> None:
    right = prepare(dose, Concentration.mg_per_ml(100), LIQUIDS)
    assert said(drawn_volume_guard(right.drawn, right, LIQUIDS)) == answer
