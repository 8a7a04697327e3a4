"""Blood pressures: both numbers of one reading, however they were written; half of one stays a half."""

from __future__ import annotations

from typing import Any

from tests.cases import cases
from tests.unit.kap_fhir.records import (
    LOINC,
    coded,
    facts_of_ann,
    observation,
    of_ann,
    quantity,
    reasons,
    told,
)

from kap.vocabulary.blood_pressures import BloodPressure

PANEL, SYSTOLIC, DIASTOLIC = "85354-9", "8480-6", "8462-4"


def half(code: str, value: float | None, unit: str = "mm[Hg]", **more: Any) -> dict[str, Any]:
    """One number of a blood pressure, as a component."""
    given = {} if value is None else {"valueQuantity": quantity(value, unit)}
    return {"code": coded(LOINC, code), **given, **more}


@cases("""
    story                       | systolic | diastolic | unit   | reading    | known
    ----------------------------+----------+-----------+--------+------------+---------
    both numbers                | 118      | 76        | mm[Hg] | 118/76     | recorded
    in kilopascal               | 16       | 10        | kPa    | 120.00992/75.0062 | recorded
    only the upper              | 118      |           | mm[Hg] | 118/?      | recorded
    only the lower              |          | 76        | mm[Hg] | ?/76       | recorded
    swapped                     | 76       | 118       | mm[Hg] | 76/118     | doubtful
    twice the same              | 118      | 118       | mm[Hg] | 118/118    | doubtful
    a zero is no pressure       | 0        | 76        | mm[Hg] |            |
    neither                     |          |           | mm[Hg] |            |
    a unit nobody knows         | 118      | 76        | psi    |            |
""")
def test_a_blood_pressure_keeps_both_numbers_of_one_reading(
    systolic: int | None, diastolic: int | None, unit: str, reading: str | None, known: str | None
) -> None:
    parts = [half(SYSTOLIC, systolic, unit), half(DIASTOLIC, diastolic, unit)]
    for code in (PANEL, "55284-4"):
        facts = facts_of_ann(observation(code, component=parts))
        shown = [(str(fact.value), fact.status.value, fact.came_from) for fact in facts]
        assert shown == ([(reading, known, "Observation/o1#component")] if reading else [])


def test_a_bound_in_a_blood_pressure_makes_it_doubtful_and_is_listed() -> None:
    upper = half(SYSTOLIC, 118)
    upper["valueQuantity"]["comparator"] = ">"
    ann = of_ann(observation(PANEL, component=[upper, half(DIASTOLIC, 76)]))
    assert told(list(ann.facts))[1:] == [("blood-pressure", "", "doubtful")]
    assert set(reasons(ann)) == {"Observation/o1#component[0].valueQuantity.comparator"}


def alone(id: str, code: str, value: int, at: str) -> dict[str, Any]:
    """One number of a blood pressure, as an observation of its own."""
    return observation(code, id=id, valueQuantity=quantity(value, "mm[Hg]"), effectiveDateTime=at)


def pressures(*seen: dict[str, Any]) -> list[str]:
    """The readings made of these observations."""
    return sorted(str(fact.value) for fact in facts_of_ann(*seen) if isinstance(fact.value, BloodPressure))


def test_two_halves_of_one_moment_are_one_reading() -> None:
    noon, evening = "2026-03-04T12:00:00Z", "2026-03-04T19:00:00Z"
    assert pressures(
        alone("s", SYSTOLIC, 118, noon), alone("d", DIASTOLIC, 76, "2026-03-04T05:00:00-07:00")
    ) == ["118/76"]
    assert pressures(alone("s", SYSTOLIC, 118, noon), alone("d", DIASTOLIC, 76, evening)) == ["118/?", "?/76"]


def test_the_only_two_halves_of_a_day_are_one_reading() -> None:
    day = "2026-03-04"
    assert pressures(alone("s", SYSTOLIC, 118, day), alone("d", DIASTOLIC, 76, day)) == ["118/76"]


def test_halves_nobody_can_pair_stay_halves() -> None:
    noon, day, month = "2026-03-04T12:00:00Z", "2026-03-04", "2026-03"
    assert pressures(alone("s", SYSTOLIC, 118, month), alone("d", DIASTOLIC, 76, month)) == ["118/?", "?/76"]
    assert pressures(alone("s", SYSTOLIC, 118, noon), alone("d", DIASTOLIC, 76, day)) == ["118/?", "?/76"]
    two = [alone("s", SYSTOLIC, 118, day), alone("t", SYSTOLIC, 180, day), alone("d", DIASTOLIC, 76, day)]
    assert pressures(*two) == ["118/?", "180/?", "?/76"]
    three = [
        alone("s", SYSTOLIC, 118, noon),
        alone("t", SYSTOLIC, 180, noon),
        alone("d", DIASTOLIC, 76, noon),
    ]
    assert pressures(*three) == ["118/?", "180/?", "?/76"]


def test_a_half_that_is_doubtful_makes_the_reading_doubtful() -> None:
    noon = "2026-03-04T12:00:00Z"
    doubted = {**alone("d", DIASTOLIC, 76, noon), "status": "preliminary"}
    assert told(facts_of_ann(alone("s", SYSTOLIC, 118, noon), doubted)) == [
        ("blood-pressure", "", "doubtful")
    ]


def test_a_component_changed_by_an_extension_is_listed_and_does_not_count() -> None:
    parts = [half(SYSTOLIC, 118), half(DIASTOLIC, 76, modifierExtension=[{"url": "http://x.example"}])]
    ann = of_ann(observation(PANEL, component=parts))
    assert [str(fact.value) for fact in ann.facts][1:] == ["118/?"]
    assert set(reasons(ann)) == {"Observation/o1#component[1]"}
