"""A long number is shortened for the eye; the chart keeps it, and its origin says it whole."""

from decimal import Decimal

import pytest

from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Fact
from kap.vocabulary.quantities import Mass
from kap_clinic.website.shown import shortened, shown_fact


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("24", "24"),
        ("24.0", "24.0"),
        ("24.125", "24.12"),
        ("159.996", "160"),
        ("0.5", "0.5"),
        ("0.034567", "0.0346"),
        ("0.0345", "0.0345"),
        ("0", "0"),
        ("-3.14159", "-3.14"),
        ("1234567.891", "1234567.89"),
    ],
)
def test_a_number_is_read_with_two_decimals_or_three_figures(told, read):
    assert str(shortened(Decimal(told))) == read


def test_values_that_are_no_numbers_stay_as_they_are():
    for value in (True, 3, "aneurysm", None):
        assert shortened(value) is value


def test_a_quantity_and_a_pressure_are_shortened_within_their_unit():
    assert str(shortened(Mass.kg(Decimal("71.38294")))) == "71.38 kg"
    assert str(shortened(BloodPressure(Decimal("131.4142"), None))) == "131.41/?"


def test_the_origin_says_the_whole_number():
    told = {"what": "lab:alt", "unit": UcumUnit("U/L"), "came_from": "Observation/o"}
    long, short = (shown_fact(Fact(value=Decimal(one), **told)) for one in ("24.381294", "24"))
    assert (long.value, long.origin) == ("24.38 U/L", "Observation/o, exactly 24.381294")
    assert (short.value, short.origin) == ("24 U/L", "Observation/o")


def test_a_blood_pressure_is_shown_with_its_unit():
    pressure = BloodPressure(Decimal(118), Decimal(76))
    read = shown_fact(Fact(what="blood-pressure", value=pressure, came_from="Observation/o"))
    assert read.value == "118/76 mmHg"
