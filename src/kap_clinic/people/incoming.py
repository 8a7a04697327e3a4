"""What a file says about people, before anybody decides whose charts they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kap.screening.record import NotUnderstood, PersonRecord
from kap.vocabulary.errors import InputError
from kap.vocabulary.facts import Fact
from kap.vocabulary.sentences import Sentence
from kap_fhir.containers import taken_apart
from kap_fhir.opening import documents_in
from kap_fhir.reading import READERS, Reading, read_people
from kap_fhir.shapes import JsonObject, items_of, object_of, text_of

from .contacts import NO_CONTACT, Contact
from .sheets import bundle_of, is_sheet
from .stored_facts import read_moment

# Numbers of the state name a person everywhere: they are never copied out of a record.
_OF_THE_STATE = frozenset({"SS", "SB", "DL", "PPN", "TAX"})
_STATE_SYSTEMS = ("us-ssn", "2.16.840.1.113883.4.1", "2.16.840.1.113883.4.3", "passport")
_PRONOUNS = "http://hl7.org/fhir/StructureDefinition/individual-pronouns"


@dataclass(frozen=True, kw_only=True)
class Who:
    """What a record says about who somebody is.

    Missing: whatever it does not say is empty.
    """

    name: str
    birth: str = ""
    sex: str = ""
    pronouns: str = ""
    language: str = ""
    contact: Contact = NO_CONTACT


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """One person of a file: who they are, what others call them, their facts and what was not understood.

    Shape: ``key`` names them in this file; ``has_id`` says that it also names them in the sender's next one.
    """

    key: str
    has_id: bool
    who: Who
    identifiers: tuple[tuple[str, str, str], ...]
    facts: tuple[Fact, ...]
    unread: tuple[NotUnderstood, ...]


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """Everything a file brings, with how much of it became facts and how much nobody reads."""

    form: str
    people: tuple[Newcomer, ...]
    unplaced: tuple[NotUnderstood, ...]
    notes: tuple[Sentence, ...]
    resources: int
    understood: int
    unused: Mapping[str, int]


def read_file(content: bytes, on: date) -> Incoming:
    """Read FHIR R4 (a Bundle, one resource or NDJSON, plain or gzip), or a sheet of people as CSV.

    Raises: InputError when it is neither, or names nobody.
    """
    if not is_sheet(content):
        return _incoming("fhir", read_people(content, on=on), ())
    bundle, strange = bundle_of(content)
    return _incoming("csv", read_people(bundle, on=on), strange)


def labels_in(content: bytes) -> set[str]:
    """Name every entry of a file as the origins of its facts do."""
    told = bundle_of(content)[0] if is_sheet(content) else content
    contents = taken_apart(documents_in(told), frozenset(READERS))
    return {entry.label for shelf in contents.shelves for entry in shelf.entries.values()}


def _incoming(form: str, reading: Reading, strange: tuple[NotUnderstood, ...]) -> Incoming:
    people = tuple(_newcomer(record, reading.patients[record.person]) for record in reading.people)
    # With one person the reader lists what it could not place with them already.
    unplaced = () if len(people) == 1 else reading.unplaced
    return Incoming(
        form=form, people=people, unplaced=(*unplaced, *strange), notes=reading.notes,
        resources=reading.tally.resources, understood=reading.tally.understood,
        unused=dict(reading.tally.kept),
    )  # fmt: skip


def _newcomer(record: PersonRecord, patient: JsonObject) -> Newcomer:
    return Newcomer(
        key=record.person,
        has_id=bool(text_of(patient.get("id"))),
        who=_who(patient, record.person),
        identifiers=tuple(_identifiers(patient)),
        facts=record.facts,
        unread=record.not_understood,
    )


def _who(patient: JsonObject, key: str) -> Who:
    return Who(
        name=_name(patient) or key[:120],
        birth=_birth(patient),
        sex=text_of(patient.get("gender"))[:32],
        pronouns=_pronouns(patient),
        language=_language(patient),
        contact=_contact(patient),
    )


def _name(patient: JsonObject) -> str:
    names = items_of(patient.get("name"))
    in_use = [one for one in names if one.get("use") not in ("old", "maiden", "nickname", "anonymous")]
    first = next((one for one in in_use if one.get("use") == "official"), next(iter(in_use or names), {}))
    given = first.get("given")
    parts = [*(given if isinstance(given, list) else []), first.get("family")]
    return (" ".join(filter(None, map(text_of, parts))) or text_of(first.get("text")))[:120]


def _birth(patient: JsonObject) -> str:
    try:
        return str(read_moment(text_of(patient.get("birthDate"))[:10]) or "")
    except (InputError, ValueError):
        return ""


def _pronouns(patient: JsonObject) -> str:
    for extension in items_of(patient.get("extension")):
        if extension.get("url") == _PRONOUNS:
            value = next(
                (object_of(one.get("valueCodeableConcept")) for one in items_of(extension.get("extension"))),
                {},
            )
            return text_of(value.get("text"))[:32]
    return ""


def _language(patient: JsonObject) -> str:
    for spoken in items_of(patient.get("communication")):
        for coding in items_of(object_of(spoken.get("language")).get("coding")):
            return text_of(coding.get("code"))[:2].lower()
    return ""


def _contact(patient: JsonObject) -> Contact:
    told = items_of(patient.get("telecom"))
    address = next(iter(items_of(patient.get("address"))), {})
    lines = address.get("line")
    parts = [*(lines if isinstance(lines, list) else []), *map(address.get, ("city", "state", "postalCode"))]
    return Contact(
        phone=next((text_of(one.get("value")) for one in told if one.get("system") == "phone"), ""),
        email=next((text_of(one.get("value")) for one in told if one.get("system") == "email"), ""),
        address=(text_of(address.get("text")) or ", ".join(filter(None, map(text_of, parts))))[:240],
    )


def _identifiers(patient: JsonObject) -> list[tuple[str, str, str]]:
    found = []
    for one in items_of(patient.get("identifier")):
        system, value = text_of(one.get("system")), text_of(one.get("value"))
        codes = {text_of(coding.get("code")) for coding in items_of(object_of(one.get("type")).get("coding"))}
        of_the_state = codes & _OF_THE_STATE or any(part in system for part in _STATE_SYSTEMS)
        if system and value and not of_the_state:
            found.append((system, "identifier", value))
    return found
