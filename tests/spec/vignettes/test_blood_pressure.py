"""Blood pressures as records write them.

A well person whose only reading is the one of the table. Lines: caution from 140 or 90, hold from 160 or 100,
stop for today from 180 or 110; a reading counts for 30 days, and both numbers are needed.
"""

from decimal import Decimal

from tests.cases import cases
from tests.spec.vignettes.records import Resource, concept, observation, pressure, quantity, with_well

BEFORE = ("bp1",)


@cases("""
    reading                            | systolic | diastolic | ago | answer
    -----------------------------------+----------+-----------+-----+----------------------
    well                               | 118      | 74        | 0   | proceed
    just under caution                 | 139      | 89        | 0   | proceed
    systolic at caution                | 140      | 74        | 0   | caution
    diastolic at caution               | 118      | 90        | 0   | caution
    just under hold                    | 159      | 99        | 0   | caution
    systolic at hold                   | 160      | 74        | 0   | hold: primary care
    diastolic at hold                  | 118      | 100       | 0   | hold: primary care
    just under stop                    | 179      | 109       | 0   | hold: primary care
    systolic at stop                   | 180      | 74        | 0   | stop today: remeasure
    diastolic at stop                  | 118      | 110       | 0   | stop today: remeasure
    both far above                     | 240      | 140       | 0   | stop today: remeasure
    a tenth under caution              | 139.9    | 74        | 0   | proceed
    30 days old                        | 118      | 74        | 30  | proceed
    31 days old                        | 118      | 74        | 31  | unknown: remeasure
    31 days old and far above          | 190      | 74        | 31  | unknown: remeasure
    no diastolic                       | 118      |           | 0   | unknown: remeasure
    no systolic                        |          | 74        | 0   | unknown: remeasure
    on no known day                    | 118      | 74        |     | unknown: remeasure
    tomorrow                           | 118      | 74        | -1  | unknown: remeasure
    the numbers swapped                | 74       | 118       | 0   | unknown: remeasure
    nothing a body can have            | 0        | 0         | 0   | unknown: remeasure
""")
def test_each_line(systolic: Decimal | None, diastolic: Decimal | None, ago: int | None, answer: str) -> None:
    numbers = [None if one is None else float(one) for one in (systolic, diastolic)]
    assert with_well("blood-pressure", pressure(*numbers, ago), instead_of=BEFORE) == answer


@cases("""
    written in               | systolic | diastolic | unit       | answer
    -------------------------+----------+-----------+------------+----------------------
    UCUM                     | 150      | 80        | mm[Hg]     | caution
    in words                 | 150      | 80        | mmHg       | caution
    kilopascal               | 20.0     | 10.7      | kPa        | caution
    kilopascal, far above    | 24.0     | 14.7      | kPa        | stop today: remeasure
    kilopascal, well         | 16.0     | 10.0      | kPa        | proceed
    no unit                  | 150      | 80        |            | unknown: remeasure
    a unit of something else | 150      | 80        | mg/dL      | unknown: remeasure
""")
def test_each_unit(systolic: Decimal, diastolic: Decimal, unit: str | None, answer: str) -> None:
    reading = pressure(float(systolic), float(diastolic), 0, unit or "")
    assert with_well("blood-pressure", reading, instead_of=BEFORE) == answer


@cases("""
    how it stands     | status           | answer
    ------------------+------------------+----------------------
    final             | final            | stop today: remeasure
    amended           | amended          | stop today: remeasure
    corrected         | corrected        | stop today: remeasure
    preliminary       | preliminary      | unknown: remeasure
    registered        | registered       | unknown: remeasure
    cancelled         | cancelled        | unknown: remeasure
    entered in error  | entered-in-error | unknown: remeasure
    unknown           | unknown          | unknown: remeasure
""")
def test_each_status(status: str, answer: str) -> None:
    assert with_well("blood-pressure", pressure(190, 90, 0, status=status), instead_of=BEFORE) == answer


def half(code: str, value: int, at: str, id: str) -> Resource:
    """One number of a reading that is an observation by itself."""
    return observation(
        code, None, id=id, effectiveDateTime=at, valueQuantity=quantity(value, "mmHg", "mm[Hg]")
    )


