"""Arithmetic of quantities that the spec tables do not reach."""

from decimal import Decimal
from itertools import product

import pytest

from kap.vocabulary.decimals import Rounding, exact
from kap.vocabulary.errors import InputError
from kap.vocabulary.quantities import Concentration, DosePerWeight, Mass, MassRate, Volume, VolumeRate
from kap.vocabulary.spans import Span

ONE_OF_EACH = [
    Mass.mg(1),
    Volume.ml(1),
    Concentration.mg_per_ml(1),
    DosePerWeight.mg_per_kg(1),
    MassRate.mg_per_h(1),
    VolumeRate.ml_per_h(1),
    Span.hours(1),
]


def test_every_unit_has_its_own_way_to_be_written() -> None:
    assert Mass.mg(1000) == Mass.g(1) == Mass.ug(1_000_000)
    assert Mass.kg("0.45359237") == Mass.lb(1)
    assert Span.seconds(86_400) == Span.minutes(1440) == Span.hours(24) == Span.days(1)


def test_a_dose_given_is_compared_by_the_kilogram() -> None:
    assert Mass.mg(35).per_weight(Mass.kg(70)) == DosePerWeight.mg_per_kg("0.5")
    assert Mass.mg(35).share_of(Mass.mg(70)) == Decimal("0.5")


def test_a_drug_in_a_liquid_makes_a_concentration() -> None:
    assert Mass.mg(500) / Volume.ml(10) == Concentration.mg_per_ml(50)


def test_a_drug_given_over_a_time_makes_a_rate_and_the_rate_gives_it_back() -> None:
    rate = Mass.mg(35) / Span.minutes(40)
    assert rate == MassRate.mg_per_h("52.5")
    assert rate * Span.minutes(40) == Mass.mg(35)
    assert rate / Concentration.mg_per_ml(1) == VolumeRate.ml_per_h("52.5")
    assert VolumeRate.ml_per_h("52.5") * Concentration.mg_per_ml(1) == rate


def test_an_amount_is_read_in_another_unit() -> None:
    assert Mass.mg(35).in_unit("mg") == 35
    assert Mass.mg(35).in_unit("g") == Decimal("0.035")
    assert MassRate.mg_per_h(60).in_unit("mg/min") == 1


def test_unlike_units_add_up_in_the_first_unit_and_like_units_in_their_own() -> None:
    assert (Mass.g(1) + Mass.mg(5)).ucum == "1005 mg"
    assert (Mass.g(1) + Mass.g(5)).ucum == "6 g"
    assert (Mass.g(1) - Mass.mg(5)).ucum == "995 mg"
    assert (Mass.g(5) - Mass.g(1)).ucum == "4 g"
    assert Mass.g(5).times(3).ucum == "15 g"


def test_more_than_there_is_cannot_be_taken_away() -> None:
    with pytest.raises(InputError, match="6 mg cannot be taken from 5 mg"):
        Mass.mg(5) - Mass.mg(6)


@pytest.mark.parametrize(
    ("one", "other"),
    [pair for pair in product(ONE_OF_EACH, ONE_OF_EACH) if type(pair[0]) is not type(pair[1])],
    ids=str,
)
def test_two_kinds_are_never_added_taken_or_compared(one: object, other: object) -> None:
    for act in ("__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__", "__eq__"):
        assert getattr(one, act)(other) is NotImplemented


def test_arithmetic_that_makes_no_sense_is_no_arithmetic() -> None:
    for one, other in product(ONE_OF_EACH, ["5", 5]):
        for act in ("__mul__", "__truediv__"):
            assert not hasattr(one, act) or getattr(one, act)(other) is NotImplemented


def test_order_is_the_order_of_amounts() -> None:
    assert Mass.ug(999) < Mass.mg(1) <= Mass.ug(1000)
    assert Mass.mg(1) > Mass.ug(999)
    assert Mass.mg(1) >= Mass.ug(1000)


@pytest.mark.parametrize("inexact", [0.5, True, None, float("nan")])
def test_a_number_that_is_not_exact_is_refused(inexact: object) -> None:
    with pytest.raises(InputError, match="is not exact"):
        exact(inexact)  # type: ignore[arg-type]


@pytest.mark.parametrize("endless", ["Infinity", "NaN", "1E+16", "1E-31", "1E+999"])
def test_a_number_beyond_any_clinic_is_refused(endless: str) -> None:
    with pytest.raises(InputError, match="outside anything a clinic can measure"):
        exact(Decimal(endless))


def test_a_mass_without_its_unit_is_refused() -> None:
    with pytest.raises(InputError, match="Mass is not measured in 'mL'"):
        Mass.of(1, "mL")


def test_nothing_is_divided_by_nothing() -> None:
    with pytest.raises(InputError, match="divided by zero"):
        Mass.mg(35) / Concentration.mg_per_ml(0)
    with pytest.raises(InputError, match="divided by zero"):
        Mass.mg(35).rounded(Mass.mg(0), Rounding.DOWN)


def test_digits_that_would_be_lost_are_refused_instead() -> None:
    third = Mass.mg(1) / Concentration.mg_per_ml(3)
    with pytest.raises(InputError, match="product has too many digits"):
        Concentration.mg_per_ml(third.value) * third
    with pytest.raises(InputError, match="sum has too many digits"):
        Mass.mg(Decimal("1E+15")) + Mass.mg(Decimal("1." + "3" * 55))


def test_ten_thirds_of_a_milligram_three_times_are_ten_when_rounded_down() -> None:
    third = Mass.mg(10) / Concentration.mg_per_ml(3)
    assert third.times(3).rounded(Volume.ml(1), Rounding.DOWN) == Volume.ml(10)


def test_a_quantity_shows_its_kind_when_it_is_printed() -> None:
    assert repr(Mass.mg(35)) == "Mass(value=Decimal('35'), unit='mg')"
