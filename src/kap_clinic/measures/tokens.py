"""The token of a link to forms: made from a secret and its id, never stored; its digest is."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac


def token_of(link: UUID) -> str:
    """Return the token one link carries."""
    return salted_hmac("kap.measures", str(link), algorithm="sha256").hexdigest()


def digest_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(organization: UUID, link: UUID) -> str:
    """Return the address a client opens."""
    path = reverse("forms:begin", args=[organization, link, token_of(link)])
    return f"{settings.ENVIRONMENT.origin}{path}"
