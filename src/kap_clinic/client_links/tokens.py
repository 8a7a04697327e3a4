"""The token of a link to a client: made from a secret and its id, never stored; its digest is."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Tokens:
    """The tokens of one kind of link.

    Shape: ``salt`` keeps the tokens of two kinds apart; ``addresses`` is the namespace of the client's pages.
    """

    salt: str
    addresses: str

    def token_of(self, link: UUID) -> str:
        """Return the token one link carries."""
        return salted_hmac(self.salt, str(link), algorithm="sha256").hexdigest()

    def address_of(self, organization: UUID, link: UUID) -> str:
        """Return the address a client opens."""
        path = reverse(f"{self.addresses}:begin", args=[organization, link, self.token_of(link)])
        return f"{settings.ENVIRONMENT.origin}{path}"


def picture_of(address: str) -> str:
    """Return the address as a picture a phone reads, drawn here: no other computer learns of it."""
    # The one that draws the picture for authenticator apps; it draws any address.
    drawn = get_adapter().build_totp_svg(address)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()
