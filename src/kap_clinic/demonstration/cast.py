"""Who works in the demonstration. Every name is invented; every address ends in example.org."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from kap.people.roles import Role, role_of

# Everybody invented signs second with this PIN, on the tablet that each sign-in link makes of a browser.
PIN, TABLET = "274913", "the-tablet-of-the-demonstration"
# The demonstration's own ids: the same on every machine, so that loading again finds what is there.
_SPACE = UUID("0de30057-0000-7000-8000-6b6170000000")


def id_of(*words: str) -> UUID:
    """Return the id of one thing of the demonstration."""
    return uuid5(_SPACE, " ".join(words))


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody on the invented staff; ``sites`` empty means every site."""

    name: str
    roles: tuple[str, ...]
    sites: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        """Return an address made from the name."""
        return f"{'.'.join(self.name.lower().replace('é', 'e').replace('í', 'i').split())}@example.org"

    @property
    def said_roles(self) -> tuple[Role, ...]:
        """Return the roles with their names and sentences."""
        return tuple(role_of(role) for role in self.roles)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A site of the demonstration."""

    name: str
    address: str
    time_zone: str
    dea_registration: str = ""


@dataclass(frozen=True, kw_only=True)
class Organization:
    """An invented organization with its places and people."""

    name: str
    places: tuple[Place, ...]
    people: tuple[Person, ...]


CEDAR = Organization(
    name="Cedar House Retreats",
    places=(
        Place(
            name="Cedar House", address="14 Aspen Loop, Salida, CO 81201",
            time_zone="America/Denver", dea_registration="FC1234563",
        ),
        Place(
            name="Harbor Clinic", address="220 Water Street, Portland, ME 04101",
            time_zone="America/New_York", dea_registration="FH7654329",
        ),
    ),
    people=(
        Person(name="Samuel Ibarra", roles=("administrator",)),
        Person(name="Helen Osei", roles=("medical_director", "prescriber")),
        Person(name="Priya Natarajan", roles=("prescriber",), sites=("Cedar House",)),
        Person(name="Rosa Marquez", roles=("nurse",), sites=("Cedar House",)),
        Person(name="Tom Akers", roles=("nurse", "custodian"), sites=("Cedar House",)),
        Person(name="Lena Whitfield", roles=("nurse",), sites=("Harbor Clinic",)),
        Person(name="Daniel Oyelaran", roles=("therapist",), sites=("Cedar House",)),
        Person(name="Marisol Vega", roles=("therapist",)),
        Person(name="Jonas Petrov", roles=("therapist",), sites=("Harbor Clinic",)),
        Person(name="Grace Lindqvist", roles=("coordinator",)),
        Person(name="Naomi Adeyemi", roles=("custodian",), sites=("Harbor Clinic",)),
        Person(name="Inés Calloway", roles=("inspector",)),
        Person(name="Wei Tanaka", roles=("engineer",)),
    ),
)  # fmt: skip

JUNIPER = Organization(
    name="Juniper Practice",
    places=(
        Place(name="Juniper Practice", address="9 Mill Road, Taos, NM 87571", time_zone="America/Denver"),
    ),
    people=(
        Person(name="Amara Dlamini", roles=("administrator", "prescriber", "medical_director")),
        Person(name="Ruth Feldman", roles=("therapist", "coordinator")),
    ),
)


def person_with(email: str) -> Person | None:
    """Return the person of an address."""
    everybody = (person for organization in (CEDAR, JUNIPER) for person in organization.people)
    return next((person for person in everybody if person.email == email), None)
