"""Whatever is sent, a record is read or refused in a sentence, and nobody gets a stranger's facts."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.mutations import mutated
from tests.fuzz.strangers import strangers_facts
from tests.fuzz.whole_records import RECORDS
from tests.unit.kap_fhir.records import ANN

from kap.vocabulary.errors import InputError
from kap_fhir.reading import READERS, Reading, read_people

LAW = settings(deadline=None, database=None, print_blob=True)

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=20,
)
# The elements the readers look at, so that chance finds them.
ELEMENTS = st.sampled_from(
    [
        *(
            "id",
            "subject",
            "patient",
            "code",
            "coding",
            "system",
            "display",
            "text",
            "status",
            "meta",
            "item",
        ),
        *("clinicalStatus", "verificationStatus", "component", "valueQuantity", "value", "unit", "high"),
        *(
            "referenceRange",
            "reaction",
            "substance",
            "condition",
            "relationship",
            "answer",
            "linkId",
            "start",
        ),
        *("questionnaire", "contained", "reference", "identifier", "medicationReference", "effectivePeriod"),
    ]
)
RESOURCE = st.dictionaries(
    ELEMENTS,
    st.recursive(ANY_JSON, lambda inside: st.dictionaries(ELEMENTS, inside, max_size=4), max_leaves=10),
    max_size=8,
)


class Seeded:
    """Chance from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def whole(self, below: int) -> int:
        return self.random.randrange(below)


def read_or_refused(sent: bytes) -> Reading | None:
    """What is read; nothing where it was refused, in one line."""
    refusal = "a sentence"
    try:
        return read_people(sent)
    except InputError as refused:
        refusal = str(refused)
    assert refusal
    assert "\n" not in refusal
    return None


@LAW
@given(st.binary())
def test_any_bytes_are_read_or_refused(sent: bytes) -> None:
    read_or_refused(sent)


@LAW
@given(ANY_JSON)
def test_any_json_is_read_or_refused(document: Any) -> None:
    read_or_refused(json.dumps(document).encode())


@LAW
@given(st.sampled_from([*sorted(READERS), "Patient", "Medication"]), RESOURCE)
def test_any_resource_is_read_or_refused_and_is_never_anns_unless_it_names_her(
    kind: str, resource: dict[str, Any]
) -> None:
    slots = [{"resource": ANN}, {"resource": {**resource, "resourceType": kind, "id": "strange"}}]
    read = read_or_refused(json.dumps({"resourceType": "Bundle", "entry": slots}).encode())
    names = json.dumps([resource.get("subject"), resource.get("patient")])
    if read and "ann" not in names:
        facts = next(one.facts for one in read.people if one.person == "ann")
        assert [fact.what for fact in facts] == ["birth-date"]


@LAW
@given(st.integers(min_value=0))
def test_a_mutated_record_gives_nobody_a_strangers_facts(seed: int) -> None:
    _, sent = mutated(Seeded(seed))
    if read := read_or_refused(sent):
        assert strangers_facts(sent, read) == []


@LAW
@given(st.integers(min_value=0))
def test_what_is_read_accounts_for_every_resource(seed: int) -> None:
    _, sent = mutated(Seeded(seed))
    if read := read_or_refused(sent):
        tally = read.tally
        assert tally.understood + tally.listed + sum(tally.kept.values()) == tally.resources


@pytest.mark.parametrize("style", RECORDS)
def test_the_whole_records_are_understood_whole(style: str) -> None:
    read = read_people(RECORDS[style].encode())
    assert {one.person: len(one.facts) for one in read.people} == {"ann": 16, "bob": 16}
    assert [one.not_understood for one in read.people] == [(), ()]
    assert strangers_facts(RECORDS[style].encode(), read) == []


def test_the_other_eyes_see_a_strangers_fact() -> None:
    text = RECORDS["relative"]
    read = read_people(text.encode())
    swapped = text.replace("Patient/ann", "Patient/eve").replace("Patient/bob", "Patient/ann")
    assert len(strangers_facts(swapped.encode(), read)) == 30
