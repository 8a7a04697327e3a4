"""What a Patient resource says of the person: a birth date as it is, and whose record this may not be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.unit.kap_fhir.records import ANN, bundle, reading, reasons

from kap.vocabulary.partial_dates import PartialDate


@pytest.mark.parametrize(
    ("more", "place", "value"),
    [
        ({}, "birthDate", date(1980, 5, 17)),
        ({"birthDate": "1980"}, "birthDate", PartialDate("1980")),
        ({"birthDate": "1980-05"}, "birthDate", PartialDate("1980-05")),
        ({"birthDate": "1980-05-17T22:00:00-07:00"}, "birthDate", date(1980, 5, 17)),
    ],
)
def test_a_birth_date_is_what_it_is(more: dict[str, Any], place: str, value: object) -> None:
    [ann] = reading(bundle({**ANN, **more})).people
    assert [(fact.value, fact.came_from) for fact in ann.facts] == [(value, f"Patient/ann#{place}")]


@pytest.mark.parametrize(
    ("more", "places", "facts"),
    [
        ({"birthDate": "long ago"}, {"birthDate"}, 0),
        ({"birthDate": None}, set(), 0),
        ({"deceasedBoolean": True}, {"deceasedBoolean"}, 1),
        ({"deceasedBoolean": False}, set(), 1),
        ({"deceasedDateTime": "2020"}, {"deceasedDateTime"}, 1),
        ({"active": False}, {"active"}, 1),
        ({"link": [{"type": "replaced-by", "other": {"reference": "Patient/x"}}]}, {"link"}, 1),
        ({"link": [{"type": "seealso", "other": {"reference": "Patient/x"}}]}, set(), 1),
        ({"modifierExtension": [{"url": "http://x.example"}]}, {"modifierExtension"}, 0),
    ],
)
def test_what_makes_it_doubtful_whose_record_it_is_is_listed(
    more: dict[str, Any], places: set[str], facts: int
) -> None:
    [ann] = reading(bundle({**ANN, **more})).people
    assert ({place.partition("#")[2] for place in reasons(ann)}, len(ann.facts)) == (places, facts)
