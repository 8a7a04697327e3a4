"""Days of which only the year or the month was written, and both numbers of one blood pressure."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Fact
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1980", date(1980, 1, 1), date(1980, 12, 31)),
        ("1980-02", date(1980, 2, 1), date(1980, 2, 29)),
        ("1981-02", date(1981, 2, 1), date(1981, 2, 28)),
        ("1980-12", date(1980, 12, 1), date(1980, 12, 31)),
    ],
)
def test_a_partial_date_lies_between_its_first_and_its_last_day(text: str, first: date, last: date) -> None:
    part = PartialDate(text)
    assert (part.first_day, part.last_day, str(part)) == (first, last, text)


@pytest.mark.parametrize("text", ["", "80", "1980-13", "1980-00", "0000", "1980-05-01", "May 1980"])
def test_what_is_no_year_and_no_month_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not part of a date"):
        PartialDate(text)


def test_a_blood_pressure_reads_as_it_is_charted() -> None:
    assert str(BloodPressure(Decimal("118.0"), Decimal(74))) == "118/74"
    half = BloodPressure(None, Decimal(74))
    assert (str(half), half.is_whole) == ("?/74", False)
    assert BloodPressure(Decimal(118), Decimal(74)).is_whole


@pytest.mark.parametrize(
    ("systolic", "diastolic"), [(None, None), (Decimal(0), None), (Decimal(118), Decimal(-1))]
)
def test_a_blood_pressure_that_cannot_be_is_refused(
    systolic: Decimal | None, diastolic: Decimal | None
) -> None:
    with pytest.raises(InputError, match="blood pressure"):
        BloodPressure(systolic, diastolic)


def test_only_a_number_has_an_upper_limit_beside_it() -> None:
    with pytest.raises(InputError, match="only a number"):
        Fact(what="lab:hcg", value="negative", upper_limit=Decimal(1), came_from="Observation/o1#value")


def test_a_fact_holds_for_the_calendar_day_of_its_place() -> None:
    late = Instant(datetime(2026, 11, 22, 3, tzinfo=UTC))

    def day(when: Instant | date | PartialDate | None, local: date | None = None) -> date | None:
        fact = Fact(
            what="score", value=1, unit=UcumUnit("1"), when=when, local_day=local, came_from="Observation/o1"
        )
        return fact.day

    assert day(late) == date(2026, 11, 22)
    assert day(late, date(2026, 11, 21)) == date(2026, 11, 21)
    assert day(date(2026, 11, 21)) == date(2026, 11, 21)
    assert day(PartialDate("2026-11")) is None
    assert day(None) is None
