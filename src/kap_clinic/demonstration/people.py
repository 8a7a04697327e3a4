"""The invented people of the demonstration, each at another stage; every name and number is made up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from kap.vocabulary.blood_pressures import BloodPressure
from kap.vocabulary.codes import UcumUnit
from kap.vocabulary.facts import Course, Fact
from kap.vocabulary.quantities import Mass
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import acting
from kap_clinic.people.actions import add_facts, open_chart
from kap_clinic.people.contacts import Contact
from kap_clinic.people.enquiries import (
    MAIL,
    SELF_REFERRAL,
    TELEPHONE,
    Said,
    lose_enquiry,
    switch_self_referral,
    take_enquiry,
)
from kap_clinic.people.importing import receive_file
from kap_clinic.people.journey import SCREENING
from kap_clinic.people.received import people_in
from kap_clinic.people.referrals import Referrer, take_referral
from kap_clinic.people.supporters import ESCORT, WATCH, Named, name_supporter

REFERRER = "Aspen Family Medicine"


@dataclass(frozen=True, kw_only=True)
class Client:
    """Somebody invented who is being screened; days are counted back from today."""

    name: str
    birth: str
    pronouns: str
    sex: str
    pressure: tuple[int, int, int]
    weight_kg: int
    medicines: tuple[tuple[str, str], ...] = ()
    conditions: tuple[tuple[str, str], ...] = ()


CLIENTS = (
    Client(
        name="Ana Kowalczyk", birth="1984-03-27", pronouns="she/her", sex="female",
        pressure=(164, 96, 3), weight_kg=68,
        medicines=(("ingredient:lorazepam", "lorazepam 0.5 mg at night"),),
    ),
    Client(
        name="Ben Torres", birth="1979-11-05", pronouns="he/him", sex="male",
        pressure=(118, 76, 2), weight_kg=82,
    ),
    Client(
        name="Miriam Feld", birth="1958-06-14", pronouns="she/her", sex="female",
        pressure=(132, 84, 5), weight_kg=61,
        conditions=(("aneurysm", "Aneurysm of the abdominal aorta, 3.4 cm"),),
    ),
)  # fmt: skip


def load_people(organization: UUID, by: Actor, id_of: Any, today: date) -> None:
    """Load people being screened, one referred by file and three who asked; again changes nothing."""
    for client in CLIENTS:
        person = id_of("client", client.name)
        is_new = open_chart(
            organization=organization, by=by, id=person, name=client.name, birth=client.birth,
            sex=client.sex, pronouns=client.pronouns, language="en", stage=SCREENING,
            contact=Contact(phone="555 0100", email="client@example.org"),
        )  # fmt: skip
        if is_new:
            facts = facts_of(client, today)
            add_facts(organization=organization, by=by, person=person, facts=facts, source=REFERRER)
    done = receive_file(organization=organization, by=by, content=REFERRAL, source=REFERRER)
    if done.is_new:
        _load_referral(organization, by, id_of, today, done.id)
    _load_supporter(organization, by, id_of)
    _load_enquiries(organization, by, id_of)


def _load_referral(organization: UUID, by: Actor, id_of: Any, today: date, file: UUID) -> None:
    """Load who sent Dana, and what came with it."""
    with acting(organization, by, "people.see_import") as act:
        dana = people_in(act, file)[0].id
    take_referral(
        organization=organization, by=by, id=id_of("referral", "Dana Ortiz"), person=dana,
        referrer=Referrer(name="Dr. Amos Hale", practice=REFERRER, contact=Contact(phone="555 0150")),
        why="Severe depression that came back twice", on=today - timedelta(days=9), records=[file],
    )  # fmt: skip


def _load_supporter(organization: UUID, by: Actor, id_of: Any) -> None:
    """Load who brings Ana home."""
    name_supporter(
        organization=organization, by=by, id=id_of("support", "Luis Kowalczyk"),
        person=id_of("client", "Ana Kowalczyk"),
        named=Named(
            name="Luis Kowalczyk", relation="brother", does=ESCORT, may_be_told=WATCH,
            contact=Contact(phone="555 0111"),
        ),
    )  # fmt: skip


def facts_of(client: Client, today: date) -> list[Fact]:
    """Return what is known of somebody invented."""
    systolic, diastolic, days_ago = client.pressure
    measured = today - timedelta(days=days_ago)
    pressure = BloodPressure(Decimal(systolic), Decimal(diastolic))
    known = [
        Fact(what="blood-pressure", value=pressure, when=measured, came_from="Observation/bp#value"),
        Fact(
            what="vital:weight", value=Mass.kg(client.weight_kg), when=measured,
            came_from="Observation/w#value",
        ),
        Fact(
            what="lab:alt", value=Decimal(24), unit=UcumUnit("U/L"), when=measured,
            upper_limit=Decimal(40), came_from="Observation/alt#value",
        ),
    ]  # fmt: skip
    for what, words in (*client.medicines, *client.conditions):
        place = "MedicationStatement/1#code" if what.startswith("ingredient:") else "Condition/1#code"
        known.append(Fact(what=what, value=words, course=Course.ACTIVE, when=measured, came_from=place))
    return known


def _load_enquiries(organization: UUID, by: Actor, id_of: Any) -> None:
    take_enquiry(
        organization=organization, by=by, id=id_of("enquiry", "Joy Adair"), name="Joy Adair",
        contact=Contact(phone="555 0121"), came_by=TELEPHONE, heard="Her therapist",
        said=Said(seeks="Depression, three medicines tried", travel="Boulder", diet="vegetarian"),
    )  # fmt: skip
    lost = id_of("enquiry", "Carl Brandt")
    is_new = take_enquiry(
        organization=organization, by=by, id=lost, name="Carl Brandt", came_by=MAIL, heard="A podcast",
        contact=Contact(email="carl@example.org"), said=Said(seeks="A retreat in June"),
    )  # fmt: skip
    if is_new:
        lose_enquiry(organization=organization, by=by, id=lost, because="Too far to travel")
        switch_self_referral(organization=organization, by=by, is_open=True)
    take_enquiry(
        organization=organization, by=by, id=id_of("enquiry", "Luz Prado"), name="Luz Prado", language="es",
        contact=Contact(phone="555 0177"), came_by=SELF_REFERRAL,
        said=Said(seeks="Ansiedad y tristeza desde hace dos años", travel="Pueblo"),
    )  # fmt: skip


def _referral() -> bytes:
    """Write the file a family practice sent about Dana Ortiz."""
    whose = {"reference": "Patient/dana"}
    icd10 = "http://hl7.org/fhir/sid/icd-10-cm"
    resources: list[dict[str, Any]] = [
        {
            "resourceType": "Patient", "id": "dana", "birthDate": "1991-09-30", "gender": "female",
            "name": [{"given": ["Dana"], "family": "Ortiz"}],
            "telecom": [{"system": "phone", "value": "555 0142"}],
        },
        {
            "resourceType": "Condition", "id": "depression", "subject": whose,
            "code": {"coding": [{"system": icd10, "code": "F33.2"}], "text": "Recurrent severe depression"},
        },
        {
            "resourceType": "MedicationStatement", "id": "sertraline", "subject": whose, "status": "active",
            "medicationCodeableConcept": {"text": "sertraline 100 mg"},
        },
        {
            "resourceType": "AllergyIntolerance", "id": "penicillin", "patient": whose,
            "code": {"text": "Penicillin, rash"},
        },
        {
            "resourceType": "Condition", "id": "own-words", "subject": whose,
            "code": {"text": "trouble with the stairs"},
        },
    ]  # fmt: skip
    entries = [{"resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


REFERRAL = _referral()
