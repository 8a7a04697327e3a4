"""Load the invented organizations once, by the same actions a person uses; a second load changes nothing."""

from __future__ import annotations

from django.utils import timezone

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.accounts.entrances import account_under
from kap_clinic.accounts.invitations import accept, invite
from kap_clinic.accounts.tokens import token_of
from kap_clinic.database.actors import Actor
from kap_clinic.database.models import Installation
from kap_clinic.organizations.actions import add_site, found_organization, share_site
from kap_clinic.organizations.granting import Terms
from kap_clinic.people.sharing import share_chart

from .cast import CEDAR, JUNIPER, Organization, Person, id_of
from .equipment import load_equipment
from .journeys import load_journeys
from .measures import load_measures
from .on_call import load_on_call
from .people import load_people
from .risk import load_risk
from .screening import load_screening
from .ward import local, ward_of

_REAL = sentence(
    "This database was made for real people; the demonstration is not loaded into it. Use ./kap serve, or "
    "set KAP_HOME to an empty folder for the demonstration."
)
DEMO = Actor.program("demonstration")


def load() -> None:
    """Load both organizations, and let the second see one place of the first.

    Raises: Refused where the database is not synthetic.
    """
    if not Installation.objects.filter(is_synthetic=True).exists():
        raise Refused(_REAL)
    for organization in (CEDAR, JUNIPER):
        _load_organization(organization)
    now = timezone.now()
    today = local(now).date()
    load_people(id_of(CEDAR.name), DEMO, id_of, today)
    load_screening(id_of(CEDAR.name), DEMO, id_of, today)
    load_on_call(id_of(CEDAR.name), DEMO, id_of, today)
    load_measures(id_of(CEDAR.name), DEMO, id_of, today)
    ward = ward_of(id_of(CEDAR.name), id_of(CEDAR.name, "Cedar House"), DEMO, id_of)
    load_risk(ward, now)
    load_equipment(ward, now)
    load_journeys(ward, now)
    share_site(
        organization=id_of(CEDAR.name), by=DEMO, id=id_of("sharing"), site=id_of(CEDAR.name, "Cedar House"),
        receiver=id_of(JUNIPER.name), receiver_name=JUNIPER.name, because="The joint spring retreat",
    )  # fmt: skip
    share_chart(
        organization=id_of(CEDAR.name), by=DEMO, id=id_of("shared chart"),
        person=id_of("client", "Ben Torres"),
        terms=Terms(
            receiver=id_of(JUNIPER.name), receiver_name=JUNIPER.name,
            because="Ben joins the spring retreat with his therapist of Juniper",
        ),
    )  # fmt: skip


def _load_organization(told: Organization) -> None:
    organization = id_of(told.name)
    found_organization(id=organization, by=DEMO, name=told.name)
    for place in told.places:
        add_site(
            organization=organization, by=DEMO, id=id_of(told.name, place.name), name=place.name,
            time_zone=place.time_zone, address=place.address, dea_registration=place.dea_registration,
        )  # fmt: skip
    for person in told.people:
        _take_on(told, person)


def _take_on(told: Organization, person: Person) -> None:
    organization, invitation = id_of(told.name), id_of(told.name, person.email)
    if account_under(person.email) is not None:
        return
    sites = [id_of(told.name, name) for name in person.sites] or None
    invite(
        organization=organization, by=DEMO, id=invitation, email=person.email, name=person.name,
        roles=person.roles, sites=sites,
    )  # fmt: skip
    accept(
        organization=organization, invitation=invitation, token=token_of(invitation, invitation),
        name=person.name,
    )  # fmt: skip
