"""The token of an invitation's link: made from a secret and ids, never stored; only its digest is."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.utils.crypto import salted_hmac


def token_of(invitation: UUID, sending: UUID) -> str:
    """Return the token that one sending of one invitation carries; the same sending, the same token."""
    return salted_hmac("kap.invitation", f"{invitation} {sending}", algorithm="sha256").hexdigest()


def digest_of(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
