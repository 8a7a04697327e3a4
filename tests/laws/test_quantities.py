"""Quantities: nothing is made or lost by arithmetic, and no unit changes an amount."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kap.vocabulary.decimals import Rounding
from kap.vocabulary.quantities import Concentration, DosePerWeight, Mass, Volume, VolumeRate
from kap.vocabulary.quantity import Quantity
from kap.vocabulary.spans import Span
from kap.vocabulary.ucum import KINDS, quantity_from

NUMBERS = st.decimals(min_value=0, max_value=100_000, places=3, allow_nan=False)
SOME = st.decimals(min_value="0.001", max_value=100_000, places=3, allow_nan=False)


def amounts_of(kind: type[Quantity], numbers: st.SearchStrategy[Decimal] = NUMBERS) -> st.SearchStrategy:
    return st.builds(kind.of, numbers, st.sampled_from(sorted(kind.UNITS)))


MASSES = amounts_of(Mass)
ANY_QUANTITY = st.sampled_from(KINDS).flatmap(amounts_of)


@given(MASSES, MASSES)
def test_what_is_added_and_taken_away_again_leaves_what_was_there(one: Mass, other: Mass) -> None:
    assert (one + other) - other == one
    assert (one + other) == (other + one)
    assert (one + other) >= one


@given(MASSES, MASSES, MASSES)
def test_masses_add_up_in_any_order(one: Mass, two: Mass, three: Mass) -> None:
    assert (one + two) + three == one + (two + three)


@given(amounts_of(Mass), amounts_of(Mass, SOME), st.sampled_from(Rounding))
def test_rounding_moves_by_less_than_a_step_and_down_never_gives_more(
    mass: Mass, step: Mass, rule: Rounding
) -> None:
    given_mass = mass.rounded(step, rule)
    apart = mass - given_mass if given_mass <= mass else given_mass - mass
    assert apart < step
    assert apart.times(2) <= step or rule is Rounding.DOWN
    assert given_mass <= mass or rule is Rounding.HALF_EVEN
    assert given_mass.rounded(step, rule) == given_mass


@given(amounts_of(Concentration, SOME), amounts_of(Volume))
def test_drawn_and_left_over_together_are_what_was_in_the_vial(
    concentration: Concentration, volume: Volume
) -> None:
    drawn = volume.rounded(Volume.ml("0.01"), Rounding.DOWN)
    left = volume - drawn
    assert concentration * drawn + concentration * left == concentration * volume


@given(amounts_of(DosePerWeight), amounts_of(Mass, SOME), amounts_of(Mass, SOME))
def test_the_dose_for_two_people_is_the_dose_for_one_plus_the_dose_for_the_other(
    dose: DosePerWeight, one: Mass, other: Mass
) -> None:
    assert dose * one + dose * other == dose * (one + other)


@given(ANY_QUANTITY)
def test_a_quantity_reads_back_from_its_ucum_text_as_itself(quantity: Quantity) -> None:
    again = quantity_from(quantity.ucum)
    assert again == quantity
    assert (again.unit, hash(again)) == (quantity.unit, hash(quantity))


@given(ANY_QUANTITY, ANY_QUANTITY)
def test_quantities_of_two_kinds_are_never_equal(one: Quantity, other: Quantity) -> None:
    assert type(one) is type(other) or one != other


@given(amounts_of(Volume, SOME), st.integers(1, 600))
def test_a_pump_run_at_its_rate_gives_the_volume_it_was_set_for(volume: Volume, minutes: int) -> None:
    over = Span.minutes(minutes)
    rate: VolumeRate = volume / over
    step = Volume.of("0.000001", "mL")
    assert (rate * over).rounded(step, Rounding.HALF_EVEN) == volume.rounded(step, Rounding.HALF_EVEN)
