"""What is done to an organization, its sites and its grants; each verb loads, decides, writes and audits."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from kap.people.permissions import Permission
from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import Sentence, sentence
from kap.vocabulary.zones import zone_names
from kap_clinic.database.actors import Actor
from kap_clinic.database.door import Acting, Reason, acting, outside
from kap_clinic.database.once import once

from . import granting
from .dea import is_dea_registration
from .granting import SITE, Terms
from .models import Organization, Sharing, Site, Tenant

_NO_SITE = sentence("This organization has no such site.")
_CLOSED = sentence("This site is closed. What was recorded there stays; open a new site instead.")
_NO_GRANT = sentence("This organization has granted no such access.")
_NO_LANGUAGE = sentence("Choose one of the languages offered.")
_LOCK = sentence("A screen locks after 1 to 60 minutes.")
_END = sentence("A session ends after 1 to 24 hours.")
_NAMELESS = sentence("A site needs a name.")
_NO_ZONE = sentence("Choose a time zone of the list, for example America/Denver.")
NOT_DEA = sentence(
    "A DEA registration has two letters and seven digits, the last of which checks the others. "
    "Compare it with the certificate."
)


def found_organization(*, id: UUID, by: Actor, name: str, language: str = "en") -> Organization:
    """Found an organization; the command line and the demo do this, nobody signs up."""
    with acting(id, by, "organizations.found") as act:
        act.require(Permission.CHANGE_ORGANIZATION)
        with outside(Reason.SETUP):
            Tenant.objects.get_or_create(id=id)
        act.about(id)
        return once(Organization, id, {"name": name, "language": language}).row


def change_organization(
    *,
    organization: UUID,
    by: Actor,
    name: str,
    language: str,
    lock_after_minutes: int,
    sign_out_after_hours: int,
) -> None:
    """Change what the organization is called and how its screens behave.

    Raises: Refused.
    """
    with acting(organization, by, "organizations.change") as act:
        act.require(Permission.CHANGE_ORGANIZATION)
        _need(language in dict(settings.LANGUAGES), _NO_LANGUAGE)
        _need(1 <= lock_after_minutes <= 60, _LOCK)
        _need(1 <= sign_out_after_hours <= 24, _END)
        Organization.objects.filter(id=organization).update(
            name=name,
            language=language,
            lock_after_minutes=lock_after_minutes,
            sign_out_after_hours=sign_out_after_hours,
        )
        act.about(organization)


def add_site(
    *, organization: UUID, by: Actor, id: UUID, name: str, time_zone: str, address: str = "",
    dea_registration: str = "",
) -> bool:  # fmt: skip
    """Open a site, once; say whether this call did it.

    Raises: Refused.
    """
    with acting(organization, by, "organizations.add_site") as act:
        act.require(Permission.CHANGE_SITES)
        said = _site_said(name, address, time_zone, dea_registration)
        act.about(id)
        return once(Site, id, said, {"opened_at": timezone.now()}).is_new


def change_site(
    *, organization: UUID, by: Actor, id: UUID, name: str, time_zone: str, address: str, dea_registration: str
) -> None:
    """Change what is said about a site.

    Raises: Refused.
    """
    with acting(organization, by, "organizations.change_site") as act:
        act.require(Permission.CHANGE_SITES, site=id)
        site = _own_site(act, id)
        if site.closed_at is not None:
            raise Refused(_CLOSED)
        for field, value in _site_said(name, address, time_zone, dea_registration).items():
            setattr(site, field, value)
        site.save()
        act.about(id)


def close_site(*, organization: UUID, by: Actor, id: UUID) -> None:
    """Close a site; what happened there stays, and access granted to it ends.

    Raises: Refused.
    """
    with acting(organization, by, "organizations.close_site") as act:
        act.require(Permission.CHANGE_SITES, site=id)
        site, at = _own_site(act, id), timezone.now()
        act.about(id)
        if site.closed_at is None:
            site.closed_at = at
            site.save()
            live = Sharing.objects.filter(organization_id=organization, kind=SITE, subject_id=id)
            live.filter(ended_at__isnull=True).update(ended_at=at, ended_by=by.id)


def share_site(
    *, organization: UUID, by: Actor, id: UUID, site: UUID, receiver: UUID, receiver_name: str, because: str,
    until: datetime | None = None,
) -> bool:  # fmt: skip
    """Let another organization read one site, until a time or until it is ended; once.

    Raises: Refused.
    """
    with acting(organization, by, "organizations.share_site") as act:
        act.require(Permission.SHARE_SITE, site=site)
        act.about(site)
        if _own_site(act, site).closed_at is not None:
            raise Refused(_CLOSED)
        terms = Terms(receiver=receiver, receiver_name=receiver_name, because=because, until=until)
        return granting.grant(act, id=id, kind=SITE, subject=site, terms=terms)


def end_sharing(*, organization: UUID, by: Actor, id: UUID) -> None:
    """End access that was granted; ending it twice ends it once.

    Raises: Refused.
    """
    with acting(organization, by, "organizations.end_sharing") as act:
        grant = granting.given(act, id, SITE)
        act.require(Permission.SHARE_SITE, site=grant.subject_id if grant else None)
        if grant is None:
            raise Refused(_NO_GRANT)
        granting.end(act, grant)


def _own_site(act: Acting, id: UUID) -> Site:
    # Named, because a grant lets the policy show us sites of others.
    site = Site.objects.select_for_update().filter(id=id, organization_id=act.organization).first()
    if site is None:
        raise Refused(_NO_SITE)
    return site


def _site_said(name: str, address: str, time_zone: str, dea_registration: str) -> dict[str, str]:
    _need(bool(name.strip()), _NAMELESS)
    _need(time_zone in zone_names(), _NO_ZONE)
    _need(not dea_registration or is_dea_registration(dea_registration), NOT_DEA)
    return {
        "name": name.strip(),
        "address": address.strip(),
        "time_zone": time_zone,
        "dea_registration": dea_registration,
    }


def _need(is_so: bool, otherwise: Sentence) -> None:
    if not is_so:
        raise Refused(otherwise)
