"""Facts of a chart: read back as they were recorded, added and never edited, newer readings in front."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.bounds import Bound, Side
from kap.vocabulary.codes import RxNormCode, UcumUnit
from kap.vocabulary.errors import Refused
from kap.vocabulary.facts import Course, Fact, FactStatus
from kap.vocabulary.moments import Instant
from kap.vocabulary.partial_dates import PartialDate
from kap.vocabulary.quantities import Mass

pytestmark = pytest.mark.database

ON = date(2026, 1, 12)
LATE = Instant.parse("2026-01-11T23:30:00-07:00")
EVERY_KIND = [
    Fact(what="birth-date", value=PartialDate("1984-03"), came_from="Patient/a#birthDate"),
    Fact(what="aneurysm", value="I71.4 aneurysm", when=ON, course=Course.PAST, came_from="Condition/1#code"),
    Fact(what="companion", value=True, when=ON, status=FactStatus.CONFIRMED, came_from="history#companion"),
    Fact(what="lab:alt", value=Decimal("41.50"), unit=UcumUnit("U/L"), when=LATE,
         local_day=date(2026, 1, 11), upper_limit=Decimal("40"), came_from="Observation/2#value"),
    Fact(what="lab:hcg", value=Bound(Side.BELOW, Decimal(5)), unit=UcumUnit("m[iU]/mL"), when=LATE,
         local_day=date(2026, 1, 11), came_from="Observation/7#value"),
    Fact(what="score", value=7, unit=UcumUnit("1"), status=FactStatus.DOUBTFUL, came_from="Observation/3"),
    Fact(what="blood-pressure", value=BloodPressure(Decimal(128), None), when=ON, came_from="Observation/4"),
    Fact(what="vital:weight", value=Mass.of("154", "[lb_av]"), when=PartialDate("2025"), came_from="vital/5"),
    Fact(what="ingredient:lorazepam", value=RxNormCode("6470"), course=Course.ACTIVE, came_from="medicine/6"),
    Fact(what="born", value=date(1984, 3, 27), came_from="Patient/a"),
    Fact(what="seen", value=LATE, came_from="Encounter/a"),
]  # fmt: skip


def add(charts, facts, **more):
    from kap_clinic.people.actions import add_facts

    return add_facts(
        organization=charts.house.id,
        by=more.pop("by", charts.nurse),
        person=charts.person,
        facts=facts,
        **more,
    )


def record(charts, by=None):
    from kap_clinic.people.queries import record_of

    with charts.house.acting(by or charts.nurse) as act:
        return record_of(act, charts.person)


def test_every_kind_of_fact_is_read_back_as_the_very_same_fact(charts):
    assert add(charts, EVERY_KIND) == len(EVERY_KIND)
    assert list(record(charts).facts) == EVERY_KIND
    assert [str(fact.value) for fact in record(charts).facts] == [str(fact.value) for fact in EVERY_KIND]


def test_a_later_fact_stands_beside_an_earlier_one(charts):
    add(charts, EVERY_KIND[:2])
    add(charts, EVERY_KIND[:2])
    assert list(record(charts).facts) == EVERY_KIND[:2] * 2


def test_of_one_place_of_a_source_the_newest_reading_stands(charts):
    older, newer = EVERY_KIND[1], Fact(what="aneurysm", value="clipped", came_from="Condition/1#code")
    add(charts, [older], source="St. Mary's", place=lambda _: "Condition/1")
    add(charts, [newer], source="St. Mary's", place=lambda _: "Condition/1")
    add(charts, [older], source="Harbor", place=lambda _: "Condition/1")
    assert list(record(charts).facts) == [newer, older]


def test_a_role_without_charts_reads_nothing(charts):
    add(charts, EVERY_KIND)
    with pytest.raises(Refused, match="may not see what is known of a person"):
        record(charts, by=charts.house.member("administrator"))


def test_a_therapist_reads_and_records_nothing(charts):
    therapist = charts.house.member("therapist")
    with pytest.raises(Refused, match="may not record a fact"):
        add(charts, EVERY_KIND, by=therapist)
    assert record(charts, by=therapist).facts == ()


def test_adding_facts_names_the_person_in_the_trail(charts):
    add(charts, EVERY_KIND)
    assert charts.house.trail()[-1] == ("people.add_facts", "done", charts.nurse.id)
