"""A chart of hundreds of entries is read at a glance: what is present and new first, the rest folded away."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kap.vocabulary.facts import Course, Fact
from kap_clinic.database.identity import new_id
from kap_clinic.people.known_shown import known_kinds
from kap_clinic.people.queries import KnownFact

AT = datetime(2026, 1, 14, 12, tzinfo=UTC)


def known(what: str, value: str, year: int | None, course: Course = Course.PAST) -> KnownFact:
    when = date(year, 3, 1) if year else None
    fact = Fact(what=what, value=value, when=when, course=course, came_from="Condition/c1#code")
    return KnownFact(id=new_id(), fact=fact, source="Elm", recorded_at=AT, recorded_by=new_id())


@pytest.mark.parametrize(("count", "folded"), [(11, None), (12, None), (13, 1), (300, 288)])
def test_beyond_a_dozen_of_a_kind_the_rest_is_folded(count: int, folded: int | None) -> None:
    facts = [known("condition:other", f"Visit {year}", 1700 + year) for year in range(count)]
    [kind] = known_kinds(facts, None, "UTC")
    assert (len(kind.rest.rows) if kind.rest else None) == folded
    assert kind.first.rows[0].cells[0] == f"Visit {count - 1}"


def test_what_is_taken_now_stands_before_everything_that_is_over_however_old_it_is() -> None:
    past = [known("ingredient:other", f"amoxicillin {year}", year) for year in range(2000, 2020)]
    now = [known("ingredient:other", "warfarin 5 mg", 1999, Course.ACTIVE)]
    undated = [known("ingredient:lorazepam", "lorazepam 0.5 mg", None, Course.ACTIVE)]
    [kind] = known_kinds([*past, *now, *undated], None, "UTC")
    assert [row.cells[0] for row in kind.first.rows[:3]] == ["warfarin 5 mg", "Lorazepam", "amoxicillin 2019"]
    assert [row.cells[1] for row in kind.first.rows[:3]] == ["", "lorazepam 0.5 mg", ""]
