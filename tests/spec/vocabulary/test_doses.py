"""Doses, volumes and pump rates.

A number never travels without its unit. Amounts are exact; only a named rule rounds them, to what can be
drawn up. The doses here show arithmetic and advise nothing.
"""

from tests.cases import cases

from kap.vocabulary.decimals import Rounding
from kap.vocabulary.quantities import Concentration, DosePerWeight, Mass, Volume, VolumeRate
from kap.vocabulary.spans import Span


@cases("""
    who                                 | dose       | weight      | mass
    ------------------------------------+------------+-------------+----------------
    seventy kilograms                   | 0.5 mg/kg  | 70 kg       | 35 mg
    a tenth of a kilogram more          | 0.5 mg/kg  | 70.1 kg     | 35.05 mg
    weighed in pounds                   | 0.5 mg/kg  | 154 [lb_av] | 34.92661249 mg
    the dose written in micrograms      | 500 ug/kg  | 70 kg       | 35 mg
    no dose is no mass                  | 0 mg/kg    | 70 kg       | 0 mg
""")
def test_a_dose_per_weight_times_the_weight_is_the_mass_to_give(
    dose: DosePerWeight, weight: Mass, mass: Mass
) -> None:
    assert dose.for_weight(weight) == mass
    assert dose * weight == mass


@cases("""
    what is in the vial               | mass    | concentration | volume
    ----------------------------------+---------+---------------+---------
    ten milligrams per milliliter     | 35 mg   | 10 mg/mL      | 3.5 mL
    fifty: a fifth of the volume      | 35 mg   | 50 mg/mL      | 0.7 mL
    a hundred: a tenth of the volume  | 35 mg   | 100 mg/mL     | 0.35 mL
    grams per liter are the same      | 35 mg   | 50 g/L        | 0.7 mL
    micrograms per milliliter         | 35 ug   | 50 ug/mL      | 0.7 mL
""")
def test_a_mass_divided_by_the_concentration_is_the_volume_to_draw_up(
    mass: Mass, concentration: Concentration, volume: Volume
) -> None:
    assert mass / concentration == volume
    assert concentration * volume == mass


@cases("""
    how long it runs            | volume | over   | rate
    ----------------------------+--------+--------+-----------
    forty minutes               | 50 mL  | 40 min | 75 mL/h
    an hour                     | 50 mL  | 1 h    | 50 mL/h
    the same hour in minutes    | 50 mL  | 60 min | 50 mL/h
    read in minutes             | 50 mL  | 50 min | 1 mL/min
""")
def test_a_volume_over_a_span_is_the_rate_of_the_pump(volume: Volume, over: Span, rate: VolumeRate) -> None:
    assert volume / over == rate
    assert rate * over == volume
    assert volume / rate == over


@cases("""
    what can be drawn up                  | mass     | step   | rule                | given
    --------------------------------------+----------+--------+---------------------+-------
    already whole                         | 35 mg    | 5 mg   | ROUND_HALF_EVEN     | 35 mg
    just below the half goes down         | 37.49 mg | 5 mg   | ROUND_HALF_EVEN     | 35 mg
    exactly half goes to the even step    | 37.5 mg  | 5 mg   | ROUND_HALF_EVEN     | 40 mg
    half again, the even step is below    | 32.5 mg  | 5 mg   | ROUND_HALF_EVEN     | 30 mg
    just above the half goes up           | 37.51 mg | 5 mg   | ROUND_HALF_EVEN     | 40 mg
    rounding down never gives more        | 39.99 mg | 5 mg   | ROUND_DOWN          | 35 mg
    rounding down keeps what is whole     | 40 mg    | 5 mg   | ROUND_DOWN          | 40 mg
    less than one step is nothing         | 4.99 mg  | 5 mg   | ROUND_DOWN          | 0 mg
    the answer is in the unit of the step | 0.035 g  | 5 mg   | ROUND_DOWN          | 35 mg
""")
def test_rounding_follows_a_named_rule_to_whole_steps(
    mass: Mass, step: Mass, rule: Rounding, given: Mass
) -> None:
    rounded = mass.rounded(step, rule)
    assert rounded == given
    assert rounded.unit == step.unit


@cases("""
    which two                             | one       | other       | equal
    --------------------------------------+-----------+-------------+------
    the same number and unit              | 35 mg     | 35 mg       | yes
    the same amount in another unit       | 1 g       | 1000 mg     | yes
    a trailing zero changes nothing       | 35.0 mg   | 35 mg       | yes
    a pound is defined exactly            | 1 [lb_av] | 0.45359237 kg | yes
    a thousand times less                 | 35 ug     | 35 mg       | no
""")
def test_equal_amounts_are_equal_in_any_unit(one: Mass, other: Mass, equal: bool) -> None:
    assert (one == other) is equal


@cases("""
    what was written           | written       | read_aloud
    ---------------------------+---------------+-----------
    milligrams                 | 35 mg         | 35 mg
    a trailing zero is dropped | 5.0 mg        | 5 mg
    a leading zero is kept     | 0.5 mg        | 0.5 mg
    micrograms are mcg         | 50 ug         | 50 mcg
    pounds                     | 154 [lb_av]   | 154 lb
    a large number             | 1500 mg       | 1500 mg
    nothing                    | 0.00 mg       | 0 mg
""")
def test_an_amount_is_read_aloud_so_that_it_cannot_be_misread(written: Mass, read_aloud: str) -> None:
    assert str(written) == read_aloud