def test_two_observations_of_one_moment_are_one_reading() -> None:
    at = "2026-11-21T08:15:00-05:00"
    both = [half("8480-6", 150, at, "s1"), half("8462-4", 80, at, "d1")]
    assert with_well("blood-pressure", *both, instead_of=BEFORE) == "caution"


def test_two_observations_of_one_moment_in_two_zones_are_one_reading() -> None:
    upper = half("8480-6", 150, "2026-11-21T08:15:00-05:00", "s1")
    lower = half("8462-4", 80, "2026-11-21T13:15:00Z", "d1")
    assert with_well("blood-pressure", upper, lower, instead_of=BEFORE) == "caution"


def test_the_only_two_observations_of_a_day_are_one_reading() -> None:
    both = [half("8480-6", 150, "2026-11-21", "s1"), half("8462-4", 80, "2026-11-21", "d1")]
    assert with_well("blood-pressure", *both, instead_of=BEFORE) == "caution"


def test_two_observations_of_two_moments_are_no_reading() -> None:
    upper = half("8480-6", 118, "2026-11-21T08:15:00-05:00", "s1")
    lower = half("8462-4", 74, "2026-11-21T09:15:00-05:00", "d1")
    assert with_well("blood-pressure", upper, lower, instead_of=BEFORE) == "unknown: remeasure"


def test_one_high_number_is_never_cleared_by_an_ordinary_reading_of_that_day() -> None:
    alone = half("8480-6", 190, "2026-11-21T08:15:00-05:00", "s1")
    assert with_well("blood-pressure", pressure(118, 74, 0), alone, instead_of=BEFORE) == "unknown: remeasure"


def test_of_two_readings_of_a_day_the_stricter_counts() -> None:
    two = [pressure(118, 74, 0), pressure(165, 74, 0, id="bp2")]
    assert with_well("blood-pressure", *two, instead_of=BEFORE) == "hold: primary care"


def test_the_newest_day_counts_and_not_the_worst() -> None:
    two = [pressure(190, 115, 3), pressure(118, 74, 0, id="bp2")]
    assert with_well("blood-pressure", *two, instead_of=BEFORE) == "proceed"


def test_a_panel_whose_numbers_are_members_of_their_own() -> None:
    at = "2026-11-21T08:15:00-05:00"
    halves = [half("8480-6", 150, at, "s1"), half("8462-4", 80, at, "d1")]
    panel = observation("85354-9", None, id="bp2", effectiveDateTime=at,
                        hasMember=[{"reference": "Observation/s1"}, {"reference": "Observation/d1"}])  # fmt: skip
    assert with_well("blood-pressure", panel, *halves, instead_of=BEFORE) == "caution"


def test_a_reading_written_in_words_is_not_guessed() -> None:
    written = observation("85354-9", 0, id="bp2", valueString="150/80 mmHg")
    assert with_well("blood-pressure", written, instead_of=BEFORE) == "unknown: remeasure"


def test_a_heart_rate_inside_the_panel_changes_nothing() -> None:
    rate = {"code": concept("loinc 8867-4"), "valueQuantity": quantity(150, "/min", "/min")}
    panel = pressure(118, 74, 0)
    panel["component"].append(rate)
    assert with_well("blood-pressure", panel, instead_of=BEFORE) == "proceed"


def test_a_reading_taken_on_the_evening_before_in_another_zone_is_of_its_own_day() -> None:
    taken = pressure(118, 74, None, effectiveDateTime="2026-10-21T23:30:00-08:00")
    assert with_well("blood-pressure", taken, instead_of=BEFORE) == "unknown: remeasure"
    taken = pressure(118, 74, None, effectiveDateTime="2026-10-22T00:30:00+09:00")
    assert with_well("blood-pressure", taken, instead_of=BEFORE) == "proceed"


def test_a_reading_made_on_somebody_else_never_counts() -> None:
    of_the_child = pressure(118, 74, 0, focus=[{"display": "the child"}])
    assert with_well("blood-pressure", of_the_child, instead_of=BEFORE) == "unknown: remeasure"


def test_a_number_nobody_measured_says_nothing() -> None:
    unknown = {"coding": [{"code": "not-performed"}]}
    panel = pressure(118, 74, 0)
    del panel["component"][1]["valueQuantity"]
    panel["component"][1]["dataAbsentReason"] = unknown
    assert with_well("blood-pressure", panel, instead_of=BEFORE) == "unknown: remeasure"
