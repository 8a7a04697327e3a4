"""Where drug may be held at all: at a site of ours that is open and has a DEA registration."""

from __future__ import annotations

from uuid import UUID

from kap.vocabulary.errors import Refused
from kap.vocabulary.sentences import sentence
from kap_clinic.organizations import queries as organizations
from kap_clinic.organizations.queries import SiteFacts

_NO_SITE = sentence("This organization has no such site that is open.")
_UNREGISTERED = sentence(
    "This place has no DEA registration: no controlled substance may be held, drawn up or given here."
)


def registered_site(site: UUID) -> SiteFacts:
    """Return a site at which drug may be held, drawn and given.

    Raises: Refused.
    Source: 21 CFR 1301.12: a separate registration for each principal place where drug is kept or dispensed.
    """
    found = organizations.site(site)
    if found is None or not found.is_ours or found.closed_at is not None:
        raise Refused(_NO_SITE)
    if not found.dea_registration:
        raise Refused(_UNREGISTERED)
    return found
