"""What a Patient resource says about the person themselves."""

from __future__ import annotations

from collections.abc import Iterator

from kap.screening.record import NotUnderstood
from kap.vocabulary.facts import Fact, FactStatus
from kap.vocabulary.moments import Instant
from kap.vocabulary.sentences import Sentence
from kap_fhir.entries import Entry, changed_meaning
from kap_fhir.shapes import items_of, text_of
from kap_fhir.when import when

NO_BIRTH_DATE = Sentence("The birth date cannot be read.")
DIED = Sentence("This person is recorded as having died: make sure whose record this is.")
NOT_IN_USE = Sentence("This record is marked as no longer in use: make sure whose record this is.")
REPLACED = Sentence("Another record replaces this one: what it says is not read here.")
NAMED_ONLY = Sentence("The file holds no Patient resource for this person, only their name in other entries.")


def read_patient(entry: Entry) -> Iterator[Fact | NotUnderstood]:
    """The birth date, and whatever makes it doubtful whose record this is."""
    resource = entry.resource
    if not resource:
        yield entry.unclear("id", NAMED_ONLY)
        return
    if changed := changed_meaning(entry):
        yield changed
        return
    born = when(resource.get("birthDate"))
    if born.is_unreadable:
        yield entry.unclear("birthDate", NO_BIRTH_DATE)
    elif born.at is not None:
        day = born.local_day if isinstance(born.at, Instant) else born.at
        status = FactStatus.DOUBTFUL if entry.is_contested else FactStatus.RECORDED
        yield Fact(what="birth-date", value=day, status=status, came_from=entry.at("birthDate"))
    yield from _doubts(entry)


def _doubts(entry: Entry) -> Iterator[NotUnderstood]:
    resource = entry.resource
    for element in ("deceasedDateTime", "deceasedBoolean"):
        if text_of(resource.get(element)) or resource.get(element) is True:
            yield entry.unclear(element, DIED)
    if resource.get("active") is False:
        yield entry.unclear("active", NOT_IN_USE)
    if any(link.get("type") == "replaced-by" for link in items_of(resource.get("link"))):
        yield entry.unclear("link", REPLACED)
