"""The token of a link to the health history: made from a secret and its id, never stored; its digest is."""

from __future__ import annotations

import base64
import hashlib
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac


def token_of(link: UUID) -> str:
    """Return the token one link carries."""
    return salted_hmac("kap.history", str(link), algorithm="sha256").hexdigest()


def digest_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(organization: UUID, link: UUID) -> str:
    """Return the address a client opens."""
    path = reverse("history:begin", args=[organization, link, token_of(link)])
    return f"{settings.ENVIRONMENT.origin}{path}"


def picture_of(address: str) -> str:
    """Return the address as a picture a phone reads, drawn here: no other computer learns of it."""
    # The one that draws the picture for authenticator apps; it draws any address.
    drawn = get_adapter().build_totp_svg(address)
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()
