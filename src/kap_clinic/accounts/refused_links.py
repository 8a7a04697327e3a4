"""How many refused links of clients a house writes down in a day: strangers can make up links without end."""

from __future__ import annotations

from allauth.core.internal.ratelimit import consume
from django.http import HttpRequest

from kap_clinic.database.door import Acting

# Of all kinds of links together; one that opens its form always leaves its row.
_LINES = {"refused-links": "200/d/key"}


def bound_refused_links(act: Acting, request: HttpRequest) -> None:
    """Let a link that opens nothing leave a row only while its house has lines left today."""
    bounded = {"config": _LINES, "key": str(act.organization), "limit_get": True}
    act.bound_refusals(lambda: bool(consume(request, app="kap.links", action="refused-links", **bounded)))
